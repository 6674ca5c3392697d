"""The page of the plans over the real service: the list, what becomes of a plan, its next step and its paper."""

from dataclasses import replace
from datetime import date

import pytest
from filling import AWAY, fills, loses_the_base_once
from plans_screen import check_text, tab_of, told
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from searching import found

from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.plans.view import dialogs
from sisfoh_desktop.modules.plans.view import page as page_file
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

pytestmark = pytest.mark.usefixtures("municipality")


def test_an_office_without_plans_is_led_to_the_first(open_page, desk, monkeypatch):
    page = open_page()
    assert page.next_step().title == "Prepare el plan de trabajo"
    assert not page.preview_action.isEnabled()
    fills(monkeypatch, desk.tasks, dialogs.NewPlanDialog, title="PLAN 2025", year=2025)
    page.list.empty_button.click()
    desk.tasks.wait_idle()
    assert page.record.head.text() == "PLAN 2025"
    assert page.record.data_tab.form.value("year") == 2025
    assert page.next_step().title.startswith("Corrija: ")
    assert len(told(tab_of(page, "secciones"))) == 15


def test_the_list_shows_each_plan_and_enter_opens_it(open_page, plan_id, desk, qtbot):
    page = open_page()
    (row,) = page.list.as_seen()[1]
    assert row == [
        "2024",
        "Plan de Prueba 2024",
        "Prueba",
        "16\u00a0391",
        "S/\u00a0312\u00a0656.00",
        "Borrador",
    ]
    assert page.next_step().title == "Plan de Prueba 2024"
    page.list.view.setFocus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    desk.tasks.wait_idle()
    assert page.record.head.text() == "PLAN DE EMPADRONAMIENTO DE PRUEBA 2024"
    assert page.cancel()
    assert page.pages.currentWidget() is page.list
    assert not page.cancel()


def test_an_approved_plan_is_only_read(page, desk, plan_id, monkeypatch):
    with desk.db.transaction() as session:
        service.approve_plan_in(
            session, actor=desk.actor, now=desk.clock.now(), plan_id=plan_id, approved_by="Resolución N° 091"
        )
    page.reload()
    desk.tasks.wait_idle()
    assert page.record.chip.word == "Aprobado"
    assert "Aprobado con Resolución N° 091" in check_text(page)
    assert page.record.data_tab.form.fields["title"].editor.isReadOnly()
    assert not tab_of(page, "presupuesto").add_action.isEnabled()
    assert page.next_step().title == "Plan aprobado"
    fills(monkeypatch, desk.tasks, SavingReason, reason="Error material")
    page.draft_action.trigger()
    desk.tasks.wait_idle()
    assert page.record.chip.word == "Borrador"
    assert not page.record.data_tab.form.fields["title"].editor.isReadOnly()


def test_a_held_plan_is_only_read_and_says_why(page, desk, plan_id):
    with desk.db.transaction() as session:
        service.hold_plan_in(
            session, actor=desk.actor, now=desk.clock.now(), plan_id=plan_id, held_by="091-2024-GM/MP"
        )
    page.reload()
    desk.tasks.wait_idle()
    assert "Congelado en la 091-2024-GM/MP" in check_text(page)
    assert page.record.data_tab.form.fields["title"].editor.isReadOnly()
    assert not page.record.save_button.isVisible()
    assert not tab_of(page, "presupuesto").add_action.isEnabled()
    assert not page.close_action.isEnabled()
    step = page.next_step()
    assert step.title == "Congelado en la 091-2024-GM/MP"
    assert "anule la versión congelada" in step.text


def test_what_was_typed_when_it_was_held_is_not_kept_and_told(page, desk, plan_id, monkeypatch):
    said = []
    monkeypatch.setattr(page_file, "show_error", lambda _parent, sentence: said.append(sentence))
    page.record.data_tab.form.fields["campaign"].set_value("A medio escribir")
    page.record.data_tab.edited.emit()
    with desk.db.transaction() as session:
        service.hold_plan_in(
            session, actor=desk.actor, now=desk.clock.now(), plan_id=plan_id, held_by="091-2024-GM/MP"
        )
    assert page.save()
    desk.tasks.wait_idle()
    assert ["congelado en la 091-2024-GM/MP" in sentence for sentence in said] == [True]
    assert service.load_plan(desk.db, plan_id).campaign == "Empadronamiento masivo 2024"


def test_a_plan_is_closed_with_a_reason(page, desk, plan_id, monkeypatch):
    fills(monkeypatch, desk.tasks, SavingReason, reason="Se dejó sin efecto")
    page.close_action.trigger()
    desk.tasks.wait_idle()
    assert service.load_plan(desk.db, plan_id).state is PlanState.CLOSED
    assert page.next_step().title == "Plan cerrado"


def test_last_years_plan_is_copied_and_opened(page, desk, monkeypatch):
    fills(monkeypatch, desk.tasks, dialogs.CopyPlanDialog, title="PLAN 2025", copy_matrix=True)
    page.copy_action.trigger()
    desk.tasks.wait_idle()
    assert page.record.head.text() == "PLAN 2025"
    assert page.record.data_tab.form.value("starts") == date(2025, 3, 1)
    assert page.record.data_tab.form.value("amount") is None
    assert page.next_step().title == "Corrija: Datos"


