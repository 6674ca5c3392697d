"""Terms of the administrative procedure: which days count, when a term ends, and why a day was skipped.

The articles are those of the TUO of Ley 27444 in the numbering of DS 006-2026-JUS (before: DS 004-2019-JUS,
ten or eleven higher). Which days are off is data: the office keeps it, holidays.py turns rules into days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import LAST_YEAR, MONTH_NAMES, WEEKDAY_NAMES, format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.holidays import DayOff, DayOffKind, HolidayRule, days_off_of, easter

__all__ = [
    "Calendar",
    "DayOff",
    "DayOffKind",
    "HolidayRule",
    "Skipped",
    "Term",
    "days_off_of",
    "easter",
    "term_in_calendar_days",
    "term_in_months",
    "term_in_workdays",
    "workdays_between",
]

LONGEST_TERM_DAYS = 3_660
LONGEST_TERM_MONTHS = 120
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Skipped:
    """A day that did not count, with the reason as it is shown: `domingo`, `Navidad (DLeg 713)`."""

    day: date
    reason: str


@dataclass(frozen=True)
class Term:
    """Where a term ends, the days passed over on the way, and what a lawyer should look at."""

    last_day: date
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


class Calendar:
    """The days off of one place. Days may be given one by one, as rules that hold year after year, or both.

    `verified_until` is the last day up to which someone compared the calendar with the official gazette;
    terms that end later say so in their notes.
    """

    def __init__(
        self,
        days_off: Iterable[DayOff] = (),
        *,
        rules: Sequence[HolidayRule] = (),
        ubigeo: str = "",
        verified_until: date | None = None,
    ) -> None:
        self._given: dict[date, list[DayOff]] = {}
        for off in days_off:
            self._given.setdefault(off.day, []).append(off)
        self._rules = tuple(rules)
        self._by_year: dict[int, Mapping[date, tuple[DayOff, ...]]] = {}
        self._counted: dict[int, list[int]] = {}
        self.ubigeo = ubigeo
        self.verified_until = verified_until

    def days_off(self, day: date) -> tuple[DayOff, ...]:
        """Everything the calendar knows about `day`, whether it suspends terms or not."""
        if day.year not in self._by_year:
            found: dict[date, list[DayOff]] = {
                off_day: list(offs) for off_day, offs in self._given.items() if off_day.year == day.year
            }
            for off in days_off_of(self._rules, (day.year,), self.ubigeo):
                found.setdefault(off.day, []).append(off)
            self._by_year[day.year] = {off_day: tuple(offs) for off_day, offs in found.items()}
        return self._by_year[day.year].get(day, ())

    def why_not(self, day: date) -> str | None:
        """Why `day` does not count (a holiday is named before a weekend), None when it does (art. 134.1)."""
        for off in self.days_off(day):
            if off.suspends and off.kind is not DayOffKind.HALF_DAY:
                return off.reason
        return WEEKDAY_NAMES[day.weekday()] if day.weekday() >= 5 else None

    def is_workday(self, day: date) -> bool:
        return self.why_not(day) is None

    def workdays_of_year(self, year: int) -> list[int]:
        """Running count of working days: the n-th entry says how many lie in the first n days of `year`.

        Kept, because a tray of hundreds of files asks for the same years over and over.
        """
        if year not in self._counted:
            count, counts = 0, [0]
            day = date(year, 1, 1)
            while day.year == year:
                count += self.is_workday(day)
                counts.append(count)
                if day == date.max:
                    break
                day += _ONE_DAY
            self._counted[year] = counts
        return self._counted[year]

    def why_not_last(self, day: date) -> str | None:
        """Why a term may not end on `day`: it does not count, or attention is cut short (art. 134.2)."""
        reason = self.why_not(day)
        if reason is None:
            reason = next((off.reason for off in self.days_off(day) if off.suspends), None)
        return reason


def term_in_workdays(start: date, days: int, calendar: Calendar, *, from_notification: bool = False) -> Term:
    """The last day of a term of `days` working days that starts after `start` (arts. 133 and 134).

    `start` is the day of the event and does not count itself. With `from_notification` a `start` that is
    no working day moves to the next one first, since notification is served on working days (art. 18).
    `days` 0 means the same day. RuleError `term_negative`, `term_too_long`, `date_out_of_range`.
    """
    _check_year(start.year)
    _check_length(days, LONGEST_TERM_DAYS, "días hábiles")
    skipped: list[Skipped] = []
    day = start
    if from_notification:
        day = _first_counting(day, calendar, skipped)
    left = days
    while left:
        day = _day_after(day)
        reason = calendar.why_not(day)
        if reason is None:
            left -= 1
        else:
            skipped.append(Skipped(day, reason))
    return _ended(start, day, calendar, skipped)


def term_in_calendar_days(start: date, days: int, calendar: Calendar) -> Term:
    """The last day of a term that a norm gives in calendar days (art. 139); a day off at its end rolls it forward.

    RuleError `term_negative`, `term_too_long`, `date_out_of_range`.
    """
    _check_year(start.year)
    _check_length(days, LONGEST_TERM_DAYS, "días calendario")
    day = start + timedelta(days=days)
    _check_year(day.year)
    return _ended(start, day, calendar, [])


def term_in_months(start: date, months: int, calendar: Calendar) -> Term:
    """The last day of a term of `months`, from date to date (art. 134.3).

    Where the last month has no such day the term ends on the first working day of the month after it.
    RuleError `term_negative`, `term_too_long`, `date_out_of_range`.
    """
    _check_year(start.year)
    _check_length(months, LONGEST_TERM_MONTHS, "meses")
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    _check_year(year)
    notes: list[str] = []
    try:
        day = date(year, month0 + 1, start.day)
    except ValueError:
        notes.append(
            f"{MONTH_NAMES[month0].capitalize()} de {year} no tiene día {start.day}: el plazo vence el primer día "
            "hábil del mes siguiente (TUO LPAG, art. 134.3)."
        )
        day = date(year, month0 + 2, 1)  # only a short month lacks a day, and December is not one
    return _ended(start, day, calendar, [], notes)


def workdays_between(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after `after`, up to and including `until`; 0 if `until` is not later."""
    if until <= after:
        return 0
    whole_years = sum(calendar.workdays_of_year(year)[-1] for year in range(after.year, until.year))
    return whole_years + _so_far(until, calendar) - _so_far(after, calendar)


