"""The motives of deviations in «Seguimiento»: told at once, noted by F7, asked for before saving."""

import pytest
from poi_follow import FICHAS, VISITS, follow_tab, kept, press, save, settle, text, type_here
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.poi.view.follow_dialogs import MissingMotivesDialog, MotiveDialog
from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab


@pytest.fixture
def tab(desk, qtbot, poi_office) -> FollowTab:
    return follow_tab(desk, qtbot, poi_office.plan)


def test_a_deviation_is_told_at_once_and_its_motive_asked_before_saving(tab, monkeypatch):
    tab.show_month(3)
    tab.grid.view.select_cell(VISITS, 5)
    type_here(tab, "40")
    assert "ejecutado 40 de 50, por debajo de lo programado. F7 anota el motivo." in tab.grid.message.text()
    assert text(tab, VISITS, "Motivo del desvío") == "▲ Falta (F7)"
    asked = []
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.WRITE)
    monkeypatch.setattr(
        MotiveDialog,
        "ask",
        lambda self: (
            asked.append(self.windowTitle())
            or {"motive": "staff", "motive_text": "Dos renunciaron", "corrective": "Contratar"}
        ),
    )
    save(tab)
    assert asked == ["Motivo del desvío"]
    cell = kept(tab, VISITS, 3)
    assert (cell.motive, cell.motive_text, cell.corrective) == ("staff", "Dos renunciaron", "Contratar")
    assert text(tab, VISITS, "Motivo del desvío") == "Falta de personal. Dos renunciaron"


def test_going_back_from_the_motives_saves_nothing(tab, monkeypatch):
    tab.show_month(3)
    tab.grid.model.type_text(VISITS, 5, "40")
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.BACK)
    tab.save()
    settle(tab)
    assert tab.has_unsaved()
    assert kept(tab, VISITS, 3).version == 0


def test_f7_notes_the_motive_as_one_step_of_undo(tab, monkeypatch):
    tab.show_month(2)
    tab.go_to(tab.grid.model.row(4))
    answer = {"motive": "demand", "motive_text": "", "corrective": ""}
    monkeypatch.setattr(MotiveDialog, "ask", lambda _self: answer)
    tab.motive_action.trigger()
    assert "mayor o menor" in text(tab, 4, "Motivo del desvío")
    tab.grid.undo()
    assert text(tab, 4, "Motivo del desvío") == "▲ Falta (F7)"
    assert not tab.has_unsaved()


def test_f7_after_enter_is_about_the_figure_just_typed(tab, monkeypatch):
    tab.show_month(3)
    tab.grid.view.select_cell(VISITS, 5)
    type_here(tab, "40")
    assert tab.grid.current_row().number == VISITS + 1
    assert tab.grid.message.text().startswith("«Visitar hogares», marzo de 2024: ejecutado 40 de 50")
    monkeypatch.setattr(
        MotiveDialog, "ask", lambda _self: {"motive": "staff", "motive_text": "", "corrective": ""}
    )
    press(tab, Qt.Key.Key_F7)
    assert text(tab, VISITS, "Motivo del desvío") == "Falta de personal"
    assert text(tab, FICHAS, "Motivo del desvío") == ""


def test_f7_over_several_rows_gives_one_motive_to_those_that_owe_it(tab, monkeypatch):
    tab.show_month(3)
    for number, typed in ((VISITS, "40"), (FICHAS, "40"), (FICHAS + 1, "9")):
        tab.grid.model.type_text(number, 5, typed)
    tab.grid.view.select_block((VISITS, 5), (FICHAS + 1, 5))
    titles = []
    monkeypatch.setattr(
        MotiveDialog,
        "ask",
        lambda self: (
            titles.append(self.windowTitle()) or {"motive": "staff", "motive_text": "", "corrective": ""}
        ),
    )
    press(tab, Qt.Key.Key_F7)
    assert titles == ["Motivo de 2 desvíos"]
    assert [text(tab, row, "Motivo del desvío") for row in (VISITS, FICHAS, FICHAS + 1)] == [
        "Falta de personal", "", "Falta de personal",
    ]  # fmt: skip
    tab.grid.undo()
    assert text(tab, VISITS, "Motivo del desvío") == text(tab, FICHAS + 1, "Motivo del desvío")
    assert text(tab, VISITS, "Motivo del desvío") == "▲ Falta (F7)"


def test_f7_over_rows_without_deviation_says_so(tab, monkeypatch):
    tab.show_month(3)
    monkeypatch.setattr(MotiveDialog, "ask", lambda _self: pytest.fail("nothing to ask"))
    tab.grid.view.select_block((0, 5), (3, 5))
    press(tab, Qt.Key.Key_F7)
    assert tab.grid.message.text() == "Ninguna de las filas elegidas debe un motivo."


def test_many_deviations_may_be_saved_with_the_same_motive(tab, monkeypatch):
    tab.show_month(3)
    tab.grid.model.type_text(VISITS, 5, "40")
    tab.grid.model.type_text(FICHAS, 5, "30")
    monkeypatch.setattr(MissingMotivesDialog, "ask", lambda _self: MissingMotivesDialog.SAME)
    monkeypatch.setattr(
        MotiveDialog, "ask", lambda _self: {"motive": "weather", "motive_text": "", "corrective": ""}
    )
    save(tab)
    assert [kept(tab, row, 3).motive for row in (VISITS, FICHAS)] == ["weather", "weather"]


def test_a_closed_month_does_not_ask_for_what_it_no_longer_takes(tab, poi_office):
    tab.show_month(2)
    assert text(tab, 4, "Motivo del desvío") == "▲ Falta (F7)"
    poi_office.close(2)
    tab.reload()
    settle(tab)
    tab.show_month(2)
    assert text(tab, 4, "Motivo del desvío") == "▲ Sin motivo"
