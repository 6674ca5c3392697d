"""The page "Oficina" as a whole: first run, municipality, search, actions, keys."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from searching import found

from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Officer, Unit
from sisfoh_desktop.modules.office.view import OfficePage
from sisfoh_desktop.modules.office.view.fact_dialog import FactDialog
from sisfoh_desktop.modules.office.view.municipality_dialog import LogoField, MunicipalityDialog
from sisfoh_desktop.qtkit.theme import theme

TODAY = date(2024, 3, 8)


# --- first run ---


def test_an_empty_base_says_what_is_missing_and_leads_there_one_step_at_a_time(screen, do, tacna):
    page = screen.open_page()
    assert "Todavía no se registraron los datos" in screen.texts(page.municipality)
    step = page.next_step()
    assert step is not None
    assert step.button == "Completar datos"

    do(office.save_municipality, municipality=tacna, expected_version=0)
    page.reload()
    screen.settle()
    assert "Municipalidad Provincial de Tacna" in screen.texts(page.municipality)
    step = page.next_step()
    assert step is not None
    assert step.button == "Nueva unidad"

    unit_id = do(office.add_unit, unit=Unit("Gerencia Municipal", "GM"))
    page.reload()
    screen.settle()
    step = page.next_step()
    assert step is not None
    assert step.button == "Nuevo responsable"

    do(office.add_officer, officer=Officer("PERSONA UNO", "Gerente", unit_id))
    page.reload()
    screen.settle()
    step = page.next_step()
    assert step is not None
    assert step.run is not None
    step.run()
    assert page.tabs.currentWidget() is page.holidays

    do(office.save_calendar_verified, until=TODAY, expected_version=0)
    page.reload()
    screen.settle()
    assert page.next_step() is None


def test_the_steps_open_the_dialog_they_name(screen, db):
    page = screen.open_page()
    screen.answers({"name": "Municipalidad", "short_name": "M", "ubigeo": "230101", "place_name": "Tacna"})
    page.next_step().run()
    screen.settle()
    assert office.load_municipality(db).short_name == "M"
    screen.answers({"name": "Gerencia Municipal", "siglas": "GM"})
    page.next_step().run()
    screen.settle()
    screen.answers({"name": "PERSONA UNO", "position": "Gerente", "unit_id": page.officers.units[0].id})
    page.next_step().run()
    screen.settle()
    assert page.tabs.currentWidget() is page.officers
    assert screen.column(page.officers.officers, 0) == ["PERSONA UNO"]


def test_the_national_list_is_loaded_from_the_empty_list_of_days(screen):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.holidays)
    page.holidays.holidays.empty_button.click()
    screen.settle()
    assert "Navidad" in screen.column(page.holidays.holidays, 1)
    assert "20/11/2026" in page.holidays.verified.text()


# --- the municipality ---


def test_the_card_shows_the_data_and_what_papers_print_today(screen, do, tacna):
    do(office.save_municipality, municipality=replace(tacna, logo=screen.picture()), expected_version=0)
    do(office.install_national_data)
    page = screen.open_page()
    shown = screen.texts(page.municipality)
    assert "230101 (INEI): Tacna, provincia de Tacna, departamento de Tacna." in shown
    assert "Año del Bicentenario" in shown
    assert "27269" in shown
    assert "REAL" in shown
    assert not page.municipality.logo.pixmap().isNull()
    theme().changed.emit()
    assert not page.municipality.logo.pixmap().isNull()


def test_the_municipality_is_changed_in_its_dialog(screen, small_office):
    page = screen.open_page()
    dialog = screen.answers({"place_name": "Pocollay", "logo": screen.picture()})
    page.municipality.edit_action.trigger()
    screen.settle()
    assert "Pocollay" in screen.texts(page.municipality)
    assert dialog[0].choice.logo is not None


def test_the_district_of_the_municipality_is_found_by_its_name(qtbot, desk):
    dialog = MunicipalityDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.form.fields["ubigeo"]
    qtbot.keyClicks(field.editor, "alto de la ali")
    qtbot.waitUntil(field.popup.isVisible)
    qtbot.keyClick(field.popup, Qt.Key.Key_Return)
    assert field.value() == "230102"
    assert dialog.form.value("place_name") == "Alto de la Alianza"


def test_a_wrong_ubigeo_stays_in_the_dialog_with_its_sentence(qtbot, desk):
    dialog = MunicipalityDialog(desk, None).saving_with(lambda _fact, _token: pytest.fail("saved"))
    qtbot.addWidget(dialog)
    dialog.form.set_values(
        {"name": "Municipalidad", "short_name": "M", "ubigeo": "23010", "place_name": "Tacna"}
    )
    dialog.try_submit()
    assert "seis cifras" in dialog.form.fields["ubigeo"].error
    assert dialog.form.fields["name"].value() == "Municipalidad"


def test_a_coat_of_arms_is_chosen_from_a_file_or_refused_under_its_field(
    screen, qtbot, tmp_path, monkeypatch
):
    field = LogoField("Escudo")
    qtbot.addWidget(field)
    good, bad = tmp_path / "escudo.png", tmp_path / "texto.png"
    good.write_bytes(screen.picture())
    bad.write_bytes(b"no es una imagen")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_options: (str(good), ""))
    field.choose_button.click()
    assert field.value() == screen.picture()
    field.load(bad)
    assert "PNG o JPEG" in field.error
    field.load(tmp_path / "no existe.png")
    assert "no existe.png" in field.error
    assert field.value() == screen.picture()
    field.remove_button.click()
    assert field.is_empty()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_options: ("", ""))
    field.choose_button.click()
    assert field.is_empty()


# --- the page as a whole ---


def test_search_finds_units_officers_and_norms_and_the_page_opens_them(screen, do, small_office, desk):
    do(office.install_national_data)
    hits = {text: found(desk, "office", text) for text in ("ogaj", "persona uno", "30435")}
    assert [hit.kind for hit in hits["ogaj"]] == ["unit"]
    assert [hit.title for hit in hits["persona uno"]] == ["Ing. PERSONA UNO"]
    assert {hit.kind for hit in hits["30435"]} == {"norm"}
    page = screen.open_page()
    page.show_record("unit", small_office["OGAJ"])
    assert page.tabs.currentWidget() is page.units
    assert page.units.units.selected().siglas == "OGAJ"
    norm = hits["30435"][0]
    page.show_record("norm", norm.record_id)
    assert page.catalogues.table().selected().code == norm.title
    page.show_record("office", 1)
    assert page.tabs.currentWidget() is page.catalogues


def test_a_record_asked_for_before_the_lists_are_there_is_shown_when_they_come(
    screen, qtbot, small_office, desk
):
    page = OfficePage(desk)
    qtbot.addWidget(page)
    assert page.next_step() is None
    page.show_record("unit", small_office["OGAJ"])
    screen.settle()
    assert page.units.units.selected().siglas == "OGAJ"


def test_each_tab_offers_its_own_actions_and_needs_a_row_for_some(qtbot, screen):
    page = screen.open_page()
    assert [action.text() for action in page.page_actions()] == ["&Editar datos"]
    assert page.table() is None
    assert not page.new_record()
    with qtbot.waitSignal(page.actions_changed):
        page.tabs.setCurrentWidget(page.units)
    assert [action.isEnabled() for action in page.page_actions()] == [True, False, False, False, False]
    for action in page.page_actions()[1:]:
        assert action in page.units.units.menu_actions


def test_without_a_chosen_row_nothing_opens(screen, monkeypatch):
    monkeypatch.setattr(FactDialog, "exec", lambda _dialog: pytest.fail("a dialog opened"))
    page = screen.open_page()
    for tab in (page.units, page.officers, page.holidays, page.catalogues):
        for action in tab.actions_shown[1:]:
            action.setEnabled(True)
            action.trigger()


def test_leaving_a_dialog_stores_nothing(screen, small_office, desk, monkeypatch):
    monkeypatch.setattr(FactDialog, "exec", lambda _dialog: 0)
    page = screen.open_page()
    page.units.edit_action.trigger()
    page.units.new_record()
    screen.settle()
    assert [unit.siglas for unit in office.list_units(desk.db, TODAY)] == ["GM", "OGAJ"]


def test_enter_on_a_row_opens_it(qtbot, screen, small_office, db):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.units)
    screen.answers({"name": "Gerencia General"})
    page.units.units.view.setFocus()
    qtbot.keyClick(page.units.units.view, Qt.Key.Key_Return)
    screen.settle()
    assert office.load_unit(db, small_office["GM"], TODAY).name == "Gerencia General"


def test_the_lists_keep_qts_rules(screen, do, small_office, qtmodeltester):
    do(office.install_national_data)
    page = screen.open_page()
    for table in (page.units.units, page.units.names, page.officers.officers, page.holidays.holidays):
        qtmodeltester.check(table.model)
    for number in range(6):
        page.holidays.holidays.sort_by(number)
    page.units.units.sort_by(2)


def test_hostile_text_is_shown_as_it_was_typed(screen, do, tacna):
    do(office.save_municipality, municipality=replace(tacna, name="<b>Muni & Cía</b>"), expected_version=0)
    do(office.add_unit, unit=Unit("<script>alert(1)</script>", "GM"))
    page = screen.open_page()
    assert "<b>Muni & Cía</b>" in screen.texts(page.municipality)
    assert screen.column(page.units.units, 0) == ["<script>alert(1)</script>"]
    assert page.municipality._values["name"].textFormat() is Qt.TextFormat.PlainText


def test_who_changed_what_is_told_in_the_last_tab(screen, do, small_office):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.history)
    screen.settle()
    assert page.page_actions() == []
    table = page.table()
    assert screen.column(table, 2)[0] == "Responsable registrado: Ing. PERSONA UNO"
    assert set(screen.column(table, 1)) == {"prueba · ULE"}
    do(
        office.end_officer,
        officer_id=small_office["officer"],
        last_day=date(2024, 12, 31),
        expected_version=1,
    )
    page.reload()
    screen.settle()
    assert screen.column(table, 3)[0] == "Rige hasta: — → 31/12/2024"
    assert not page.new_record()
