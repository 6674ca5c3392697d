"""Lines through the rows of a list whose facts no longer hold; the list itself paints the rest."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import current_tokens


class StruckRows(QWidget):
    """Lies over the list's rows, lets the mouse through and strikes the texts of those that `is_struck` names."""

    def __init__(self, table: RowTable, is_struck: Callable[[Any], bool]) -> None:
        super().__init__(table.view)
        self._table, self._is_struck = table, is_struck
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.view.viewport().installEventFilter(self)
        table.model.modelReset.connect(self.update)
        self._cover()

    def _cover(self) -> None:
        self.setGeometry(self._table.view.viewport().geometry())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, model = self._table.view, self._table.model
        metrics = view.fontMetrics()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(current_tokens().text_dim)))
        for row in range(model.rowCount()):
            top, height = view.rowViewportPosition(row), view.rowHeight(row)
            if top + height < 0 or top > self.height() or not self._is_struck(model.fact(row)):
                continue
            middle = top + height // 2
            for number, column in enumerate(model.columns):
                room = view.columnWidth(number) - 2 * PADDING
                length = min(metrics.horizontalAdvance(model.cell(row, number)[0]), room)
                spare = {"right": room - length, "center": (room - length) // 2}.get(column.align, 0)
                left = view.columnViewportPosition(number) + PADDING + spare
                if length > 0:
                    painter.drawLine(left, middle, left + length, middle)
        painter.end()
