"""The page of expedientes and the form of a document, over the real service."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filling import AWAY, fills, loses_the_base_once
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import Detail, DocumentKind, ExpedienteState, Opinion, Party
from sisfoh_desktop.modules.expedientes.view import ExpedientesPage, document_dialog, page
from sisfoh_desktop.modules.expedientes.view.dialogs import HeadingDialog
from sisfoh_desktop.modules.expedientes.view.document_dialog import DocumentDialog
from sisfoh_desktop.modules.expedientes.view.file_view import ImageDialog, show_file
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import Plan
from sisfoh_desktop.qtkit.saving_reason import SavingReason

TODAY = date(2024, 3, 8)


@pytest.fixture
def opened(desk, qtbot):
    """A page on show; the page reloads itself after changes as the window makes it do."""

    def show(expediente_id: int = 0) -> ExpedientesPage:
        made = ExpedientesPage(desk)
        qtbot.addWidget(made)
        desk.tasks.changed.connect(lambda names: made.reload() if names & made.touches else None)
        made.resize(880, 660)
        made.show()
        desk.tasks.wait_idle()
        if expediente_id:
            made.show_record("expedientes", expediente_id)
            desk.tasks.wait_idle()
        return made

    return show


@pytest.fixture
def with_informe(means, expediente_id, informe) -> int:
    service.register_document(**means, expediente_id=expediente_id, entry=informe)
    return expediente_id


def settle(desk) -> None:
    for _ in range(3):
        desk.tasks.wait_idle()


def answers_heading(desk, monkeypatch, **values) -> None:
    """The next heading dialog gets these values and is saved."""

    def answer(dialog: HeadingDialog) -> int:
        dialog.form.set_values(values)
        dialog.try_submit()
        settle(desk)
        return dialog.result()

    monkeypatch.setattr(HeadingDialog, "exec", answer)


def steps(made: ExpedientesPage) -> list[list[str]]:
    return made.record.timeline.as_seen()[1]


# -- list and record -----------------------------------------------------------------------------------


def test_an_empty_office_opens_its_first_expediente(desk, means, opened, monkeypatch) -> None:
    made = opened()
    assert "primer expediente" in made.next_step().title
    answers_heading(desk, monkeypatch, title="Plan nuevo", code="E-9", opened_on=date(2024, 3, 1))
    made.list.empty_button.click()
    settle(desk)
    assert made.record.title.text() == "Plan nuevo"
    assert made.record.caption.text() == "Código E-9 · Abierto el 01/03/2024"
    assert "primer documento" in made.next_step().title
    assert made.record.timeline.empty_button.text() == "Registrar documento"


def test_the_list_tells_who_has_it_and_opens_it_with_enter(desk, opened, with_informe, qtbot) -> None:
    made = opened()
    assert made.list.as_seen()[1] == [
        [
            "Plan de empadronamiento",
            "EXP-1",
            "Informe 021-2024/SISFOH/MPT",
            "OGPP",
            "13/02/2024",
            "En trámite",
        ]
    ]
    assert "Lo tiene OGPP" in made.next_step().text
    made.list.view.setFocus()
    qtbot.keyClick(made.list.view, Qt.Key.Key_Return)
    settle(desk)
    assert made.record.isVisible()
    assert made.table() is made.record.timeline
    assert made.cancel()
    assert made.list.isVisible()
    assert not made.cancel()
    assert made.table() is made.list


def test_the_record_shows_the_timeline_who_has_it_and_the_document(
    desk, means, opened, with_informe, informe, units
) -> None:
    office.install_national_data(**means)
    favourable = replace(
        informe,
        kind=DocumentKind.MEMORANDO,
        number_text="465-2024-OGPP/MPP",
        on=date(2024, 2, 23),
        sender=Party(unit_id=units.planning),
        receiver=Party(unit_id=units.legal),
        opinion=Opinion.FAVOURABLE,
        says=("opina sobre {plan.title} y {cosa.rara}.",),
        details=(Detail("PROGRAMA", "9002", "ASIGNACIONES"),),
        responds_to_id=service.load_expediente(desk.db, with_informe).documents[0].id,
        in_vistos=False,
    )
    service.register_document(**means, expediente_id=with_informe, entry=favourable)
    earlier = replace(informe, number_text="9-2024-MPP", on=date(2024, 1, 12))
    service.register_document(**means, expediente_id=with_informe, entry=earlier)
    made = opened(with_informe)
    assert [row[:2] for row in steps(made)] == [
        ["12/01/2024", ""],
        ["13/02/2024", "+22"],
        ["23/02/2024", "+8"],
    ]
    assert steps(made)[0][6] == "Registrado fuera de orden"
    assert steps(made)[2][5] == "Favorable"
    assert made.record.holder.text() == (
        "Lo tiene Oficina General de Asesoría Jurídica, desde hace 10 días hábiles (23/02/2024)."
    )
    panel = made.record.detail
    assert panel.head.text() == "Memorando N° 465-2024-OGPP/MPP"
    assert "Responde a Informe N° 021-2024/SISFOH/MPT" in panel.facts.text()
    assert "No figura en los vistos" in panel.facts.text()
    assert panel.body.text() == "opina sobre «plan.title» y «cosa.rara».\nPROGRAMA: 9002 ASIGNACIONES"


def test_locked_data_are_read_out_with_the_plans_values(desk, means, opened, expediente_id, informe) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    service.save_expediente(
        **means, expediente_id=expediente_id, expected_version=1, title="Con plan", plan_id=plan_id
    )
    told = replace(informe, says=("eleva {plan.title} de la {unit.ule}, según {doc.informe_021.cite}.",))
    service.register_document(**means, expediente_id=expediente_id, entry=told)
    made = opened(expediente_id)
    assert made.record.detail.body.text() == (
        "eleva PLAN 2024 de la Unidad Local de Empadronamiento, según Informe N° 021-2024/SISFOH/MPT."
    )


def test_the_next_step_follows_the_chain(desk, means, opened, with_informe, informe, units) -> None:
    made = opened(with_informe)
    assert made.next_step().title == "Espera a OGPP"
    favourable = replace(
        informe,
        number_text="237-2024-OGAJ/MPP",
        on=date(2024, 3, 4),
        sender=Party(unit_id=units.legal),
        opinion=Opinion.FAVOURABLE,
    )
    service.register_document(**means, expediente_id=with_informe, entry=favourable)
    made.reload()
    settle(desk)
    step = made.next_step()
    assert (step.button, step.enabled) == ("Crear resolución", False)
    assert "plan de trabajo" in step.reason
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    service.save_expediente(
        **means, expediente_id=with_informe, expected_version=1, title="Con plan", plan_id=plan_id
    )
    made.reload()
    settle(desk)
    asked = []
    made.open_record.connect(lambda kind, record_id: asked.append((kind, record_id)))
    assert made.next_step().enabled
    made.next_step().run()
    assert asked == [("expediente.resolucion", with_informe)]


def test_archiving_and_reopening_ask_for_a_reason(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    fills(monkeypatch, desk.tasks, SavingReason, leave=True)
    made.archive_action.trigger()
    settle(desk)
    assert made.record.shown.expediente.state is ExpedienteState.OPEN
    fills(monkeypatch, desk.tasks, SavingReason, reason="ya no hace falta")
    made.archive_action.trigger()
    settle(desk)
    assert made.record.chip.word == "Archivado"
    assert not made.document_action.isEnabled()
    assert made.next_step().button == "Reabrir"
    made.next_step().run()
    settle(desk)
    assert made.record.chip.word == "En trámite"


def test_withdrawing_takes_the_document_off_the_timeline(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    fills(monkeypatch, desk.tasks, SavingReason, reason="repetido")
    made.withdraw_action.trigger()
    settle(desk)
    assert steps(made) == []
    assert not made.record.detail.isVisible()
    assert not made.withdraw_action.isEnabled()


def test_changing_what_heads_it(desk, opened, with_informe, monkeypatch) -> None:
    made = opened(with_informe)
    answers_heading(desk, monkeypatch, title="Otro", code="", registry="77")
    made.heading_action.trigger()
    settle(desk)
    assert made.record.title.text() == "Otro"
    assert made.record.caption.text().startswith("Registro 77")


def test_a_record_that_is_gone_leaves_the_list(desk, opened, with_informe) -> None:
    made = opened(999)
    assert made.list.isVisible()


def test_models_keep_qt_s_rules(desk, opened, with_informe, qtmodeltester) -> None:
    made = opened(with_informe)
    for table in (made.list, made.record.timeline):
        qtmodeltester.check(table.model)


def test_every_control_has_a_name_to_read_aloud(opened, with_informe) -> None:
    made = opened(with_informe)
    for table in (made.list, made.record.timeline):
        assert table.view.accessibleName()
    assert all(action.text() for action in made.page_actions())


# -- the form of a document ----------------------------------------------------------------------------


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


# -- small dialogs --------------------------------------------------------------------------------------


def test_the_small_dialogs_give_values(desk, means, opened, with_informe, qtbot, monkeypatch) -> None:
    plan_id = plans.create_plan(**means, plan=Plan("PLAN 2024", 2024))
    lines = plans.list_plans(desk.db)
    made = opened(with_informe)
    kept = HeadingDialog(desk, lines, lambda *_: None, made.record.shown.expediente)
    qtbot.addWidget(kept)
    assert (kept.form.value("title"), kept.form.value("code")) == ("Plan de empadronamiento", "EXP-1")
    fresh = HeadingDialog(desk, lines, lambda *_: None)
    qtbot.addWidget(fresh)
    assert fresh.form.value("plan_id") == plan_id
    fresh.try_submit()
    assert fresh.form.fields["title"].error  # no title typed


@pytest.mark.parametrize(
    ("order", "verb"), [("withdraw_action", "withdraw_document"), ("archive_action", "set_state")]
)
def test_a_reason_outlives_a_lost_base(desk, opened, with_informe, monkeypatch, order, verb) -> None:
    made = opened(with_informe)
    met = loses_the_base_once(monkeypatch, desk.tasks, SavingReason, service, verb, reason="repetido")
    getattr(made, order).trigger()
    settle(desk)
    assert [(one.refusal, one.retry, one.kept["reason"]) for one in met] == [(AWAY, "Reintentar", "repetido")]
    stored = service.load_expediente(desk.db, with_informe)
    if order == "archive_action":
        assert stored.state is ExpedienteState.ARCHIVED
    else:
        assert steps(made) == []
