"""Terms in working days and months: the legal vectors, and what must hold on any calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import (
    Calendar,
    DayOff,
    DayOffKind,
    HolidayRule,
    Skipped,
    Term,
    term_in_calendar_days,
    term_in_months,
    term_in_workdays,
    workdays_between,
)

# The national list (DLeg 713 art. 6 and its amendments), typed here apart from the shipped data.
NATIONAL = [
    *(
        HolidayRule(name, "DLeg 713", month=month, day=day)
        for month, day, name in [
            (1, 1, "Año Nuevo"),
            (5, 1, "Día del Trabajo"),
            (6, 29, "San Pedro y San Pablo"),
            (7, 28, "Fiestas Patrias"),
            (7, 29, "Fiestas Patrias"),
            (8, 30, "Santa Rosa de Lima"),
            (10, 8, "Combate de Angamos"),
            (11, 1, "Todos los Santos"),
            (12, 8, "Inmaculada Concepción"),
            (12, 25, "Navidad"),
        ]
    ),
    HolidayRule("Jueves Santo", "DLeg 713", easter_offset=-3),
    HolidayRule("Viernes Santo", "DLeg 713", easter_offset=-2),
    HolidayRule("Batalla de Arica", "Ley 31788", month=6, day=7, valid_from=date(2023, 6, 16)),
    HolidayRule("Día de la Fuerza Aérea", "Ley 31822", month=7, day=23, valid_from=date(2023, 7, 9)),
    HolidayRule("Batalla de Junín", "Ley 31530", month=8, day=6, valid_from=date(2022, 7, 28)),
    HolidayRule("Batalla de Ayacucho", "Ley 31381", month=12, day=9, valid_from=date(2022, 1, 1)),
]
PERU = Calendar(rules=NATIONAL)


@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        # The resolución of Friday 08-03-2024, copy to the DGFIS in three days.
        (date(2024, 3, 8), 3, date(2024, 3, 13)),
        # The same from Tuesday 26-03-2024, across Easter.
        (date(2024, 3, 26), 3, date(2024, 4, 2)),
        (date(2026, 7, 22), 3, date(2026, 7, 30)),
        (date(2026, 7, 22), 5, date(2026, 8, 3)),
        (date(2026, 7, 22), 15, date(2026, 8, 18)),
        (date(2026, 12, 4), 3, date(2026, 12, 11)),
        (date(2026, 12, 4), 5, date(2026, 12, 15)),
        (date(2026, 4, 1), 1, date(2026, 4, 6)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 20), 15, date(2026, 12, 15)),
    ],
)
@pytest.mark.parametrize("from_notification", [False, True])
def test_terms_in_days_of_the_legal_vectors(
    start: date, days: int, last_day: date, from_notification: bool
) -> None:
    assert term_in_workdays(start, days, PERU, from_notification=from_notification).last_day == last_day


def test_the_month_that_has_no_31st_gives_the_first_workday_of_the_next() -> None:
    term = term_in_months(date(2027, 1, 31), 1, PERU)
    assert term.last_day == date(2027, 3, 1)
    assert "134.3" in term.notes[0]
    assert "Febrero de 2027" in term.notes[0]


def test_a_term_in_months_runs_from_date_to_date_and_rolls_off_a_holiday() -> None:
    assert term_in_months(date(2026, 1, 15), 2, PERU) == Term(
        date(2026, 3, 16), skipped=(Skipped(date(2026, 3, 15), "domingo"),)
    )
    assert term_in_months(date(2025, 11, 8), 1, PERU).last_day == date(2025, 12, 10)
    assert term_in_months(date(2024, 3, 8), 12, PERU).last_day == date(2025, 3, 10)
    assert term_in_months(date(2024, 3, 8), 0, PERU).last_day == date(2024, 3, 8)


def test_each_skipped_day_says_why() -> None:
    term = term_in_workdays(date(2026, 7, 22), 3, PERU)
    assert term.skipped == (
        Skipped(date(2026, 7, 23), "Día de la Fuerza Aérea (Ley 31822)"),
        Skipped(date(2026, 7, 25), "sábado"),
        Skipped(date(2026, 7, 26), "domingo"),
        Skipped(date(2026, 7, 28), "Fiestas Patrias (DLeg 713)"),
        Skipped(date(2026, 7, 29), "Fiestas Patrias (DLeg 713)"),
    )


def test_the_flag_day_of_2023_was_a_working_day() -> None:
    assert PERU.is_workday(date(2023, 6, 7))
    assert not PERU.is_workday(date(2024, 6, 7))


def test_a_notification_on_a_day_off_takes_effect_on_the_next_working_day() -> None:
    saturday = date(2024, 3, 9)
    assert term_in_workdays(saturday, 1, PERU).last_day == date(2024, 3, 11)
    notified = term_in_workdays(saturday, 1, PERU, from_notification=True)
    assert notified.last_day == date(2024, 3, 12)
    assert [skipped.day for skipped in notified.skipped] == [date(2024, 3, 9), date(2024, 3, 10)]


def test_a_term_of_no_days_is_the_same_day_or_the_next_that_counts() -> None:
    assert term_in_workdays(date(2024, 3, 8), 0, PERU) == Term(date(2024, 3, 8))
    assert term_in_workdays(date(2024, 3, 9), 0, PERU).last_day == date(2024, 3, 11)


def test_a_half_day_counts_but_no_term_ends_on_it() -> None:
    half = DayOff(date(2026, 6, 4), "Media jornada", "DR 001-2026", "13", DayOffKind.HALF_DAY)
    calendar = Calendar([half])
    assert calendar.is_workday(half.day)
    assert term_in_workdays(date(2026, 6, 3), 1, calendar) == Term(
        date(2026, 6, 5), (Skipped(half.day, "Media jornada (DR 001-2026)"),)
    )
    assert term_in_workdays(date(2026, 6, 3), 2, calendar) == Term(date(2026, 6, 5))


def test_a_day_that_does_not_suspend_counts_and_is_pointed_out() -> None:
    day = DayOff(date(2025, 9, 1), "Reincorporación de Tacna", "OR 012-2025", "23", suspends=False)
    term = term_in_workdays(date(2025, 8, 29), 2, Calendar([day]))
    assert term.last_day == date(2025, 9, 2)
    assert len(term.notes) == 1
    assert "01/09/2025" in term.notes[0]
    assert "Reincorporación de Tacna (OR 012-2025)" in term.notes[0]


def test_a_term_past_the_verified_date_says_so() -> None:
    calendar = Calendar(rules=NATIONAL, verified_until=date(2026, 11, 20))
    assert term_in_workdays(date(2026, 11, 2), 3, calendar).notes == ()
    assert "20/11/2026" in term_in_workdays(date(2026, 11, 19), 3, calendar).notes[0]


def test_given_days_and_rules_stand_together() -> None:
    extra = DayOff(date(2026, 12, 24), "Día no laborable", "DS", kind=DayOffKind.COMPENSABLE)
    calendar = Calendar([extra], rules=NATIONAL, ubigeo="230101")
    assert calendar.why_not(date(2026, 12, 24)) == "Día no laborable (DS)"
    assert calendar.why_not(date(2026, 12, 25)) == "Navidad (DLeg 713)"
    assert calendar.why_not(date(2026, 12, 26)) == "sábado"
    assert calendar.why_not(date(2026, 12, 28)) is None
    assert calendar.days_off(date(2026, 12, 28)) == ()


def test_working_days_between_two_papers() -> None:
    assert workdays_between(date(2024, 2, 13), date(2024, 3, 8), PERU) == 18
    assert workdays_between(date(2024, 3, 8), date(2024, 3, 13), PERU) == 3
    assert workdays_between(date(2024, 3, 8), date(2024, 3, 8), PERU) == 0
    assert workdays_between(date(2024, 3, 8), date(2024, 1, 12), PERU) == 0


@pytest.mark.parametrize(
    ("count", "code"), [(-1, "term_negative"), (3_661, "term_too_long"), (10**9, "term_too_long")]
)
def test_impossible_terms_are_refused(count: int, code: str) -> None:
    for term in (term_in_workdays, term_in_months):
        with pytest.raises(RuleError) as refusal:
            term(date(2024, 3, 8), count, PERU)
        assert refusal.value.code == code


def test_terms_past_the_known_years_are_refused() -> None:
    for start, term, length in (
        (date(2100, 12, 31), term_in_workdays, 5),
        (date(2100, 12, 31), term_in_months, 1),
        (date(9999, 12, 31), term_in_workdays, 0),
        (date(9999, 12, 31), term_in_months, 0),
    ):
        with pytest.raises(RuleError) as refusal:
            term(start, length, PERU)
        assert refusal.value.code == "date_out_of_range"


days = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@given(days, st.integers(min_value=0, max_value=120), st.booleans())
def test_a_term_ends_on_a_working_day_and_every_day_is_accounted_for(
    start: date, length: int, from_notification: bool
) -> None:
    term = term_in_workdays(start, length, PERU, from_notification=from_notification)
    assert PERU.is_workday(term.last_day)
    assert len({skipped.day for skipped in term.skipped}) == len(term.skipped)
    assert all(not PERU.is_workday(skipped.day) for skipped in term.skipped)
    passed_over = [skipped for skipped in term.skipped if skipped.day > start]
    moved = from_notification and not PERU.is_workday(start)
    if length:
        assert (term.last_day - start).days == length + len(passed_over) + moved
        assert workdays_between(start, term.last_day, PERU) == length + moved


@given(days, st.integers(min_value=0, max_value=60))
def test_a_longer_term_never_ends_earlier(start: date, length: int) -> None:
    assert (
        term_in_workdays(start, length, PERU).last_day <= term_in_workdays(start, length + 1, PERU).last_day
    )


@given(days, st.integers(min_value=0, max_value=60))
def test_calendar_days_end_on_their_day_or_on_the_first_working_day_after_it(
    start: date, length: int
) -> None:
    term = term_in_calendar_days(start, length, PERU)
    assert PERU.is_workday(term.last_day)
    assert term.last_day - start == timedelta(days=length + len(term.skipped))


@given(days, st.integers(min_value=0, max_value=60))
def test_months_end_on_a_working_day_on_or_after_their_date(start: date, months: int) -> None:
    last_day = term_in_months(start, months, PERU).last_day
    assert PERU.is_workday(last_day)
    assert timedelta(0) <= last_day - start <= timedelta(days=31 * months + 12)


@given(days, days, days)
def test_counts_of_working_days_add_up(first: date, second: date, third: date) -> None:
    early, middle, late = sorted((first, second, third))
    assert workdays_between(early, late, PERU) == workdays_between(early, middle, PERU) + workdays_between(
        middle, late, PERU
    )
