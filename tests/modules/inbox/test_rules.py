"""Headings, order and words of the tray."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.inbox.rules import (
    Counts,
    Group,
    Task,
    counts,
    days_text,
    due_task,
    group_of,
    in_order,
    waiting_task,
)

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
    assert counts([draft, task(FRIDAY)]) == Counts(overdue=0, soon=1)
    assert Group(1).label == "Vencido"
    assert draft.id != task(FRIDAY).id
