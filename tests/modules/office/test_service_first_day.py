"""Everything of the first day goes in at once or not at all; what the program offers to start from is sound."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Holiday, Municipality, Officer, Unit, check_unit_name
from sisfoh_desktop.modules.office.rules.first_day import (
    FirstDay,
    NewOfficer,
    NewUnit,
    OfficeStanding,
    superiors_first,
)
from sisfoh_desktop.modules.office.service import first_day

SINCE = date(2024, 1, 1)
TACNA = Municipality("Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna")
GM = NewUnit(Unit("Gerencia Municipal", "GM", valid_from=SINCE))
ULE = NewUnit(Unit("Unidad Local de Empadronamiento", "ULE", valid_from=SINCE), "GM")
HEAD = NewOfficer(Officer("Rosa Quispe Mamani", "Gerente Municipal", 0, valid_from=SINCE), "GM")
LOCAL = Holiday("Reincorporación", "Ley 1", "230101", month=8, day=28)
WHOLE = FirstDay(TACNA, (ULE, GM), (HEAD,), (LOCAL,))


def enter(db, actor, now, entered=WHOLE, token=None) -> int:
    return first_day.enter_first_day(db, actor=actor, now=now, entered=entered, token=token)


def test_everything_goes_in_at_once_superiors_before_their_own(either_db, actor, now):
    assert enter(either_db, actor, now) == 5
    standing = first_day.load_standing(either_db, now.date())
    assert standing.municipality.name == TACNA.name
    assert [(unit.siglas, unit.depth) for unit in standing.units] == [("GM", 0), ("ULE", 1)]
    assert [(one.name, one.dni) for one in standing.officers] == [("Rosa Quispe Mamani", None)]
    assert office.calendar(either_db).why_not(date(2024, 8, 28)) == "Reincorporación (Ley 1)"
    assert standing.lacks == ("logo",)


def test_each_fact_is_told_in_the_trail_as_where_it_is_entered_alone(db, actor, now):
    enter(db, actor, now)
    with db.reading() as session:
        told = session.scalars(select(AuditEntryRow.action)).all()
    assert set(told) >= {
        "office.municipality.save", "office.unit.add", "office.officer.add", "office.holiday.add",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(WHOLE, units=(GM, replace(ULE, parent="XX"))), "superior_unknown"),
        (replace(WHOLE, units=(replace(GM, parent="ULE"), ULE)), "unit_circle"),
        (replace(WHOLE, units=(GM, GM)), "siglas_taken"),
        (replace(WHOLE, officers=(replace(HEAD, unit="OGAJ"),)), "unit_unknown"),
        (replace(WHOLE, officers=(HEAD, HEAD)), "officer_overlap"),
        (replace(WHOLE, holidays=(replace(LOCAL, month=13),)), "holiday_date_invalid"),
        (replace(WHOLE, municipality=replace(TACNA, portal_url="x")), "portal_invalid"),
    ],
)
def test_one_wrong_fact_and_nothing_is_kept(either_db, actor, now, wrong, code):
    with pytest.raises(RuleError) as refused:
        enter(either_db, actor, now, wrong)
    assert refused.value.code == code
    standing = first_day.load_standing(either_db, now.date())
    assert (standing.municipality, standing.units, standing.officers) == (None, (), ())
    assert LOCAL.name not in [one.name for one in standing.holidays]


def test_a_lost_answer_asked_again_stores_once(either_db, actor, now):
    assert enter(either_db, actor, now, token="uno") == enter(either_db, actor, now, token="uno") == 5
    assert len(first_day.load_standing(either_db, now.date()).units) == 2


def test_later_only_what_is_new_goes_in_under_what_is_there(db, actor, now):
    enter(db, actor, now, FirstDay(TACNA, (GM,)))
    assert enter(db, actor, now, FirstDay(units=(ULE,), officers=(HEAD,))) == 2
    assert [unit.siglas for unit in first_day.load_standing(db, now.date()).units] == ["GM", "ULE"]


def test_a_municipality_that_somebody_changed_meanwhile_is_not_overwritten(either_db, actor, now):
    enter(either_db, actor, now, FirstDay(TACNA))
    with pytest.raises(StaleRow):
        enter(either_db, actor, now, FirstDay(replace(TACNA, name="Otra", version=7), (GM,)))
    assert first_day.load_standing(either_db, now.date()).units == ()


def test_who_may_not_change_the_office_changes_nothing(db, now):
    clerk = Actor("luis", rights=frozenset({"kardex.move"}))
    with pytest.raises(RuleError) as refused:
        enter(db, clerk, now)
    assert refused.value.code == "not_allowed"
    assert first_day.load_standing(db, now.date()).municipality is None


def test_an_empty_office_lacks_everything():
    assert OfficeStanding(None, (), (), ()).lacks == ("municipality", "logo", "units", "officers")


def test_every_template_can_be_entered_as_it_is(db, actor, now):
    for template in first_day.unit_templates():
        units = tuple(
            NewUnit(check_unit_name(Unit(one.name, one.siglas, valid_from=SINCE), ()), one.parent)
            for one in template.units
        )
        assert superiors_first(units, set())[0].unit.siglas == "ALC"
        assert all(one.position and one.why for one in template.units)
        ticked = {one.siglas for one in template.units if one.ticked}
        assert {one.parent for one in template.units if one.ticked} - ticked == {""}
        assert "ULE" in ticked


def test_the_provinces_are_those_of_the_country():
    found = {one.code: one for one in first_day.provinces()}
    assert len(found) == 196
    assert len({one.department for one in found.values()}) == 25
    assert (found["2301"].name, found["2301"].department) == ("Tacna", "Tacna")
    assert (found["0701"].name, found["1501"].name, found["2504"].name) == ("Callao", "Lima", "Purús")


@given(st.permutations(["A", "B", "C", "D", "E"]))
def test_units_are_put_after_their_superiors_in_whatever_order_they_come(order):
    above = {"A": "", "B": "A", "C": "B", "D": "A", "E": "Z"}
    placed = [
        one.unit.siglas
        for one in superiors_first(tuple(NewUnit(Unit(key, key), above[key]) for key in order), {"z"})
    ]
    assert sorted(placed) == ["A", "B", "C", "D", "E"]
    assert all(placed.index(above[key]) < placed.index(key) for key in placed if above[key] not in ("", "Z"))
