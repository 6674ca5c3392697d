"""How a ruled table crosses pages (loads reportlab: make tables through `tables.ruled_table`).

reportlab's own Table measures all its rows again at every page, which is quadratic; here rows are laid out once,
when the page that needs them is made, and forgotten when drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from sisfoh_desktop.documents.fonts import register_fonts
from sisfoh_desktop.documents.table_cells import PADDING_Y, CellPress, LaidRow, text_lines
from sisfoh_desktop.documents.tables import Column, Row

_RULE = 0.75
_HAIRLINE = 0.25
_SPACE_AFTER = 8.0
_NARROWEST = 8 * mm
_NARROWEST_FIXED = 4 * mm  # a width asked for on purpose: the weeks of a schedule
_LEAST_LINES_OF_A_PART = 3
_TALLEST_KEPT_WITH_TITLE = 80 * mm


@dataclass
class TableDesign:
    """What the caller asked for, and the rows laid out so far; shared by all the parts of one table."""

    columns: tuple[Column, ...]
    rows: Any  # Sequence[Row]; only len() and [] are used
    above_head: tuple[Row, ...]
    foot: tuple[Row, ...]
    repeat_head: bool
    break_rows_over_mm: float | None
    carry: Callable[[str, int], Row] | None
    named_again: dict[int, str]
    font_size: float
    _press: CellPress | None = None
    _width: float = 0.0
    _laid: dict[int, LaidRow] = field(default_factory=dict)
    _heads: list[LaidRow] = field(default_factory=list)

    def prepare(self, width: float) -> CellPress:
        """Fix the columns for `width` points; another width lays everything out anew."""
        if self._press is None or self._width != width:
            register_fonts()
            self._width = width
            self._press = CellPress(
                self.columns, _widths(self.columns, width), self.font_size, self.named_again
            )
            self._laid.clear()
            self._heads = [self._press.row(row) for row in self.above_head]
            if any(column.title for column in self.columns):
                self._heads.append(self._press.row([column.title for column in self.columns], head=True))
        return self._press

    def height_of(self, lines: int) -> float:
        assert self._press is not None
        return lines * self._press.leading + 2 * PADDING_Y

    def heads(self) -> list[LaidRow]:
        return self._heads

    def last(self) -> int:
        """Number of rows, the foot included."""
        return len(self.rows) + len(self.foot)

    def row(self, index: int) -> LaidRow:
        if index not in self._laid:
            assert self._press is not None
            count = len(self.rows)
            source = self.rows[index] if index < count else self.foot[index - count]
            self._laid[index] = self._press.row(source)
        return self._laid[index]

    def carried(self, label: str, index: int) -> LaidRow | None:
        """The row of sums carried over, where the table crosses a page between two rows of data."""
        if self.carry is None or not 0 < index < len(self.rows):
            return None
        assert self._press is not None
        return self._press.row(self.carry(label, index))

    def forget(self, index: int) -> None:
        self._laid.pop(index, None)


class TableFlow(Flowable):
    """The rows `first` to `stop` of a table; `top` and `bottom` are halves of rows cut at a page's edge."""

    def __init__(
        self,
        design: TableDesign,
        first: int = 0,
        stop: int | None = None,
        *,
        top: LaidRow | None = None,
        bottom: LaidRow | None = None,
    ) -> None:
        super().__init__()
        self._design = design
        self._first = first  # the row after `top` where there is one
        self._stop = design.last() if stop is None else stop
        self._top = top
        self._bottom = bottom

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return _SPACE_AFTER

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure only as far as the page goes: a table that is longer answers with more than `height`."""
        self._design.prepare(width)
        self.width = width
        self.height = sum(row.height for row in self._opening())
        if self._bottom is not None:
            self.height += self._bottom.height
        closing = self._closing()
        if closing is not None:
            self.height += closing.height
        for index in range(self._first, self._stop):
            self.height += self._design.row(index).height
            if self.height > height:
                break
        return width, self.height

    def least_height(self, width: float) -> float:
        """The head with its first row and the sums carried after it: what a title above must keep with it."""
        self._design.prepare(width)
        rows = self._opening()
        height = sum(row.height for row in rows)
        if self._top is None and self._first < self._stop:
            height += min(self._design.row(self._first).height, _TALLEST_KEPT_WITH_TITLE)
            carried = self._design.carried("VAN", self._first + 1)
            height += carried.height if carried is not None else 0.0
        return height

    def count_lines(self, width: float, enough: int) -> int:
        """Lines of text from the end, counted up to `enough`."""
        self._design.prepare(width)
        found = text_lines(self._top) if self._top is not None else 0
        for index in range(self._stop - 1, self._first - 1, -1):
            if found >= enough:
                break
            found += text_lines(self._design.row(index))
        return found

    def tail_start(self, width: float, lines: int) -> int:
        """The row from which at least `lines` lines of text (and the whole foot) remain."""
        self._design.prepare(width)
        index, found = self._stop, 0
        while index > self._first and (found < lines or index > len(self._design.rows)):
            index -= 1
            found += text_lines(self._design.row(index))
        return index

    def split(self, width: float, height: float, keep_lines: int = 0, frame: Any = None) -> list[Flowable]:
        """Cut at the page's edge; at least `keep_lines` lines of text stay in the second part.

        `frame` is the page's, where another flowable asks in this one's name.
        """
        self._design.prepare(width)
        frame = getattr(self, "_frame", None) if frame is None else frame
        limit = self.tail_start(width, keep_lines) if keep_lines else self._stop
        used = sum(row.height for row in self._opening())
        index = self._first
        if self._top is not None and used > height:
            return self._cut(self._top, index, height - (used - self._top.height), top=True)
        while index < limit and used + self._design.row(index).height <= height:
            used += self._design.row(index).height
            index += 1
        if index == self._stop and self._bottom is None:
            return [self]
        if index < self._stop and self._may_break(index, height - used, frame):
            row, room = self._design.row(index), height - used
            if index == limit:
                room = min(room, row.height - self._design.height_of(keep_lines))
            parts = self._cut(row, index, room, top=False)
            if parts:
                return parts
        index = self._leave_room(self._foot_together(index), height)
        if index == self._first and self._top is None:
            return []
        return [
            TableFlow(self._design, self._first, index, top=self._top),
            TableFlow(self._design, index, self._stop, bottom=self._bottom),
        ]

    def _leave_room(self, index: int, height: float) -> int:
        """Room for the "VAN" row is made by leaving the last rows to the next page."""
        opening = sum(row.height for row in self._opening())
        while index > self._first:
            row = self._design.carried("VAN", index)
            used = sum(self._design.row(each).height for each in range(self._first, index))
            if row is None or opening + used + row.height <= height:
                break
            index -= 1
        return index

    def _foot_together(self, index: int) -> int:
        """Totals do not stand alone on the next page: the last row of data goes with them."""
        rows = len(self._design.rows)
        if rows <= index < self._design.last() and rows - 1 > self._first:
            return rows - 1
        return index

    def _may_break(self, index: int, room: float, frame: Any) -> bool:
        """Rows are cut when they fit on no page, or when the caller allows it for one so tall."""
        if index == self._first and self._top is None and getattr(frame, "_atTop", False):
            return True  # nothing stands above: the next page would be no better
        if room < self._design.height_of(_LEAST_LINES_OF_A_PART):
            return False
        tall = self._design.row(index).height
        page = getattr(frame, "_aH", float("inf")) - sum(row.height for row in self._heads())
        over = self._design.break_rows_over_mm
        return tall > page or (over is not None and tall > over * mm)

    def _cut(self, row: LaidRow, index: int, room: float, *, top: bool) -> list[Flowable]:
        press = self._design.prepare(self._design._width)
        halves = press.cut(row, room)
        if halves is None:
            return []
        if top:
            return [
                TableFlow(self._design, index, index, bottom=halves[0]),
                TableFlow(self._design, index, self._stop, top=halves[1], bottom=self._bottom),
            ]
        return [
            TableFlow(self._design, self._first, index, top=self._top, bottom=halves[0]),
            TableFlow(self._design, index + 1, self._stop, top=halves[1], bottom=self._bottom),
        ]

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        press = self._design.prepare(self.width)
        y = self.height
        heads = self._heads()
        if heads:
            y = self._draw_heads(heads, y)
        else:
            self._rule(y, _RULE)
        body = self._opening()[len(heads) :]
        body += [self._design.row(index) for index in range(self._first, self._stop)]
        body += [row for row in (self._bottom, self._closing()) if row is not None]
        for number, row in enumerate(body):
            press.draw(canvas, row, y)
            y -= row.height
            self._rule(y, _RULE if number == len(body) - 1 else _HAIRLINE)
        for index in range(self._first, self._stop):
            self._design.forget(index)
        canvas.restoreState()

    def _draw_heads(self, heads: list[LaidRow], y: float) -> float:
        press = self._design.prepare(self.width)
        self._rule(y, _RULE)
        for number, row in enumerate(heads):
            press.draw(self.canv, row, y)
            y -= row.height
            self._rule(y, _RULE if number == len(heads) - 1 else _HAIRLINE)
        return y

    def _rule(self, y: float, thickness: float) -> None:
        self.canv.setLineWidth(thickness)
        self.canv.line(0, y, self.width, y)

    def _starts_table(self) -> bool:
        return self._first == 0 and self._top is None

    def _heads(self) -> list[LaidRow]:
        return self._design.heads() if self._design.repeat_head or self._starts_table() else []

    def _opening(self) -> list[LaidRow]:
        """What stands before the first whole row: head, the sums brought here, the rest of a cut row."""
        rows = list(self._heads())
        brought = None if self._top is not None else self._design.carried("VIENEN", self._first)
        rows += [row for row in (brought, self._top) if row is not None]
        return rows

    def _closing(self) -> LaidRow | None:
        return None if self._bottom is not None else self._design.carried("VAN", self._stop)


def _widths(columns: tuple[Column, ...], width: float) -> list[float]:
    """Widths in points: no column too narrow for a letter, all together never wider than the page."""
    fixed = sum((column.width_mm or 0.0) * mm for column in columns)
    shares = sum(column.share for column in columns if column.width_mm is None)
    least = [_NARROWEST_FIXED if column.width_mm is not None else _NARROWEST for column in columns]
    wanted = [
        max(
            floor,
            column.width_mm * mm
            if column.width_mm is not None
            else max(0.0, width - fixed) * column.share / shares,
        )
        for column, floor in zip(columns, least, strict=True)
    ]
    total, floors = sum(wanted), sum(least)
    if total <= width:
        return wanted if shares else [each * width / total for each in wanted]
    if floors >= width:
        return [width / len(wanted)] * len(wanted)
    return [
        floor + (each - floor) * (width - floors) / (total - floors)
        for each, floor in zip(wanted, least, strict=True)
    ]
