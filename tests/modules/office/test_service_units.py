"""Units and who answers for them, as other modules and the screen ask for them: as on a day, by siglas, in charge."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from office_verbs import MARCH, TACNA, Desk, refused

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Officer, Unit


@pytest.fixture
def desk(db: Database, actor: Actor, now: datetime) -> Desk:
    return Desk(db, actor, now)


# --- units ---


@pytest.fixture
def manager(desk: Desk) -> int:
    unit = Unit("Gerencia Municipal", "GM", valid_from=date(2020, 1, 1))
    return int(desk.do(office.add_unit, unit=unit))


def test_units_are_found_by_their_siglas_and_called_as_on_the_day(desk: Desk, manager: int) -> None:
    planning = Unit("Oficina de Planeamiento", "OGPPyMI", manager, valid_from=date(2020, 1, 1))
    planning_id = desk.do(office.add_unit, unit=planning)
    found = office.unit_by_siglas(desk.db, "OGPPYMI", MARCH)
    assert found is not None
    assert (found.id, found.depth, found.sort_order) == (planning_id, 1, 10)
    assert office.unit_by_siglas(desk.db, "OTRA", MARCH) is None
    assert office.unit_by_siglas(desk.db, "OGPPyMI", date(2019, 1, 1)) is None
    assert office.load_unit(desk.db, planning_id, MARCH).name == "Oficina de Planeamiento"
    refused("unit_unknown", office.load_unit, desk.db, planning_id, date(2019, 1, 1))


def test_numbers_are_proposed_with_the_siglas_of_the_municipality_and_of_the_ule(
    desk: Desk, manager: int
) -> None:
    assert office.ule_siglas(desk.db, MARCH) == ("", "ULE")
    ule = Unit("Unidad Local de Empadronamiento", "ULES", manager, valid_from=date(2020, 1, 1))
    desk.do(office.add_unit, unit=ule)
    desk.do(office.save_municipality, municipality=TACNA, expected_version=0)
    assert office.ule_siglas(desk.db, MARCH) == ("MPT", "ULES")


def test_a_renamed_unit_keeps_its_old_name_on_old_papers(desk: Desk, manager: int) -> None:
    new = Unit("Gerencia General Municipal", "GGM", valid_from=date(2025, 1, 1), id=manager)
    assert desk.do(office.rename_unit, unit=new, expected_version=1) == 2
    assert office.load_unit(desk.db, manager, MARCH).siglas == "GM"
    assert office.load_unit(desk.db, manager, date(2024, 12, 31)).siglas == "GM"
    assert office.load_unit(desk.db, manager, date(2025, 1, 1)).siglas == "GGM"
    assert [name.siglas for name in office.list_unit_names(desk.db, manager)] == ["GM", "GGM"]
    with pytest.raises(StaleRow):
        desk.do(office.rename_unit, unit=replace(new, valid_from=date(2026, 1, 1)), expected_version=1)


def test_a_new_name_needs_a_day_after_the_old_ones_first(desk: Desk, manager: int) -> None:
    new = Unit("Otra", "OTRA", id=manager)
    refused("date_missing", desk.do, office.rename_unit, unit=new, expected_version=1)
    for day in (date(2020, 1, 1), date(2019, 6, 1)):
        refused(
            "unit_without_name",
            desk.do,
            office.rename_unit,
            unit=replace(new, valid_from=day),
            expected_version=1,
        )
    assert [name.siglas for name in office.list_unit_names(desk.db, manager)] == ["GM"]


def test_a_unit_is_corrected_moved_and_ended(desk: Desk, manager: int) -> None:
    below = desk.do(office.add_unit, unit=Unit("Subgerencia", "SG"))
    unit = office.load_unit(desk.db, below, MARCH)
    desk.do(office.save_unit, unit=replace(unit, name="Sub Gerencia", parent_id=manager), expected_version=1)
    assert office.load_unit(desk.db, below, MARCH).depth == 1
    assert desk.trail()[-1][2:4] == (
        {"name": "Subgerencia", "parent_id": None},
        {"name": "Sub Gerencia", "parent_id": manager},
    )
    top = office.load_unit(desk.db, manager, MARCH)
    refused(
        "unit_circle",
        desk.do,
        office.save_unit,
        unit=replace(top, parent_id=below),
        expected_version=top.version,
    )
    desk.do(office.end_unit, unit_id=below, last_day=MARCH, expected_version=2)
    assert [unit.siglas for unit in office.list_units(desk.db, MARCH)] == ["GM", "SG"]
    assert [unit.siglas for unit in office.list_units(desk.db, date(2024, 3, 9))] == ["GM"]
    refused(
        "unit_unknown", desk.do, office.end_unit, unit_id=below, last_day=date(2025, 1, 1), expected_version=3
    )


# --- officers ---


def test_whoever_acts_goes_before_the_holder_while_it_lasts(desk: Desk, manager: int) -> None:
    holder = Officer("PERSONA UNO", "Gerente Municipal", manager, "Ing.", dni="40000001")
    holder_id = desk.do(office.add_officer, officer=holder)
    acting = Officer(
        "PERSONA DOS",
        "Gerente Municipal",
        manager,
        acting=True,
        document="RA 45-2024",
        valid_from=date(2024, 3, 4),
        valid_to=date(2024, 3, 15),
    )
    desk.do(office.add_officer, officer=acting)
    on_leave, back = (
        office.officer_for(desk.db, manager, MARCH),
        office.officer_for(desk.db, manager, date(2024, 3, 16)),
    )
    assert on_leave is not None
    assert back is not None
    assert on_leave.full_position == "Gerente Municipal (e)"
    assert (back.id, back.dni) == (holder_id, "40000001")
    assert office.officer_for(desk.db, 999, MARCH) is None


def test_lists_mask_the_dni_and_the_trail_never_holds_it(desk: Desk, manager: int) -> None:
    officer_id = desk.do(
        office.add_officer, officer=Officer("PERSONA UNO", "Gerente", manager, dni="40000001")
    )
    (line,) = office.list_officers(desk.db, MARCH)
    assert (line.masked_dni, line.unit_siglas, line.officer.dni) == ("4*****01", "GM", None)
    assert "40000001" not in json.dumps(desk.trail())
    desk.do(office.save_officer, officer=replace(line.officer, name="PERSONA UNO DOS"), expected_version=1)
    assert office.load_officer(desk.db, officer_id).dni == "40000001"
    desk.do(office.save_officer, officer=replace(line.officer, dni=""), expected_version=2)
    assert office.load_officer(desk.db, officer_id).dni == ""


def test_the_trail_tells_that_a_dni_changed_even_if_its_shown_figures_did_not(
    desk: Desk, manager: int
) -> None:
    officer = Officer("PERSONA UNO", "Gerente", manager, dni="40000001")
    officer_id = desk.do(office.add_officer, officer=officer)
    other = replace(officer, id=officer_id, dni="41111101")
    desk.do(office.save_officer, officer=other, expected_version=1)
    assert desk.trail()[-1][3] == {"dni": "4*****01 (cambió)"}
    assert "41111101" not in json.dumps(desk.trail())


def test_officers_are_listed_by_unit_head_first_and_past_ones_on_demand(desk: Desk, manager: int) -> None:
    below = desk.do(office.add_unit, unit=Unit("Asesoría", "OGAJ", manager))
    for officer in (
        Officer("ABOGADA", "Jefa", below),
        Officer("ESPECIALISTA", "Especialista", manager, head=False),
        Officer("GERENTE", "Gerente", manager),
    ):
        desk.do(office.add_officer, officer=officer)
    gone = desk.do(office.add_officer, officer=Officer("ANTERIOR", "Asistente", manager, head=False))
    desk.do(office.end_officer, officer_id=gone, last_day=date(2023, 12, 31), expected_version=1)
    names = [line.officer.name for line in office.list_officers(desk.db, MARCH)]
    assert names == ["GERENTE", "ESPECIALISTA", "ABOGADA"]
    assert {line.officer.name for line in office.list_officers(desk.db)} == {*names, "ANTERIOR"}
    assert {line.unit_siglas for line in office.list_officers(desk.db)} == {"GM", "OGAJ"}
