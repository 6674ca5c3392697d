"""What falls due: pure arithmetic over frequency, newest evidence, due date and the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyState,
    Frequency,
    GapKind,
    Matrix,
    MatrixState,
    MatrixUnit,
    Progress,
)

SINCE = date(2024, 3, 8)
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
frequencies = st.sampled_from([None, *Frequency])
progresses = st.none() | days.map(lambda day: Progress(day, "Hecho"))
duties = st.builds(
    Duty,
    text=st.just("Informar."),
    due=st.none() | days,
    state=st.sampled_from(list(DutyState)),
    frequency=frequencies,
    progress=progresses,
)


@pytest.mark.parametrize(
    ("frequency", "last", "due", "expected"),
    [
        (Frequency.WEEKLY, None, None, date(2024, 3, 15)),
        (Frequency.WEEKLY, date(2024, 3, 11), None, date(2024, 3, 18)),
        (Frequency.WEEKLY, date(2024, 3, 1), None, date(2024, 3, 15)),  # before it came into force
        (Frequency.MONTHLY, None, None, date(2024, 4, 8)),
        (Frequency.MONTHLY, date(2024, 8, 31), None, date(2024, 9, 30)),
        (Frequency.MONTHLY, date(2024, 12, 31), None, date(2025, 1, 31)),
        (Frequency.WEEKLY, date(2024, 7, 29), date(2024, 7, 31), date(2024, 7, 31)),
        (Frequency.WEEKLY, date(2024, 7, 31), date(2024, 7, 31), None),
        (Frequency.ONCE, None, date(2024, 7, 31), None),
        (None, None, None, None),
    ],
)
def test_the_next_evidence_is_counted_from_the_newest_one(frequency, last, due, expected) -> None:
    progress = Progress(last, "Informe") if last else None
    assert rules.evidence_due(Duty("x", due=due, frequency=frequency, progress=progress), SINCE) == expected


def test_nothing_is_expected_of_a_matrix_that_is_not_in_force() -> None:
    weekly = Duty("x", frequency=Frequency.WEEKLY)
    assert rules.evidence_due(weekly, None) is None
    draft = Matrix("t", state=MatrixState.DRAFT, in_force_on=SINCE)
    assert draft.since is None
    assert replace(draft, state=MatrixState.IN_FORCE).since == SINCE


@given(duties, days)
def test_evidence_falls_due_after_the_last_one_and_within_a_month(duty: Duty, since: date) -> None:
    expected = rules.evidence_due(duty, since)
    if expected is None:
        return
    start = max(since, duty.progress.day) if duty.progress else since
    assert start < expected <= start + timedelta(days=31)
    assert duty.state is not DutyState.DONE
    assert duty.due is None or expected <= duty.due


@given(duties, days, st.integers(0, 400))
def test_once_overdue_it_stays_so_until_new_evidence(duty: Duty, since: date, later: int) -> None:
    today = since + timedelta(days=30)
    if rules.is_evidence_overdue(duty, since, today):
        assert rules.is_evidence_overdue(duty, since, today + timedelta(days=later))
        proved = replace(duty, progress=Progress(today, "Hoy"))
        assert not rules.is_evidence_overdue(proved, since, today)


@given(duties, days, st.integers(0, 60))
def test_newer_evidence_never_makes_the_next_one_due_earlier(duty: Duty, since: date, more: int) -> None:
    first = rules.evidence_due(duty, since)
    start = duty.progress.day if duty.progress else since
    newer = rules.evidence_due(
        replace(duty, progress=Progress(start + timedelta(days=more), "Después")), since
    )
    assert first is None or newer is None or newer >= first


@given(duties, days)
def test_what_comes_next_is_the_first_of_its_dates_and_nothing_once_done(duty: Duty, since: date) -> None:
    due = rules.next_due(duty, since)
    if duty.state is DutyState.DONE:
        assert due is None
    else:
        dates = {duty.due, rules.evidence_due(duty, since)} - {None}
        assert due == (min(dates) if dates else None)


def test_due_duties_say_why() -> None:
    matrix = rules.numbered(
        Matrix(
            "t",
            state=MatrixState.IN_FORCE,
            in_force_on=SINCE,
            id=4,
            units=(
                MatrixUnit(
                    label="ULE",
                    duties=(
                        Duty("Uno", due=date(2024, 7, 31), id=1, responsible="Ana"),
                        Duty("Dos", frequency=Frequency.WEEKLY, id=2),
                        Duty("Tres", frequency=Frequency.MONTHLY, id=3, progress=Progress(SINCE, "x")),
                        Duty("Cuatro", id=4),
                        Duty("Cinco", due=SINCE, state=DutyState.DONE, id=5),
                    ),
                ),
            ),
        )
    )
    assert [(due.duty_id, due.letter, due.due, due.owner, due.why) for due in rules.due_duties(matrix)] == [
        (1, "a", date(2024, 7, 31), "Ana", "fecha límite de la función"),
        (2, "b", date(2024, 3, 15), "", "evidencia semanal: todavía no hay ninguna"),
        (3, "c", date(2024, 4, 8), "", "evidencia mensual: la última es del 08/03/2024"),
    ]


def gap_kinds(duty: Duty, today: date = SINCE, missing: tuple[int, ...] = ()) -> list[GapKind]:
    unit = MatrixUnit(label="ULE", duties=(replace(duty, id=7),))
    matrix = Matrix("t", state=MatrixState.IN_FORCE, in_force_on=date(2024, 3, 1), units=(unit,))
    return [gap.kind for gap in rules.matrix_gaps(rules.numbered(matrix), today, missing)]


def test_each_gap_is_found_and_mended() -> None:
    well = Duty("x", responsible="Ana", frequency=Frequency.WEEKLY, progress=Progress(SINCE, "Informe"))
    assert gap_kinds(well) == []
    assert gap_kinds(replace(well, responsible="")) == [GapKind.NO_OWNER]
    assert gap_kinds(replace(well, officer_id=3, owner_gone=True)) == [GapKind.OWNER_GONE]
    assert gap_kinds(replace(well, frequency=None)) == [GapKind.NO_DUE]
    assert gap_kinds(replace(well, frequency=Frequency.ONCE)) == [GapKind.NO_DUE]
    assert gap_kinds(well, date(2024, 3, 16)) == [GapKind.EVIDENCE_OVERDUE]
    assert gap_kinds(replace(well, due=date(2024, 3, 7))) == [GapKind.DUTY_OVERDUE]
    assert gap_kinds(replace(well, state=DutyState.DONE, progress=None)) == [GapKind.NO_EVIDENCE]
    assert gap_kinds(well, missing=(7,)) == [GapKind.FILE_MISSING]


def test_a_late_evidence_says_since_when() -> None:
    duty = Duty("x", responsible="Ana", frequency=Frequency.WEEKLY, id=7)
    matrix = Matrix(
        "t",
        state=MatrixState.IN_FORCE,
        in_force_on=SINCE,
        units=(MatrixUnit(label="ULE", duties=(duty,)),),
    )
    (gap,) = rules.matrix_gaps(rules.numbered(matrix), date(2024, 3, 20))
    assert gap.text == ("01.a: falta la evidencia semanal que vencía el 15/03/2024; todavía no hay ninguna.")
