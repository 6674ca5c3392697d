"""The plan of a year and its catalogue of units of measure, through the service: made, corrected, told in the trail."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from poi_office import PoiOffice

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.rules.facts import MeasureUnit, MonthState
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.service.history import history


def test_a_new_plan_has_a_semaphore_twelve_months_and_an_empty_draft(
    either_db: Database, actor: Actor, now: datetime
) -> None:
    plan_id = plans.add_plan(either_db, actor=actor, now=now, year=2024)
    plan = plans.load_plan(either_db, plan_id)
    assert plan.title == "Plan Operativo Institucional 2024"
    assert [band.label for band in plan.bands] == ["Crítico", "En riesgo", "Conforme"]
    assert plans.find_plan(either_db, 2024) == plans.current_plan(either_db, now.date()) == plan
    assert plans.find_plan(either_db, 2023) is None
    overview = versions.overview(either_db, plan_id)
    assert [one.due_on for one in overview.months][:2] == [date(2024, 2, 20), date(2024, 3, 20)]
    assert [one.name for one in overview.versions] == ["POI aprobado"]
    assert overview.draft == overview.on_view
    assert overview.counts == {}
    with pytest.raises(RuleError, match="El POI 2024 ya existe"):
        plans.add_plan(either_db, actor=actor, now=now, year=2024)


def test_the_semaphore_is_corrected_once_by_whoever_saw_it(either_poi: PoiOffice) -> None:
    seen = plans.load_plan(either_poi.db, either_poi.plan)
    wanted = replace(seen, bands=(seen.bands[0], replace(seen.bands[2], lower=Decimal(90))), year=1999)
    for tried in range(2):
        if tried:
            with pytest.raises(StaleRow):
                plans.save_plan(either_poi.db, actor=either_poi.actor, now=either_poi.now, plan=wanted)
        else:
            plans.save_plan(either_poi.db, actor=either_poi.actor, now=either_poi.now, plan=wanted)
    kept = plans.load_plan(either_poi.db, either_poi.plan)
    assert [(band.label, band.lower) for band in kept.bands] == [("Crítico", 0), ("Conforme", 90)]
    assert kept.year == 2024
    [line, made] = history(either_poi.db, f"poi_plan:{either_poi.plan}")
    assert line.what == "POI corregido"
    [change] = line.changes
    assert change.label == "Semáforo"
    assert "Conforme de 95 % a más (verde, círculo)" in change.before
    assert "Conforme de 90 % a más (verde, círculo)" in change.after
    assert made.what == "POI creado"


def test_the_day_of_closing_is_corrected(either_poi: PoiOffice) -> None:
    month = MonthState(either_poi.plan, 3, date(2024, 4, 25))
    plans.save_due(either_poi.db, actor=either_poi.actor, now=either_poi.now, month=month)
    overview = versions.overview(either_poi.db, either_poi.plan)
    assert overview.months[2].due_on == date(2024, 4, 25)
    line = history(either_poi.db, f"poi_plan:{either_poi.plan}")[0]
    assert line.summary == "Debe cerrarse hasta el: 20/04/2024 → 25/04/2024; Mes: marzo"
    with pytest.raises(StaleRow):
        plans.save_due(either_poi.db, actor=either_poi.actor, now=either_poi.now, month=month)


def test_a_unit_of_measure_is_added_and_renamed_for_every_activity(either_poi: PoiOffice) -> None:
    db, actor, now = either_poi.db, either_poi.actor, either_poi.now
    made = plans.add_measure(db, actor=actor, now=now, measure=MeasureUnit(0, "086", " Persona  atendida "))
    assert MeasureUnit(made, "086", "Persona atendida") in plans.list_measures(db)
    visits = next(one for one in plans.list_measures(db) if one.name == "VISITAS")
    plans.save_measure(db, actor=actor, now=now, measure=replace(visits, name="VISITA"))
    assert either_poi.activity(8).measure == "VISITA"
    with pytest.raises(RuleError) as refused:
        plans.save_measure(db, actor=actor, now=now, measure=replace(visits, version=2, name="quejas"))
    assert refused.value.code == "measure_exists"
    with pytest.raises(RuleError) as unknown:
        plans.save_measure(db, actor=actor, now=now, measure=replace(visits, id=999))
    assert unknown.value.code == "measure_unknown"


def test_a_plan_that_is_not_there_is_told(db: Database) -> None:
    with pytest.raises(RuleError) as refused:
        plans.load_plan(db, 5)
    assert refused.value.code == "plan_unknown"
    with pytest.raises(RuleError) as unknown:
        versions.load_version(db, 5)
    assert unknown.value.code == "version_unknown"
