"""Registro de números: every number of a series in a year, what became of it, and what is said of it by hand."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.papers import service
from sisfoh_desktop.modules.papers.rules import NumberLine, NumberState, Series, series_text
from sisfoh_desktop.modules.papers.view.number_orders import NumberOrders
from sisfoh_desktop.modules.papers.view.series_dialogs import NewSeriesDialog, SeriesStartDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

SERIES = ("papers.numbers", "office.manage")
NUMBER_TONES: dict[NumberState, Tone] = {
    NumberState.RESERVED: "warn",
    NumberState.FIXED: "ok",
    NumberState.ANNULLED: "dim",
    NumberState.OUTSIDE: "accent",
    NumberState.EARLIER: "dim",
    NumberState.MISSING: "danger",
}


class NumbersTab(QWidget):
    """`changed` comes when the series or the list did: the page asks again what can be done."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.series: list[Series] = []
        self.new_series = QAction("&Nueva serie…", self)
        self.new_series.triggered.connect(
            lambda _checked=False: NewSeriesDialog(self.desk, self.window()).ask()
        )
        self.start_series = QAction("Números &anteriores…", self)
        self.start_series.triggered.connect(lambda _checked=False: self._on_start_series())
        self.start_series.setEnabled(False)
        only_for(desk.actor, SERIES, self.new_series, self.start_series)
        self.list = RowTable(
            [
                Column("Número", lambda line: line.text, lambda line: line.first, width=248),
                Column(
                    "Estado",
                    lambda line: line.state.value.capitalize(),
                    tone=lambda line: NUMBER_TONES[line.state],
                    width=124,
                ),
                Column(
                    "Fecha",
                    lambda line: format_date(line.dated) if line.dated else "",
                    lambda line: line.dated.toordinal() if line.dated else 0,
                    "center",
                    96,
                ),
                Column("Documento", lambda line: line.title),
                Column("Explicación", lambda line: line.explanation),
            ],
            key=lambda line: line.first,
            name="Registro de números",
            noun=("renglón", "renglones"),
            empty_text="Esta serie todavía no dio números en el año.",
            empty_button="Nueva serie" if may_any(desk.actor, SERIES) else "",
            on_empty=self.new_series.trigger,
        )
        self.orders = NumberOrders(desk, self, lambda: self.list.selected(), self.start_series.trigger)
        self.list.menu_actions = self.orders.actions
        self.series_combo = QComboBox()
        self.series_combo.setAccessibleName("Serie")
        self.series_combo.currentIndexChanged.connect(self._on_series_changed)
        self.year_combo = QComboBox()
        self.year_combo.setAccessibleName("Año")
        self.year_combo.currentIndexChanged.connect(self._on_year_changed)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(8)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        for text, combo in (("&Serie", self.series_combo), ("&Año", self.year_combo)):
            label = QLabel(text)
            label.setBuddy(combo)
            choice.addWidget(label)
            choice.addWidget(combo)
        choice.addStretch(1)
        rows.addLayout(choice)
        rows.addWidget(self.list, 1)

    def reload(self) -> None:
        """Fetch the series again, and then the numbers of the one on view."""
        self.desk.tasks.run_query(
            partial(service.list_series, self.desk.db), self._on_series_loaded, owner=self
        )

    def actions_now(self) -> list[QAction]:
        """The orders, most used first."""
        return [*self.orders.actions, self.new_series, self.start_series]

    def _on_start_series(self) -> None:
        chosen = self.series_combo.currentData()
        series = next((one for one in self.series if one.id == chosen), None)
        if series is not None:
            SeriesStartDialog(self.desk, series, self.window()).ask()

    def _on_series_loaded(self, series: list[Series]) -> None:
        self.series = series
        self.start_series.setEnabled(bool(series))
        chosen, year = self.series_combo.currentData(), self.desk.clock.now().year
        self.series_combo.blockSignals(True)
        self.series_combo.clear()
        for one in series:
            self.series_combo.addItem(series_text(one.title, one.mask, year), one.id)
        self.series_combo.setCurrentIndex(max(0, self.series_combo.findData(chosen)))
        self.series_combo.blockSignals(False)
        self._on_series_changed()
        self.changed.emit()

    def _on_series_changed(self) -> None:
        series_id = self.series_combo.currentData()
        if series_id is None:
            self._on_numbers_loaded([])
            return
        self.desk.tasks.run_query(
            partial(service.list_series_years, self.desk.db, series_id), self._on_years_loaded, owner=self
        )

    def _on_years_loaded(self, years: list[int]) -> None:
        chosen = self.year_combo.currentData()
        self.year_combo.blockSignals(True)
        self.year_combo.clear()
        for year in years:
            self.year_combo.addItem(str(year), year)
        self.year_combo.setCurrentIndex(max(0, self.year_combo.findData(chosen)))
        self.year_combo.blockSignals(False)
        self._on_year_changed()

    def _on_year_changed(self) -> None:
        series_id, year = self.series_combo.currentData(), self.year_combo.currentData()
        if series_id is None or year is None:
            self._on_numbers_loaded([])
            return
        self.desk.tasks.run_query(
            partial(service.number_register, self.desk.db, series_id, year),
            self._on_numbers_loaded,
            owner=self,
        )

    def _on_numbers_loaded(self, lines: list[NumberLine]) -> None:
        self.list.set_rows(lines)
        chosen = self.series_combo.currentData()
        series = next((one for one in self.series if one.id == chosen), None)
        self.orders.show(series, self.year_combo.currentData(), lines)
        self.changed.emit()
