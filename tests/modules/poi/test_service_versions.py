"""Versions of the POI: a draft from the one on view, closed months kept, approval with its resolution, comparison."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from poi_office import PoiOffice, quarterly_of

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.poi.rules.facts import (
    Activity,
    Direction,
    GoalKind,
    Nature,
    PoiVersion,
    Stage,
)
from sisfoh_desktop.modules.poi.service import drafting, plans, versions
from sisfoh_desktop.modules.poi.service.history import history


def modification(office: PoiOffice, closed: int = 2) -> PoiVersion:
    """A modification started after the first version was approved and months were closed."""
    office.approve()
    if closed:
        office.close(closed)
    return versions.load_version(office.db, modification_of(office))


def modification_of(office: PoiOffice) -> int:
    return versions.start_version(
        office.db, actor=office.actor, now=office.now, plan_id=office.plan, stage=Stage.MODIFIED
    )


def programme_of(office: PoiOffice, version_id: int) -> dict[int, Activity]:
    return {one.id: one for one in versions.load_programme(office.db, version_id)}


def save(office: PoiOffice, version_id: int, *changes: Activity, **more: object) -> None:
    drafting.save_programme(
        office.db,
        actor=office.actor,
        now=office.now,
        version_id=version_id,
        changes=changes,
        **more,  # type: ignore[arg-type]
    )


def approve(office: PoiOffice, version_id: int, day: date = date(2024, 3, 7)) -> None:
    versions.approve_version(
        office.db,
        actor=office.actor,
        now=office.now,
        version_id=version_id,
        document="Resolución de Alcaldía N° 050-2024-PRUEBA",
        document_date=day,
        expected_version=versions.load_version(office.db, version_id).version,
    )


def with_months(activity: Activity, **months: int) -> Activity:
    """The activity with some months (`m3=8`) and, as `annual`, another goal."""
    programmed = list(activity.programmed)
    for name, value in months.items():
        if name.startswith("m"):
            programmed[int(name[1:]) - 1] = Decimal(value)
    annual = Decimal(months["annual"]) if "annual" in months else activity.annual
    return replace(activity, programmed=tuple(programmed), annual=annual)


def test_a_new_plan_has_an_empty_draft_and_the_small_one_its_activities(either_poi: PoiOffice) -> None:
    activities = either_poi.activities()
    assert [one.id for one in activities] == either_poi.ids
    assert activities[0].annual == 24
    assert activities[6].programmed_money[11] == Decimal("62656.00")
    draft = versions.version_on_view(either_poi.db, either_poi.plan)
    assert draft is not None
    assert draft.is_draft
    assert draft.name == "POI aprobado"


def test_approving_puts_the_version_in_force_and_a_modification_starts_as_its_whole_copy(
    either_poi: PoiOffice,
) -> None:
    draft = modification(either_poi)
    assert draft.name == "POI modificado 1"
    assert draft.first_month == 3
    before, after = programme_of(either_poi, either_poi.version), programme_of(either_poi, draft.id)
    assert [replace(one, row_id=0) for one in after.values()] == [
        replace(one, row_id=0, version=1) for one in before.values()
    ]
    on_view = versions.version_on_view(either_poi.db, either_poi.plan)
    assert on_view is not None
    assert on_view.id == either_poi.version


def test_a_version_without_resolution_or_with_sums_that_differ_is_not_approved(
    poi_office: PoiOffice,
) -> None:
    with pytest.raises(RuleError, match="Falta la resolución"):
        poi_office.approve(" ")
    save(poi_office, poi_office.version, with_months(poi_office.activity(0), annual=25))
    with pytest.raises(RuleError) as refused:
        poi_office.approve()
    assert refused.value.code == "programme_invalid"
    assert "«Dirigir sesiones de concejo»: sus meses no suman la meta anual" in refused.value.sentence
    assert poi_office.poi_version().is_draft


def test_a_reprogramming_adds_what_was_executed_to_what_remains(poi_office: PoiOffice) -> None:
    draft = modification(poi_office)
    audiencias = programme_of(poi_office, draft.id)[poi_office.ids[2]]  # executed 10 and 6 of 10 and 10
    save(poi_office, draft.id, with_months(audiencias, m3=12))
    with pytest.raises(RuleError, match="lo ejecutado más lo que queda no es la meta"):
        approve(poi_office, draft.id)
    stored = programme_of(poi_office, draft.id)[poi_office.ids[2]]
    save(poi_office, draft.id, with_months(stored, m3=14))
    approve(poi_office, draft.id)
    on_view = versions.version_on_view(poi_office.db, poi_office.plan)
    assert on_view is not None
    assert on_view.name == "POI modificado 1"


def test_a_closed_month_is_not_reprogrammed(poi_office: PoiOffice) -> None:
    draft = modification(poi_office)
    one = programme_of(poi_office, draft.id)[poi_office.ids[2]]
    with pytest.raises(RuleError) as refused:
        save(poi_office, draft.id, with_months(one, m2=6))
    assert refused.value.code == "closed_month_changed"
    assert "febrero" in refused.value.sentence
    assert programme_of(poi_office, draft.id)[one.id] == one


def test_a_month_closed_while_the_draft_was_open_is_kept_as_it_was(poi_office: PoiOffice) -> None:
    draft = modification(poi_office)
    one = programme_of(poi_office, draft.id)[poi_office.ids[2]]
    save(poi_office, draft.id, with_months(one, m3=14))
    poi_office.close(3)
    with pytest.raises(RuleError, match="cambia un mes que ya está cerrado"):
        approve(poi_office, draft.id)


def test_two_people_save_the_same_activity_and_the_second_is_told(either_poi: PoiOffice) -> None:
    seen = either_poi.activity(0)
    save(either_poi, either_poi.version, replace(seen, title="Dirigir las sesiones"))
    with pytest.raises(StaleRow):
        save(either_poi, either_poi.version, replace(seen, title="Presidir sesiones"))
    assert either_poi.activity(0).title == "Dirigir las sesiones"


def test_what_changed_after_it_was_seen_is_not_approved(poi_office: PoiOffice) -> None:
    seen = poi_office.poi_version().version
    save(poi_office, poi_office.version, replace(poi_office.activity(0), title="Otra cosa"))
    with pytest.raises(StaleRow):
        versions.approve_version(
            poi_office.db,
            actor=poi_office.actor,
            now=poi_office.now,
            version_id=poi_office.version,
            document="Resolución N° 1",
            document_date=date(2024, 1, 2),
            expected_version=seen,
        )


def test_activities_come_and_go_in_a_draft(either_poi: PoiOffice) -> None:
    draft = modification(either_poi, closed=0)
    new = Activity("ALCALDÍA", "Rendir cuentas", "acciones", Decimal(8), quarterly_of(2))
    untouched = either_poi.ids[11]
    with pytest.raises(RuleError) as refused:
        save(either_poi, draft.id, removed=[untouched])
    assert refused.value.code == "activity_executed"
    save(either_poi, draft.id, added=[new], removed=[either_poi.ids[1]])
    compared = versions.compare(either_poi.db, either_poi.version, draft.id)
    assert [one.title for one in compared.added] == ["Rendir cuentas"]
    assert compared.added[0].measure == "ACCIONES"
    assert [one.title for one in compared.removed] == ["Presentar informes de gestión"]
    assert compared.changed == ()
    assert compared.unchanged == 11


def test_an_unknown_unit_of_measure_is_refused(poi_office: PoiOffice) -> None:
    with pytest.raises(RuleError, match="La unidad de medida «KILOS» no está en el catálogo"):
        save(poi_office, poi_office.version, replace(poi_office.activity(0), measure="KILOS"))


def test_an_approved_version_is_not_changed(poi_office: PoiOffice) -> None:
    poi_office.approve()
    with pytest.raises(RuleError) as refused:
        save(poi_office, poi_office.version, replace(poi_office.activity(0), title="Otra"))
    assert refused.value.code == "version_approved"


def test_comparing_tells_each_field_and_month(poi_office: PoiOffice) -> None:
    draft = modification(poi_office)
    one = programme_of(poi_office, draft.id)[poi_office.ids[0]]
    save(poi_office, draft.id, replace(with_months(one, m3=4, annual=26), title="Dirigir sesiones"))
    [change] = versions.compare(poi_office.db, poi_office.version, draft.id).changed
    told = [(field.name, field.before, field.after) for field in change.fields]
    assert told == [
        ("title", "Dirigir sesiones de concejo", "Dirigir sesiones"),
        ("annual", Decimal(24), Decimal(26)),
        ("p03", Decimal(2), Decimal(4)),
    ]


def test_a_draft_is_discarded_whole_and_its_new_activities_with_it(either_poi: PoiOffice) -> None:
    draft = modification(either_poi, closed=0)
    save(
        either_poi,
        draft.id,
        added=[Activity("ALCALDÍA", "Rendir cuentas", "ACCIONES", Decimal(0))],
    )
    present = versions.load_version(either_poi.db, draft.id)
    with pytest.raises(StaleRow):
        versions.discard_draft(
            either_poi.db,
            actor=either_poi.actor,
            now=either_poi.now,
            version_id=draft.id,
            expected_version=draft.version,
        )
    versions.discard_draft(
        either_poi.db,
        actor=either_poi.actor,
        now=either_poi.now,
        version_id=draft.id,
        expected_version=present.version,
    )
    assert [one.id for one in versions.list_versions(either_poi.db, either_poi.plan)] == [either_poi.version]
    assert len(either_poi.activities()) == 12
    assert history(either_poi.db, f"poi_plan:{either_poi.plan}")[0].what == "Borrador descartado"
    again = modification_of(either_poi)
    told = [line.what for line in history(either_poi.db, f"poi_version:{again}")]
    assert told == ["Borrador empezado"]  # what was discarded under the same number is not its history


def test_the_only_version_is_not_discarded(poi_office: PoiOffice) -> None:
    with pytest.raises(RuleError) as refused:
        versions.discard_draft(
            poi_office.db,
            actor=poi_office.actor,
            now=poi_office.now,
            version_id=poi_office.version,
            expected_version=poi_office.poi_version().version,
        )
    assert refused.value.code == "only_version"


def test_one_draft_at_a_time_and_no_step_back(poi_office: PoiOffice) -> None:
    start = {"actor": poi_office.actor, "now": poi_office.now, "plan_id": poi_office.plan}
    with pytest.raises(RuleError, match="Ya hay un borrador"):
        versions.start_version(poi_office.db, **start, stage=Stage.MODIFIED)
    poi_office.approve()
    versions.start_version(poi_office.db, **start, stage=Stage.CONSISTENT)
    draft = versions.list_versions(poi_office.db, poi_office.plan)[-1]
    approve(poi_office, draft.id)
    with pytest.raises(RuleError) as refused:
        versions.start_version(poi_office.db, **start, stage=Stage.ADJUSTED)
    assert refused.value.code == "stage_passed"
    poi_office.close(12)
    with pytest.raises(RuleError) as refused:
        versions.start_version(poi_office.db, **start, stage=Stage.MODIFIED)
    assert refused.value.code == "year_closed"


def test_a_snapshot_keeps_every_field_of_an_activity_and_later_changes_do_not_reach_it(
    either_poi: PoiOffice,
) -> None:
    full = Activity(
        unit_name="ULE",
        title="Empadronar hogares",
        measure="FICHAS",
        annual=Decimal("12.5"),
        programmed=tuple(Decimal(month) / 4 for month in range(12)),
        annual_money=Decimal("6.60"),
        programmed_money=tuple(Decimal(month) / 10 for month in range(12)),
        code="AOI00102800718",
        nature=Nature.INVESTMENT,
        goal_kind=GoalKind.STOCK,
        direction=Direction.LESS,
        oei="OEI.01",
        aei="AEI.01.01",
        centro_costo="03.07.06",
        category="Programa",
        product="Producto",
        budget_activity="Actividad presupuestal",
        function="23",
        division="051",
        group="0115",
        budget_goal="0012",
        ubigeo="230101",
        priority="1",
        order=40,
    )
    blank = Activity("", "", "")
    told = [one.name for one in fields(Activity) if one.name not in ("id", "row_id", "version", "measure_id")]
    assert not [name for name in told if getattr(full, name) == getattr(blank, name)]
    save(either_poi, either_poi.version, added=[full])
    stored = either_poi.activities()[-1]
    assert {name: getattr(stored, name) for name in told} == {name: getattr(full, name) for name in told}
    save(either_poi, either_poi.version, replace(stored, annual=Decimal("2.75")))
    before = [replace(one, row_id=0, version=0) for one in either_poi.activities()]
    draft = modification(either_poi)
    copied = programme_of(either_poi, draft.id)
    assert [replace(one, row_id=0, version=0) for one in copied.values()] == before
    save(either_poi, draft.id, replace(copied[stored.id], priority="2"), removed=[either_poi.ids[1]])
    assert [replace(one, row_id=0, version=0) for one in either_poi.activities()] == before


def test_the_same_start_sent_twice_makes_one_draft(poi_office: PoiOffice) -> None:
    poi_office.approve()
    made = [
        versions.start_version(
            poi_office.db,
            actor=poi_office.actor,
            now=poi_office.now,
            plan_id=poi_office.plan,
            stage=Stage.MODIFIED,
            token="una-vez",
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert len(versions.list_versions(poi_office.db, poi_office.plan)) == 2


def test_versions_of_two_years_are_not_compared(poi_office: PoiOffice) -> None:
    other = plans.add_plan(poi_office.db, actor=poi_office.actor, now=poi_office.now, year=2025)
    [second] = versions.list_versions(poi_office.db, other)
    with pytest.raises(RuleError) as refused:
        versions.compare(poi_office.db, poi_office.version, second.id)
    assert refused.value.code == "other_plan"


def test_a_closed_month_of_the_first_draft_keeps_what_it_programmed(poi_office: PoiOffice) -> None:
    poi_office.close(1)
    one = poi_office.activity(0)
    with pytest.raises(RuleError, match="cambia enero, que ya está cerrado"):
        save(poi_office, poi_office.version, with_months(one, m1=5))
    save(poi_office, poi_office.version, with_months(one, m3=5))
    assert poi_office.activity(0).programmed[2] == 5
