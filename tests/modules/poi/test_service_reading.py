"""The whole year in one reading: what the version programmes, what was executed, why, on both databases."""

from dataclasses import replace
from decimal import Decimal

import pytest
from poi_office import make_poi
from poi_seed import seed_year

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.exceptions import exceptions_of
from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS, Stage
from sisfoh_desktop.modules.poi.rules.quarter_table import quarter_table
from sisfoh_desktop.modules.poi.service import reading, versions


def test_a_year_comes_back_as_it_was_stored(either_poi):
    office = either_poi
    year = reading.load_year(office.db, office.plan)
    assert [one.activity.id for one in year.activities] == office.ids
    assert (year.plan.year, year.poi_version.id, year.last_executed) == (2024, office.version, 2)
    assert len(year.months) == 12
    visits = year.activities[8]
    assert visits.executed[:3] == (Decimal(50), None, None)
    assert visits.activity.programmed[1] == 50


def test_the_months_that_tell_why_come_in_order(poi_office):
    poi_office.execute(0, 4, 0, motive="other", motive_text="No hubo quórum", corrective="Convocar otra vez")
    poi_office.execute(0, 3, None, motive_text="Falta el acta")
    first = reading.load_year(poi_office.db, poi_office.plan).activities[0]
    assert [(note.month, note.motive_text, note.physical) for note in first.notes] == [
        (3, "Falta el acta", None),
        (4, "No hubo quórum", Decimal(0)),
    ]
    assert first.executed[2:4] == (None, Decimal(0))


def test_money_is_read_beside_what_was_done(either_poi):
    either_poi.execute(6, 7, 0, money=Decimal("49999.90"))
    works = reading.load_year(either_poi.db, either_poi.plan).activities[6]
    assert works.executed_money[6] == Decimal("49999.90")
    assert works.activity.programmed_money[6] == Decimal("50000.00")


def test_an_activity_that_nothing_was_told_of_is_blank(db, actor, now):
    first = seed_year().activities[0]
    year = replace(seed_year(), activities=(replace(first, executed=NO_MONTHS),))
    office = make_poi(db, actor, now, year)
    assert reading.load_year(db, office.plan).activities[0].executed == NO_MONTHS


def test_fractions_are_exact(poi_office):
    poi_office.execute(0, 5, "2.0625")
    assert reading.load_year(poi_office.db, poi_office.plan).activities[0].executed[4] == Decimal("2.0625")


def test_another_version_can_be_looked_at(poi_office):
    office = poi_office
    office.approve()
    draft = versions.start_version(
        office.db, actor=office.actor, now=office.now, plan_id=office.plan, stage=Stage.ADJUSTED
    )
    assert reading.load_year(office.db, office.plan).poi_version.id == office.version
    assert reading.load_year(office.db, office.plan, draft).poi_version.id == draft


@pytest.mark.parametrize(
    ("plan", "version", "code"), [(99, None, "plan_unknown"), (0, 99, "version_unknown")]
)
def test_what_does_not_exist_is_refused(poi_office, plan, version, code):
    with pytest.raises(RuleError) as refused:
        reading.load_year(poi_office.db, plan or poi_office.plan, version)
    assert refused.value.code == code


def test_the_seed_from_the_base_tells_its_own_figures(db, actor, now):
    office = make_poi(db, actor, now, seed_year())
    year = reading.load_year(db, office.plan)
    total = quarter_table(year, 9).total
    assert total.annual == 7040
    assert [tuple(map(int, one)) for one in total.quarters] == [(1726, 1722), (1745, 1745), (1747, 1761)]
    lines = exceptions_of(year, 9)
    assert len(lines) == 13
    assert (lines[0].state.executed, lines[0].state.programmed) == (0, 6)
