"""Who reports on time: by unit and month, against the day on which the month should be closed.

A figure that came from a file tells nothing of the day it was reported, and is counted apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.modules.poi.rules.facts import MonthState
from sisfoh_desktop.modules.poi.rules.follow_up import FollowedActivity, has_begun


class Report(StrEnum):
    """How a unit stands in a month."""

    NOTHING = "sin_programacion"
    TO_COME = "por_venir"
    ON_TIME = "a_tiempo"
    LATE = "tarde"
    PENDING = "pendiente"
    OVERDUE = "vencido"
    IMPORTED = "importado"


@dataclass(frozen=True)
class UnitMonth:
    """A unit's report of a month: activities programmed, by when their figure came.

    `late_days` are calendar days past `due_on`: of the last figure to come, or until today where one is missing.
    """

    month: int
    due_on: date
    expected: int
    on_time: int
    late: int
    pending: int
    imported: int
    late_days: int
    report: Report

    @property
    def words(self) -> str:
        """How a cell says it: «A tiempo», «Tarde, 3 d», «Faltan 2»…"""
        if self.report is Report.LATE:
            return f"Tarde, {self.late_days} d"
        if self.report in (Report.PENDING, Report.OVERDUE):
            return f"Falta{'n' if self.pending > 1 else ''} {self.pending} de {self.expected}"
        return _WORDS[self.report]


_WORDS = {
    Report.NOTHING: "Sin programación",
    Report.TO_COME: "",
    Report.ON_TIME: "A tiempo",
    Report.IMPORTED: "Importado",
}


@dataclass(frozen=True)
class UnitPunctuality:
    """A unit's twelve months. Only months whose day has passed, or that are whole, are judged."""

    unit_name: str
    months: tuple[UnitMonth, ...]

    @property
    def on_time(self) -> int:
        return sum(one.report is Report.ON_TIME for one in self.months)

    @property
    def judged(self) -> int:
        return sum(one.report in (Report.ON_TIME, Report.LATE, Report.OVERDUE) for one in self.months)

    @property
    def overdue(self) -> int:
        return sum(one.report is Report.OVERDUE for one in self.months)

    @property
    def late_days(self) -> int:
        """The most days late of any month."""
        return max((one.late_days for one in self.months), default=0)

    @property
    def words(self) -> str:
        """«3 de 4 meses a tiempo»."""
        if not self.judged:
            return "Sin meses que juzgar"
        return f"{self.on_time} de {self.judged} {'mes' if self.judged == 1 else 'meses'} a tiempo"


@dataclass(frozen=True)
class Punctuality:
    """Every unit of the plan, in the plan's order, on a day."""

    year: int
    today: date
    units: tuple[UnitPunctuality, ...]


def punctuality_of(
    activities: Iterable[FollowedActivity], months: Sequence[MonthState], *, year: int, today: date
) -> Punctuality:
    """Reckoned from the first time each programmed month was reported."""
    by_unit: dict[str, list[FollowedActivity]] = {}
    for one in activities:
        by_unit.setdefault(one.activity.unit_name, []).append(one)
    return Punctuality(
        year,
        today,
        tuple(
            UnitPunctuality(name, tuple(_unit_month(own, state, year, today) for state in months))
            for name, own in by_unit.items()
        ),
    )


def _unit_month(own: Sequence[FollowedActivity], state: MonthState, year: int, today: date) -> UnitMonth:
    month = state.month
    expected = on_time = late = pending = imported = late_days = 0
    for one in own:
        if not one.activity.programmed[month - 1]:
            continue
        expected += 1
        cell = one.cells.get(month)
        if cell is None or cell.physical is None:
            pending += 1
        elif cell.imported or cell.registered_at is None:
            imported += 1
        else:
            days = (cell.registered_at.date() - state.due_on).days
            on_time, late = (on_time, late + 1) if days > 0 else (on_time + 1, late)
            late_days = max(late_days, days)
    begun = has_begun(year, month, today)
    if pending and begun:
        late_days = max(late_days, (today - state.due_on).days)
    report = _report(begun, expected, on_time, late, pending, overdue=today > state.due_on)
    return UnitMonth(
        month, state.due_on, expected, on_time, late, pending, imported, max(late_days, 0), report
    )


def _report(begun: bool, expected: int, on_time: int, late: int, pending: int, *, overdue: bool) -> Report:
    if not expected:
        return Report.NOTHING
    if pending:
        if not begun:
            return Report.TO_COME
        return Report.OVERDUE if overdue else Report.PENDING
    if late:
        return Report.LATE
    return Report.ON_TIME if on_time else Report.IMPORTED
