"""What the office does with an expediente, on a real base."""

import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import rules, service
from sisfoh_desktop.modules.expedientes.rules import (
    Detail,
    DocumentEntry,
    DocumentKind,
    ExpedienteState,
    Mark,
    Opinion,
    Party,
)
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan


def trail(db: Database, action: str) -> list[tuple[dict, dict, str]]:
    with db.reading() as session:
        query = text("SELECT before, after, reason FROM audit_entry WHERE action = :action ORDER BY id")
        rows = session.execute(query, {"action": action}).all()
    return [(json.loads(row[0] or "{}"), json.loads(row[1] or "{}"), row[2]) for row in rows]


def refusal(code: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value.sentence


def test_a_document_is_read_as_it_was_registered(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry, units
) -> None:
    entry = replace(
        informe,
        kind_word="Informe Técnico",
        registry="16784",
        opinion=Opinion.CONDITIONAL,
        details=(Detail("GRUPO", "0114", "CAPACIDADES"), Detail("RUBRO", "00", "")),
        opening="Por tanto, según",
        told_by="la Responsable",
        considerando_citation="Informe 21",
        vistos_citation="Informe 021",
        vistos_issuer="",
        vistos_registry="10784",
        in_vistos=False,
        vistos_order=3,
        asks_reply=True,
        received_on=date(2024, 2, 14),
    )
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=entry)
    expediente = service.load_expediente(means["db"], expediente_id)
    (document,) = expediente.documents
    assert (document.id, document.key, document.version) == (document_id, "informe_021", 1)
    assert document.entry == replace(
        entry,
        sender=Party("Unidad Local de Empadronamiento", "ULE", units.ule, "María Ejemplo"),
        receiver=Party("Oficina General de Planeamiento", "OGPP", units.planning),
    )
    assert document.registered_by == "prueba"
    assert (expediente.title, expediente.code, expediente.state) == (
        "Plan de empadronamiento",
        "EXP-1",
        ExpedienteState.OPEN,
    )
    assert (
        trail(means["db"], "expediente.register")[0][1]["title"] == "Informe Técnico N° 021-2024/SISFOH/MPT"
    )


def test_names_are_those_of_the_documents_date(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry, units
) -> None:
    unit = office.load_unit(means["db"], units.ule, date(2024, 2, 1))
    renamed = replace(unit, name="Oficina de Focalización", siglas="OF", valid_from=date(2024, 3, 1))
    office.rename_unit(**means, unit=renamed, expected_version=unit.version)
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    later = replace(informe, number_text="30-2024-OF", on=date(2024, 3, 2))
    service.register_document(**means, expediente_id=expediente_id, entry=later)
    first, second = service.load_expediente(means["db"], expediente_id).documents
    assert first.entry.sender.name == "Unidad Local de Empadronamiento"
    assert second.entry.sender.name == "Oficina de Focalización"
    before = replace(informe, number_text="1-2023-OF", on=date(2023, 5, 1))
    sentence = refusal(
        "unit_not_in_force", service.register_document, **means, expediente_id=expediente_id, entry=before
    )
    assert "01/05/2023" in sentence


def test_timeline_holder_and_next_document(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry, units
) -> None:
    office.install_national_data(**means)
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    memo = DocumentEntry(
        DocumentKind.MEMORANDO,
        "465-2024-OGPP/MPT",
        date(2024, 2, 23),
        Party(unit_id=units.planning),
        Party(unit_id=units.legal),
        "Opinión favorable",
        asks_reply=True,
    )
    memo_id = service.register_document(**means, expediente_id=expediente_id, entry=memo)
    view = service.view_expediente(means["db"], expediente_id, date(2024, 3, 8))
    assert [step.workdays for step in view.steps] == [None, 8]
    assert view.holder is not None
    assert (view.holder.party.siglas, view.holder.since, view.holder.workdays) == (
        "OGAJ",
        date(2024, 2, 23),
        10,
    )
    assert view.expected.sender.unit_id == units.legal
    assert view.expected.receiver.unit_id == units.planning
    assert view.expected.responds_to_id == memo_id


