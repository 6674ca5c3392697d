"""Who reported on time, by unit and month, and what waits on a day."""

from datetime import date, datetime
from decimal import Decimal

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.modules.poi.rules import pending
from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    Execution,
    MonthState,
    PoiPlan,
    PoiVersion,
    Stage,
)
from sisfoh_desktop.modules.poi.rules.follow_up import FollowedActivity
from sisfoh_desktop.modules.poi.rules.pending import PendingKind
from sisfoh_desktop.modules.poi.rules.punctuality import Report, punctuality_of

PLAN = PoiPlan(1, 2024, "POI", (), Decimal(0), Decimal(0))
MONTHS = tuple(MonthState(1, month, date(2024 + month // 12, month % 12 + 1, 20)) for month in range(1, 13))
TODAY = date(2024, 4, 25)


def told(month: int, day: date, *, imported: bool = False) -> Execution:
    when = datetime(day.year, day.month, day.day, 23, 30, tzinfo=LIMA)
    return Execution(1, month, Decimal(5), imported=imported, registered_at=when)


def followed(unit: str, *cells: Execution, programmed: int = 5) -> FollowedActivity:
    activity = Activity(unit, "Actividad", "ACCIONES", programmed=(Decimal(programmed),) * 12)
    return FollowedActivity(activity, {one.month: one for one in cells}, {})


def test_a_unit_is_judged_by_the_last_figure_of_its_month() -> None:
    first = followed("A", told(1, date(2024, 2, 20)), told(2, date(2024, 3, 1)), told(3, date(2024, 4, 22)))
    second = followed("A", told(1, date(2024, 2, 3)), told(2, date(2024, 3, 25)))
    (unit,) = punctuality_of([first, second], MONTHS, year=2024, today=TODAY).units
    assert [one.report for one in unit.months[:5]] == [
        Report.ON_TIME,
        Report.LATE,
        Report.OVERDUE,
        Report.PENDING,
        Report.TO_COME,
    ]
    assert [one.late_days for one in unit.months[:5]] == [0, 5, 5, 0, 0]
    assert [one.words for one in unit.months[:5]] == [
        "A tiempo",
        "Tarde, 5 d",
        "Falta 1 de 2",
        "Faltan 2 de 2",
        "",
    ]
    assert (unit.words, unit.overdue, unit.late_days) == ("1 de 3 meses a tiempo", 1, 5)


def test_imported_figures_judge_nobody_and_nothing_programmed_asks_nothing() -> None:
    imported = followed("A", *(told(month, date(2024, 6, 1), imported=True) for month in (1, 2, 3)))
    idle = followed("B", programmed=0)
    units = punctuality_of([imported, idle], MONTHS, year=2024, today=TODAY).units
    assert [one.unit_name for one in units] == ["A", "B"]
    assert {one.report for one in units[0].months[:3]} == {Report.IMPORTED}
    assert {one.report for one in units[1].months} == {Report.NOTHING}
    assert units[0].words == "Sin meses que juzgar"


def test_a_blank_with_a_motive_is_still_owed() -> None:
    cell = Execution(1, 1, None, motive_text="sin dato", registered_at=datetime(2024, 2, 1, tzinfo=LIMA))
    (unit,) = punctuality_of([followed("A", cell)], MONTHS, year=2024, today=TODAY).units
    assert unit.months[0].report is Report.OVERDUE


def activity(unit: str, number: int) -> Activity:
    return Activity(
        unit, f"Actividad {number}", "ACCIONES", programmed=(Decimal(5), *NO_MONTHS[1:]), id=number
    )


def test_closing_is_asked_from_the_tenth_on() -> None:
    assert pending.month_asked(PLAN, MONTHS, date(2024, 2, 9)) is None
    assert pending.month_asked(PLAN, MONTHS, date(2024, 2, 10)) == MONTHS[0]
    assert pending.month_asked(PLAN, MONTHS, date(2024, 12, 31)) == MONTHS[0]
    assert pending.month_asked(PLAN, (), TODAY) is None


def test_what_the_month_waits_for_is_told_line_by_line() -> None:
    cells = [
        (activity("A", 1), None),
        (activity("A", 2), Execution(2, 1, Decimal(5))),
        (activity("B", 3), None),
        (activity("C", 4), Execution(4, 1, Decimal(0))),
    ]
    owed = pending.owed_of(PLAN, 1, cells)
    lines = pending.to_close(PLAN, MONTHS[0], owed)
    assert [line.title for line in lines] == [
        "Cierre enero de 2024 del POI",
        "1 unidad no informó enero de 2024",
        "1 desvío de enero de 2024 sin motivo",
    ]
    assert lines[0].detail == "2 actividades sin informar; 1 desvío sin motivo"
    assert lines[1].detail == "B"
    assert {(line.kind, line.record_id, line.due) for line in lines} == {
        (PendingKind.MONTH, 202401, date(2024, 2, 20))
    }


def test_a_whole_month_only_waits_for_its_closing() -> None:
    owed = pending.owed_of(PLAN, 1, [(activity("A", 1), Execution(1, 1, Decimal(5)))])
    (line,) = pending.to_close(PLAN, MONTHS[0], owed)
    assert line.detail == "Está completo: solo falta cerrarlo"


def test_many_silent_units_are_named_in_part() -> None:
    cells = [(activity(f"Unidad {number}", number), None) for number in range(1, 6)]
    lines = pending.to_close(PLAN, MONTHS[0], pending.owed_of(PLAN, 1, cells))
    assert lines[1].detail == "Unidad 1; Unidad 2; Unidad 3 y 2 más"


def test_drafts_and_quarantined_rows_wait_too() -> None:
    assert pending.to_approve(PLAN, None) == []
    assert pending.to_settle(PLAN, 0) == []
    (draft,) = pending.to_approve(PLAN, PoiVersion(4, 1, Stage.MODIFIED, 1))
    assert (draft.kind, draft.record_id, draft.title) == (
        PendingKind.VERSION,
        4,
        "POI modificado 1 2024 sin resolución",
    )
    (rows,) = pending.to_settle(PLAN, 47)
    assert (rows.kind, rows.title) == (PendingKind.QUARANTINE, "47 filas del POI 2024 en cuarentena")
