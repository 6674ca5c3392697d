"""Dates as they are typed and printed."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.dates import format_date, long_date, parse_date, stamp_date, weekday_name
from sisfoh_desktop.basics.errors import RuleError

TODAY = date(2024, 3, 8)


def test_a_date_is_printed_in_three_ways() -> None:
    day = date(2024, 3, 8)
    assert format_date(day) == "08/03/2024"
    assert long_date(day) == "08 de marzo de 2024"
    assert stamp_date(day) == "08 MAR 2024"
    assert weekday_name(day) == "viernes"
    assert long_date(date(2024, 9, 1)) == "01 de setiembre de 2024"
    assert stamp_date(date(2024, 9, 1)) == "01 SET 2024"


@pytest.mark.parametrize(
    "typed",
    ["8/3/24", "08/03/2024", "8-3-24", "8.3.2024", "080324", "08032024", "2024-03-08", " HOY ", "hoy"],
)
def test_one_day_can_be_typed_in_many_ways(typed: str) -> None:
    assert parse_date(typed, TODAY) == TODAY


def test_two_digit_years_fall_near_today() -> None:
    assert parse_date("1/1/44", TODAY).year == 2044
    assert parse_date("1/1/45", TODAY).year == 1945
    assert parse_date("1/1/99", TODAY).year == 1999


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_missing"),
        ("   ", "date_missing"),
        ("mañana", "date_invalid"),
        ("8/3", "date_invalid"),
        ("31/02/2024", "date_invalid"),
        ("03/13/2024", "date_invalid"),
        ("2024-13-01", "date_invalid"),
        ("00/01/2024", "date_invalid"),
        ("8/3/0024", "date_out_of_range"),
        ("8/3/2101", "date_out_of_range"),
        ("٠٨/٠٣/٢٠٢٤", "date_invalid"),
        ("8" * 400, "date_invalid"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        parse_date(typed, TODAY)
    assert refusal.value.code == code
    assert len(refusal.value.sentence) < 200


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_printed_can_be_typed_back(day: date) -> None:
    assert parse_date(format_date(day), TODAY) == day
    assert parse_date(day.isoformat(), TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_but_never_breaks(typed: str) -> None:
    with contextlib.suppress(RuleError):
        parse_date(typed, TODAY)
