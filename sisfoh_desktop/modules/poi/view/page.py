"""The page of the POI: the year on view and seven tabs over it, each built when it is first looked at.

What a tab shows is in its own file; here is what they share: the year, the keys, the search.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.poi.rules.facts import PoiPlan, PoiVersion
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.view.tab import PLAN, TOUCHES
from sisfoh_desktop.modules.poi.view.year_bar import YearBar
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import step_for
from sisfoh_desktop.qtkit.tabbed_page import PageTab, TabbedPage, TabSpec


def _quarter() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.quarter_tab import QuarterTab

    return QuarterTab


def _follow() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab

    return FollowTab


def _programme() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab

    return ProgrammeTab


def _charts() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.charts_tab import ChartsTab

    return ChartsTab


def _quarantine() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.quarantine_tab import QuarantineTab

    return QuarantineTab


def _reports() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.reports_tab import ReportsTab

    return ReportsTab


def _versions() -> type[PageTab]:
    from sisfoh_desktop.modules.poi.view.versions_tab import VersionsTab

    return VersionsTab


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


class PoiPage(TabbedPage):
    """The POI of one year at a time."""

    title = "POI"
    touches = TOUCHES
    kinds = frozenset(_TAB_OF_KIND)
    has_example = True
    specs = TABS
    parts_name = "Partes del POI"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        bar = YearBar()
        super().__init__(desk, parent, bar=bar)
        self._plan_id = 0
        self._year = 0  # asked for before the plans were known
        self._state: _Loaded | None = None
        self.bar = bar
        self.bar.chosen.connect(self._on_plan_chosen)
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self._plan_id, self._year, self._today()),
            self._on_loaded,
            owner=self,
        )

    def next_step(self) -> NextStep | None:
        state = self._state
        if state is None:
            return None
        if state.chosen is None:
            step = NextStep(
                "Abra el POI del año",
                "Impórtelo del Excel o del texto en que la oficina lo lleva, o créelo y escriba sus actividades.",
                "Importar el POI",
                run=partial(self.start_in, "quarantine"),
            )
            return step_for(self.desk.actor, PLAN, step)
        return super().next_step()

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

    # -- inside ----------------------------------------------------------------------------------------

    def prepare_tab(self, tab: Any) -> None:
        tab.plan = self._state.chosen if self._state is not None else None

    def fit_bar(self) -> None:
        self.bar.fit(self.tabs.tabBar().sizeHint().height())

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._state = loaded
        self._plan_id, self._year = (loaded.chosen.id if loaded.chosen is not None else 0), 0
        self.bar.show_plans(loaded.plans, self._plan_id)
        self.show_loaded()

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
