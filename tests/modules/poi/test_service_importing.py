"""Importing a table of the POI: what adds up is stored in one commit, the rest waits, nothing is stored twice."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from poi_books import Damage, book_of
from poi_office import PoiOffice, numbers_of, small_year
from poi_seed import SEED

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import ActivityYear, PoiYear, Stage
from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan, ImportResult
from sisfoh_desktop.modules.poi.rules.importing import ColumnMapping, Group
from sisfoh_desktop.modules.poi.service import following, importing, mappings, plans, quarantine, versions
from sisfoh_desktop.modules.poi.service.reading import load_year

KINDS = ("goal_kind", "direction", "nature", "code")
GENERIC = b"Oficina;Tarea principal;Medida usada;Total;Enero;Febrero\nULE;Visitar;VISITAS;10;5;5\n"


def book(year: PoiYear, **more: object) -> bytes:
    """The year as a sheet of one quarter with every text that tells how its months add up."""
    return book_of(year, kind="csv", quarter=1, extra=KINDS, **more)  # type: ignore[arg-type]


def with_executed(year: PoiYear, number: int, month: int, value: int | None) -> PoiYear:
    """The year with another figure executed."""
    one = year.activities[number]
    months = list(one.executed)
    months[month - 1] = None if value is None else Decimal(value)
    return with_activity(year, number, replace(one, executed=tuple(months)))


def with_programmed(year: PoiYear, number: int, month: int, value: int) -> PoiYear:
    """The year with another month programmed of an activity, and its goal as much higher."""
    one = year.activities[number]
    months = list(one.activity.programmed)
    annual = (one.activity.annual or 0) + value - (months[month - 1] or 0)
    months[month - 1] = Decimal(value)
    return with_activity(
        year, number, replace(one, activity=replace(one.activity, programmed=tuple(months), annual=annual))
    )


def with_activity(year: PoiYear, number: int, one: ActivityYear) -> PoiYear:
    """The year with another activity in a place."""
    return replace(year, activities=(*year.activities[:number], one, *year.activities[number + 1 :]))


def check(db: Database, now: datetime, data: bytes, **more: object) -> ImportPlan:
    return importing.check_file(db, year=2024, file_name="poi.csv", data=data, now=now, **more)  # type: ignore[arg-type]


def bring(db: Database, actor: Actor, now: datetime, data: bytes, **more: object) -> ImportResult:
    return importing.import_file(  # type: ignore[arg-type]
        db, actor=actor, now=now, year=2024, file_name="poi.csv", data=data, **more
    )


# --- a first file ---


def test_the_seed_is_43_accepted_47_in_quarantine_and_one_total(db: Database, actor: Actor, now: datetime):
    data = SEED.read_bytes()
    plan = importing.check_file(db, year=2019, file_name=SEED.name, data=data, now=now)
    assert (plan.rows, plan.accepted, plan.quarantined, plan.rejected, plan.totals_checked) == (
        90,
        43,
        47,
        0,
        1,
    )
    assert [len(one.readings) for one in plan.quarantined_rows].count(1) == 37
    assert plans.list_plans(db) == []

    result = importing.import_file(
        db, actor=actor, now=now, year=2019, file_name=SEED.name, data=data, expected=plan
    )
    assert (result.rows, result.accepted, result.quarantined, result.added) == (90, 43, 47, 43)
    year = load_year(db, result.plan_id)
    assert year.poi_version.is_draft
    assert year.poi_version.name == "POI aprobado"
    assert len(year.activities) == 43
    numbers = numbers_of(db, result.import_id)
    assert (numbers.accepted, numbers.quarantined, numbers.repaired, numbers.rejected) == (43, 47, 0, 0)


def test_a_clean_book_is_stored_whole_in_the_order_of_the_file(db: Database, actor: Actor, now: datetime):
    told = small_year()
    result = bring(db, actor, now, book(told))
    assert (result.accepted, result.quarantined, result.rejected) == (12, 0, 0)
    year = load_year(db, result.plan_id)
    assert [one.activity.title for one in year.activities] == [one.activity.title for one in told.activities]
    assert [one.activity.goal_kind for one in year.activities] == [
        one.activity.goal_kind for one in told.activities
    ]
    assert year.activities[0].activity.programmed[:3] == told.activities[0].activity.programmed[:3]
    assert year.activities[0].activity.programmed[3] is None
    assert year.activities[4].executed[:3] == (Decimal(25), Decimal(32), None)


def test_the_same_file_is_not_imported_twice(db: Database, actor: Actor, now: datetime):
    data = book(small_year())
    bring(db, actor, now, data)
    with pytest.raises(RuleError, match="ya se importó el 08/03/2024") as refused:
        bring(db, actor, now, data)
    assert refused.value.code == "import_repeated"


def test_a_file_of_which_nothing_was_kept_may_come_again(db: Database, actor: Actor, now: datetime):
    damage = [Damage(number, "changed", 0) for number in range(12)]
    data = book(small_year(), damage=damage)
    first = bring(db, actor, now, data)
    assert first.accepted == 0
    second = bring(db, actor, now, data)
    assert len(quarantine.list_quarantine(db, first.plan_id)) == second.quarantined
    old = numbers_of(db, first.import_id)
    assert (old.quarantined, old.rejected) == (0, first.quarantined)


def test_the_same_action_asked_twice_is_done_once(db: Database, actor: Actor, now: datetime):
    data = book(small_year())
    first = bring(db, actor, now, data, token="una vez")
    assert bring(db, actor, now, data, token="una vez") == first
    assert len(importing.list_imports(db, first.plan_id)) == 1


@pytest.mark.parametrize("stop_at", [1, 2, 3])
def test_cancelled_in_the_middle_leaves_nothing(db: Database, actor: Actor, now: datetime, stop_at: int):
    calls = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(db, actor, now, book(small_year()), progress=progress)
    assert plans.list_plans(db) == []
    assert plans.list_measures(db) == []


def test_what_changed_after_it_was_shown_is_not_stored(db: Database, actor: Actor, now: datetime):
    data = book(small_year())
    shown = check(db, now, data)
    plans.add_plan(db, actor=actor, now=now, year=2024)
    with pytest.raises(RuleError) as refused:
        bring(db, actor, now, data, expected=shown)
    assert refused.value.code == "import_changed"


def test_a_year_that_no_poi_has_is_refused(db: Database, actor: Actor, now: datetime):
    for year in (0, 99999):
        with pytest.raises(RuleError) as refused:
            importing.check_file(db, year=year, file_name="poi.csv", data=book(small_year()), now=now)
        assert refused.value.code == "year_invalid"


# --- over a POI that is there ---


def test_the_same_poi_again_changes_nothing(poi_office: PoiOffice, db: Database, actor: Actor, now: datetime):
    before = load_year(db, poi_office.plan)
    plan = check(db, now, book(small_year()))
    assert (plan.accepted, plan.new_activities, plan.unchanged, plan.changes) == (12, 0, 12, ())
    bring(db, actor, now, book(small_year()))
    assert load_year(db, poi_office.plan).activities == before.activities


def test_figures_executed_are_updated_and_listed_old_and_new(
    poi_office: PoiOffice, db: Database, actor: Actor, now: datetime
):
    told = with_executed(with_executed(small_year(), 4, 2, 30), 8, 2, 45)
    plan = check(db, now, book(told))
    assert [(one.meaning, one.before, one.after) for one in plan.changes] == [
        ("e02", Decimal(32), Decimal(30))
    ]
    result = bring(db, actor, now, book(told))
    assert (result.unchanged, result.added) == (10, 0)
    year = load_year(db, poi_office.plan)
    assert year.activities[4].executed[1] == 30
    assert year.activities[8].executed[1] == 45  # a blank until now
    assert year.activities[9].executed[1] == 40


def test_a_blank_in_the_file_changes_nothing(
    poi_office: PoiOffice, db: Database, actor: Actor, now: datetime
):
    bring(db, actor, now, book(with_executed(small_year(), 9, 2, None)))
    assert load_year(db, poi_office.plan).activities[9].executed[1] == 40


def test_a_closed_month_and_one_to_come_wait_for_a_person(
    poi_office: PoiOffice, db: Database, actor: Actor, now: datetime
):
    poi_office.close(1)
    march = with_executed(with_executed(small_year(), 0, 1, 3), 1, 3, 7)
    plan = importing.check_file(
        db, year=2024, file_name="poi.csv", data=book(march), now=now.replace(month=2)
    )
    rules = {one.row.row: [finding.rule for finding in one.findings] for one in plan.quarantined_rows}
    assert sorted(rules.values()) == [["month_closed"], ["month_not_begun"]]
    closed = plan.quarantined_rows[0]
    assert "enero está cerrado" in closed.findings[0].text
    assert closed.readings[0].values["e01"] == 2


def test_another_programme_waits_unless_it_is_a_version_of_its_own(
    poi_office: PoiOffice, db: Database, actor: Actor, now: datetime
):
    poi_office.approve()
    data = book(with_programmed(small_year(), 8, 3, 60))
    plan = check(db, now, data)
    (waiting,) = plan.quarantined_rows
    assert waiting.findings[0].rule == "programme_changed"
    assert "MAR programado 50 → 60" in waiting.findings[0].text
    assert waiting.group is Group.PROPOSED
    assert waiting.readings[0].values["p03"] == 50

    plan = check(db, now, data, as_version=Stage.MODIFIED)
    assert (plan.accepted, plan.quarantined, plan.version_name) == (12, 0, "POI modificado 1")
    result = bring(db, actor, now, data, as_version=Stage.MODIFIED, expected=plan)
    draft = versions.load_version(db, result.version_id)
    assert (draft.is_draft, draft.stage, draft.based_on_id) == (True, Stage.MODIFIED, poi_office.version)
    changed = versions.load_programme(db, draft.id)[8]
    assert (changed.programmed[2], changed.annual) == (60, 610)
    assert poi_office.activity(8).programmed[2] == 50


def test_an_unknown_activity_is_added_to_a_draft_and_waits_over_an_approved_version(
    poi_office: PoiOffice, db: Database, actor: Actor, now: datetime
):
    told = small_year()
    one = told.activities[8]
    renamed = with_activity(told, 8, replace(one, activity=replace(one.activity, title="Visitar hogaress")))
    assert check(db, now, book(renamed)).new_activities == 1
    poi_office.approve()
    (waiting,) = check(db, now, book(renamed)).quarantined_rows
    assert waiting.findings[0].rule == "activity_unknown"
    assert waiting.findings[0].candidates == ("Visitar hogares",)
    assert not waiting.readings


def test_months_that_a_draft_did_not_tell_are_completed(db: Database, actor: Actor, now: datetime):
    bring(db, actor, now, book(small_year()))
    later = book_of(small_year(), kind="csv", quarter=2, extra=KINDS)
    plan = check(db, now, later)
    assert (plan.quarantined, plan.new_activities) == (0, 0)
    assert plan.completed
    result = bring(db, actor, now, later)
    year = load_year(db, result.plan_id)
    assert year.activities[8].activity.programmed[:7] == (*[Decimal(50)] * 6, None)


def test_a_year_that_the_title_tells_otherwise_is_noted(db: Database, now: datetime):
    plan = importing.check_file(db, year=2023, file_name="poi.csv", data=book(small_year()), now=now)
    assert "El título del archivo dice 2024 y se importa al POI 2023." in plan.notes


# --- columns ---


def test_columns_nobody_confirmed_are_not_imported_and_then_are(db: Database, actor: Actor, now: datetime):
    proposal = mappings.propose_mapping(db, data=GENERIC, file_name="otra.csv")
    if proposal.known:
        pytest.skip("the layout is recognised by itself")
    with pytest.raises(RuleError) as refused:
        check(db, now, GENERIC)
    assert refused.value.code == "mapping_unconfirmed"
    meanings = ("unit_name", "title", "measure", "annual", "p01", "p02")
    mapping = ColumnMapping(proposal.mapping.profile, meanings, proposal.mapping.heads)
    mappings.save_mapping(db, actor=actor, now=now, name="La de siempre", mapping=mapping)
    assert mappings.propose_mapping(db, data=GENERIC, file_name="otra.csv").saved_name == "La de siempre"
    plan = check(db, now, GENERIC)
    assert (plan.accepted, plan.quarantined) == (1, 0)


def test_a_mapping_that_tells_too_little_or_twice_is_refused(db: Database, actor: Actor, now: datetime):
    proposal = mappings.propose_mapping(db, data=GENERIC, file_name="otra.csv").mapping
    for meanings, code in (
        (("unit_name", "title", "", "", "", ""), "mapping_incomplete"),
        (("unit_name", "title", "measure", "annual", "p01", "p01"), "mapping_repeated"),
    ):
        with pytest.raises(RuleError) as refused:
            mappings.save_mapping(
                db, actor=actor, now=now, name="x", mapping=replace(proposal, meanings=meanings)
            )
        assert refused.value.code == code
    assert mappings.list_mappings(db) == []


def test_a_file_without_a_table_is_refused(db: Database, actor: Actor, now: datetime):
    for job in (
        lambda: check(db, now, b"Nombre;Monto\nUno;2\n"),
        lambda: mappings.propose_mapping(db, data=b"Nombre;Monto\nUno;2\n", file_name="x.csv"),
    ):
        with pytest.raises(RuleError) as refused:
            job()
        assert refused.value.code == "poi_head_missing"


def test_a_year_that_was_imported_can_be_closed_and_its_file_told_again(
    db: Database, actor: Actor, now: datetime
):
    result = bring(db, actor, now, book(small_year()))
    following.close_months(db, actor=actor, now=now, plan_id=result.plan_id, until=1, reason="Año importado")
    versions.approve_version(
        db,
        actor=actor,
        now=now,
        version_id=result.version_id,
        document="Resolución 1",
        document_date=date(2024, 1, 2),
        expected_version=versions.load_version(db, result.version_id).version,
    )
    again = check(db, now, book_of(small_year(), kind="xlsx", quarter=1, extra=KINDS))
    assert (again.accepted, again.unchanged) == (12, 12)
