"""The documents of an expediente on a real base: registered, corrected, withdrawn, each with its scan."""

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from expedientes_facts import refusal, trail

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import FileFailed, RuleError, StaleRow
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import rules, service
from sisfoh_desktop.modules.expedientes.rules import (
    Detail,
    DocumentEntry,
    ExpedienteState,
    Mark,
    Opinion,
    Party,
)
from sisfoh_desktop.modules.office import service as office


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
