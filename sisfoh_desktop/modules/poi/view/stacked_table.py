"""A list whose rows are read whole: a name wrapped with a second one in grey under it, figures aligned beside them.

Copying, exporting and ordering know every column, also those that are only seen under another one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView

from sisfoh_desktop.qtkit.row_model import RowTableModel
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.row_view import PADDING, RowInk, RowView
from sisfoh_desktop.qtkit.theme import theme

_AIR = 6  # px over and under the lines of a row
_NARROWEST = 112
_SAMPLE = 200  # rows looked at to see whether a column holds anything
_MOST_MEASURED = 1_000  # rows that get a height of their own; those after them are cut to the usual one
_MOST_KEPT = 4_000
_LONGEST_SHOWN = 1_000


@dataclass(frozen=True)
class Stack:
    """`under`: which column is told in grey under which; `lines`: how many a text may take (1 for the others);
    `shares`: how the columns without a width divide what is left; `fewest`: the lines of the lowest row."""

    under: Mapping[int, int]
    lines: Mapping[int, int]
    shares: Mapping[int, int]
    fewest: int = 2


def wrapped(text: str, width: int, most: int, metrics: QFontMetrics) -> tuple[str, ...]:
    """The text in lines of `width` pixels, broken between words; `most` lines at most, the last one cut with `…`."""
    lines: list[str] = []
    rest = text[:_LONGEST_SHOWN].split()
    while rest:
        if len(lines) == most - 1:
            lines.append(metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width))
            break
        count = 1
        while count < len(rest) and metrics.horizontalAdvance(" ".join(rest[: count + 1])) <= width:
            count += 1
        line = " ".join(rest[:count])
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) if count == 1 else line)
        rest = rest[count:]
    return tuple(lines)


class StackedView(RowView):
    """Paints the rows of a `StackedTable`."""

    stack = Stack({}, {}, {})

    def __init__(self, model: RowTableModel, parent: Any = None) -> None:
        super().__init__(model, parent)
        self._listed = model
        self._lines: dict[tuple[str, int, int], tuple[str, ...]] = {}
        self._dress()
        theme().changed.connect(self._dress)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _dress(self) -> None:
        self._pens = RowInk()
        self._body, self._small = QFont(theme().font()), QFont(theme().font("caption"))
        self._body_metrics, self._small_metrics = QFontMetrics(self._body), QFontMetrics(self._small)
        self._lines.clear()

    @property
    def line_height(self) -> int:
        return self._body_metrics.height()

    def lines_of(self, row: int, column: int) -> tuple[str, ...]:
        """What a cell shows, line by line, at its present width."""
        text = self._listed.cell(row, column)[0]
        key = (text, self.columnWidth(column) - 2 * PADDING, self.stack.lines.get(column, 1))
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) > _MOST_KEPT:
                self._lines.clear()
            found = self._lines[key] = wrapped(*key, self._body_metrics)
        return found

    def height_of(self, row: int) -> int:
        """Pixels that a row needs."""
        counts = [
            len(self.lines_of(row, column)) + (column in self.stack.under)
            for column in self.stack.lines
            if not self.isColumnHidden(column)
        ]
        return self.height_for(max([self.stack.fewest, *counts]))

    def height_for(self, lines: int) -> int:
        return lines * self.line_height + 2 * theme().px(_AIR) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        if first < 0:
            return
        last = self._listed.rowCount() - 1 if last < 0 else last
        shown = [one for one in range(self._listed.columnCount()) if not self.isColumnHidden(one)]
        end = min(
            self.viewport().width(),
            max((self.columnViewportPosition(one) + self.columnWidth(one) for one in shown), default=0),
        )
        painter = QPainter(self.viewport())
        for row in range(first, last + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            selected = self.selectionModel().isRowSelected(row, QModelIndex())
            if selected:
                painter.fillRect(0, top, end, height, self._pens.selection)
            painter.setPen(self._pens.line)
            painter.drawLine(0, top + height - 1, end - 1, top + height - 1)
            for column in shown:
                self._paint_cell(painter, row, column, top + theme().px(_AIR), selected)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int, top: int, selected: bool) -> None:
        left, right = self._edges(column)
        align = self._listed.columns[column].align
        lines = self.lines_of(row, column)
        pen = self._pens.pen(self._listed.cell(row, column)[1], selected)
        base = top + self._body_metrics.ascent()
        painter.setFont(self._body)
        for line in lines:
            self._write(painter, line, base, (left, right), align, pen, self._body_metrics)
            base += self.line_height
        beneath = self.stack.under.get(column)
        if beneath is None:
            return
        if align == "right":  # figures have one line: what is under them may reach below their neighbour
            base = top + self._body_metrics.ascent() + self.line_height
            beside = self._left_of(column)
            left = self._edges(beside)[0] if self._lends_room(beside) else left
        text = self._listed.cell(row, beneath)[0]
        painter.setFont(self._small)
        fitted = self._small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        self._write(
            painter, fitted, base, (left, right), align, self._pens.pen("dim", selected), self._small_metrics
        )

    def _edges(self, column: int) -> tuple[int, int]:
        left = self.columnViewportPosition(column)
        return left + PADDING, left + self.columnWidth(column) - PADDING

    def _left_of(self, column: int) -> int:
        """The column at the left of this one as they stand now; -1 for none."""
        head = self.horizontalHeader()
        places = range(head.visualIndex(column) - 1, -1, -1)
        return next((one for place in places if not self.isColumnHidden(one := head.logicalIndex(place))), -1)

    def _lends_room(self, column: int) -> bool:
        """Whether nothing stands under the figure of a column."""
        return (
            column >= 0
            and not self.isColumnHidden(column)
            and self._listed.columns[column].align == "right"
            and column not in self.stack.under
        )

    @staticmethod
    def _write(
        painter: QPainter,
        text: str,
        base: int,
        edges: tuple[int, int],
        align: str,
        pen: QPen,
        metrics: QFontMetrics,
    ) -> None:
        left, right = edges
        painter.setPen(pen)
        painter.drawText(right - metrics.horizontalAdvance(text) if align == "right" else left, base, text)


class StackedTable(RowTable):
    """A `RowTable` over `StackedView`.

    A person chooses among the columns that have a place: what is told under one comes and goes with it.
    """

    view_type: Callable[[RowTableModel, Any], RowView] = StackedView

    def __init__(self, columns: Sequence[Column], stack: Stack, **more: Any) -> None:
        self._stack = stack
        super().__init__(columns, **more)
        self.stacked = cast(StackedView, self.view)
        self.stacked.stack = stack
        with self.placing_columns():
            for column in stack.under.values():
                self.view.setColumnHidden(column, True)
        self.model.modelReset.connect(self._fit_rows)
        self.view.filter_header.sectionResized.connect(self._on_resized)

    def fit_columns(self) -> None:
        """Each its width; the others share what is left, and one that holds nothing only takes its title's.

        Where none shares, the last takes it, as in every list: a row reaches the frame.
        """
        self._fitting = True
        metrics, columns = self.view.fontMetrics(), self.model.columns
        seen = self.orders.own_seen()
        fixed = {
            number: theme().px(column.width or _NARROWEST)
            for number, column in enumerate(columns)
            if number in seen and number not in self._stack.shares
        }
        sharing = [number for number in self._stack.shares if number in seen]
        filled = [number for number in sharing if self._holds_something(number)]
        for number in set(sharing) - set(filled):
            fixed[number] = metrics.horizontalAdvance(columns[number].title) * 11 // 10 + 2 * PADDING
        room = self.view.viewport().width() - sum(fixed.values())
        parts = sum(self._stack.shares[number] for number in filled) or 1
        growing = {
            number: max(theme().px(_NARROWEST), room * self._stack.shares[number] // parts)
            for number in filled
        }
        if not filled and seen:
            fixed[seen[-1]] += max(0, room)
        for number, width in (fixed | growing).items():
            self.view.setColumnWidth(number, width)
        self._fitting = False
        self._fit_rows()

    def own_columns(self) -> list[int]:
        under = set(self._stack.under.values())
        return [number for number in super().own_columns() if number not in under]

    def told_under(self, number: int) -> list[int]:
        return [self._stack.under[number]] if number in self._stack.under else []

    def _holds_something(self, column: int) -> bool:
        text = self.model.columns[column].text
        return not self.model.total or any(text(fact) for fact in self.model.facts_seen()[:_SAMPLE])

    def _on_resized(self, _section: int, _old: int, _new: int) -> None:
        if not self._fitting:
            self._fit_rows()

    def _fit_rows(self) -> None:
        """Give each row the lines that it needs."""
        if "stacked" not in self.__dict__:
            return
        usual = self.stacked.height_for(self._stack.fewest + 1)
        self.view.verticalHeader().setDefaultSectionSize(usual)
        for row in range(min(self.model.rowCount(), _MOST_MEASURED)):
            height = self.stacked.height_of(row)
            if height != self.view.rowHeight(row):
                self.view.setRowHeight(row, height)
