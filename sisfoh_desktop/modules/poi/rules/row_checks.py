"""What has to add up within one row of an imported table: months to quarters, months or quarters to the annual goal.

A blank is not a zero: it adds nothing, and it is told where the rest of the table leaves none. Which figures a row
that does not add up may have had is in `readings`; the rows of sums are in `totals`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from sisfoh_desktop.basics.texts import enumerated
from sisfoh_desktop.modules.poi.rules.facts import (
    Direction,
    GoalKind,
    months_of_quarter,
)
from sisfoh_desktop.modules.poi.rules.import_activity import activity_of
from sisfoh_desktop.modules.poi.rules.import_words import place_words, shown_figure, side_words
from sisfoh_desktop.modules.poi.rules.importing import (
    ANNUAL,
    ANNUAL_MONEY,
    ColumnMapping,
    FileRow,
    Finding,
    month_meaning,
    quarter_meaning,
)

Values = tuple[Decimal | None, ...]
_SIDES = ((False, False), (True, False), (False, True), (True, True))
_NOTHING = Decimal(0)
_MONTHS_OF_YEAR, _QUARTERS_OF_YEAR = 12, 4
_NEEDED_TEXTS = (("title", "el nombre de la actividad"), ("unit_name", "la unidad orgánica"))


@dataclass(frozen=True)
class Habits:
    """How a table is written: columns that nobody fills (`unused`) and sums whose parts are often left blank.

    `sparse` are the meanings of those sums (pq2, annual …): there, a blank part is no finding.
    """

    unused: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()


NO_HABITS = Habits()


@dataclass(frozen=True)
class Equation:
    """A sum of the row: `parts` come to `result` (places in the row), by adding or by the last one told (`last`).

    `bound`: the result is no less than the parts. With the rule `stock_falls` the parts never fall and the result is
    the first of them.
    """

    rule: str
    result: int
    parts: tuple[int, ...]
    last: bool = False
    bound: bool = False
    executed: bool = False
    sparse: bool = False

    @cached_property
    def cells(self) -> tuple[int, ...]:
        return (*self.parts, self.result)


@dataclass(frozen=True)
class Layout:
    """The figures of a row in their order, and the equations between them; `of_cell` are those that each is in."""

    meanings: tuple[str, ...]
    equations: tuple[Equation, ...]
    of_cell: tuple[tuple[Equation, ...], ...]
    unused: frozenset[int]

    @cached_property
    def sides(self) -> tuple[tuple[tuple[int, int | None], ...], ...]:
        """The months of each side in the order of the row; of executed ones, where the programmed one stands."""
        place = {one: at for at, one in enumerate(self.meanings)}
        found: dict[str, list[tuple[int, int | None]]] = {}
        for at, meaning in enumerate(self.meanings):
            side, number = meaning.rstrip("0123456789"), meaning[-2:]
            if side in ("p", "mp"):
                found.setdefault(side, []).append((at, None))
            elif side in ("e", "me"):
                found.setdefault(side, []).append((at, place.get(f"{side[:-1]}p{number}")))
        return tuple(map(tuple, found.values()))


def layout_of_row(row: FileRow, habits: Habits = NO_HABITS) -> Layout:
    """The equations of a row, by the columns it has, the kind of its goal and the habits of its table."""
    kind, direction = _kind_and_direction(row.text("goal_kind"), row.text("direction"))
    return layout_of(tuple([cell.meaning for cell in row.numbers]), kind, direction, habits)


def adds_up(row: FileRow) -> bool:
    """Whether the months of the row add up; those of levels do not."""
    return _kind_and_direction(row.text("goal_kind"), row.text("direction"))[0] is GoalKind.SUM


@lru_cache(maxsize=256)
def _kind_and_direction(goal_kind: str, direction: str) -> tuple[GoalKind, Direction]:
    told = activity_of(FileRow("", 0, {"goal_kind": goal_kind, "direction": direction}, ()))
    return told.goal_kind, told.direction


@lru_cache(maxsize=64)
def layout_of(
    meanings: tuple[str, ...],
    kind: GoalKind = GoalKind.SUM,
    direction: Direction = Direction.MORE,
    habits: Habits = NO_HABITS,
) -> Layout:
    """The equations between figures with these meanings. Soles always add up; levels of `kind` STOCK do not."""
    rising = direction is Direction.MORE
    place = {one: at for at, one in enumerate(meanings) if one and one not in habits.unused}
    equations: list[Equation] = []
    for executed, money in _SIDES:
        last = kind is GoalKind.STOCK and not money
        for quarter in range(1, 5):
            result = quarter_meaning(executed, quarter, money=money)
            names = [month_meaning(executed, month, money=money) for month in months_of_quarter(quarter)]
            if result in place and all(name in place for name in names):
                parts = tuple(place[name] for name in names)
                equations.append(
                    Equation(
                        "quarter_sum",
                        place[result],
                        parts,
                        last,
                        executed=executed,
                        sparse=result in habits.sparse,
                    )
                )
        if not executed:
            equations += _of_the_year(place, money, last, rising, habits)
    of_cell: list[list[Equation]] = [[] for _ in meanings]
    for equation in equations:
        for at in dict.fromkeys(equation.cells):
            of_cell[at].append(equation)
    unused = frozenset(at for at, one in enumerate(meanings) if one in habits.unused or not one)
    return Layout(meanings, tuple(equations), tuple(tuple(one) for one in of_cell), unused)


def _of_the_year(
    place: dict[str, int], money: bool, last: bool, rising: bool, habits: Habits
) -> list[Equation]:
    """Programmed months and quarters against the annual goal: all of them come to it, some never exceed it."""
    months = [month_meaning(False, number, money=money) for number in range(1, _MONTHS_OF_YEAR + 1)]
    quarters = [quarter_meaning(False, number, money=money) for number in range(1, _QUARTERS_OF_YEAR + 1)]
    annual = ANNUAL_MONEY if money else ANNUAL
    found: list[Equation] = []
    for names, of_year in ((months, _MONTHS_OF_YEAR), (quarters, _QUARTERS_OF_YEAR)):
        parts = tuple(place[name] for name in names if name in place)
        if not parts:
            continue
        if annual in place:
            if len(parts) == of_year:
                sparse = annual in habits.sparse
                found.append(Equation("annual_sum", place[annual], parts, last, sparse=sparse))
            elif rising or not last:
                found.append(Equation("annual_below", place[annual], parts, last, bound=True))
        if last and rising and of_year == _MONTHS_OF_YEAR and len(parts) > 1:
            found.append(Equation("stock_falls", parts[0], parts, bound=True))
    return found


def reckoned(equation: Equation, values: Sequence[Decimal | None]) -> Decimal | None:
    """What the parts come to; None where all are blank."""
    told = [value for at in equation.parts if (value := values[at]) is not None]
    if not told:
        return None
    return told[-1] if equation.last else sum(told, _NOTHING)


def holds(equation: Equation, values: Sequence[Decimal | None]) -> bool:
    """Whether the equation holds. A quarter under way may be blank while its last month is."""
    if equation.rule == "stock_falls":
        told = [value for value in [values[at] for at in equation.parts] if value is not None]
        return all(earlier <= later for earlier, later in pairwise(told))
    result = values[equation.result]
    told = [value for at in equation.parts if (value := values[at]) is not None]
    if result is None:
        return not told or (equation.executed and values[equation.parts[-1]] is None)
    if not told:
        return equation.bound or (result == 0 and equation.sparse)
    come_to = told[-1] if equation.last else sum(told, _NOTHING)
    if equation.bound:
        return result >= come_to
    return result == come_to and (equation.sparse or len(told) == len(equation.parts))


def for_want_of_figures(equation: Equation, values: Sequence[Decimal | None]) -> bool:
    """Whether an equation fails by its blanks, whatever its other figures are."""
    if equation.bound or equation.sparse:
        return False
    told = [at for at in equation.parts if values[at] is not None]
    if values[equation.result] is not None:
        return len(told) < len(equation.parts)
    return bool(told) and not (equation.executed and values[equation.parts[-1]] is None)


def failing(layout: Layout, values: Sequence[Decimal | None]) -> tuple[Equation, ...]:
    """The equations that do not hold."""
    return tuple([one for one in layout.equations if not holds(one, values)])


def values_of(row: FileRow) -> Values:
    """The figures of a row in their order; None for a blank, and for a cell that is unreadable or negative."""
    return tuple([cell.value if cell.value is None or cell.value >= 0 else None for cell in row.numbers])


def unreadable_of(row: FileRow) -> frozenset[int]:
    """The places of the cells that hold something which is no figure of a plan."""
    return frozenset(
        at
        for at, cell in enumerate(row.numbers)
        if cell.meaning and (cell.fault or (cell.value is not None and cell.value < 0))
    )


def check_row(row: FileRow, mapping: ColumnMapping, habits: Habits = NO_HABITS) -> tuple[Finding, ...]:
    """What does not add up within the row, each in one sentence; nothing where all does.

    `mapping` tells whether the table has a column for the names that every activity needs.
    """
    layout = layout_of_row(row, habits)
    found = list(texts_missing(row, mapping))
    for at in sorted(unreadable_of(row)):
        cell = row.numbers[at]
        why = cell.fault or "un valor del POI no puede ser negativo"
        words = f"{place_words(cell.meaning)} no se puede leer («{cell.text}»): {why.rstrip('.')}."
        found.append(_finding(row, "cell_unreadable", words, "un número", cell.text, (cell.meaning,)))
    values = values_of(row)
    found += [_what_fails(row, layout, one, values) for one in failing(layout, values)]
    return tuple(found)


def texts_missing(row: FileRow, mapping: ColumnMapping) -> tuple[Finding, ...]:
    """The names that every activity needs and this one lacks, where the table has a column for them."""
    missing = [
        (meaning, words)
        for meaning, words in _NEEDED_TEXTS
        if not row.text(meaning).strip() and meaning in mapping.meanings
    ]
    return tuple(
        _finding(row, "text_missing", f"falta {words}.", words, "en blanco", (meaning,))
        for meaning, words in missing
    )


def _what_fails(row: FileRow, layout: Layout, equation: Equation, values: Values) -> Finding:
    meanings = tuple(layout.meanings[at] for at in dict.fromkeys(equation.cells))
    result, sum_of_parts = values[equation.result], reckoned(equation, values)
    blanks = [layout.meanings[at] for at in equation.parts if values[at] is None]
    whole = result_words(layout.meanings[equation.result])
    if equation.rule == "stock_falls":
        told = [value for value in [values[at] for at in equation.parts] if value is not None]
        high, low = next(pair for pair in pairwise(told) if pair[0] > pair[1])
        words = (
            f"la meta es acumulada y lo programado baja de {shown_figure(high)} a {shown_figure(low)}: un nivel "
            "acumulado no retrocede."
        )
        return _finding(row, equation.rule, words, f"{shown_figure(high)} o más", shown_figure(low), meanings)
    if result is None:
        words = f"{whole} está en blanco y {_parts_words(equation, layout)} {shown_figure(sum_of_parts)}."
        return _finding(row, "cell_lost", words, shown_figure(sum_of_parts), "en blanco", meanings)
    if blanks and not equation.bound:
        where = enumerated([place_words(one) for one in blanks])
        are = "está en blanco" if len(blanks) == 1 else "están en blanco"
        rest = (
            "no hay otro valor" if sum_of_parts is None else f"lo demás llega a {shown_figure(sum_of_parts)}"
        )
        words = f"{where} {are}: {whole} dice {shown_figure(result)} y {rest}."
        return _finding(row, "cell_lost", words, shown_figure(result), shown_figure(sum_of_parts), meanings)
    at_least = " o más" if equation.bound else ""
    words = f"{_parts_words(equation, layout)} {shown_figure(sum_of_parts)} y {whole} dice {shown_figure(result)}."
    return _finding(
        row, equation.rule, words, shown_figure(sum_of_parts) + at_least, shown_figure(result), meanings
    )


def _parts_words(equation: Equation, layout: Layout) -> str:
    side = side_words(layout.meanings[equation.parts[0]])
    if equation.last:
        return f"el último nivel {side} es"
    several = "trimestres" if "q" in layout.meanings[equation.parts[0]] else "meses"
    return f"los {several} de lo {side} suman"


def _finding(
    row: FileRow, rule: str, text: str, expected: str, found: str, meanings: tuple[str, ...]
) -> Finding:
    return Finding(row.row, rule, f"Fila {row.row}: {text}", expected, found, meanings, sheet=row.sheet)


def result_words(meaning: str) -> str:
    """A result with its article: «el III TRIM ejecutado», «la META ANUAL»."""
    return f"{'la' if meaning in (ANNUAL, ANNUAL_MONEY) else 'el'} {place_words(meaning)}"
