"""The page of the matrix over the real service: what a person sees, and every key of its list."""

import io
from datetime import date

import openpyxl
from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from searching import found

from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyState, Matrix, MatrixState, MatrixUnit
from sisfoh_desktop.modules.responsibilities.view import MatrixPage, dialogs, editor
from sisfoh_desktop.modules.responsibilities.view import page as page_file
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

DAY = date(2024, 3, 8)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def lines(page: MatrixPage) -> list[str]:
    return [f"{row[0]} {row[1]}" for row in page.editor.list.as_seen()[1]]


def chosen(page: MatrixPage) -> str:
    row = page.editor.list.selected()
    return row.code if row else ""


def stored(desk, matrix_id: int) -> Matrix:
    return service.load_matrix(desk.db, matrix_id, DAY)


def answers_heading(desk, monkeypatch, **values):
    """The next heading dialog gets these values and is saved."""

    def answer(dialog):
        dialog.form.set_values(values)
        dialog.try_submit()
        desk.tasks.wait_idle()
        return dialog.result()

    monkeypatch.setattr(dialogs.HeadingDialog, "exec", answer)


def test_an_office_without_matrices_is_led_to_the_first(open_page, desk, monkeypatch, units):
    page = open_page()
    assert page.next_step().title == "Prepare la matriz"
    assert not page.papers.anexo_action.isEnabled()
    answers_heading(desk, monkeypatch, title="PLAN 2024")
    page.editor.list.empty_button.click()
    desk.tasks.wait_idle()
    assert page.bar.combo.currentText() == "PLAN 2024"
    assert page.next_step().title == "Agregue la primera unidad"
    fills(monkeypatch, desk.tasks, dialogs.UnitDialog, unit_id=units["GM"])
    page.next_step().run()
    desk.tasks.wait_idle()
    assert lines(page) == ["01 GERENCIA MUNICIPAL"]
    assert page.next_step().title == "Complete las unidades"
    page.next_step().run()
    assert chosen(page) == "01"


def test_units_stand_over_their_duties(page):
    assert lines(page) == [
        "01 GERENCIA MUNICIPAL",
        "01.a Aprobar el plan.",
        "01.b Dirigir el plan.",
        "02 ULE (SISFOH)",
        "02.a Ejecutar el plan.",
    ]
    assert chosen(page) == "01.a"
    assert page.bar.chip.word == "Borrador"
    assert page.bar.counts.text() == "2 unidades · 3 funciones · 0 cumplidas"


def test_ctrl_arrows_go_from_unit_to_unit(page, press):
    places = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(page, key, CTRL)
        places.append(chosen(page))
    assert places == ["02", "02", "01", "01"]
    page.editor.go_to(page.editor.list.rows()[2].key)
    press(page, Qt.Key.Key_Up, CTRL)
    assert chosen(page) == "01"


def test_the_space_bar_turns_the_state(page, press, desk, matrix_id):
    for state in (DutyState.UNDER_WAY, DutyState.DONE, DutyState.PENDING):
        press(page, Qt.Key.Key_Space)
        assert stored(desk, matrix_id).units[0].duties[0].state is state
    assert chosen(page) == "01.a"


def test_alt_arrows_move_a_duty_and_carry_it_to_the_next_unit(page, press, desk, matrix_id):
    press(page, Qt.Key.Key_Down, ALT)
    assert lines(page)[1:3] == ["01.a Dirigir el plan.", "01.b Aprobar el plan."]
    assert chosen(page) == "01.b"
    press(page, Qt.Key.Key_Down, ALT)
    assert lines(page)[2:] == ["02 ULE (SISFOH)", "02.a Aprobar el plan.", "02.b Ejecutar el plan."]
    assert chosen(page) == "02.a"
    press(page, Qt.Key.Key_Up, ALT)
    assert chosen(page) == "01.b"
    assert stored(desk, matrix_id).version == 4


