"""The page of the POI: the year on view and seven tabs over it, each built when it is first looked at.

What a tab shows is in its own file; here is what they share: the year, the keys, the search.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.modules.poi.rules.facts import PoiPlan, PoiVersion
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.view.tab import TOUCHES, PoiTab
from sisfoh_desktop.modules.poi.view.year_bar import YearBar
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, RecordHit, SeenList
from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.theme import theme

_MARGIN = 16
_MOST_HITS = 20


def _quarter() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.quarter_tab import QuarterTab

    return QuarterTab


def _follow() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab

    return FollowTab


def _programme() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab

    return ProgrammeTab


def _charts() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.charts_tab import ChartsTab

    return ChartsTab


def _quarantine() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.quarantine_tab import QuarantineTab

    return QuarantineTab


def _reports() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.reports_tab import ReportsTab

    return ReportsTab


def _versions() -> type[PoiTab]:
    from sisfoh_desktop.modules.poi.view.versions_tab import VersionsTab

    return VersionsTab


@dataclass(frozen=True)
class TabSpec:
    """A tab before it is built; `words` carry its Alt+letter."""

    key: str
    words: str
    load: Callable[[], type[PoiTab]]


TABS: tuple[TabSpec, ...] = (
    TabSpec("quarter", "&Trimestre", _quarter),
    TabSpec("follow", "&Seguimiento", _follow),
    TabSpec("programme", "&Programación", _programme),
    TabSpec("charts", "&Gráficos", _charts),
    TabSpec("quarantine", "&Importación", _quarantine),
    TabSpec("reports", "In&formes", _reports),
    TabSpec("versions", "&Versiones", _versions),
)
_TAB_OF_KIND = {
    "poi": "quarter",
    "poi.activity": "quarter",
    "poi.month": "follow",
    "poi.version": "versions",
    "poi.quarantine": "quarantine",
    "poi.report": "reports",
}


@dataclass(frozen=True)
class _Loaded:
    """The plans and the one to show (None: there is none)."""

    plans: list[PoiPlan]
    chosen: PoiPlan | None


def _load(db: Any, plan_id: int, year: int, today: date) -> _Loaded:
    listed = plans.list_plans(db)
    wanted = (one for one in listed if one.id == plan_id or one.year == year)
    chosen = next(wanted, None) or plans.current_plan(db, today)
    return _Loaded(listed, chosen or (listed[0] if listed else None))


class PoiPage(Page):
    """The POI of one year at a time."""

    title = "POI"
    touches = TOUCHES
    kinds = frozenset(_TAB_OF_KIND)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._plan_id = 0
        self._year = 0  # asked for before the plans were known
        self._built: dict[str, PoiTab] = {}
        self._stale: set[str] = set()
        self._wanted: tuple[str, object] | None = None
        self._state: _Loaded | None = None
        self.bar = YearBar()
        self.bar.chosen.connect(self._on_plan_chosen)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Partes del POI")
        self.tabs.tabBar().setAccessibleName("Partes del POI")
        for spec in TABS:
            room = QWidget()
            inside = QVBoxLayout(room)
            inside.setContentsMargins(0, 8, 0, 0)
            self.tabs.addTab(room, spec.words)
        self.tabs.setCornerWidget(self.bar)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        layout.addWidget(self.tabs)
        theme().changed.connect(self._fit_bar)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step_tab, step))
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self._plan_id, self._year, self._today()),
            self._on_loaded,
            owner=self,
        )

    def page_actions(self) -> list[QAction]:
        tab = self.tab()
        return tab.actions_of_tab() if tab is not None else []

    def table(self) -> SeenList | None:
        tab = self.tab()
        return tab.table() if tab is not None else None

    def next_step(self) -> NextStep | None:
        state = self._state
        if state is None:
            return None
        tab = self.tab()
        if state.chosen is None:
            return NextStep(
                "Abra el POI del año",
                "Impórtelo del Excel o del texto en que la oficina lo lleva, o créelo y escriba sus actividades.",
                "Importar el POI",
                run=partial(self._start, "quarantine"),
            )
        return tab.next_step() if tab is not None else None

    def show_record(self, kind: str, record_id: int) -> None:
        """A month is asked for as 202402, the rows in quarantine by their plan; a version or report of any year, by its
        id or what it is about.
        """
        tab = _TAB_OF_KIND.get(kind, "quarter")
        if kind == "poi.month":
            year, month = divmod(record_id, 100)
            self._choose(0, year)
            self.show_tab(tab, month)
        elif kind in ("poi", "poi.quarantine"):
            self._choose(record_id)
            self.show_tab(tab)
        elif kind == "poi.version":
            self.desk.tasks.run_query(
                partial(versions.load_version, self.desk.db, record_id), self._on_version_found, owner=self
            )
        elif kind == "poi.report":
            from sisfoh_desktop.modules.poi.service import reports

            self.desk.tasks.run_query(
                partial(reports.find_plan_of, self.desk.db, record_id),
                partial(self._on_report_found, record_id),
                owner=self,
            )
        else:
            self.show_tab(tab, record_id)

    @classmethod
    def find_records(cls, desk: Desk, text: str) -> list[RecordHit]:
        needle = fold_text(text.strip())
        plan = plans.current_plan(desk.db, desk.clock.now().date())
        on_view = versions.version_on_view(desk.db, plan.id) if plan is not None else None
        if plan is None or on_view is None or len(needle) < 2:
            return []
        found = (
            one
            for one in versions.load_programme(desk.db, on_view.id)
            if needle in fold_text(f"{one.code} {one.title} {one.unit_name}")
        )
        return [
            RecordHit("poi.activity", one.id, one.title, f"POI {plan.year} · {one.unit_name}")
            for one in islice(found, _MOST_HITS)
        ]

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

    # -- the tabs --------------------------------------------------------------------------------------

    def tab(self) -> PoiTab | None:
        """The tab on view; None before the plans are known."""
        return self._built.get(TABS[self.tabs.currentIndex()].key)

    def show_tab(self, key: str, part: object = None) -> None:
        """Go to a tab and let it show `part` (None: as it is), as soon as it is built."""
        number = next(number for number, spec in enumerate(TABS) if spec.key == key)
        self._wanted = (key, part) if part is not None else None
        if self.tabs.currentIndex() == number:
            self._show_wanted()
        else:
            self.tabs.setCurrentIndex(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    # -- inside ----------------------------------------------------------------------------------------

    def _fit_bar(self) -> None:
        self.bar.fit(self.tabs.tabBar().sizeHint().height())

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _start(self, key: str) -> None:
        self.show_tab(key)
        tab = self._built.get(key)
        if tab is not None:
            tab.new_record()

    def _step_tab(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._state = loaded
        self._plan_id, self._year = (loaded.chosen.id if loaded.chosen is not None else 0), 0
        self.bar.show_plans(loaded.plans, self._plan_id)
        for key, tab in self._built.items():
            tab.plan = loaded.chosen
            self._stale.add(key)
        self._show_current()

    def _on_plan_chosen(self, plan_id: int) -> None:
        self._choose(plan_id)

    def _on_version_found(self, found: PoiVersion) -> None:
        self._choose(found.plan_id)
        self.show_tab("versions", found.id)

    def _on_report_found(self, part: int, plan_id: int) -> None:
        if plan_id:
            self._choose(plan_id)
        self.show_tab("reports", part)

    def _choose(self, plan_id: int, year: int = 0) -> None:
        shown = self._state.chosen if self._state is not None else None
        if shown is None or (shown.id != plan_id and shown.year != year):
            self._plan_id, self._year = plan_id, year
            self.reload()

    def _on_tab_changed(self, _number: int) -> None:
        if self._state is not None:
            self._show_current()

    def _show_current(self) -> None:
        """Build the tab on view if it is not there yet, and let it read what changed since it last did."""
        spec = TABS[self.tabs.currentIndex()]
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

    def _build(self, spec: TabSpec) -> PoiTab:
        room = self.tabs.currentWidget()
        tab = spec.load()(self.desk, room)
        tab.plan = self._state.chosen if self._state is not None else None
        tab.next_step_changed.connect(self.next_step_changed)
        tab.actions_changed.connect(self.actions_changed)
        tab.open_record.connect(self.open_record)
        tab.open_tab.connect(self.show_tab)
        inside = room.layout()
        assert inside is not None
        inside.addWidget(tab)
        room.setFocusProxy(tab)
        self._built[spec.key] = tab
        return tab

    def _show_wanted(self) -> None:
        if self._wanted is None:
            return
        key, part = self._wanted
        tab = self._built.get(key)
        if tab is not None and tab is self.tab():
            self._wanted = None
            tab.show_part(part)
