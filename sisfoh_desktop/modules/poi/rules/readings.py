"""Which figures a damaged row may have had: every reading that mends all its sums, the most likely one first.

One assumption each: a figure lost with the rest moved left, one too many with the rest moved right, two exchanged, one
blank or wrong in its place. Where no single one does, two together give the `weaker` readings. What the rows of sums
say of them is in `detective`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, FileRow, Reading
from sisfoh_desktop.modules.poi.rules.reading_words import (
    blank_words,
    extra_words,
    filled_words,
    line_of,
    lost_words,
    swapped_words,
    wrong_words,
)
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Equation,
    Layout,
    Values,
    failing,
    for_want_of_figures,
    holds,
    reckoned,
    unreadable_of,
    values_of,
)

SHOWN_WEAKER = 8
"""How many readings of two assumptions a person is shown."""
_KEPT_WEAKER = 120
_NOTHING = Decimal(0)


class Damage(IntEnum):
    """What happened to the row; the earlier, the simpler."""

    FILLED = 0
    LOST = 1
    DOUBLED = 2
    SWAPPED = 3
    WRONG = 4
    EXTRA = 5
    KEPT = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row mended: its figures, what had happened and where (`first` and `last` place), in words.

    `unlikeness`: how far what was executed would be from what was programmed, and figures from their neighbours.
    """

    values: Values
    damage: Damage
    first: int
    last: int
    assumptions: tuple[str, ...]
    unlikeness: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))


def reading_of(
    candidate: Candidate, row: FileRow, layout: Layout, against_total: bool | None = None
) -> Reading:
    """A candidate as a person sees it."""
    return Reading(
        dict(zip(layout.meanings, candidate.values, strict=True)),
        candidate.assumptions,
        line_of(layout, values_of(row), candidate.values, candidate.assumptions),
        against_total,
    )


def candidates_of(row: FileRow, layout: Layout) -> tuple[list[Candidate], list[Candidate]]:
    """Those of one assumption and the weaker ones, each best first by likeness and simplicity."""
    damaged = _Damaged(row, layout, values_of(row), unreadable_of(row))
    if not damaged.failing and not damaged.unreadable:
        return [], []
    strong = _distinct(damaged.single())
    weak = _unlikely_blank(strong, damaged)
    set_apart = {one.values for one in weak}
    strong = [one for one in strong if one.values not in set_apart]
    if not strong:
        weak += _distinct(damaged.double(), but=weak)
    return _ranked(strong, layout), _ranked(weak, layout)[:_KEPT_WEAKER]


