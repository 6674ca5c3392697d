"""The page of the plans over the real service: the list, the tabs of a plan, its live check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from filling import AWAY, fills, loses_the_base_once
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from searching import found

from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import BudgetLine, Plan, PlanState, Zone
from sisfoh_desktop.modules.plans.view import PlansPage, dialogs, part_tab
from sisfoh_desktop.modules.plans.view import page as page_file
from sisfoh_desktop.modules.plans.view.part_tab import ItemDialog, PartTab
from sisfoh_desktop.modules.plans.view.parts import PARTS
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side
from sisfoh_desktop.qtkit.preview import PreviewDialog
from sisfoh_desktop.qtkit.saving_reason import SavingReason

pytestmark = pytest.mark.usefixtures("municipality")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def open_page(desk, qtbot) -> Callable[[], PlansPage]:
    """Open the page as the window does: in front, reloaded after each change that it listens to."""

    def open_it() -> PlansPage:
        page = PlansPage(desk)
        qtbot.addWidget(page)
        desk.tasks.changed.connect(lambda touched: page.reload() if page.touches & touched else None)
        page.resize(900, 680)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        desk.tasks.wait_idle()
        return page

    return open_it


@pytest.fixture
def plan_id(desk, sound_plan: Plan) -> int:
    return service.create_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=sound_plan)


@pytest.fixture
def page(open_page, plan_id, desk) -> PlansPage:
    """The page with the sound plan opened."""
    page = open_page()
    page.open_plan(plan_id)
    desk.tasks.wait_idle()
    return page


def tab_of(page: PlansPage, where: str) -> PartTab:
    page.record.show_tab(where)
    return page.record.part_tabs[where]


def told(tab: PartTab) -> list[list[str]]:
    return [[text.replace("\u00a0", " ") for text in row] for row in tab.list.as_seen()[1]]


def check_text(page: PlansPage) -> str:
    return page.record.check_label.text().replace("\u00a0", " ")


def answers(monkeypatch: pytest.MonkeyPatch, item: Any) -> list[Any]:
    """Let the item dialog answer `item`; gives what it was asked with."""
    asked: list[Any] = []

    def ask(_part: Any, shown: Any, **_more: Any) -> Any:
        asked.append(shown)
        return item

    monkeypatch.setattr(ItemDialog, "ask", ask)
    return asked


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


def test_a_sound_plan_is_told_to_add_up(page):
    assert check_text(page) == "Asignado: S/ 312 656.00. El presupuesto cuadra."
    assert not page.has_unsaved()
    assert page.next_step().title == "Falta la matriz"
    tabs = [page.record.tabs.tabText(number) for number in range(page.record.tabs.count())]
    assert tabs == [
        "Datos",
        "Objetivos",
        "Estructura funcional",
        "Presupuesto",
        "Actividades",
        "Zonas",
        "Secciones",
        "Revisión (1)",
        "&Historial",
    ]


def test_an_edited_amount_is_checked_while_it_is_typed(page, desk, plan_id, qtbot):
    page.record.data_tab.form.fields["amount"].editor.setText("313 856.00")
    qtbot.waitUntil(lambda: "faltan" in page.record.check_label.text())
    assert check_text(page) == "Asignado: S/ 313 856.00. En el presupuesto faltan S/ 1 200.00."
    assert page.has_unsaved()
    assert page.next_step().title == "Guarde los cambios"
    page.next_step().run()
    desk.tasks.wait_idle()
    assert service.load_plan(desk.db, plan_id).amount == Decimal("313856.00")
    assert not page.has_unsaved()
    assert page.next_step().title == "Corrija: Estructura funcional"
    page.next_step().run()
    assert page.table() is page.record.part_tabs["estructura"].list


def test_a_value_that_cannot_be_read_is_not_saved(page, desk, plan_id):
    page.record.data_tab.form.fields["amount"].editor.setText("7.040")
    page.record.show_tab("zonas")
    assert page.has_unsaved()
    assert page.save()
    assert page.record.tabs.currentWidget() is page.record.data_tab
    assert "7.040" in page.record.data_tab.form.fields["amount"].error
    assert service.load_plan(desk.db, plan_id).version == 1
    page.record.discard()
    assert not page.has_unsaved()


def test_a_budget_line_is_added_with_what_is_missing(page, desk, plan_id, monkeypatch):
    tab = tab_of(page, "presupuesto")
    asked = answers(monkeypatch, BudgetLine("2.3.1 2.1 1", "Vestuario", Decimal("1200.00")))
    tab.add_action.trigger()
    assert asked[0].amount == Decimal("0.00")
    assert [row[1] for row in told(tab)] == ["2.3.2 9.1 1", "2.3.1 2.1 1", "2.3.1 5.1 2"]
    assert tab.difference.text().replace("\u00a0", " ") == "sobran S/ 1 200.00"
    assert check_text(page).endswith("sobran S/ 1 200.00.")
    assert page.save()
    desk.tasks.wait_idle()
    assert len(service.load_plan(desk.db, plan_id).budget) == 3
    assert tab.list.selected().number == 2


def test_the_keys_of_a_list_edit_move_and_take_out(page, qtbot, monkeypatch):
    tab = tab_of(page, "zonas")
    view = tab.list.view
    view.setFocus()
    answers(monkeypatch, Zone("Zona norte ampliada", households=10_100))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert told(tab)[0][1] == "Zona norte ampliada"
    assert tab.difference.text() == "sobran 100 hogares"
    qtbot.keyClick(view, Qt.Key.Key_Down, ALT)
    assert [row[1] for row in told(tab)] == ["Zona sur", "Zona norte ampliada"]
    assert tab.list.selected().number == 2
    asked = []
    monkeypatch.setattr(part_tab, "ask_destroy", lambda _parent, *said: asked.append(said) or True)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert asked[0][0] == "la zona 2"
    assert "Zona norte ampliada" in asked[0][1]
    assert [row[1] for row in told(tab)] == ["Zona sur"]
    answers(monkeypatch, None)
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    assert len(told(tab)) == 1


def test_the_review_leads_to_the_tab_that_cures(page, monkeypatch):
    tab = tab_of(page, "presupuesto")
    monkeypatch.setattr(part_tab, "ask_destroy", lambda *_: True)
    tab.remove_action.trigger()
    review = page.record.review_tab
    page.record.tabs.setCurrentWidget(review)
    rows = review.list.as_seen()[1]
    assert rows[0][:2] == ["Impide", "Presupuesto"]
    assert "faltan S/\u00a0280\u00a0000.00" in rows[0][2]
    review.list.activated.emit(review.list.rows()[0])
    assert page.record.tabs.currentWidget() is tab


def test_leaving_with_changes_asks_first(page, monkeypatch, plan_id, desk):
    said = []
    monkeypatch.setattr(page_file, "ask", lambda *words: said.append(words) or len(said) > 1)
    page.record.data_tab.form.fields["campaign"].set_value("Otra campaña")
    page.record.back_button.click()
    assert page.pages.currentWidget() is page.record
    page.record.back_button.click()
    assert page.pages.currentWidget() is page.list
    assert service.load_plan(desk.db, plan_id).campaign == "Empadronamiento masivo 2024"


@pytest.mark.parametrize(
    ("side", "kept"), [(Side.MINE, "De él"), (Side.THEIRS, "De ella"), (None, "De ella")]
)
def test_someone_else_s_save_is_compared_field_by_field(page, desk, plan_id, monkeypatch, side, kept):
    stored = service.load_plan(desk.db, plan_id)
    hers = replace(stored, campaign="De ella", district="Pocollay", zones=stored.zones[:1])
    service.save_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=hers, expected_version=1)
    seen = []

    def ask(clashes, **_how):
        seen.extend(clashes)
        return None if side is None else {one.key: one.proposed or side for one in clashes}

    monkeypatch.setattr(ConflictDialog, "ask", ask)
    page.record.data_tab.form.fields["campaign"].set_value("De él")
    page.record.data_tab.form.fields["short_name"].set_value("Corto")
    page.save()
    for _ in range(4):
        desk.tasks.wait_idle()
    one = next(one for one in seen if one.key == "campaign")
    assert (one.label, one.before, one.mine, one.theirs) == ("Campaña", stored.campaign, "De él", "De ella")
    assert {one.key: one.proposed for one in seen} == {
        "campaign": None,
        "district": Side.THEIRS,
        "short_name": Side.MINE,
        "zones": Side.THEIRS,
    }
    now_stored = service.load_plan(desk.db, plan_id)
    assert (now_stored.campaign, now_stored.district) == (kept, "Pocollay")
    if side is None:
        assert page.record.data_tab.form.fields["campaign"].value() == "De él"
        assert page.has_unsaved()
        page.record.discard()
    else:
        assert now_stored.short_name == "Corto"
        assert len(now_stored.zones) == 1
        assert not page.has_unsaved()


def test_a_reload_keeps_what_is_being_edited(page, desk):
    page.record.data_tab.form.fields["campaign"].set_value("A medio escribir")
    page.reload()
    desk.tasks.wait_idle()
    assert page.record.data_tab.form.value("campaign") == "A medio escribir"


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


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_dialog_gives_back_the_item_that_it_shows(part, desk, qtbot, sound_plan):
    for item in getattr(sound_plan, part.name):
        dialog = ItemDialog(part, item, new=False, clock=desk.clock)
        qtbot.addWidget(dialog)
        assert dialog.submit()
        assert dialog.item == item


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_dialog_refuses_an_empty_item(part, desk, qtbot):
    dialog = ItemDialog(part, part.blank(Plan("x", 2024)), new=True, clock=desk.clock)
    qtbot.addWidget(dialog)
    assert not dialog.submit()
    assert dialog.item is None


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


def test_a_plan_with_many_zones_stays_quick_to_edit(open_page, desk, sound_plan, qtbot, monkeypatch):
    zones = tuple(Zone(f"Zona {number}", households=8) for number in range(2000))
    many = replace(sound_plan, zones=zones, households=16_000)
    plan_id = service.create_plan(desk.db, actor=desk.actor, now=desk.clock.now(), plan=many)
    page = open_page()
    page.open_plan(plan_id)
    desk.tasks.wait_idle()
    tab = tab_of(page, "zonas")
    assert tab.list.foot.text() == "2\u00a0000 zonas"
    answers(monkeypatch, Zone("Zona 0", households=9))
    tab.edit_action.trigger()
    assert tab.difference.text() == "sobra 1 hogar"


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
