"""How a reading of a damaged row is told: its assumptions as Spanish phrases, its figures in one line."""

from collections.abc import Sequence
from decimal import Decimal

from sisfoh_desktop.basics.texts import enumerated
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure
from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY, month_meaning, quarter_meaning
from sisfoh_desktop.modules.poi.rules.row_checks import Layout

# The months of each quarter, the quarters, and the words of a side.
_SIDES = tuple(
    (
        tuple(
            tuple(month_meaning(executed, 3 * quarter + at, money=money) for at in (1, 2, 3))
            for quarter in range(4)
        ),
        tuple(quarter_meaning(executed, number, money=money) for number in range(1, 5)),
        f"{'ejecutado' if executed else 'programado'}{' en soles' if money else ''}",
    )
    for money in (False, True)
    for executed in (False, True)
)


def filled_words(layout: Layout, at: int, value: Decimal) -> str:
    """A cell blank or unreadable in its place."""
    return f"{place_words(layout.meanings[at])} es {shown_figure(value)}"


def wrong_words(layout: Layout, at: int, found: Decimal | None, value: Decimal) -> str:
    """A figure mistaken in its place."""
    return f"{place_words(layout.meanings[at])} es {shown_figure(value)} y no {shown_figure(found)}"


def lost_words(layout: Layout, first: int, last: int, value: Decimal, end: int | None) -> str:
    """A figure gone, the rest moved left; it makes no difference from `first` to `last`.

    `end` is where the moved figures end (None: with the row).
    """
    after = "lo que sigue está corrido un lugar a la izquierda"
    if end is not None:
        after += f" hasta {place_words(layout.meanings[end])}"
    if first == last:
        return f"Falta el {shown_figure(value)} de {place_words(layout.meanings[first])}; {after}"
    places = f"{place_words(layout.meanings[first])} y {place_words(layout.meanings[last])}"
    return f"Falta un {shown_figure(value)} entre {places} (no importa cuál, son iguales); {after}"


def extra_words(layout: Layout, at: int, value: Decimal | None, text: str) -> str:
    """A cell too many, the rest moved right."""
    what = f"el {shown_figure(value)}" if value is not None else f"«{text}»" if text else "la celda en blanco"
    after = "lo que sigue está corrido un lugar a la derecha"
    return f"Sobra {what} de {place_words(layout.meanings[at])}; {after}"


def swapped_words(layout: Layout, first: int, last: int, values: Sequence[Decimal | None]) -> str:
    """Two figures in each other's place."""
    one, other = (f"{place_words(layout.meanings[at])} ({shown_figure(values[at])})" for at in (first, last))
    return f"{one} y {other} están intercambiados"


def blank_words(layout: Layout, blanks: Sequence[int]) -> str:
    """Months that stay without their figure."""
    where = enumerated([place_words(layout.meanings[at]) for at in dict.fromkeys(blanks)])
    return f"{where} sigue en blanco: falta registrarlo"


def line_of(
    layout: Layout,
    before: Sequence[Decimal | None],
    after: Sequence[Decimal | None],
    assumptions: Sequence[str],
) -> str:
    """The assumptions, then the figures of the sides that change: «ejecutado 1 2 2 · 2 2 2 = 5 · 6»."""
    was = dict(zip(layout.meanings, before, strict=True))
    now = dict(zip(layout.meanings, after, strict=True))
    changed = {one for one in layout.meanings if one and was[one] != now[one]}
    parts: list[str] = []
    for months, quarters, words in _SIDES:
        if changed.isdisjoint(quarters) and all(map(changed.isdisjoint, months)):
            continue
        told = [[_short(now[name]) for name in names if name in now] for names in months]
        line = " · ".join(" ".join(one) for one in told if one)
        sums = " · ".join(_short(now[name]) for name in quarters if name in now)
        parts.append(f"{words} {line}{' = ' if line and sums else ''}{sums}")
    parts += [
        f"{place_words(one)} {shown_figure(now[one])}" for one in (ANNUAL, ANNUAL_MONEY) if one in changed
    ]
    said = "; ".join(assumptions)
    return f"{said}: {'; '.join(parts)}" if parts else said


def _short(value: Decimal | None) -> str:
    return "–" if value is None else shown_figure(value)


def total_words(layout: Layout, at: int, value: Decimal) -> str:
    """A cell that only the row of sums tells."""
    return f"{place_words(layout.meanings[at])} es {shown_figure(value)}, lo que falta para llegar al TOTAL"


def lead_words(layout: Layout, first: int, second: int, values: Sequence[Decimal | None]) -> str:
    """Two figures that only the row of sums wants exchanged."""
    one, other = (
        f"{place_words(layout.meanings[at])} ({shown_figure(values[at])})" for at in (first, second)
    )
    return f"{one} y {other} parecen intercambiados"
