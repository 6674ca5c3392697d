"""What the store keeps is what it gives back, and a version seen too late changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import (
    Body,
    BodyRole,
    CountsFrom,
    DatedFact,
    Holiday,
    LegalTerm,
    Legend,
    Mode,
    Municipality,
    Norm,
    NormKind,
    Officer,
    OfficeState,
    TermUnit,
    Unit,
    YearName,
)

TACNA = Municipality(
    "Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna", logo=b"png"
)
MARCH = date(2024, 3, 8)


def test_the_municipality_comes_back_whole(db: Database) -> None:
    with db.transaction() as session:
        assert store.find_municipality(session) is None
        store.record_municipality(session, TACNA, 0)
        assert store.find_municipality(session) == replace(TACNA, version=1)
        store.record_municipality(session, replace(TACNA, name="Otra"), 1)
        assert store.find_municipality(session) == replace(TACNA, name="Otra", version=2)


def test_a_second_first_entry_is_stale_and_overwrites_nothing(db: Database) -> None:
    with db.transaction() as session:
        store.record_municipality(session, TACNA, 0)
        with pytest.raises(StaleRow):
            store.record_municipality(session, replace(TACNA, name="Otra"), 0)


def test_the_state_of_the_base_is_real_until_told_otherwise(db: Database) -> None:
    with db.transaction() as session:
        assert store.load_state(session) == OfficeState()
        store.record_state(session, OfficeState(practice=True), 0)
        store.record_state(session, OfficeState(True, MARCH), 1)
        assert store.load_state(session) == OfficeState(True, MARCH, 2)
        store.record_municipality(session, TACNA, 0)
        assert store.find_municipality(session) == replace(TACNA, mode=Mode.PRACTICE, version=1)


def test_units_are_listed_as_a_tree_with_brothers_in_their_order(db: Database) -> None:
    with db.transaction() as session:
        manager = store.add_unit(session, Unit("Gerencia Municipal", "GM", sort_order=20))
        mayor = store.add_unit(session, Unit("Alcaldía", "ALC", sort_order=10))
        social = store.add_unit(session, Unit("Gerencia de Desarrollo", "GDES", manager, 20))
        legal = store.add_unit(session, Unit("Asesoría Jurídica", "OGAJ", manager, 10))
        ule = store.add_unit(session, Unit("Unidad Local", "ULE", social, 10))
        tree = [(unit.id, unit.depth) for unit in store.list_units(session, MARCH)]
    assert tree == [(mayor, 0), (manager, 0), (legal, 1), (social, 1), (ule, 2)]


def test_a_unit_without_a_name_that_day_leaves_its_dependents_standing(db: Database) -> None:
    with db.transaction() as session:
        old = store.add_unit(session, Unit("Gerencia vieja", "GV", valid_to=date(2023, 12, 31)))
        below = store.add_unit(session, Unit("Subgerencia", "SG", old))
        assert [(unit.id, unit.depth) for unit in store.list_units(session, MARCH)] == [(below, 0)]
        assert len(store.list_units(session, date(2023, 12, 31))) == 2
        assert store.find_unit(session, old, MARCH) is None
        assert store.find_unit(session, below, MARCH) is not None
        assert store.unit_parents(session) == {old: None, below: old}


def test_brothers_are_placed_one_after_the_other(db: Database) -> None:
    with db.transaction() as session:
        assert store.next_sort_order(session, None) == 10
        top = store.add_unit(session, Unit("Alcaldía", "ALC", sort_order=10))
        assert store.next_sort_order(session, None) == 20
        assert store.next_sort_order(session, top) == 10


def test_a_unit_keeps_its_names_in_order(db: Database) -> None:
    with db.transaction() as session:
        unit_id = store.add_unit(session, Unit("Nueva", "N", valid_from=date(2024, 1, 1)))
        store.add_unit_name(session, unit_id, Unit("Vieja", "V", valid_to=date(2023, 12, 31)))
        assert [name.name for name in store.list_unit_names(session, unit_id)] == ["Vieja", "Nueva"]
        assert len(store.list_unit_names(session)) == 2
        unit = store.find_unit(session, unit_id, MARCH)
        assert unit is not None
        store.record_unit(session, replace(unit, name="Corregida", sort_order=5), 1)
        assert store.load_unit_with_name(session, unit_id, unit.name_id).name == "Corregida"
        with pytest.raises(StaleRow):
            store.record_unit(session, unit, 1)
        with pytest.raises(RuleError):
            store.load_unit_with_name(session, unit_id, 999)


FACTS: list[DatedFact] = [
    Body(BodyRole.LEAD_BODY, "Dirección General", "DGFIS", None, MARCH, "Directiva", "Leído"),
    Norm("Ley 30435", "SINAFO", NormKind.LAW, MARCH),
    YearName("Año", MARCH, MARCH, "DS 1", printed=False),
    Legend("Texto", MARCH, None, "RSGTD"),
    LegalTerm("report", "Informe", 7, TermUnit.CALENDAR, CountsFrom.APPROVAL, "Ley 1", MARCH),
    Holiday(
        "Puente", "DS 1", "23", DayOffKind.COMPENSABLE, False, single_day=MARCH, note="n", entered_by="ana"
    ),
    Holiday("Viernes Santo", easter_offset=-2),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_every_dated_fact_comes_back_as_it_went_in(fact: DatedFact, db: Database) -> None:
    kind = type(fact)
    with db.transaction() as session:
        fact_id = store.add_dated(session, fact, national_key="clave")
        stored = replace(fact, id=fact_id, version=1)
        assert store.list_dated(session, kind) == [stored]
        assert store.national_keys(session, kind) == {"clave"}
        store.record_dated(session, replace(stored, valid_to=date(2030, 1, 1)), 1)
        assert store.load_dated(session, kind, fact_id) == replace(
            stored, valid_to=date(2030, 1, 1), version=2
        )
        with pytest.raises(StaleRow):
            store.record_dated(session, stored, 1)
        with pytest.raises(RuleError) as refusal:
            store.load_dated(session, kind, 999)
        assert refusal.value.code == "office_row_gone"


def test_an_officer_comes_back_with_the_whole_dni(db: Database) -> None:
    with db.transaction() as session:
        unit_id = store.add_unit(session, Unit("Gerencia Municipal", "GM"))
        officer = Officer("PERSONA UNO", "Gerente", unit_id, "Ing.", True, True, "RA 1", "40000001", MARCH)
        officer_id = store.add_dated(session, officer)
        assert store.load_dated(session, Officer, officer_id) == replace(officer, id=officer_id, version=1)


def test_a_removed_day_is_gone_and_only_by_its_version(db: Database) -> None:
    with db.transaction() as session:
        own = store.add_dated(session, Holiday("Propio", single_day=MARCH))
        shipped = store.add_dated(session, Holiday("Nacional", single_day=MARCH), national_key="x")
        assert store.is_national(session, store.load_dated(session, Holiday, shipped))
        assert not store.is_national(session, store.load_dated(session, Holiday, own))
        with pytest.raises(StaleRow):
            store.remove_holiday(session, own, 7)
        store.remove_holiday(session, own, 1)
        assert [holiday.id for holiday in store.list_dated(session, Holiday)] == [shipped]
