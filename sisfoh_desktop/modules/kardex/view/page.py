"""The page of the kardex: the campaign on view and seven tabs over it, each built when it is first looked at.

What a tab shows is in its own file; here is what they share: the campaign, the keys, the search.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules import Campaign
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.view.campaign_bar import CampaignBar
from sisfoh_desktop.modules.kardex.view.tab import TOUCHES, KardexTab
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, RecordHit, SeenList
from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.theme import theme

_MARGIN = 16
_MOST_HITS = 20
_SERIAL = re.compile(r"[A-Za-z-]*\d{2,}\Z")


def _register() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.register_tab import RegisterTab

    return RegisterTab


def _stock() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.stock_tab import StockTab

    return StockTab


def _custody() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.custody_tab import CustodyTab

    return CustodyTab


def _trace() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.trace_tab import TraceTab

    return TraceTab


def _cuadre() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.cuadre_tab import CuadreTab

    return CuadreTab


def _actas() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.actas_tab import ActasTab

    return ActasTab


def _catalogue() -> type[KardexTab]:
    from sisfoh_desktop.modules.kardex.view.catalogue_tab import CatalogueTab

    return CatalogueTab


@dataclass(frozen=True)
class TabSpec:
    """A tab before it is built; `words` carry its Alt+letter."""

    key: str
    words: str
    load: Callable[[], type[KardexTab]]


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


class KardexPage(Page):
    """The forms of one campaign at a time."""

    title = "Kardex"
    touches = TOUCHES
    kinds = frozenset(_TAB_OF_KIND)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._campaign_id = 0
        self._built: dict[str, KardexTab] = {}
        self._stale: set[str] = set()
        self._wanted: tuple[str, object] | None = None
        self._state: _Loaded | None = None
        self.bar = CampaignBar()
        self.bar.chosen.connect(self._on_campaign_chosen)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName("Partes del kardex")
        self.tabs.tabBar().setAccessibleName("Partes del kardex")
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
            partial(_load, self.desk.db, self._campaign_id, self._today()), self._on_loaded, owner=self
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
        if not state.chosen or not state.has_types:
            return NextStep(
                "Abra la campaña",
                "El kardex lleva los formularios por campaña: nómbrela y revise sus formularios.",
                "Abrir la campaña",
                run=partial(self._start, "catalogue"),
            )
        tab = self.tab()
        own = tab.next_step() if tab is not None else None
        if not state.has_movements and not (own is not None and tab is self._built.get("register")):
            return NextStep(
                "Reciba los primeros formularios",
                "Registre lo que llegó del ente rector o de la imprenta, del primer al último número.",
                "Registrar la recepción",
                run=partial(self._start, "register"),
            )
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

    @classmethod
    def find_records(cls, desk: Desk, text: str) -> list[RecordHit]:
        typed = text.strip()
        campaign = catalogue.current_campaign(desk.db, desk.clock.now().date())
        if campaign is None or len(typed) < 2:
            return []
        needle = fold_text(typed)
        hits = cls._find_numbers(desk, campaign.id, typed) if _SERIAL.match(typed) else []
        hits += [
            RecordHit("kardex.type", one.id, f"{one.code} · {one.title}", "Formulario del kardex")
            for one in catalogue.list_types(desk.db, campaign.id)
            if needle in fold_text(f"{one.code} {one.title}")
        ]
        hits += [
            RecordHit("kardex.holder", one.id, one.name, f"Custodia de formularios · {one.kind.label}")
            for one in catalogue.list_holders(desk.db)
            if needle in fold_text(one.name)
        ]
        return hits[:_MOST_HITS]

    @classmethod
    def _find_numbers(cls, desk: Desk, campaign_id: int, typed: str) -> list[RecordHit]:
        try:
            found = reading.trace(desk.db, campaign_id=campaign_id, text=typed)
        except RuleError:  # not the number of any form
            return []
        return [
            RecordHit(
                "kardex.number",
                one.number,
                f"{one.form_type.code} N° {one.form_type.number_text(one.number)}",
                "Rastreo de formulario",
            )
            for one in found
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

    def tab(self) -> KardexTab | None:
        """The tab on view; None before the campaigns are known."""
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
        """The campaign takes what the tabs leave: none of them is pushed out of sight."""
        bar = self.tabs.tabBar()
        words = sum(bar.tabSizeHint(number).width() for number in range(bar.count()))
        self.bar.fit(self.width() - 2 * _MARGIN - words, bar.sizeHint().height())

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
        self._campaign_id = loaded.chosen
        self.bar.show_campaigns(loaded.campaigns, loaded.chosen)
        for key, tab in self._built.items():
            tab.campaign_id = loaded.chosen
            self._stale.add(key)
        self._show_current()

    def _on_campaign_chosen(self, campaign_id: int) -> None:
        if campaign_id != self._campaign_id:
            self._campaign_id = campaign_id
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

    def _build(self, spec: TabSpec) -> KardexTab:
        room = self.tabs.currentWidget()
        tab = spec.load()(self.desk, room)
        tab.campaign_id = self._campaign_id
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
