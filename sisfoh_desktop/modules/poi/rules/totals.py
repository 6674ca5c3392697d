"""What the rows of sums of a table say: whether they agree with themselves and with the rows that they add up.

A row that allows several readings gives each column several possible sums; a row of sums is only wrong where it agrees
with none of them. Two columns that miss by the same figure, one above and one below, name the rows in which the two
figures may have changed places: nothing within such a row can tell.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.importing import FileRow, Finding
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Habits,
    Values,
    adds_up,
    enumerated,
    failing,
    figure,
    holds,
    layout_of,
    layout_of_row,
    place_words,
    reckoned,
    result_words,
    unreadable_of,
    values_of,
)

_MOST_LISTED, _MOST_SUMS = 24, 500
_MOST_SUSPECTS = 12
_GENERAL = ("total", "total general", "totales", "total institucional", "suma total")


@dataclass(frozen=True)
class Options:
    """What each row (its place among the rows) may read, best first: one only for a row without doubt.

    `blind` are the places of a row that nobody can tell; `loose` the rows whose readings need two assumptions, so that
    the true one may be missing.
    """

    readings: Mapping[int, Sequence[Values]]
    blind: Mapping[int, frozenset[int]] = field(default_factory=dict)
    loose: frozenset[int] = frozenset()

    def __getitem__(self, place: int) -> Sequence[Values]:
        return self.readings[place]


@dataclass(frozen=True)
class Scope:
    """A row of sums and the rows (their places) that it adds up; `told` are its figures by place in the row."""

    total: FileRow
    members: tuple[int, ...]
    told: Mapping[int, Decimal]


@dataclass(frozen=True)
class Column:
    """A column under a row of sums: what the rows without doubt add up to, and what the others may add."""

    base: Decimal
    open: Mapping[int, frozenset[Decimal]]

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the most that it may come to."""
        low = sum((min(values) for values in self.open.values()), self.base)
        return low, sum((max(values) for values in self.open.values()), self.base)

    def sums(self, but: int | None = None) -> "Sums":
        """What it may come to, with or without one of the rows in doubt."""
        low, high = self.bounds
        if but is not None:
            low, high = low - min(self.open[but]), high - max(self.open[but])
        found = {self.base} if len(self.open) <= _MOST_LISTED else set()
        for place, values in self.open.items():
            if place != but and found:
                found = {one + value for one in found for value in values}
                found = found if len(found) <= _MOST_SUMS else set()
        return Sums(frozenset(found), low, high)


@dataclass(frozen=True)
class Sums:
    """Possible sums; where they are too many to list, only their least and largest."""

    listed: frozenset[Decimal]
    low: Decimal
    high: Decimal

    def __contains__(self, value: Decimal) -> bool:
        return value in self.listed if self.listed else self.low <= value <= self.high


@dataclass(frozen=True)
class Exchange:
    """Two places that a row of sums wants exchanged, and the rows that it would do for."""

    scope: Scope
    first: int
    second: int
    suspects: tuple[int, ...]


def check_totals(
    rows: Sequence[FileRow],
    totals: Sequence[FileRow],
    options: Options | None = None,
    habits: Habits | None = None,
) -> tuple[Finding, ...]:
    """What the rows of sums contradict, each in one sentence.

    `options` are the possible readings of every row; without it all of them count as they stand.
    """
    known = options or Options({place: (values_of(row),) for place, row in enumerate(rows)})
    examined = [(scope, columns_of(scope, known)) for scope in scopes_of(rows, totals, known)]
    return findings_of(examined, rows, known, habits or Habits())


def findings_of(
    examined: Sequence[tuple[Scope, Mapping[int, Column]]],
    rows: Sequence[FileRow],
    options: Options,
    habits: Habits,
) -> tuple[Finding, ...]:
    """The same for rows of sums whose columns are known already."""
    found: list[Finding] = []
    for scope, columns in examined:
        found += _own_findings(scope, rows, habits)
        found += _column_findings(scope, rows, options, columns)
    return tuple(found)