def _so_far(day: date, calendar: Calendar) -> int:
    """Working days of its year up to and including `day`."""
    return calendar.workdays_of_year(day.year)[day.timetuple().tm_yday]


def _ended(
    start: date, day: date, calendar: Calendar, skipped: list[Skipped], notes: Sequence[str] = ()
) -> Term:
    """Roll a last day without normal attention forward (art. 134.2) and say what deserves a second look."""
    last_day = day
    while (reason := calendar.why_not_last(last_day)) is not None:
        skipped.append(Skipped(last_day, reason))
        last_day = _day_after(last_day)
    found = [*notes, *_doubts(start, last_day, calendar)]
    if calendar.verified_until is not None and last_day > calendar.verified_until:
        found.append(
            f"El calendario de feriados está verificado hasta el {format_date(calendar.verified_until)}: "
            "confirme que no se haya declarado otro día no laborable."
        )
    return Term(last_day, tuple(skipped), tuple(found))


def _doubts(start: date, last_day: date, calendar: Calendar) -> list[str]:
    """Days off inside the term that were counted as working days because they do not suspend terms."""
    doubts: list[str] = []
    day = start
    while day < last_day:
        day += _ONE_DAY
        if calendar.is_workday(day):
            doubts.extend(
                f"El {format_date(day)} se contó como día hábil aunque figura «{off.reason}», "
                "marcado como día que no suspende plazos."
                for off in calendar.days_off(day)
                if not off.suspends
            )
    return doubts


def _first_counting(day: date, calendar: Calendar, skipped: list[Skipped]) -> date:
    while (reason := calendar.why_not(day)) is not None:
        skipped.append(Skipped(day, reason))
        day = _day_after(day)
    return day


def _day_after(day: date) -> date:
    _check_year((day + _ONE_DAY).year)
    return day + _ONE_DAY


def _check_length(length: int, longest: int, unit: str) -> None:
    if length < 0:
        raise RuleError("term_negative", f"Un plazo no puede ser de {length} {unit}: escriba cero o más.")
    if length > longest:
        raise RuleError(
            "term_too_long", f"Un plazo de {length} {unit} es demasiado largo; el máximo es {longest}."
        )


def _check_year(year: int) -> None:
    if year > LAST_YEAR:
        raise RuleError(
            "date_out_of_range", f"El plazo pasaría del año {LAST_YEAR}; revise la fecha de inicio."
        )
