"""What state an activity is in over some months: a band of the plan's semaphore, or one of the four states outside it.

A percentage is executed against programmed *over the months asked for*, never against the annual goal. Which months
those are is up to the caller; the order in which deviations are shown is in exceptions.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sisfoh_desktop.modules.poi.rules.facts import Activity, Band, Direction, GoalKind, Months, value_over

SHAPE_SIGNS = {
    "square": "■",
    "triangle": "▲",
    "circle": "●",
    "diamond": "◊",
    "ring": "○",
    "cross": "×",
    "dots": "…",
}
"""The sign that tells a shape in text. All are in the fonts of screen and paper, so that they survive a grey print."""

_HUNDRED = Decimal(100)


class StateKind(StrEnum):
    """A band of the semaphore, or why no band says it."""

    BAND = "banda"
    EXCESS = "exceso"
    NOT_PROGRAMMED = "sin_programacion"
    UNPROGRAMMED = "sin_programar"
    PENDING = "pendiente"


OUTSIDE_BANDS: Mapping[StateKind, tuple[str, str, str]] = {
    StateKind.EXCESS: ("Exceso", "info", "diamond"),
    StateKind.PENDING: ("Pendiente de registro", "mute", "dots"),
    StateKind.NOT_PROGRAMMED: ("Sin programación", "mute", "ring"),
    StateKind.UNPROGRAMMED: ("Ejecutado sin programación", "info", "cross"),
}
"""Label, tone and shape of what no band says, in the order in which lists count them."""


@dataclass(frozen=True)
class State:
    """The state over a period. `ratio` is of one (1 = as programmed), None where nothing can be divided.

    `tone` and `shape` are those of `Band`, and «dots» for what is pending; `programmed` and `executed` are what the
    months came to, None where all were blank.
    """

    kind: StateKind
    label: str
    tone: str
    shape: str
    ratio: Decimal | None
    programmed: Decimal | None
    executed: Decimal | None

    @property
    def sign(self) -> str:
        """The shape as a sign of text."""
        return SHAPE_SIGNS.get(self.shape, "")

    @property
    def percent(self) -> Decimal | None:
        """The ratio in per cent, unrounded."""
        return None if self.ratio is None else self.ratio * _HUNDRED

    @property
    def gap(self) -> Decimal:
        """Executed less programmed, blanks as nothing: -6 for 0 of 6."""
        return (self.executed or Decimal(0)) - (self.programmed or Decimal(0))

    @property
    def deviates(self) -> bool:
        """Whether a report must tell it: it departs from what was programmed, or a figure is still owed."""
        return self.gap != 0 or self.kind in (StateKind.PENDING, StateKind.UNPROGRAMMED)


def state_of(
    programmed: Months,
    executed: Months,
    months: Sequence[int],
    activity: Activity,
    bands: Sequence[Band],
) -> State:
    """The state over `months` (1 to 12, ascending) of twelve programmed and twelve executed values."""
    return state_of_values(
        value_over(programmed, months, activity.goal_kind),
        value_over(executed, months, activity.goal_kind),
        owed=bool(owed_months(programmed, executed, months)),
        direction=activity.direction,
        bands=bands,
    )


def state_of_money(
    programmed: Months, executed: Months, months: Sequence[int], bands: Sequence[Band]
) -> State:
    """The same of amounts in soles, which always add up and where more is more."""
    return state_of_values(
        value_over(programmed, months, GoalKind.SUM),
        value_over(executed, months, GoalKind.SUM),
        owed=bool(owed_months(programmed, executed, months)),
        direction=Direction.MORE,
        bands=bands,
    )


def state_of_values(
    programmed: Decimal | None,
    executed: Decimal | None,
    *,
    owed: bool,
    direction: Direction,
    bands: Sequence[Band],
) -> State:
    """The state of two figures of a period; `owed`: the figure of some month of it is still to be told."""
    if not programmed:
        kind = StateKind.UNPROGRAMMED if executed else StateKind.NOT_PROGRAMMED
        return State(kind, *OUTSIDE_BANDS[kind], None, programmed, executed)
    ratio = _ratio(programmed, executed, direction)
    if owed or executed is None:
        kind = StateKind.PENDING
        return State(kind, *OUTSIDE_BANDS[kind], ratio, programmed, executed)
    if direction is Direction.MORE and executed > programmed:
        kind = StateKind.EXCESS
        return State(kind, *OUTSIDE_BANDS[kind], ratio, programmed, executed)
    band = _band_of(programmed, executed, direction, bands)
    return State(StateKind.BAND, band.label, band.tone, band.shape, ratio, programmed, executed)


def owed_months(programmed: Months, executed: Months, months: Sequence[int]) -> tuple[int, ...]:
    """The months with something programmed and nothing told, not even a zero."""
    return tuple(number for number in months if programmed[number - 1] and executed[number - 1] is None)


def _ratio(programmed: Decimal, executed: Decimal | None, direction: Direction) -> Decimal | None:
    """Executed over programmed; where less is better, the other way round and never above one."""
    if executed is None:
        return None
    if direction is Direction.LESS:
        return Decimal(1) if executed <= programmed else programmed / executed
    return executed / programmed


def _band_of(programmed: Decimal, executed: Decimal, direction: Direction, bands: Sequence[Band]) -> Band:
    """The highest band whose bound is reached; multiplied out, so that no division blurs a bound."""
    if direction is Direction.LESS:
        over, under = (programmed, executed) if executed > programmed else (Decimal(1), Decimal(1))
    else:
        over, under = executed, programmed
    reached = [
        band
        for band in bands
        if over * _HUNDRED > band.lower * under or (band.inclusive and over * _HUNDRED == band.lower * under)
    ]
    return max(reached, key=lambda band: band.lower) if reached else min(bands, key=lambda band: band.lower)
