"""The heads of a grid: those of the leading columns stay where they are, like their cells."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip

from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, current_tokens, theme

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_view import GridView

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class GridHeader(QHeaderView):
    """Titles of the columns; those of the selected block are underlined."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setAccessibleName("Encabezados de la cuadrícula")

    def fit_height(self) -> None:
        """The height of a row at the present text size."""
        self.setFixedHeight(theme().px(ROW_HEIGHT))

    def title_width(self, column: int) -> int:
        """How wide a title is, with its air."""
        wide = QFontMetrics(self._font()).horizontalAdvance(self._view.cells.columns[column].title)
        return wide + 2 * PADDING + 2

    def frozen_at(self, x: int) -> int:
        """The frozen column at a place, -1 for none."""
        for column in range(min(self._view.cells.frozen, self.count())):
            left = self.sectionPosition(column)
            if left <= x < left + self.sectionSize(column):
                return column
        return -1

    def paintEvent(self, event: QPaintEvent) -> None:
        cells, tokens = self._view.cells, current_tokens()
        wide, high, fixed = self.viewport().width(), self.viewport().height(), self._view.frozen_width
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens.surface_2))
        painter.setFont(self._font())
        painter.setClipRect(fixed, 0, max(0, wide - fixed), high)
        for column in range(cells.frozen, self.count()):
            left = self.sectionViewportPosition(column)
            if left < wide and left + self.sectionSize(column) > fixed:
                self._paint_title(painter, column, left)
        painter.setClipRect(0, 0, fixed, high)
        for column in range(min(cells.frozen, self.count())):
            self._paint_title(painter, column, self.sectionPosition(column))
        painter.setClipping(False)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, high - 1, wide, high - 1)
        if fixed:
            painter.setPen(QColor(tokens.text_dim))
            painter.drawLine(fixed - 1, 0, fixed - 1, high)
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            frozen = self.frozen_at(event.pos().x()) if event.pos().x() < self._view.frozen_width else -1
            column = frozen if frozen >= 0 else self.logicalIndexAt(event.pos())
            known = 0 <= column < len(self._view.cells.columns)
            QToolTip.showText(
                event.globalPos(), self._view.cells.columns[column].words if known else "", self
            )
            return True
        return super().viewportEvent(event)

    def _font(self) -> QFont:
        return theme().font(bold=True)

    def _paint_title(self, painter: QPainter, column: int, left: int) -> None:
        spec, tokens = self._view.cells.columns[column], current_tokens()
        wide, high = self.sectionSize(column), self.viewport().height()
        block = self._view.block()
        if block is not None and block[1] <= column <= block[3]:
            painter.fillRect(left, high - 3, wide, 3, QColor(tokens.accent))
        painter.setPen(QColor(tokens.text))
        room = QRect(left + PADDING, 0, wide - 2 * PADDING, high)
        title = painter.fontMetrics().elidedText(spec.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _ALIGNMENTS[spec.aligned], title)
