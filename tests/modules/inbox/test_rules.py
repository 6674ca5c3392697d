"""Headings, order and words of the tray, and how its due dates were counted."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.workdays import Calendar, DayOff
from sisfoh_desktop.modules.inbox.rules import (
    Counts,
    Group,
    Reckoning,
    Task,
    counts,
    days_text,
    due_task,
    group_of,
    in_order,
    opinion_reckoning,
    term_task,
    waiting_task,
)
from sisfoh_desktop.modules.office.rules import CountsFrom, LegalTerm, TermUnit

FRIDAY = date(2024, 3, 8)
CALENDAR = Calendar([])


def task(due, today=FRIDAY):
    return due_task(
        title="Remitir copia",
        detail="",
        due=due,
        today=today,
        calendar=CALENDAR,
        kind="resoluciones",
        record_id=1,
    )


def test_a_due_date_falls_under_its_heading():
    assert task(date(2024, 3, 7)).group is Group.OVERDUE
    assert task(FRIDAY).group is Group.TODAY
    assert task(date(2024, 3, 10)).group is Group.THIS_WEEK
    assert task(date(2024, 3, 11)).group is Group.LATER


def test_the_distance_is_told_in_working_days():
    assert days_text(task(date(2024, 3, 13))) == "en 3 d. h."
    assert days_text(task(date(2024, 3, 5))) == "venció hace 3 d. h."
    assert days_text(task(FRIDAY)) == "vence hoy"
    saturday = date(2024, 3, 9)
    assert days_text(task(FRIDAY, today=saturday)) == "venció hace 1 d. h."


def test_waiting_counts_what_the_other_has_had():
    def waiting(since):
        return waiting_task(
            title="Falta la firma de OGAJ",
            detail="",
            since=since,
            today=FRIDAY,
            calendar=CALENDAR,
            kind="k",
            record_id=1,
        )

    assert days_text(waiting(date(2024, 3, 4))) == "hace 4 d. h."
    assert days_text(waiting(FRIDAY)) == "desde hoy"
    assert days_text(waiting(date(2024, 4, 1))) == "desde hoy"


@given(st.lists(st.integers(-40, 40)))
def test_the_tray_is_read_from_the_most_urgent_down(offsets):
    ordered = in_order([task(FRIDAY + timedelta(days=offset)) for offset in offsets])
    assert [one.due for one in ordered] == sorted(one.due for one in ordered)
    assert all(a.group <= b.group for a, b in pairwise(ordered))
    found = counts(ordered)
    assert found.overdue == sum(offset < 0 for offset in offsets)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 400))
def test_every_future_date_has_one_heading(today, ahead):
    assert group_of(today + timedelta(days=ahead), today) in (Group.TODAY, Group.THIS_WEEK, Group.LATER)


def test_drafts_come_last_and_have_no_distance():
    draft = Task(Group.DRAFTS, "Borrador", "", None, 0, "resoluciones", 3)
    assert in_order([draft, task(date(2030, 1, 1))])[-1] is draft
    assert days_text(draft) == ""
    assert days_text(Task(Group.LATER, "Publicar", "", None, 0, "resoluciones", 3)) == "", "no term was set"
    assert counts([draft, task(FRIDAY)]) == Counts(overdue=0, soon=1)
    assert Group(1).label == "Vencido"
    assert draft.id != task(FRIDAY).id


# --- why a term ends on its day ---

REMISSION = LegalTerm(
    "remission",
    "Remisión",
    3,
    counts_from=CountsFrom.APPROVAL,
    norm="Directiva 003-2024-MIDIS",
    trust="Extracto",
)


def told(reckoning):
    return [(f"{day.day:%d/%m}", day.counts, day.reason) for day in reckoning.days()]


def test_a_lawyer_can_check_every_day_of_the_remission():
    reckoning = Reckoning.of(REMISSION, FRIDAY, CALENDAR)
    assert reckoning.sentence == (
        "Vence el miércoles 13/03/2024: 3 días hábiles desde la aprobación, el 08/03/2024."
    )
    assert reckoning.source == "Directiva 003-2024-MIDIS (extracto)"
    assert told(reckoning) == [
        ("08/03", "hecho", ""),
        ("09/03", "no cuenta", "sábado"),
        ("10/03", "no cuenta", "domingo"),
        ("11/03", "día 1", ""),
        ("12/03", "día 2", ""),
        ("13/03", "día 3", ""),
    ]
    assert reckoning.days()[0].text == "viernes 08/03/2024"


def test_a_holiday_is_named_with_its_norm():
    holiday = DayOff(date(2024, 3, 12), "Aniversario", "Ordenanza 1", "", "feriado", True)
    reckoning = Reckoning.of(REMISSION, FRIDAY, Calendar([holiday]))
    assert ("12/03", "no cuenta", "Aniversario (Ordenanza 1)") in told(reckoning)
    assert reckoning.last_day == date(2024, 3, 14)


def test_what_was_notified_on_a_day_off_counts_from_the_next_working_day():
    served = replace(REMISSION, counts_from=CountsFrom.NOTIFICATION)
    saturday = date(2024, 3, 9)
    assert told(Reckoning.of(served, saturday, CALENDAR)) == [
        ("09/03", "no cuenta", "sábado"),
        ("10/03", "no cuenta", "domingo"),
        ("11/03", "hecho", ""),
        ("12/03", "día 1", ""),
        ("13/03", "día 2", ""),
        ("14/03", "día 3", ""),
    ]


def test_a_term_of_the_same_day_and_one_in_calendar_days():
    same_day = replace(REMISSION, days=0, trust="")
    assert told(Reckoning.of(same_day, FRIDAY, CALENDAR)) == [("08/03", "hecho", "")]
    assert Reckoning.of(same_day, FRIDAY, CALENDAR).source == "Directiva 003-2024-MIDIS"
    two = Reckoning.of(replace(REMISSION, days=2, unit=TermUnit.CALENDAR), FRIDAY, CALENDAR)
    assert told(two)[-3:] == [
        ("09/03", "día 1", ""),
        ("10/03", "no cuenta", "domingo"),
        ("11/03", "día 2", ""),
    ]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 30), st.sampled_from(CountsFrom))
def test_the_days_told_are_as_many_as_the_term_says(start, days, event):
    reckoning = Reckoning.of(replace(REMISSION, days=days, counts_from=event), start, CALENDAR)
    listed = reckoning.days()
    assert [day.place for day in listed if day.place] == list(range(1, days + 1))
    assert (listed[0].day, listed[-1].day) == (start, max(start, reckoning.last_day))
    assert all(later.day - sooner.day == timedelta(days=1) for sooner, later in pairwise(listed))


def test_an_opinion_keeps_the_term_that_it_was_given():
    kept = opinion_reckoning(FRIDAY, 3, date(2024, 3, 13), CALENDAR)
    assert (kept.source, kept.notes) == ("", ())
    assert kept.sentence == "Vence el miércoles 13/03/2024: 3 días hábiles desde el pedido, el 08/03/2024."
    holiday = DayOff(date(2024, 3, 12), "Aniversario", "Ordenanza 1", "", "feriado", True)
    changed = opinion_reckoning(FRIDAY, 3, date(2024, 3, 13), Calendar([holiday]))
    assert changed.last_day == date(2024, 3, 13)
    assert "se conserva el 13/03/2024" in changed.notes[-1]
    assert opinion_reckoning(FRIDAY, 1, date(2024, 3, 11), CALENDAR).words == "1 día hábil"


@pytest.mark.parametrize(
    ("today", "group", "detail"),
    [
        (date(2024, 3, 13), Group.WAITING, "Lo tiene OGAJ"),
        (date(2024, 3, 14), Group.OVERDUE, "Lo tiene OGAJ; pasó el plazo"),
    ],
)
def test_what_others_have_waits_in_time_and_is_overdue_after(today, group, detail):
    reckoning = Reckoning.of(REMISSION, FRIDAY, CALENDAR)
    found = term_task(
        title="Expediente",
        detail="Lo tiene OGAJ",
        late="pasó el plazo",
        since=FRIDAY,
        reckoning=reckoning,
        today=today,
        calendar=CALENDAR,
        kind="expedientes",
        record_id=1,
    )
    assert (found.group, found.detail, found.due) == (group, detail, date(2024, 3, 13))
    assert found.reckoning is reckoning
