"""The history of the office as its tab tells it."""

from dataclasses import replace
from datetime import date

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import LegalTerm, Officer


def told(db):
    return [(line.what, line.summary) for line in office.history(db)]


def test_each_fact_is_named_with_what_changed_and_units_by_their_names(db, do, small_office):
    (line,) = office.list_officers(db, date(2024, 3, 8))
    changed = replace(line.officer, unit_id=small_office["OGAJ"], dni="40000012", position="Asesor")
    do(office.save_officer, officer=changed, expected_version=1)
    do(office.end_unit, unit_id=small_office["OGAJ"], last_day=date(2024, 12, 31), expected_version=1)
    ended, moved, registered = told(db)[:3]
    assert ended == ("Unidad con fin de vigencia: Oficina de Asesoría Jurídica", "Rige hasta: — → 31/12/2024")
    assert moved[0] == "Responsable corregido: Ing. PERSONA UNO"
    assert "Unidad: Gerencia Municipal → Oficina de Asesoría Jurídica" in moved[1]
    assert "DNI: 4*****01 → 4*****12" in moved[1]
    assert "40000" not in moved[1]
    assert registered[0] == "Responsable registrado: Ing. PERSONA UNO"
    assert "Nombre: PERSONA UNO" in registered[1]


def test_terms_and_national_data_are_told_in_words(db, do):
    do(office.install_national_data)
    do(office.add_term, term=LegalTerm("step", "Trámite", 2, norm="Directiva 1", valid_to=date(2018, 12, 31)))
    added, installed = told(db)
    assert added[0] == "Plazo legal registrado: Trámite"
    assert "Cómo se cuentan: días hábiles" in added[1]
    assert "Se cuenta desde: la recepción" in added[1]
    assert installed[0] == "Datos nacionales incorporados"
    assert "Plazos: 11" in installed[1]


def test_a_new_office_has_no_history(db):
    assert office.history(db) == []


def test_an_officer_without_dni_shows_none(db, do, small_office):
    do(office.add_officer, officer=Officer("PERSONA DOS", "Asesor", small_office["OGAJ"], document="RA 2"))
    assert "DNI" not in told(db)[0][1]


def test_one_fact_tells_its_own_history_alone(db, do, small_office):
    (line,) = office.list_officers(db, date(2024, 3, 8))
    do(office.save_officer, officer=replace(line.officer, position="Asesor"), expected_version=1)
    assert [one.what for one in office.history(db, line.officer)] == [
        "Responsable corregido",
        "Responsable registrado",
    ]
    do(office.reveal_dni, officer_id=line.officer.id, reason="Cotejo de su designación")
    assert len(office.history(db, line.officer)) == 3
    unit = next(one for one in office.list_units(db, date(2024, 3, 8)) if one.id == small_office["OGAJ"])
    assert [one.what for one in office.history(db, unit)] == ["Unidad registrada"]
