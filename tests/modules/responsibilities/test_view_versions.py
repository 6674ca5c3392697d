"""Gaps, origins, versions and papers of a matrix on its page."""

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from filling import fills
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, DutyLink, Frequency, MatrixState
from sisfoh_desktop.modules.responsibilities.view import (
    MatrixPage,
    compare_dialog,
    gaps_dialog,
    origin_dialogs,
)
from sisfoh_desktop.qtkit.preview import PreviewDialog

DAY = date(2024, 3, 8)
CTRL = Qt.KeyboardModifier.ControlModifier


def stored(desk, matrix_id: int, number: int = 0) -> Duty:
    matrix = service.load_matrix(desk.db, matrix_id, DAY)
    return [duty for unit in matrix.units for duty in unit.duties][number]


def cells(page: MatrixPage, code: str) -> list[str]:
    return next(row for row in page.editor.list.as_seen()[1] if row[0] == code)


def put_in_force(page: MatrixPage) -> None:
    page.in_force_action.trigger()
    page.desk.tasks.wait_idle()


def test_the_gaps_lead_to_their_lines(page, press, desk, monkeypatch):
    assert page.bar.gaps_button.text() == "6 brechas"
    seen = []

    def ask(gaps, print_report, parent):
        seen.extend(gap.code for gap in gaps)
        return ("duty", gaps[-1].duty_id)

    monkeypatch.setattr(gaps_dialog.GapsDialog, "ask", ask)
    page.bar.gaps_button.click()
    assert seen == ["01.a", "01.a", "01.b", "01.b", "02.a", "02.a"]
    assert page.editor.list.selected().code == "02.a"


def test_enter_in_the_gaps_chooses_one_and_the_filter_narrows_them(page, qtbot):
    dialog = gaps_dialog.GapsDialog(page.gaps, lambda: None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.set_filter("sin plazo")
    assert [row[0] for row in dialog.table.as_seen()[1]] == ["01.a", "01.b", "02.a"]
    assert {row[2] for row in dialog.table.as_seen()[1]} == {"Sin fecha límite ni frecuencia."}
    dialog.table.view.select_row(1)
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Return)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert dialog.key == ("duty", page.gaps[2].duty_id)


def test_late_evidence_is_told_in_the_list_the_bar_and_the_next_step(page, desk, actor, now, matrix_id):
    matrix = service.load_matrix(desk.db, matrix_id, DAY)
    duty = replace(matrix.units[0].duties[0], frequency=Frequency.WEEKLY, responsible="Ana")
    page.save_matrix(rules.with_duty(matrix, matrix.units[0].id, duty))
    desk.tasks.wait_idle()
    service.set_matrix_state(
        desk.db,
        actor=actor,
        now=now - timedelta(days=10),
        matrix_id=matrix_id,
        expected_version=2,
        state=MatrixState.IN_FORCE,
    )
    page.reload()
    desk.tasks.wait_idle()
    assert cells(page, "01.a")[3:5] == ["05/03/2024", "Falta evidencia"]
    assert page.bar.gaps_button.text() == "5 brechas, 1 vencida"
    assert page.next_step().title == "Registre la evidencia"
    page.editor.go_to(("unit", matrix.units[1].id))
    page.next_step().run()
    assert page.editor.list.selected().code == "01.a"


def test_an_empty_office_starts_from_the_directive(open_page, desk, units, monkeypatch):
    page = open_page()
    met = fills(monkeypatch, desk.tasks, origin_dialogs.StartDialog, title="PLAN 2024")
    page.next_step().run()
    desk.tasks.wait_idle()
    assert met[0].kept["source"] == 0, "there is no earlier matrix to copy"
    always = [unit for unit in service.load_model().units if not unit.optional]
    duties = sum(len(unit.duties) for unit in always)
    assert page.bar.counts.text().startswith(f"{len(always)} unidades · {duties} funciones")


