"""The quarter's table as the offices keep it: months programmed and executed beside their quarters, unit by unit.

Twenty-nine narrow columns and more need spanned heads, rules between their groups and the unit told again on each page,
which `documents.tables` has no use for elsewhere. Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened, text_width
from sisfoh_desktop.documents.line_breaking import wrapped
from sisfoh_desktop.documents.page import A3_WIDE, A4_WIDE, Sheet
from sisfoh_desktop.documents.text import clean
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES, QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.quarter_table import TOTAL_LABEL, QuarterTable, TableFigures

_PAD = 1.8
_SIZES = {A4_WIDE: (7.5, 7.25, 7.0), A3_WIDE: (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)}
_TEXT_ROOM = {A4_WIDE: 84 * mm, A3_WIDE: 110 * mm}
_TEXT_SHARES = (0.24, 0.18)  # of category and unit of measure at least; the activity takes what is left
_MOST_TEXT_SHARE = 0.32  # to hold their longest word
_SIGN = 6.5 * mm
_GUTTER = 3.0  # beyond the last letter of a text, so that two texts are not read as one
_SMALLEST = 4.5
_HEAD_LESS = 1.25  # points: heads are smaller than what stands under them
_MOST_LINES = 24  # of a row: what is longer goes on in another one
_RULE, _HAIRLINE = 0.75, 0.25
_GREY, _BAND_GREY = 0.7, 0.93
_SPACE_AFTER = 6.0


@dataclass(frozen=True)
class _Row:
    """What one line of the table draws: texts already broken, figures as printed, the sign of its state."""

    unit: str
    texts: tuple[tuple[str, ...], ...]
    figures: tuple[str, ...]
    sign: str
    height: float
    new_unit: bool


@dataclass(frozen=True)
class _Span:
    """Columns under a common head: the first and last of them, and what stands over them."""

    first: int
    last: int
    title: str


class _Design:
    """Columns, type and rows, laid out once for all the pages."""

    def __init__(
        self,
        table: QuarterTable,
        figures: "_Figures",
        sheet: Sheet,
        size: float,
        figure_widths: Sequence[float],
        progress: Progress,
    ) -> None:
        self.size, self.progress = size, progress
        self.leading = size * 1.22
        self.head_size = size - _HEAD_LESS
        self.band = self.leading + 4
        left = sheet.body_width * mm - _SIGN - sum(figure_widths)
        texts = _text_widths(table, size, left)
        self.widths = [*texts, *figure_widths, _SIGN]
        self.edges = [0.0]
        for width in self.widths:
            self.edges.append(self.edges[-1] + width)
        self.heads = _heads(table)
        self.groups = _groups(table, self._room_for_quarters(len(table.months)))
        self.group_size = min(
            fitted_size(
                span.title,
                BOLD,
                self.head_size,
                self.edges[span.last + 1] - self.edges[span.first] - 2,
                _SMALLEST,
            )
            for span in self.groups
            if any(self.heads[span.first : span.last + 1])
        )
        self.head_height = 3 * self.leading + 7
        self.rows = self._rows(table, figures)
        self.total = figures.total
        self.total_height = self.leading + 5

    def _room_for_quarters(self, months: int) -> bool:
        """Whether the longest head of a quarter stands whole over its two columns."""
        first = 4 + 2 * months
        room = self.edges[first + 2] - self.edges[first] - 2
        return text_width(f"{QUARTER_NAMES[2]} TRIMESTRE", BOLD, self.head_size) <= room

    def _rows(self, table: QuarterTable, printed: "_Figures") -> list[_Row]:
        made: list[_Row] = []
        rooms = [max(1.0, width - 2 * _PAD - _GUTTER) for width in self.widths[:3]]
        listed = zip(table.rows, printed.rows, strict=True)
        for unit, members in groupby(listed, key=lambda pair: pair[0].row.activity.unit_name):
            self.progress(0, 0)
            new = True
            for one, told in members:
                activity = one.row.activity
                lines = [
                    wrapped(text, REGULAR, self.size, room)
                    for text, room in zip(
                        (activity.category, activity.title, activity.measure), rooms, strict=True
                    )
                ]
                for start in range(0, max(1, *map(len, lines)), _MOST_LINES):
                    part = tuple(each[start : start + _MOST_LINES] for each in lines)
                    high = max(1, *map(len, part)) * self.leading + 3
                    figures, sign = (told, one.state.sign) if not start else ((), "")
                    made.append(_Row(clean(unit), part, figures, sign, high, new))
                    new = False
        return made


class QuarterGrid(Flowable):
    """The rows `first` to `stop` of the table; the last part ends in the total."""

    def __init__(self, design: _Design, first: int = 0, stop: int | None = None) -> None:
        super().__init__()
        self._design = design
        self._first = first
        self._stop = len(design.rows) if stop is None else stop

    @classmethod
    def of(cls, table: QuarterTable, progress: Progress = silent) -> "tuple[QuarterGrid, Sheet]":
        """The table and the smallest sheet on which it can be read; `progress` counts the rows that are drawn."""
        register_fonts()
        figures = _Figures(table)
        for sheet in (A4_WIDE, A3_WIDE):
            for size in _SIZES[sheet]:
                widths = figures.widths(size)
                if sheet.body_width * mm - _SIGN - sum(widths) >= _TEXT_ROOM[sheet]:
                    return cls(_Design(table, figures, sheet, size, widths, progress)), sheet
        room = A3_WIDE.body_width * mm - _SIGN - _TEXT_ROOM[A3_WIDE]
        narrow = [width * room / sum(widths) for width in widths]  # huge figures: each shrinks in its place
        return cls(_Design(table, figures, A3_WIDE, size, narrow, progress)), A3_WIDE

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return _SPACE_AFTER

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure only as far as the page goes: a table that is longer answers with more than `height`."""
        self.width = width
        self.height = self._design.head_height
        for index in range(self._first, self._stop):
            self.height += self._tall(index)
            if self.height > height:
                return width, self.height
        self.height += self._closing()
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Cut between rows; the total takes the last row along."""
        used, index = self._design.head_height, self._first
        while index < self._stop and used + self._tall(index) <= height:
            used += self._tall(index)
            index += 1
        if index == self._stop and self._closing():
            index -= 1
        if index <= self._first:
            return []
        return [QuarterGrid(self._design, self._first, index), QuarterGrid(self._design, index, self._stop)]

    def draw(self) -> None:
        canvas, design = self.canv, self._design
        canvas.saveState()
        y = self.height
        self._draw_head(canvas, y)
        y -= design.head_height
        for index in range(self._first, self._stop):
            row = design.rows[index]
            if row.new_unit or index == self._first:
                self._draw_band(canvas, row, y)
                y -= design.band
            self._draw_row(canvas, row, y)
            y -= row.height
            _rule(canvas, 0, design.edges[-1], y, _HAIRLINE)
        foot = y
        if self._closing():
            self._draw_total(canvas, y)
            foot -= design.total_height
        self._draw_groups(canvas, foot)
        _rule(canvas, 0, design.edges[-1], foot, _RULE)
        canvas.restoreState()
        design.progress(self._stop, len(design.rows))

    # -- inside ----------------------------------------------------------------------------------------

    def _tall(self, index: int) -> float:
        row = self._design.rows[index]
        return row.height + (self._design.band if row.new_unit or index == self._first else 0.0)

    def _closing(self) -> float:
        return self._design.total_height if self._stop == len(self._design.rows) else 0.0

    def _draw_head(self, canvas: Any, top: float) -> None:
        """Groups over their columns; a column without a group fills both rows."""
        design = self._design
        edges, middle, foot = design.edges, top - design.leading - 3.5, top - design.head_height
        _rule(canvas, 0, edges[-1], top, _RULE)
        for span in design.groups:
            left, right = edges[span.first], edges[span.last + 1]
            if any(design.heads[span.first : span.last + 1]):
                self._draw_title(canvas, span.title, left, right, top, middle)
                _rule(canvas, left, right, middle, _HAIRLINE)
            else:
                self._draw_title(canvas, span.title, left, right, top, foot)
        for number, title in enumerate(design.heads):
            if title:
                self._draw_title(canvas, title, edges[number], edges[number + 1], middle, foot)
        _rule(canvas, 0, edges[-1], foot, _RULE)

    def _draw_title(
        self, canvas: Any, title: str, left: float, right: float, top: float, foot: float
    ) -> None:
        """In the middle of its place, in two lines where there is room for them."""
        size, room = self._design.head_size, right - left - 2
        if foot < top - 2 * self._design.leading:
            size = min(fitted_size(word, BOLD, size, room, _SMALLEST) for word in title.split())
            lines = wrapped(title, BOLD, size, room)
        else:
            size, lines = min(size, self._design.group_size), (title,)
        canvas.setFont(BOLD, size)
        y = (top + foot) / 2 + len(lines) * size * 0.58 - size * 0.95
        for line in lines:
            canvas.drawCentredString((left + right) / 2, y, line)
            y -= size * 1.16

    def _draw_band(self, canvas: Any, row: _Row, top: float) -> None:
        design = self._design
        width = design.edges[-1]
        canvas.setFillGray(_BAND_GREY)
        canvas.rect(0, top - design.band, width, design.band, stroke=0, fill=1)
        canvas.setFillGray(0)
        words = row.unit if row.new_unit else f"{row.unit} (continuación)"
        canvas.setFont(BOLD, design.size)
        told = shortened(words, BOLD, design.size, width - 2 * _PAD)
        canvas.drawString(_PAD, top - design.band + 3.2, told)

    def _draw_row(self, canvas: Any, row: _Row, top: float) -> None:
        design = self._design
        baseline = top - 1.5 - design.size * 0.92
        canvas.setFont(REGULAR, design.size)
        for number, lines in enumerate(row.texts):
            y = baseline
            for line in lines:
                canvas.drawString(design.edges[number] + _PAD, y, line)
                y -= design.leading
        self._draw_figures(canvas, row.figures, REGULAR, baseline)
        if row.sign:
            canvas.setFont(REGULAR, design.size)
            canvas.drawCentredString((design.edges[-2] + design.edges[-1]) / 2, baseline, row.sign)

    def _draw_total(self, canvas: Any, top: float) -> None:
        design = self._design
        baseline = top - 2 - design.size * 0.95
        canvas.setLineWidth(_RULE)
        canvas.line(0, top, design.edges[-1], top)
        label, _, note = TOTAL_LABEL.partition(" ")
        canvas.setFont(BOLD, design.size)
        canvas.drawString(_PAD, baseline, label)
        start = _PAD + stringWidth(f"{label} ", BOLD, design.size)
        canvas.setFont(REGULAR, design.size - 0.5)
        canvas.drawString(start, baseline, note)
        self._draw_figures(canvas, design.total, BOLD, baseline)

    def _draw_figures(self, canvas: Any, figures: Sequence[str], font: str, baseline: float) -> None:
        design = self._design
        canvas.setFont(font, design.size)
        for number, text in enumerate(figures, 3):
            if not text:
                continue
            room = design.widths[number] - _PAD
            size = fitted_size(text, font, design.size, room, 3)
            if size != design.size:
                canvas.setFont(font, size)
            canvas.drawRightString(design.edges[number + 1] - _PAD, baseline, text)
            if size != design.size:
                canvas.setFont(font, design.size)

    def _draw_groups(self, canvas: Any, foot: float) -> None:
        """A light rule before each group of columns, from under the head down."""
        canvas.setLineWidth(_HAIRLINE)
        canvas.setStrokeGray(_GREY)
        for span in self._design.groups[1:]:
            x = self._design.edges[span.first]
            canvas.line(x, self.height, x, foot)
        canvas.setStrokeGray(0)


def _heads(table: QuarterTable) -> list[str]:
    months = [MONTH_CODES[month - 1] for month in table.months]
    return [
        "CATEGORÍA (MEF)" if any(row.row.activity.category for row in table.rows) else "",
        "ACTIVIDAD POI",
        "UNIDAD DE MEDIDA",
        "",
        *months,
        *months,
        *(["PROG", "EJEC"] * len(table.quarters)),
        "",
    ]


def _groups(table: QuarterTable, whole_words: bool) -> list[_Span]:
    count = len(table.months)
    noun = "TRIMESTRE" if whole_words else "TRIM."
    spans = [
        _Span(0, 2, "UNIDAD ORGÁNICA"),
        _Span(3, 3, "META ANUAL"),
        _Span(4, 3 + count, "PROGRAMADO"),
        _Span(4 + count, 3 + 2 * count, "EJECUTADO"),
    ]
    at = 4 + 2 * count
    for quarter in table.quarters:
        spans.append(_Span(at, at + 1, f"{QUARTER_NAMES[quarter - 1]} {noun}"))
        at += 2
    return [*spans, _Span(at, at, "EST.")]


def _printed(figures: TableFigures) -> tuple[str, ...]:
    return tuple(format_quantity(value) for value in _values(figures))


def _values(figures: TableFigures) -> list[Decimal | None]:
    pairs = [value for one in figures.quarters for value in (one.programmed, one.executed)]
    return [figures.annual, *figures.programmed, *figures.executed, *pairs]


def _text_widths(table: QuarterTable, size: float, room: float) -> list[float]:
    """Of category, activity and unit of measure: no word of the short ones is cut where that can be helped."""

    def wide(texts: set[str], share: float) -> float:
        words = {word for text in texts for word in clean(text).split()}
        if not words:
            return 0.0  # the column is left out
        longest = max((stringWidth(word, REGULAR, size) for word in words), default=0.0)
        longest += 2 * _PAD + _GUTTER + 0.1
        return min(max(longest, room * share), room * _MOST_TEXT_SHARE)

    category = wide({row.row.activity.category for row in table.rows}, _TEXT_SHARES[0])
    measure = wide({row.row.activity.measure for row in table.rows}, _TEXT_SHARES[1])
    return [category, room - category - measure, measure]


class _Figures:
    """The figures of a table as printed, once, and what each column of them asks for at any size."""

    def __init__(self, table: QuarterTable) -> None:
        self.rows = [_printed(row.figures) for row in table.rows]
        self.total = _printed(table.total)
        months, quarters = 2 * len(table.months), 2 * len(table.quarters)
        blocks = (
            (0, 1, _wide("ANUAL")),
            (1, 1 + months, max(_wide("MAY"), 2 * _wide("PROGRAMADO") / months)),
            (1 + months, 1 + months + quarters, max(_wide("PROG"), _wide("III TRIM.") / 2)),
        )
        self._blocks = [(last - first, *self._natural(first, last), head) for first, last, head in blocks]

    def widths(self, size: float) -> list[float]:
        """Of each column in points: its widest figure and its head; months alike, quarters alike."""
        return [
            max(figure * size, total * size * 0.9, head * (size - _HEAD_LESS)) + 2 * _PAD
            for count, figure, total, head in self._blocks
            for _each in range(count)
        ]

    def _natural(self, first: int, last: int) -> tuple[float, float]:
        """Widths at a size of one point of the widest figure and the widest total of a block."""
        figures = {text for row in self.rows for text in row[first:last]}
        widest = max((stringWidth(text, REGULAR, 1) for text in figures), default=0.0)
        total = max(stringWidth(text, BOLD, 1) for text in self.total[first:last])
        return widest, total


def _wide(head: str) -> float:
    """Of a head, at a size of one point."""
    return float(stringWidth(head, BOLD, 1))


def _rule(canvas: Any, left: float, right: float, y: float, thickness: float) -> None:
    canvas.setLineWidth(thickness)
    canvas.line(left, y, right, y)
