"""Hands at the assistant of the first day: where the cursor starts, what Enter does, what waits until it is over."""

import shutil
from pathlib import Path

import pytest
from first_day_answers import toasts
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from sisfoh_desktop.app.connection_dialog import NEW_FILE, ConnectionDialog
from sisfoh_desktop.app.tours import Tours
from sisfoh_desktop.qtkit.theme import theme


@pytest.fixture
def window(make_window, template_base: Path, tmp_path: Path, settle):
    """A window on an empty base."""
    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    made = make_window(str(path))
    settle()
    return made


def test_the_tour_is_offered_after_it_and_not_behind_it(make_window, settle, tmp_path, monkeypatch):
    monkeypatch.setattr(Tours, "_has_its_pages", lambda _tours: True)
    window = make_window()
    connection = window.findChild(ConnectionDialog)
    connection.choose(NEW_FILE)
    connection.file_forms[NEW_FILE].fields["path"].set_value(str(tmp_path / "nueva.db"))
    connection.try_submit()
    settle()
    assert window.first_day.dialog.isVisible()
    assert window.state.toured == ()
    window.first_day.dialog.reject()
    settle()
    assert window.state.toured == ("ana",)
    assert "recorrido" in toasts(window)


def test_taken_up_before_the_units_were_seen_the_ubigeo_still_chooses(window, settle):
    window.first_day.open()
    settle()
    window.first_day.dialog.municipality.ubigeo.set_value("230108")
    window.first_day.dialog.reject()
    settle()
    window.first_day.open()
    settle()
    window.first_day.dialog.show_page("units")
    assert window.first_day.dialog.units.template.value() == "distrital"


def test_names_are_typed_one_below_the_other(assistant, qtbot):
    """The cursor starts at the first name; Enter ends a name and goes to the next; its cell is framed."""
    assistant.show_page("officers")
    table = assistant.officers.table
    assert table.hasFocus()
    plain = table.viewport().grab(table.visualItemRect(table.item(0, 3))).toImage()
    framed = table.viewport().grab(table.visualItemRect(table.item(0, 2))).toImage()
    accent = theme().tokens.accent.lower()
    assert framed.pixelColor(framed.width() // 2, 1).name() == accent
    assert plain.pixelColor(plain.width() // 2, 1).name() != accent
    for name in ("Ana Castro Salas", "Luis Apaza Condori"):
        qtbot.keyClicks(table.viewport(), name[0])
        (editor,) = [one for one in table.viewport().findChildren(QLineEdit) if one.isVisible()]
        qtbot.keyClicks(editor, name[1:])
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert [row["name"] for row in table.rows()[:3]] == ["Ana Castro Salas", "Luis Apaza Condori", ""]
    assert (assistant.page, table.currentRow()) == (assistant.officers, 2)


def test_the_days_off_begin_where_one_is_added(assistant):
    assistant.show_page("holidays")
    assert QApplication.focusWidget().text().replace("&", "") == "Agregar feriado"


def test_with_large_text_every_page_begins_with_its_title(window, settle):
    theme().set_scale(160)
    window.resize(1366, 768)
    window.first_day.open()
    settle()
    dialog = window.first_day.dialog
    dialog.resize(dialog.width(), 420)
    for number in range(1, len(dialog.pages)):
        dialog.show_number(number - 1)
        settle()
        bar = dialog._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())
        dialog.show_number(number)
        settle()
        title = dialog._title.mapTo(dialog._scroll.viewport(), dialog._title.rect().center())
        if dialog.page.starts_at is None:  # else the list goes where the cursor is
            assert dialog._scroll.viewport().rect().contains(title), dialog.page.key


def test_with_large_text_on_a_small_screen_no_page_scrolls_for_what_it_could_give_way(
    window, settle, monkeypatch
):
    from sisfoh_desktop.app import first_day_pages
    from sisfoh_desktop.qtkit import screen_room

    for module in (screen_room, first_day_pages):
        monkeypatch.setattr(module, "screen_room", lambda _widget: QRect(0, 0, 1366, 768))
    theme().set_scale(160)
    window.first_day.open()
    settle()
    dialog = window.first_day.dialog
    for number, page in enumerate(dialog.pages):
        dialog.show_number(number)
        settle()
        if page is not dialog.review:  # as long as what was answered
            assert dialog._scroll.verticalScrollBar().maximum() == 0, page.key
        assert dialog._scroll.horizontalScrollBar().maximum() == 0, page.key
