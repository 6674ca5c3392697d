"""Programación over the real services: writing a draft, live sums, pasting, saving once, who was first."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sisfoh_desktop.modules.poi.rules.facts import Activity, Stage
from sisfoh_desktop.modules.poi.service import drafting, plans, versions
from sisfoh_desktop.modules.poi.view import programme_orders, programme_saving, programme_tab
from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab
from sisfoh_desktop.qtkit import grid_table
from sisfoh_desktop.qtkit.history import HistoryDialog

JANUARY, MARCH = 5, 7  # columns


@pytest.fixture
def open_tab(desk, poi_office, qtbot):
    """Open the tab as the page does; the page's reload after a change included."""

    def open_it() -> ProgrammeTab:
        tab = ProgrammeTab(desk)
        qtbot.addWidget(tab)
        tab.asked = []
        tab.open_tab.connect(lambda key, part: tab.asked.append((key, part)))
        tab.plan = plans.load_plan(desk.db, poi_office.plan)
        tab.resize(846, 560)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.reload()
        desk.tasks.wait_idle()
        tab.grid.view.setFocus()
        return tab

    return open_it


def press(keys: str, last: Qt.Key | None = None) -> None:
    for letter in keys:
        QTest.keyClicks(QApplication.focusWidget(), letter)
    if last is not None:
        QTest.keyClick(QApplication.focusWidget(), last)


def cell(tab: ProgrammeTab, row: int, column: int) -> str:
    return tab.grid.model.index(row, column).data().replace("\u00a0", " ")


def saved(tab: ProgrammeTab) -> None:
    assert tab.save()
    tab.desk.tasks.wait_idle()


def test_a_draft_is_shown_whole(open_tab):
    tab = open_tab()
    assert cell(tab, 0, 1) == "Dirigir sesiones de concejo"
    assert [cell(tab, 0, column) for column in (3, 4, JANUARY, 17, 21)] == ["24", "● cuadra", "2", "6", "24"]
    assert tab.grid.foot.text() == "12 actividades: 12 cuadran."
    assert tab.version_box.currentText() == "POI aprobado · borrador"
    assert "Borrador sin resolución" in tab.notice.text()
    assert tab.next_step().button == "Ir a Versiones"
    assert not tab.has_unsaved()


def test_what_is_missing_is_told_while_it_is_typed(open_tab):
    tab = open_tab()
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Return)
    assert cell(tab, 0, 4) == "■ sobran 3"
    assert "1 por encima de su meta" in tab.grid.foot.text()
    tab.grid.view.select_cell(0, 3)
    press("30", Qt.Key.Key_Return)
    assert cell(tab, 0, 4) == "▲ faltan 3"
    assert tab.next_step().button == "Guardar"
    tab.grid.undo()
    tab.grid.undo()
    assert cell(tab, 0, 4) == "● cuadra"
    assert not tab.has_unsaved()


def test_everything_is_saved_in_one_commit(open_tab, poi_office, monkeypatch):
    tab = open_tab()
    calls = []
    real = drafting.save_programme
    monkeypatch.setattr(drafting, "save_programme", lambda *a, **k: calls.append(1) or real(*a, **k))
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Tab)
    press("7", Qt.Key.Key_Return)
    tab.grid.view.select_cell(3, MARCH)
    press("4")  # still being typed when it is saved
    new = Activity("ALCALDÍA", "Inaugurar obras", "SESIONES", Decimal(3))
    monkeypatch.setattr(programme_orders.ActivityDialog, "ask", lambda *_a, **_k: new)
    tab.grid.commit()
    assert tab.new_record()
    assert tab.grid.current_row().fact.title == "Inaugurar obras"
    monkeypatch.setattr(programme_orders, "ask_destroy", lambda *_all: True)
    tab.grid.view.select_cell(6, 1)
    gone = tab.grid.current_row().key
    tab.remove_action.trigger()
    saved(tab)
    assert calls == [1]
    kept = {one.title: one for one in poi_office.activities()}
    assert kept["Dirigir sesiones de concejo"].programmed[:2] == (5, 7)
    assert kept["Mantener convenios vigentes"].programmed[2] == 4
    assert kept["Inaugurar obras"].annual == 3
    assert gone not in {one.id for one in kept.values()}
    assert not tab.has_unsaved()
    assert not tab.grid.model.read_only
    tab.reload()  # as the page does after any change
    tab.desk.tasks.wait_idle()
    assert tab.grid.message.text() == "Se guardó la programación: 3 actividades."


def test_nothing_to_save_is_said(open_tab):
    tab = open_tab()
    saved(tab)
    assert tab.grid.message.text() == "No hay cambios que guardar."


def test_a_refused_number_is_not_saved_around(open_tab, poi_office):
    tab = open_tab()
    tab.grid.view.select_cell(0, JANUARY)
    press("7.040")
    assert tab.has_unsaved()
    saved(tab)
    assert tab.grid.view.editor.text() == "7.040"
    assert poi_office.activity(0).programmed[0] == 2


