"""Opinions on a real base: asked of several at once, reminded, answered, widened, withdrawn."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from expedientes_facts import refusal, trail
from sqlalchemy import exc, text

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    ExpedienteState,
    Opinion,
    OpinionAnswer,
    OpinionAsk,
    OpinionKind,
    OpinionMore,
    Party,
    Standing,
)
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import CodeName, FunctionalChain, Plan

TODAY = date(2024, 3, 8)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
WHOLE = FunctionalChain(
    programme=CodeName("9002", "ASIGNACIONES"),
    activity=CodeName("5006414", "EMPADRONAMIENTO"),
    function=CodeName("23", "PROTECCIÓN SOCIAL"),
    division=CodeName("051", "ASISTENCIA SOCIAL"),
    group=CodeName("0114", "DESARROLLO"),
    source=CodeName("1", "RECURSOS ORDINARIOS"),
    rubro=CodeName("00", "RECURSOS ORDINARIOS"),
    generic=CodeName("2.3", "BIENES Y SERVICIOS"),
)


@pytest.fixture
def ask(means: dict[str, Any], archive: Archive, expediente_id: int, units):
    """Asks a budget opinion of planning on 16/02 unless told otherwise; gives the ids."""

    def run(
        *, token: str | None = None, draft: service.Draft | None = None, without_chain: str = "", **changes
    ):
        usual = OpinionAsk(OpinionKind.BUDGET, (units.planning,), "Que evalúe.", date(2024, 2, 16), 7)
        return service.ask_opinions(
            archive=archive,
            **means,
            expediente_id=expediente_id,
            ask=replace(usual, **changes),
            draft=draft,
            without_chain=without_chain,
            token=token,
        )

    return run


def lines(means: dict[str, Any], expediente_id: int, today: date = TODAY):
    return service.list_opinions(means["db"], expediente_id, today)


def answer(means: dict[str, Any], opinion_id: int, version: int = 1, **changes) -> None:
    usual = OpinionAnswer(Opinion.FAVOURABLE, date(2024, 2, 23))
    service.receive_opinion(
        **means, opinion_id=opinion_id, expected_version=version, answer=replace(usual, **changes)
    )


def test_several_units_are_asked_in_one_action_with_the_draft(
    means, archive, expediente_id, units, ask
) -> None:
    ids = ask(unit_ids=(units.planning, units.ule), draft=service.Draft("proyecto.png", PNG))
    assert len(ids) == 2
    found = lines(means, expediente_id, date(2024, 2, 20))
    assert [(line.unit, line.due, line.state, line.workdays) for line in found] == [
        ("OGPP", date(2024, 2, 27), Standing.ASKED, 2),
        ("ULE", date(2024, 2, 27), Standing.ASKED, 2),
    ]
    attachment, data = service.draft_bytes(means["db"], archive, ids[1])
    assert (attachment.name, data) == ("proyecto.png", PNG)
    assert [after["unit"] for _, after, _ in trail(means["db"], "expediente.ask_opinion")] == ["OGPP", "ULE"]
    archive.path(attachment.sha256).unlink()
    assert len(service.check_attachments(means["db"], archive)) == 2


def test_all_units_are_asked_or_none(means, archive, expediente_id, units, ask) -> None:
    ask()
    sentence = refusal("opinion_already_asked", ask, unit_ids=(units.ule, units.planning))
    assert "OGPP" in sentence
    assert [line.unit for line in lines(means, expediente_id)] == ["OGPP"]
    refusal("unit_not_in_force", ask, unit_ids=(units.ule, 999))
    refusal("file_kind", ask, unit_ids=(units.ule,), draft=service.Draft("virus.exe", b"MZ"))
    assert len(lines(means, expediente_id)) == 1


def test_the_same_token_asks_once(means, expediente_id, ask) -> None:
    first = ask(token="una vez")
    assert ask(token="una vez") == first
    assert len(lines(means, expediente_id)) == 1


def test_the_usual_term_is_that_of_the_office(means) -> None:
    assert service.report_days(means["db"], TODAY) == 7


def test_holidays_are_skipped(means, expediente_id, ask) -> None:
    office.install_national_data(**means)
    ask(asked_on=date(2024, 3, 8), days=14)
    (line,) = lines(means, expediente_id)
    assert line.due == date(2024, 4, 1)  # jueves y viernes santos no cuentan


def test_every_reminder_is_kept(means, expediente_id, ask) -> None:
    (opinion_id,) = ask()
    for version, day in ((1, 22), (2, 26)):
        service.remind_opinion(
            **means,
            opinion_id=opinion_id,
            expected_version=version,
            on=date(2024, 2, day),
            note="por teléfono",
        )
    (line,) = lines(means, expediente_id, date(2024, 2, 27))
    assert [one.on.day for one in line.request.reminders] == [22, 26]
    assert (line.chip, line.reminded_on) == ("Recordado 26/02", date(2024, 2, 26))
    (late,) = lines(means, expediente_id)
    assert (late.state, late.overdue_workdays) == (Standing.OVERDUE, 8)
    assert len(trail(means["db"], "expediente.remind_opinion")) == 2
    refusal(
        "already_reminded",
        service.remind_opinion,
        **means,
        opinion_id=opinion_id,
        expected_version=3,
        on=date(2024, 2, 26),
    )


def test_the_base_itself_keeps_reminders(means, ask) -> None:
    (opinion_id,) = ask()
    service.remind_opinion(**means, opinion_id=opinion_id, expected_version=1)
    with pytest.raises(exc.DBAPIError), means["db"].transaction() as session:
        session.execute(text("DELETE FROM opinion_reminder"))


def test_an_answer_with_its_document_and_its_correction(
    means, expediente_id, ask, informe: DocumentEntry, units
) -> None:
    (opinion_id,) = ask()
    memo = replace(
        informe,
        kind=DocumentKind.MEMORANDO,
        number_text="465-2024-OGPP/MPT",
        on=date(2024, 2, 23),
        sender=Party(unit_id=units.planning),
        receiver=Party(unit_id=units.legal),
    )
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=memo)
    answer(means, opinion_id, document_id=document_id)
    (line,) = lines(means, expediente_id)
    assert (line.state, line.workdays) == (Standing.ANSWERED, 5)
    assert line.request.answer == OpinionAnswer(Opinion.FAVOURABLE, date(2024, 2, 23), "", document_id)
    refusal("conditions_missing", answer, means, opinion_id, 2, opinion=Opinion.CONDITIONAL)
    conditional = {"opinion": Opinion.CONDITIONAL, "note": "Que haya saldo."}
    answer(means, opinion_id, 2, **conditional, document_id=document_id)
    corrected = trail(means["db"], "expediente.receive_opinion")[-1]
    assert (corrected[0]["answer"], corrected[1]["answer"]) == ("favorable", "con_condiciones")
    refusal(
        "document_of_opinion",
        service.withdraw_document,
        **means,
        document_id=document_id,
        expected_version=1,
        reason="x",
    )
    refusal("document_later", answer, means, opinion_id, 3, on=date(2024, 2, 22), document_id=document_id)
    other = service.create_expediente(**means, title="Otro")
    strange = service.register_document(**means, expediente_id=other, entry=informe)
    refusal("document_elsewhere", answer, means, opinion_id, 3, document_id=strange)


def test_an_ampliacion_keeps_the_thread(means, archive, expediente_id, ask) -> None:
    (opinion_id,) = ask()
    more = OpinionMore("Que consigne la cadena.", date(2024, 2, 28), 3)
    named = {**means, "archive": archive, "opinion_id": opinion_id, "more": more}
    refusal("more_too_early", service.ask_more, **named, expected_version=1)
    answer(means, opinion_id)
    child = service.ask_more(**named, expected_version=2, token="ampliar")
    assert service.ask_more(**named, expected_version=2, token="ampliar") == child
    found = lines(means, expediente_id, date(2024, 2, 29))
    assert [(line.id, line.parent_id, line.state) for line in found] == [
        (opinion_id, None, Standing.MORE_ASKED),
        (child, opinion_id, Standing.ASKED),
    ]
    assert found[1].due == date(2024, 3, 4)
    refusal("more_already_asked", service.ask_more, **named, expected_version=3)
    refusal("answer_widened", answer, means, opinion_id, 3)
    answer(means, child, opinion=Opinion.NONE, on=date(2024, 2, 29))
    assert [line.state for line in lines(means, expediente_id)] == [Standing.ANSWERED] * 2


def test_a_request_is_withdrawn_with_a_reason(means, expediente_id, ask) -> None:
    (opinion_id,) = ask()
    named = {**means, "opinion_id": opinion_id, "expected_version": 1}
    refusal("reason_missing", service.withdraw_opinion, **named, reason=" ")
    service.withdraw_opinion(**named, reason="se pidió a otra unidad")
    (line,) = lines(means, expediente_id)
    assert (line.state, line.request.withdrawn_reason) == (Standing.WITHDRAWN, "se pidió a otra unidad")
    assert trail(means["db"], "expediente.withdraw_opinion")[0][2] == "se pidió a otra unidad"
    named["expected_version"] = 2
    refusal("opinion_closed", service.withdraw_opinion, **named, reason="otra vez")
    refusal("opinion_closed", answer, means, opinion_id, 2)
    refusal("opinion_closed", service.remind_opinion, **named)
    ask()  # and may be asked anew
    assert len(lines(means, expediente_id)) == 2


# -- before it goes to Legal ---------------------------------------------------------------------------


def test_legal_asks_for_the_chain_or_a_reason(means, expediente_id, units, ask) -> None:
    legal = {"kind": OpinionKind.LEGAL, "unit_ids": (units.legal,)}
    assert "no indica su plan" in refusal("chain_incomplete", ask, **legal)
    incomplete = replace(WHOLE, rubro=CodeName())
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024, chains=(incomplete,)))
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Con plan", plan_id=plan_id
    )
    assert "rubro" in refusal("chain_incomplete", ask, **legal)
    assert lines(means, expediente_id) == []
    ask(**legal, without_chain="lo pide el alcalde")
    (line,) = lines(means, expediente_id)
    assert line.request.without_chain == "lo pide el alcalde"
    assert trail(means["db"], "expediente.ask_opinion")[0][2] == "lo pide el alcalde"


def test_legal_is_asked_at_once_with_a_whole_chain(means, archive, expediente_id, units, ask) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024, chains=(WHOLE,)))
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Con plan", plan_id=plan_id
    )
    assert service.chain_gaps(means["db"], expediente_id) == []
    (opinion_id,) = ask(kind=OpinionKind.LEGAL, unit_ids=(units.legal,), without_chain="no hace falta")
    assert lines(means, expediente_id)[0].request.without_chain == ""
    answer(means, opinion_id)
    stored = plans.load_plan(means["db"], plan_id)
    plans.save_plan(**means, plan=replace(stored, chains=()), expected_version=stored.version)
    refusal(
        "chain_incomplete",
        service.ask_more,
        **means,
        archive=archive,
        opinion_id=opinion_id,
        expected_version=2,
        more=OpinionMore("Más.", TODAY, 3),
    )


# -- lists ---------------------------------------------------------------------------------------------


def test_what_is_owed_everywhere_the_earliest_first(means, expediente_id, units, ask) -> None:
    ask()
    (second,) = ask(unit_ids=(units.ule,), days=3)
    (third,) = ask(unit_ids=(units.legal,))
    answer(means, third)
    found = service.list_open_opinions(means["db"], TODAY)
    assert [(line.expediente_id, line.title, line.unit) for line in found] == [
        (expediente_id, "Plan de empadronamiento", "ULE"),
        (expediente_id, "Plan de empadronamiento", "OGPP"),
    ]
    assert found[0].id == second
    service.set_state(
        **means,
        expediente_id=expediente_id,
        expected_version=1,
        state=ExpedienteState.ARCHIVED,
        reason="ya no va",
    )
    assert service.list_open_opinions(means["db"], TODAY) == []
    refusal("expediente_archived", ask, unit_ids=(units.ule,), kind=OpinionKind.TECHNICAL)
    refusal("expediente_archived", answer, means, second)


def test_a_registered_reply_offers_to_close_the_request(
    means, expediente_id, ask, informe: DocumentEntry, units
) -> None:
    asking = service.register_document(
        **means, expediente_id=expediente_id, entry=replace(informe, asks_reply=True)
    )
    (opinion_id,) = ask(document_id=asking)
    reply = replace(
        informe,
        number_text="465-2024-OGPP/MPT",
        on=date(2024, 2, 23),
        sender=Party(unit_id=units.planning),
        responds_to_id=asking,
    )
    replying = service.register_document(**means, expediente_id=expediente_id, entry=reply)
    ((line, document),) = service.opinions_answered_by(means["db"], expediente_id, [asking, replying], TODAY)
    assert (line.id, document.id) == (opinion_id, replying)
    answer(means, opinion_id)
    assert service.opinions_answered_by(means["db"], expediente_id, [replying], TODAY) == []


def test_what_does_not_exist_is_told(means, archive) -> None:
    refusal("opinion_unknown", service.draft_bytes, means["db"], archive, 7)
    refusal("opinion_unknown", answer, means, 7)


def test_no_draft_no_bytes(means, archive, ask) -> None:
    refusal("no_draft", service.draft_bytes, means["db"], archive, ask()[0])


def test_the_day_of_the_resolucion_ends_the_count(means, expediente_id, informe: DocumentEntry) -> None:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    later = datetime(2024, 3, 20, 9, 0, tzinfo=LIMA)
    with means["db"].transaction() as session:
        service.resolve_in(
            session, actor=means["actor"], now=means["now"], expediente_id=expediente_id, number="091"
        )
    view = service.view_expediente(means["db"], expediente_id, later.date())
    assert view.expediente.resolved_on == TODAY
    assert view.time_spent is not None
    assert view.time_spent.calendar_days == 24