def test_alt_arrows_move_a_unit_whole(page, press):
    press(page, Qt.Key.Key_Down, CTRL)
    press(page, Qt.Key.Key_Up, ALT)
    assert lines(page)[:2] == ["01 ULE (SISFOH)", "01.a Ejecutar el plan."]
    press(page, Qt.Key.Key_Up, ALT)
    assert lines(page)[0] == "01 ULE (SISFOH)"


def test_f2_edits_and_the_next_line_keeps_what_was_typed(page, press, qtbot, desk, matrix_id):
    press(page, Qt.Key.Key_F2)
    assert page.editor.panel.text.editor.hasFocus()
    page.editor.panel.text.set_value("Aprobar el plan con una resolución.")
    page.editor.panel.responsible.set_value("Gerente municipal")
    assert page.has_unsaved()
    page.editor.list.view.setFocus()
    press(page, Qt.Key.Key_Down)
    assert chosen(page) == "01.b"
    duty = stored(desk, matrix_id).units[0].duties[0]
    assert (duty.text, duty.responsible) == ("Aprobar el plan con una resolución.", "Gerente municipal")
    assert page.editor.panel.text.value() == "Dirigir el plan."
    assert not page.has_unsaved()


def test_what_cannot_be_kept_stays_in_sight(page, press, desk, matrix_id):
    page.editor.panel.text.set_value("  ")
    press(page, Qt.Key.Key_Down)
    assert chosen(page) == "01.a"
    assert "Falta «Función»" in page.editor.panel.text.error
    page.editor.panel.text.set_value("Aprobar.")
    page.editor.panel.due.set_value(None)
    page.editor.panel.due.editor.setText("31/02/2024")
    assert not page.save()
    assert "No existe el 31/02/2024" in page.editor.panel.due.error
    assert page.cancel()
    assert page.editor.panel.text.value() == "Aprobar el plan."
    assert stored(desk, matrix_id).version == 1


def test_ins_adds_duties_one_after_the_other(page, press, desk):
    press(page, Qt.Key.Key_Insert)
    assert page.editor.panel.head.text().startswith("Nueva función en 01")
    page.editor.panel.text.set_value("Supervisar el plan.")
    assert page.save_and_next()
    desk.tasks.wait_idle()
    assert page.editor.panel.head.text().startswith("Nueva función en 01")
    page.editor.panel.text.set_value("Informar del plan.")
    page.editor.panel.save_button.click()
    desk.tasks.wait_idle()
    assert lines(page)[3:5] == ["01.c Supervisar el plan.", "01.d Informar del plan."]
    assert len(lines(page)) == 7
    assert chosen(page) == "01.d"


def test_a_new_duty_may_be_left(page, press):
    press(page, Qt.Key.Key_Insert)
    page.editor.panel.text.set_value("x")
    page.editor.panel.discard_button.click()
    assert page.editor.panel.head.text().startswith("01.a")
    assert len(lines(page)) == 5


def test_del_asks_by_naming_what_goes(page, press, monkeypatch):
    asked = []

    def answer(_parent, what, consequence, button):
        asked.append((what, consequence, button))
        return len(asked) > 1

    monkeypatch.setattr(editor, "ask_destroy", answer)
    press(page, Qt.Key.Key_Delete)
    assert len(lines(page)) == 5
    press(page, Qt.Key.Key_Delete)
    assert asked[0][0] == "la función 01.a"
    assert "Aprobar el plan." in asked[0][1]
    assert lines(page)[1] == "01.a Dirigir el plan."
    assert chosen(page) == "01.a"
    press(page, Qt.Key.Key_Up)
    press(page, Qt.Key.Key_Delete)
    assert asked[2][0] == "la unidad 01 GERENCIA MUNICIPAL"
    assert "1 función" in asked[2][1]
    assert lines(page) == ["01 ULE (SISFOH)", "01.a Ejecutar el plan."]


