"""How the activities of each unit stand up to a month: counted by state, never added (their units are unlike).

The percentages are of activities: how many were fulfilled, and the mean of what each advanced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.exceptions import states_until
from sisfoh_desktop.modules.poi.rules.facts import Band, PoiYear
from sisfoh_desktop.modules.poi.rules.states import OUTSIDE_BANDS, State, StateKind

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_FULFILLING = (StateKind.BAND, StateKind.EXCESS)


@dataclass(frozen=True)
class StateHead:
    """A state that activities are counted by: a band of the plan, or one of those outside the bands."""

    kind: StateKind
    label: str
    tone: str
    shape: str


@dataclass(frozen=True)
class Tally:
    """Counts of activities. `counts` stand in the order of `state_heads`.

    `programmed` of them had something to do by then; `fulfilled` did it. `advance` is the mean of the ratios of those,
    each of one at the most (what was done in excess makes up for nothing) and what is owed as nothing; in per cent.
    """

    activities: int
    counts: tuple[int, ...]
    programmed: int
    fulfilled: int
    deviating: int
    advance: Decimal | None

    @property
    def fulfilled_percent(self) -> Decimal | None:
        """Fulfilled of those that had something to do, in per cent; None where none had."""
        return Decimal(100 * self.fulfilled) / self.programmed if self.programmed else None


@dataclass(frozen=True)
class UnitLine:
    """A unit with its counts."""

    unit_name: str
    tally: Tally


def by_unit(year: PoiYear, until: int, states: Sequence[State] | None = None) -> tuple[UnitLine, ...]:
    """The units in plan order with the states of their activities from January to the month `until`.

    `states`: those of `states_until`, if at hand.
    """
    found: dict[str, list[State]] = {}
    told = states_until(year, until) if states is None else states
    for one, state in zip(year.activities, told, strict=True):
        found.setdefault(one.activity.unit_name, []).append(state)
    heads = state_heads(year.plan.bands)
    return tuple(UnitLine(name, tally_of(states, heads)) for name, states in found.items())


def state_heads(bands: Sequence[Band]) -> tuple[StateHead, ...]:
    """Every state there can be: the bands from the lowest on, then those outside them."""
    listed = sorted(bands, key=lambda band: band.lower)
    return (
        *(StateHead(StateKind.BAND, band.label, band.tone, band.shape) for band in listed),
        *(StateHead(kind, *look) for kind, look in OUTSIDE_BANDS.items()),
    )


def tally_of(states: Iterable[State], heads: Sequence[StateHead]) -> Tally:
    """Count some activities' states."""
    listed = tuple(states)
    places = {(head.kind, head.label): place for place, head in enumerate(heads)}
    counts = [0] * len(heads)
    for state in listed:
        counts[places[state.kind, state.label]] += 1
    due = [state for state in listed if state.programmed]
    advance = sum((min(state.ratio or Decimal(0), _ONE) for state in due), Decimal(0))
    return Tally(
        activities=len(listed),
        counts=tuple(counts),
        programmed=len(due),
        fulfilled=sum(is_fulfilled(state) for state in due),
        deviating=sum(state.deviates for state in listed),
        advance=_HUNDRED * advance / len(due) if due else None,
    )


def is_fulfilled(state: State) -> bool:
    """Whether all that was programmed was done and every month told."""
    return state.kind in _FULFILLING and state.ratio is not None and state.ratio >= _ONE
