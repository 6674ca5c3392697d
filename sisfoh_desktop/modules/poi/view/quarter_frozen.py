"""A list wider than the window whose first columns stay in sight while the others pass under them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.row_view import PADDING, RowInk
from sisfoh_desktop.qtkit.theme import current_tokens, mixed, theme


class FrozenTable(RowTable):
    """`frozen` columns stay; Left and Right pass the others by, Ctrl+Left and Ctrl+Right go to the ends.

    A person chooses among the others only: what names a row is always there, and first.
    """

    def __init__(self, columns: Sequence[Column], *, frozen: int, **more: Any) -> None:
        self._total: list[str] = []
        super().__init__(columns, **more)
        self.frozen = self.pinned_columns = frozen
        self._body = _FrozenBody(self)
        self._head = _FrozenHead(self)
        bar = self.view.horizontalScrollBar()
        bar.valueChanged.connect(self._cover)
        self.view.verticalScrollBar().valueChanged.connect(self._body.update)
        self.view.filter_header.sectionResized.connect(self._cover)
        self.view.selectionModel().selectionChanged.connect(self._body.update)
        self.model.modelReset.connect(self._cover)
        theme().changed.connect(self._body.dress)
        self.view.installEventFilter(self)

    def show_lines(self, columns: Sequence[Column], lines: Sequence[Any], total: Sequence[str]) -> None:
        """Show these lines by these columns; `total` is the row of sums, copied and exported with the whole list.

        The filter and the selected line stay; the order goes back to that of the lines.
        """
        chosen = self.selected()
        self.sort_by(None)
        self.set_rows(())  # no line is ever asked by another month's columns
        self.model.beginResetModel()
        self.model.columns = tuple(columns)
        self.model.endResetModel()
        self._total = list(total)
        self.set_rows(lines)
        if chosen is not None:
            self.select(self._key(chosen))

    def as_seen(self) -> tuple[list[str], list[list[str]]]:
        titles, rows = super().as_seen()
        if self._total and len(rows) == self.model.total:
            rows.append([self._total[number] for number in self.orders.columns_seen()])
        return titles, rows

    def frozen_width(self) -> int:
        """Pixels that the frozen columns take."""
        return sum(self.view.columnWidth(number) for number in range(self.frozen))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self._pass(step, whole=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and "_head" in self.__dict__:
            self._cover()
        return super().eventFilter(watched, event)

    def _pass(self, step: int, *, whole: bool) -> None:
        """Bring the next column at the left edge beside the frozen ones."""
        bar = self.view.horizontalScrollBar()
        if whole:
            bar.setValue(bar.maximum() if step > 0 else 0)
            return
        edge, edges = 0, [0]
        for number in self.orders.columns_seen()[self.frozen :]:
            edge += self.view.columnWidth(number)
            edges.append(edge)
        if step > 0:
            bar.setValue(next((edge for edge in edges if edge > bar.value()), bar.maximum()))
        else:
            bar.setValue(next((edge for edge in reversed(edges) if edge < bar.value()), 0))

    def _cover(self) -> None:
        """Lay the frozen columns over the others; nothing is needed while none has passed."""
        passed = self.view.horizontalScrollBar().value() > 0
        place = self.view.viewport().geometry()
        head = self.view.filter_header
        width = min(self.frozen_width(), place.width())
        self._body.setGeometry(place.x(), place.y(), width, place.height())
        titles = head.height() - head.filter_height
        self._head.setGeometry(place.x(), head.y(), width, titles)
        for part in (self._body, self._head):
            part.setVisible(passed)
            part.raise_()
            part.update()


class _FrozenBody(QWidget):
    """The cells; the mouse goes through to the list."""

    def __init__(self, table: FrozenTable) -> None:
        super().__init__(table.view)
        self._table = table
        self._ink = RowInk()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def dress(self) -> None:
        """Take the colours in force."""
        self._ink = RowInk()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        table, view, model = self._table, self._table.view, self._table.model
        tokens, ink = current_tokens(), self._ink
        ink.use_font(view.font())
        painter = QPainter(self)
        painter.setFont(view.font())
        painter.fillRect(self.rect(), QColor(tokens.surface))
        first, last = view.rowAt(0), view.rowAt(self.height())
        last = model.rowCount() - 1 if last < 0 else last
        chosen = view.selectionModel()
        for row in range(max(first, 0), last + 1 if first >= 0 else 0):
            top, height = view.rowViewportPosition(row), view.rowHeight(row)
            selected = chosen.isRowSelected(row, view.rootIndex())
            if selected:
                painter.fillRect(0, top, self.width(), height, ink.selection)
            painter.setPen(ink.line)
            painter.drawLine(0, top + height - 1, self.width(), top + height - 1)
            base = top + (height + ink.ascent - ink.descent) // 2
            left = 0
            for number in range(table.frozen):
                wide = view.columnWidth(number)
                text, tone = model.cell(row, number)
                shown, _length = ink.fitted(text, wide - 2 * PADDING)
                painter.setPen(ink.pen(tone, selected))
                painter.drawText(left + PADDING, base, shown)
                left += wide
        painter.setPen(QColor(mixed(tokens.text_dim, tokens.surface, 0.6)))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()


class _FrozenHead(QWidget):
    """The titles; a click orders by them."""

    def __init__(self, table: FrozenTable) -> None:
        super().__init__(table.view)
        self._table = table
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = 0
        for number in range(self._table.frozen):
            left += self._table.view.columnWidth(number)
            if event.position().x() < left:
                self._table.view.filter_header.sectionClicked.emit(number)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface_2))
        font = QFont(theme().font(bold=True))
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        metrics = painter.fontMetrics()
        left = 0
        for number in range(self._table.frozen):
            wide = self._table.view.columnWidth(number)
            title = metrics.elidedText(
                self._table.model.columns[number].title, Qt.TextElideMode.ElideRight, wide - 2 * PADDING
            )
            painter.drawText(
                left + PADDING,
                0,
                wide - 2 * PADDING,
                self.height(),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                title,
            )
            left += wide
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setPen(QColor(mixed(tokens.text_dim, tokens.surface, 0.6)))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()