def test_a_unit_s_row_is_edited_in_a_dialog(page, press, desk, monkeypatch):
    fills(monkeypatch, desk.tasks, dialogs.UnitDialog, label="DESPACHO")
    press(page, Qt.Key.Key_Up)
    press(page, Qt.Key.Key_F2)
    assert lines(page)[:2] == ["01 DESPACHO", "01.a Aprobar el plan."]
    assert chosen(page) == "01"
    assert "01.a: sin responsable." in page.editor.panel.summary.text()


def test_someone_else_s_change_is_not_overwritten(page, desk, matrix_id):
    theirs = rules.with_duty(stored(desk, matrix_id), 1, Duty("De otra persona."))
    service.save_matrix(desk.db, actor=desk.actor, now=desk.clock.now(), matrix=theirs, expected_version=1)
    page.editor.panel.text.set_value("Mío.")
    page.save()
    desk.tasks.wait_idle()
    assert [duty.text for duty in stored(desk, matrix_id).units[0].duties] == [
        "Mío.",
        "Dirigir el plan.",
        "De otra persona.",
    ]


def test_a_move_over_someone_else_s_change_is_told_and_the_lines_are_read_again(
    page, press, desk, matrix_id, monkeypatch
):
    said = []
    monkeypatch.setattr(page_file, "show_error", lambda _parent, sentence: said.append(sentence))
    theirs = rules.with_duty(stored(desk, matrix_id), 1, Duty("De otra persona."))
    service.save_matrix(desk.db, actor=desk.actor, now=desk.clock.now(), matrix=theirs, expected_version=1)
    press(page, Qt.Key.Key_Down, ALT)
    desk.tasks.wait_idle()
    assert "Otra persona cambió" in said[0]
    assert "01.c De otra persona." in lines(page)


def test_in_force_only_the_follow_up_is_open(page, press, desk, matrix_id, monkeypatch):
    page.in_force_action.trigger()
    desk.tasks.wait_idle()
    assert page.bar.chip.word == "Vigente"
    assert page.editor.panel.text.editor.isReadOnly()
    assert not page.editor.remove_action.isEnabled()
    assert page.next_step().title == "Asigne responsables"
    page.editor.panel.due.set_value(date(2024, 3, 7))
    assert page.save()
    desk.tasks.wait_idle()
    assert page.editor.list.as_seen()[1][1][4] == "Vencida"
    assert page.next_step().title == "Atienda lo vencido"
    fills(monkeypatch, desk.tasks, SavingReason, reason="Observada")
    page.draft_action.trigger()
    desk.tasks.wait_idle()
    assert stored(desk, matrix_id).state is MatrixState.DRAFT


def test_an_archived_matrix_is_only_read(page, desk, monkeypatch):
    monkeypatch.setattr(page_file, "ask", lambda *_: True)
    page.archive_action.trigger()
    desk.tasks.wait_idle()
    assert page.bar.chip.word == "Archivada"
    assert page.editor.panel.responsible.editor.isReadOnly()
    assert not page.editor.follow.state_action.isEnabled()
    assert page.next_step().title == "Revise el Anexo N° 01"


def test_last_years_matrix_is_copied_and_chosen(page, desk, monkeypatch, qtbot):
    fills(monkeypatch, desk.tasks, dialogs.CopyDialog, title="PLAN DE PRUEBA 2025")
    page.copy_action.trigger()
    desk.tasks.wait_idle()
    assert page.bar.combo.currentText() == "PLAN DE PRUEBA 2025"
    page.bar.combo.setCurrentIndex(1)
    desk.tasks.wait_idle()
    assert page.bar.combo.currentText() == "PLAN DE PRUEBA 2024"


def test_the_heading_is_edited(page, desk, matrix_id, monkeypatch):
    answers_heading(desk, monkeypatch, title="OTRO", heading="H", intro="I")
    page.heading_action.trigger()
    desk.tasks.wait_idle()
    assert (stored(desk, matrix_id).title, stored(desk, matrix_id).intro) == ("OTRO", "I")


def test_ctrl_p_shows_the_annex(page, desk):
    assert page.preview()
    desk.tasks.wait_idle()
    (dialog,) = page.findChildren(PreviewDialog)
    assert dialog.windowTitle() == "Anexo N° 01"
    assert dialog.pane.pages == 1
    dialog.close()


