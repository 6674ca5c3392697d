"""An opened plan over the real service: its tabs while they are edited, their live check, and what is kept of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from plans_screen import check_text, tab_of, told
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import BudgetLine, Plan, Zone
from sisfoh_desktop.modules.plans.view import page as page_file
from sisfoh_desktop.modules.plans.view import part_tab
from sisfoh_desktop.modules.plans.view.part_tab import ItemDialog
from sisfoh_desktop.modules.plans.view.parts import PARTS
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog, Side

pytestmark = pytest.mark.usefixtures("municipality")
ALT = Qt.KeyboardModifier.AltModifier


def answers(monkeypatch: pytest.MonkeyPatch, item: Any) -> list[Any]:
    """Let the item dialog answer `item`; gives what it was asked with."""
    asked: list[Any] = []

    def ask(_part: Any, shown: Any, **_more: Any) -> Any:
        asked.append(shown)
        return item

    monkeypatch.setattr(ItemDialog, "ask", ask)
    return asked


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


def test_what_is_typed_while_it_is_being_saved_stays_and_is_saved_next(page, desk, plan_id):
    title = page.record.data_tab.form.fields["title"].editor
    title.setText("PLAN UNO")
    assert page.save()
    title.setText("PLAN DOS")
    desk.tasks.wait_idle()
    assert service.load_plan(desk.db, plan_id).title == "PLAN UNO"
    assert title.text() == "PLAN DOS"
    assert page.has_unsaved()
    assert page.save()
    desk.tasks.wait_idle()
    assert service.load_plan(desk.db, plan_id).title == "PLAN DOS"
    assert not page.has_unsaved()