def test_last_year_s_matrix_is_the_start_of_this_year_s(page, desk, qtbot):
    model, lines = service.load_model(), service.list_matrices(desk.db)
    desk.clock = FixedClock(desk.clock.now().replace(year=2025))
    dialog = origin_dialogs.StartDialog(desk, model, lines, lambda *_: None)
    qtbot.addWidget(dialog, before_close_func=lambda one: one.form.mark_saved())
    assert dialog.title.value() == "PLAN DE PRUEBA 2025"
    assert dialog.choice_from(dialog.form.checked()).source_id == lines[0].id
    dialog.source.set_value(0)
    dialog.form.fields["asesoria_juridica"].set_value(True)
    start = dialog.choice_from(dialog.form.checked())
    assert start.source_id == 0
    assert "asesoria_juridica" in start.roles
    assert "administracion" not in start.roles
    assert "extracto" in dialog.told.text()


def test_missing_units_are_offered_to_a_draft(page, desk, monkeypatch):
    fills(monkeypatch, desk.tasks, origin_dialogs.MissingUnitsDialog, asesoria_juridica=True)
    page.origins.missing_action.trigger()
    desk.tasks.wait_idle()
    assert cells(page, "03")[1] == "OFICINA DE ASESORÍA JURÍDICA"
    put_in_force(page)
    assert not page.origins.missing_action.isEnabled()


def test_links_are_proposed_on_demand(page, desk, matrix_id):
    matrix = service.load_matrix(desk.db, matrix_id, DAY)
    duty = replace(matrix.units[0].duties[0], text="Mantener al día el kardex cada semana.")
    page.save_matrix(rules.with_duty(matrix, matrix.units[0].id, duty))
    desk.tasks.wait_idle()
    assert stored(desk, matrix_id).link is None
    page.origins.propose_action.trigger()
    desk.tasks.wait_idle()
    assert stored(desk, matrix_id).link is DutyLink.KARDEX
    assert page.editor.panel.link.value() is DutyLink.KARDEX


def test_two_versions_are_compared_word_by_word(page, desk, actor, now, matrix_id, tmp_path, monkeypatch):
    copy_id = service.copy_matrix(
        desk.db, actor=actor, now=now, source_id=matrix_id, title="PLAN DE PRUEBA 2024"
    )
    copy = service.load_matrix(desk.db, copy_id, DAY)
    duty = replace(copy.units[0].duties[0], text="Aprobar el <plan> anual.")
    service.save_matrix(
        desk.db,
        actor=actor,
        now=now,
        matrix=rules.with_duty(copy, copy.units[0].id, duty),
        expected_version=1,
    )
    page.show_record("responsibilities", copy_id)
    desk.tasks.wait_idle()
    page.origins.compare_action.trigger()
    desk.tasks.wait_idle()
    dialog = page.findChild(compare_dialog.CompareDialog)
    assert dialog.table.as_seen()[1] == [["Cambiada", "Función", "01.a", "01.a", "Aprobar el <plan> anual."]]
    assert "<plan> anual." in dialog.words.toPlainText(), "signs that are typed are no marks"
    target = tmp_path / "comparacion.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.cancel_button.click()
    desk.tasks.wait_idle()
    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes())).active
    assert sheet["F2"].value == "Aprobar el <plan> anual."
    dialog.accept()


def test_with_nothing_to_compare_it_says_so(page, desk, monkeypatch):
    said = []
    monkeypatch.setattr(
        "sisfoh_desktop.modules.responsibilities.view.origins.show_notice",
        lambda _page, title, text: said.append(text),
    )
    page.origins.compare_action.trigger()
    desk.tasks.wait_idle()
    assert "Todavía no hay otra matriz" in said[0]


@pytest.mark.parametrize("name", ["sheets_action", "gaps_action"])
def test_the_sheets_and_the_report_are_previewed(page, desk, name):
    getattr(page.papers, name).trigger()
    desk.tasks.wait_idle()
    (dialog,) = page.findChildren(PreviewDialog)
    assert dialog.pane.pages == (2 if name == "sheets_action" else 1)
    dialog.close()


def test_one_unit_s_sheet_comes_from_its_line(page, press, desk):
    press(page, Qt.Key.Key_Down, CTRL)
    sheet = next(action for action in page.editor.list.menu_actions if "Hoja de esta" in action.text())
    sheet.trigger()
    desk.tasks.wait_idle()
    (dialog,) = page.findChildren(PreviewDialog)
    assert dialog.pane.pages == 1
    dialog.close()
