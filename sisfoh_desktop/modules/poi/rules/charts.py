"""What the charts of a year show: month by month, cumulative, and a map of units by months.

Unlike units are never added. With a unit of measure chosen, charts show its sums; without one they count activities
(fulfilled of those that had something to do) or tell per cent of each activity's own annual goal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.by_measure import MeasureKey, measure_key_of
from sisfoh_desktop.modules.poi.rules.facts import (
    ActivityYear,
    Band,
    Direction,
    GoalKind,
    Months,
    PoiYear,
    last_month,
    value_to_date,
)
from sisfoh_desktop.modules.poi.rules.quarter_table import sum_told
from sisfoh_desktop.modules.poi.rules.states import State, StateKind, state_of, state_of_values

_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_MONTHS = range(1, 13)


@dataclass(frozen=True)
class Scope:
    """What a chart looks at: one unit ("": all) and one unit of measure (None: all, which are not added)."""

    unit_name: str = ""
    measure: MeasureKey | None = None

    def holds(self, one: ActivityYear) -> bool:
        activity = one.activity
        return (not self.unit_name or activity.unit_name == self.unit_name) and (
            self.measure is None or measure_key_of(activity) == self.measure
        )


@dataclass(frozen=True)
class Series:
    """Twelve programmed and twelve executed values; blank where there is nothing to draw.

    Without a unit of measure they are activities (`month_series`) or per cent of the annual goals (`cumulative`).
    """

    scope: Scope
    programmed: Months
    executed: Months
    activities: int

    @property
    def is_empty(self) -> bool:
        return not any(self.programmed) and not any(self.executed)

    @property
    def last_executed(self) -> int:
        """The last month (1 to 12) with anything executed; 0 for none."""
        return last_month(self.executed)


@dataclass(frozen=True)
class HeatRow:
    """A row of the map: its name and twelve states, None for a month not reached yet or without activities."""

    name: str
    cells: tuple[State | None, ...]


@dataclass(frozen=True)
class HeatMap:
    """Units by months, or activities by months where one unit is chosen.

    `counts`: a unit's cell counts its activities (programmed and fulfilled in the month) instead of adding what they
    did.
    """

    scope: Scope
    rows: tuple[HeatRow, ...]
    counts: bool


def month_series(year: PoiYear, scope: Scope) -> Series:
    """Programmed against executed in each month.

    With a unit of measure: what they come to. Without: how many activities had something to do in the month, and
    how many of those did it.
    """
    chosen = [one for one in year.activities if scope.holds(one)]
    reached = _reached(chosen)
    if scope.measure is not None:
        stock = scope.measure.goal_kind is GoalKind.STOCK
        return Series(
            scope,
            _summed([one.activity.programmed for one in chosen], 12, carry=stock),
            _summed([one.executed for one in chosen], reached, carry=stock),
            len(chosen),
        )
    due: list[Decimal | None] = []
    done: list[Decimal | None] = []
    for month in _MONTHS:
        wanted, did, _owed = _counted(chosen, month)
        due.append(Decimal(wanted) if wanted else None)
        done.append(Decimal(did) if month <= reached and wanted else None)
    return Series(scope, tuple(due), tuple(done), len(chosen))


def cumulative(year: PoiYear, scope: Scope) -> Series:
    """What the year comes to by the end of each month.

    With a unit of measure: in its units. Without: the mean of how far each activity is towards its own annual goal, in
    per cent, each of a hundred at the most; activities without a goal, or where less is better, are left out.
    """
    chosen = [one for one in year.activities if scope.holds(one)]
    if scope.measure is not None:
        monthly = month_series(year, scope)
        if scope.measure.goal_kind is GoalKind.STOCK:
            return monthly
        return Series(scope, _running(monthly.programmed), _running(monthly.executed), len(chosen))
    weighed = [
        (one, goal)
        for one in chosen
        if one.activity.direction is Direction.MORE and (goal := _annual(one)) is not None and goal > 0
    ]
    goals = [goal for _one, goal in weighed]
    kinds = [one.activity.goal_kind for one, _goal in weighed]
    return Series(
        scope,
        _advance([one.activity.programmed for one, _goal in weighed], goals, kinds),
        _advance([one.executed for one, _goal in weighed], goals, kinds),
        len(weighed),
    )


def heat_map(year: PoiYear, scope: Scope) -> HeatMap:
    """Units by months; activities by months where the scope names a unit."""
    chosen = [one for one in year.activities if scope.holds(one)]
    reached = year.last_executed
    bands = year.plan.bands
    if scope.unit_name:
        rows = tuple(
            HeatRow(
                one.activity.title,
                tuple(_state(one, month, bands) if month <= reached else None for month in _MONTHS),
            )
            for one in chosen
        )
        return HeatMap(scope, rows, counts=False)
    groups: dict[str, list[ActivityYear]] = {}
    for one in chosen:
        groups.setdefault(one.activity.unit_name, []).append(one)
    counts = scope.measure is None
    return HeatMap(
        scope,
        tuple(
            HeatRow(
                name,
                tuple(
                    _unit_cell(found, month, bands, counts=counts) if month <= reached else None
                    for month in _MONTHS
                ),
            )
            for name, found in groups.items()
        ),
        counts,
    )


def unit_names(year: PoiYear) -> tuple[str, ...]:
    """The units of a year in plan order."""
    return tuple(dict.fromkeys(one.activity.unit_name for one in year.activities))


def _state(one: ActivityYear, month: int, bands: Sequence[Band]) -> State:
    return state_of(one.activity.programmed, one.executed, (month,), one.activity, bands)


def _unit_cell(found: Sequence[ActivityYear], month: int, bands: Sequence[Band], *, counts: bool) -> State:
    if counts:
        wanted, did, owed = _counted(found, month)
        if not wanted:
            did = sum(bool(one.executed[month - 1]) for one in found)
        return state_of_values(
            Decimal(wanted) or None,
            Decimal(did) or (Decimal(0) if wanted else None),
            owed=owed > 0,
            direction=Direction.MORE,
            bands=bands,
        )
    states = [_state(one, month, bands) for one in found]
    return state_of_values(
        sum_told(state.programmed for state in states),
        sum_told(state.executed for state in states),
        owed=any(state.kind is StateKind.PENDING for state in states),
        direction=found[0].activity.direction,
        bands=bands,
    )


def _counted(found: Sequence[ActivityYear], month: int) -> tuple[int, int, int]:
    """Activities that had something to do in a month, those that did it, those whose figure is owed.

    The same as the states of that one month would tell, without making them: a region has 200 000 of them.
    """
    at = month - 1
    wanted = did = owed = 0
    for one in found:
        activity = one.activity
        programmed = activity.programmed[at]
        if programmed:
            wanted += 1
            executed = one.executed[at]
            if executed is None:
                owed += 1
            elif executed == programmed or (executed > programmed) is (activity.direction is Direction.MORE):
                did += 1
    return wanted, did, owed


def _reached(chosen: Sequence[ActivityYear]) -> int:
    return max((last_month(one.executed) for one in chosen), default=0)


def _annual(one: ActivityYear) -> Decimal | None:
    activity = one.activity
    if activity.annual is not None:
        return activity.annual
    return value_to_date(activity.programmed, 12, activity.goal_kind)


def _summed(listed: Sequence[Months], reached: int, *, carry: bool) -> Months:
    """The sum of each month up to `reached`; with `carry` a blank keeps the level told last."""
    levels = [_carried(months) for months in listed] if carry else listed
    return tuple(sum_told(months[at] for months in levels) if at < reached else None for at in range(12))


def _carried(months: Months) -> Months:
    """Each month's level: its own, or the last one told before it."""
    level: Decimal | None = None
    levels: list[Decimal | None] = []
    for value in months:
        level = value if value is not None else level
        levels.append(level)
    return tuple(levels)


def _running(months: Months) -> Months:
    """The sum so far, up to the last month told."""
    so_far = Decimal(0)
    sums: list[Decimal | None] = []
    for number, value in enumerate(months, 1):
        so_far += value or 0
        sums.append(so_far if number <= last_month(months) else None)
    return tuple(sums)


def _advance(listed: Sequence[Months], goals: Sequence[Decimal], kinds: Sequence[GoalKind]) -> Months:
    """The mean share of the annual goals by the end of each month, in per cent, up to the last month told."""
    reached = max(map(last_month, listed), default=0)
    totals = [Decimal(0)] * reached
    for months, goal, kind in zip(listed, goals, kinds, strict=True):
        so_far = Decimal(0)
        for at in range(reached):
            value = months[at]
            if value is not None:
                so_far = value if kind is GoalKind.STOCK else so_far + value
            totals[at] += min(so_far / goal, _ONE)
    means = [_HUNDRED * total / len(goals) for total in totals]
    return (*means, *(None,) * (12 - reached))
