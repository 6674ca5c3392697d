"""The bank and the incidents through their services: rights, versions, the trail, what the inbox is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

import sisfoh_desktop.app.all_words  # noqa: F401 - the words of every part
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.modules.inbox.service import load_tray
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.service import incidents, inventory, pending, privacy

BANK = DataBank("Banco del empadronamiento", "", "Ana Prueba", "datos@muni.test")
KEEPER = Actor("rosa", "ULE", rights=frozenset({"privacy.manage"}))
CLERK = Actor("luis", "ULE", rights=frozenset({"kardex.move", "backup.make"}))


def told_of(now) -> Incident:
    return Incident(now - timedelta(hours=3), "Se perdió un cuaderno", "En el mercado", "Nombres", True)


def test_the_bank_is_saved_once_with_what_changed_in_its_history(db, now):
    who = {"actor": KEEPER, "now": now}
    for _twice in range(2):
        privacy.save_bank(db, **who, bank=BANK, expected_version=0, token="una")
    privacy.save_bank(db, **who, bank=replace(BANK, registration="RNPDP 5"), expected_version=1)
    assert privacy.load_bank(db) == replace(BANK, registration="RNPDP 5", version=2)
    newest, first = privacy.history(db)
    assert [change.text for change in newest.changes] == ["Código de inscripción: — → RNPDP 5"]
    assert "Oficial de datos personales: Ana Prueba" in first.summary
    with pytest.raises(StaleRow):
        privacy.save_bank(db, **who, bank=BANK, expected_version=1)


def test_without_the_right_nothing_is_kept(db, now):
    for call in (
        lambda: privacy.save_bank(db, actor=CLERK, now=now, bank=BANK, expected_version=0),
        lambda: incidents.add_incident(db, actor=CLERK, now=now, incident=told_of(now)),
    ):
        with pytest.raises(RuleError) as refused:
            call()
        assert refused.value.code == "not_allowed"
    assert privacy.load_bank(db).version == 0
    assert incidents.list_incidents(db) == []


def test_an_incident_goes_its_way_and_every_step_stands_in_its_history(db, now):
    who = {"actor": KEEPER, "now": now}
    one = incidents.add_incident(db, **who, incident=told_of(now), token="una")
    assert incidents.add_incident(db, **who, incident=told_of(now), token="una") == one
    kept = incidents.load_incident(db, one)
    assert (kept.registered_by, kept.registered_at, kept.closed) == ("rosa", now, False)
    incidents.save_incident(db, **who, incident=replace(kept, holder_count=42), expected_version=1)
    with pytest.raises(StaleRow):
        incidents.save_incident(db, **who, incident=kept, expected_version=1)
    step = {"incident_id": one, "at": now}
    incidents.note_step(db, **who, **step, step=Step.AUTHORITY, document="Oficio 3", expected_version=2)
    incidents.note_step(db, **who, **step, step=Step.HOLDERS, expected_version=3)
    incidents.close_incident(db, **who, incident_id=one, note="Apareció el cuaderno.", expected_version=4)
    with pytest.raises(RuleError, match="ya está cerrado"):
        incidents.save_incident(db, **who, incident=kept, expected_version=5)
    lines = incidents.history(db, one)
    assert [line.what for line in lines] == [
        "Incidente cerrado",
        "Comunicación del incidente anotada",
        "Comunicación del incidente anotada",
        "Incidente corregido",
        "Incidente registrado",
    ]
    assert "Estado: abierto → cerrado" in lines[0].summary
    assert "Titulares afectados: 42" in lines[3].summary
    done = incidents.load_incident(db, one)
    assert (done.holder_count, done.report_document, done.closed) == (42, "Oficio 3", True)


def test_saving_what_is_told_never_touches_a_step(db, now):
    who = {"actor": KEEPER, "now": now}
    one = incidents.add_incident(db, **who, incident=told_of(now))
    incidents.note_step(
        db, **who, incident_id=one, step=Step.AUTHORITY, at=now, document="Oficio 3", expected_version=1
    )
    forged = replace(
        incidents.load_incident(db, one), reported_at=None, report_document="", registered_by="otro"
    )
    incidents.save_incident(db, **who, incident=forged, expected_version=2)
    kept = incidents.load_incident(db, one)
    assert (kept.reported_at, kept.report_document, kept.registered_by) == (now, "Oficio 3", "rosa")


def test_the_inbox_tells_only_who_has_the_right(db, now):
    assert pending.privacy_pending(db) == []  # an office that has not begun has other first steps
    town = Municipality("Municipalidad de Prueba", "MP", Ubigeo("230101", "INEI"), "Prueba")
    office.save_municipality(db, actor=Actor("jefa"), now=now, municipality=town, expected_version=0)
    incidents.add_incident(db, actor=KEEPER, now=now, incident=told_of(now))
    tray = load_tray(db, today=now.date(), actor=KEEPER)
    mine = {task.kind: task for task in tray.tasks if task.kind.startswith("safekeeping")}
    assert set(mine) == {"safekeeping.incident", "safekeeping.privacy"}
    assert "10/03/2024 07:00" in mine["safekeeping.incident"].detail
    others = load_tray(db, today=now.date(), actor=CLERK)
    assert not [task for task in others.tasks if task.kind in mine]


def test_a_practice_office_is_not_asked_to_register_its_bank(practice_db):
    assert pending.privacy_pending(practice_db) == []


def test_the_inventory_counts_the_rows_of_now(practice_db):
    found = {table.name: table for table in inventory.load_inventory(practice_db).tables}
    assert found["kardex_holder"].row_count > 0
    assert {column.name for column in found["kardex_holder"].columns} >= {"name", "dni"}
    assert found["app_user_absence"].sensitive
    assert "backup" in found  # only for who made it
    assert "kardex_form" not in found
