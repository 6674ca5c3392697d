"""A page of several tabs, perhaps over one thing on view (a campaign, a year), each built when it is first looked at.

What a tab shows, and which thing is on view, is the module's; here are the tabs' life and the keys they share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, SeenList
from sisfoh_desktop.qtkit.scroll_room import PageRoom
from sisfoh_desktop.qtkit.theme import theme

MARGIN = 16


class PageTab(QWidget):
    """A tab: it loads itself in `reload`, which the page calls when it is shown and stale, and answers its keys.

    `open_tab` asks the page for another tab by its key, with what that one takes in `show_part`; `actions_changed`
    tells that `actions_of_tab` gives others than before.
    """

    key = ""
    title = ""

    next_step_changed = Signal()
    actions_changed = Signal()
    open_tab = Signal(str, object)
    open_record = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(self.title)

    def reload(self) -> None:
        """Fetch again what the tab shows (a query on the worker)."""

    def show_part(self, part: Any) -> None:
        """Show what another tab or the search asked for."""

    def next_step(self) -> NextStep | None:
        return None

    def actions_of_tab(self) -> list[QAction]:
        """Its own actions for the top bar, most used first."""
        return []

    def table(self) -> SeenList | None:
        """The list that Ctrl+F filters and Ctrl+Shift+E exports; None where there is none."""
        return None

    def export_list(self) -> bool:
        """Ctrl+Shift+E where the list is longer than what `table` holds; False: export the table as seen."""
        return False

    def has_unsaved(self) -> bool:
        return False

    def new_record(self) -> bool:
        """Ctrl+N."""
        return False

    def save(self) -> bool:
        """Ctrl+S or Ctrl+G."""
        return False

    def preview(self) -> bool:
        """Ctrl+P."""
        return False

    def cancel(self) -> bool:
        """Esc."""
        return False


@dataclass(frozen=True)
class TabSpec:
    """A tab before it is built; `words` carry its Alt+letter."""

    key: str
    words: str
    load: Callable[[], type[PageTab]]


class TabbedPage(Page):
    """A page whose answers are those of the tab on view.

    A subclass names its `specs`. One that chooses what is on view gives the `bar` beside the tabs (with `fit_bar`),
    tells a new tab in `prepare_tab`, finds it in `reload` and calls `show_loaded` once it knows; without a `bar` there
    is nothing to know, and the first tab is on view at once.
    """

    specs: tuple[TabSpec, ...] = ()
    parts_name = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, bar: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._built: dict[str, Any] = {}
        self._stale: set[str] = set()
        self._wanted: tuple[str, object] | None = None
        self._loaded = False
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.parts_name)
        self.tabs.tabBar().setAccessibleName(self.parts_name)
        for spec in self.specs:
            room = QWidget()
            inside = QVBoxLayout(room)
            inside.setContentsMargins(0, 8, 0, 0)
            self.tabs.addTab(room, spec.words)
        if bar is not None:
            self.tabs.setCornerWidget(bar)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 8, MARGIN, 8)
        layout.addWidget(self.tabs)
        theme().changed.connect(self.fit_bar)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step_tab, step))
        if bar is None:
            self.show_loaded()

    # -- what a subclass tells -------------------------------------------------------------------------

    def prepare_tab(self, tab: Any) -> None:
        """Tell a tab what is on view; called when it is built and before it is reloaded."""

    def fit_bar(self) -> None:
        """Fit the bar beside the tabs after a change of size or theme."""

    def show_loaded(self) -> None:
        """What is on view is known, or changed: every tab reads again when it is looked at, the present one now."""
        self._loaded = True
        for key, tab in self._built.items():
            self.prepare_tab(tab)
            self._stale.add(key)
        self._show_current()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.show_loaded()

    def next_step(self) -> NextStep | None:
        tab = self.tab()
        return tab.next_step() if tab is not None else None

    def page_actions(self) -> list[QAction]:
        tab = self.tab()
        return tab.actions_of_tab() if tab is not None else []

    def table(self) -> SeenList | None:
        tab = self.tab()
        return tab.table() if tab is not None else None

    def export_list(self) -> bool:
        """Ctrl+Shift+E of a tab that exports more than its table holds; False: export the table as seen."""
        tab = self.tab()
        return tab is not None and tab.export_list()

    def has_unsaved(self) -> bool:
        return any(tab.has_unsaved() for tab in self._built.values())

    def new_record(self) -> bool:
        tab = self.tab()
        return tab is not None and tab.new_record()

    def save(self) -> bool:
        tab = self.tab()
        return tab is not None and tab.save()

    def preview(self) -> bool:
        tab = self.tab()
        return tab is not None and tab.preview()

    def cancel(self) -> bool:
        tab = self.tab()
        return tab is not None and tab.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_bar()

    # -- the tabs --------------------------------------------------------------------------------------

    def tab(self) -> PageTab | None:
        """The tab on view; None before it is known what is."""
        return self._built.get(self.specs[self.tabs.currentIndex()].key)

    def built_tab(self, key: str) -> PageTab | None:
        """A tab that was looked at already."""
        return self._built.get(key)

    def show_tab(self, key: str, part: object = None) -> None:
        """Go to a tab and let it show `part` (None: as it is), as soon as it is built."""
        number = next(number for number, spec in enumerate(self.specs) if spec.key == key)
        self._wanted = (key, part) if part is not None else None
        if self.tabs.currentIndex() == number:
            self._show_wanted()
        else:
            self.tabs.setCurrentIndex(number)

    def start_in(self, key: str) -> None:
        """Go to a tab and begin a new record there."""
        self.show_tab(key)
        tab = self._built.get(key)
        if tab is not None:
            tab.new_record()

    def _step_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _on_tab_changed(self, _number: int) -> None:
        if self._loaded:
            self._show_current()

    def _show_current(self) -> None:
        """Build the tab on view if it is not there yet, and let it read what changed since it last did."""
        spec = self.specs[self.tabs.currentIndex()]
        tab = self._built.get(spec.key)
        if tab is None:
            tab = self._build(spec)
            self._stale.add(spec.key)
        if spec.key in self._stale:
            self._stale.discard(spec.key)
            tab.reload()
        self._show_wanted()
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _build(self, spec: TabSpec) -> PageTab:
        room = self.tabs.currentWidget()
        tab = spec.load()(self.desk, room)
        self.prepare_tab(tab)
        tab.next_step_changed.connect(self.next_step_changed)
        tab.actions_changed.connect(self.actions_changed)
        tab.open_record.connect(self.open_record)
        tab.open_tab.connect(self.show_tab)
        inside = room.layout()
        assert inside is not None
        inside.addWidget(PageRoom(tab))
        room.setFocusProxy(tab)
        self._built[spec.key] = tab
        return tab

    def _show_wanted(self) -> None:
        if self._wanted is None:
            return
        key, part = self._wanted
        if key in self._built and self._built[key] is self.tab():
            self._wanted = None
            self._built[key].show_part(part)
