"""The plan's period and its weeks, for sentences and for the schedule."""

from dataclasses import dataclass
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import MONTH_NAMES
from sisfoh_desktop.modules.plans.rules.facts import Activity, Plan


@dataclass(frozen=True)
class Week:
    """A column of the schedule, Monday to Sunday, and the (year, month) it is drawn under."""

    number: int
    monday: date
    month: tuple[int, int]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def period_text(plan: Plan) -> str:
    """`Marzo a Julio 2024`, `Noviembre 2024 a Febrero 2025`, `Marzo 2024`; empty while a date is missing."""
    if plan.starts is None or plan.ends is None:
        return ""
    first, last = _month(plan.starts), _month(plan.ends)
    if plan.starts.year != plan.ends.year:
        return f"{first} {plan.starts.year} a {last} {plan.ends.year}"
    if first == last:
        return f"{first} {plan.starts.year}"
    return f"{first} a {last} {plan.ends.year}"


def month_text(month: tuple[int, int]) -> str:
    """`Marzo 2024`."""
    return f"{MONTH_NAMES[month[1] - 1].capitalize()} {month[0]}"


def schedule_weeks(plan: Plan) -> tuple[Week, ...]:
    """Every week that the period or an activity touches, numbered from the first; none without dates.

    A week belongs to the month of its Thursday, held between the first and the last day of all.
    """
    days = [day for day in (plan.starts, plan.ends) if day]
    days += [day for activity in plan.activities for day in (activity.starts, activity.ends) if day]
    if not days:
        return ()
    first, last = min(days), max(days)
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    weeks = []
    for number in range(count):
        start = monday + timedelta(weeks=number)
        middle = min(max(start + timedelta(days=3), first), last)
        weeks.append(Week(number + 1, start, (middle.year, middle.month)))
    return tuple(weeks)


def runs_in(activity: Activity, week: Week) -> bool:
    """Whether the activity has a day in the week."""
    if activity.starts is None or activity.ends is None:
        return False
    return activity.starts <= week.sunday and week.monday <= activity.ends


def in_year(day: date | None, shift: int) -> date | None:
    """The same day `shift` years later; 29 February becomes the 28th where the year has none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + shift)
    except ValueError:
        return day.replace(year=day.year + shift, day=28)


def _month(day: date) -> str:
    return MONTH_NAMES[day.month - 1].capitalize()
