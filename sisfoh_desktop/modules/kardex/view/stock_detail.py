"""Under the stock: who holds the chosen type and how many, and the ranges of the chosen holder, read when asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules import FormType
from sisfoh_desktop.modules.kardex.rules.reading import BalanceLine, HeldRange
from sisfoh_desktop.modules.kardex.service import reading
from sisfoh_desktop.modules.kardex.view.stock_rows import HeldRangeColumns, holder_columns, in_order
from sisfoh_desktop.modules.kardex.view.stock_table import FiguresTable, select_first
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.page import Desk

MOST_RANGES = 500
_MOST_IN_TIP = 60
_NO_NUMBERS = "Este formulario no lleva número: se cuenta, no tiene rangos."
_NO_HOLDER = "Elija en la lista de la izquierda a quien lo tiene para ver sus rangos."


def _key(line: BalanceLine) -> tuple[int, int, str]:
    return line.form_type.id, line.holder.id, line.condition.value


class StockDetail(QWidget):
    """Two lists side by side. `holder_chosen` gives a holder's id, `number_chosen` the text of a number to trace."""

    holder_chosen = Signal(int)
    number_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._type: FormType | None = None
        self._wanted: tuple[int, int, str] | None = None
        self._ranges = ""
        self._filling = False
        self.head = ElidedLabel()
        self.head.setProperty("role", "section")
        self.chip = Chip()
        self.holders = FiguresTable(
            holder_columns(),
            words=("Quién lo tiene",),
            whole_rows=True,
            key=_key,
            name="Quién lo tiene",
            noun=("línea", "líneas"),
            empty_text="Nadie tiene este formulario todavía.",
            filterable=False,
        )
        self.holders.selection_changed.connect(lambda _line: self._read_ranges())
        self.holders.activated.connect(lambda line: self.holder_chosen.emit(line.holder.id))
        self._columns = HeldRangeColumns()
        self.ranges = FiguresTable(
            self._columns.columns(),
            words=(),
            whole_rows=True,
            key=lambda held: (held.forms, held.condition),
            name="Rangos que tiene",
            noun=("rango", "rangos"),
            empty_text=_NO_HOLDER,
            filterable=False,
        )
        self.ranges.activated.connect(self._on_range_activated)
        self.ranges_text = ElidedLabel()
        self.ranges_text.setAccessibleName("Rangos del tenedor elegido")
        self.copy_button = QPushButton("&Copiar rangos")
        self.copy_button.setToolTip("Copia los números como se escriben en el registro")
        self.copy_button.clicked.connect(self.copy_ranges)
        self._build_layout()
        self.show_type(None, ())

    # -- content ---------------------------------------------------------------------------------------

    def show_type(self, form_type: FormType | None, lines: Sequence[BalanceLine], warning: str = "") -> None:
        """The holders of this type; `warning` is its chip's word."""
        self._type = form_type
        self._wanted = None
        self.head.setText(f"{form_type.code}. {form_type.title}" if form_type is not None else "")
        self.chip.set_state("warn", warning)
        self.chip.setVisible(bool(warning))
        self._filling = True
        self.holders.set_rows(in_order(lines))
        self.holders.refit()
        select_first(self.holders)
        self._filling = False
        self._read_ranges()

    def copy_ranges(self) -> None:
        """Put the ranges of the chosen holder on the clipboard as they are typed."""
        if self._ranges:
            QGuiApplication.clipboard().setText(self._ranges)
            Toast.show_over(self, "Se copiaron los rangos.")

    # -- inside ----------------------------------------------------------------------------------------

    def _read_ranges(self) -> None:
        if self._filling:
            return
        line: BalanceLine | None = self.holders.selected()
        if line is None or self._type is None:
            self._wanted = None
            self._show_ranges([], _NO_HOLDER)
            return
        if not line.form_type.serialised:
            self._wanted = None
            self._show_ranges([], _NO_NUMBERS)
            return
        self._wanted = _key(line)
        ask = partial(
            reading.ranges_of,
            self._desk.db,
            type_id=line.form_type.id,
            holder_id=line.holder.id,
            condition=line.condition,
            limit=MOST_RANGES,
        )
        self._desk.tasks.run_query(ask, self._when_still_wanted(self._wanted, line), owner=self)

    def _when_still_wanted(self, key: tuple[int, int, str], line: BalanceLine) -> Callable[[Any], object]:
        def show(held: list[HeldRange]) -> None:
            if key == self._wanted:
                self._columns.form_type = line.form_type
                self._show_ranges(held, "No se encontraron rangos; pulse F5.")

        return show

    def _show_ranges(self, held: list[HeldRange], empty: str) -> None:
        form_type = self._columns.form_type
        self.ranges.set_empty_state(empty)
        self.ranges.set_rows(held)
        select_first(self.ranges)
        self.ranges.refit()
        joined = FormRanges.of(one.forms for one in held)
        self._ranges = form_type.ranges_text(joined) if form_type is not None and held else ""
        more = len(held) >= MOST_RANGES
        self.ranges_text.setText(f"{self._ranges}{'…' if more else ''}")
        if held and form_type is not None:
            self.ranges_text.setToolTip(ranges_tip(form_type, joined, more=more))
        self.copy_button.setEnabled(bool(held))

    def _on_range_activated(self, held: HeldRange) -> None:
        form_type = self._columns.form_type
        if form_type is not None:
            self.number_chosen.emit(f"{form_type.code} {form_type.number_text(held.forms.first)}")

    def _build_layout(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head, 1)
        top.addWidget(self.chip)
        left = QWidget()
        left_box = QVBoxLayout(left)
        left_box.setContentsMargins(0, 0, 8, 0)
        left_box.addWidget(self.holders)
        right = QWidget()
        right_box = QVBoxLayout(right)
        right_box.setContentsMargins(8, 0, 0, 0)
        right_box.setSpacing(4)
        copying = QHBoxLayout()
        copying.setSpacing(8)
        copying.addWidget(QLabel("Rangos:"))
        copying.addWidget(self.ranges_text, 1)
        copying.addWidget(self.copy_button)
        right_box.addWidget(self.ranges, 1)
        right_box.addLayout(copying)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 5)
        split.setSizes([470, 376])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(split, 1)


def ranges_tip(form_type: FormType, ranges: FormRanges, *, more: bool) -> str:
    """The ranges for a tooltip, wrapped; a very long list is cut with a mark."""
    shown = FormRanges(ranges.ranges[:_MOST_IN_TIP])
    cut = more or len(ranges.ranges) > _MOST_IN_TIP
    return f"<qt>{form_type.ranges_text(shown)}{'…' if cut else ''}</qt>"
