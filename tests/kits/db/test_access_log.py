"""Whoever sees, prints or takes out data is noted before or with it, on both databases."""

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.leaving import ListOut, PaperOut, paper_out, write_out
from sisfoh_desktop.db.access_log import (
    LONGEST_REASON,
    record_export,
    record_print,
    record_saved,
    record_view,
)
from sisfoh_desktop.db.history import list_entries

LIST = ListOut("Personas", "personas.xlsx", ["Nombre", "DNI"], 12)
ACTIONS = ("personal.", "print.", "export.")


def noted(db):
    with db.reading() as session:
        return [one for action in ACTIONS for one in list_entries(session, actions=action)]


def test_a_look_at_a_dni_is_noted_with_its_reason(either_db, actor, now):
    record_view(
        either_db,
        actor=actor,
        now=now,
        subject="officer:3",
        person="Ana Prueba",
        reason="  Pedido del   OCI ",
    )
    (entry,) = noted(either_db)
    assert (entry.action, entry.subject, entry.reason) == ("personal.view", "officer:3", "Pedido del OCI")
    assert (entry.actor, entry.at, entry.after) == ("prueba", now, {"person": "Ana Prueba"})


@pytest.mark.parametrize("reason", ["", "   ", "ver", "a b c d e f g"[:7], "x" * (LONGEST_REASON + 1)])
def test_without_a_real_reason_nothing_is_noted_and_nothing_may_be_shown(db, actor, now, reason):
    with pytest.raises(RuleError, match="motivo"):
        record_view(db, actor=actor, now=now, subject="officer:3", person="Ana", reason=reason)
    with pytest.raises(RuleError, match="motivo"):
        record_export(db, actor=actor, now=now, exported=LIST, personal=True, reason=reason)
    assert noted(db) == []


@pytest.mark.parametrize("rights", [frozenset(), frozenset({"audit.read", "people.manage"})])
def test_personal_data_need_their_right(db, now, rights):
    clerk = Actor("ana", rights=rights)
    with pytest.raises(RuleError, match="Ver DNI completos"):
        record_view(db, actor=clerk, now=now, subject="officer:3", person="Ana", reason="Pedido del OCI")
    with pytest.raises(RuleError, match="Exportar datos personales"):
        record_export(db, actor=clerk, now=now, exported=LIST, personal=True, reason="Pedido del OCI")
    assert noted(db) == []


def test_who_has_the_rights_exports_and_the_columns_are_told(db, now):
    clerk = Actor("ana", rights=frozenset({"personal.export"}))
    record_export(db, actor=clerk, now=now, exported=LIST, personal=True, reason="Pedido del OCI")
    (entry,) = noted(db)
    assert entry.action == "personal.export"
    assert entry.after == {
        "title": "Personas", "file_name": "personas.xlsx", "columns": "Nombre, DNI", "row_count": 12,
    }  # fmt: skip


def test_a_list_without_personal_data_and_a_print_need_no_right(db, now):
    reader = Actor("ana", rights=frozenset())
    paper = PaperOut("Acta 3", "acta-3.pdf", "ab" * 32, 2, "1 a 2", 3, "HP de la ULE")
    record_export(db, actor=reader, now=now, exported=LIST)
    record_print(db, actor=reader, now=now, paper=paper)
    record_saved(db, actor=reader, now=now, paper=paper)
    assert sorted(one.action for one in noted(db)) == ["export.list", "export.paper", "print.paper"]
    (printed,) = [one for one in noted(db) if one.action == "print.paper"]
    assert printed.after["copies"] == 3
    assert printed.after["printer"] == "HP de la ULE"
    assert printed.after["sha256"] == "ab" * 32


def test_what_is_written_out_is_told_by_its_bytes(tmp_path):
    told = write_out(tmp_path / "acta.pdf", b"%PDF", "Acta 3")
    assert (tmp_path / "acta.pdf").read_bytes() == b"%PDF"
    assert told == paper_out("Acta 3", "acta.pdf", b"%PDF")
    assert not told.printed
