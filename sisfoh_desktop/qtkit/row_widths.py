"""How wide the columns of a list are: what each wishes, and what the room gives them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.theme import theme

_SAMPLE = 60
_WIDEST, _NARROWEST = 420, 96  # px at 100 % of a column that fits its content


def column_widths(
    columns: Sequence[Column], facts: Sequence[Any], metrics: QFontMetrics, room: int
) -> list[int]:
    """The width of each column of a list that shows `facts` in `room` pixels.

    What is left goes to the left-aligned ones without a fixed width.
    """
    growing = [
        place
        for place, column in enumerate(columns)
        if column.width is None and column.align == "left" and column.tone is None
    ] or [len(columns) - 1]
    return fitted_widths(
        wished_widths(columns, facts, metrics),
        growing,
        room,
        theme().px(_WIDEST),
        theme().px(_NARROWEST),
        spare_widths(columns, facts, metrics),
    )


def lacks_given_width(
    columns: Sequence[Column], facts: Sequence[Any], metrics: QFontMetrics, widths: Sequence[int]
) -> bool:
    """Whether a column that gave up part of the width that it was given cuts, in `widths`, what it now shows."""
    lent = [
        (column, width)
        for column, width in zip(columns, widths, strict=True)
        if column.width is not None and width < theme().px(column.width)
    ]
    if len(facts) > _SAMPLE:
        return bool(lent)
    return any(width < _needed(column, facts, metrics) for column, width in lent)


def wished_widths(columns: Sequence[Column], facts: Sequence[Any], metrics: QFontMetrics) -> list[int]:
    """The width that each column's title and some of its cells ask for, or the one it was given; pixels."""
    sample = facts[:: max(1, len(facts) // _SAMPLE)][:_SAMPLE]
    wishes: list[int] = []
    for column in columns:
        if column.width is not None:
            wishes.append(max(theme().px(column.width), 40))
            continue
        wishes.append(_needed(column, sample, metrics))
    return wishes


def spare_widths(columns: Sequence[Column], facts: Sequence[Any], metrics: QFontMetrics) -> list[int]:
    """How many pixels of the width that it was given each column does not need for what it shows.

    None of a list too long to be looked at whole: what was not looked at might be cut.
    """
    if len(facts) > _SAMPLE:
        return [0] * len(columns)
    return [
        0 if column.width is None else max(0, theme().px(column.width) - _needed(column, facts, metrics))
        for column in columns
    ]


def _needed(column: Column, facts: Sequence[Any], metrics: QFontMetrics) -> int:
    head = metrics.horizontalAdvance(column.title) * 11 // 10 + 32  # bold, and room for the mark
    cells = [metrics.horizontalAdvance(column.text(fact)[:300]) for fact in facts]
    mark = theme().px(16) if column.tone else 0
    return max([head, *(cell + 20 + mark for cell in cells)])


def fitted_widths(
    wishes: Sequence[int],
    growing: Sequence[int],
    room: int,
    widest: int,
    narrowest: int,
    spares: Sequence[int] = (),
) -> list[int]:
    """Column widths (pixels) for the widths that the contents wish, in `room` pixels.

    Columns not in `growing` get their wish up to `widest`. What is left goes to the growing ones that wish more,
    then to the one that wished most; what lacks is taken first from what the others do not need (`spares`), then from
    the widest of the growing ones, none below `narrowest`.
    """
    widths = [min(wish, widest) for wish in wishes]
    lacking = sum(widths) - room + sum(max(0, wishes[number] - widths[number]) for number in growing)
    for number, free in enumerate(spares):
        given = max(0, min(free, lacking))
        widths[number] -= given
        lacking -= given
    spare = room - sum(widths)
    while spare < 0:
        able = sorted((number for number in growing if widths[number] > narrowest), key=lambda n: -widths[n])
        if not able:
            return widths
        floor = max(narrowest, widths[able[1]]) if len(able) > 1 else narrowest
        step = min(-spare, max(1, widths[able[0]] - floor))
        widths[able[0]] -= step
        spare += step
    for number in sorted(growing, key=lambda n: wishes[n]):
        more = min(spare, wishes[number] - widths[number])
        widths[number] += max(0, more)
        spare -= max(0, more)
    widths[max(growing, key=lambda n: wishes[n])] += spare
    return widths
