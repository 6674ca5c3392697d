"""The frame of the window: rail, top bar, pages, "Siguiente paso", status bar; how it folds when it is narrow.

What the window does (which base, which orders) is in `app.main_window`. The window is painted as an outline first:
its parts are imported afterwards, on the worker, so that little is loaded here (not even the names in `Qt`, whose
two hundred enumerations take longer than the outline).
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMainWindow, QWidget

from sisfoh_desktop.qtkit.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QMenu

    from sisfoh_desktop.basics.actor import Actor
    from sisfoh_desktop.qtkit.next_panel import NextBar, NextPanel
    from sisfoh_desktop.qtkit.page import NextStep, Page, PageSpec
    from sisfoh_desktop.qtkit.page_stack import PageStack
    from sisfoh_desktop.qtkit.rail import Rail
    from sisfoh_desktop.qtkit.status_line import StatusLine
    from sisfoh_desktop.qtkit.tasks import Tasks
    from sisfoh_desktop.qtkit.top_bar import TopBar

PRACTICE_WORDS = "PRÁCTICA, SIN VALOR"
FOLD_PANEL_UNDER, FOLD_RAIL_UNDER = 1280, 1024  # px of width at 100 % text size
_RAIL, _PANEL, _BAR, _FOOT = 208, 280, 46, 20


class Outline(QFrame):
    """Where the parts will stand, in their colours: what is painted first."""

    def __init__(self, words: str, *, dark: bool) -> None:
        super().__init__()
        tokens = DARK if dark else LIGHT
        self.setStyleSheet(
            f"QFrame {{ border: none; background: {tokens.surface}; }}"
            f"#side {{ background: {tokens.surface_2}; }} #edge {{ background: {tokens.line}; }}"
            f"QLabel {{ background: {tokens.surface}; color: {tokens.text_dim}; }}"
        )
        self._sides = [QFrame(self) for _ in range(3)]
        self._edges = [QFrame(self) for _ in range(4)]
        for side in self._sides:
            side.setObjectName("side")
        for edge in self._edges:
            edge.setObjectName("edge")
        self._words = QLabel(words, self)
        self._words.adjustSize()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        rail, panel, foot = self._sides
        rail.setGeometry(0, 0, _RAIL, height)
        panel.setGeometry(width - _PANEL, _BAR, _PANEL, height)
        foot.setGeometry(0, height - _FOOT, width, _FOOT)
        for edge, place in zip(
            self._edges,
            (
                (_RAIL - 1, 0, 1, height - _FOOT),
                (_RAIL, _BAR, width, 1),
                (width - _PANEL, _BAR, 1, height - _BAR - _FOOT),
                (0, height - _FOOT, width, 1),
            ),
            strict=True,
        ):
            edge.setGeometry(*place)
        self._words.move((width - _PANEL + _RAIL - self._words.width()) // 2, height // 2)


class WindowFrame(QMainWindow):
    """The parts and their places.

    `painted` comes once, after the first paint, which shows an outline. `furnish` puts the parts in; before it
    the window has none of them, and `furnished` follows it once.
    """

    painted = Signal()
    furnished = Signal()

    rail: "Rail"
    stack: "PageStack"
    menu: "QMenu"
    top_bar: "TopBar"
    next_panel: "NextPanel"
    next_bar: "NextBar"
    status_line: "StatusLine"

    def __init__(
        self, title: str, words: str, specs: "Sequence[PageSpec]", tasks: "Tasks", scheme: str
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.tasks = tasks
        self._specs = tuple(specs)
        self._was_painted = False
        self._is_furnished = False
        self._new_page: Page | None = None  # built, and not yet given the cursor
        self.setMinimumSize(640, 480)
        self.resize(1366, 768)
        dark = scheme == "dark" or (scheme == "system" and self.palette().window().color().lightness() < 128)
        self.setCentralWidget(Outline(words, dark=dark))

    @property
    def is_furnished(self) -> bool:
        """Whether the parts are there."""
        return self._is_furnished

    def furnish(self) -> None:
        """Put the parts into the window; a second call does nothing."""
        from PySide6.QtGui import QKeySequence, QShortcut
        from PySide6.QtWidgets import QMenu

        from sisfoh_desktop.qtkit.next_panel import NextBar, NextPanel
        from sisfoh_desktop.qtkit.page_stack import PageStack
        from sisfoh_desktop.qtkit.rail import Rail, RailEntry
        from sisfoh_desktop.qtkit.status_line import StatusLine
        from sisfoh_desktop.qtkit.theme import theme
        from sisfoh_desktop.qtkit.top_bar import TopBar

        if self._is_furnished:
            return
        self._is_furnished = True
        self.rail = Rail("SISFOH", [RailEntry(spec.title, spec.icon) for spec in self._specs])
        self.stack = PageStack(self._specs, self.tasks)
        self.stack.setObjectName("center")
        self.menu = QMenu(self)
        self.top_bar = TopBar(self.menu)
        self.next_panel, self.next_bar = NextPanel(), NextBar()
        self.status_line = StatusLine()
        self._build_layout()
        for number in range(min(9, len(self._specs))):
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, partial(self.stack.show_page, number))
        QShortcut(QKeySequence("F10"), self, self.top_bar.menu_button.showMenu)
        self.rail.chosen.connect(self.stack.show_page)
        self.stack.page_shown.connect(self._show_page_frame)
        self.stack.page_shown.connect(self._give_cursor)
        self.stack.page_built.connect(self._listen_to)
        self.stack.withheld.connect(self._tell_withheld)
        self.tasks.busy_changed.connect(self.status_line.set_busy)
        self.status_line.set_busy(self.tasks.busy)
        theme().changed.connect(self._fold)
        self._fold()
        self._show_page_frame()
        QTimer.singleShot(0, self, self.furnished.emit)

    def _build_layout(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

        self._frame = QFrame()
        self._frame.setObjectName("practiceFrame")
        self._practice_label = QLabel(PRACTICE_WORDS)
        self._practice_label.setObjectName("practiceWords")
        self._practice_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._practice_label.hide()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        center = QVBoxLayout()
        center.setSpacing(0)
        center.addWidget(self.stack, 1)
        center.addWidget(self.next_bar)
        middle.addLayout(center, 1)
        middle.addWidget(self.next_panel)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addLayout(middle, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        outer = QVBoxLayout(self._frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._practice_label)
        outer.addLayout(row, 1)
        self.setCentralWidget(self._frame)
        self.setStatusBar(self.status_line)

    def show_practice(self, practice: bool) -> None:
        """Wear the practice frame, words and accent, or take them off."""
        from PySide6.QtCore import QCoreApplication, QEvent

        from sisfoh_desktop.qtkit.theme import theme

        theme().set_practice(practice)
        self._frame.setProperty("practice", "true" if practice else "false")
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)
        # a QFrame takes the width of a border from its style sheet only when it hears of a change of style
        QCoreApplication.sendEvent(self._frame, QEvent(QEvent.Type.StyleChange))
        self._practice_label.setVisible(practice)

    def offer_pages(self, actor: "Actor | None") -> None:
        """Offer the pages that are for the actor; no button for any while nobody is in."""
        every = range(len(self._specs))
        numbers = [number for number in every if actor is None or self._specs[number].is_for(actor)]
        self.stack.offer(numbers)
        self.rail.offer(numbers if actor is not None else ())

    def _listen_to(self, page: "Page") -> None:
        self._new_page = page
        page.next_step_changed.connect(self._show_next_step)
        page.actions_changed.connect(self._show_page_frame)
        page.title_changed.connect(lambda _title: self._show_page_frame())
        page.deadlines_changed.connect(self.status_line.show_terms)

    def _tell_withheld(self, title: str) -> None:
        from sisfoh_desktop.qtkit.messages import Toast

        Toast.show_over(self, f"La página {title} no es parte de los permisos de su usuario.")

    def _show_page_frame(self) -> None:
        page = self.stack.page
        spec = self.stack.specs[self.stack.number]
        self.rail.set_current(self.stack.number)
        self.top_bar.title.setText((page.title if page is not None else "") or spec.title)
        self.top_bar.set_actions(page.page_actions() if page is not None else [])
        self._show_next_step()

    def _show_next_step(self) -> None:
        page = self.stack.page
        step: NextStep | None
        if page is not None:
            step = page.next_step()
        else:
            from sisfoh_desktop.qtkit.next_panel import BEFORE_WORK

            step = BEFORE_WORK
        self.next_panel.show_step(step)
        self.next_bar.show_step(step)

    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        if self._is_furnished:
            self._fold()

    def _fold(self) -> None:
        """Panel to bar and rail to icons when the window is narrow for the text size."""
        from sisfoh_desktop.qtkit.theme import theme

        room = self.width() * 100 / theme().scale
        self.next_panel.setVisible(room >= FOLD_PANEL_UNDER)
        self.next_bar.setVisible(room < FOLD_PANEL_UNDER)
        self.rail.set_compact(room < FOLD_RAIL_UNDER)

    def select_all(self) -> None:
        """Ctrl+E: everything in the list or field that has the cursor."""
        focused = QApplication.focusWidget()
        select_all = getattr(focused, "selectAll", None)
        if callable(select_all):
            select_all()

    def next_zone(self) -> None:
        """F6: rail, page, next step, a dialog that leaves the window free to use, and round again."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDialog

        step = self.next_panel if self.next_panel.isVisible() else self.next_bar
        rail_button = self.rail.buttons[self.stack.number]
        zones: list[tuple[QWidget, QWidget]] = [(self.rail, rail_button), (self.stack, self.stack)]
        if step.button.isVisible() and step.button.isEnabled():
            zones.append((step, step.button))
        focused = QApplication.focusWidget()
        here = next(
            (
                number
                for number, (zone, _target) in enumerate(zones)
                if focused is not None and (zone is focused or zone.isAncestorOf(focused))
            ),
            -1,
        )
        beside = next(
            (one for one in self.findChildren(QDialog) if one.isVisible() and not one.isModal()), None
        )
        if beside is not None and here == len(zones) - 1:
            beside.activateWindow()
            return
        target = zones[(here + 1) % len(zones)][1]
        if target is not self.stack:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._focus_page()

    def focusNextPrevChild(self, forward: bool) -> bool:
        from sisfoh_desktop.qtkit.tab_order import move_cursor

        return move_cursor(self, forward=forward)

    def _give_cursor(self) -> None:
        """A page that comes has the cursor in its list, unless somebody put it elsewhere: the keys work at once."""
        from PySide6.QtWidgets import QTabBar

        page, at = self.stack.page, QApplication.focusWidget()
        if page is None:
            return
        around = (self.rail, self.top_bar, self.next_panel, self.next_bar)
        new, self._new_page = self._new_page is page, None
        # Qt has put the cursor to what stands first on a new page, be it a picker above the list
        put_by_qt = new and at is not None and page.isAncestorOf(at) and not isinstance(at, QTabBar)
        if at is None or put_by_qt or any(zone.isAncestorOf(at) for zone in around):
            self._focus_page()

    def _focus_page(self) -> None:
        from PySide6.QtCore import Qt

        table = self.stack.page.table() if self.stack.page is not None else None
        if table is not None:
            table.view.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.stack.setFocus(Qt.FocusReason.TabFocusReason)
            self.stack.focusNextChild()
