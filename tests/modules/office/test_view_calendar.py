"""Days off, norms, bodies, year names, legends and legal terms on screen."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Holiday, YearName
from sisfoh_desktop.modules.office.service.places import names_of
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog
from sisfoh_desktop.modules.office.view.holiday_dialogs import HolidayDialog
from sisfoh_desktop.modules.office.view.holidays_tab import counting, scope_text, when_text

TODAY = date(2024, 3, 8)


# --- days off ---


def test_days_off_say_when_where_and_how_terms_treat_them():
    assert when_text(Holiday("x", month=6, day=7)) == "07 de junio"
    assert when_text(Holiday("x", easter_offset=-2)) == "Pascua − 2 días"
    assert when_text(Holiday("x", easter_offset=1)) == "Pascua + 1 días"
    assert when_text(Holiday("x", easter_offset=0)) == "Domingo de Pascua"
    assert when_text(Holiday("x", single_day=date(2026, 1, 2))) == "02/01/2026"
    places = names_of(["2301", "23", "230108"])
    assert scope_text(Holiday("x"), places) == "Todo el país"
    assert scope_text(Holiday("x", scope="2301"), places) == "Provincia de Tacna"
    assert scope_text(Holiday("x", scope="23"), places) == "Departamento de Tacna"
    assert scope_text(Holiday("x", scope="230108"), places) == "Distrito de Pocollay"
    assert scope_text(Holiday("x", scope="2399"), places) == "Provincia 2399"  # newer than the list
    assert counting(Holiday("x")) == ("ok", "No se cuenta")
    assert counting(Holiday("x", suspends=False)) == ("warn", "Se cuenta")
    assert counting(Holiday("x", kind=DayOffKind.HALF_DAY)) == ("accent", "No vence ese día")


def test_a_regional_day_is_entered_only_after_saying_whether_terms_count_it(screen, db):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.holidays)
    values = {"name": "Aniversario", "single_day": date(2024, 8, 28), "scope": "23", "norm": "OR 1-2024"}
    seen = screen.answers(values)
    page.holidays.new_record()
    screen.settle()
    assert "En los plazos" in seen[0].form.fields["suspends"].error
    screen.answers({**values, "suspends": False})
    page.holidays.new_record()
    screen.settle()
    (holiday,) = office.list_holidays(db)
    assert (holiday.scope, holiday.suspends, holiday.entered_by) == ("23", False, "prueba")
    assert "Registró: prueba" in page.holidays.detail.text()


def test_the_place_of_a_day_off_is_found_by_its_name(qtbot, desk):
    dialog = HolidayDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.form.fields["scope"]
    for typed, code, told in (
        ("departamento tacna", "23", "Departamento de Tacna."),
        ("provincia tarata", "2304", "Provincia de Tarata, departamento de Tacna."),
        ("pocol", "230108", "Pocollay, provincia de Tacna, departamento de Tacna."),
    ):
        field.set_value("")
        qtbot.keyClicks(field.editor, typed)
        qtbot.waitUntil(field.popup.isVisible)
        qtbot.keyClick(field.popup, Qt.Key.Key_Return)
        assert (field.value(), field.hint_label.text()) == (code, told)
    field.set_value("")
    assert "Parte del nombre" in field.hint_label.text()


def test_a_day_off_changes_its_form_of_date_is_ended_and_removed(screen, do, db):
    do(office.add_holiday, holiday=Holiday("Aniversario", single_day=date(2024, 8, 28)))
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.holidays)
    seen = screen.answers({"way": "yearly", "day": 28, "month": 8})
    page.holidays.edit_action.trigger()
    screen.settle()
    assert seen[0].form.fields["single_day"].isHidden()
    (holiday,) = office.list_holidays(db)
    assert (holiday.month, holiday.day, holiday.single_day) == (8, 28, None)
    screen.answers({"last_day": date(2030, 12, 31)})
    page.holidays.end_action.trigger()
    screen.settle()
    assert office.list_holidays(db)[0].valid_to == date(2030, 12, 31)
    screen.answers({"way": "easter", "easter_offset": -3})
    page.holidays.edit_action.trigger()
    screen.settle()
    assert office.list_holidays(db)[0].easter_offset == -3
    seen = screen.answers({"reason": "Se digitó por error"})
    page.holidays.remove_action.trigger()
    screen.settle()
    assert not seen[-1].primary_button.isDefault()
    assert office.list_holidays(db) == []


def test_a_day_of_the_national_list_is_not_removed(screen, do, db):
    do(office.install_national_data)
    page = screen.open_page()
    seen = screen.answers({"reason": "No gusta"})
    page.holidays.remove_action.trigger()
    screen.settle()
    assert "fin de vigencia" in screen.refusal(seen[0])
    assert len(office.list_holidays(db)) > 40


def test_the_verification_of_the_calendar_is_noted(screen):
    page = screen.open_page()
    assert "Nadie anotó" in page.holidays.verified.text()
    seen = screen.answers({"until": date(2024, 3, 9)})
    page.holidays.verify_button.click()
    screen.settle()
    assert "aún no llega" in seen[0].form.fields["until"].error
    screen.answers({"until": TODAY})
    page.holidays.verify_button.click()
    screen.settle()
    assert "08/03/2024" in page.holidays.verified.text()


# --- catalogues ---


@pytest.mark.parametrize(
    ("number", "values", "first"),
    [
        (0, {"code": "Ley 1", "title": "Título", "kind": "Ley"}, "Ley 1"),
        (1, {"name": "Comisaría", "siglas": "PNP", "role": "Otro"}, "Otro"),
        (2, {"text": "Año de prueba", "printed": False}, "Año de prueba"),
        (3, {"text": "Leyenda"}, "Leyenda"),
        (
            4,
            {"key": "report", "title": "Informe", "days": 7, "counts_from": "recepcion", "norm": "Ley 1"},
            "Informe",
        ),
    ],
)
def test_each_list_is_added_to_corrected_and_ended(number, values, first, screen):
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.catalogues)
    page.catalogues.chooser.setCurrentIndex(number)
    assert page.table() is page.catalogues.lists[number]
    assert not page.catalogues.edit_action.isEnabled()
    screen.answers(values)
    page.new_record()
    screen.settle()
    table = page.catalogues.lists[number]
    assert screen.column(table, 0) == [first]
    screen.answers({"valid_from": date(2024, 1, 1), **({"trust": "Leído"} if number < 2 else {})})
    page.catalogues.edit_action.trigger()
    screen.settle()
    assert table.selected().valid_from == date(2024, 1, 1)
    screen.answers({"last_day": date(2024, 12, 31)})
    page.catalogues.end_action.trigger()
    screen.settle()
    assert table.selected().valid_to == date(2024, 12, 31)
    assert "del 01/01/2024 al 31/12/2024" in page.catalogues.detail.text()


def test_an_end_before_the_beginning_is_refused_in_its_dialog(screen, do):
    do(office.add_year_name, year_name=YearName("Año de algo", date(2024, 1, 1)))
    page = screen.open_page()
    page.tabs.setCurrentWidget(page.catalogues)
    page.catalogues.chooser.setCurrentIndex(2)
    seen = screen.answers({"last_day": date(2023, 1, 1)})
    page.catalogues.end_action.trigger()
    screen.settle()
    assert isinstance(seen[0], EndDialog)
    assert "antes de empezar" in seen[0].form.fields["last_day"].error