def test_the_workbook_is_written_where_asked(page, desk, tmp_path, monkeypatch):
    target = tmp_path / "matriz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.papers.workbook_action.trigger()
    desk.tasks.wait_idle()
    book = openpyxl.load_workbook(io.BytesIO(target.with_suffix(".xlsx").read_bytes()))
    assert book.active["D2"].value == "Aprobar el plan."


def test_the_filter_finds_a_duty(page):
    page.table().set_filter("ejecutar")
    assert lines(page) == ["02.a Ejecutar el plan."]


def test_a_search_finds_the_matrix_and_opens_it(open_page, desk, actor, now, matrix_id):
    service.create_matrix(desk.db, actor=actor, now=now, matrix=Matrix("PLAN 2030"))
    (hit,) = found(desk, "responsibilities", "prueba 2024")
    assert (hit.kind, hit.record_id) == ("responsibilities", matrix_id)
    page = open_page()
    assert page.bar.combo.currentText() == "PLAN 2030"
    page.show_record("responsibilities", matrix_id)
    desk.tasks.wait_idle()
    assert page.bar.combo.currentText() == "PLAN DE PRUEBA 2024"


def test_two_hundred_duties_stay_at_hand(open_page, desk, actor, now, units, press):
    rows = tuple(
        MatrixUnit(label=f"UNIDAD {n}", duties=tuple(Duty(f"Función {m}") for m in range(20)))
        for n in range(10)
    )
    service.create_matrix(desk.db, actor=actor, now=now, matrix=Matrix("GRANDE", units=rows))
    page = open_page()
    assert len(lines(page)) == 210
    page.editor.list.view.setFocus()
    for _ in range(9):
        press(page, Qt.Key.Key_Down, CTRL)
    assert chosen(page) == "10"


def test_dialogs_check_what_they_ask(qtbot, page, desk):
    def nothing(*_what):
        raise AssertionError("saved")

    dialog = dialogs.UnitDialog(desk, page.matrix, MatrixUnit(), [], nothing)
    qtbot.addWidget(dialog)
    assert not dialog.submit()
    assert "Elija una unidad" in dialog.form.fields["unit_id"].error
    heading = dialogs.HeadingDialog(desk, page.matrix, nothing)
    qtbot.addWidget(heading)
    assert heading.windowTitle() == "Encabezado del anexo"
    heading.form.fields["title"].set_value("")
    assert not heading.submit()
    copy = dialogs.CopyDialog(desk, "PLAN 2024", nothing)
    qtbot.addWidget(copy)
    assert copy.form.fields["title"].value() == "PLAN 2024"
    copy.form.fields["title"].set_value("")
    assert not copy.submit()


def test_the_model_keeps_qt_s_rules(page, qtmodeltester):
    qtmodeltester.check(page.editor.list.model)


def test_a_held_matrix_is_only_followed_up_and_says_why(page, desk, matrix_id, press):
    with desk.db.transaction() as session:
        service.hold_matrix_in(
            session, actor=desk.actor, now=desk.clock.now(), matrix_id=matrix_id, held_by="091-2024-GM/MP"
        )
    page.reload()
    desk.tasks.wait_idle()
    edit = page.editor
    forbidden = (edit.add_duty_action, edit.add_unit_action, edit.remove_action, edit.up_action)
    orders = (*forbidden, page.heading_action, page.in_force_action, page.archive_action)
    assert [order.isEnabled() for order in orders] == [False] * 7
    assert edit.panel.text.editor.isReadOnly()
    assert not edit.panel.responsible.editor.isReadOnly()
    assert page.next_step().title == "Congelada en la 091-2024-GM/MP"
    assert page.bar.chip.word == "Congelada", "no «Borrador» beside it"
    press(page, Qt.Key.Key_Space)
    assert stored(desk, matrix_id).units[0].duties[0].state is DutyState.UNDER_WAY