def test_a_year_is_pasted_and_undone_as_one(open_tab, monkeypatch):
    tab = open_tab()
    monkeypatch.setattr(grid_table.PasteDialog, "ask", lambda *_all: True)
    tab.grid.view.select_cell(8, JANUARY)
    tab.grid.paste("\t".join(["60"] * 12) + "\n" + "\t".join(["30"] * 12) + "\n")
    assert [cell(tab, row, 4) for row in (8, 9)] == ["■ sobran 120", "▲ faltan 120"]
    assert tab.grid.undo_action.text().replace("&", "") == "Deshacer pegar 24 celdas"
    tab.grid.undo()
    assert tab.grid.foot.text() == "12 actividades: 12 cuadran."


def test_soles_are_switched_to_and_back(open_tab, poi_office):
    tab = open_tab()
    tab.kind_box.setCurrentIndex(1)
    assert cell(tab, 6, 3) == "312 656.00"
    assert cell(tab, 6, 4) == "● cuadra"
    tab.grid.view.select_cell(6, JANUARY)
    press("0.50", Qt.Key.Key_Return)
    assert cell(tab, 6, 4) == "■ sobran 0.50"
    assert "en los meses, S/\u00a0312\u00a0656.50" in tab.grid.foot.text()
    tab.kind_box.setCurrentIndex(0)
    assert cell(tab, 6, 4) == "● cuadra"
    saved(tab)
    assert poi_office.activity(6).programmed_money[0] == Decimal("0.50")


def test_only_those_that_do_not_add_up(open_tab):
    tab = open_tab()
    tab.grid.view.select_cell(4, JANUARY)
    press("1", Qt.Key.Key_Return)
    saved(tab)
    tab.next_step().run()
    assert tab.grid.count.text() == "1 de 12 actividades"
    assert cell(tab, 0, 1) == "Capacitar a promotoras"
    tab.open_box.setChecked(False)
    assert tab.grid.count.text() == "12 actividades"


def test_an_approved_version_is_read_and_says_why(open_tab, poi_office):
    poi_office.approve()
    tab = open_tab()
    assert "se aprobó con Resolución de Alcaldía N° 001-2024-PRUEBA del 02/01/2024" in tab.notice.text()
    tab.grid.view.select_cell(0, JANUARY)
    press("5")
    assert tab.grid.view.editor is None
    assert "no se cambia" in tab.grid.message.text()
    assert not tab.add_action.isEnabled()
    assert not tab.save_action.isEnabled()
    assert not tab.new_record()
    assert tab.next_step().button == "Ir a Seguimiento"
    tab.next_step().run()
    assert tab.asked == [("follow", None)]
    tab.grid.copy()
    assert tab.grid.message.text() == "Se copió 1 celda."


def test_the_activity_with_the_cursor_is_told_whole(open_tab):
    tab = open_tab()
    tab.grid.view.select_cell(3, JANUARY)
    assert tab.caption.text().startswith("Mantener convenios vigentes · CONVENIOS · ")


def test_a_modification_keeps_closed_months(open_tab, poi_office, desk, actor, now):
    poi_office.approve()
    poi_office.close(2)
    versions.start_version(desk.db, actor=actor, now=now, plan_id=poi_office.plan, stage=Stage.MODIFIED)
    tab = open_tab()
    assert tab.version_box.currentText() == "POI modificado 1 · borrador"
    assert "se escribe desde marzo; enero a febrero" in tab.notice.text()
    tab.grid.view.select_cell(0, JANUARY)
    press("5")
    assert tab.grid.message.text() == "Enero está cerrado: se conserva como estaba."
    tab.grid.view.select_cell(0, MARCH)
    press("3", Qt.Key.Key_Return)
    assert cell(tab, 0, 4) == "■ sobra 1"
    assert cell(tab, 2, 4) == "◌ sin cambios"
    saved(tab)
    assert not tab.has_unsaved()


def test_unsaved_work_stays_while_another_version_is_looked_at(open_tab, poi_office, desk, actor, now):
    poi_office.approve()
    draft = versions.start_version(
        desk.db, actor=actor, now=now, plan_id=poi_office.plan, stage=Stage.MODIFIED
    )
    tab = open_tab()
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Return)
    tab.show_version(poi_office.version)
    desk.tasks.wait_idle()
    assert cell(tab, 0, JANUARY) == "2"
    assert tab.grid.model.read_only
    assert tab.has_unsaved()
    step = tab.next_step()
    assert (step.title, step.button) == ("Siga con el POI modificado 1", "Ver el borrador")
    step.run()
    desk.tasks.wait_idle()
    assert cell(tab, 0, JANUARY) == "5"
    assert "sin guardar" in tab.grid.message.text()
    tab.reload()  # F5
    desk.tasks.wait_idle()
    assert cell(tab, 0, JANUARY) == "5"
    saved(tab)
    kept = versions.load_programme(desk.db, draft)
    assert kept[0].programmed[0] == 5


