"""Versions of the POI: a draft from the one on view, closed months kept, approval with its resolution, comparison."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from poi_office import PoiOffice, quarterly_of

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.poi.rules.facts import Activity, PoiVersion, Stage
from sisfoh_desktop.modules.poi.service import versions


def modification(office: PoiOffice, closed: int = 2) -> PoiVersion:
    """A modification started after the first version was approved and months were closed."""
    office.approve()
    if closed:
        office.close(closed)
    version_id = versions.start_version(
        office.db, actor=office.actor, now=office.now, plan_id=office.plan, stage=Stage.MODIFIED
    )
    return versions.load_version(office.db, version_id)


def programme_of(office: PoiOffice, version_id: int) -> dict[int, Activity]:
    return {one.id: one for one in versions.load_programme(office.db, version_id)}


def save(office: PoiOffice, version_id: int, *changes: Activity, **more: object) -> None:
    versions.save_programme(
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
