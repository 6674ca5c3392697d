"""The form of a document over the real service: typed, corrected, repeated, with its scan."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from expedientes_screen import settle, steps
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentKind, Party
from sisfoh_desktop.modules.expedientes.view import document_dialog, page
from sisfoh_desktop.modules.expedientes.view.document_dialog import DocumentDialog
from sisfoh_desktop.modules.expedientes.view.file_view import ImageDialog, show_file

TODAY = date(2024, 3, 8)


@pytest.fixture
def dialog(desk, opened, expediente_id, units, qtbot):
    made = opened(expediente_id)
    form = made.document_dialog(made.record.shown.expected)
    form.show()
    return form


def fill(form: DocumentDialog, **values) -> None:
    typed = {
        "kind": DocumentKind.INFORME,
        "number": "021-2024/SISFOH/MPT",
        "on": date(2024, 2, 13),
        "received_on": None,
        "sender": "ule",
        "receiver": "Oficina General de Planeamiento",
        "subject": "Remite el plan",
        **values,
    }
    for name, value in typed.items():
        form.main.fields[name].set_value(value)


def test_the_number_is_explained_while_it_is_typed(dialog) -> None:
    field = dialog.main.fields["number"]
    field.editor.setText("237-2024-OGAJ/MPT")
    assert field.hint_label.text() == "N° 237 del año 2024, de OGAJ/MPT."
    field.editor.setText("D00002-2024")
    assert field.hint_label.text() == "N° D00002 del año 2024."
    field.editor.setText("s/n")
    assert field.hint_label.text() == "Sin número."
    field.editor.setText("memo")
    assert "o S/N" in field.hint_label.text()


def test_saving_registers_units_by_their_siglas_or_name(desk, dialog, expediente_id, units) -> None:
    fill(dialog, says="remite el plan.\nPide su aprobación.", folios=12)
    dialog.cited.fields["details"].set_value("PROGRAMA | 9002 | ASIGNACIONES\n\nTOTAL | S/ 1.00")
    dialog.try_submit()
    settle(desk)
    assert not dialog.isVisible()
    (document,) = service.load_expediente(desk.db, expediente_id).documents
    assert (document.entry.sender.unit_id, document.entry.receiver.unit_id) == (units.ule, units.planning)
    assert document.entry.says == ("remite el plan.", "Pide su aprobación.")
    assert document.entry.details == (
        Detail("PROGRAMA", "9002", "ASIGNACIONES"),
        Detail("TOTAL", "", "S/ 1.00"),
    )


def test_ctrl_enter_saves_and_expects_the_next_from_who_has_it(desk, dialog, expediente_id, qtbot) -> None:
    fill(dialog)
    dialog.main.fields["asks_reply"].set_value(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog, Qt.Key.Key_Shift)  # QTest would leave Ctrl held for the tests that follow
    settle(desk)
    assert dialog.isVisible()
    assert len(service.load_expediente(desk.db, expediente_id).documents) == 1
    assert dialog.body.from_field.party().siglas == "OGPP"
    assert dialog.body.to_field.party().siglas == "ULE"
    assert dialog.main.value("number") == ""
    assert dialog.main.value("on") == TODAY
    assert dialog.main.fields["responds_to_id"].editor.currentText() == "Informe N° 021-2024/SISFOH/MPT"
    assert not dialog.has_unsaved()
    fill(dialog, number="465-2024-OGPP/MPP", sender="OGPP", receiver="Contraloría General")
    dialog.next_button.click()
    settle(desk)
    documents = service.load_expediente(desk.db, expediente_id).documents
    assert [document.entry.number_text for document in documents] == [
        "021-2024/SISFOH/MPT",
        "465-2024-OGPP/MPP",
    ]
    assert documents[1].entry.receiver == Party("Contraloría General")


def test_the_placeholder_ends_like_the_senders_last_number(desk, opened, with_informe, means, informe, qtbot):
    asked = replace(informe, number_text="22-2024-OGPP/MPP", sender=informe.receiver, receiver=informe.sender)
    service.register_document(**means, expediente_id=with_informe, entry=replace(asked, asks_reply=True))
    made = opened(with_informe)
    form = made.document_dialog(made.record.shown.expected)
    assert form.main.fields["number"].editor.placeholderText() == "237-2024-SISFOH/MPT"


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_lost(desk, dialog, expediente_id) -> None:
    fill(dialog, number="memo del jefe")
    dialog.try_submit()
    settle(desk)
    assert "no se entiende como número" in dialog.main.fields["number"].error
    fill(dialog, on=date(2024, 3, 9))
    dialog.try_submit()
    settle(desk)
    assert "todavía no llega" in dialog.main.fields["on"].error
    fill(dialog, subject="")
    dialog.try_submit()
    assert "Falta «Asunto»" in dialog.main.fields["subject"].error
    assert dialog.isVisible()
    assert dialog.has_unsaved()
    assert service.load_expediente(desk.db, expediente_id).documents == ()


def test_hostile_text_is_kept_and_shown_literally(desk, opened, dialog, expediente_id) -> None:
    hostile = "<b>negrita</b> & {llave} =1+1 ñ"
    fill(dialog, subject=hostile, says=hostile, registry="<i>")
    dialog.try_submit()
    settle(desk)
    made = opened(expediente_id)
    assert made.record.detail.subject.text() == hostile
    assert made.record.detail.body.text() == hostile


def test_a_repeated_number_is_confirmed(desk, opened, with_informe, monkeypatch, qtbot) -> None:
    made = opened(with_informe)
    form = made.document_dialog(made.record.shown.expected)
    form.show()
    asked = []

    def answer(_parent: QWidget, _title: str, sentence: str, _button: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(document_dialog, "ask", answer)
    fill(form, number="N° 21-2024 SISFOH-MPT")
    form.try_submit()
    settle(desk)
    assert form.isVisible()
    assert "ya está registrado" in form.main.fields["number"].error
    form.try_submit()
    settle(desk)
    assert not form.isVisible()
    assert len(service.load_expediente(desk.db, with_informe).documents) == 2


def test_correcting_keeps_the_words_of_its_date_and_no_issuer(
    desk, means, opened, expediente_id, informe, qtbot
):
    told = replace(informe, vistos_issuer="", kind_word="Informe Técnico", vistos_order=3)
    service.register_document(**means, expediente_id=expediente_id, entry=told)
    made = opened(expediente_id)
    before = made.record.document.entry
    form = made.document_dialog(before, made.record.document)
    form.show()
    assert form.windowTitle() == "Corregir Informe Técnico N° 021-2024/SISFOH/MPT"
    assert form.next_button is None
    form.main.fields["folios"].set_value(14)
    form.try_submit()
    settle(desk)
    assert made.record.document.entry == replace(before, folios=14)


def test_a_scan_is_attached_with_the_document(desk, dialog, expediente_id, tmp_path, opened, monkeypatch):
    from reportlab.pdfgen.canvas import Canvas

    scan = tmp_path / "informe 021.pdf"
    canvas = Canvas(str(scan))
    canvas.drawString(100, 100, "folio 1")
    canvas.save()
    fill(dialog, file=str(scan))
    dialog.try_submit()
    settle(desk)
    made = opened(expediente_id)
    assert steps(made)[0][6] == "1 pág."
    assert "Archivo: informe 021.pdf" in made.record.detail.facts.text()
    shown = []
    monkeypatch.setattr(
        "sisfoh_desktop.modules.expedientes.view.file_view.show_file", lambda *args: shown.append(args)
    )
    assert made.preview()
    settle(desk)
    assert shown[0][1] == "Informe N° 021-2024/SISFOH/MPT"
    assert shown[0][3] == scan.read_bytes()


def test_a_file_that_cannot_be_kept_does_not_lose_the_document(
    desk, dialog, expediente_id, tmp_path, monkeypatch
) -> None:
    told = []
    monkeypatch.setattr(document_dialog, "show_error", lambda _parent, sentence: told.append(sentence))
    fill(dialog, file=str(tmp_path / "no está.pdf"))
    dialog.try_submit()
    settle(desk)
    assert told[0].startswith("El documento se registró, pero sin su archivo. No se pudo leer «no está.pdf»")
    assert len(service.load_expediente(desk.db, expediente_id).documents) == 1


def test_attaching_later_and_by_dropping(
    desk, opened, with_informe, tmp_path, monkeypatch, qtbot, dialog
) -> None:
    png = tmp_path / "pagina.png"
    from PySide6.QtGui import QImage

    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert image.save(str(png))
    made = opened(with_informe)
    monkeypatch.setattr(page, "ask_file", lambda _parent: str(png))
    made.attach_action.trigger()
    settle(desk)
    assert made.record.document.attachment.name == "pagina.png"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(png))])
    drop = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    assert Path(dialog.main.value("file")) == png
    attachment, kept = service.attachment_bytes(desk.db, desk.archive, made.record.document.id)
    shown = show_file(desk, "Informe", attachment, kept, made)
    assert isinstance(shown, ImageDialog)
    assert not shown.picture.pixmap().isNull()
    shown.close()
