"""The page itself: six tabs, the actions of the one on view, and what the office still lacks as next step."""

from datetime import timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office.view.catalogues_tab import CataloguesTab
from sisfoh_desktop.modules.office.view.history_office_tab import HistoryOfficeTab
from sisfoh_desktop.modules.office.view.holidays_tab import HolidaysTab
from sisfoh_desktop.modules.office.view.municipality_tab import MunicipalityTab
from sisfoh_desktop.modules.office.view.office_tab import OfficeTab
from sisfoh_desktop.modules.office.view.officers_tab import OfficersTab
from sisfoh_desktop.modules.office.view.units_tab import UnitsTab
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.row_table import RowTable

_VERIFY_AGAIN_AFTER = timedelta(days=90)


class OfficePage(Page):
    """Everything the office knows of itself."""

    title = "Oficina"
    touches = frozenset({"office"})
    kinds = frozenset({"office", "unit", "officer", "norm"})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.municipality = MunicipalityTab(desk)
        self.units = UnitsTab(desk)
        self.officers = OfficersTab(desk)
        self.holidays = HolidaysTab(desk)
        self.catalogues = CataloguesTab(desk)
        self.history = HistoryOfficeTab(desk)
        self._wanted: tuple[OfficeTab, int] | None = None
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Partes de la oficina")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for tab in self._all_tabs():
            self.tabs.addTab(tab, tab.title)
            tab.loaded.connect(self._on_tab_loaded)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)  # as the other pages with tabs
        layout.addWidget(self.tabs)
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        for tab in self._all_tabs():
            tab.reload()

    def page_actions(self) -> list[QAction]:
        return self._tab().actions_shown

    def table(self) -> RowTable | None:
        return self._tab().table()

    def new_record(self) -> bool:
        return self._tab().may_manage and self._tab().new_record()

    def next_step(self) -> NextStep | None:
        if not all(tab.is_loaded and tab.may_manage for tab in self._all_tabs()):
            return None
        if self.municipality.municipality is None:
            return NextStep(
                "Complete la municipalidad",
                "Nombre, sigla, ubigeo y lugar: van en el membrete de cada documento.",
                "Completar datos",
                run=self.municipality.edit,
            )
        if not self.units.units.rows():
            return NextStep(
                "Registre las unidades",
                "Empiece por la Gerencia Municipal y las oficinas que opinan; luego, las demás.",
                "Nueva unidad",
                run=lambda: self._go(self.units),
            )
        if not self.officers.officers.rows():
            return NextStep(
                "Registre a los responsables",
                "Cada firma necesita un responsable vigente con su documento de designación.",
                "Nuevo responsable",
                run=lambda: self._go(self.officers),
            )
        return self._calendar_step()

    def show_record(self, kind: str, record_id: int) -> None:
        tab = {"unit": self.units, "officer": self.officers, "norm": self.catalogues}.get(kind)
        if tab is None:
            return
        self.tabs.setCurrentWidget(tab)
        self._wanted = None if tab.select(record_id) else (tab, record_id)

    # -- inside ----------------------------------------------------------------------------------------

    def _all_tabs(self) -> tuple[OfficeTab, ...]:
        return (self.municipality, self.units, self.officers, self.holidays, self.catalogues, self.history)

    def _tab(self) -> OfficeTab:
        return self._all_tabs()[self.tabs.currentIndex()]

    def _go(self, tab: OfficeTab) -> None:
        self.tabs.setCurrentWidget(tab)
        tab.new_record()

    def _calendar_step(self) -> NextStep | None:
        until = self.holidays.state.calendar_verified_until
        if until is not None and self.holidays.today - until <= _VERIFY_AGAIN_AFTER:
            return None
        since = f"desde el {format_date(until)}" if until else "todavía"
        return NextStep(
            "Verifique el calendario",
            f"Nadie lo compara con El Peruano {since}: un feriado que falta cambia los plazos.",
            "Ver feriados",
            run=lambda: self.tabs.setCurrentWidget(self.holidays),
        )

    def _on_tab_changed(self, _number: int) -> None:
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _on_tab_loaded(self) -> None:
        if self._wanted is not None and self._wanted[0].select(self._wanted[1]):
            self._wanted = None
        self.next_step_changed.emit()
