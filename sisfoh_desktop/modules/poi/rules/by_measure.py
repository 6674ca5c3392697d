"""What was programmed and executed up to a month, added only where the unit of measure is the same.

Levels («acumulado») and indicators where less is better stand apart from the sums of the same unit of measure.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.by_unit import Tally, state_heads, tally_of
from sisfoh_desktop.modules.poi.rules.exceptions import states_until
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, Direction, GoalKind, PoiYear
from sisfoh_desktop.modules.poi.rules.quarter_table import sum_told
from sisfoh_desktop.modules.poi.rules.states import State, StateKind, state_of_values


@dataclass(frozen=True)
class MeasureKey:
    """What may be added up: one unit of measure, one kind of goal, one direction."""

    measure: str
    goal_kind: GoalKind = GoalKind.SUM
    direction: Direction = Direction.MORE

    @property
    def name(self) -> str:
        """The unit of measure, with what sets it apart: «PERSONAS (acumulado)»."""
        apart = [
            words
            for words, told in (
                ("acumulado", self.goal_kind is GoalKind.STOCK),
                ("menos es mejor", self.direction is Direction.LESS),
            )
            if told
        ]
        return f"{self.measure} ({', '.join(apart)})" if apart else self.measure


@dataclass(frozen=True)
class MeasureLine:
    """The activities of one key. `state` is that of their sums: it is pending while any of them is."""

    key: MeasureKey
    annual: Decimal | None
    state: State
    tally: Tally

    @property
    def name(self) -> str:
        return self.key.name


def measure_key_of(activity: Activity) -> MeasureKey:
    """With what an activity may be added up."""
    return MeasureKey(activity.measure, activity.goal_kind, activity.direction)


def measure_keys(year: PoiYear) -> tuple[MeasureKey, ...]:
    """The keys of a year, that of most activities first."""
    counts = Counter(measure_key_of(one.activity) for one in year.activities)
    return tuple(key for key, _count in counts.most_common())


def by_measure(year: PoiYear, until: int, states: Sequence[State] | None = None) -> tuple[MeasureLine, ...]:
    """The units of measure, that of most activities first, from January to the month `until`.

    `states`: those of `states_until`, if at hand.
    """
    bands = year.plan.bands
    told = states_until(year, until) if states is None else states
    groups: dict[MeasureKey, list[tuple[ActivityYear, State]]] = {}
    for one, state in zip(year.activities, told, strict=True):
        groups.setdefault(measure_key_of(one.activity), []).append((one, state))
    heads = state_heads(bands)
    lines = [
        MeasureLine(
            key,
            sum_told(one.activity.annual for one, _state in found),
            state_of_values(
                sum_told(state.programmed for _one, state in found),
                sum_told(state.executed for _one, state in found),
                owed=any(state.kind is StateKind.PENDING for _one, state in found),
                direction=key.direction,
                bands=bands,
            ),
            tally_of((state for _one, state in found), heads),
        )
        for key, found in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: -line.tally.activities))
