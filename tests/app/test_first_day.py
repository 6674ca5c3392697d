"""The assistant of the first day: when it comes, its pages back and forth, what it tells."""

import pytest
from first_day_answers import fill, standing, toasts, write
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit

from sisfoh_desktop.app.connection_dialog import NEW_FILE, ConnectionDialog
from sisfoh_desktop.app.first_day import NOT_HERE

# -- when it comes ---------------------------------------------------------------------------------------


def test_a_new_real_base_offers_it(make_window, settle, tmp_path):
    window = make_window()
    connection = window.findChild(ConnectionDialog)
    connection.choose(NEW_FILE)
    connection.file_forms[NEW_FILE].fields["path"].set_value(str(tmp_path / "nueva.db"))
    connection.try_submit()
    settle()
    dialog = window.first_day.dialog
    assert dialog.isVisible()
    assert dialog.page.key == "place"
    assert ("Base", f"Un archivo de este equipo: {tmp_path / 'nueva.db'}") in dialog.page.told()


def test_a_base_that_was_there_is_opened_without_it(make_window, base, settle):
    window = make_window(base)
    settle()
    assert window.first_day.dialog is None


def test_practice_is_never_set_up(make_window, practice, settle):
    window = make_window(str(practice))
    settle()
    window.first_day.open()
    settle()
    assert window.first_day.dialog is None
    assert NOT_HERE in toasts(window)


# -- back and forth --------------------------------------------------------------------------------------


def test_next_stays_on_a_page_that_lacks_something(assistant):
    assistant.show_page("municipality")
    assistant.try_submit()
    assert assistant.page.key == "municipality"
    assert assistant.municipality.form.fields["name"].error == "Falta «Nombre completo»: complételo."


def test_the_place_is_looked_up_both_ways(assistant):
    page = assistant.municipality
    page.department.set_value("Tacna")
    page.province.set_value("2304")
    assert page.ubigeo.raw() == "230401"
    page.ubigeo.set_value("150132")
    assert (page.department.value(), page.province.value()) == ("Lima", "1501")
    page.ubigeo.set_value("990101")
    page.form.set_values({"name": "M", "short_name": "M", "place_name": "M"})
    assert not page.check()
    assert "Ninguna provincia del INEI empieza por 9901" in page.ubigeo.error


def test_the_district_is_found_by_its_name_and_fills_the_rest(assistant, qtbot):
    assistant.show_page("municipality")
    page = assistant.municipality
    qtbot.keyClicks(page.ubigeo.editor, "pocol")
    popup = page.ubigeo.popup
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (page.ubigeo.raw(), page.code) == ("230108", "230108")
    assert (page.department.value(), page.province.value()) == ("Tacna", "2301")
    assert page.form.value("place_name") == "Pocollay"
    assert page.ubigeo.hint_label.text() == "Pocollay, provincia de Tacna, departamento de Tacna."
    page.form.fields["place_name"].set_value("Ciudad de Tacna")
    page.ubigeo.set_value("")
    qtbot.keyClicks(page.ubigeo.editor, "ticaco")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (page.ubigeo.raw(), page.province.value()) == ("230408", "2304")
    assert page.form.value("place_name") == "Ciudad de Tacna"  # what somebody wrote stays


def test_a_district_newer_than_the_list_is_typed(assistant):
    page = assistant.municipality
    page.form.set_values({"name": "M", "short_name": "M", "place_name": "M"})
    page.ubigeo.set_value("230199")
    assert "si el distrito es nuevo, siga" in page.ubigeo.hint_label.text()
    assert page.check()
    assert page.municipality().ubigeo.code == "230199"
    page.ubigeo.set_value("pocol")
    assert not page.check()
    assert "seis cifras" in page.ubigeo.error


def test_the_ubigeo_chooses_the_template_until_a_person_does(assistant):
    assistant.municipality.ubigeo.set_value("230110")
    assistant.show_page("units")
    assert assistant.units.template.value() == "distrital"
    assistant.units.template.set_value("pequena")
    assistant.municipality.ubigeo.set_value("230101")
    assistant.show_page("units")
    assert assistant.units.template.value() == "pequena"
    assert [row["siglas"] for row in assistant.units.table.rows()] == ["ALC", "GM", "SG", "ULE"]


def test_what_was_corrected_by_hand_outlives_another_template(assistant):
    assistant.show_page("units")
    table = assistant.units.table
    table.item(1, 2).setText("Gerencia General")
    table.add_row({"ticked": True, "siglas": "XYZ", "name": "Otra", "parent": "GM", "why": ""})
    assistant.units.template.set_value("pequena")
    names = {row["siglas"]: row["name"] for row in table.rows()}
    assert (names["GM"], names["XYZ"], names["SG"]) == ("Gerencia General", "Otra", "Secretaría General")


def test_a_wrong_unit_is_told_and_pointed_at(assistant):
    assistant.show_page("units")
    table = assistant.units.table
    table.item(2, 1).setText("con espacio")
    assistant.try_submit()
    assert assistant.page is assistant.units
    assert "no sirve como sigla" in assistant.units.banner.label.text()
    assert table.currentRow() == 2


def test_an_acting_head_needs_a_document(assistant):
    assistant.show_page("officers")
    table = assistant.officers.table
    write(table, "GM", "name", "Rosa Quispe Mamani")
    table.item(1, 4).setCheckState(Qt.CheckState.Checked)
    assistant.try_submit()
    assert "documento de designación" in assistant.officers.banner.label.text()


