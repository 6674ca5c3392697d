"""The first day stored whole, never twice; left and taken up again."""

import json

from first_day_answers import PASSWORD, fill, standing, toasts
from PIL import Image

from sisfoh_desktop.app import first_day_writing
from sisfoh_desktop.app.connection_dialog import SERVER, ConnectionDialog
from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.modules.people.service import access
from sisfoh_desktop.modules.safekeeping.service import backups

# -- storing ---------------------------------------------------------------------------------------------


def test_all_of_it_is_stored_at_once(assistant, settle):
    window = assistant.parent()
    fill(assistant, settle)
    assistant.try_submit()
    settle()
    found = standing(window)
    assert (found.municipality.short_name, found.municipality.ubigeo.code) == ("MPT", "230101")
    assert {"ALC", "GM", "ULE"} <= {unit.siglas for unit in found.units}
    assert [(one.name, one.position) for one in found.officers] == [
        ("Rosa Quispe Mamani", "Gerente Municipal")
    ]
    assert [one.scope for one in found.holidays if one.name == "Reincorporación"] == ["230101"]
    assert window.first_day.dialog is None
    assert "Se guardó: municipalidad, 10 unidades, 1 responsable, 1 feriado." in toasts(window)


def test_a_lost_server_keeps_everything_and_then_stores_once(assistant, settle, monkeypatch):
    window, true = assistant.parent(), first_day_writing.enter_office
    fill(assistant, settle)

    def lost(*_args, **_named):
        raise DatabaseUnavailable("Se perdió la conexión; lo escrito sigue aquí. Reintente.")

    monkeypatch.setattr(first_day_writing, "enter_office", lost)
    assistant.try_submit()
    settle()
    assert assistant.isVisible()
    assert "Se perdió la conexión" in assistant.banner.label.text()
    monkeypatch.setattr(first_day_writing, "enter_office", true)
    assistant.banner.retry_button.click()
    settle()
    assert standing(window).municipality.name == "Municipalidad Provincial de Tacna"


def test_a_refusal_of_the_base_leads_to_its_page(assistant, settle, monkeypatch):
    fill(assistant, settle)

    def refused(*_args, **_named):
        raise RuleError("siglas_taken", "La sigla GM ya es de otra unidad.")

    monkeypatch.setattr(first_day_writing, "enter_office", refused)
    assistant.try_submit()
    settle()
    assert assistant.page is assistant.units
    assert assistant.units.banner.label.text() == "La sigla GM ya es de otra unidad."


def test_the_first_user_and_the_first_copy(assistant, settle, tmp_path):
    window = assistant.parent()
    fill(assistant, settle)
    assistant.users.choose("several")
    assistant.users.form.fields["name"].set_value("Rosa Quispe Mamani")
    for field in ("password", "again"):
        assistant.users.form.fields[field].set_value(PASSWORD)
    place = tmp_path / "usb"
    place.mkdir()
    assistant.copy.choose(assistant.copy.NOW)
    assistant.copy.form.fields["folder"].set_value(str(place))
    db = window.desk.db
    assistant.try_submit()
    settle()
    from sisfoh_desktop.db.database import allow_current_thread

    allow_current_thread()
    assert access.log_in(db, now=window.clock.now(), login="rmamani", password=PASSWORD).user.roles == (
        "administrator", "ule_head",
    )  # fmt: skip
    (made,) = [line.backup for line in backups.list_backups(db)]
    assert (place / made.file_name).is_file()
    assert made.made_by == "rmamani"
    assert (window.settings.backup_folder, window.settings.backup_on_close) == (str(place), "yes")


def test_a_stick_that_was_pulled_out_costs_the_copy_alone(assistant, settle, tmp_path, monkeypatch):
    window, true = assistant.parent(), first_day_writing.make_copy
    fill(assistant, settle)
    assistant.copy.choose(assistant.copy.NOW)
    assistant.copy.form.fields["folder"].set_value(str(tmp_path))
    written = []
    entering = first_day_writing.enter_office
    monkeypatch.setattr(
        first_day_writing,
        "enter_office",
        lambda *given, **named: written.append(1) or entering(*given, **named),
    )

    def gone(*_args, **_named):
        raise DatabaseUnavailable("No se encuentra la carpeta; no se hizo la copia.")

    monkeypatch.setattr(first_day_writing, "make_copy", gone)
    assistant.try_submit()
    settle()
    assert assistant.page is assistant.copy
    assert "no se hizo la copia" in assistant.banner.label.text()
    assert standing(window).municipality is not None
    monkeypatch.setattr(first_day_writing, "make_copy", true)
    assistant.show_page("review")
    assistant.try_submit()
    settle()
    assert written == [1]
    assert list(tmp_path.glob("respaldo-MPT-*.sisfoh"))
    assert window.first_day.dialog is None


