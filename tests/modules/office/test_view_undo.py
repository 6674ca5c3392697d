"""What was ended or taken out by mistake comes back as it was, by the toast or by Ctrl+Z; the trail tells both."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Holiday, Norm, NormKind, Unit
from sisfoh_desktop.qtkit.messages import Toast

TODAY = date(2024, 3, 8)


def toasts(page) -> list[Toast]:
    return [one for one in page.findChildren(Toast) if not one.isHidden()]


def ctrl_z(table, qtbot) -> None:
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    qtbot.keyClick(table.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_a_unit_that_was_ended_holds_again(screen, qtbot, small_office, db):
    before = office.load_unit(db, small_office["OGAJ"], TODAY)
    page = screen.open_page()
    page.units.select(before.id)
    screen.answers({"last_day": date(2024, 3, 31)})
    page.units.end_action.trigger()
    screen.settle()
    assert office.load_unit(db, before.id, TODAY).valid_to == date(2024, 3, 31)
    assert toasts(page)[0].accessibleName() == "Se puso fin a la unidad OGAJ."
    ctrl_z(page.units.units, qtbot)
    screen.settle()
    after = office.load_unit(db, before.id, TODAY)
    assert replace(after, version=before.version) == before
    assert [line.what for line in office.history(db, after)][:2] == [
        "Unidad corregida",
        "Unidad con fin de vigencia",
    ]


def test_another_name_of_a_unit_is_not_offered_back(screen, do, small_office, db):
    do(
        office.rename_unit,
        unit=Unit("Asesoría Legal", "OGAL", id=small_office["OGAJ"], valid_from=date(2024, 3, 1)),
        expected_version=1,
    )
    page = screen.open_page()
    page.units.select(small_office["OGAJ"])
    screen.answers({"last_day": date(2024, 2, 1)})
    page.units.end_action.trigger()
    screen.settle()
    assert toasts(page) == []


def test_an_officer_whose_post_was_ended_keeps_it_with_the_whole_dni(screen, qtbot, small_office, db):
    before = office.load_officer(db, small_office["officer"])
    page = screen.open_page()
    page.officers.officers.select(before.id)
    screen.answers({"last_day": TODAY})
    page.officers.end_action.trigger()
    screen.settle()
    assert office.load_officer(db, before.id).valid_to == TODAY
    qtbot.mouseClick(toasts(page)[0].undo_button, Qt.MouseButton.LeftButton)
    screen.settle()
    assert replace(office.load_officer(db, before.id), version=before.version) == before


@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_norm_holds_again_unless_somebody_changed_it_meanwhile(
    screen, do, db, qtbot, monkeypatch, meanwhile
):
    do(office.add_norm, norm=Norm("Ley 1", "De algo", kind=NormKind.LAW, valid_to=date(2025, 1, 1)))
    (before,) = office.list_norms(db)
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.catalogues)
    screen.settle()
    screen.answers({"last_day": TODAY})
    page.catalogues.end_action.trigger()
    screen.settle()
    (ended,) = office.list_norms(db)
    assert ended.valid_to == TODAY
    if meanwhile:
        do(office.save_norm, norm=replace(ended, title="De otra cosa"), expected_version=ended.version)
    qtbot.mouseClick(toasts(page)[0].undo_button, Qt.MouseButton.LeftButton)
    screen.settle()
    (after,) = office.list_norms(db)
    if meanwhile:
        assert (after.title, after.valid_to) == ("De otra cosa", TODAY)
    else:
        assert replace(after, version=before.version) == before


def test_a_day_that_was_taken_out_is_in_the_list_again(screen, do, db, qtbot):
    do(office.add_holiday, holiday=Holiday("Aniversario", month=8, day=28, scope="2301"))
    (before,) = office.list_holidays(db)
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.holidays)
    screen.settle()
    screen.answers({"last_day": TODAY})
    page.holidays.end_action.trigger()
    screen.settle()
    ctrl_z(page.holidays.holidays, qtbot)
    screen.settle()
    (again,) = office.list_holidays(db)
    assert replace(again, version=before.version) == before
    screen.answers({"reason": "Se digitó por error"})
    page.holidays.remove_action.trigger()
    screen.settle()
    assert office.list_holidays(db) == []
    qtbot.mouseClick(toasts(page)[0].undo_button, Qt.MouseButton.LeftButton)
    screen.settle()
    (back,) = office.list_holidays(db)
    assert replace(back, id=before.id, version=before.version) == before