def test_registering_out_of_order_leaves_a_mark(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    earlier = replace(informe, number_text="9-2024-MPT", on=date(2024, 1, 12))
    service.register_document(**means, expediente_id=expediente_id, entry=earlier)
    view = service.view_expediente(means["db"], expediente_id, date(2024, 3, 8))
    assert [step.document.entry.number_text for step in view.steps] == ["9-2024-MPT", "021-2024/SISFOH/MPT"]
    assert [step.marks for step in view.steps] == [(Mark.OUT_OF_ORDER,), ()]


def test_a_second_document_with_the_same_number_is_warned_about(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    again = replace(informe, number_text="N° 21-2024-SISFOH-MPT")
    other = service.create_expediente(**means, title="Otro")
    sentence = refusal(
        "document_duplicate", service.register_document, **means, expediente_id=other, entry=again
    )
    assert "Plan de empadronamiento" in sentence
    service.register_document(**means, expediente_id=other, entry=again, even_if_duplicate=True)
    service.register_document(**means, expediente_id=other, entry=replace(again, number_text="S/N"))
    assert len(service.load_expediente(means["db"], other).documents) == 2


def test_the_same_token_registers_once(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    first = service.register_document(**means, expediente_id=expediente_id, entry=informe, token="clic")
    second = service.register_document(**means, expediente_id=expediente_id, entry=informe, token="clic")
    assert first == second
    assert len(service.load_expediente(means["db"], expediente_id).documents) == 1


def test_keys_given_and_made_are_distinct(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    service.register_document(**means, expediente_id=expediente_id, entry=informe, key="plan_ule")
    refusal(
        "key_taken",
        service.register_document,
        **means,
        expediente_id=expediente_id,
        entry=replace(informe, number_text="22-2024-X"),
        key="plan_ule",
    )
    assert service.load_expediente(means["db"], expediente_id).documents[0].key == "plan_ule"


def test_correcting_a_document_keeps_what_was_there_in_the_trail(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=informe)
    corrected = replace(informe, folios=14, details=(Detail("A", "1", "uno"),))
    service.save_document(**means, document_id=document_id, expected_version=1, entry=corrected)
    (document,) = service.load_expediente(means["db"], expediente_id).documents
    assert (document.entry.folios, document.version, document.key) == (14, 2, "informe_021")
    before, after, _ = trail(means["db"], "expediente.correct")[0]
    assert (before["folios"], after["folios"]) == (12, 14)
    assert "subject" not in after
    with pytest.raises(StaleRow):
        service.save_document(**means, document_id=document_id, expected_version=1, entry=informe)
    assert service.load_expediente(means["db"], expediente_id).documents[0].entry.folios == 14


def test_a_correction_that_repeats_another_number_is_warned_about(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    other = replace(informe, number_text="22-2024-SISFOH/MPT")
    other_id = service.register_document(**means, expediente_id=expediente_id, entry=other)
    refusal(
        "document_duplicate",
        service.save_document,
        **means,
        document_id=other_id,
        expected_version=1,
        entry=informe,
    )


def test_a_reply_belongs_to_the_same_expediente(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=informe)
    other = service.create_expediente(**means, title="Otro")
    reply = replace(informe, number_text="5-2024-X", responds_to_id=document_id)
    refusal("reply_elsewhere", service.register_document, **means, expediente_id=other, entry=reply)
    itself = replace(informe, responds_to_id=document_id)
    refusal(
        "reply_elsewhere",
        service.save_document,
        **means,
        document_id=document_id,
        expected_version=1,
        entry=itself,
    )


def test_withdrawing_takes_a_document_out_of_the_chain_and_keeps_its_key(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    first = service.register_document(**means, expediente_id=expediente_id, entry=informe)
    reply = replace(informe, number_text="5-2024-X", responds_to_id=first)
    second = service.register_document(**means, expediente_id=expediente_id, entry=reply)
    sentence = refusal(
        "document_answered",
        service.withdraw_document,
        **means,
        document_id=first,
        expected_version=1,
        reason="se registró por error",
    )
    assert "021-2024/SISFOH/MPT" in sentence
    service.withdraw_document(**means, document_id=second, expected_version=1, reason="repetido")
    service.withdraw_document(**means, document_id=first, expected_version=1, reason="de otro expediente")
    assert service.load_expediente(means["db"], expediente_id).documents == ()
    assert trail(means["db"], "expediente.withdraw")[1][2] == "de otro expediente"
    again = service.register_document(**means, expediente_id=expediente_id, entry=informe)
    assert service.load_expediente(means["db"], expediente_id).documents[0].key == "informe_021_2"
    refusal(
        "document_unknown",
        service.withdraw_document,
        **means,
        document_id=first,
        expected_version=2,
        reason="otra vez",
    )
    refusal(
        "reason_missing",
        service.withdraw_document,
        **means,
        document_id=again,
        expected_version=1,
        reason=" ",
    )


def test_the_list_tells_who_has_each_expediente(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    empty = service.create_expediente(**means, title="Nuevo")
    service.register_document(
        **means, expediente_id=expediente_id, entry=replace(informe, received_on=date(2024, 2, 15))
    )
    newest, oldest = service.list_expedientes(means["db"])
    assert (newest.id, newest.document_count, newest.holder, newest.since) == (empty, 0, "", None)
    assert newest.opened_on == date(2024, 3, 8)
    assert (oldest.document_count, oldest.holder, oldest.since, oldest.last_document) == (
        1,
        "OGPP",
        date(2024, 2, 15),
        "Informe 021-2024/SISFOH/MPT",
    )


def test_heading_state_and_reasons(means: dict[str, Any], expediente_id: int, informe: DocumentEntry) -> None:
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Otro título", registry="77"
    )
    expediente = service.load_expediente(means["db"], expediente_id)
    assert (expediente.title, expediente.code, expediente.registry, expediente.version) == (
        "Otro título",
        "",
        "77",
        2,
    )
    with pytest.raises(StaleRow):
        service.save_expediente(**means, expediente_id=expediente_id, expected_version=1, title="Tarde")
    service.set_state(
        **means,
        expediente_id=expediente_id,
        expected_version=2,
        state=ExpedienteState.ARCHIVED,
        reason="desistimiento",
    )
    refusal(
        "expediente_archived",
        service.register_document,
        **means,
        expediente_id=expediente_id,
        entry=informe,
    )
    assert trail(means["db"], "expediente.state")[0][2] == "desistimiento"


def test_documents_of_an_archived_expediente_stay_until_it_is_reopened(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry, archive: Archive, scan: bytes
) -> None:
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=informe)
    state = {**means, "expediente_id": expediente_id, "reason": "fin"}
    version = service.load_expediente(means["db"], expediente_id).version
    service.set_state(**state, expected_version=version, state=ExpedienteState.ARCHIVED)
    one = {**means, "document_id": document_id, "expected_version": 1}
    refusal("expediente_archived", service.withdraw_document, **one, reason="error")
    db = one.pop("db")
    refusal("expediente_archived", service.attach_file, db, archive, **one, name="a.pdf", data=scan)
    service.set_state(**state, expected_version=version + 1, state=ExpedienteState.OPEN)
    service.withdraw_document(db, **one, reason="error")


def test_by_hand_no_expediente_becomes_resolved(means: dict[str, Any], expediente_id: int) -> None:
    for state in (ExpedienteState.RESOLVED, ExpedienteState.OPEN):
        refusal(
            "state_forbidden",
            service.set_state,
            **means,
            expediente_id=expediente_id,
            expected_version=1,
            state=state,
            reason="x",
        )
    assert service.load_expediente(means["db"], expediente_id).version == 1


def test_opening_tomorrow_is_refused(means: dict[str, Any]) -> None:
    tomorrow = means["now"].date() + timedelta(days=1)
    refusal("date_in_future", service.create_expediente, **means, title="X", opened_on=tomorrow)


def test_an_expediente_is_about_a_plan_that_exists(means: dict[str, Any], expediente_id: int) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Con plan", plan_id=plan_id
    )
    assert service.load_expediente(means["db"], expediente_id).plan_id == plan_id
    refusal("plan_unknown", service.create_expediente, **means, title="X", plan_id=99)


def test_what_does_not_exist_is_told(
    means: dict[str, Any], expediente_id: int, informe: DocumentEntry
) -> None:
    refusal("expediente_unknown", service.load_expediente, means["db"], 99)
    refusal("expediente_unknown", service.register_document, **means, expediente_id=99, entry=informe)
    refusal("document_unknown", service.attachment_bytes, means["db"], None, 99)


def test_the_signed_resolucion_resolves_an_open_expediente_once(
    means: dict[str, Any], expediente_id: int
) -> None:
    for _ in range(2):
        with means["db"].transaction() as session:
            service.resolve_in(
                session,
                actor=means["actor"],
                now=means["now"],
                expediente_id=expediente_id,
                number="091-2024-GM/MPT",
            )
    expediente = service.load_expediente(means["db"], expediente_id)
    assert (expediente.state, expediente.version) == (ExpedienteState.RESOLVED, 2)
    assert len(trail(means["db"], "expediente.resolve")) == 1


# -- attached files ------------------------------------------------------------------------------------


@pytest.fixture
def document_id(means: dict[str, Any], expediente_id: int, informe: DocumentEntry) -> int:
    return service.register_document(**means, expediente_id=expediente_id, entry=informe)


@pytest.fixture
def scan() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for number in (1, 2, 3):
        canvas.drawString(100, 100, f"folio {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_scan_is_kept_by_its_hash(
    means: dict[str, Any], archive: Archive, document_id: int, scan: bytes
) -> None:
    kept = service.attach_file(
        means["db"],
        archive,
        actor=means["actor"],
        now=means["now"],
        document_id=document_id,
        expected_version=1,
        name="informe 021.pdf",
        data=scan,
    )
    assert (kept.pages, kept.size) == (3, len(scan))
    attachment, data = service.attachment_bytes(means["db"], archive, document_id)
    assert (attachment, data) == (kept, scan)
    assert service.check_attachments(means["db"], archive) == []
    path = archive.path(kept.sha256)
    path.chmod(0o644)
    path.write_bytes(b"otra cosa")
    (problem,) = service.check_attachments(means["db"], archive)
    assert problem.startswith("Informe N° 021-2024/SISFOH/MPT: ")
    with pytest.raises(FileFailed):
        service.attachment_bytes(means["db"], archive, document_id)


@pytest.mark.parametrize("bad", [b"%PDF-1.7\nnada\n%%EOF\n", b"PK\x03\x04 hoja", b""])
def test_a_bad_file_changes_nothing(
    means: dict[str, Any], archive: Archive, document_id: int, bad: bytes
) -> None:
    with pytest.raises(RuleError, match="no se adjuntó"):
        service.attach_file(
            means["db"],
            archive,
            actor=means["actor"],
            now=means["now"],
            document_id=document_id,
            expected_version=1,
            name="malo.pdf",
            data=bad,
        )
    refusal("no_attachment", service.attachment_bytes, means["db"], archive, document_id)


def test_two_scans_at_once_do_not_overwrite_each_other(
    means: dict[str, Any], archive: Archive, document_id: int, scan: bytes
) -> None:
    attach = {
        "actor": means["actor"],
        "now": means["now"],
        "document_id": document_id,
        "expected_version": 1,
        "name": "a.pdf",
        "data": scan,
    }
    service.attach_file(means["db"], archive, **attach)
    with pytest.raises(StaleRow):
        service.attach_file(means["db"], archive, **attach)


def test_registration_moment_is_kept_in_lima_time(
    means: dict[str, Any], expediente_id: int, document_id: int
) -> None:
    (document,) = service.load_expediente(means["db"], expediente_id).documents
    assert document.registered_at == datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
    assert rules.marks_of(document, [document]) == ()
