"""Existencias: what there is of each type of form, and who has it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.rules.reading import BalanceLine, StockLine
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view.stock_detail import StockDetail
from sisfoh_desktop.modules.kardex.view.stock_rows import identity_text, stock_columns
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable, select_first
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.workbook_saving import save_workbook


@dataclass(frozen=True)
class _Stock:
    campaign_id: int
    lines: list[StockLine]
    balances: list[BalanceLine]


def _load(db: Any, campaign_id: int) -> _Stock:
    if not campaign_id:
        return _Stock(0, [], [])
    return _Stock(campaign_id, reading.stock(db, campaign_id), reading.balances(db, campaign_id))


class StockTab(KardexTab):
    """One line a type of form; below, who holds the chosen one."""

    key = "stock"
    title = "Existencias"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._balances: list[BalanceLine] = []
        self._wanted_type = 0
        self._loading = False
        self._divided = False
        self.detail = StockDetail(desk)
        self.detail.holder_chosen.connect(lambda holder_id: self.open_tab.emit("custody", holder_id))
        self.detail.number_chosen.connect(lambda text: self.open_tab.emit("trace", text))
        self.list = FiguresTable(
            stock_columns(),
            words=("Formulario",),
            whole_rows=True,
            key=lambda line: line.form_type.id,
            name="Existencias por formulario",
            noun=("formulario", "formularios"),
            empty_text="La campaña no tiene formularios todavía: agréguelos en el catálogo.",
            empty_button="Ir al catálogo",
            on_empty=lambda: self.open_tab.emit("catalogue", None),
        )
        self.list.selection_changed.connect(lambda _line: self._show_chosen())
        self.list.activated.connect(lambda _line: self.detail.holders.view.setFocus())
        self.identity = QLabel()
        self.identity.setTextFormat(Qt.TextFormat.PlainText)
        self.identity.setWordWrap(True)
        self.identity.setAccessibleName("Cuadre del formulario elegido")
        self.card_action = QAction("Tar&jeta", self)
        self.card_action.setToolTip("Tarjeta kardex del formulario elegido")
        self.card_action.triggered.connect(lambda: self.show_card())
        self.export_action = QAction("E&xportar…", self)
        self.export_action.setToolTip("Guardar las existencias en un libro de Excel")
        self.export_action.triggered.connect(lambda: self.export())
        self.list.menu_actions = [self.card_action]
        self._build_layout()
        self._show_chosen()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.campaign_id), self._on_loaded, owner=self)

    def show_part(self, part: Any) -> None:
        """Choose the type with this id."""
        if isinstance(part, int) and not self.list.select(part):
            self._wanted_type = part

    def next_step(self) -> NextStep | None:
        short = [line for line in self.list.rows() if line.below_minimum]
        if not short:
            return None
        line: StockLine = short[0]
        code = line.form_type.code
        others = ", ".join(one.form_type.code for one in short[1:])
        return NextStep(
            f"Reponga {code}",
            f"En almacén quedan {format_number(line.in_stock)} y el mínimo es {format_number(line.minimum)}."
            f"{f' También están bajo su mínimo: {others}.' if others else ''}",
            "Ver la tarjeta",
            run=partial(self.open_tab.emit, "actas", ("card", line.form_type.id)),
        )

    def actions_of_tab(self) -> list[QAction]:
        return [self.card_action, self.export_action]

    def table(self) -> RowTable:
        return self.list

    # -- orders ----------------------------------------------------------------------------------------

    def show_card(self) -> None:
        """The kardex card of the chosen type."""
        line: StockLine | None = self.list.selected()
        if line is not None:
            self.open_tab.emit("actas", ("card", line.form_type.id))

    def export(self) -> None:
        """The stock as a workbook, to a file that the person chooses."""
        save_workbook(
            self,
            self.desk.tasks,
            "Guardar las existencias",
            "existencias.xlsx",
            partial(_workbook, self.desk.db, self.campaign_id),
            noun="formularios",
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _on_loaded(self, stock: _Stock) -> None:
        if stock.campaign_id != self.campaign_id:
            return
        self._balances = stock.balances
        self._loading = True  # the detail is read once, when the list stands
        self.list.set_rows(stock.lines)
        if self._wanted_type:
            self.list.select(self._wanted_type)
            self._wanted_type = 0
        select_first(self.list)
        self.list.refit()
        self._loading = False
        self._show_chosen()
        self._give_room(len(stock.lines))
        self.next_step_changed.emit()

    def _give_room(self, lines: int) -> None:
        """The list above gets the height of its lines at first; later the person's own division stays."""
        if self._divided or not lines or not self.isVisible():
            return
        self._divided = True
        view = self.list.view
        rows = view.filter_header.height() + lines * view.verticalHeader().defaultSectionSize()
        around = self.list.foot.sizeHint().height() + self.identity.sizeHint().height() + 40
        above = min(rows + around, self.height() * 11 // 20)
        self._split.setSizes([above, self.height() - above])

    def _show_chosen(self) -> None:
        if self._loading:
            return
        line: StockLine | None = self.list.selected()
        self.card_action.setEnabled(line is not None)
        self.export_action.setEnabled(bool(self.list.rows()))
        if line is None:
            self.identity.setText("")
            self.detail.show_type(None, ())
            return
        self.identity.setText(identity_text(line))
        held = [one for one in self._balances if one.form_type.id == line.form_type.id]
        self.detail.show_type(line.form_type, held, "Bajo el mínimo" if line.below_minimum else "")

    def _build_layout(self) -> None:
        top = QWidget()
        box = QVBoxLayout(top)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(8)
        box.addWidget(self.list, 1)
        box.addWidget(self.identity)
        split = self._split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(top)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.list)


def _workbook(db: Any, campaign_id: int, _progress: Progress) -> bytes:
    from sisfoh_desktop.modules.kardex.service import actas

    return actas.stock_workbook(db, campaign_id)