@dataclass(frozen=True)
class _Damaged:
    """A row as it stands; its methods yield what it may have been. Each yields only rows that add up."""

    row: FileRow
    layout: Layout
    values: Values
    unreadable: frozenset[int]

    @cached_property
    def failing(self) -> tuple[Equation, ...]:
        return failing(self.layout, self.values)

    @cached_property
    def likeliest_first(self) -> tuple[Equation, ...]:
        """All equations, those first that fail as the row stands: most of what is tried leaves one of them so."""
        return tuple(dict.fromkeys((*self.failing, *self.layout.equations)))

    @cached_property
    def first_end(self) -> int:
        """The place where the first equation that fails is over."""
        return min((max(one.cells) for one in self.failing), default=len(self.values))

    def single(self) -> Iterator[Candidate]:
        """Every candidate of one assumption."""
        wrong = self.failing
        if len(self.unreadable) <= 1:
            yield from self.changed(wrong)
            yield from self.extra()
        if self.unreadable:
            return
        yield from self.lost()
        yield from self.swapped(wrong)
        yield from self.kept(wrong)

    def changed(self, wrong: Sequence[Equation]) -> Iterator[Candidate]:
        """One cell filled or put right: it must be in every equation that fails."""
        cells = set(self.unreadable) if self.unreadable else set(wrong[0].cells)
        for equation in wrong:
            cells &= set(equation.cells)
        for at in sorted(cells):
            for value in self.solutions(at, self.values):
                values = (*self.values[:at], value, *self.values[at + 1 :])
                if value == self.values[at] or not self.mended(values):
                    continue
                if self.values[at] is None:
                    yield Candidate(values, Damage.FILLED, at, at, (filled_words(self.layout, at, value),))
                else:
                    words = wrong_words(self.layout, at, self.values[at], value)
                    yield Candidate(values, Damage.WRONG, at, at, (words,))

    def lost(self, *, whole: bool = True) -> Iterator[Candidate]:
        """A figure gone and those after it one place to the left, up to a cell that is blank now.

        With `whole` false, what is still wrong elsewhere is let pass.
        """
        for end in self.blanks():
            found: dict[Values, Candidate] = {}
            for at in range(end):
                values = (*self.values[:at], None, *self.values[at:end], *self.values[end + 1 :])
                for value in self.solutions(at, values) or self.from_text(at):
                    mended = (*values[:at], value, *values[at + 1 :])
                    if whole and not self.mended(mended):
                        continue
                    known = found.get(mended)
                    first = at if known is None else known.first
                    words = lost_words(self.layout, first, at, value, self.moved_until(end))
                    found[mended] = Candidate(mended, Damage.LOST, first, at, (words,))
                if whole and self.broken_before(at):
                    break
            yield from found.values()

    def extra(self, *, whole: bool = True) -> Iterator[Candidate]:
        """A figure too many and those after it one place to the right; the last one fell off the table."""
        last = len(self.values) - 1
        for at in range(last):
            if self.unreadable and at not in self.unreadable:
                continue
            if whole and at and not self.unreadable and self.values[at] == self.values[at - 1]:
                continue  # taking out either of two equal figures leaves the same row
            values: Values = (*self.values[:at], *self.values[at + 1 :], None)
            doubled = self.values[at] is None or self.values[at] == self.values[at + 1]
            damage = Damage.DOUBLED if doubled else Damage.EXTRA
            for value in (*self.solutions(last, values), None):
                mended = (*values[:last], value)
                if not whole or self.mended(mended):
                    words = extra_words(self.layout, at, self.values[at], self.row.numbers[at].text)
                    yield Candidate(mended, damage, at, at, (words,))
            if whole and self.broken_before(at):
                return

    def swapped(self, wrong: Sequence[Equation]) -> Iterator[Candidate]:
        """Two figures in each other's place."""
        if any(for_want_of_figures(one, self.values) for one in wrong):
            return
        for at in sorted(set(wrong[0].cells)):
            own = self.values[at]
            if own is None:
                continue
            apart = [one for one in wrong if at not in one.cells]
            for other, value in enumerate(self.values):
                if value is None or value == own or other in self.layout.unused:
                    continue
                if other < at and other in wrong[0].cells:
                    continue
                if any(other not in one.cells for one in apart):
                    continue
                values = list(self.values)
                values[at], values[other] = value, values[at]
                touched = (*self.layout.of_cell[at], *self.layout.of_cell[other])
                if all(holds(one, values) for one in touched):
                    first, last = sorted((at, other))
                    words = swapped_words(self.layout, first, last, self.values)
                    yield Candidate(tuple(values), Damage.SWAPPED, first, last, (words,))

    def kept(self, wrong: Sequence[Equation]) -> Iterator[Candidate]:
        """Executed months that are blank and whose sum holds without them: still to be reported."""
        if all(one.executed and holds(replace(one, sparse=True), self.values) for one in wrong):
            blanks = [at for one in wrong for at in one.parts if self.values[at] is None]
            if blanks:
                words = blank_words(self.layout, blanks)
                yield Candidate(self.values, Damage.KEPT, blanks[0], blanks[-1], (words,))

    def double(self) -> Iterator[Candidate]:
        """Every candidate of two assumptions: a first one that mends a part, one cell put right after it."""
        for first in self.first_steps():
            rest = _Damaged(self.row, self.layout, first.values, self.unreadable - {first.first})
            wrong = rest.failing
            if len(rest.unreadable) > 1 or not (wrong or rest.unreadable):
                continue
            for second in rest.changed(wrong):
                if second.first != first.first:
                    assumptions = (*first.assumptions, *second.assumptions)
                    yield replace(second, damage=first.damage, assumptions=assumptions)
        yield from self.at_least()

    def first_steps(self) -> Iterator[Candidate]:
        if not self.unreadable:
            yield from self.lost(whole=False)
            yield from self.extra(whole=False)
        wrong = self.failing
        cells = sorted(self.unreadable or set(wrong[0].cells))
        for at in cells:
            for value in self.solutions(at, self.values):
                if value == self.values[at]:
                    continue
                values = (*self.values[:at], value, *self.values[at + 1 :])
                words = (
                    filled_words(self.layout, at, value)
                    if self.values[at] is None
                    else wrong_words(self.layout, at, self.values[at], value)
                )
                yield Candidate(values, Damage.WRONG, at, at, (words,))

    def at_least(self) -> Iterator[Candidate]:
        """An annual goal that can be no less than what is programmed, if nothing more is."""
        bounds = [one for one in self.layout.equations if one.rule == "annual_below"]
        for at in dict.fromkeys(one.result for one in bounds):
            least = [reckoned(one, self.values) for one in bounds if one.result == at]
            value = max((one for one in least if one is not None), default=None)
            if value is None or (self.unreadable and self.unreadable != {at}):
                continue
            values = (*self.values[:at], value, *self.values[at + 1 :])
            if value != self.values[at] and self.mended(values):
                words = wrong_words(self.layout, at, self.values[at], value)
                assumptions = (words, "no hay más programado que lo que trae la tabla")
                yield Candidate(values, Damage.WRONG, at, at, assumptions)

    def solutions(self, at: int, values: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
        """What the cell would have to be for each equation it is in."""
        found = [_solved(one, at, values) for one in self.layout.of_cell[at]]
        return tuple(dict.fromkeys(one for one in found if one is not None and one >= 0))

    def from_text(self, at: int) -> tuple[Decimal, ...]:
        """The annual goal of a row that moved left as a whole stands in its unit of measure."""
        text = self.row.text("measure").strip()
        moved = at == 0 and self.layout.meanings[0] == ANNUAL and text.isascii() and text.isdigit()
        return (Decimal(text),) if moved and len(text) < 10 else ()

    def blanks(self) -> list[int]:
        """The blank places; of those that end the row only the first, for the rest of them tell nothing."""
        found = [at for at, value in enumerate(self.values) if value is None and at not in self.unreadable]
        end = len(self.values)
        while end and self.values[end - 1] is None and end - 1 not in self.unreadable:
            end -= 1
        return [at for at in found if at <= end]

    def moved_until(self, end: int) -> int | None:
        """Where what moved ends; None at the end of the row."""
        return end if any(value is not None for value in self.values[end + 1 :]) else None

    def mended(self, values: Sequence[Decimal | None]) -> bool:
        for one in self.likeliest_first:  # noqa: SIM110 - asked a hundred times of every damaged row
            if not holds(one, values):
                return False
        return True

    def broken_before(self, at: int) -> bool:
        """Whether something fails that lies wholly up to a place: no damage after it explains that."""
        return at >= self.first_end


def _solved(equation: Equation, at: int, values: Sequence[Decimal | None]) -> Decimal | None:
    """The value of one cell that makes an equation hold; None where it is not one only."""
    if equation.bound:
        return None
    if at == equation.result:
        return reckoned(equation, values)
    result = values[equation.result]
    if result is None:
        return None
    if equation.last:
        after = equation.parts[equation.parts.index(at) + 1 :]
        return result if all(values[one] is None for one in after) else None
    rest = [value for one in equation.parts if one != at and (value := values[one])]
    return result - sum(rest, _NOTHING)


def _distinct(candidates: Iterable[Candidate], but: Sequence[Candidate] = ()) -> list[Candidate]:
    """One candidate for each row of figures: the one with the simplest damage."""
    found: dict[Values, Candidate] = {}
    known = {one.values for one in but}
    for one in candidates:
        if one.values in known:
            continue
        same = found.get(one.values)
        if same is None or one.damage < same.damage:
            found[one.values] = one
    return list(found.values())


def _unlikely_blank(strong: Sequence[Candidate], damaged: _Damaged) -> list[Candidate]:
    """The last cell blank by itself, where a lost figure explains that blank with likelier months.

    A row moved to the left always ends in a blank: filling that blank keeps the moved figures where they fell, so that
    two things would have had to happen.
    """
    last = len(damaged.values) - 1
    lost = [_unlikeness(damaged.layout, one.values) for one in strong if one.damage is Damage.LOST]
    return [
        replace(one, assumptions=(*one.assumptions, "lo ejecutado se apartó de lo programado en esos meses"))
        for one in strong
        if one.damage is Damage.FILLED
        and one.first == last
        and lost
        and _unlikeness(damaged.layout, one.values) > min(lost)
    ]


def _ranked(candidates: Sequence[Candidate], layout: Layout) -> list[Candidate]:
    told = [replace(one, unlikeness=_unlikeness(layout, one.values)) for one in candidates]
    return sorted(told, key=simplest_first)


def simplest_first(one: Candidate) -> tuple[object, ...]:
    """The order between candidates of which the rows of sums say nothing."""
    return (one.unlikeness, one.damage, one.first, one.last, len(one.assumptions))


def _unlikeness(layout: Layout, values: Sequence[Decimal | None]) -> tuple[Decimal, Decimal]:
    """How far executed months are from programmed ones, and how much the figures of a side jump."""
    apart = jumps = _NOTHING
    for months in layout.sides:
        before: Decimal | None = None
        for at, of_programmed in months:
            value = values[at]
            if value is None:
                continue
            if of_programmed is not None and (programmed := values[of_programmed]) is not None:
                apart += abs(value - programmed)
            if before is not None:
                jumps += abs(value - before)
            before = value
    return apart, jumps
