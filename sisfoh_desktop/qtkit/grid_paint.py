"""How the cells of a grid are painted: all visible ones in one pass, the frozen columns over those that scrolled.

A delegate would be called once for each cell with an option object each time, which takes four times as long.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygon

from sisfoh_desktop.qtkit.row_view import PADDING, RowInk
from sisfoh_desktop.qtkit.theme import current_tokens, mixed

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_cells import GridColumn, GridRow
    from sisfoh_desktop.qtkit.grid_view import GridView

_MARK = 6  # side of the corner that tells a cell not saved yet


class GridInk(RowInk):
    """What a grid needs beyond a list: the ground of cells that are not for typing, the active cell's frame."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self.closed = QBrush(QColor(tokens.surface_2))
        self.edge = QPen(QColor(tokens.text_dim))
        self.upright = QPen(QColor(mixed(tokens.line, tokens.surface, 0.6)))
        self.active = QPen(QColor(tokens.accent), 2)
        self.unsaved = QBrush(QColor(tokens.accent))


def paint_cells(view: "GridView", area: QRect, ink: GridInk) -> None:
    """Paint what is to be seen of `area`."""
    first, last = view.rowAt(area.top()), view.rowAt(area.bottom())
    if first < 0:
        return
    cells = view.cells
    rows = range(first, (last if last >= 0 else cells.rowCount() - 1) + 1)
    ink.use_font(view.font())
    wide, high, fixed = view.viewport().width(), view.viewport().height(), view.frozen_width
    painter = QPainter(view.viewport())
    painter.setClipRect(fixed, 0, max(0, wide - fixed), high)
    scrolled = [
        number
        for number in range(cells.frozen, len(cells.columns))
        if view.column_left(number) < wide and view.column_left(number) + view.columnWidth(number) > fixed
    ]
    _paint_columns(painter, view, rows, scrolled, ink)
    painter.setClipRect(0, 0, fixed, high)
    _paint_columns(painter, view, rows, list(range(min(cells.frozen, len(cells.columns)))), ink)
    painter.setClipping(False)
    if fixed:
        painter.setPen(ink.edge)
        bottom = view.rowViewportPosition(rows[-1]) + view.rowHeight(rows[-1]) - 1
        painter.drawLine(fixed - 1, 0, fixed - 1, bottom)
    painter.end()


def _paint_columns(
    painter: QPainter, view: "GridView", rows: range, columns: list[int], ink: GridInk
) -> None:
    cells, block, current = view.cells, view.block(), view.active()
    free = not cells.read_only
    places = [(number, view.column_left(number), view.columnWidth(number)) for number in columns]
    for number in rows:
        top, height = view.rowViewportPosition(number), view.rowHeight(number)
        base = top + (height + ink.ascent - ink.descent) // 2
        row = cells.row(number)
        in_rows = block is not None and block[0] <= number <= block[2]
        for column, left, wide in places:
            spec = cells.columns[column]
            if free and cells.why_locked(number, column):
                painter.fillRect(left, top, wide, height, ink.closed)
            chosen = in_rows and block is not None and block[1] <= column <= block[3]
            if chosen:
                painter.fillRect(left, top, wide, height, ink.selection)
            painter.setPen(ink.upright)
            painter.drawLine(left + wide - 1, top, left + wide - 1, top + height - 1)
            if spec.kind is not None and _unsaved(row.values, row.saved, spec.slot):
                _paint_corner(painter, left + wide - 1, top, ink)
            text, tone = cells.cell(number, column)
            if text:
                text = read_whole(spec, row, text, wide, ink)
                shown, length = ink.fitted(text, wide - 2 * PADDING)
                if shown != text and not spec.stretch and (spec.aligned == "right" or tone):
                    view.ask_room(column, view.fontMetrics().horizontalAdvance(text) + 2 * PADDING + 2)
                spare = wide - 2 * PADDING - length
                shift = {"right": spare, "center": spare // 2}.get(spec.aligned, 0)
                painter.setPen(ink.pen(tone, chosen))
                painter.drawText(left + PADDING + shift, base, shown)
            if current == (number, column):
                painter.setPen(ink.active if view.hasFocus() or view.editor is not None else ink.edge)
                painter.drawRect(left + 1, top + 1, wide - 3, height - 3)
        if places:
            painter.setPen(ink.line)
            painter.drawLine(
                places[0][1], top + height - 1, places[-1][1] + places[-1][2] - 1, top + height - 1
            )


def read_whole(spec: "GridColumn", row: "GridRow", text: str, wide: int, ink: GridInk) -> str:
    """The text, or its short form where it would be cut."""
    if spec.short is None or ink.fitted(text, wide - 2 * PADDING)[0] == text:
        return text
    return spec.short(row) or text


def _unsaved(values: list[object], saved: tuple[object, ...], slot: int) -> bool:
    return slot >= len(saved) or values[slot] != saved[slot]


def _paint_corner(painter: QPainter, right: int, top: int, ink: GridInk) -> None:
    painter.save()
    painter.setPen(ink.active.color())
    painter.setBrush(ink.unsaved)
    painter.drawPolygon(
        QPolygon([QPoint(right - _MARK, top), QPoint(right - 1, top), QPoint(right - 1, top + _MARK - 1)])
    )
    painter.restore()