def test_unsaved_work_is_given_up_only_when_asked(open_tab, monkeypatch):
    tab = open_tab()
    assert not tab.discard_action.isEnabled()
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Return)
    monkeypatch.setattr(programme_tab, "ask_destroy", lambda *_all: False)
    tab.discard_action.trigger()
    assert cell(tab, 0, JANUARY) == "5"
    monkeypatch.setattr(programme_tab, "ask_destroy", lambda *_all: True)
    tab.discard_action.trigger()
    tab.desk.tasks.wait_idle()
    assert cell(tab, 0, JANUARY) == "2"
    assert not tab.has_unsaved()


def other_saves(poi_office, desk, number: int, **change: object) -> None:
    drafting.save_programme(
        desk.db,
        actor=poi_office.actor,
        now=poi_office.now,
        version_id=poi_office.version,
        changes=[replace(poi_office.activity(number), **change)],
    )


@pytest.mark.parametrize("taken", [True, False])
def test_somebody_was_first(open_tab, poi_office, desk, monkeypatch, taken):
    tab = open_tab()
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Return)
    other_saves(poi_office, desk, 0, annual=Decimal(48))
    asked = []
    monkeypatch.setattr(programme_saving, "ask", lambda *said: asked.append(said) or taken)
    saved(tab)
    assert "sigue en la pantalla" in asked[0][2]
    assert cell(tab, 0, JANUARY) == "5"
    assert poi_office.activity(0).programmed[0] == 2
    assert tab.has_unsaved()
    assert not tab.grid.model.read_only
    if taken:
        assert cell(tab, 0, 3) == "48"
        saved(tab)
        assert (poi_office.activity(0).annual, poi_office.activity(0).programmed[0]) == (48, 5)


def test_a_cell_that_both_wrote_is_named(open_tab, poi_office, desk, monkeypatch):
    tab = open_tab()
    tab.grid.view.select_cell(0, 3)
    press("50", Qt.Key.Key_Return)
    other_saves(poi_office, desk, 0, annual=Decimal(48))
    told = []
    monkeypatch.setattr(programme_saving, "ask", lambda *_said: True)
    monkeypatch.setattr(programme_saving, "show_notice", lambda *said: told.append(said[2]))
    saved(tab)
    assert "«Dirigir sesiones de concejo», Meta anual" in told[0]
    assert cell(tab, 0, 3) == "50"


def test_a_refusal_keeps_what_was_written(open_tab, poi_office, desk, monkeypatch):
    tab = open_tab()
    tab.grid.view.select_cell(0, JANUARY)
    press("5", Qt.Key.Key_Return)
    poi_office.approve()
    told = []
    monkeypatch.setattr(programme_saving, "show_error", lambda *said: told.append(said[1]))
    saved(tab)
    assert "ya está aprobado" in told[0]
    assert cell(tab, 0, JANUARY) == "5"
    assert tab.has_unsaved()


def test_an_activity_is_shown_by_its_id(open_tab, poi_office):
    tab = open_tab()
    tab.show_part(poi_office.ids[9])
    assert tab.grid.current_row().key == poi_office.ids[9]


def test_without_a_plan_it_leads_to_the_import(desk, qtbot):
    tab = ProgrammeTab(desk)
    qtbot.addWidget(tab)
    asked = []
    tab.open_tab.connect(lambda key, _part: asked.append(key))
    tab.show()
    tab.reload()
    desk.tasks.wait_idle()
    tab.grid._empty.button.click()
    assert asked == ["quarantine"]
    assert not tab.add_action.isEnabled()
    assert tab.next_step() is None


def test_the_activity_that_has_the_cursor_is_edited(open_tab, monkeypatch):
    tab = open_tab()
    tab.grid.view.select_cell(2, 1)
    monkeypatch.setattr(
        programme_orders.ActivityDialog,
        "ask",
        lambda _desk, one, **_more: replace(one, title="Atender audiencias", annual=Decimal(130)),
    )
    tab.edit_action.trigger()
    assert cell(tab, 2, 1) == "Atender audiencias"
    assert cell(tab, 2, 4) == "▲ faltan 10"
    assert tab.grid.undo_action.text().replace("&", "").startswith("Deshacer cambiar los datos de")
    saved(tab)
    assert not tab.has_unsaved()


def test_the_history_of_the_activity_under_the_cursor_is_told(open_tab, monkeypatch):
    told = []
    monkeypatch.setattr(
        HistoryDialog,
        "show_for",
        lambda _over, _tasks, name, load: told.append((name, [line.what for line in load()])),
    )
    tab = open_tab()
    tab.grid.view.select_cell(4, JANUARY)
    press("1", Qt.Key.Key_Return)
    saved(tab)
    tab.grid.view.select_cell(4, JANUARY)
    assert tab.history_action.isEnabled()
    tab.history_action.trigger()
    ((name, lines),) = told
    assert name
    assert lines == ["Programación corregida"]