def test_with_a_matrix_the_next_step_is_the_resolucion(page, desk, qtbot):
    unit = MatrixUnit(label="ULE", duties=(Duty("Ejecutar."),))
    matrix_id = responsibilities.create_matrix(
        desk.db, actor=desk.actor, now=desk.clock.now(), matrix=Matrix("PLAN 2024", units=(unit,))
    )
    with qtbot.waitSignal(page.open_record) as asked:
        page.next_step().run()
    assert asked.args == ["responsibilities", 0]
    page.reload()
    desk.tasks.wait_idle()
    page.record.data_tab.form.fields["matrix_id"].set_value(matrix_id)
    page.save()
    desk.tasks.wait_idle()
    assert page.next_step().title == "El plan cuadra"
    with qtbot.waitSignal(page.open_record) as asked:
        page.next_step().run()
    assert asked.args == ["resoluciones", 0]


def test_ctrl_p_shows_the_paper(page, desk):
    assert page.preview()
    desk.tasks.wait_idle()
    (dialog,) = page.findChildren(PreviewDialog)
    assert dialog.pane.pages >= 4
    dialog.close()


def test_a_search_finds_the_plan_and_opens_it(open_page, desk, plan_id):
    (hit,) = found(desk, "plans", "prueba 2024")
    assert (hit.kind, hit.record_id) == ("plans", plan_id)
    assert found(desk, "plans", "otro") == []
    page = open_page()
    page.show_record("plans", plan_id)
    desk.tasks.wait_idle()
    assert page.pages.currentWidget() is page.record


def test_the_dialogs_propose_the_next_year(qtbot, desk, sound_plan):
    copy = dialogs.CopyPlanDialog(desk, sound_plan, lambda *_: pytest.fail("saved"))
    qtbot.addWidget(copy)
    assert copy.form.value("title") == "PLAN DE EMPADRONAMIENTO DE PRUEBA 2025"
    assert copy.form.value("year") == 2025
    new = dialogs.NewPlanDialog(desk, lambda *_: pytest.fail("saved"))
    qtbot.addWidget(new)
    new.try_submit()
    assert new.form.fields["title"].error


@pytest.mark.parametrize(
    ("order", "dialog_class", "verb", "typed", "plans"),
    [
        ("new_action", dialogs.NewPlanDialog, "create_plan", {"title": "PLAN LARGO 2026"}, 2),
        ("copy_action", dialogs.CopyPlanDialog, "copy_plan", {"title": "COPIA LARGA"}, 2),
        ("close_action", SavingReason, "set_plan_state", {"reason": "Se dejó sin efecto"}, 1),
    ],
)
def test_what_was_typed_outlives_a_lost_base_and_is_kept_once(
    page, desk, plan_id, monkeypatch, order, dialog_class, verb, typed, plans
):
    met = loses_the_base_once(monkeypatch, desk.tasks, dialog_class, service, verb, **typed)
    getattr(page, order).trigger()
    for _ in range(3):
        desk.tasks.wait_idle()
    assert [(one.refusal, one.retry) for one in met] == [(AWAY, "Reintentar")]
    assert met[0].kept.items() >= typed.items()
    assert len(service.list_plans(desk.db)) == plans
    closed = service.load_plan(desk.db, plan_id).state is PlanState.CLOSED
    assert closed == (dialog_class is SavingReason)


def test_the_reason_for_closing_a_plan_that_somebody_else_saved_stays_and_then_closes_it(
    page, desk, plan_id, monkeypatch
):
    stored = service.load_plan(desk.db, plan_id)
    service.save_plan(
        desk.db,
        actor=desk.actor,
        now=desk.clock.now(),
        plan=replace(stored, campaign="La de Rosa"),
        expected_version=stored.version,
    )
    told = []

    def answer(dialog):
        dialog.form.fields["reason"].set_value("Se dejó sin efecto")
        for _ in range(2):
            dialog.try_submit()
            for _ in range(4):
                desk.tasks.wait_idle()
                QApplication.processEvents()
            told.append((dialog.result(), dialog.form.value("reason")))
        return dialog.result()

    monkeypatch.setattr(SavingReason, "exec", answer)
    page.close_action.trigger()
    assert told == [(0, "Se dejó sin efecto"), (1, "Se dejó sin efecto")]
    assert service.load_plan(desk.db, plan_id).state is PlanState.CLOSED


def test_the_models_keep_qt_s_rules(page, qtmodeltester):
    qtmodeltester.check(page.list.model)
    for tab in page.record.part_tabs.values():
        qtmodeltester.check(tab.list.model)
    qtmodeltester.check(page.record.review_tab.list.model)


def test_what_happened_to_the_plan_is_told_in_its_history(page, desk):
    page.record.data_tab.form.fields["district"].editor.setText("Calana")
    page.save()
    desk.tasks.wait_idle()
    page.record.tabs.setCurrentWidget(page.record.history_tab)
    desk.tasks.wait_idle()
    last, first = page.table().as_seen()[1]
    assert last[1:] == ["prueba · ULE", "Plan corregido", "Distrito: Prueba → Calana"]
    assert first[2] == "Plan creado"
    assert "Monto: S/ 312 656.00" in first[3].replace("\u00a0", " ")
