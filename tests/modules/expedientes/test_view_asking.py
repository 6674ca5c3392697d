"""Opinions are asked on the page and by keyboard: of several units at once, with a draft, of Legal."""

from datetime import date
from pathlib import Path

from expedientes_screen import opinions, settle, to_opinions
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import OpinionKind
from sisfoh_desktop.modules.expedientes.view.opinion_dialogs import AskDialog
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.qtkit.saving_reason import SavingReason

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


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
