"""Opinions, where the file was and the papers, on the page and by keyboard, over the real service."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

import sisfoh_desktop.modules.resoluciones.service.sequel  # noqa: F401 - gives the act to the file's papers
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    DocumentKind,
    Opinion,
    OpinionAnswer,
    OpinionAsk,
    OpinionKind,
    Party,
)
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage, opinion_flows
from sisfoh_desktop.modules.expedientes.view.document_dialog import DocumentDialog
from sisfoh_desktop.modules.expedientes.view.opinion_dialogs import AnswerDialog, AskDialog, RemindDialog
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

TODAY = date(2024, 3, 8)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def opened(desk, qtbot):
    """A page on show; the page reloads itself after changes as the window makes it do."""

    def show(expediente_id: int) -> ExpedientesPage:
        made = ExpedientesPage(desk)
        qtbot.addWidget(made)
        desk.tasks.changed.connect(lambda names: made.reload() if names & made.touches else None)
        made.resize(880, 660)
        made.show()
        desk.tasks.wait_idle()
        made.show_record("expedientes", expediente_id)
        desk.tasks.wait_idle()
        return made

    return show


@pytest.fixture
def asked(means, archive, expediente_id, informe: DocumentEntry, units) -> int:
    """An expediente whose informe asks a budget opinion of planning, which is late; gives the request's id."""
    entry = replace(informe, asks_reply=True)
    document_id = service.register_document(**means, expediente_id=expediente_id, entry=entry)
    wanted = OpinionAsk(
        OpinionKind.BUDGET, (units.planning,), "Que evalúe el plan.", date(2024, 2, 16), 7, document_id
    )
    (opinion_id,) = service.ask_opinions(archive=archive, **means, expediente_id=expediente_id, ask=wanted)
    return opinion_id


@pytest.fixture
def answering(monkeypatch, desk):
    """Each dialog that is opened is filled by the given function, submitted, and awaited."""

    def use(fill) -> list[QDialog]:
        met: list[QDialog] = []

        def run(dialog) -> int:
            met.append(dialog)
            dialog.show()
            fill(dialog)
            dialog.try_submit()
            settle(desk)
            done = dialog.result()
            dialog.hide()
            return done

        for kind in (AskDialog, AnswerDialog, RemindDialog):
            monkeypatch.setattr(kind, "exec", run)
        return met

    return use


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def opinions(made: ExpedientesPage) -> list[list[str]]:
    return made.record.opinions.table.as_seen()[1]


def to_opinions(made: ExpedientesPage) -> None:
    made.record.tabs.setCurrentIndex(1)


# -- asking --------------------------------------------------------------------------------------------


def test_f8_asks_several_units_at_once_with_a_draft(
    desk, opened, expediente_id, units, answering, tmp_path: Path, monkeypatch, qtbot
) -> None:
    draft = tmp_path / "proyecto.png"
    draft.write_bytes(PNG)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(draft), ""))

    def fill(dialog: AskDialog) -> None:
        boxes = dialog.form.fields["units"].editor
        boxes.setFocus()
        qtbot.keyClick(boxes, Qt.Key.Key_Space)
        qtbot.keyClick(boxes, Qt.Key.Key_Down)
        qtbot.keyClick(boxes, Qt.Key.Key_Space)
        dialog.form.fields["kind"].set_value(OpinionKind.TECHNICAL)
        dialog.form.fields["asks"].set_value("Que opine.")
        dialog._pick_draft()

    met = answering(fill)
    made = opened(expediente_id)
    qtbot.keyClick(made.record.timeline.view, Qt.Key.Key_F8)
    settle(desk)
    assert met[0].form.fields["units"].counter.text() == "2 unidades"
    assert opinions(made) == [
        [unit, "Técnica", "08/03/2024", "19/03/2024", "0", "", "Pedido", ""] for unit in ("ULE", "OGPP")
    ]
    assert made.record.in_opinions
    assert made.record.tabs.tabText(1) == "Opiniones (2 por llegar)"
    assert "Proyecto adjunto: proyecto.png" in made.record.opinions.facts.text()
    assert made.opinions.draft_action.isEnabled()
    made.opinions.draft_action.trigger()
    settle(desk)
    shown = [one for one in made.findChildren(QDialog) if one.windowTitle().startswith("Proyecto")]
    assert len(shown) == 1
    shown[0].reject()


def test_the_due_date_is_shown_while_the_term_is_typed(desk, opened, expediente_id, units) -> None:
    office.install_national_data(db=desk.db, actor=desk.actor, now=desk.clock.now())
    made = opened(expediente_id)
    dialog = AskDialog(
        desk, made.opinions.units, made.opinions.calendar, days=made.opinions.days, documents=(), parent=made
    )
    hint = dialog.form.fields["days"].hint_label
    assert hint.text() == "Vence el martes 19/03/2024."
    dialog.form.fields["days"].editor.setText("14")
    assert hint.text().startswith("Vence el lunes 01/04/2024; no cuenta el 28/03 (Jueves Santo")
    dialog.form.fields["days"].editor.setText("catorce")
    assert not hint.isVisibleTo(dialog)


def test_what_is_missing_stays_in_the_dialog(desk, opened, expediente_id, units, asked, answering) -> None:
    def fill(dialog: AskDialog) -> None:
        if dialog.form.fields["asks"].is_empty():
            dialog.form.fields["units"].set_value([units.planning])
            dialog.form.fields["kind"].set_value(OpinionKind.BUDGET)
            dialog.form.fields["asks"].set_value("Otra vez lo mismo.")

    made = opened(expediente_id)
    met = answering(fill)
    made.opinions.ask_action.trigger()
    settle(desk)
    (dialog,) = met
    assert "OGPP ya debe" in dialog.form.fields["units"].error
    assert dialog.form.fields["asks"].value() == "Otra vez lo mismo."
    assert dialog.primary_button.isEnabled()
    assert dialog.has_unsaved()
    assert len(opinions(made)) == 1