def test_two_different_passwords_are_told_on_their_page(assistant, settle):
    fill(assistant, settle)
    assistant.users.choose("several")
    assistant.users.form.fields["name"].set_value("Rosa Quispe Mamani")
    assistant.users.form.fields["password"].set_value(PASSWORD)
    assistant.users.form.fields["again"].set_value(PASSWORD + "!")
    assistant.try_submit()
    assert assistant.page is assistant.users
    assert "no son iguales" in assistant.users.form.fields["again"].error


# -- left and taken up again -----------------------------------------------------------------------------


def test_left_half_way_it_comes_back_with_what_was_typed(make_window, base, settle, tmp_path):
    window = make_window(base)
    settle()
    window.first_day.open()
    settle()
    dialog = window.first_day.dialog
    Image.new("RGB", (64, 64), "red").save(tmp_path / "escudo.png")
    dialog.letterhead.logo.load(tmp_path / "escudo.png")
    fill(dialog, settle)
    dialog.users.choose("several")
    dialog.users.form.fields["password"].set_value(PASSWORD)
    dialog.show_page("officers")
    dialog.keep()  # two seconds of rest, then the power goes: the window never hears of it
    settle()
    kept = "".join(path.read_text("utf-8") for path in (tmp_path / "datos" / "borradores").rglob("*.json"))
    assert "Rosa Quispe" in kept
    assert PASSWORD not in kept
    window._opened.db.close()
    again = make_window(base)
    settle()
    back = again.first_day.dialog
    assert back is not None
    assert back.page.key == "officers"
    assert back.municipality.code == "230101"
    assert back.letterhead.logo.value() == (tmp_path / "escudo.png").read_bytes()
    assert {row["unit"]: row["name"] for row in back.officers.table.rows()}["GM"] == "Rosa Quispe Mamani"
    assert back.holidays.table.rows()[0]["name"] == "Reincorporación"
    assert back.users.way == "several"
    assert standing(again).municipality is None


def test_killed_after_the_office_was_stored_it_goes_on_with_the_rest(make_window, base, settle, monkeypatch):
    window = make_window(base)
    settle()
    window.first_day.open()
    settle()
    dialog = window.first_day.dialog
    fill(dialog, settle)
    dialog.keep()
    monkeypatch.setattr(dialog, "_save_user", lambda *_args: None)  # here the power goes
    dialog.try_submit()
    settle()
    window._opened.db.close()
    again = make_window(base)
    settle()
    back = again.first_day.dialog
    assert back.units.units() == ()
    assert back.officers.officers() == ()
    assert back.holidays.holidays() == ()
    assert back._entered() == type(back._entered())()
    back.show_page("review")
    back.try_submit()
    settle()
    assert len(standing(again).units) == 10
    assert again.first_day.dialog is None


def test_left_in_the_middle_the_tray_offers_to_go_on_with_it(make_window, base, settle):
    window = make_window(base, PAGES)
    settle()
    tray = window.stack.page
    assert tray.next_step().title == "Complete los datos de la municipalidad"
    window.first_day.open()
    settle()
    window.first_day.dialog.municipality.form.set_values({"short_name": "MPT"})
    window.first_day.dialog.show_page("units")
    window.first_day.dialog.reject()
    settle()
    step = tray.next_step()
    assert (step.title, step.button) == ("Primer día", "Continuar el primer día…")
    step.run()
    settle()
    dialog = window.first_day.dialog
    assert dialog.page.key == "units"
    fill(dialog, settle)
    dialog.try_submit()
    settle()
    assert window.first_day.dialog is None
    assert tray.next_step().button != "Continuar el primer día…"


def test_once_stored_nothing_of_it_stays_on_the_pc(assistant, settle, tmp_path):
    fill(assistant, settle)
    assistant.keep()
    settle()
    assert list((tmp_path / "datos" / "borradores").rglob("*.json"))
    assistant.try_submit()
    settle()
    assert not list((tmp_path / "datos" / "borradores").rglob("*.json"))


def test_a_damaged_draft_is_no_draft(assistant, settle):
    assistant.units.type_again({"rows": "{", "template": "no es"})
    assistant.officers.type_again({"rows": json.dumps([1, 2])})
    assistant.letterhead.logo.type_again("no es base64 ñ")
    assistant.holidays.type_again({"rows": "[" * 100_000})
    assistant.units.type_again({"valid_from": True})
    assert assistant.units.table.rows()
    assert assistant.letterhead.logo.value() is None


def test_what_was_typed_goes_along_to_the_server(assistant, settle, make_window):
    window = assistant.parent()
    fill(assistant, settle)
    assistant.show_page("place")
    assistant.page.server_button.click()
    settle()
    connection = window.findChild(ConnectionDialog)
    assert connection.kind == SERVER
    assert window.first_day._carried is not None
    connection.reject()
    assert window.first_day._carried is None
