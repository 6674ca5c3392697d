"""The map of units by months: every cell says its percentage and its sign, the colour only repeats them."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.charts import HeatMap
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, MONTH_NAMES
from sisfoh_desktop.modules.poi.rules.percent import percent_figure, percent_text
from sisfoh_desktop.modules.poi.rules.states import State
from sisfoh_desktop.modules.poi.view.quarter_columns import tone_of
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, current_tokens, mixed, theme

_Index = QModelIndex | QPersistentModelIndex
_CELL, _NAME = 50, 230  # px of a month and of a row's name
_MOST_PICTURED = 150  # rows of a copied picture
_WHOLE = Decimal(1)
_FILLS = {"danger": 0.34, "warn": 0.28, "ok": 0.2, "accent": 0.24, "dim": 0.1}


def cell_text(state: State | None) -> str:
    """`▲ 87`: the sign and the per cent without its sign; a sign alone where there is none; "" not reached."""
    if state is None:
        return ""
    percent = state.percent
    return f"{state.sign} {percent_figure(percent, _WHOLE)}" if percent is not None else state.sign


def cell_words(name: str, month: int, state: State | None) -> str:
    """A cell said whole, for the tooltip and for who hears it."""
    if state is None:
        return f"{name}, {MONTH_NAMES[month - 1]}: sin datos"
    told = (
        f"{format_quantity(state.executed) or 'sin registrar'} de {format_quantity(state.programmed) or '0'}"
    )
    share = f", {percent_text(state.percent)}" if state.percent is not None else ""
    return f"{name}, {MONTH_NAMES[month - 1]}: {told}{share}. {state.label}"


def _told(words: str, role: int) -> str:
    return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class HeatModel(QAbstractTableModel):
    """Rows by months."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: HeatMap | None = None

    def show(self, shown: HeatMap) -> None:
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    def state(self, row: int, column: int) -> State | None:
        assert self.shown is not None
        return self.shown.rows[row].cells[column]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self.shown is None else len(self.shown.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 12

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.shown is None:
            return None
        state = self.state(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(state)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _told(cell_words(self.shown.rows[index.row()].name, index.column() + 1, state), role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.shown is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return MONTH_CODES[section] if across else self.shown.rows[section].name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return MONTH_NAMES[section] if across else _told(self.shown.rows[section].name, role)
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _HeatCells(QStyledItemDelegate):
    """Paints a cell: a pale fill of its tone, the text in the tone itself."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, HeatModel)
        view = self.parent()
        chosen = isinstance(view, QTableView) and view.currentIndex() == index and view.hasFocus()
        rect: QRect = option.rect
        paint_cell(painter, rect, model.state(index.row(), index.column()), chosen=chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme().px(_CELL), theme().px(ROW_HEIGHT))


def paint_cell(painter: QPainter, rect: QRect, state: State | None, *, chosen: bool = False) -> None:
    """One cell of the map, on the screen or in a picture."""
    tokens = current_tokens()
    inner = rect.adjusted(1, 1, -1, -1)
    painter.setFont(theme().font("caption"))
    if state is not None:
        tone = tone_of(state)
        colour = tokens.tone(tone)
        if not tokens.high_contrast:
            painter.fillRect(inner, QColor(mixed(colour, tokens.surface, _FILLS[tone])))
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, cell_text(state))
    if chosen:
        painter.setPen(QColor(tokens.accent))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.drawRect(inner.adjusted(0, 0, -1, -1))


class HeatView(QTableView):
    """The map on screen. `read` tells the cell under the cursor in words; `entered` gives a row's name by Enter."""

    read = Signal(str)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = HeatModel(self)
        self.setModel(self.heat)
        self.setItemDelegate(_HeatCells(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Mapa de calor: unidades por mes")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        # Qt measures a title in the plain font: a bold one would be cut without its ellipsis.
        self.verticalHeader().setStyleSheet("QHeaderView::section { font-weight: normal; }")
        self.setCornerButtonEnabled(False)
        self.activated.connect(self._on_entered)
        self.selectionModel().currentChanged.connect(self._on_moved)
        theme().changed.connect(self._dress)
        self._dress()

    def show_map(self, shown: HeatMap) -> None:
        self.heat.show(shown)
        if shown.rows:
            self.setCurrentIndex(self.heat.index(0, 0))

    def picture(self) -> QPixmap:
        """The whole map, not only what is in sight; of a very long one its first rows."""
        shown = self.heat.shown
        assert shown is not None
        rows = shown.rows[:_MOST_PICTURED]
        name, cell, high = theme().px(_NAME), theme().px(_CELL), theme().px(ROW_HEIGHT)
        made = QPixmap(name + 12 * cell, high * (len(rows) + 1))
        tokens = current_tokens()
        made.fill(QColor(tokens.surface))
        painter = QPainter(made)
        painter.setFont(theme().font("caption", bold=True))
        painter.setPen(QColor(tokens.text))
        for month, code in enumerate(MONTH_CODES):
            painter.drawText(QRect(name + month * cell, 0, cell, high), Qt.AlignmentFlag.AlignCenter, code)
        for number, row in enumerate(rows, 1):
            painter.setFont(theme().font("caption"))
            painter.setPen(QColor(tokens.text))
            title = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, name - 12)
            painter.drawText(
                QRect(4, number * high, name - 8, high),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                title,
            )
            for month, state in enumerate(row.cells):
                paint_cell(painter, QRect(name + month * cell, number * high, cell, high), state)
        painter.end()
        return made

    def _on_moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.read.emit(str(self.heat.data(now, Qt.ItemDataRole.AccessibleTextRole)))

    def _on_entered(self, index: QModelIndex) -> None:
        if self.heat.shown is not None and index.isValid():
            self.entered.emit(self.heat.shown.rows[index.row()].name)

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self.verticalHeader().setFixedWidth(theme().px(_NAME))
        self.viewport().update()