def test_the_document_that_asks_is_proposed(desk, opened, asked, expediente_id, units) -> None:
    made = opened(expediente_id)
    documents = made.record.shown.expediente.documents
    dialog = AskDialog(desk, made.opinions.units, made.opinions.calendar, days=7, documents=documents)
    assert dialog.form.value("document_id") == documents[0].id
    assert dialog.form.value("on") == date(2024, 2, 13)
    assert dialog.form.value("units") == (units.planning,)
    assert not dialog.has_unsaved()


def test_pages_handed_in_go_as_the_draft(desk, archive, opened, expediente_id, units, answering) -> None:
    def fill(dialog: AskDialog) -> None:
        assert dialog.form.fields["draft"].raw() == "Proyecto de resolución.png"
        dialog.form.fields["units"].set_value([units.legal])
        dialog.form.fields["kind"].set_value(OpinionKind.TECHNICAL)
        dialog.form.fields["asks"].set_value("Que lo revise.")

    made = opened(expediente_id)
    answering(fill)
    made.opinions.ask(service.Draft("Proyecto de resolución.png", PNG))
    settle(desk)
    assert service.draft_bytes(desk.db, archive, 1)[1] == PNG


def test_a_draft_that_is_not_there_is_told(desk, opened, expediente_id, units, answering, tmp_path) -> None:
    def fill(dialog: AskDialog) -> None:
        dialog.form.fields["units"].set_value([units.legal])
        dialog.form.fields["kind"].set_value(OpinionKind.TECHNICAL)
        dialog.form.fields["asks"].set_value("Que lo revise.")
        dialog.form.fields["draft"].set_value(str(tmp_path / "nada.pdf"))

    made = opened(expediente_id)
    met = answering(fill)
    made.opinions.ask_action.trigger()
    settle(desk)
    assert opinions(made) == []
    assert "No se pudo leer «nada.pdf»" in met[0].form.summary.findChildren(QLabel)[0].text()


def test_legal_without_the_chain_asks_why(desk, opened, expediente_id, units, answering, monkeypatch) -> None:
    told: list[str] = []

    def reason(dialog: SavingReason) -> int:
        told.extend(label.text() for label in dialog.findChildren(QLabel) if "plan" in label.text())
        if len(told) > 1:
            dialog.form.fields["reason"].set_value("lo pide el alcalde")
            dialog.try_submit()
            settle(desk)
        return dialog.result()

    monkeypatch.setattr(SavingReason, "exec", reason)

    def fill(dialog: AskDialog) -> None:
        dialog.form.fields["units"].set_value([units.legal])
        dialog.form.fields["kind"].set_value(OpinionKind.LEGAL)
        dialog.form.fields["asks"].set_value("Que opine.")

    made = opened(expediente_id)
    answering(fill)
    made.opinions.ask_action.trigger()
    settle(desk)
    assert "no indica su plan" in told[0]
    assert opinions(made) == []
    made.opinions.ask_action.trigger()
    settle(desk)
    to_opinions(made)
    assert opinions(made)[0][1] == "Legal"
    assert "Pedida sin la cadena completa: lo pide el alcalde" in made.record.opinions.facts.text()


# -- what comes of it ----------------------------------------------------------------------------------


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


# -- where it was, papers ------------------------------------------------------------------------------


def test_where_it_was_on_the_real_case(practice_desk, qtbot) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    made.record.tabs.setCurrentIndex(2)
    assert made.record.time.summary.text() == "24 días calendario (18 hábiles), del 13/02/2024 al 08/03/2024."
    assert "OGAJ lo devolvió a OGPPyMI el 28/02/2024" in made.record.time.reason.text()
    rows = made.record.time.table.as_seen()[1]
    assert [row[1:5] for row in rows] == [
        ["SGDSyPV", "3", "3", "1"],
        ["GDES", "0", "0", "1"],
        ["OGPPyMI", "8", "6", "2"],
        ["OGAJ", "9", "5", "2"],
        ["GM", "4", "4", "1"],
    ]
    assert made.table() is made.record.time.table
    to_opinions(made)
    assert [(row[0], row[6]) for row in opinions(made)] == [
        ("OGPPyMI", "Recibido"),
        ("↳ OGPPyMI", "Recibido"),
        ("OGAJ", "Recibido"),
    ]
    assert made.next_step().title.endswith("N° 091-2024-GM/MPT: congelada")


@pytest.mark.parametrize(("tab", "title"), [(0, "Carátula"), (1, "Carátula"), (2, "Línea de tiempo")])
def test_ctrl_p_previews_the_paper_of_the_tab(practice_desk, qtbot, tab: int, title: str) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    assert not made.preview()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    made.record.tabs.setCurrentIndex(tab)
    assert made.preview()
    settle(practice_desk)
    (dialog,) = made.findChildren(PreviewDialog)
    assert dialog.windowTitle().startswith(title)
    dialog.reject()


def test_every_paper_has_its_order(practice_desk, qtbot) -> None:
    made = ExpedientesPage(practice_desk)
    qtbot.addWidget(made)
    made.show()
    practice_desk.tasks.wait_idle()
    made.show_record("expedientes", 1)
    settle(practice_desk)
    words = [action.text().replace("&", "") for action in made.page_actions()]
    for word in ("Carátula e índice foliado", "Hoja de ruta", "Línea de tiempo"):
        assert word in words
    made.papers.route_action.trigger()
    settle(practice_desk)
    (dialog,) = made.findChildren(PreviewDialog)
    assert dialog.windowTitle().startswith("Hoja de ruta")
    dialog.reject()


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
