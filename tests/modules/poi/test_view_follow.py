"""«Seguimiento»: the month's grid typed by keyboard, saved at once, with another person writing in the same cells."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from poi_follow import FICHAS, VISITS, follow_tab, kept, press, save, settle, text, type_here
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.poi.rules.facts import Band, Execution
from sisfoh_desktop.modules.poi.rules.percent import percent_text
from sisfoh_desktop.modules.poi.service import following, plans
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.modules.poi.view.follow_dialogs import MissingMotivesDialog, MotiveDialog
from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab


@pytest.fixture
def tab(desk, qtbot, poi_office) -> FollowTab:
    return follow_tab(desk, qtbot, poi_office.plan)


@pytest.fixture
def without_motives(monkeypatch):
    """Whoever saves says that the motives come later."""
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WITHOUT)


@pytest.fixture
def told(monkeypatch):
    """The sentences shown over the window."""
    said: list[str] = []
    monkeypatch.setattr(
        "sisfoh_desktop.modules.poi.view.follow_saving.show_error",
        lambda _parent, sentence: said.append(sentence),
    )
    monkeypatch.setattr(
        "sisfoh_desktop.modules.poi.view.follow_orders.show_error",
        lambda _parent, sentence: said.append(sentence),
    )
    return said


def test_the_first_open_month_is_on_view_with_the_one_before_beside_it(tab):
    assert tab.month == 1
    tab.show_month(3)
    heads = [one.title for one in tab.grid.model.columns]
    assert heads[:6] == ["Unidad", "Actividad", "U. M.", "FEB ejec.", "MAR prog.", "MAR ejec."]
    assert text(tab, 4, "Ejecutado en febrero") == "32"
    assert text(tab, VISITS, "Ejecutado en febrero") == "", "a blank is shown as a blank"
    assert text(tab, 0, "Estado de marzo") == "… Pendiente de registro"
    editable = [number for number in range(len(heads)) if not tab.grid.model.why_locked(0, number)]
    assert editable == [5], "only the figure of this month is for typing"
    assert tab.grid.view.accessibleName() == "Ejecución del mes"


def test_figures_are_typed_downwards_and_saved_at_once(tab, without_motives):
    tab.show_month(3)
    tab.grid.view.select_cell(0, 5)
    type_here(tab, "2", "0", "12.5")
    assert tab.grid.view.active() == (3, 5)
    assert text(tab, 1, "Estado de marzo") == "■ Crítico 0\u00a0%"
    assert text(tab, 2, "Estado de marzo") == "◊ Exceso 125\u00a0%"
    assert "3 celdas sin guardar" in tab.grid.foot.text()
    assert tab.has_unsaved()
    assert tab.next_step().title == "Guarde lo escrito"
    save(tab)
    assert [kept(tab, number, 3).physical for number in range(4)] == [2, 0, Decimal("12.5"), None]
    assert not tab.has_unsaved()
    assert kept(tab, 0, 3).registered_by == "prueba"
    assert tab.grid.view.active() == (3, 5), "the cursor stays where it was"


def test_deleting_leaves_a_blank_and_typing_nonsense_is_refused_in_its_place(tab, without_motives):
    tab.show_month(2)
    tab.grid.view.select_cell(FICHAS, 5)
    press(tab, Qt.Key.Key_Delete)
    assert text(tab, FICHAS, "Estado de febrero") == "… Pendiente de registro"
    save(tab)
    assert kept(tab, FICHAS, 2).physical is None
    tab.grid.view.select_cell(VISITS, 5)
    type_here(tab, "-4")
    assert tab.grid.view.editor is not None
    assert "negativo" in tab.grid.message.text()
    QTest.keyClick(tab.grid.view.editor, Qt.Key.Key_Escape)
    assert not tab.has_unsaved()


def test_from_a_month_that_takes_nothing_the_next_step_leads_to_the_one_that_does(tab, poi_office):
    poi_office.close(2)
    tab.reload()
    settle(tab)
    for month in (1, 7):
        tab.show_month(month)
        step = tab.next_step()
        assert (step.title, step.button) == ("Siga con marzo de 2024", "Ir a marzo")
        step.run()
        assert tab.month == 3


def test_the_row_with_the_cursor_is_told_whole(tab):
    tab.grid.view.select_cell(VISITS, 5)
    assert tab.caption.text().startswith("Visitar hogares · VISITAS · ")
    tab.grid.filter_box.setText("nada de esto")
    tab.grid._run_filter()
    assert tab.caption.text() == ""


def test_what_was_typed_in_one_month_stays_while_another_is_looked_at(tab, without_motives):
    tab.show_month(3)
    tab.grid.model.type_text(0, 5, "1")
    tab.show_month(2)
    assert tab.has_unsaved()
    tab.grid.model.type_text(VISITS, 5, "50")
    tab.grid.undo()
    tab.grid.undo()
    assert tab.month == 3, "undo shows the month that it undid"
    tab.grid.redo()
    tab.grid.redo()
    save(tab)
    assert (kept(tab, 0, 3).physical, kept(tab, VISITS, 2).physical) == (1, 50)


def test_two_people_in_the_same_cell_lose_nothing(tab, poi_office, told, without_motives):
    tab.show_month(2)
    tab.grid.model.type_text(FICHAS, 5, "41")
    tab.grid.model.type_text(0, 5, "3")
    seen = kept(tab, FICHAS, 2)
    following.record_execution(
        tab.desk.db,
        actor=Actor("ana", "ULE"),
        now=poi_office.now,
        plan_id=poi_office.plan,
        entries=[replace(seen, physical=Decimal(39)), Execution(poi_office.ids[VISITS], 2, Decimal(50))],
    )
    tab.save()
    settle(tab)
    settle(tab)
    assert "una de estas celdas" in told[0]
    assert kept(tab, FICHAS, 2).physical == 39
    assert text(tab, FICHAS, "Ejecutado en febrero") == "41", "mine stays on screen"
    assert text(tab, VISITS, "Ejecutado en febrero") == "50", "hers is there too"
    said = tab.grid.message.text()
    assert "Remitir fichas a la DOF, febrero: la otra persona puso 39; usted, 41" in said
    assert tab.has_unsaved()
    save(tab)
    assert (kept(tab, FICHAS, 2).physical, kept(tab, 0, 2).physical) == (41, 3)


def test_a_closed_month_is_only_looked_at(tab, poi_office, told):
    poi_office.close(1)
    tab.reload()
    settle(tab)
    tab.show_month(1)
    assert tab.bar.chip.word == "Cerrado"
    assert "Enero de 2024 está cerrado desde el 08/03/2024 (prueba)" in tab.grid.model.why_locked(0, 4)
    assert tab.close_action.text() == "&Reabrir el mes…"
    assert tab.next_step().button == "Ir a febrero"
    assert not tab.orders.ask_motive(tab.grid.model.row(0))


def test_what_was_typed_in_a_month_that_closed_meanwhile_is_refused_and_stays(
    tab, poi_office, told, without_motives
):
    tab.show_month(1)
    tab.grid.model.type_text(0, 4, "1")
    poi_office.close(1)
    tab.save()
    settle(tab)
    assert "Enero está cerrado" in told[0]
    assert text(tab, 0, "Ejecutado en enero") == "1"
    assert kept(tab, 0, 1).physical == 2


def test_a_month_to_come_takes_nothing(tab):
    tab.show_month(4)
    assert tab.bar.chip.word == "Todavía no empieza"
    assert tab.grid.model.why_locked(0, 5) == "Abril de 2024 todavía no empieza."
    assert text(tab, 0, "Estado de abril") == ""
    assert not tab.close_action.isEnabled()


def test_the_next_step_leads_through_the_month(tab, poi_office, without_motives, monkeypatch):
    tab.show_month(2)
    step = tab.next_step()
    assert (step.title, step.button) == ("Registre febrero de 2024", "Ir a la primera")
    step.run()
    assert tab.grid.view.active() == (VISITS, 5)
    tab.grid.model.type_text(VISITS, 5, "50")
    save(tab)
    assert tab.next_step().title == "Anote los motivos"
    monkeypatch.setattr(
        MotiveDialog, "ask", lambda _self: {"motive": "other", "motive_text": "", "corrective": ""}
    )
    for _ in range(4):
        tab.next_step().run() if tab.next_step().title == "Anote los motivos" else None
        save(tab)
    assert tab.next_step().title == "Cierre febrero de 2024"


def test_soles_are_followed_beside_the_quantities(tab, poi_office, without_motives):
    works = 6
    tab.desk.clock = FixedClock(datetime(2024, 7, 5, tzinfo=LIMA))
    tab.reload()
    settle(tab)
    tab.show_month(7)
    tab.show_money(True)
    assert text(tab, works, "Programado en julio") == "50\u00a0000.00"
    tab.grid.model.type_text(works, 5, "S/ 40,000.50")
    assert text(tab, works, "Estado de julio") == "▲ En riesgo 80\u00a0%"
    save(tab)
    assert kept(tab, works, 7).money == Decimal("40000.50")
    assert kept(tab, works, 7).physical is None


def test_another_tab_or_the_search_leads_to_a_month_a_unit_or_a_cell(tab, poi_office):
    tab.show_part(2)
    assert tab.month == 2
    tab.show_part((poi_office.ids[VISITS], 3))
    assert (tab.month, tab.grid.current_row().fact.activity.title) == (3, "Visitar hogares")
    tab.show_part("UNIDAD LOCAL")
    tab.grid.view.setFocus()
    tab.grid._run_filter()
    assert tab.grid.model.rowCount() == 4


def test_without_plan_or_activities_it_says_what_to_do(desk, qtbot, actor, now):
    made = FollowTab(desk)
    qtbot.addWidget(made)
    made.reload()
    asked = []
    made.open_tab.connect(lambda key, part: asked.append(key))
    assert "Todavía no hay un POI" in made.grid._empty.label.text()
    made.grid._empty.button.click()
    made.plan = plans.load_plan(desk.db, plans.add_plan(desk.db, actor=actor, now=now, year=2024))
    made.reload()
    settle(made)
    assert made.next_step().button == "Ir a Programación"
    made.grid._empty.button.click()
    assert asked == ["quarantine", "programme"]


def test_what_was_typed_can_be_let_go(tab, monkeypatch):
    tab.show_month(3)
    tab.grid.model.type_text(0, 5, "1")
    monkeypatch.setattr("sisfoh_desktop.modules.poi.view.follow_tab.ask", lambda *_args, **_more: True)
    tab.discard_action.trigger()
    assert not tab.has_unsaved()
    assert text(tab, 0, "Ejecutado en marzo") == ""


def test_nothing_is_closed_over_unsaved_cells(tab, told):
    tab.show_month(1)
    tab.grid.model.type_text(0, 4, "1")
    tab.close_action.trigger()
    settle(tab)
    assert told == ["Hay celdas sin guardar; guárdelas o descártelas antes de cerrar o reabrir un mes."]


def test_alt_page_keys_go_through_the_months(tab):
    tab.show_month(2)
    tab.bar.step(1)
    assert tab.month == 3
    tab.bar.step(-1)
    tab.bar.step(-1)
    tab.bar.step(-1)
    assert tab.month == 1


def test_a_band_keeps_the_shape_that_the_office_gave_it(tab):
    odd = Band("Raro", Decimal(0), True, "bad", "cross")
    plan = replace(tab.ground.plan, bands=(odd,))
    ground = replace(tab.ground, followed=replace(tab.ground.followed, plan=plan))
    column = next(one for one in rows.columns_of(ground, 1) if one.mark is not None)
    row = tab.grid.model.row(0)
    assert column.shown(row).startswith("Raro")
    assert (column.tone(row), column.mark(row)) == ("danger", "×")


def test_percentages_never_say_a_hundred_of_anything_else(tab):
    row = tab.grid.model.row(VISITS)
    for typed, shown in (
        ("49.99", "99.9\u00a0%"),
        ("50", "100\u00a0%"),
        ("50.01", "100.1\u00a0%"),
        ("0", "0\u00a0%"),
    ):
        row.values[rows.slot(1, "physical")] = Decimal(typed)
        assert percent_text(tab.ground.state(row, [1]).percent) == shown


def test_the_chip_tells_a_month_that_should_be_closed(tab):
    assert tab.bar.chip.word == "Debió cerrarse el 20/02/2024"
