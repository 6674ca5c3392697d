"""Orders that would make the POI lie: an activity that vanishes with what it owes, a closed month that changes."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from poi_books import book_of
from poi_office import PoiOffice, small_year

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import Activity, ActivityYear, Execution, PoiYear, Stage
from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan, ImportResult
from sisfoh_desktop.modules.poi.service import drafting, following, importing, quarantine, reports, versions
from sisfoh_desktop.modules.poi.service.reading import load_year

KINDS = ("goal_kind", "direction", "nature", "code")
REPORTS, AUDIENCES, VISITS, FILES = 1, 2, 8, 9  # 0 of 0 until February; 16 of 20; 50 and a blank; 80 of 80


def told(office: PoiOffice) -> dict[str, object]:
    return {"actor": office.actor, "now": office.now}


def draft_of(office: PoiOffice, stage: Stage = Stage.MODIFIED) -> int:
    return versions.start_version(office.db, **told(office), plan_id=office.plan, stage=stage)  # type: ignore[arg-type]


def save(office: PoiOffice, version_id: int, *changes: Activity, **more: object) -> None:
    drafting.save_programme(office.db, **told(office), version_id=version_id, changes=changes, **more)  # type: ignore[arg-type]


def approve(office: PoiOffice, version_id: int) -> None:
    versions.approve_version(
        office.db,
        **told(office),  # type: ignore[arg-type]
        version_id=version_id,
        document="Resolución de Alcaldía N° 050-2024-PRUEBA",
        document_date=date(2024, 3, 7),
        expected_version=versions.load_version(office.db, version_id).version,
    )


def programmed(office: PoiOffice, version_id: int) -> dict[int, Activity]:
    return {one.id: one for one in versions.load_programme(office.db, version_id)}


def book(year: PoiYear, *, quarter: int = 1) -> bytes:
    return book_of(year, kind="csv", quarter=quarter, extra=KINDS)


def reprogrammed(year: PoiYear, number: int, **months: int) -> PoiYear:
    """The year with other months of an activity (`m1=3`), its goal as much higher."""
    one = year.activities[number]
    figures = list(one.activity.programmed)
    for name, value in months.items():
        figures[int(name[1:]) - 1] = Decimal(value)
    annual = sum((value for value in figures if value is not None), Decimal(0))
    other = replace(one, activity=replace(one.activity, programmed=tuple(figures), annual=annual))
    return replace(year, activities=(*year.activities[:number], other, *year.activities[number + 1 :]))


def check(office: PoiOffice, data: bytes, **more: object) -> ImportPlan:
    return importing.check_file(
        office.db,
        year=2024,
        file_name="poi.csv",
        data=data,
        now=office.now,
        **more,  # type: ignore[arg-type]
    )


def bring(office: PoiOffice, data: bytes, **more: object) -> ImportResult:
    return importing.import_file(
        office.db,
        **told(office),
        year=2024,
        file_name="poi.csv",
        data=data,
        **more,  # type: ignore[arg-type]
    )


# --- activities that would vanish ---


@pytest.mark.parametrize("number", [FILES, VISITS])
def test_what_a_closed_month_programmed_does_not_vanish_with_its_activity(
    either_poi: PoiOffice, number: int
) -> None:
    """0 of 50 and a blank of 50 are what a report is for: the activity that owes them stays."""
    office = either_poi
    for month in (1, 2):
        with office.db.transaction() as session:
            from sqlalchemy import delete

            from sisfoh_desktop.modules.poi.tables import PoiExecutionRow

            session.execute(
                delete(PoiExecutionRow).where(
                    PoiExecutionRow.activity_id == office.ids[number], PoiExecutionRow.month == month
                )
            )
        if number == FILES:
            office.execute(number, month, 0)
    office.approve()
    office.close(2)
    draft = draft_of(office)
    with pytest.raises(RuleError) as refused:
        save(office, draft, removed=[office.ids[number]])
    assert refused.value.code == "activity_executed"
    assert office.ids[number] in programmed(office, draft)


def test_an_activity_told_after_a_draft_left_it_out_keeps_the_draft_from_being_approved(
    either_poi: PoiOffice,
) -> None:
    office = either_poi
    office.approve()
    draft = draft_of(office)
    save(office, draft, removed=[office.ids[REPORTS]])
    entry = Execution(office.ids[REPORTS], 3, Decimal(4), motive="otro")
    seen = following.load_follow_up(office.db, office.plan).activities[REPORTS].cell(3)
    following.record_execution(
        office.db,
        **told(office),
        plan_id=office.plan,
        entries=[replace(seen, physical=entry.physical)],  # type: ignore[arg-type]
    )
    with pytest.raises(RuleError, match="Presentar informes de gestión"):
        approve(office, draft)
    assert [one.codes for one in versions.check_version(office.db, draft)] == [("activity_lost",)]


def test_nothing_is_told_of_an_activity_that_the_version_on_view_does_not_have(
    either_poi: PoiOffice,
) -> None:
    office = either_poi
    office.approve()
    draft = draft_of(office)
    save(office, draft, removed=[office.ids[REPORTS]])
    approve(office, draft)
    with pytest.raises(RuleError) as refused:
        following.record_execution(
            office.db,
            **told(office),  # type: ignore[arg-type]
            plan_id=office.plan,
            entries=[Execution(office.ids[REPORTS], 3, Decimal(4))],
        )
    assert refused.value.code == "activity_unknown"
    assert len(load_year(office.db, office.plan).activities) == len(office.ids) - 1


def test_an_activity_added_again_with_its_name_is_the_same_one_with_what_was_executed(
    either_poi: PoiOffice,
) -> None:
    office = either_poi
    office.approve()
    office.close(1)
    draft = draft_of(office)
    before = office.activity(REPORTS)
    save(office, draft, removed=[before.id])
    office.execute(REPORTS, 3, 3)
    again = replace(before, id=0, row_id=0, title="  presentar INFORMES de gestion ", order=0)
    save(office, draft, added=[replace(again, programmed=(None, *before.programmed[1:]))])
    stored = programmed(office, draft)[before.id]
    assert (stored.title, stored.programmed) == ("presentar INFORMES de gestion", before.programmed)
    assert stored.order > len(office.ids)
    assert versions.check_version(office.db, draft) == ()


# --- closed months ---


def test_a_file_for_a_draft_that_was_there_keeps_the_months_closed_since(either_poi: PoiOffice) -> None:
    office = either_poi
    office.approve()
    draft = draft_of(office)
    office.close(2)
    year = reprogrammed(load_year(office.db, office.plan), AUDIENCES, m1=3, m3=15)
    plan = check(office, book(year), as_version=Stage.MODIFIED)
    bring(office, book(year), as_version=Stage.MODIFIED, expected=plan)
    stored = programmed(office, draft)[office.ids[AUDIENCES]]
    assert stored.programmed[:3] == (10, 10, 15)
    assert any("meses cerrados" in note and "1 actividad" in note for note in plan.notes)


@pytest.mark.parametrize("approved", [True, False])
def test_a_file_does_not_change_what_a_closed_month_programmed_not_even_by_choice(
    either_poi: PoiOffice, approved: bool
) -> None:
    office = either_poi
    version = office.version
    if approved:
        office.approve()
        version = draft_of(office)
    office.close(2)
    year = reprogrammed(load_year(office.db, office.plan), AUDIENCES, m1=3, m3=15)
    bring(office, book(year))
    (line,) = quarantine.list_quarantine(office.db, office.plan)
    taken = next(one for one in line.readings if "reemplaza" in one.words)
    assert "meses cerrados" in taken.words.lower()
    quarantine.settle(
        office.db,
        **told(office),  # type: ignore[arg-type]
        line_id=line.id,
        reading=taken,
        expected_version=line.version,
    )
    stored = programmed(office, version)[office.ids[AUDIENCES]]
    assert stored.programmed[:3] == (10, 10, 15)


def test_a_blank_of_a_closed_month_is_not_completed_by_a_file(either_poi: PoiOffice) -> None:
    office = either_poi
    activity = office.activity(AUDIENCES)
    save(office, office.version, replace(activity, programmed=(None, *activity.programmed[1:])))
    office.close(2)
    year = reprogrammed(load_year(office.db, office.plan), AUDIENCES, m1=10)
    bring(office, book(year))
    assert programmed(office, office.version)[office.ids[AUDIENCES]].programmed[0] is None
    assert len(quarantine.list_quarantine(office.db, office.plan)) == 1


def test_what_is_new_in_a_modification_programmes_no_closed_month(either_poi: PoiOffice) -> None:
    office = either_poi
    office.approve()
    draft = draft_of(office)
    office.close(2)
    year = load_year(office.db, office.plan)
    new = replace(year.activities[AUDIENCES].activity, title="Otra labor", id=0, row_id=0)
    bring(office, book(replace(year, activities=(ActivityYear(new),))))
    (line,) = quarantine.list_quarantine(office.db, office.plan)
    assert "enero, febrero" in line.findings[0].text
    (reading,) = line.readings
    activity_id = quarantine.settle(
        office.db,
        **told(office),  # type: ignore[arg-type]
        line_id=line.id,
        reading=reading,
        expected_version=line.version,
    )
    stored = programmed(office, draft)[activity_id]
    assert stored.programmed[:3] == (None, None, 10)
    assert [one.codes for one in versions.check_version(office.db, draft)] == [("executed_and_rest_differ",)]
    save(office, draft, removed=[activity_id])


# --- codes ---


def coded(year: PoiYear, *codes: str, title: str = "") -> PoiYear:
    activities = list(year.activities)
    for number, code in enumerate(codes):
        activity = replace(activities[number].activity, code=code)
        if title:
            first = activities[0].activity
            activity = replace(activity, title=title, measure=first.measure, unit_name=first.unit_name)
        activities[number] = ActivityYear(activity, activities[number].executed)
    return replace(year, activities=tuple(activities))


def test_one_code_on_two_rows_waits_for_a_person(db, actor, now) -> None:
    data = book(coded(small_year(), "AOI00000001", "AOI00000001"))
    plan = importing.check_file(db, year=2024, file_name="poi.csv", data=data, now=now)
    assert [one.findings[0].rule for one in plan.quarantined_rows] == ["activity_repeated"]


def test_two_codes_with_one_name_are_two_activities(db, actor, now) -> None:
    data = book(coded(small_year(), "AOI00000001", "AOI00000002", title="Atender al público"))
    plan = importing.check_file(db, year=2024, file_name="poi.csv", data=data, now=now)
    assert (plan.accepted, plan.quarantined) == (12, 0)


# --- figures ---


@pytest.mark.parametrize("told", ["1E+999999", "1E+12", "NaN", "sNaN", "Infinity", "-0.0001", "1.00001"])
def test_a_figure_that_cannot_be_kept_is_refused_in_a_sentence(poi_office: PoiOffice, told: str) -> None:
    activity = poi_office.activity(0)
    for wrong in (
        replace(activity, annual=Decimal(told)),
        replace(activity, programmed=(Decimal(told), *activity.programmed[1:])),
        replace(activity, annual_money=Decimal(told)),
    ):
        with pytest.raises(RuleError) as refused:
            save(poi_office, poi_office.version, wrong)
        assert refused.value.code == "figure_invalid"
    assert poi_office.activity(0) == activity


def test_levels_and_less_is_better_come_back_from_the_table_of_a_quarter(
    poi_office: PoiOffice, template_base, tmp_path
) -> None:
    """Without columns that tell it, a level would be read as a sum that does not add up."""
    path = tmp_path / "otra.db"
    shutil.copyfile(template_base, path)
    data = reports.report_workbook(poi_office.db, plan_id=poi_office.plan, quarter=1)
    other = Database.open(path)
    result = importing.import_file(
        other,
        **told(poi_office),
        year=2024,
        file_name="poi.xlsx",
        data=data,  # type: ignore[arg-type]
    )
    assert (result.accepted, result.quarantined) == (12, 0)
    kinds = [
        (one.activity.goal_kind, one.activity.direction, one.executed)
        for one in load_year(other, result.plan_id).activities
    ]
    assert kinds == [
        (one.activity.goal_kind, one.activity.direction, one.executed)
        for one in load_year(poi_office.db, poi_office.plan).activities
    ]
    other.close()
    plan = check(poi_office, data)
    assert (plan.unchanged, plan.quarantined) == (12, 0)
