"""The whole DNI of a person of the kardex is told to whoever may see it, once it is noted who asked and why."""

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue

SEER = Actor("jefa", rights=frozenset({"personal.view"}))


@pytest.fixture
def holder_id(kardex_office, db, actor, now) -> int:
    holder = Holder(HolderKind.EMPADRONADOR, "DNI PRUEBA", dni="40000099")
    return catalogue.add_holder(db, actor=actor, now=now, holder=holder)


def looks(db):
    with db.reading() as session:
        return list_entries(session, actions="personal.")


def test_it_is_shown_and_noted_without_the_number(db, now, holder_id):
    shown = catalogue.reveal_dni(db, actor=SEER, now=now, holder_id=holder_id, reason="Pedido del OCI")
    assert shown == "40000099"
    (entry,) = looks(db)
    assert (entry.actor, entry.subject) == ("jefa", f"kardex_holder:{holder_id}")
    assert entry.after == {"person": "DNI PRUEBA"}
    history = catalogue.history(db, f"kardex_holder:{holder_id}")
    assert (history[0].what, history[0].reason) == ("DNI completo consultado", "Pedido del OCI")


@pytest.mark.parametrize(
    ("actor_", "reason", "code"),
    [
        (Actor("ana", rights=frozenset({"kardex.catalogue"})), "Pedido del OCI", "not_allowed"),
        (SEER, " ", "reason_missing"),
    ],
)
def test_refused_it_is_neither_shown_nor_noted(db, now, holder_id, actor_, reason, code):
    with pytest.raises(RuleError) as refused:
        catalogue.reveal_dni(db, actor=actor_, now=now, holder_id=holder_id, reason=reason)
    assert refused.value.code == code
    assert looks(db) == []


def test_a_place_has_none(db, actor, now, kardex_office):
    place = catalogue.add_holder(
        db, actor=actor, now=now, holder=Holder(HolderKind.WAREHOUSE, "Otro almacén")
    )
    with pytest.raises(RuleError, match="no tiene DNI"):
        catalogue.reveal_dni(db, actor=SEER, now=now, holder_id=place, reason="Pedido del OCI")
