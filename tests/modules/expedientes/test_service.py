"""What the office does with an expediente, on a real base: who has it, what heads it, its states."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from expedientes_facts import refusal, trail

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import DocumentEntry, DocumentKind, ExpedienteState, Party
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan


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
