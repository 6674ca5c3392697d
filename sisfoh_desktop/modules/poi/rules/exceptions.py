"""The activities that depart from what was programmed up to a month, in the order in which a reader should see them.

A quarter is told by its last month: exceptions of the third one are those from January to September. What state an
activity is in is in states.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from sisfoh_desktop.modules.poi.rules.facts import ActivityYear, Direction, Execution, PoiYear
from sisfoh_desktop.modules.poi.rules.states import State, StateKind, state_of

_FIRST = Decimal(-1)  # before any ratio


class Side(IntEnum):
    """To which side an activity departs, in the order of the list."""

    BELOW = 1
    PENDING = 2
    UNPROGRAMMED = 3
    ABOVE = 4

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Side.BELOW: "Por debajo",
    Side.PENDING: "Pendiente de registro",
    Side.UNPROGRAMMED: "Ejecutado sin programación",
    Side.ABOVE: "Por encima",
}


@dataclass(frozen=True)
class ExceptionLine:
    """An activity that departs; `notes` are the months up to the cut that tell why, in order."""

    row: ActivityYear
    state: State
    side: Side
    notes: tuple[Execution, ...] = ()


def states_until(year: PoiYear, until: int) -> tuple[State, ...]:
    """The state of each activity from January to the month `until`, in plan order.

    All the figures of a cut start from these: whoever needs several of them reckons the states once and hands them on.
    """
    months = range(1, until + 1)
    bands = year.plan.bands
    return tuple(
        state_of(one.activity.programmed, one.executed, months, one.activity, bands)
        for one in year.activities
    )


def exceptions_of(
    year: PoiYear, until: int, states: Sequence[State] | None = None
) -> tuple[ExceptionLine, ...]:
    """What departs from January to the month `until`: below by ratio (0 of 6 first), owed, unprogrammed, above.

    Equal ratios: the larger gap first, then the order of the plan. `states`: those of `states_until`, if at hand.
    """
    told = states_until(year, until) if states is None else states
    found = [
        (place, ExceptionLine(one, state, side_of(one, state), notes_until(one.notes, until)))
        for place, (one, state) in enumerate(zip(year.activities, told, strict=True))
        if state.deviates
    ]
    found.sort(key=lambda pair: _order(*pair))
    return tuple(line for _place, line in found)


def side_of(one: ActivityYear, state: State) -> Side:
    """The side of a state that deviates. Less than programmed is good news where less is better."""
    if state.kind is StateKind.PENDING:
        return Side.PENDING
    if state.kind is StateKind.UNPROGRAMMED:
        return Side.UNPROGRAMMED
    short = state.gap < 0
    return Side.BELOW if short is (one.activity.direction is Direction.MORE) else Side.ABOVE


def notes_until(notes: Iterable[Execution], until: int) -> tuple[Execution, ...]:
    """The notes of the months up to `until`, in order."""
    return tuple(sorted((note for note in notes if note.month <= until), key=lambda note: note.month))


def side_counts(lines: Iterable[ExceptionLine]) -> dict[Side, int]:
    """How many depart to each side."""
    counts = dict.fromkeys(Side, 0)
    for line in lines:
        counts[line.side] += 1
    return counts


def _order(place: int, line: ExceptionLine) -> tuple[int, Decimal, Decimal, int]:
    ratio = _FIRST if line.state.ratio is None else line.state.ratio
    gap = -abs(line.state.gap)
    if line.side is Side.BELOW:
        return line.side, ratio, gap, place
    if line.side is Side.ABOVE:
        return line.side, -ratio, gap, place
    return line.side, Decimal(0), Decimal(0), place
