"""An officer's whole DNI is told to whoever may see it, once it is noted who asked and why."""

from datetime import date

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Officer, Unit

SEER = Actor("jefa", rights=frozenset({"personal.view"}))


@pytest.fixture
def officer_id(db, actor, now) -> int:
    who = {"actor": actor, "now": now}
    unit_id = office.add_unit(db, **who, unit=Unit("Gerencia", "GM", valid_from=date(2024, 1, 1)))
    return office.add_officer(
        db, **who, officer=Officer("Ana Prueba", "Gerenta", unit_id, dni="40000001", document="RA 1-2024")
    )


def looks(db):
    with db.reading() as session:
        return list_entries(session, actions="personal.")


def test_it_is_shown_and_noted_without_the_number(db, now, officer_id):
    shown = office.reveal_dni(db, actor=SEER, now=now, officer_id=officer_id, reason="Pedido del OCI")
    assert shown == "40000001"
    (entry,) = looks(db)
    assert (entry.actor, entry.subject, entry.reason) == ("jefa", f"officer:{officer_id}", "Pedido del OCI")
    assert "40000001" not in str(entry)


def test_without_right_reason_or_number_nothing_is_shown_nor_noted(db, actor, now, officer_id):
    with pytest.raises(RuleError) as refused:
        office.reveal_dni(
            db,
            actor=Actor("ana", rights=frozenset()),
            now=now,
            officer_id=officer_id,
            reason="Pedido del OCI",
        )
    assert refused.value.code == "not_allowed"
    with pytest.raises(RuleError) as refused:
        office.reveal_dni(db, actor=SEER, now=now, officer_id=officer_id, reason="ver")
    assert refused.value.code == "reason_missing"
    stored = office.load_officer(db, officer_id)
    without = Officer(
        stored.name,
        stored.position,
        stored.unit_id,
        dni="",
        document=stored.document,
        id=officer_id,
        version=1,
    )
    office.save_officer(db, actor=actor, now=now, officer=without, expected_version=stored.version)
    with pytest.raises(RuleError) as refused:
        office.reveal_dni(db, actor=SEER, now=now, officer_id=officer_id, reason="Pedido del OCI")
    assert refused.value.code == "dni_not_kept"
    assert looks(db) == []
