"""Rules of requests of opinion: what may be asked, how one stands on a day, threads, who answered what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.expedientes import rules
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    Opinion,
    OpinionAnswer,
    OpinionAsk,
    OpinionKind,
    OpinionMore,
    OpinionRequest,
    OpinionState,
    Party,
    Reminder,
    Standing,
)
from sisfoh_desktop.modules.plans.rules import CodeName, FunctionalChain

TODAY = date(2024, 3, 8)
PLANNING = Party("Oficina General de Planeamiento", "OGPPyMI", 4)
LEGAL = Party("Oficina General de Asesoría Jurídica", "OGAJ", 3)
CALENDAR = Calendar()


def request(**changes) -> OpinionRequest:
    usual = OpinionRequest(
        id=1,
        expediente_id=1,
        parent_id=None,
        kind=OpinionKind.BUDGET,
        unit=PLANNING,
        asks="Que evalúe el plan.",
        asked_on=date(2024, 2, 16),
        days=7,
        due=date(2024, 2, 27),
        state=OpinionState.ASKED,
        version=1,
    )
    return replace(usual, **changes)


def answered(
    on: date = date(2024, 2, 23), opinion: Opinion = Opinion.FAVOURABLE, **changes
) -> OpinionRequest:
    return request(state=OpinionState.ANSWERED, answer=OpinionAnswer(opinion, on), **changes)


def ask(**changes) -> OpinionAsk:
    return replace(OpinionAsk(OpinionKind.BUDGET, (4,), "Que evalúe.", date(2024, 2, 16), 7), **changes)


def refusal(code: str, call, *arguments, **named) -> str:
    with pytest.raises(RuleError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


# -- standing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "today", "chip", "workdays", "late"),
    [
        (request(), date(2024, 2, 16), "Pedido", 0, 0),
        (request(), date(2024, 2, 27), "Pedido", 7, 0),
        (request(), date(2024, 2, 29), "Vencido 2 d. h.", 9, 2),
        (request(), date(2024, 3, 2), "Vencido 3 d. h.", 10, 3),
        (
            request(reminders=(Reminder(date(2024, 2, 26), "", "a"), Reminder(date(2024, 2, 22), "", "a"))),
            date(2024, 2, 27),
            "Recordado 26/02",
            7,
            0,
        ),
        (answered(), TODAY, "Recibido", 5, 0),
        (answered(date(2024, 2, 29)), TODAY, "Recibido", 9, 2),
        (
            request(state=OpinionState.WITHDRAWN, withdrawn_on=date(2024, 2, 19), withdrawn_reason="x"),
            TODAY,
            "Retirado",
            1,
            0,
        ),
    ],
)
def test_a_request_stands(one: OpinionRequest, today: date, chip: str, workdays: int, late: int) -> None:
    (line,) = rules.lines_of([one], title="Plan", calendar=CALENDAR, today=today)
    assert (line.chip, line.workdays, line.overdue_workdays) == (chip, workdays, late)


def test_who_has_it_is_told_in_a_sentence() -> None:
    (line,) = rules.lines_of([request()], title="Plan", calendar=CALENDAR, today=date(2024, 2, 19))
    assert line.sentence == "OGPPyMI la tiene desde el 16/02/2024 (1 día hábil); vence el 27/02/2024."
    (line,) = rules.lines_of([request()], title="Plan", calendar=CALENDAR, today=TODAY)
    assert "venció el 27/02/2024" in line.sentence
    (line,) = rules.lines_of([answered()], title="Plan", calendar=CALENDAR, today=TODAY)
    assert line.sentence == "OGPPyMI: recibido; la tuvo 5 días hábiles."


def test_an_opinion_is_in_ampliacion_while_more_is_expected_of_it() -> None:
    first = answered()
    more = request(id=2, parent_id=1, asked_on=date(2024, 2, 28), due=date(2024, 3, 8))
    lines = rules.lines_of([first, more], title="Plan", calendar=CALENDAR, today=TODAY)
    assert [(line.state, line.is_extension) for line in lines] == [
        (Standing.MORE_ASKED, False),
        (Standing.ASKED, True),
    ]
    assert more.name == "ampliación de la opinión presupuestal de OGPPyMI"
    closed = replace(more, state=OpinionState.ANSWERED, answer=OpinionAnswer(Opinion.NONE, date(2024, 2, 29)))
    lines = rules.lines_of([first, closed], title="Plan", calendar=CALENDAR, today=TODAY)
    assert [line.state for line in lines] == [Standing.ANSWERED, Standing.ANSWERED]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 40)), max_size=9))
def test_threads_lose_nothing_and_keep_children_after_their_opinion(rows: list[tuple[int, int]]) -> None:
    requests = [
        request(
            id=number,
            parent_id=parent if 0 < parent < number else None,
            asked_on=date(2024, 1, 1) + timedelta(days=day),
        )
        for number, (parent, day) in enumerate(rows, start=1)
    ]
    ordered = rules.in_threads(requests)
    assert sorted(one.id for one in ordered) == [one.id for one in requests]
    places = {one.id: place for place, one in enumerate(ordered)}
    assert all(places[one.parent_id] < places[one.id] for one in ordered if one.parent_id is not None)


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_overdue_exactly_after_the_due_date(days_to_due: int, days_to_today: int, reminded: bool) -> None:
    asked = date(2024, 2, 1)
    due, today = asked + timedelta(days=days_to_due), asked + timedelta(days=days_to_today)
    one = request(asked_on=asked, due=due, reminders=(Reminder(asked, "", "a"),) if reminded else ())
    state = rules.standing(one, more_open=False, today=today)
    assert (state is Standing.OVERDUE) == (today > due)
    assert (state is Standing.REMINDED) == (today <= due and reminded)


def test_events_tell_everything_that_happened_by_day() -> None:
    one = answered(document_id=4, reminders=(Reminder(date(2024, 2, 20), "", "a"),))
    withdrawn = {"withdrawn_on": date(2024, 2, 17), "withdrawn_reason": "ya no"}
    other = request(id=2, unit=LEGAL, state=OpinionState.WITHDRAWN, **withdrawn)
    events = rules.events_of([one, other])
    assert [(event.on.day, event.text, event.document_id) for event in events] == [
        (16, "Pide opinión presupuestal de OGPPyMI, vence 27/02", 4),
        (16, "Pide opinión presupuestal de OGAJ, vence 27/02", None),
        (17, "Retirada la opinión presupuestal de OGAJ: ya no", None),
        (20, "Recuerda la opinión presupuestal de OGPPyMI", None),
        (23, "Recibida la opinión presupuestal de OGPPyMI", None),
    ]


# -- which request a document answers ------------------------------------------------------------------


def answer_entry(sender: Party, responds_to: int | None) -> DocumentEntry:
    return DocumentEntry(
        DocumentKind.MEMORANDO, "465-2024-OGPP/MPT", TODAY, sender, LEGAL, "Opina", responds_to_id=responds_to
    )


def test_a_document_answers_the_request_of_its_sender() -> None:
    asked = [request(id=1, document_id=7), request(id=2, unit=LEGAL, document_id=7)]
    found = rules.request_answered_by(answer_entry(LEGAL, 7), asked)
    assert found is not None
    assert found.id == 2
    assert rules.request_answered_by(answer_entry(Party("Otra", "OT", 9), 7), asked) is None
    alone = rules.request_answered_by(answer_entry(Party("Otra", "OT", 9), 7), asked[:1])
    assert alone is not None
    assert alone.id == 1
    assert rules.request_answered_by(answer_entry(LEGAL, 8), asked) is None
    assert rules.request_answered_by(answer_entry(LEGAL, None), asked) is None
    assert rules.request_answered_by(answer_entry(PLANNING, 7), [answered(document_id=7)]) is None


# -- what may be done ----------------------------------------------------------------------------------


def test_an_ask_is_kept_clean() -> None:
    kept = rules.clean_ask(ask(unit_ids=(4, 3, 4), asks="  Que evalúe.  "), TODAY)
    assert (kept.unit_ids, kept.asks) == ((4, 3), "Que evalúe.")


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("units_missing", {"unit_ids": ()}),
        ("text_missing", {"asks": "  "}),
        ("text_too_long", {"asks": "x" * 2_001}),
        ("days_range", {"days": 0}),
        ("days_range", {"days": 366}),
        ("date_in_future", {"asked_on": TODAY + timedelta(days=1)}),
    ],
)
def test_an_ask_is_refused(code: str, wrong: dict) -> None:
    refusal(code, rules.clean_ask, ask(**wrong), TODAY)


def test_an_ampliacion_follows_the_answer() -> None:
    more = OpinionMore("Que consigne la cadena.", date(2024, 2, 28), 3)
    assert rules.clean_more(more, answered(), TODAY) == more
    early = replace(more, asked_on=date(2024, 2, 22))
    assert "23/02/2024" in refusal("more_before_answer", rules.clean_more, early, answered(), TODAY)
    rules.check_can_ask_more(answered(), widening=False)
    refusal("more_already_asked", rules.check_can_ask_more, answered(), widening=True)
    refusal("more_too_early", rules.check_can_ask_more, request(), widening=False)


def test_an_answer_is_kept_or_refused() -> None:
    good = OpinionAnswer(Opinion.CONDITIONAL, date(2024, 2, 23), " Que haya saldo. ")
    assert rules.clean_answer(good, request(), TODAY).note == "Que haya saldo."
    refusal("conditions_missing", rules.clean_answer, replace(good, note=" "), request(), TODAY)
    refusal("answer_date", rules.clean_answer, replace(good, on=date(2024, 2, 15)), request(), TODAY)
    refusal("answer_date", rules.clean_answer, replace(good, on=date(2024, 3, 9)), request(), TODAY)
    asks_more = replace(good, opinion=Opinion.ASKS_MORE)
    refusal("answer_asks_more", rules.clean_answer, asks_more, request(), TODAY)
    withdrawn = request(state=OpinionState.WITHDRAWN)
    refusal("opinion_closed", rules.check_can_answer, withdrawn, widened=False)
    refusal("answer_widened", rules.check_can_answer, answered(), widened=True)
    rules.check_can_answer(answered(), widened=False)
    rules.check_can_answer(request(), widened=False)


def test_a_reminder_is_noted_once_a_day() -> None:
    one = request(reminders=(Reminder(date(2024, 2, 20), "", "a"),))
    assert rules.clean_reminder(" por teléfono ", date(2024, 2, 21), one, TODAY) == "por teléfono"
    refusal("already_reminded", rules.clean_reminder, "", date(2024, 2, 20), one, TODAY)
    refusal("reminder_date", rules.clean_reminder, "", date(2024, 2, 15), one, TODAY)
    refusal("reminder_date", rules.clean_reminder, "", date(2024, 3, 9), one, TODAY)
    assert "recibida" in refusal("opinion_closed", rules.check_is_open, answered())
    rules.check_is_open(one)


def test_a_unit_owes_one_opinion_of_a_kind_at_a_time() -> None:
    assert "16/02/2024" in refusal(
        "opinion_already_asked", rules.check_not_asked_twice, OpinionKind.BUDGET, 4, [request()]
    )
    rules.check_not_asked_twice(OpinionKind.LEGAL, 4, [request()])
    rules.check_not_asked_twice(OpinionKind.BUDGET, 3, [request()])
    rules.check_not_asked_twice(OpinionKind.BUDGET, 4, [answered()])


# -- before it goes to Legal ---------------------------------------------------------------------------

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


def test_before_legal_the_chain_is_asked_for() -> None:
    assert rules.chain_gaps([WHOLE]) == []
    gaps = rules.chain_gaps([replace(WHOLE, rubro=CodeName(), group=CodeName("114", "DESARROLLO"))])
    assert len(gaps) == 2
    sentence = refusal("chain_incomplete", rules.check_chain_before_legal, OpinionKind.LEGAL, gaps, " ")
    assert "No se pidió la opinión legal" in sentence
    assert "rubro" in sentence
    assert rules.check_chain_before_legal(OpinionKind.LEGAL, gaps, " Urge ") == "Urge"
    assert rules.check_chain_before_legal(OpinionKind.LEGAL, [], "Urge") == ""
    assert rules.check_chain_before_legal(OpinionKind.BUDGET, gaps, "") == ""
    many = rules.chain_gaps([FunctionalChain()])
    assert f"y {len(many) - 2} más" in refusal(
        "chain_incomplete", rules.check_chain_before_legal, OpinionKind.LEGAL, many, ""
    )


def test_a_file_without_plan_or_without_any_line_has_no_chain() -> None:
    assert "no indica su plan" in rules.chain_gaps(None)[0]
    assert "ninguna línea" in rules.chain_gaps([])[0]
