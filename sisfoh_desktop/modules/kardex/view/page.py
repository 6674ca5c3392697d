"""The page of the kardex: the campaign on view and seven tabs over it, each built when it is first looked at.

What a tab shows is in its own file; here is what they share: the campaign, the keys, the search.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.view.campaign_bar import CampaignBar
from sisfoh_desktop.modules.kardex.view.tab import CATALOGUE, MOVE, TOUCHES, unread_step
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import step_for
from sisfoh_desktop.qtkit.tabbed_page import MARGIN, PageTab, TabbedPage, TabSpec


def _register() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.register_tab import RegisterTab

    return RegisterTab


def _stock() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.stock_tab import StockTab

    return StockTab


def _custody() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.custody_tab import CustodyTab

    return CustodyTab


def _trace() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.trace_tab import TraceTab

    return TraceTab


def _cuadre() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab

    return CuadreTab


def _actas() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab

    return ActasTab


def _catalogue() -> type[PageTab]:
    from sisfoh_desktop.modules.kardex.view.catalogue_tab import CatalogueTab

    return CatalogueTab


TABS: tuple[TabSpec, ...] = (
    TabSpec("register", "&Registro", _register),
    TabSpec("stock", "&Existencias", _stock),
    TabSpec("custody", "C&ustodia", _custody),
    TabSpec("trace", "Ras&treo", _trace),
    TabSpec("cuadre", "Cua&dre", _cuadre),
    TabSpec("actas", "&Actas y tarjeta", _actas),
    TabSpec("catalogue", "Catá&logo", _catalogue),
)
_TAB_OF_KIND = {
    "kardex": "register",
    "kardex.movement": "register",
    "kardex.number": "trace",
    "kardex.holder": "custody",
    "kardex.type": "stock",
    "kardex.acta": "actas",
    "kardex.campaign": "cuadre",
    "kardex.adjustment": "register",
}


@dataclass(frozen=True)
class _Loaded:
    """The campaigns, the one to show (0: none) and whether it has any movement."""

    campaigns: list[Campaign]
    chosen: int
    has_types: bool
    has_movements: bool


def _load(db: Any, wanted: int, today: date) -> _Loaded:
    campaigns = catalogue.list_campaigns(db)
    chosen = wanted if any(one.id == wanted for one in campaigns) else 0
    if not chosen and campaigns:
        current = catalogue.current_campaign(db, today)
        chosen = current.id if current is not None else max(campaigns, key=lambda one: one.starts_on).id
    if not chosen:
        return _Loaded(campaigns, 0, has_types=False, has_movements=False)
    types = catalogue.list_types(db, chosen)
    moved = bool(reading.register_page(db, campaign_id=chosen, limit=1).lines)
    return _Loaded(campaigns, chosen, bool(types), moved)


class KardexPage(TabbedPage):
    """The forms of one campaign at a time."""

    title = "Kardex"
    touches = TOUCHES
    kinds = frozenset(_TAB_OF_KIND)
    has_example = True
    specs = TABS
    parts_name = "Partes del kardex"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        bar = CampaignBar()
        super().__init__(desk, parent, bar=bar)
        self._campaign_id = 0
        self._state: _Loaded | None = None
        self._was_asked = False
        self.bar = bar
        self.bar.chosen.connect(self._on_campaign_chosen)
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self._campaign_id, self._today()),
            self._on_loaded,
            owner=self,
            on_end=self._on_asked,
        )

    def next_step(self) -> NextStep | None:
        state = self._state
        if state is None:
            return unread_step(self.reload) if self._was_asked else None
        if not state.chosen or not state.has_types:
            step = NextStep(
                "Abra la campaña",
                "El kardex lleva los formularios por campaña: nómbrela y revise sus formularios.",
                "Abrir la campaña",
                run=partial(self.start_in, "catalogue"),
            )
            return step_for(self.desk.actor, CATALOGUE, step)
        own = super().next_step()
        if not state.has_movements and not (own is not None and self.tab() is self.built_tab("register")):
            step = NextStep(
                "Reciba los primeros formularios",
                "Registre lo que llegó del ente rector o de la imprenta, del primer al último número.",
                "Registrar la recepción",
                run=partial(self.start_in, "register"),
            )
            return step_for(self.desk.actor, MOVE, step)
        return own

    def show_record(self, kind: str, record_id: int) -> None:
        parts: dict[str, object] = {
            "kardex.number": str(record_id),
            "kardex.adjustment": ("adjustments",),
            "kardex.campaign": None,
        }
        if kind == "kardex.campaign":
            self._on_campaign_chosen(record_id)
        self.show_tab(_TAB_OF_KIND.get(kind, "register"), parts.get(kind, record_id))

    # -- inside ----------------------------------------------------------------------------------------

    def prepare_tab(self, tab: Any) -> None:
        tab.campaign_id = self._campaign_id

    def fit_bar(self) -> None:
        """The campaign takes what the tabs leave: none of them is pushed out of sight."""
        bar = self.tabs.tabBar()
        words = sum(bar.tabSizeHint(number).width() for number in range(bar.count()))
        self.bar.fit(self.width() - 2 * MARGIN - words, bar.sizeHint().height())

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._state = loaded
        self._campaign_id = loaded.chosen
        self.bar.show_campaigns(loaded.campaigns, loaded.chosen)
        self.show_loaded()

    def _on_asked(self) -> None:
        self._was_asked = True
        if self._state is None:
            self.next_step_changed.emit()

    def _on_campaign_chosen(self, campaign_id: int) -> None:
        if campaign_id != self._campaign_id:
            self._campaign_id = campaign_id
            self.reload()
