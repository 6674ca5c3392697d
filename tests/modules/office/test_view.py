"""The page "Oficina": what each tab shows, what its dialogs store, and what a refusal leaves on screen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import FixedClock
from sisfoh_desktop.basics.holidays import DayOffKind
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Holiday, Municipality, Officer, Unit, YearName
from sisfoh_desktop.modules.office.view import OfficePage
from sisfoh_desktop.modules.office.view.fact_dialog import EndDialog, FactDialog
from sisfoh_desktop.modules.office.view.holidays_tab import counting, scope_text, when_text
from sisfoh_desktop.modules.office.view.municipality_dialog import LogoField, MunicipalityDialog
from sisfoh_desktop.modules.office.view.unit_dialogs import UnitDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

TODAY = date(2024, 3, 8)
TACNA = Municipality("Municipalidad Provincial de Tacna", "MPT", Ubigeo("230101", "INEI"), "Tacna")


@pytest.fixture
def desk(qapp: QApplication, db: Database, actor: Actor, now: datetime) -> Iterator[Desk]:
    theme().start(qapp, "light")
    tasks = Tasks()
    yield Desk(db=db, archive=None, tasks=tasks, clock=FixedClock(now), actor=actor)
    tasks.close()


@pytest.fixture
def do(db: Database, actor: Actor, now: datetime) -> Callable[..., Any]:
    """Call a change of the service with the usual arguments."""
    return lambda verb, **what: verb(db, actor=actor, now=now, **what)


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk) -> Callable[[], OfficePage]:
    """Build the page on what the base holds now, and wait until it has loaded."""

    def build() -> OfficePage:
        page = OfficePage(desk)
        qtbot.addWidget(page)
        desk.tasks.changed.connect(lambda touched: page.reload() if touched & page.touches else None)
        page.resize(880, 640)
        page.show()
        settle(desk)
        return page

    return build


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], list[FactDialog]]:
    """Fill the next dialogs that open with these values and press their primary button."""
    seen: list[FactDialog] = []

    def prepare(values: dict[str, Any]) -> list[FactDialog]:
        def answer(dialog: FactDialog) -> int:
            seen.append(dialog)
            for name, value in values.items():
                dialog.form.fields[name].set_value(value)
            dialog.try_submit()
            settle(dialog.desk)
            return dialog.result()

        monkeypatch.setattr(FactDialog, "exec", answer)
        return seen

    return prepare


def settle(desk: Desk) -> None:
    """Wait for the worker and for the queries that its answers start."""
    for _ in range(4):
        desk.tasks.wait_idle()
        QApplication.processEvents()


def column(table: Any, number: int) -> list[str]:
    """One column as it is seen."""
    return [row[number] for row in table.as_seen()[1]]


def texts(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def picture(side: int = 64) -> bytes:
    data = BytesIO()
    Image.new("RGB", (side, side), "white").save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def small_office(do: Callable[..., Any]) -> dict[str, int]:
    """A municipality, two units and one officer."""
    do(office.save_municipality, municipality=TACNA, expected_version=0)
    manager = do(office.add_unit, unit=Unit("Gerencia Municipal", "GM", valid_from=date(2020, 1, 1)))
    legal = do(office.add_unit, unit=Unit("Oficina de Asesoría Jurídica", "OGAJ", manager))
    officer = do(
        office.add_officer,
        officer=Officer("PERSONA UNO", "Gerente Municipal", manager, "Ing.", document="RA 1", dni="40000001"),
    )
    return {"GM": manager, "OGAJ": legal, "officer": officer}


# --- first run ---


def test_an_empty_base_says_what_is_missing_and_leads_there_one_step_at_a_time(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], desk: Desk
) -> None:
    page = open_page()
    assert "Todavía no se registraron los datos" in texts(page.municipality)
    step = page.next_step()
    assert step is not None
    assert step.button == "Completar datos"

    do(office.save_municipality, municipality=TACNA, expected_version=0)
    page.reload()
    settle(desk)
    assert "Municipalidad Provincial de Tacna" in texts(page.municipality)
    step = page.next_step()
    assert step is not None
    assert step.button == "Nueva unidad"

    unit_id = do(office.add_unit, unit=Unit("Gerencia Municipal", "GM"))
    page.reload()
    settle(desk)
    step = page.next_step()
    assert step is not None
    assert step.button == "Nuevo responsable"

    do(office.add_officer, officer=Officer("PERSONA UNO", "Gerente", unit_id))
    page.reload()
    settle(desk)
    step = page.next_step()
    assert step is not None
    assert step.run is not None
    step.run()
    assert page.tabs.currentWidget() is page.holidays

    do(office.save_calendar_verified, until=TODAY, expected_version=0)
    page.reload()
    settle(desk)
    assert page.next_step() is None


def test_the_steps_open_the_dialog_they_name(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], desk: Desk, db: Database
) -> None:
    page = open_page()
    answers({"name": "Municipalidad", "short_name": "M", "ubigeo": "230101", "place_name": "Tacna"})
    page.next_step().run()  # type: ignore[union-attr,misc]
    settle(desk)
    assert office.load_municipality(db).short_name == "M"
    answers({"name": "Gerencia Municipal", "siglas": "GM"})
    page.next_step().run()  # type: ignore[union-attr,misc]
    settle(desk)
    answers({"name": "PERSONA UNO", "position": "Gerente", "unit_id": page.officers.units[0].id})
    page.next_step().run()  # type: ignore[union-attr,misc]
    settle(desk)
    assert page.tabs.currentWidget() is page.officers
    assert column(page.officers.officers, 0) == ["PERSONA UNO"]


def test_the_national_list_is_loaded_from_the_empty_list_of_days(
    open_page: Callable[[], OfficePage], desk: Desk
) -> None:
    page = open_page()
    page.tabs.setCurrentWidget(page.holidays)
    page.holidays.holidays.empty_button.click()
    settle(desk)
    assert "Navidad" in column(page.holidays.holidays, 1)
    assert "20/11/2026" in page.holidays.verified.text()


# --- the municipality ---


def test_the_card_shows_the_data_and_what_papers_print_today(
    open_page: Callable[[], OfficePage], do: Callable[..., Any]
) -> None:
    do(office.save_municipality, municipality=replace(TACNA, logo=picture()), expected_version=0)
    do(office.install_national_data)
    page = open_page()
    shown = texts(page.municipality)
    assert "230101 (INEI)" in shown
    assert "Año del Bicentenario" in shown
    assert "27269" in shown
    assert "REAL" in shown
    assert not page.municipality.logo.pixmap().isNull()
    theme().set_scale(125)
    theme().set_scale(100)
    assert not page.municipality.logo.pixmap().isNull()


def test_the_municipality_is_changed_in_its_dialog(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], small_office: Any, desk: Desk
) -> None:
    page = open_page()
    (dialog,) = [answers({"place_name": "Pocollay", "logo": picture()})]
    page.municipality.edit_action.trigger()
    settle(desk)
    assert "Pocollay" in texts(page.municipality)
    assert dialog[0].choice.logo is not None


def test_a_wrong_ubigeo_stays_in_the_dialog_with_its_sentence(qtbot: QtBot, desk: Desk) -> None:
    dialog = MunicipalityDialog(desk, None).saving_with(lambda _fact, _token: pytest.fail("saved"))
    qtbot.addWidget(dialog)
    dialog.form.set_values(
        {"name": "Municipalidad", "short_name": "M", "ubigeo": "23010", "place_name": "Tacna"}
    )
    dialog.try_submit()
    assert "seis cifras" in dialog.form.fields["ubigeo"].error
    assert dialog.form.fields["name"].value() == "Municipalidad"


def test_a_coat_of_arms_is_chosen_from_a_file_or_refused_under_its_field(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    field = LogoField("Escudo")
    qtbot.addWidget(field)
    good, bad = tmp_path / "escudo.png", tmp_path / "texto.png"
    good.write_bytes(picture())
    bad.write_bytes(b"no es una imagen")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_options: (str(good), ""))
    field.choose_button.click()
    assert field.value() == picture()
    field.load(bad)
    assert "PNG o JPEG" in field.error
    field.load(tmp_path / "no existe.png")
    assert "no existe.png" in field.error
    assert field.value() == picture()
    field.remove_button.click()
    assert field.is_empty()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_options: ("", ""))
    field.choose_button.click()
    assert field.is_empty()


# --- units ---


def test_units_are_listed_as_a_tree_with_the_names_of_the_chosen_one(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], small_office: dict[str, int], desk: Desk
) -> None:
    do(
        office.rename_unit,
        unit=Unit("Asesoría Legal", "OGAL", id=small_office["OGAJ"], valid_from=date(2024, 3, 1)),
        expected_version=1,
    )
    page = open_page()
    assert column(page.units.units, 0) == ["Gerencia Municipal", "\u2003Asesoría Legal"]
    page.units.select(small_office["OGAJ"])
    settle(desk)
    assert column(page.units.names, 1) == ["OGAL", "OGAJ"]
    assert column(page.units.names, 3) == ["vigente desde 01/03/2024", "terminó el 29/02/2024"]


def test_the_tree_is_shown_as_it_was_on_another_day(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], small_office: dict[str, int], desk: Desk
) -> None:
    do(office.end_unit, unit_id=small_office["OGAJ"], last_day=date(2024, 1, 31), expected_version=1)
    page = open_page()
    assert column(page.units.units, 1) == ["GM"]
    page.units.on.field.set_value(date(2024, 1, 31))
    settle(desk)
    assert column(page.units.units, 1) == ["GM", "OGAJ"]
    page.units.on.field.editor.setText("31/31/2024")
    page.units.on.field.editor.editingFinished.emit()
    assert "No existe" in page.units.on.field.error
    assert page.units.on.day() == date(2024, 1, 31)
    page.units.on.field.editor.setText("")
    page.units.on.field.editor.editingFinished.emit()
    assert page.units.on.day() == TODAY


def test_a_unit_is_added_corrected_renamed_and_ended_by_its_actions(
    open_page: Callable[[], OfficePage],
    answers: Callable[..., Any],
    small_office: Any,
    desk: Desk,
    db: Database,
) -> None:
    page = open_page()
    page.tabs.setCurrentWidget(page.units)
    answers({"name": "Oficina de Abastecimiento", "siglas": "OAB", "parent_id": small_office["GM"]})
    assert page.new_record()
    settle(desk)
    found = office.unit_by_siglas(db, "OAB", TODAY)
    assert found is not None
    assert found.parent_id == small_office["GM"]

    page.units.select(found.id)
    answers({"name": "Oficina General de Abastecimiento"})
    page.units.edit_action.trigger()
    settle(desk)
    answers({"name": "Logística", "siglas": "LOG", "valid_from": date(2024, 6, 1)})
    page.units.rename_action.trigger()
    settle(desk)
    assert [name.name for name in office.list_unit_names(db, found.id)] == [
        "Oficina General de Abastecimiento",
        "Logística",
    ]
    answers({"last_day": date(2024, 3, 31)})
    page.units.end_action.trigger()
    settle(desk)
    assert office.unit_by_siglas(db, "OAB", date(2024, 4, 1)) is None


def test_siglas_in_use_are_refused_in_the_dialog_and_nothing_typed_is_lost(
    qtbot: QtBot, desk: Desk, small_office: dict[str, int], do: Callable[..., Any]
) -> None:
    dialog = UnitDialog(desk, Unit("", ""), []).saving_with(
        lambda unit, token: do(office.add_unit, unit=unit, token=token)
    )
    qtbot.addWidget(dialog)
    dialog.form.set_values({"name": "Otra gerencia", "siglas": "GM"})
    dialog.try_submit()
    settle(desk)
    assert "ya es de «Gerencia Municipal»" in dialog.form.fields["siglas"].error
    assert dialog.form.fields["name"].value() == "Otra gerencia"
    assert dialog.primary_button.isEnabled()
    dialog.form.fields["siglas"].set_value("OTRA")
    dialog.try_submit()
    settle(desk)
    assert dialog.choice.siglas == "OTRA"


def test_a_superior_that_no_longer_holds_is_kept_and_not_silently_dropped(desk: Desk, qtbot: QtBot) -> None:
    dialog = UnitDialog(desk, Unit("Subgerencia", "SG", parent_id=99, id=5), [])
    qtbot.addWidget(dialog)
    assert dialog.form.value("parent_id") == 99


def test_a_unit_is_entered_by_keyboard_alone(qtbot: QtBot, desk: Desk, do: Callable[..., Any]) -> None:
    dialog = UnitDialog(desk, Unit("", ""), []).saving_with(
        lambda unit, token: do(office.add_unit, unit=unit, token=token)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.form.fields["name"].editor.hasFocus())
    qtbot.keyClicks(dialog.focusWidget(), "Gerencia Municipal")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(dialog.focusWidget(), "GM")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settle(desk)
    assert [unit.siglas for unit in office.list_units(desk.db, TODAY)] == ["GM"]
    assert not dialog.isVisible()


# --- officers ---


def test_officers_are_listed_masked_and_past_ones_on_demand(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], small_office: dict[str, int], desk: Desk
) -> None:
    past = Officer("ANTERIOR", "Gerente", small_office["GM"], head=False, valid_to=date(2023, 12, 31))
    past_id = do(office.add_officer, officer=past)
    page = open_page()
    assert column(page.officers.officers, 3) == ["4*****01"]
    assert "Designación: RA 1" in page.officers.detail.text()
    page.show_record("officer", past_id)
    settle(desk)
    assert page.officers.everyone.isChecked()
    assert not page.officers.on.isEnabled()
    assert page.officers.officers.selected().officer.name == "ANTERIOR"
    assert "terminó el 31/12/2023" in column(page.officers.officers, 4)


def test_an_officer_is_added_corrected_and_ended_and_a_blank_dni_keeps_the_stored_one(
    open_page: Callable[[], OfficePage],
    answers: Callable[..., Any],
    small_office: Any,
    desk: Desk,
    db: Database,
) -> None:
    page = open_page()
    page.tabs.setCurrentWidget(page.officers)
    seen = answers({"title": "Econ."})
    page.officers.edit_action.trigger()
    settle(desk)
    assert seen[0].form.fields["dni"].value() == ""
    stored = office.load_officer(db, small_office["officer"])
    assert (stored.title, stored.dni) == ("Econ.", "40000001")

    answers({"forget_dni": True})
    page.officers.edit_action.trigger()
    settle(desk)
    assert office.load_officer(db, small_office["officer"]).dni == ""

    answers(
        {"name": "ENCARGADA", "position": "Gerente Municipal", "unit_id": small_office["GM"], "acting": True}
    )
    seen.clear()
    page.officers.new_record()
    settle(desk)
    assert "designación" in seen[0].form.fields["document"].error
    answers(
        {
            "name": "ENCARGADA",
            "position": "Gerente Municipal",
            "unit_id": small_office["GM"],
            "acting": True,
            "document": "RA 45-2024",
        }
    )
    page.officers.new_record()
    settle(desk)
    acting = office.officer_for(db, small_office["GM"], TODAY)
    assert acting is not None
    assert acting.full_position == "Gerente Municipal (e)"

    page.officers.officers.select(acting.id)
    answers({"last_day": TODAY})
    page.officers.end_action.trigger()
    settle(desk)
    assert office.load_officer(db, acting.id).valid_to == TODAY


def test_an_officer_of_a_unit_that_ceased_keeps_it(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], do: Callable[..., Any], small_office: Any,
    desk: Desk, db: Database,
) -> None:  # fmt: skip
    do(office.end_unit, unit_id=small_office["GM"], last_day=date(2024, 1, 1), expected_version=1)
    page = open_page()
    answers({"title": "Lic."})
    page.officers.edit_action.trigger()
    settle(desk)
    assert office.load_officer(db, small_office["officer"]).unit_id == small_office["GM"]


# --- days off ---


def test_days_off_say_when_where_and_how_terms_treat_them() -> None:
    assert when_text(Holiday("x", month=6, day=7)) == "07 de junio"
    assert when_text(Holiday("x", easter_offset=-2)) == "Pascua − 2 días"
    assert when_text(Holiday("x", easter_offset=1)) == "Pascua + 1 días"
    assert when_text(Holiday("x", easter_offset=0)) == "Domingo de Pascua"
    assert when_text(Holiday("x", single_day=date(2026, 1, 2))) == "02/01/2026"
    assert scope_text(Holiday("x")) == "Todo el país"
    assert scope_text(Holiday("x", scope="2301")) == "Prov. 2301"
    assert counting(Holiday("x")) == ("ok", "No se cuenta")
    assert counting(Holiday("x", suspends=False)) == ("warn", "Se cuenta")
    assert counting(Holiday("x", kind=DayOffKind.HALF_DAY)) == ("accent", "No vence ese día")


def test_a_regional_day_is_entered_only_after_saying_whether_terms_count_it(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], desk: Desk, db: Database
) -> None:
    page = open_page()
    page.tabs.setCurrentWidget(page.holidays)
    values = {"name": "Aniversario", "single_day": date(2024, 8, 28), "scope": "23", "norm": "OR 1-2024"}
    seen = answers(values)
    page.holidays.new_record()
    settle(desk)
    assert "En los plazos" in seen[0].form.fields["suspends"].error
    answers({**values, "suspends": False})
    page.holidays.new_record()
    settle(desk)
    (holiday,) = office.list_holidays(db)
    assert (holiday.scope, holiday.suspends, holiday.entered_by) == ("23", False, "prueba")
    assert "Registró: prueba" in page.holidays.detail.text()


def test_a_day_off_changes_its_form_of_date_is_ended_and_removed(
    open_page: Callable[[], OfficePage],
    answers: Callable[..., Any],
    do: Callable[..., Any],
    desk: Desk,
    db: Database,
) -> None:
    do(office.add_holiday, holiday=Holiday("Aniversario", single_day=date(2024, 8, 28)))
    page = open_page()
    page.tabs.setCurrentWidget(page.holidays)
    seen = answers({"way": "yearly", "day": 28, "month": 8})
    page.holidays.edit_action.trigger()
    settle(desk)
    assert seen[0].form.fields["single_day"].isHidden()
    (holiday,) = office.list_holidays(db)
    assert (holiday.month, holiday.day, holiday.single_day) == (8, 28, None)
    answers({"last_day": date(2030, 12, 31)})
    page.holidays.end_action.trigger()
    settle(desk)
    assert office.list_holidays(db)[0].valid_to == date(2030, 12, 31)
    answers({"way": "easter", "easter_offset": -3})
    page.holidays.edit_action.trigger()
    settle(desk)
    assert office.list_holidays(db)[0].easter_offset == -3
    seen = answers({"reason": "Se digitó por error"})
    page.holidays.remove_action.trigger()
    settle(desk)
    assert not seen[-1].primary_button.isDefault()
    assert office.list_holidays(db) == []


def test_a_day_of_the_national_list_is_not_removed(
    open_page: Callable[[], OfficePage],
    answers: Callable[..., Any],
    do: Callable[..., Any],
    desk: Desk,
    db: Database,
) -> None:
    do(office.install_national_data)
    page = open_page()
    seen = answers({"reason": "No gusta"})
    page.holidays.remove_action.trigger()
    settle(desk)
    assert "fin de vigencia" in texts_of_refusal(seen[0])
    assert len(office.list_holidays(db)) > 40


def texts_of_refusal(dialog: FactDialog) -> str:
    return "\n".join(label.text() for label in dialog.form.summary.findChildren(QLabel))


def test_the_verification_of_the_calendar_is_noted(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], desk: Desk
) -> None:
    page = open_page()
    assert "Nadie anotó" in page.holidays.verified.text()
    seen = answers({"until": date(2024, 3, 9)})
    page.holidays.verify_button.click()
    settle(desk)
    assert "aún no llega" in seen[0].form.fields["until"].error
    answers({"until": TODAY})
    page.holidays.verify_button.click()
    settle(desk)
    assert "08/03/2024" in page.holidays.verified.text()


# --- catalogues ---


@pytest.mark.parametrize(
    ("number", "values", "first"),
    [
        (0, {"code": "Ley 1", "title": "Título", "kind": "Ley"}, "Ley 1"),
        (1, {"name": "Comisaría", "siglas": "PNP", "role": "Otro"}, "Otro"),
        (2, {"text": "Año de prueba", "printed": False}, "Año de prueba"),
        (3, {"text": "Leyenda"}, "Leyenda"),
    ],
)
def test_each_list_is_added_to_corrected_and_ended(
    number: int, values: dict[str, Any], first: str, open_page: Callable[[], OfficePage],
    answers: Callable[..., Any], desk: Desk,
) -> None:  # fmt: skip
    page = open_page()
    page.tabs.setCurrentWidget(page.catalogues)
    page.catalogues.chooser.setCurrentIndex(number)
    assert page.table() is page.catalogues.lists[number]
    assert not page.catalogues.edit_action.isEnabled()
    answers(values)
    page.new_record()
    settle(desk)
    table = page.catalogues.lists[number]
    assert column(table, 0) == [first]
    answers({"valid_from": date(2024, 1, 1), **({"trust": "Leído"} if number < 2 else {})})
    page.catalogues.edit_action.trigger()
    settle(desk)
    assert table.selected().valid_from == date(2024, 1, 1)
    answers({"last_day": date(2024, 12, 31)})
    page.catalogues.end_action.trigger()
    settle(desk)
    assert table.selected().valid_to == date(2024, 12, 31)
    assert "del 01/01/2024 al 31/12/2024" in page.catalogues.detail.text()


def test_an_end_before_the_beginning_is_refused_in_its_dialog(
    open_page: Callable[[], OfficePage], answers: Callable[..., Any], do: Callable[..., Any], desk: Desk
) -> None:
    do(office.add_year_name, year_name=YearName("Año de algo", date(2024, 1, 1)))
    page = open_page()
    page.tabs.setCurrentWidget(page.catalogues)
    page.catalogues.chooser.setCurrentIndex(2)
    seen = answers({"last_day": date(2023, 1, 1)})
    page.catalogues.end_action.trigger()
    settle(desk)
    assert isinstance(seen[0], EndDialog)
    assert "antes de empezar" in seen[0].form.fields["last_day"].error


# --- the page as a whole ---


def test_search_finds_units_officers_and_norms_and_the_page_opens_them(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], small_office: dict[str, int], desk: Desk
) -> None:
    do(office.install_national_data)
    hits = {text: OfficePage.find_records(desk, text) for text in ("ogaj", "persona uno", "30435")}
    assert [hit.kind for hit in hits["ogaj"]] == ["unit"]
    assert [hit.title for hit in hits["persona uno"]] == ["Ing. PERSONA UNO"]
    assert {hit.kind for hit in hits["30435"]} == {"norm"}
    page = open_page()
    page.show_record("unit", small_office["OGAJ"])
    assert page.tabs.currentWidget() is page.units
    assert page.units.units.selected().siglas == "OGAJ"
    norm = hits["30435"][0]
    page.show_record("norm", norm.record_id)
    assert page.catalogues.table().selected().code == norm.title
    page.show_record("office", 1)
    assert page.tabs.currentWidget() is page.catalogues


def test_a_record_asked_for_before_the_lists_are_there_is_shown_when_they_come(
    qtbot: QtBot, small_office: dict[str, int], desk: Desk
) -> None:
    page = OfficePage(desk)
    qtbot.addWidget(page)
    assert page.next_step() is None
    page.show_record("unit", small_office["OGAJ"])
    settle(desk)
    assert page.units.units.selected().siglas == "OGAJ"


def test_each_tab_offers_its_own_actions_and_needs_a_row_for_some(
    qtbot: QtBot, open_page: Callable[[], OfficePage]
) -> None:
    page = open_page()
    assert [action.text() for action in page.page_actions()] == ["&Editar datos"]
    assert page.table() is None
    assert not page.new_record()
    with qtbot.waitSignal(page.actions_changed):
        page.tabs.setCurrentWidget(page.units)
    assert [action.isEnabled() for action in page.page_actions()] == [True, False, False, False]
    for action in page.page_actions()[1:]:
        assert action in page.units.units.menu_actions


def test_without_a_chosen_row_nothing_opens(
    open_page: Callable[[], OfficePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FactDialog, "exec", lambda _dialog: pytest.fail("a dialog opened"))
    page = open_page()
    for tab in (page.units, page.officers, page.holidays, page.catalogues):
        for action in tab.actions_shown[1:]:
            action.setEnabled(True)
            action.trigger()


def test_leaving_a_dialog_stores_nothing(
    open_page: Callable[[], OfficePage], small_office: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FactDialog, "exec", lambda _dialog: 0)
    page = open_page()
    page.units.edit_action.trigger()
    page.units.new_record()
    settle(desk)
    assert [unit.siglas for unit in office.list_units(desk.db, TODAY)] == ["GM", "OGAJ"]


def test_enter_on_a_row_opens_it(
    qtbot: QtBot, open_page: Callable[[], OfficePage], small_office: Any, answers: Callable[..., Any], desk: Desk,
    db: Database,
) -> None:  # fmt: skip
    page = open_page()
    page.tabs.setCurrentWidget(page.units)
    answers({"name": "Gerencia General"})
    page.units.units.view.setFocus()
    qtbot.keyClick(page.units.units.view, Qt.Key.Key_Return)
    settle(desk)
    assert office.load_unit(db, small_office["GM"], TODAY).name == "Gerencia General"


def test_the_lists_keep_qts_rules(
    open_page: Callable[[], OfficePage], do: Callable[..., Any], small_office: Any, qtmodeltester: ModelTester
) -> None:
    do(office.install_national_data)
    page = open_page()
    for table in (page.units.units, page.units.names, page.officers.officers, page.holidays.holidays):
        qtmodeltester.check(table.model)
    for number in range(6):
        page.holidays.holidays.sort_by(number)
    page.units.units.sort_by(2)


def test_hostile_text_is_shown_as_it_was_typed(
    open_page: Callable[[], OfficePage], do: Callable[..., Any]
) -> None:
    do(office.save_municipality, municipality=replace(TACNA, name="<b>Muni & Cía</b>"), expected_version=0)
    do(office.add_unit, unit=Unit("<script>alert(1)</script>", "GM"))
    page = open_page()
    assert "<b>Muni & Cía</b>" in texts(page.municipality)
    assert column(page.units.units, 0) == ["<script>alert(1)</script>"]
    assert page.municipality._values["name"].textFormat() is Qt.TextFormat.PlainText
