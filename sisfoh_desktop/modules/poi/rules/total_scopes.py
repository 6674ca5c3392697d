"""Rows of sums and the rows that each adds up: which they are, what their columns may come to, where they contradict.

A row that allows several readings gives each column several possible sums. Two columns that miss by the same figure,
one above and one below, may be two figures of a row that changed places. How all this is told is in `totals`.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from sisfoh_desktop.modules.poi.rules.import_plan import folded
from sisfoh_desktop.modules.poi.rules.importing import FileRow
from sisfoh_desktop.modules.poi.rules.row_checks import Values, holds, layout_of_row

_MOST_LISTED, _MOST_SUMS = 24, 500
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

    @cached_property
    def places(self) -> frozenset[int]:
        """The members, for asking whether a row is one."""
        return frozenset(self.members)


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
                sums[name] = sums_of([whole[place] for place in members], len(meanings))
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


def sums_of(rows: Iterable[Values], width: int) -> tuple[Decimal, ...]:
    """The sums of the first `width` columns: a row that moved to the right goes past the last one."""
    columns = [Decimal(0)] * width
    times: dict[int, int] = {}
    distinct: dict[int, Values] = {}
    for one in rows:
        key = id(one)
        if key in distinct:
            times[key] = times.get(key, 1) + 1
        else:
            distinct[key] = one
    for key, one in distinct.items():
        many = times.get(key)
        for at, value in enumerate(one[:width]):
            if value:
                columns[at] += value if many is None else value * many
    return tuple(columns)


def columns_of(scope: Scope, options: Options) -> dict[int, Column]:
    """The columns that the row of sums tells and no row that it adds up leaves blind."""
    readings = [options.readings[place] for place in scope.members]
    blind = {at for place, cells in options.blind.items() if place in scope.places for at in cells}
    told = [at for at in scope.told if at not in blind]
    width = max(told, default=-1) + 1
    certain = list(sums_of((several[0] for several in readings if len(several) == 1), width))
    doubts: dict[int, dict[int, frozenset[Decimal]]] = {at: {} for at in told}
    for place, several in zip(scope.members, readings, strict=True):
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
