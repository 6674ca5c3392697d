"""Following duties up on the page: owners, evidence, gaps, versions and papers, all by the keyboard."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel

from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import (
    Duty,
    DutyLink,
    DutyState,
    Frequency,
    MatrixState,
)
from sisfoh_desktop.modules.responsibilities.view import (
    MatrixPage,
    evidence_dialogs,
    owner_dialog,
)
from sisfoh_desktop.modules.responsibilities.view.evidence_dialogs import NewEvidence
from sisfoh_desktop.modules.responsibilities.view.owner_dialog import Owner
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

DAY = date(2024, 3, 8)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def stored(desk, matrix_id: int, number: int = 0) -> Duty:
    matrix = service.load_matrix(desk.db, matrix_id, DAY)
    return [duty for unit in matrix.units for duty in unit.duties][number]


def cells(page: MatrixPage, code: str) -> list[str]:
    return next(row for row in page.editor.list.as_seen()[1] if row[0] == code)


def answer_evidence(monkeypatch, *answers: NewEvidence | None, refusals=None) -> list[str]:
    refusals = [] if refusals is None else refusals
    asked: list[str] = []
    waiting = list(answers)

    def answer(dialog):
        asked.append(dialog.windowTitle().removeprefix("Evidencia de "))
        new = waiting.pop(0)
        if new is not None:
            dialog.form.set_values({"text": new.text, "day": new.day})
            dialog.file = new.file
            dialog.try_submit()
            for _ in range(3):
                dialog.desk.tasks.wait_idle()
            refusals.extend(label.text() for label in dialog.form.summary.findChildren(QLabel))
        return dialog.result()

    monkeypatch.setattr(evidence_dialogs.EvidenceDialog, "exec", answer)
    return asked


def test_f4_gives_the_chosen_duties_their_owner(page, press, desk, matrix_id, officer_id, monkeypatch, qtbot):
    asked = []

    def answer(dialog):
        asked.append((dialog.windowTitle(), dialog.owner))
        assert dialog.table.select(officer_id)
        dialog.try_submit()
        desk.tasks.wait_idle()
        return dialog.result()

    monkeypatch.setattr(owner_dialog.OwnerDialog, "exec", answer)
    page.reload()
    desk.tasks.wait_idle()
    press(page, Qt.Key.Key_F4)
    assert asked == [("Responsable de 01.a", Owner(None, ""))]
    assert (stored(desk, matrix_id).officer_id, cells(page, "01.a")[2]) == (officer_id, "Jefa De Prueba")
    press(page, Qt.Key.Key_Down, SHIFT)
    with qtbot.waitActive(page):  # as the system does when a dialog goes
        page.activateWindow()
    page.editor.list.view.setFocus()
    press(page, Qt.Key.Key_F4)
    assert asked[1][0] == "Responsable de 2 funciones"
    assert stored(desk, matrix_id, 1).officer_id == officer_id
    assert stored(desk, matrix_id, 2).officer_id is None


def test_a_refused_owner_stays_typed_and_goes_over_what_is_there_now(
    page, press, desk, matrix_id, actor, now, monkeypatch
):
    """Somebody else saved the matrix while the name was being written."""
    page.reload()
    desk.tasks.wait_idle()

    def save_elsewhere():
        service.save_matrix(
            desk.db,
            actor=actor,
            now=now,
            matrix=replace(loaded, title="OTRO TÍTULO"),
            expected_version=loaded.version,
        )

    def answer(dialog):
        desk.tasks.run_query(save_elsewhere, lambda _version: None)
        desk.tasks.wait_idle()
        dialog.name.set_value("Brigada 3")
        dialog.try_submit()
        desk.tasks.wait_idle()
        told.append((dialog.isEnabled(), dialog.name.value(), dialog.banner.label.text()))
        dialog.try_submit()
        desk.tasks.wait_idle()
        return dialog.result()

    told = []
    loaded = page.editor.matrix
    monkeypatch.setattr(owner_dialog.OwnerDialog, "exec", answer)
    press(page, Qt.Key.Key_F4)
    ((enabled, typed, sentence),) = told
    assert (enabled, typed) == (True, "Brigada 3")
    assert sentence
    assert stored(desk, matrix_id).responsible == "Brigada 3"
    assert page.editor.matrix.title == "OTRO TÍTULO"


def test_the_officer_s_name_written_whole_is_the_officer(page, desk, matrix_id, officer_id):
    page.reload()
    desk.tasks.wait_idle()
    page.editor.panel.responsible.set_value("Jefa De Prueba")
    assert page.save()
    desk.tasks.wait_idle()
    assert stored(desk, matrix_id).officer_id == officer_id
    page.editor.panel.responsible.set_value("La brigada 3")
    assert page.save()
    desk.tasks.wait_idle()
    assert (stored(desk, matrix_id).officer_id, stored(desk, matrix_id).responsible) == (None, "La brigada 3")


def test_f4_in_the_owner_s_field_writes_into_it(page, qtbot, desk, matrix_id, monkeypatch):
    monkeypatch.setattr(owner_dialog.OwnerDialog, "ask", lambda *_: Owner(None, "Ana"))
    field = page.editor.panel.responsible.editor
    page.editor.panel.text.set_value("Aprobar con resolución.")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    assert page.editor.panel.responsible.value() == "Ana"
    assert stored(desk, matrix_id).responsible == ""  # nothing is kept until it is saved
    assert page.save()
    desk.tasks.wait_idle()
    assert (stored(desk, matrix_id).responsible, stored(desk, matrix_id).text) == (
        "Ana",
        "Aprobar con resolución.",
    )


def test_ctrl_d_copies_owner_and_term_to_those_below(page, press, desk, matrix_id):
    panel = page.editor.panel
    panel.responsible.set_value("Ana")
    panel.due.set_value(date(2024, 7, 31))
    panel.frequency.set_value(Frequency.WEEKLY)
    assert page.save()
    desk.tasks.wait_idle()
    page.editor.list.view.setFocus()
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_D, CTRL)
    second = stored(desk, matrix_id, 1)
    assert (second.responsible, second.due, second.frequency) == ("Ana", date(2024, 7, 31), Frequency.WEEKLY)
    assert second.text == "Dirigir el plan."
    press(page, Qt.Key.Key_Down, SHIFT)
    press(page, Qt.Key.Key_Down, SHIFT)  # over the band of unit 02 down to its duty
    press(page, Qt.Key.Key_D, CTRL)
    assert stored(desk, matrix_id, 2).responsible == "Ana"


def test_ctrl_c_copies_the_lines_with_their_heads(page, press):
    press(page, Qt.Key.Key_C, CTRL)
    heads, line = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t") == ["N°", "Función", "Responsable", "Vence", "Estado", "Último avance"]
    assert line.split("\t")[:2] == ["01.a", "Aprobar el plan."]


def test_f7_records_evidence_and_the_duty_starts_by_itself(page, press, desk, matrix_id, monkeypatch):
    asked = answer_evidence(monkeypatch, NewEvidence("Acta 01", date(2024, 3, 7)), None)
    press(page, Qt.Key.Key_F7)
    assert asked == ["01.a"]
    assert cells(page, "01.a")[4:] == ["En curso", "07/03/2024 Acta 01"]
    side = page.editor.panel.side
    assert side.tabText(0) == "Evidencia (1)"
    assert side.list.as_seen()[1] == [["07/03/2024", "Acta 01"]]
    press(page, Qt.Key.Key_F7)
    assert stored(desk, matrix_id).progress.count == 1


def test_f7_keeps_first_what_was_being_typed(page, qtbot, desk, matrix_id, monkeypatch):
    asked = answer_evidence(monkeypatch, NewEvidence("Acta", DAY))
    panel = page.editor.panel
    panel.responsible.set_value("Ana")
    panel.responsible.editor.setFocus()
    qtbot.keyClick(panel.responsible.editor, Qt.Key.Key_F7)
    desk.tasks.wait_idle()
    assert asked == ["01.a"]
    duty = stored(desk, matrix_id)
    assert (duty.responsible, duty.state, duty.progress.text) == ("Ana", DutyState.UNDER_WAY, "Acta")


def test_evidence_that_arrives_while_typing_is_not_undone(page, desk, actor, now, matrix_id):
    panel = page.editor.panel
    panel.responsible.set_value("Ana")
    service.add_evidence(
        desk.db, desk.archive, actor=actor, now=now, duty_id=stored(desk, matrix_id).id, text="Acta", day=DAY
    )
    page.reload()
    desk.tasks.wait_idle()
    assert panel.responsible.value() == "Ana"
    assert panel.state.value() is DutyState.UNDER_WAY
    assert page.save()
    desk.tasks.wait_idle()
    duty = stored(desk, matrix_id)
    assert (duty.responsible, duty.state) == ("Ana", DutyState.UNDER_WAY)


def test_a_file_is_attached_and_seen_again(page, press, desk, tmp_path, monkeypatch):
    pdf = tmp_path / "acta.pdf"
    pdf.write_bytes(service.anexo01_pdf_bytes(desk.db, page.matrix_id, DAY))
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"\xff\xd8\xff imagen")
    answer_evidence(monkeypatch, NewEvidence("Acta", DAY, pdf), NewEvidence("Foto", DAY, photo))
    press(page, Qt.Key.Key_F7)
    side = page.editor.panel.side
    side.list.view.select_row(0)
    side.open_button.click()
    desk.tasks.wait_idle()
    (dialog,) = page.findChildren(PreviewDialog)
    assert dialog.windowTitle() == "acta.pdf"
    dialog.close()
    page.editor.follow.evidence_action.trigger()
    desk.tasks.wait_idle()
    copy = tmp_path / "copia.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    side.list.view.select_row(0)
    side.list.activated.emit(side.list.selected())
    desk.tasks.wait_idle()
    assert copy.read_bytes() == photo.read_bytes()


def test_a_file_that_cannot_be_kept_is_refused_with_a_sentence(page, press, desk, tmp_path, monkeypatch):
    said: list[str] = []
    program = tmp_path / "programa.exe"
    program.write_bytes(b"MZ")
    gone = tmp_path / "borrado.pdf"
    answer_evidence(monkeypatch, NewEvidence("x", DAY, program), NewEvidence("x", DAY, gone), refusals=said)
    press(page, Qt.Key.Key_F7)
    press(page, Qt.Key.Key_F7)
    assert "«programa.exe» no es de un tipo" in said[0]
    assert "No se pudo leer «borrado.pdf»" in said[1]
    assert stored(desk, page.matrix_id).progress is None


def test_evidence_is_withdrawn_with_a_reason_and_stays_in_sight(page, press, desk, monkeypatch):
    answer_evidence(monkeypatch, NewEvidence("Acta", DAY))
    press(page, Qt.Key.Key_F7)
    fills(monkeypatch, desk.tasks, SavingReason, reason="Repetida")
    side = page.editor.panel.side
    side.list.view.select_row(0)
    side.withdraw_button.click()
    desk.tasks.wait_idle()
    assert side.list.as_seen()[1] == [["08/03/2024", "Anulada: Acta (Repetida)"]]
    assert cells(page, "01.a")[5] == ""
    side.list.view.select_row(0)
    assert not side.withdraw_button.isEnabled()


def test_a_record_leads_to_its_own_page(page, desk, actor, now, matrix_id, qtbot):
    matrix = service.load_matrix(desk.db, matrix_id, DAY)
    duty = replace(matrix.units[0].duties[0], link=DutyLink.KARDEX)
    page.save_matrix(rules.with_duty(matrix, matrix.units[0].id, duty))
    desk.tasks.wait_idle()
    with desk.db.transaction() as session:
        service.record_evidence_in(
            session,
            actor=actor,
            now=now,
            link=DutyLink.KARDEX,
            record_kind="kardex",
            record_id=12,
            label="Entrega 004501-004550",
            day=DAY,
            matrix_id=matrix_id,
        )
    page.reload()
    desk.tasks.wait_idle()
    side = page.editor.panel.side
    side.list.view.select_row(0)
    assert not side.withdraw_button.isEnabled()
    with qtbot.waitSignal(page.open_record) as asked:
        side.open_button.click()
    assert asked.args == ["kardex", 12]


def test_the_norm_stands_beside_the_duty(page, desk, monkeypatch, matrix_id):
    fills(
        monkeypatch,
        desk.tasks,
        evidence_dialogs.SourceDialog,
        source_norm="Ley 30435",
        source_text="Artículo 9",
    )
    page.editor.panel.side.source_button.click()
    desk.tasks.wait_idle()
    assert page.editor.panel.side.source.toPlainText() == "Ley 30435\n\nArtículo 9"
    assert stored(desk, matrix_id).source_norm == "Ley 30435"


def test_an_archived_matrix_offers_no_follow_up(page, desk, actor, now, matrix_id):
    service.set_matrix_state(
        desk.db, actor=actor, now=now, matrix_id=matrix_id, expected_version=1, state=MatrixState.ARCHIVED
    )
    page.reload()
    desk.tasks.wait_idle()
    assert not any(action.isEnabled() for action in page.editor.follow.actions)
    assert not page.editor.panel.side.add_button.isEnabled()
    assert not page.editor.panel.link.editor.isEnabled()


def test_the_owner_is_a_line_or_a_name(qtbot, page, desk, officer_id):
    page.reload()
    desk.tasks.wait_idle()
    officers = page.editor.follow.officers
    dialog = owner_dialog.OwnerDialog(officers, Owner(officer_id, "Jefa De Prueba"), "01.a")
    qtbot.addWidget(dialog)
    assert dialog.submit()
    assert dialog.owner == Owner(officer_id, "Jefa De Prueba")
    dialog.name.set_value("Brigada 3")
    assert dialog.submit()
    assert dialog.owner == Owner(None, "Brigada 3")
    free = owner_dialog.OwnerDialog([], Owner(None, "Brigada 3"), "01.a")
    qtbot.addWidget(free)
    free.name.set_value("")
    assert free.submit()
    assert free.owner == Owner()


def test_the_evidence_dialog_asks_what_and_when(qtbot, desk, tmp_path, monkeypatch):
    saved = []
    dialog = evidence_dialogs.EvidenceDialog(
        desk, "01.a", Duty("x", evidence="Acta"), lambda new, _token: saved.append(new)
    )
    qtbot.addWidget(dialog)
    assert not dialog.submit()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "acta 07.pdf"), ""))
    dialog.file_button.click()
    assert dialog.file_note.text() == "Archivo: acta 07.pdf"
    dialog.try_submit()
    desk.tasks.wait_idle()
    assert saved == [NewEvidence("acta 07", DAY, Path(tmp_path / "acta 07.pdf"))]