def scopes_of(rows: Sequence[FileRow], totals: Sequence[FileRow], options: Options) -> tuple[Scope, ...]:
    """Which rows each row of sums adds up: those that it names, those above it, or all; the ones that fit best."""
    if not rows:
        return ()
    meanings = tuple(cell.meaning for cell in rows[0].numbers)
    possible = _Members(rows, totals)
    whole = [options[place][0] for place in range(len(rows))]
    sums: dict[str, tuple[Decimal, ...]] = {}
    found: list[Scope] = []
    for total in totals:
        values = {cell.meaning: cell.value for cell in total.numbers if cell.value is not None}
        told = {at: values[one] for at, one in enumerate(meanings) if one and one in values}
        best: tuple[int, tuple[int, ...]] | None = None
        for name, members in possible.of(total):
            if name not in sums:
                sums[name] = _sums([whole[place] for place in members], len(meanings))
            score = sum(sums[name][at] == value for at, value in told.items())
            if best is None or score > best[0]:
                best = (score, members)
            if score == len(told):
                break
        if best is not None:
            found.append(Scope(total, best[1], told))
    return tuple(found)


class _Members:
    """The groups of rows that a row of sums may add up, each with a name of its own, found once for the table."""

    def __init__(self, rows: Sequence[FileRow], totals: Sequence[FileRow]) -> None:
        self.every = tuple(range(len(rows)))
        sheets: dict[str, list[int]] = {}
        named: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            sheets.setdefault(row.sheet, []).append(place)
            for name in {folded(row.text("unit_name")), folded(row.text("measure"))} - {""}:
                named.setdefault(name, []).append(place)
        self.sheets = {sheet: tuple(places) for sheet, places in sheets.items()}
        self.named = {name: tuple(places) for name, places in named.items()}
        self.numbers = {sheet: [rows[place].row for place in places] for sheet, places in sheets.items()}
        self.totals: dict[str, list[int]] = {}
        for total in sorted(totals, key=lambda one: one.row):
            self.totals.setdefault(total.sheet, []).append(total.row)

    def of(self, total: FileRow) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The likeliest first: ties between them are settled by this order."""
        words = [folded(text) for text in total.texts.values() if text.strip()]
        sheet, numbers = self.sheets.get(total.sheet, ()), self.numbers.get(total.sheet, [])
        others = self.totals[total.sheet]
        at = others.index(total.row)
        before = others[at - 1] if at else 0
        after = others[at + 1] if at + 1 < len(others) else float("inf")
        here = bisect(numbers, total.row)
        above = ("above", sheet[bisect(numbers, before) : here])
        below = ("below", sheet[here : bisect(numbers, after)])
        every = [("sheet", sheet), ("all", self.every)]
        named = [("named", self.named[one]) for text in words for one in _names(text) if one in self.named]
        general = any(text in _GENERAL for text in words)
        for kind, places in [*every, above, below] if general else [*named, above, *every, below]:
            if places:
                name = (
                    kind if kind == "all" else f"{kind} {total.sheet} {places[0]} {places[-1]} {len(places)}"
                )
                yield name, places


def _names(text: str) -> list[str]:
    """What a row of sums may be called after: «subtotal de informes» -> informes."""
    rest = text.removeprefix("sub").removeprefix("total").strip(" :-.")
    return list(dict.fromkeys((text, rest, rest.removeprefix("de "), rest.removeprefix("de la "))))


def _sums(rows: Sequence[Values], width: int) -> tuple[Decimal, ...]:
    columns = [Decimal(0)] * width
    for values in rows:
        for at, value in enumerate(values):
            if value:
                columns[at] += value
    return tuple(columns)


def columns_of(scope: Scope, options: Options) -> dict[int, Column]:
    """The columns that the row of sums tells and no row that it adds up leaves blind."""
    members = scope.members
    blind = {at for place in members if place in options.blind for at in options.blind[place]}
    told = [at for at in scope.told if at not in blind]
    width = max(told, default=-1) + 1
    certain = list(_sums([options[place][0][:width] for place in members if len(options[place]) == 1], width))
    doubts: dict[int, dict[int, frozenset[Decimal]]] = {at: {} for at in told}
    for place in members:
        several = options[place]
        if len(several) == 1:
            continue
        for at in told:
            values = frozenset(one[at] or Decimal(0) for one in several)
            if len(values) == 1:
                certain[at] += next(iter(values))
            else:
                doubts[at][place] = values
    return {at: Column(certain[at], doubts[at]) for at in told}


def contradicted(scope: Scope, columns: Mapping[int, Column], options: Options) -> dict[int, Sums]:
    """The places where the row of sums agrees with no possible sum, as far as all of them are known."""
    sums = {at: column.sums() for at, column in columns.items() if options.loose.isdisjoint(column.open)}
    return {at: one for at, one in sums.items() if scope.told[at] not in one}


def is_unreliable(scope: Scope, wrong: Mapping[int, Sums]) -> bool:
    """Whether so much of the row of sums is contradicted that it is no evidence at all."""
    return len(wrong) > 3 and len(wrong) * 2 > len(scope.told)


def exchanges_of(
    scope: Scope, rows: Sequence[FileRow], options: Options, columns: Mapping[int, Column]
) -> tuple[Exchange, ...]:
    """Pairs of columns that miss by one figure, above and below, with the rows that would explain both."""
    wrong = contradicted(scope, columns, options)
    if is_unreliable(scope, wrong):
        return ()
    missing = {at: scope.told[at] - columns[at].base for at in wrong if not columns[at].open}
    found = []
    for first, second in combinations(sorted(missing), 2):
        if missing[first] != -missing[second]:
            continue
        suspects = [
            place
            for place in scope.members
            if len(options[place]) == 1
            and _exchanged(rows[place], options[place][0], first, second, missing[first]) is not None
        ]
        if suspects:
            found.append(Exchange(scope, first, second, tuple(suspects)))
    return tuple(found)


def _exchanged(row: FileRow, values: Values, first: int, second: int, by: Decimal) -> Values | None:
    """The row with two figures exchanged, where that adds `by` to the first one and all its sums still hold."""
    one, other = values[first], values[second]
    if one is None or other is None or other - one != by:
        return None
    changed = list(values)
    changed[first], changed[second] = other, one
    equations = layout_of_row(row).equations
    mends = all(holds(each, changed) for each in equations if holds(each, values))
    return tuple(changed) if mends else None


def exchanged(values: Values, exchange: Exchange) -> Values:
    """The figures of a suspect put where the row of sums wants them."""
    changed = list(values)
    changed[exchange.first], changed[exchange.second] = values[exchange.second], values[exchange.first]
    return tuple(changed)


def _own_findings(scope: Scope, rows: Sequence[FileRow], habits: Habits) -> list[Finding]:
    """The row of sums against itself: unreadable or missing cells, months to quarters, programmed to annual goal."""
    total = scope.total
    found = []
    for at in sorted(unreadable_of(total)):
        cell = total.numbers[at]
        text = f"TOTAL de la fila {total.row}: {place_words(cell.meaning)} no se puede leer («{cell.text}»)."
        found.append(_finding(total, "cell_unreadable", text, "un número", cell.text, (cell.meaning,)))
    if not all(adds_up(rows[place]) for place in scope.members):
        return found  # levels do not add up through the months: nor does their row of sums
    layout = layout_of(tuple(cell.meaning for cell in total.numbers), habits=habits)
    values = values_of(total)
    for equation in failing(layout, values):
        result, come_to = values[equation.result], reckoned(equation, values)
        blanks = [at for at in equation.parts if values[at] is None]
        if result is None or (blanks and (come_to is None or come_to == result)):
            continue
        rule = "total_quarter" if equation.rule == "quarter_sum" else "total_annual"
        meanings = tuple(layout.meanings[at] for at in dict.fromkeys(equation.cells))
        text = (
            f"TOTAL de la fila {total.row}: sus propios valores suman {figure(come_to)} y "
            f"{result_words(layout.meanings[equation.result])} dice {figure(result)}."
        )
        found.append(_finding(total, rule, text, figure(come_to), figure(result), meanings))
    return found


def _column_findings(
    scope: Scope, rows: Sequence[FileRow], options: Options, columns: Mapping[int, Column]
) -> list[Finding]:
    """The row of sums against the rows: lost cells, wrong sums, figures exchanged."""
    wrong = contradicted(scope, columns, options)
    found = _lost_totals(scope, rows)
    total, meanings = scope.total, [cell.meaning for cell in rows[0].numbers]
    if is_unreliable(scope, wrong):
        text = (
            f"TOTAL de la fila {total.row}: difiere de la suma de sus {len(scope.members)} filas en {len(wrong)} de "
            f"{len(scope.told)} columnas; parece de otra tabla o corrido, y no se toma como prueba."
        )
        about = tuple(meanings[at] for at in wrong)
        return [*found, _finding(total, "column_total", text, str(len(scope.told)), str(len(wrong)), about)]
    paired: set[int] = set()
    for one in exchanges_of(scope, rows, options, columns):
        paired |= {one.first, one.second}
        found.append(_exchange_finding(one, rows, meanings, scope.told[one.first] - columns[one.first].base))
    for at, sums in wrong.items():
        if at in paired:
            continue
        many = sums.low != sums.high
        come_to = f"entre {figure(sums.low)} y {figure(sums.high)}" if many else figure(sums.low)
        text = (
            f"TOTAL de la fila {total.row}: {place_words(meanings[at])} dice {figure(scope.told[at])} y sus "
            f"{len(scope.members)} filas suman {come_to}."
        )
        blank = [rows[place].row for place in scope.members if options[place][0][at] is None]
        hints = tuple(f"La fila {one} está en blanco en esa columna" for one in blank[:_MOST_SUSPECTS])
        found.append(
            _finding(total, "column_total", text, come_to, figure(scope.told[at]), (meanings[at],), hints)
        )
    return found


def _exchange_finding(
    one: Exchange, rows: Sequence[FileRow], meanings: Sequence[str], by: Decimal
) -> Finding:
    total, suspects = one.scope.total, [rows[place].row for place in one.suspects]
    places = f"{place_words(meanings[one.first])} y {place_words(meanings[one.second])}"
    shown = enumerated([str(number) for number in suspects[:_MOST_SUSPECTS]])
    more = f" (y {len(suspects) - _MOST_SUSPECTS} más)" if len(suspects) > _MOST_SUSPECTS else ""
    where = f"en la fila {shown}" if len(suspects) == 1 else f"en una de las filas {shown}{more}"
    text = (
        f"TOTAL de la fila {total.row}: {places} difieren de sus filas en {figure(abs(by))}, una de más y otra de "
        f"menos; {where} pueden estar intercambiados."
    )
    told = [one.scope.told[at] for at in (one.first, one.second)]
    sums = [told[0] - by, told[1] + by]
    words = tuple(f"Intercambiar {places} en la fila {number}" for number in suspects[:_MOST_SUSPECTS])
    both = [" y ".join(map(figure, values)) for values in (sums, told)]
    about = (meanings[one.first], meanings[one.second])
    return _finding(total, "cells_swapped", text, both[0], both[1], about, words)


def _lost_totals(scope: Scope, rows: Sequence[FileRow]) -> list[Finding]:
    """Cells that the row of sums leaves blank among others of the same kind that it tells."""
    found = []
    total = scope.total
    meanings = [cell.meaning for cell in rows[0].numbers]
    kinds = {at: _kind(one) for at, one in enumerate(meanings) if one}
    told = {kinds[at] for at in scope.told}
    unreadable = {total.numbers[at].meaning for at in unreadable_of(total)}
    for at, kind in kinds.items():
        if at in scope.told or kind not in told or meanings[at] in unreadable:
            continue
        filled = sum(rows[place].numbers[at].value is not None for place in scope.members)
        if filled * 2 <= len(scope.members):
            continue
        text = (
            f"TOTAL de la fila {total.row}: {place_words(meanings[at])} está en blanco y {filled} de sus "
            f"{len(scope.members)} filas tienen valor."
        )
        found.append(_finding(total, "cell_lost", text, "un total", "en blanco", (meanings[at],)))
    return found


def _kind(meaning: str) -> str:
    return "".join(sign for sign in meaning if not sign.isdigit())


def _finding(
    total: FileRow,
    rule: str,
    text: str,
    expected: str,
    found: str,
    meanings: tuple[str, ...],
    candidates: tuple[str, ...] = (),
) -> Finding:
    return Finding(total.row, rule, text, expected, found, meanings, candidates, total.sheet)