def test_unticking_a_unit_keeps_its_person_until_it_comes_back(assistant):
    assistant.show_page("officers")
    write(assistant.officers.table, "ULE", "name", "Luis Apaza Condori")
    assistant.show_page("units")
    table = assistant.units.table
    row = [one["siglas"] for one in table.rows()].index("ULE")
    table.item(row, 0).setCheckState(Qt.CheckState.Unchecked)
    assistant.show_page("officers")
    assert "ULE" not in [one["unit"] for one in assistant.officers.table.rows()]
    table.item(row, 0).setCheckState(Qt.CheckState.Checked)
    assistant.show_page("officers")
    rows = {one["unit"]: one for one in assistant.officers.table.rows()}
    assert rows["ULE"]["name"] == "Luis Apaza Condori"


def test_a_day_off_holds_in_the_place_that_was_chosen(assistant, settle):
    fill(assistant, settle)
    table = assistant.holidays.table
    for number, (name, place) in enumerate(
        [("De la provincia", "Provincia"), ("De todos", "Departamento")], 1
    ):
        table.add_row({"day": f"{number}/09", "name": name, "place": place, "norm": "Ley 1"})
    told = dict(assistant.holidays.told())["De su lugar"]
    assert told == "28/08 Reincorporación; 1/09 De la provincia (provincia); 2/09 De todos (departamento)"
    kept, window = assistant.draft(), assistant.parent()
    assistant.try_submit()
    settle()
    scopes = {one.name: one.scope for one in standing(window).holidays}
    assert [scopes[name] for name in ("Reincorporación", "De la provincia", "De todos")] == [
        "230101", "2301", "23",
    ]  # fmt: skip
    assert any("Provincia" in str(field.typed) for field in kept.fields)


def test_the_place_of_a_day_off_is_chosen_by_keyboard(assistant, qtbot):
    assistant.show_page("holidays")
    table = assistant.holidays.table
    table.add_row({"day": "28/08", "name": "Reincorporación", "norm": "Ley 1"})
    assert table.rows()[0]["place"] == "Distrito"
    table.setCurrentCell(0, 2)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    (editor,) = table.viewport().findChildren(QComboBox)
    assert editor.accessibleName() == "Vale en"
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table.rows()[0]["place"] == "Provincia"


@pytest.mark.parametrize(
    ("text", "told"), [("31/02", "no existen"), ("", "una sola forma"), ("mañana x", "")]
)
def test_a_day_off_that_cannot_be_is_told(assistant, text, told):
    assistant.show_page("holidays")
    assistant.holidays.table.add_row({"day": text, "name": "Aniversario", "norm": ""})
    assistant.try_submit()
    assert assistant.page is assistant.holidays
    assert told in assistant.holidays.banner.label.text() != ""


def test_the_letterhead_is_drawn_as_it_is_printed(assistant, settle, tmp_path):
    Image.new("RGB", (64, 64), "red").save(tmp_path / "escudo.png")
    assistant.municipality.form.fields["name"].set_value("Municipalidad Provincial de Tacna")
    assistant.letterhead.logo.load(tmp_path / "escudo.png")
    assistant.show_page("letterhead")
    settle()
    picture = assistant.letterhead.picture.pixmap().toImage()
    red = sum(
        picture.pixelColor(x, y).name() == "#ff0000"
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    )
    assert red > 50


def test_the_review_tells_everything_and_leads_back(assistant, settle):
    fill(assistant, settle)
    told = {label: text for page in assistant.pages for label, text in page.told()}
    assert told["Nombre completo"] == "Municipalidad Provincial de Tacna"
    assert told["GM"] == "Rosa Quispe Mamani, Gerente Municipal"
    assert told["De su lugar"] == "28/08 Reincorporación"
    assistant.review.links["officers"].click()
    assert assistant.page is assistant.officers


def test_the_review_shown_again_stands_alone(assistant, settle):
    assistant.show_page("review")
    settle()
    assistant.show_page("municipality")
    assistant.show_page("review")
    settle()
    heads = [one.text() for one in assistant.review.findChildren(QLabel) if one.isVisibleTo(assistant)]
    assert heads.count("Municipalidad") == 1


def test_it_is_walked_with_the_keyboard(assistant, qtbot):
    with qtbot.waitActive(assistant):
        assistant.activateWindow()
    qtbot.keyClick(assistant, Qt.Key.Key_Return)
    assert assistant.page.key == "municipality"
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    qtbot.keyClick(assistant, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert assistant.page.key == "place"


def test_no_two_things_in_view_answer_to_one_letter(assistant, settle):
    for way in ("several", "alone"):
        assistant.users.choose(way)
        for number, page in enumerate(assistant.pages):
            assistant.show_number(number)
            settle()
            labels = [
                one for one in assistant.findChildren(QLabel) if one.isVisible() and one.buddy() is not None
            ]
            shown = [one for one in assistant.findChildren(QAbstractButton) if one.isVisible()]
            texts = [one.text().replace("&&", "") for one in (*labels, *shown)]
            found = sorted(text[text.index("&") + 1].lower() for text in texts if "&" in text)
            assert found == sorted(set(found)), page.key
