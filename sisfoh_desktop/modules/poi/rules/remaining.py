"""«Lo que falta para el trimestre»: what each activity still has to do by the end of a quarter.

What earlier quarters left undone counts too, and is told apart. Where less is better there is nothing left to do.
"""

from dataclasses import dataclass
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.facts import (
    ActivityYear,
    Direction,
    GoalKind,
    PoiYear,
    months_of_quarter,
    value_to_date,
)

_NONE = Decimal(0)


@dataclass(frozen=True)
class RemainingLine:
    """What is left by the end of a quarter: `missing` of which `arrears` come from the quarters before.

    `programmed` and `executed` are from January to the end of the quarter; for a goal told as a level («acumulado»)
    they are the level, which has no arrears. Up to the month that the year is looked at, `late` of it should have been
    done already, and `owed_months` are those of the quarter that nobody has told yet.
    """

    row: ActivityYear
    programmed: Decimal
    executed: Decimal
    missing: Decimal
    arrears: Decimal
    owed_months: tuple[int, ...]
    late: Decimal = _NONE

    @property
    def to_come(self) -> Decimal:
        """What is left for months after the one that the year is looked at."""
        return self.missing - self.late


def remaining_of(year: PoiYear, quarter: int, until: int = 0) -> tuple[RemainingLine, ...]:
    """The activities that have not yet done all that the quarter (1 to 4) asks for, in plan order.

    `until`: the month (1 to 12) up to which the year is looked at; 0 for the end of the quarter.
    """
    lines = (remaining_line(one, quarter, until) for one in year.activities)
    return tuple(line for line in lines if line is not None)


def remaining_line(one: ActivityYear, quarter: int, until: int = 0) -> RemainingLine | None:
    """What an activity has left by the end of the quarter; None where nothing is."""
    activity = one.activity
    if activity.direction is Direction.LESS:
        return None
    months = months_of_quarter(quarter)
    end, before = months[-1], months[0] - 1
    programmed = value_to_date(activity.programmed, end, activity.goal_kind) or _NONE
    executed = value_to_date(one.executed, end, activity.goal_kind) or _NONE
    missing = programmed - executed
    if missing <= 0:
        return None
    arrears = _NONE
    if before and activity.goal_kind is GoalKind.SUM:
        earlier = (value_to_date(activity.programmed, before, GoalKind.SUM) or _NONE) - (
            value_to_date(one.executed, before, GoalKind.SUM) or _NONE
        )
        arrears = min(max(earlier, _NONE), missing)
    seen = until or end
    owed = tuple(
        month
        for month in months
        if month <= seen and activity.programmed[month - 1] and one.executed[month - 1] is None
    )
    wanted = value_to_date(activity.programmed, seen, activity.goal_kind) or _NONE
    late = min(max(wanted - executed, _NONE), missing)
    return RemainingLine(one, programmed, executed, missing, arrears, owed, late)
