"""Units and officers on screen: the tree by date, renaming, acting officers, masked DNI."""

from datetime import date

from PySide6.QtCore import Qt

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Officer, Unit
from sisfoh_desktop.modules.office.view.unit_dialogs import UnitDialog

TODAY = date(2024, 3, 8)


# --- units ---


def test_units_are_listed_as_a_tree_with_the_names_of_the_chosen_one(screen, do, small_office):
    do(
        office.rename_unit,
        unit=Unit("Asesoría Legal", "OGAL", id=small_office["OGAJ"], valid_from=date(2024, 3, 1)),
        expected_version=1,
    )
    page = screen.open_page()
    assert screen.column(page.units.units, 0) == ["Gerencia Municipal", "\u2003Asesoría Legal"]
    page.units.select(small_office["OGAJ"])
    screen.settle()
    assert screen.column(page.units.names, 1) == ["OGAL", "OGAJ"]
    assert screen.column(page.units.names, 3) == ["Vigente desde 01/03/2024", "Terminó el 29/02/2024"]


def test_the_tree_is_shown_as_it_was_on_another_day(screen, do, small_office):
    do(office.end_unit, unit_id=small_office["OGAJ"], last_day=date(2024, 1, 31), expected_version=1)
    page = screen.open_page()
    assert screen.column(page.units.units, 1) == ["GM"]
    page.units.on.field.set_value(date(2024, 1, 31))
    screen.settle()
    assert screen.column(page.units.units, 1) == ["GM", "OGAJ"]
    page.units.on.field.editor.setText("31/31/2024")
    page.units.on.field.editor.editingFinished.emit()
    assert "No existe" in page.units.on.field.error
    assert page.units.on.day() == date(2024, 1, 31)
    page.units.on.field.editor.setText("")
    page.units.on.field.editor.editingFinished.emit()
    assert page.units.on.day() == TODAY


def test_a_unit_is_added_corrected_renamed_and_ended_by_its_actions(screen, small_office, db):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.units)
    screen.answers({"name": "Oficina de Abastecimiento", "siglas": "OAB", "parent_id": small_office["GM"]})
    assert page.new_record()
    screen.settle()
    found = office.unit_by_siglas(db, "OAB", TODAY)
    assert found is not None
    assert found.parent_id == small_office["GM"]

    page.units.select(found.id)
    screen.answers({"name": "Oficina General de Abastecimiento"})
    page.units.edit_action.trigger()
    screen.settle()
    screen.answers({"name": "Logística", "siglas": "LOG", "valid_from": date(2024, 6, 1)})
    page.units.rename_action.trigger()
    screen.settle()
    assert [name.name for name in office.list_unit_names(db, found.id)] == [
        "Oficina General de Abastecimiento",
        "Logística",
    ]
    screen.answers({"last_day": date(2024, 3, 31)})
    page.units.end_action.trigger()
    screen.settle()
    assert office.unit_by_siglas(db, "OAB", date(2024, 4, 1)) is None


def test_siglas_in_use_are_refused_in_the_dialog_and_nothing_typed_is_lost(
    screen, qtbot, desk, small_office, do
):
    dialog = UnitDialog(desk, Unit("", ""), []).saving_with(
        lambda unit, token: do(office.add_unit, unit=unit, token=token)
    )
    qtbot.addWidget(dialog)
    dialog.form.set_values({"name": "Otra gerencia", "siglas": "GM"})
    dialog.try_submit()
    screen.settle()
    assert "ya es de «Gerencia Municipal»" in dialog.form.fields["siglas"].error
    assert dialog.form.fields["name"].value() == "Otra gerencia"
    assert dialog.primary_button.isEnabled()
    dialog.form.fields["siglas"].set_value("OTRA")
    dialog.try_submit()
    screen.settle()
    assert dialog.choice.siglas == "OTRA"


def test_a_superior_that_no_longer_holds_is_kept_and_not_silently_dropped(desk, qtbot):
    dialog = UnitDialog(desk, Unit("Subgerencia", "SG", parent_id=99, id=5), [])
    qtbot.addWidget(dialog)
    assert dialog.form.value("parent_id") == 99


def test_a_unit_is_entered_by_keyboard_alone(screen, qtbot, desk, do):
    dialog = UnitDialog(desk, Unit("", ""), []).saving_with(
        lambda unit, token: do(office.add_unit, unit=unit, token=token)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.form.fields["name"].editor.hasFocus())
    qtbot.keyClicks(dialog.focusWidget(), "Gerencia Municipal")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(dialog.focusWidget(), "GM")
    for _ in dialog.form.fields:  # from field to field, and from the last one it is saved
        if dialog.isVisible():
            qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    screen.settle()
    assert [unit.siglas for unit in office.list_units(desk.db, TODAY)] == ["GM"]
    assert not dialog.isVisible()


# --- officers ---


def test_officers_are_listed_masked_and_past_ones_on_demand(screen, do, small_office):
    past = Officer("ANTERIOR", "Gerente", small_office["GM"], head=False, valid_to=date(2023, 12, 31))
    past_id = do(office.add_officer, officer=past)
    page = screen.open_page()
    assert screen.column(page.officers.officers, 3) == ["4*****01"]
    assert "Designación: RA 1" in page.officers.detail.text()
    page.show_record("officer", past_id)
    screen.settle()
    assert page.officers.everyone.isChecked()
    assert not page.officers.on.isEnabled()
    assert page.officers.officers.selected().officer.name == "ANTERIOR"
    assert "Terminó el 31/12/2023" in screen.column(page.officers.officers, 4)


def test_an_officer_is_added_corrected_and_ended_and_a_blank_dni_keeps_the_stored_one(
    screen, small_office, db
):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.officers)
    seen = screen.answers({"title": "Econ."})
    page.officers.edit_action.trigger()
    screen.settle()
    assert seen[0].form.fields["dni"].value() == ""
    stored = office.load_officer(db, small_office["officer"])
    assert (stored.title, stored.dni) == ("Econ.", "40000001")

    screen.answers({"forget_dni": True})
    page.officers.edit_action.trigger()
    screen.settle()
    assert office.load_officer(db, small_office["officer"]).dni == ""

    seen = screen.answers(
        {"name": "ENCARGADA", "position": "Gerente Municipal", "unit_id": small_office["GM"], "acting": True}
    )
    page.officers.new_record()
    screen.settle()
    assert "designación" in seen[0].form.fields["document"].error
    screen.answers(
        {
            "name": "ENCARGADA",
            "position": "Gerente Municipal",
            "unit_id": small_office["GM"],
            "acting": True,
            "document": "RA 45-2024",
        }
    )
    page.officers.new_record()
    screen.settle()
    acting = office.officer_for(db, small_office["GM"], TODAY)
    assert acting is not None
    assert acting.full_position == "Gerente Municipal (e)"

    page.officers.officers.select(acting.id)
    screen.answers({"last_day": TODAY})
    page.officers.end_action.trigger()
    screen.settle()
    assert office.load_officer(db, acting.id).valid_to == TODAY


def test_an_officer_of_a_unit_that_ceased_keeps_it(screen, do, small_office, db):
    do(office.end_unit, unit_id=small_office["GM"], last_day=date(2024, 1, 1), expected_version=1)
    page = screen.open_page()
    screen.answers({"title": "Lic."})
    page.officers.edit_action.trigger()
    screen.settle()
    assert office.load_officer(db, small_office["officer"]).unit_id == small_office["GM"]
