"""Charts of the POI for paper: drawn by reportlab itself, in greys, told apart by outline, hatching and words.

Programmed is an outline, executed a hatched fill; figures stand beside what they measure. What they show is reckoned in
`rules/charts.py`. Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened
from sisfoh_desktop.documents.line_breaking import wrapped
from sisfoh_desktop.documents.text import clean
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Series
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES
from sisfoh_desktop.modules.poi.rules.percent import percent_figure
from sisfoh_desktop.modules.poi.rules.quarter_table import QuarterRow
from sisfoh_desktop.modules.poi.rules.states import State, StateKind

_SIZE, _SMALL, _LEAST = 7.5, 6.5, 4.5
_FILL, _LINE_GREY, _HATCH_GREY = 0.8, 0.75, 0.35
_TITLE_LEADING = 8.6
_HATCH = 3.0  # points between the lines of a hatch
_HUNDRED = Decimal(100)
_MONTHS = range(12)


class Chart(Flowable):
    """A drawing as wide as the page and `height` points tall."""

    def __init__(self, height: float) -> None:
        super().__init__()
        register_fonts()
        self._tall = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self._tall
        return self.width, self.height

    def getSpaceAfter(self) -> float:  # noqa: N802 - reportlab's name
        return 6.0

    def draw(self) -> None:
        self.canv.saveState()
        self.paint(self.canv)
        self.canv.restoreState()

    def paint(self, canvas: Any) -> None:
        raise NotImplementedError


class MonthBars(Chart):
    """Programmed against executed in each month; `noun` is what is counted."""

    def __init__(self, series: Series, noun: str, height: float = 70 * mm) -> None:
        super().__init__(height)
        self._series, self._noun = series, noun

    def paint(self, canvas: Any) -> None:
        series = self._series
        plot = _Plot(canvas, self.width, self.height, _top(series), self._noun)
        bar = plot.step * 0.34
        for month in _MONTHS:
            middle = plot.middle(month)
            programmed, executed = series.programmed[month], series.executed[month]
            if programmed is not None:
                _bar(canvas, middle - bar, plot.floor, bar, plot.high(programmed), filled=False)
                plot.figure(format_quantity(programmed), middle - bar / 2, plot.high(programmed), bar * 1.35)
            if executed is not None:
                _bar(canvas, middle, plot.floor, bar, plot.high(executed), filled=True)
                plot.figure(format_quantity(executed), middle + bar / 2, plot.high(executed), bar * 1.35)
        _legend(canvas, self.width, self.height)


class CumulativeLines(Chart):
    """What the year comes to by each month: programmed dashed, executed whole with its points."""

    def __init__(self, series: Series, noun: str, height: float = 70 * mm) -> None:
        super().__init__(height)
        self._series, self._noun = series, noun

    def paint(self, canvas: Any) -> None:
        series = self._series
        plot = _Plot(canvas, self.width, self.height, _top(series), self._noun)
        for months, told in ((series.programmed, "Programado"), (series.executed, "Ejecutado")):
            points = [
                (plot.middle(month), plot.floor + plot.high(value))
                for month, value in enumerate(months)
                if value is not None
            ]
            if not points:
                continue
            executed = told == "Ejecutado"
            canvas.setStrokeGray(0 if executed else _HATCH_GREY)
            canvas.setLineWidth(1.4 if executed else 0.9)
            canvas.setDash([] if executed else [3, 2])
            path = canvas.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            canvas.drawPath(path)
            canvas.setDash([])
            for x, y in points if executed else ():
                canvas.setFillGray(0)
                canvas.circle(x, y, 1.8, stroke=0, fill=1)
            x, y = points[-1]
            last = next(value for value in reversed(months) if value is not None)
            words, font = f"{told} {_figure(last, self._noun)}", BOLD if executed else REGULAR
            left = min(x + 5, self.width - stringWidth(words, font, _SMALL))
            base = y + (-11 if executed else 5)
            canvas.setFillGray(1)  # no line runs through the words
            canvas.rect(
                left - 1, base - 1.5, stringWidth(words, font, _SMALL) + 2, _SMALL + 1, stroke=0, fill=1
            )
            canvas.setFillGray(0)
            canvas.setFont(font, _SMALL)
            canvas.drawString(left, base, words)


class HeatGrid(Chart):
    """Rows by months: the darker, the further below what was programmed; the per cent stands in each cell."""

    _NAME = 0.3
    _ROW = 13.0

    def __init__(self, rows: HeatMap) -> None:
        self._map = rows
        super().__init__(self._ROW * (len(rows.rows) + 1) + 2)

    def split(self, width: float, height: float) -> list[Flowable]:
        fitting = int((height - 2) / self._ROW) - 1
        rows = self._map.rows
        if fitting < 1 or fitting >= len(rows):
            return []
        scope, counts = self._map.scope, self._map.counts
        return [
            HeatGrid(HeatMap(scope, rows[:fitting], counts)),
            HeatGrid(HeatMap(scope, rows[fitting:], counts)),
        ]

    def paint(self, canvas: Any) -> None:
        left = self.width * self._NAME
        step = (self.width - left) / 12
        y = self.height - self._ROW
        canvas.setFont(BOLD, _SMALL)
        for month in _MONTHS:
            canvas.drawCentredString(left + step * (month + 0.5), y + 4, MONTH_CODES[month])
        for row in self._map.rows:
            y -= self._ROW
            canvas.setFillGray(0)
            canvas.setFont(REGULAR, _SMALL)
            canvas.drawString(0, y + 4, shortened(clean(row.name), REGULAR, _SMALL, left - 4))
            for month, state in enumerate(row.cells):
                if state is not None:
                    self._cell(canvas, state, left + step * month, y, step)

    def _cell(self, canvas: Any, state: State, x: float, y: float, step: float) -> None:
        wide, tall = step - 1.5, self._ROW - 1.5
        if state.kind is StateKind.NOT_PROGRAMMED:
            return
        grey = _heat_grey(state)
        canvas.setStrokeGray(_LINE_GREY)
        canvas.setLineWidth(0.3)
        canvas.setFillGray(grey)
        canvas.rect(x, y, wide, tall, stroke=1, fill=1)
        if state.kind in (StateKind.EXCESS, StateKind.UNPROGRAMMED):
            _hatch(canvas, x, y, wide, tall)
        words = (
            state.sign if state.percent is None else f"{state.sign} {percent_figure(state.percent, _WHOLE)} %"
        )
        canvas.setFillGray(1 if grey < 0.5 else 0)
        size = fitted_size(words, REGULAR, _SMALL, wide - 2, _LEAST)
        canvas.setFont(REGULAR, size)
        canvas.drawCentredString(x + wide / 2, y + tall / 2 - size * 0.35, words)


class ActivityBars(Chart):
    """Each activity against what it had programmed: the outline is 100 %, the fill what was executed."""

    _ROW = 19.0
    _NAME = 0.46
    _AFTER = 62.0
    _MOST = Decimal(130)

    _LINES = 2  # of a title

    def __init__(self, rows: Sequence[QuarterRow]) -> None:
        super().__init__(0)
        self._rows = tuple(rows)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._titles = [self._title(one, width * self._NAME - 6) for one in self._rows]
        self._tall = 12 + sum(self._row_height(lines) for lines in self._titles)
        return super().wrap(width, height)

    def _title(self, one: QuarterRow, room: float) -> tuple[str, ...]:
        """Whole, or cut at the end of its last line."""
        lines = wrapped(one.row.activity.title, REGULAR, _SIZE, room)
        if len(lines) <= self._LINES:
            return lines
        return (
            *lines[: self._LINES - 1],
            shortened(" ".join(lines[self._LINES - 1 :]), REGULAR, _SIZE, room),
        )

    def _row_height(self, lines: Sequence[str]) -> float:
        return self._ROW + _TITLE_LEADING * max(0, len(lines) - 1)

    def paint(self, canvas: Any) -> None:
        left = self.width * self._NAME
        whole = (self.width - left - self._AFTER) / float(self._MOST / _HUNDRED)
        y = self.height - 9
        canvas.setFont(REGULAR, _SMALL)
        canvas.setFillGray(0.3)
        canvas.drawCentredString(left + whole, y, "100 %")
        canvas.setStrokeGray(0.5)
        canvas.setDash([1, 2])
        canvas.setLineWidth(0.4)
        canvas.line(left + whole, y - 2, left + whole, 0)
        canvas.setDash([])
        y -= 3
        for one, lines in zip(self._rows, self._titles, strict=True):
            y -= self._row_height(lines)
            canvas.setFillGray(0)
            canvas.setFont(REGULAR, _SIZE)
            for above, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
                canvas.drawString(0, y + 10.5 + above * _TITLE_LEADING, line)
            self._row(canvas, one, left, whole, y)

    def _row(self, canvas: Any, one: QuarterRow, left: float, whole: float, y: float) -> None:
        state, activity = one.state, one.row.activity
        canvas.setFont(REGULAR, _SMALL)
        canvas.setFillGray(0.3)
        figures = f"{format_quantity(state.executed) or '—'} de {format_quantity(state.programmed) or '0'}"
        told = shortened(f"{figures} {clean(activity.measure).lower()}", REGULAR, _SMALL, left - 6)
        canvas.drawString(0, y + 3, told)
        canvas.setFillGray(0)
        if state.programmed:
            _bar(canvas, left, y + 4, whole, 10, filled=False)
        reached = min(state.percent or Decimal(0), self._MOST) / _HUNDRED
        wide = whole * float(reached)
        if wide:
            _bar(canvas, left, y + 4, wide, 10, filled=True)
        percent = f"{percent_figure(state.percent)} %" if state.percent is not None else ""
        canvas.setFillGray(0)
        words = f"{state.sign} {percent or state.label}"
        after = left + max(wide, whole if state.programmed else 0) + 4
        size = fitted_size(words, REGULAR, _SIZE, self.width - after, _LEAST)
        canvas.setFont(REGULAR, size)
        canvas.drawString(after, y + 6.5, shortened(words, REGULAR, size, self.width - after))


class _Plot:
    """The axes of a chart by months: zero at the foot, the months under it, three lines to read by."""

    def __init__(self, canvas: Any, width: float, height: float, top: Decimal, noun: str) -> None:
        self._canvas = canvas
        self.left, self.floor = 12 * mm, 14.0
        self.step = (width - self.left) / 12
        self._room = height - self.floor - 26
        self._top = top or Decimal(1)
        canvas.setFont(REGULAR, _SMALL)
        for part in range(5):
            value = self._top * part / 4
            y = self.floor + self.high(value)
            canvas.setStrokeGray(0 if not part else _LINE_GREY)
            canvas.setLineWidth(0.6 if not part else 0.25)
            canvas.line(self.left, y, width, y)
            canvas.setFillGray(0.3)
            canvas.drawRightString(self.left - 3, y - 2, _figure(value, noun))
        canvas.drawString(0, height - 8, noun)
        canvas.setFillGray(0)
        for month in _MONTHS:
            canvas.drawCentredString(self.middle(month), 3, MONTH_CODES[month])

    def middle(self, month: int) -> float:
        return self.left + self.step * (month + 0.5)

    def high(self, value: Decimal) -> float:
        return self._room * float(value / self._top)

    def figure(self, text: str, x: float, high: float, room: float) -> None:
        """A figure over its bar, smaller where the bar is narrow."""
        size = fitted_size(text, REGULAR, _SMALL, room, _LEAST)
        self._canvas.setFillGray(0)
        self._canvas.setFont(REGULAR, size)
        self._canvas.drawCentredString(x, self.floor + high + 2, text)


_WHOLE = Decimal(1)


def _bar(canvas: Any, x: float, y: float, wide: float, high: float, *, filled: bool) -> None:
    if filled:
        canvas.setFillGray(_FILL)
        canvas.rect(x, y, wide, high, stroke=0, fill=1)
        _hatch(canvas, x, y, wide, high)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.6 if filled else 0.8)
    canvas.rect(x, y, wide, high, stroke=1, fill=0)


def _hatch(canvas: Any, x: float, y: float, wide: float, high: float) -> None:
    """Slanting lines inside a box: what is executed stays apart from what is programmed on any printer."""
    canvas.saveState()
    box = canvas.beginPath()
    box.rect(x, y, wide, high)
    canvas.clipPath(box, stroke=0, fill=0)
    canvas.setStrokeGray(_HATCH_GREY)
    canvas.setLineWidth(0.4)
    start = x - high
    while start < x + wide:
        canvas.line(start, y, start + high, y + high)
        start += _HATCH
    canvas.restoreState()


def _legend(canvas: Any, width: float, height: float) -> None:
    x, y = width - 44 * mm, height - 9
    for words, filled in (("Programado", False), ("Ejecutado", True)):
        _bar(canvas, x, y, 9, 6, filled=filled)
        canvas.setFillGray(0)
        canvas.setFont(REGULAR, _SMALL)
        canvas.drawString(x + 12, y + 0.5, words)
        x += 23 * mm


def _heat_grey(state: State) -> float:
    """From nearly black (nothing done) to white (all that was programmed); white for what is still owed."""
    if state.kind is StateKind.PENDING or state.ratio is None:
        return 1.0
    short = 1 - float(min(max(state.ratio, Decimal(0)), Decimal(1)))
    return 1.0 - 0.75 * short if short else 0.97


def _top(series: Series) -> Decimal:
    """A round figure that no value passes: 1, 2 or 5 with its zeros, times four."""
    most = max(
        (value for value in (*series.programmed, *series.executed) if value is not None), default=Decimal(1)
    )
    unit = Decimal(1)
    while True:
        for step in (1, 2, 5):
            if most <= 4 * step * unit:
                return Decimal(4 * step) * unit
        unit *= 10


def _figure(value: Decimal, noun: str) -> str:
    """A figure of the axis: per cent where that is what is told."""
    return f"{percent_figure(value)} %" if "%" in noun else format_quantity(value)
