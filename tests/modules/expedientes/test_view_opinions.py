"""What comes of the opinions that were asked: reminders, answers, ampliaciones, on the page and by keyboard."""

from datetime import date

from expedientes_screen import opinions, settle, to_opinions
from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    Opinion,
    OpinionAnswer,
    Party,
)
from sisfoh_desktop.modules.expedientes.view import opinion_flows
from sisfoh_desktop.modules.expedientes.view.document_dialog import DocumentDialog
from sisfoh_desktop.modules.expedientes.view.opinion_dialogs import AnswerDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason


def test_the_next_step_reminds_the_unit_that_is_late(desk, opened, asked, expediente_id, answering) -> None:
    made = opened(expediente_id)
    step = made.next_step()
    assert (step.title, step.button) == ("Recuerde a OGPP", "Recordar")
    assert "venció el 27/02/2024" in step.text
    answering(lambda dialog: dialog.form.fields["note"].set_value("por teléfono"))
    step.run()
    settle(desk)
    to_opinions(made)
    assert opinions(made)[0][5:7] == ["08/03", "Vencido 8 d. h."]
    assert "Recordado: 08/03/2024 (por teléfono)" in made.record.opinions.facts.text()
    assert made.next_step().title == "Espera la opinión de OGPP"
    made.record.tabs.setCurrentIndex(0)
    assert [row[2] for row in made.record.timeline.as_seen()[1]] == [
        "Informe N° 021-2024/SISFOH/MPT",
        "Recuerda la opinión presupuestal de OGPP",
    ]
    assert "Pide opinión presupuestal de OGPP, vence 27/02" in made.record.timeline.as_seen()[1][0][6]


def test_enter_registers_the_answer_and_corrects_it(
    desk, opened, asked, expediente_id, answering, qtbot
) -> None:
    made = opened(expediente_id)
    to_opinions(made)
    assert [action.text().replace("&", "") for action in made.page_actions()[:3]] == [
        "Pedir opinión…",
        "Registrar respuesta…",
        "Recordar…",
    ]

    def fill(dialog: AnswerDialog) -> None:
        dialog.form.fields["opinion"].set_value(Opinion.CONDITIONAL)
        dialog.form.fields["note"].set_value("Que haya saldo.")

    answering(fill)
    made.record.opinions.table.view.setFocus()
    qtbot.keyClick(made.record.opinions.table.view, Qt.Key.Key_Return)
    settle(desk)
    assert opinions(made)[0][6:] == ["Recibido", "Favorable con condiciones"]
    assert "Que haya saldo." in made.record.opinions.body.text()
    assert not made.opinions.remind_action.isEnabled()
    assert made.opinions.answer_action.text().startswith("Corregir")
    answering(lambda dialog: dialog.form.fields["opinion"].set_value(Opinion.UNFAVOURABLE))
    made.opinions.answer_action.trigger()
    settle(desk)
    assert opinions(made)[0][7] == "Desfavorable"


def test_an_ampliacion_stands_under_its_opinion(desk, means, opened, asked, expediente_id, answering) -> None:
    service.receive_opinion(
        **means,
        opinion_id=asked,
        expected_version=1,
        answer=OpinionAnswer(Opinion.FAVOURABLE, date(2024, 2, 23)),
    )
    made = opened(expediente_id)
    to_opinions(made)
    answering(lambda dialog: dialog.form.fields["asks"].set_value("Que consigne la cadena."))
    made.opinions.more_action.trigger()
    settle(desk)
    assert [row[:2] + row[6:7] for row in opinions(made)] == [
        ["OGPP", "Presupuestal", "Ampliación"],
        ["↳ OGPP", "Ampliación", "Pedido"],
    ]
    assert not made.opinions.more_action.isEnabled()
    assert not made.opinions.answer_action.isEnabled()
    made.record.opinions.table.select(asked + 1)
    assert made.opinions.answer_action.isEnabled()


def test_withdrawing_asks_for_a_reason(desk, opened, asked, expediente_id, monkeypatch) -> None:
    made = opened(expediente_id)
    to_opinions(made)
    fills(monkeypatch, desk.tasks, SavingReason, leave=True)
    made.opinions.withdraw_action.trigger()
    settle(desk)
    assert opinions(made)[0][6] == "Vencido 8 d. h."
    fills(monkeypatch, desk.tasks, SavingReason, reason="se pidió a otra")
    made.opinions.withdraw_action.trigger()
    settle(desk)
    assert opinions(made)[0][6] == "Retirado"
    assert "se pidió a otra" in made.record.opinions.facts.text()


def test_registering_the_reply_offers_to_close_the_request(
    desk, means, opened, asked, expediente_id, units, answering, monkeypatch
) -> None:
    made = opened(expediente_id)
    first = made.record.shown.expediente.documents[0]
    reply = DocumentEntry(
        DocumentKind.MEMORANDO,
        "465-2024-OGPP/MPT",
        date(2024, 2, 23),
        Party(unit_id=units.planning),
        Party(unit_id=units.ule),
        "Opinión favorable",
        opinion=Opinion.FAVOURABLE,
        responds_to_id=first.id,
    )

    def register(dialog: DocumentDialog) -> int:
        dialog.saved_ids.append(service.register_document(**means, expediente_id=expediente_id, entry=reply))
        return 1

    def on_worker(dialog: DocumentDialog) -> int:
        desk.tasks.run_change(lambda: register(dialog), {"expedientes"}, owner=made)
        settle(desk)
        return 1

    offered: list[str] = []

    def agree(_parent, _title: str, question: str, _button: str) -> bool:
        offered.append(question)
        return True

    monkeypatch.setattr(DocumentDialog, "exec", on_worker)
    monkeypatch.setattr(opinion_flows, "ask", agree)
    met = answering(lambda _dialog: None)
    made.document_action.trigger()
    settle(desk)
    assert offered[0].startswith("Memorando N° 465-2024-OGPP/MPT responde")
    (dialog,) = met
    assert dialog.result() == QDialog.DialogCode.Accepted
    (line,) = made.record.shown.opinions
    document_id = dialog.form.value("document_id")
    assert line.request.answer == OpinionAnswer(Opinion.FAVOURABLE, date(2024, 2, 23), "", document_id)


def test_nothing_is_asked_in_an_archived_expediente(desk, means, opened, asked, expediente_id) -> None:
    from sisfoh_desktop.modules.expedientes.rules import ExpedienteState

    service.set_state(
        **means,
        expediente_id=expediente_id,
        expected_version=1,
        state=ExpedienteState.ARCHIVED,
        reason="ya no",
    )
    made = opened(expediente_id)
    to_opinions(made)
    actions = (made.opinions.ask_action, *made.opinions.of_line)
    assert not any(action.isEnabled() for action in actions)


def test_the_list_offers_no_opinions(desk, opened, expediente_id, asked) -> None:
    made = opened(expediente_id)
    made.cancel()
    assert not made.opinions.ask_action.isEnabled()
    assert made.opinions.ask_action not in made.page_actions()


def test_models_keep_qt_s_rules(opened, asked, expediente_id, qtmodeltester) -> None:
    made = opened(expediente_id)
    for table in (made.record.opinions.table, made.record.time.table, made.record.timeline):
        qtmodeltester.check(table.model)
        assert table.view.accessibleName()


def test_no_letter_serves_twice_in_a_tab(opened, asked, expediente_id) -> None:
    made = opened(expediente_id)
    tabs = made.record.tabs
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        orders = [action.text() for action in made.page_actions()]
        assert all("&" in text for text in orders)
        texts = [*orders, *(tabs.tabText(number) for number in range(tabs.count()))]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), texts
