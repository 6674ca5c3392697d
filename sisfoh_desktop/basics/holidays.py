"""Rules of days off (yearly, by Easter, or once) and the days they give in each year and place.

No list of holidays lives here: the national one is data (`resources/data/national/holidays.toml`), the
office adds its own. How terms count around these days is in workdays.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayOffKind(StrEnum):
    """What sort of day off; the value is what is stored."""

    HOLIDAY = "feriado"
    COMPENSABLE = "no_laborable"
    HALF_DAY = "media_jornada"


@dataclass(frozen=True)
class DayOff:
    """One day off: `scope` is an INEI ubigeo prefix ("" is the whole country, "23" Tacna's department).

    `suspends` tells whether the day is left out of terms; a half day that suspends still counts, but no
    term may end on it (TUO LPAG art. 134.2).
    """

    day: date
    name: str
    norm: str = ""
    scope: str = ""
    kind: DayOffKind = DayOffKind.HOLIDAY
    suspends: bool = True

    @property
    def reason(self) -> str:
        """`Navidad (DLeg 713)`, as shown beside a skipped day."""
        return f"{self.name} ({self.norm})" if self.norm else self.name


@dataclass(frozen=True)
class HolidayRule:
    """A day off as a norm sets it. Exactly one of: `month` and `day`, `easter_offset` (days), `on`.

    `valid_from` is the day the norm took effect: the same date in earlier years was a working day.
    `valid_to` is the last day on which the rule held; None means it still does.
    """

    name: str
    norm: str = ""
    scope: str = ""
    kind: DayOffKind = DayOffKind.HOLIDAY
    suspends: bool = True
    month: int | None = None
    day: int | None = None
    easter_offset: int | None = None
    on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def day_in(self, year: int) -> date | None:
        """The date in `year`, None if the rule gives none then (not yet in force, 29 February, other year)."""
        found = self.on
        if self.easter_offset is not None:
            found = easter(year) + timedelta(days=self.easter_offset)
        elif self.month is not None and self.day is not None:
            try:
                found = date(year, self.month, self.day)
            except ValueError:
                found = None  # 29 February exists in leap years only
        if found is None or found.year != year:
            return None
        too_early = self.valid_from is not None and found < self.valid_from
        too_late = self.valid_to is not None and found > self.valid_to
        return None if too_early or too_late else found


def days_off_of(rules: Iterable[HolidayRule], years: Sequence[int], ubigeo: str = "") -> list[DayOff]:
    """The days off of `rules` in `years` that reach the place `ubigeo` (INEI), in order of date."""
    found = [
        DayOff(day, rule.name, rule.norm, rule.scope, rule.kind, rule.suspends)
        for rule in rules
        if ubigeo.startswith(rule.scope)
        for year in years
        if (day := rule.day_in(year)) is not None
    ]
    return sorted(found, key=lambda off: (off.day, off.name))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, odd_years = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * leap_years - epact - odd_years) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day0 = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day0 + 1)
