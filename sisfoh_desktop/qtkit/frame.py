"""The frame of the window: rail, top bar, pages, "Siguiente paso", status bar; how it folds when it is narrow.

What the window does (which base, which orders) is in `app.main_window`.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.qtkit.next_panel import NextBar, NextPanel
from sisfoh_desktop.qtkit.page import NextStep, Page, PageSpec
from sisfoh_desktop.qtkit.page_stack import PageStack
from sisfoh_desktop.qtkit.rail import Rail, RailEntry
from sisfoh_desktop.qtkit.status_line import StatusLine
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme
from sisfoh_desktop.qtkit.top_bar import TopBar

PRACTICE_WORDS = "PRÁCTICA, SIN VALOR"
PRACTICE_BORDER = 4
FOLD_PANEL_UNDER, FOLD_RAIL_UNDER = 1280, 1024  # px of width at 100 % text size


class WindowFrame(QMainWindow):
    """The parts and their places. `painted` comes once, after the first paint."""

    painted = Signal()

    def __init__(self, title: str, rail_name: str, specs: Sequence[PageSpec], tasks: Tasks) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.tasks = tasks
        self._was_painted = False
        self.rail = Rail(rail_name, [RailEntry(spec.title, spec.icon) for spec in specs])
        self.stack = PageStack(specs, tasks)
        self.stack.setObjectName("center")
        self.menu = QMenu(self)
        self.top_bar = TopBar(self.menu)
        self.next_panel, self.next_bar = NextPanel(), NextBar()
        self.status_line = StatusLine()
        self._build_layout()
        for number in range(min(9, len(specs))):
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, partial(self.stack.show_page, number))
        QShortcut(QKeySequence("F10"), self, self.top_bar.menu_button.showMenu)
        self.rail.chosen.connect(self.stack.show_page)
        self.stack.page_shown.connect(self._show_page_frame)
        self.stack.page_built.connect(self._listen_to)
        tasks.busy_changed.connect(self.status_line.set_busy)
        theme().changed.connect(self._fold)
        self.resize(1366, 768)
        self._show_page_frame()

    def _build_layout(self) -> None:
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
        outer = self._outer = QVBoxLayout(self._frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._practice_label)
        outer.addLayout(row, 1)
        self.setCentralWidget(self._frame)
        self.setStatusBar(self.status_line)
        self.setMinimumSize(640, 480)

    def show_practice(self, practice: bool) -> None:
        """Wear the practice frame, words and accent, or take them off."""
        theme().set_practice(practice)
        self._frame.setProperty("practice", "true" if practice else "false")
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)
        self._practice_label.setVisible(practice)
        self._outer.setContentsMargins(*([PRACTICE_BORDER] * 4 if practice else [0] * 4))

    def _listen_to(self, page: Page) -> None:
        page.next_step_changed.connect(self._show_next_step)
        page.actions_changed.connect(self._show_page_frame)
        page.title_changed.connect(lambda _title: self._show_page_frame())
        page.deadlines_changed.connect(self.status_line.show_terms)

    def _show_page_frame(self) -> None:
        page = self.stack.page
        spec = self.stack.specs[self.stack.number]
        self.rail.set_current(self.stack.number)
        self.top_bar.title.setText((page.title if page is not None else "") or spec.title)
        self.top_bar.set_actions(page.page_actions() if page is not None else [])
        self._show_next_step()

    def _show_next_step(self) -> None:
        page = self.stack.page
        step: NextStep | None = page.next_step() if page is not None else None
        self.next_panel.show_step(step)
        self.next_bar.show_step(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Panel to bar and rail to icons when the window is narrow for the text size."""
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
        """F6: rail, page, next step, and round again."""
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
        target = zones[(here + 1) % len(zones)][1]
        if target is not self.stack:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return
        table = self.stack.page.table() if self.stack.page is not None else None
        if table is not None:
            table.view.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.stack.setFocus(Qt.FocusReason.TabFocusReason)
            self.stack.focusNextChild()
