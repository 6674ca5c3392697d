"""The drawing of the timeline: one row a holder, its stays as grey bars to the scale of calendar days.

Loads reportlab. Which days belong to whom is counted in the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color

from sisfoh_desktop.documents.fonts import BOLD, REGULAR, register_fonts, shortened
from sisfoh_desktop.documents.text import clean
from sisfoh_desktop.modules.expedientes.rules import Stay

_TALLEST_ROW, _LOWEST_ROW = 31.0, 20.0  # points, a row of the drawing
_ALL_ROWS = 280.0
_BAR = 11.0
_LABEL_WIDTH = 148.0
_TOTAL_WIDTH = 72.0
_AXIS = 26.0
_HEAD = 14.0
_TEXT = 8.0
_SMALL = 6.8
_LEAST_DAY = 2.5  # points; narrower days are not told apart
_LEAST_BAR = 1.6  # a stay within one day is still a stroke
_TICK_ROOM = 40.0

_ROOM_FOR_DAYS = 12.0

_FORWARD, _BACK, _PALE = (Color(v, v, v) for v in (0.72, 0.25, 1.0))
_FAINT, _LINE, _INK, _DIM = (Color(v, v, v) for v in (0.92, 0.55, 0.0, 0.3))


@dataclass(frozen=True)
class Bar:
    """One row: who, what it is called in full, its totals, its stays."""

    label: str
    name: str
    calendar_days: int
    workdays: int
    stays: tuple[Stay, ...]


def bars_drawing(
    bars: Sequence[Bar],
    *,
    since: date,
    until: date,
    width: float,
    has_it: str = "",
    marks: Sequence[tuple[date, str]] = (),
) -> Any:
    """A drawing of the given width in points; the row of the holder labelled `has_it` is marked at its end.

    Dark bars are ways back, each with an arrow from who sent it back. All is drawn on a line of days from `since`
    to `until`, weekends shaded while they can be told apart. `marks` are days with a name, a line across all rows.
    """
    register_fonts()
    row = min(_TALLEST_ROW, max(_LOWEST_ROW, _ALL_ROWS / max(1, len(bars))))
    height = _HEAD + row * len(bars) + _AXIS
    drawing = Drawing(width, height)
    left, right = _LABEL_WIDTH, width - _TOTAL_WIDTH
    days = max(1, (until - since).days)
    per_day = _per_day(since, until, width)

    def x(day: date) -> float:
        return left + (day - since).days * per_day

    top = height - _HEAD
    floor = top - row * len(bars)
    if shows_weekends(since, until, width):
        for offset in range(days):
            day = since + timedelta(days=offset)
            if day.weekday() >= 5:
                drawing.add(_box(x(day), floor, per_day, top - floor, _FAINT))
    for place, head, total in (
        (right + 36, "días", sum(bar.calendar_days for bar in bars)),
        (right + 68, "hábiles", sum(bar.workdays for bar in bars)),
    ):
        drawing.add(_words(place, top + 4, head, _SMALL, _DIM, REGULAR, "end"))
        drawing.add(_words(place, floor - 20, str(total), _TEXT, _INK, BOLD, "end"))
    for number, bar in enumerate(bars):
        _draw_row(drawing, bar, top - row * (number + 1), row, x, right, bar.label == has_it)
    _draw_ways_back(drawing, bars, top, row, x)
    for edge in (top, floor):
        drawing.add(Line(0, edge, width, edge, strokeColor=_LINE, strokeWidth=0.4))
    for day, name in marks:
        if since <= day <= until:
            _draw_mark(drawing, x(day), top, floor, name)
    _draw_axis(drawing, since, until, x, floor)
    return drawing


def shows_weekends(since: date, until: date, width: float) -> bool:
    """Whether the days of a drawing of this width are wide enough to shade the weekends."""
    return _per_day(since, until, width) >= _LEAST_DAY


def _per_day(since: date, until: date, width: float) -> float:
    return (width - _LABEL_WIDTH - _TOTAL_WIDTH) / max(1, (until - since).days)


def _draw_row(drawing: Any, bar: Bar, y: float, row: float, x: Any, right: float, has_it: bool) -> None:
    base = y + (row - _BAR) / 2
    label = shortened(clean(bar.label), BOLD, _TEXT, _LABEL_WIDTH - 8)
    name = shortened(clean(bar.name), REGULAR, _SMALL, _LABEL_WIDTH - 8)
    drawing.add(_words(0, y + row / 2 + (1.5 if name else -2.5), label, _TEXT, _INK, BOLD))
    drawing.add(_words(0, y + row / 2 - 7.5, name, _SMALL, _DIM))
    for stay in bar.stays:
        start, end = x(stay.since), x(stay.until)
        drawing.add(
            _box(start, base, max(_LEAST_BAR, end - start), _BAR, _BACK if stay.sent_back else _FORWARD)
        )
        if end - start >= _ROOM_FOR_DAYS:
            ink = _PALE if stay.sent_back else _INK
            days = str(stay.calendar_days)
            drawing.add(_words((start + end) / 2, base + 3, days, _SMALL, ink, REGULAR, "middle"))
    if has_it and bar.stays:
        end = x(bar.stays[-1].until)
        tip = [end + 1, base - 1.5, end + 6, base + _BAR / 2, end + 1, base + _BAR + 1.5]
        drawing.add(PolyLine(tip, strokeColor=_INK, strokeWidth=1.1, fillColor=None))
    drawing.add(_words(right + 36, base + 2.5, str(bar.calendar_days), _TEXT, _INK, BOLD, "end"))
    drawing.add(_words(right + 68, base + 2.5, str(bar.workdays), _TEXT, _DIM, REGULAR, "end"))
    drawing.add(Line(0, y, right + _TOTAL_WIDTH, y, strokeColor=_FAINT, strokeWidth=0.4))


def _draw_ways_back(drawing: Any, bars: Sequence[Bar], top: float, row: float, x: Any) -> None:
    """An arrow from the row of who sent the file back to the row of who got it again."""

    def middle(number: int) -> float:
        return top - row * number - row / 2

    ends = {
        stay.until: number for number, bar in enumerate(bars) for stay in bar.stays if stay.since < stay.until
    }
    for number, bar in enumerate(bars):
        for stay in bar.stays:
            sender = ends.get(stay.since)
            if not stay.sent_back or sender is None or sender == number:
                continue
            place, up = x(stay.since), middle(number) > middle(sender)
            tip = middle(number) - (_BAR / 2 + 1.5 if up else -_BAR / 2 - 1.5)
            back = -4 if up else 4
            ink = {"strokeColor": _INK, "strokeWidth": 0.9}
            drawing.add(Line(place, middle(sender), place, tip, **ink))
            drawing.add(PolyLine([place - 2.2, tip + back, place, tip, place + 2.2, tip + back], **ink))


def _draw_mark(drawing: Any, place: float, top: float, floor: float, name: str) -> None:
    """A dashed line on a day with its name over it, which ends at the line."""
    drawing.add(Line(place, top + 3, place, floor, strokeColor=_INK, strokeWidth=0.9, strokeDashArray=[3, 2]))
    label = shortened(clean(name), REGULAR, _SMALL, max(60.0, place))
    drawing.add(_words(max(place, 60.0), top + 4, label, _SMALL, _INK, REGULAR, "end"))


def _draw_axis(drawing: Any, since: date, until: date, x: Any, floor: float) -> None:
    last = float("-inf")
    ticks = [since, *_mondays(since, until), until]
    ends = x(until)
    for day in ticks:
        place = x(day)
        if day not in (since, until) and (place - last < _TICK_ROOM or ends - place < _TICK_ROOM):
            continue
        if day == until and place - last < _TICK_ROOM and until != since:
            place = max(place, last + _TICK_ROOM)
        drawing.add(Line(x(day), floor, x(day), floor - 3, strokeColor=_LINE, strokeWidth=0.5))
        bold = day in (since, until)
        drawing.add(
            _words(place, floor - 11, f"{day:%d/%m/%Y}", _SMALL, _INK, BOLD if bold else REGULAR, "middle")
        )
        last = place
        if since == until:
            break
    if since != until:
        drawing.add(_words(x(since), floor - 20, "día 0", _SMALL, _DIM, REGULAR, "middle"))
        drawing.add(_words(place, floor - 20, f"día {(until - since).days}", _SMALL, _DIM, REGULAR, "middle"))


def _mondays(since: date, until: date) -> list[date]:
    """The Mondays strictly between; of a long stretch as many as a line can label."""
    first = since + timedelta(days=7 - since.weekday())
    weeks = max(0, (until - first).days // 7 + 1)
    step = max(1, weeks // 60)
    return [
        first + timedelta(weeks=week)
        for week in range(0, weeks, step)
        if first + timedelta(weeks=week) < until
    ]


def _box(x: float, y: float, width: float, height: float, fill: Color) -> Any:
    return Rect(x, y, width, height, fillColor=fill, strokeColor=None, strokeWidth=0)


def _words(
    x: float, y: float, text: str, size: float, ink: Color, font: str = REGULAR, anchor: str = "start"
) -> Any:
    return String(x, y, text, fontName=font, fontSize=size, fillColor=ink, textAnchor=anchor)
