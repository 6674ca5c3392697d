"""Days off: Easter against published dates, rules that hold only from their law's date, places."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.holidays import DayOff, DayOffKind, HolidayRule, days_off_of, easter


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2028, 4, 16),
        date(2029, 4, 1),
        date(2030, 4, 21),
        date(1961, 4, 2),
        date(2038, 4, 25),
        date(2008, 3, 23),
        date(1954, 4, 18),
    ],
)
def test_easter_falls_on_its_published_date(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(min_value=1900, max_value=2100))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_maundy_thursday_and_good_friday_move_with_easter() -> None:
    rules = [HolidayRule("Jueves Santo", easter_offset=-3), HolidayRule("Viernes Santo", easter_offset=-2)]
    assert [off.day for off in days_off_of(rules, [2026, 2027])] == [
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2027, 3, 25),
        date(2027, 3, 26),
    ]


def test_a_yearly_day_holds_only_from_its_law_on() -> None:
    flag = HolidayRule("Día de la Bandera", "Ley 31788", month=6, day=7, valid_from=date(2023, 6, 16))
    assert flag.day_in(2023) is None
    assert flag.day_in(2024) == date(2024, 6, 7)


def test_a_repealed_day_ends() -> None:
    gone = HolidayRule("Día derogado", month=8, day=6, valid_to=date(2026, 8, 5))
    assert gone.day_in(2025) == date(2025, 8, 6)
    assert gone.day_in(2026) is None


def test_a_single_day_belongs_to_its_year_alone() -> None:
    bridge = HolidayRule("Puente", on=date(2026, 1, 2), kind=DayOffKind.COMPENSABLE)
    assert [bridge.day_in(year) for year in (2025, 2026, 2027)] == [None, date(2026, 1, 2), None]


def test_29_february_exists_in_leap_years_only() -> None:
    leap = HolidayRule("Bisiesto", month=2, day=29)
    assert leap.day_in(2023) is None
    assert leap.day_in(2024) == date(2024, 2, 29)


def test_a_rule_without_a_date_gives_no_day() -> None:
    assert HolidayRule("Vacío").day_in(2024) is None


def test_regional_days_reach_only_their_place() -> None:
    rules = [
        HolidayRule("Nacional", on=date(2025, 5, 1)),
        HolidayRule("Tacna", scope="23", on=date(2025, 9, 1)),
        HolidayRule("Mariscal Nieto", scope="1801", month=11, day=25),
    ]
    assert [off.name for off in days_off_of(rules, [2025], "230101")] == ["Nacional", "Tacna"]
    assert [off.name for off in days_off_of(rules, [2025], "180101")] == ["Nacional", "Mariscal Nieto"]
    assert [off.name for off in days_off_of(rules, [2025])] == ["Nacional"]


def test_a_day_off_is_named_with_its_norm() -> None:
    assert DayOff(date(2024, 12, 25), "Navidad", "DLeg 713").reason == "Navidad (DLeg 713)"
    assert DayOff(date(2024, 12, 25), "Navidad").reason == "Navidad"


@given(st.integers(min_value=-60, max_value=60), st.integers(min_value=1950, max_value=2099))
def test_an_offset_counts_from_easter(offset: int, year: int) -> None:
    assert HolidayRule("Móvil", easter_offset=offset).day_in(year) == easter(year) + timedelta(days=offset)
