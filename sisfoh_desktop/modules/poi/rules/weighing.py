"""All readings of a table weighed together against its rows of sums: which ones they rule out, which fit best.

Where several rows are open at once no row of sums decides one alone; the candidates that together bring every column
nearest go first, then the likeliest, then the simplest.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import permutations

from sisfoh_desktop.modules.poi.rules.importing import FileRow, PoiFile
from sisfoh_desktop.modules.poi.rules.reading_words import total_words
from sisfoh_desktop.modules.poi.rules.readings import Candidate, Damage, simplest_first
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Habits,
    Values,
    failing,
    holds,
    layout_of_row,
    unreadable_of,
    values_of,
)
from sisfoh_desktop.modules.poi.rules.total_scopes import (
    Column,
    Options,
    Scope,
    columns_of,
    contradicted,
    is_unreliable,
    scopes_of,
    sums_of,
)

_ROUNDS = 12
_MOST_TOGETHER = 24


@dataclass
class Case:
    """A row in doubt: its candidates of one assumption and the weaker ones, the one taken for now among them."""

    strong: list[Candidate]
    weak: list[Candidate]
    taken: int = 0

    @property
    def several(self) -> list[Candidate]:
        return self.strong or self.weak


class Weighing:
    """The readings of all rows in doubt against the rows of sums of the table."""

    def __init__(
        self, file: PoiFile, cases: dict[int, Case], habits: Habits, values: Sequence[Values]
    ) -> None:
        """`values` are the figures of every row of the file."""
        self.rows, self.cases, self.habits = file.rows, cases, habits
        self.closed = {place: (one,) for place, one in enumerate(values) if place not in cases}
        self.scopes = scopes_of(file.rows, file.totals, self.options())
        self.against: dict[tuple[int, Values], bool] = {}
        self.misfit: dict[tuple[int, Values], Decimal] = {}

    def options(self) -> Options:
        """What every row may read, the candidate taken first; and where nobody can tell."""
        readings: dict[int, Sequence[Values]] = dict(self.closed)
        blind = {}
        for place, case in self.cases.items():
            if case.several:
                readings[place] = [one.values for one in _taken_first(case)]
            else:
                readings[place] = (values_of(self.rows[place]),)
                blind[place] = _doubtful(self.rows[place], self.habits)
        loose = frozenset(place for place, case in self.cases.items() if case.weak and not case.strong)
        return Options(readings, blind, loose)

    def share(self, place: int, at: int) -> Decimal | None:
        """What a row in doubt adds to a column; None where its readings differ there, or nobody can tell."""
        case = self.cases[place]
        if not case.several:
            blind = at in _doubtful(self.rows[place], self.habits)
            return None if blind else values_of(self.rows[place])[at] or Decimal(0)
        shares = {one.values[at] or Decimal(0) for one in case.several}
        return shares.pop() if len(shares) == 1 else None

    def fill_from_totals(self) -> None:
        """A cell that its own row cannot tell, where it is the only one in doubt under a row of sums."""
        left = [_Leftover(scope, self) for scope in self.scopes]
        for place, case in self.cases.items():
            if case.strong:
                continue
            layout, values = layout_of_row(self.rows[place], self.habits), values_of(self.rows[place])
            unreadable = unreadable_of(self.rows[place])
            wrong = failing(layout, values)
            cells = set(unreadable) or {one.result for one in wrong if one.rule == "annual_below"}
            if len(cells) != 1:
                continue
            at = next(iter(cells))
            told = next((one for one in (each.of(place, at) for each in left) if one is not None), None)
            mended = (*values[:at], told, *values[at + 1 :])
            if told is not None and told >= 0 and all(holds(one, mended) for one in layout.equations):
                words = total_words(layout, at, told)
                case.strong = [Candidate(mended, Damage.FILLED, at, at, (words,))]
                for each in left:
                    each.changed(place)

    def settle(self) -> None:
        """Take for every row the candidate that, with those of the others, brings the sums nearest."""
        under: dict[int, list[_Sums]] = defaultdict(list)
        options = self.options()
        for scope in self.scopes:
            if any(place in self.cases for place in scope.members):
                columns = columns_of(scope, options)
                wrong = contradicted(scope, columns, options)
                if columns and not is_unreliable(scope, wrong):
                    self._speak(columns, scope, wrong)
                    sums = _Sums(scope, options, columns)
                    for place in scope.members:
                        if place in self.cases:
                            under[place].append(sums)
        for place, several in under.items():
            if self.cases[place].several:
                self._take(place, self._allowed(place)[0], several)
        for _ in range(_ROUNDS):
            changed = [self._better(place, sums) for place, sums in under.items()]
            if not any(changed) and not self._better_together(under):
                break
        for place, several in under.items():
            case = self.cases[place]
            for one in (*case.strong, *case.weak):
                self.misfit[place, one.values] = _misfit(several, _values(case), one.values)
        for place, case in self.cases.items():
            case.strong = self._in_order(place, case.strong)
            case.weak = self._in_order(place, case.weak)
            case.taken = 0

    def _speak(self, columns: Mapping[int, Column], scope: Scope, wrong: Mapping[int, object]) -> None:
        """Which candidates a row of sums rules out, whatever the other rows are."""
        for at, column in columns.items():
            if at in wrong:
                continue
            for place in column.open:
                rest = column.sums(but=place)
                case = self.cases[place]
                fits = [scope.told[at] - (one.values[at] or Decimal(0)) in rest for one in case.several]
                if all(fits) and len(column.open) > 1:
                    continue
                for one, fit in zip(case.several, fits, strict=True):
                    key = place, one.values
                    self.against[key] = self.against.get(key, False) or not fit

    def _better(self, place: int, under: Sequence["_Sums"]) -> bool:
        """Take the candidate of one row that brings the sums nearest; whether that changed anything."""
        if not self.cases[place].several:
            return False
        misfit, best = self._nearest(place, under)
        if misfit < 0:
            self._take(place, best, under)
        return misfit < 0

    def _better_together(self, under: Mapping[int, Sequence["_Sums"]]) -> bool:
        """The same for two rows at once, where changing one alone brings nothing."""
        free = [place for place in under if len(self.cases[place].several) > 1]
        if len(free) > _MOST_TOGETHER:
            return False
        for first, second in permutations(free, 2):
            was = self.cases[first].taken
            for at in self._allowed(first)[:_MOST_TOGETHER]:
                cost = _misfit(under[first], _values(self.cases[first]), self.cases[first].several[at].values)
                self._take(first, at, under[first])
                misfit, best = self._nearest(second, under[second])
                if cost + misfit < 0:
                    self._take(second, best, under[second])
                    return True
                self._take(first, was, under[first])
        return False

    def _nearest(self, place: int, under: Sequence["_Sums"]) -> tuple[Decimal, int]:
        """How much nearer (below zero) the best candidate of a row brings the sums, and which one it is."""
        case = self.cases[place]
        before = _values(case)
        allowed = self._allowed(place)
        return min((_misfit(under, before, case.several[at].values), at) for at in allowed)

    def _allowed(self, place: int) -> list[int]:
        """The candidates of a row that no row of sums rules out; all of them where it rules out every one."""
        several = self.cases[place].several
        allowed = [at for at, one in enumerate(several) if not self.against.get((place, one.values))]
        return allowed or list(range(len(several)))

    def _take(self, place: int, at: int, under: Sequence["_Sums"]) -> None:
        case = self.cases[place]
        before = _values(case)
        case.taken = at
        for one in under:
            one.change(before, _values(case))

    def _in_order(self, place: int, several: Sequence[Candidate]) -> list[Candidate]:
        """What the sums say first, then the likeliest, then the simplest."""

        def order(one: Candidate) -> tuple[object, ...]:
            key = place, one.values
            return self.against.get(key, False), self.misfit.get(key, Decimal(0)), *simplest_first(one)

        return sorted(several, key=order)


class _Leftover:
    """What a row of sums leaves for one row, where all the others are beyond doubt."""

    def __init__(self, scope: Scope, weighing: Weighing) -> None:
        self._scope, self._weighing = scope, weighing
        self._cases = [place for place in weighing.cases if place in scope.places]
        self._columns: dict[int, dict[int, Decimal | None]] = {}

    @cached_property
    def _certain(self) -> tuple[Decimal, ...]:
        """What the rows that were never in doubt come to."""
        closed, width = self._weighing.closed, max(self._scope.told, default=-1) + 1
        return sums_of((closed[place][0] for place in self._scope.members if place in closed), width)

    def of(self, place: int, at: int) -> Decimal | None:
        """What a cell must be for its column to come to the row of sums; None where others are in doubt too."""
        if place not in self._scope.places or at not in self._scope.told:
            return None
        if at not in self._columns:
            self._columns[at] = {one: self._weighing.share(one, at) for one in self._cases}
        come_to = self._certain[at]
        for one, share in self._columns[at].items():
            if one == place:
                continue
            if share is None:
                return None
            come_to += share
        return self._scope.told[at] - come_to

    def changed(self, place: int) -> None:
        """The row has other candidates from now on."""
        if place in self._scope.places:
            for at, shares in self._columns.items():
                shares[place] = self._weighing.share(place, at)


class _Sums:
    """The sums of the rows under one row of sums, with the candidates taken for now."""

    def __init__(self, scope: Scope, options: Options, columns: Mapping[int, Column]) -> None:
        self.gap = {
            at: scope.told[at]
            - column.base
            - sum((options[one][0][at] or Decimal(0) for one in column.open), Decimal(0))
            for at, column in columns.items()
        }

    def misfit_with(self, before: Values, after: Values) -> Decimal:
        """How much farther from the row of sums the columns are with one row read otherwise."""
        apart = Decimal(0)
        for at, gap in self.gap.items():
            if before[at] != after[at]:
                apart += abs(gap + (before[at] or 0) - (after[at] or 0)) - abs(gap)
        return apart

    def change(self, before: Values, after: Values) -> None:
        for at in self.gap:
            self.gap[at] += (before[at] or Decimal(0)) - (after[at] or Decimal(0))


def _taken_first(case: Case) -> list[Candidate]:
    several = case.several
    return [*several[case.taken : case.taken + 1], *several[: case.taken], *several[case.taken + 1 :]]


def _doubtful(row: FileRow, habits: Habits) -> frozenset[int]:
    """The places of a row without readings that take part in something that fails."""
    layout, values = layout_of_row(row, habits), values_of(row)
    cells = {at for one in failing(layout, values) for at in one.cells}
    return frozenset(cells | unreadable_of(row))


def _values(case: Case) -> Values:
    return case.several[case.taken].values


def _misfit(under: Sequence[_Sums], before: Values, after: Values) -> Decimal:
    return sum((one.misfit_with(before, after) for one in under), Decimal(0))
