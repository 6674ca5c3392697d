"""Which base: practice, a new file, an old one, the server; nothing typed is lost and no password is kept."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit

from sisfoh_desktop.app import connection_dialog, wiring
from sisfoh_desktop.app.connection_dialog import NEW_FILE, OLD_FILE, PRACTICE, SERVER, ConnectionDialog
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.server import Security
from sisfoh_desktop.db.server_steps import STEPS


@pytest.fixture
def make(qtbot, tasks, clock):
    made: list[ConnectionDialog] = []

    def build(settings: PcSettings | None = None, sentence: str = "") -> ConnectionDialog:
        dialog = ConnectionDialog(
            tasks=tasks, settings=settings or PcSettings(user="ana"), clock=clock, sentence=sentence
        )
        made.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield build
    for dialog in made:
        if dialog.opened is not None:
            dialog.opened.db.close()


def submit(dialog: ConnectionDialog, tasks) -> None:
    dialog.try_submit()
    tasks.wait_idle()


def test_a_fresh_pc_is_offered_the_practice_first(make):
    assert make().kind == PRACTICE


def test_a_new_base_is_made_with_the_national_data(make, tasks, tmp_path):
    dialog = make()
    dialog.choose(NEW_FILE)
    dialog.file_forms[NEW_FILE].fields["path"].set_value(str(tmp_path / "nueva"))
    submit(dialog, tasks)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.opened.target == str(tmp_path / "nueva.db")
    assert not dialog.opened.practice
    from sisfoh_desktop.modules.office import service as office

    assert office.list_holidays(dialog.opened.db)


def test_the_usual_folder_is_made_when_it_is_not_there(make, tasks, own_folder):
    dialog = make()
    dialog.choose(NEW_FILE)
    submit(dialog, tasks)
    assert dialog.opened.db.path == own_folder / "oficina.db"


def test_an_existing_base_is_opened_and_the_person_remembered(make, tasks, template_base, tmp_path):
    path = tmp_path / "vieja.db"
    shutil.copyfile(template_base, path)
    settings = PcSettings()
    dialog = make(settings)
    dialog.choose(OLD_FILE)
    dialog.file_forms[OLD_FILE].fields["path"].set_value(str(path))
    dialog.person.set_values({"user": "rosa", "office": "OGAJ"})
    submit(dialog, tasks)
    assert dialog.opened.label == "vieja.db"
    assert (settings.user, settings.office) == ("rosa", "OGAJ")


def test_the_practice_is_made_the_first_time_and_opened_the_second(
    make, tasks, practice, own_folder, monkeypatch
):
    from sisfoh_desktop.app import practice as practice_module

    made: list[Path] = []

    def create(folder: Path):
        made.append(folder)
        shutil.copytree(practice.parent, folder)
        return type("Summary", (), {"base": folder / "practica.db"})

    monkeypatch.setattr(practice_module, "create_practice", create)
    for _ in range(2):
        dialog = make()
        submit(dialog, tasks)
        assert dialog.opened.practice
    assert made == [own_folder / "practica"]


def test_a_refusal_stays_in_the_dialog_with_what_was_typed(make, tasks, tmp_path):
    dialog = make()
    dialog.choose(OLD_FILE)
    dialog.file_forms[OLD_FILE].fields["path"].set_value(str(tmp_path / "no.db"))
    submit(dialog, tasks)
    assert dialog.isVisible()
    assert "No existe la base no.db" in dialog.banner.label.text()
    assert dialog.file_forms[OLD_FILE].value("path") == str(tmp_path / "no.db")
    assert dialog.primary_button.isEnabled()


def test_a_file_that_is_no_base_is_refused(make, tasks, tmp_path):
    path = tmp_path / "carta.db"
    path.write_bytes(b"Estimado")
    dialog = make()
    dialog.choose(OLD_FILE)
    dialog.file_forms[OLD_FILE].fields["path"].set_value(str(path))
    submit(dialog, tasks)
    assert "no es una base" in dialog.banner.label.text()
    assert path.read_bytes() == b"Estimado"


def test_a_base_on_a_network_share_is_refused(make, tasks, template_base, monkeypatch):
    from sisfoh_desktop.db import engine

    monkeypatch.setattr(engine, "on_network_share", lambda _path: True)
    dialog = make()
    dialog.choose(OLD_FILE)
    dialog.file_forms[OLD_FILE].fields["path"].set_value(str(template_base))
    submit(dialog, tasks)
    assert "carpeta de red" in dialog.banner.label.text()


SERVER_VALUES = {
    "host": "servidor.lan",
    "port": "5433",
    "base": "sisfoh",
    "user": "ule",
    "security": Security.REQUIRE,
}
TARGET = "postgresql://ule@servidor.lan:5433/sisfoh?sslmode=require"
SECRET = ("SISFOH Desktop", "servidor ule@servidor.lan:5433/sisfoh")


@pytest.fixture
def server_opens(monkeypatch, db, archive):
    """The server lets in, whoever asks; gives what it was asked with."""
    asked: list[dict[str, object]] = []

    def open_base(target: str, **more: object) -> wiring.OpenedBase:
        asked.append({"target": target, **more})
        return wiring.OpenedBase(db, archive, target, "sisfoh en servidor.lan", False, False)

    monkeypatch.setattr(connection_dialog.wiring, "open_base", open_base)
    return asked


def server_dialog(make, tmp_path, settings=None, **values) -> ConnectionDialog:
    dialog = make(settings or PcSettings(user="ana"))
    dialog.choose(SERVER)
    dialog.server.form.set_values(
        {**SERVER_VALUES, "archive_folder": str(tmp_path), "password": "clave larga", **values}
    )
    return dialog


def test_a_refused_server_keeps_what_was_typed_and_remembers_nothing(
    make, tasks, tmp_path, monkeypatch, memory_keyring
):
    asked: list[dict[str, object]] = []

    def refuse(target: str, **more: object):
        asked.append({"target": target, **more})
        raise DatabaseUnavailable("No se pudo entrar al servidor de la base; no se cambió nada.")

    monkeypatch.setattr(connection_dialog.wiring, "open_base", refuse)
    settings = PcSettings(user="ana")
    dialog = server_dialog(make, tmp_path, settings)
    submit(dialog, tasks)
    assert (asked[0]["target"], asked[0]["password"]) == (TARGET, "clave larga")
    assert dialog.server.password.editor.echoMode() == QLineEdit.EchoMode.Password
    assert dialog.server.password.value() == "clave larga"
    assert "clave larga" not in repr(settings)
    assert settings.archive_folder == ""
    assert memory_keyring == {}


def test_the_password_goes_to_the_keyring_alone(
    make, tasks, tmp_path, own_folder, server_opens, memory_keyring
):
    settings = PcSettings(user="ana")
    dialog = server_dialog(make, tmp_path, settings)
    submit(dialog, tasks)
    assert dialog.opened.target == TARGET
    assert memory_keyring == {SECRET: "clave larga"}
    assert settings.archive_folder == str(tmp_path)
    settings.database = dialog.opened.target
    settings.save()
    written = "".join(path.read_text() for path in own_folder.rglob("*") if path.is_file())
    assert "servidor.lan" in written
    assert "clave larga" not in written
    assert dialog.server.password.raw() == ""


def test_a_person_who_does_not_want_it_kept_is_asked_each_time(
    make, tasks, tmp_path, server_opens, memory_keyring
):
    memory_keyring[SECRET] = "la de antes"
    dialog = server_dialog(make, tmp_path, remember=False)
    submit(dialog, tasks)
    assert dialog.opened is not None
    assert memory_keyring == {}


def test_without_a_keyring_it_says_so_and_still_opens(make, tasks, tmp_path, server_opens):
    dialog = server_dialog(make, tmp_path)
    remember = dialog.server.form.fields["remember"]
    assert not remember.editor.isEnabled()
    assert "se pedirá cada vez" in remember.hint_label.text()
    submit(dialog, tasks)
    assert dialog.opened is not None


def test_the_kept_password_opens_the_base_again(monkeypatch, memory_keyring):
    memory_keyring[SECRET] = "clave"
    settings = PcSettings(server_certificate="/d/ca.crt")
    assert wiring.reachable(TARGET, settings=settings) == TARGET.replace("ule@", "ule:clave@")
    memory_keyring.clear()
    assert wiring.reachable(TARGET, settings=settings) == TARGET
    monkeypatch.setenv("SISFOH_CLAVE_SERVIDOR", "otra")
    assert wiring.reachable(TARGET, settings=settings) == TARGET.replace("ule@", "ule:otra@")
    assert wiring.reachable("/d/oficina.db", settings=settings) == "/d/oficina.db"


def test_what_this_pc_remembers_stands_in_the_form(make):
    settings = PcSettings(
        database="postgresql://ule@servidor.lan:5433/sisfoh?sslmode=verify-full",
        archive_folder="/red/archivo",
        server_certificate="/d/ca.crt",
    )
    form = make(settings, "No se pudo entrar al servidor.").server.form
    shown = {name: form.value(name) for name in ("host", "port", "base", "user", "certificate")}
    assert shown == {
        "host": "servidor.lan",
        "port": "5433",
        "base": "sisfoh",
        "user": "ule",
        "certificate": "/d/ca.crt",
    }
    assert form.value("security") is Security.VERIFY_FULL


def test_each_security_explains_itself_and_asks_for_what_it_needs(make, tasks, tmp_path):
    dialog = server_dialog(make, tmp_path, security=Security.VERIFY_FULL)
    fields = dialog.server.form.fields
    submit(dialog, tasks)
    assert fields["certificate"].error
    told = set()
    for security in Security:
        fields["security"].set_value(security)
        told.add(fields["security"].hint_label.text())
        assert fields["certificate"].isVisible() == (security is Security.VERIFY_FULL)
    assert len(told) == 3
    assert "" not in told


@pytest.mark.parametrize("port", ["0", "65536", "cinco", "-1", "٥٤٣٢"])
def test_a_port_that_is_none(make, tasks, tmp_path, port):
    dialog = server_dialog(make, tmp_path, port=port)
    submit(dialog, tasks)
    assert "5432" in dialog.server.form.fields["port"].error


def test_the_trial_shows_each_step_with_its_sentence(make, tasks, tmp_path):
    dialog = server_dialog(make, tmp_path, host="no-existe.invalid")
    dialog.server.try_button.click()
    assert not dialog.server.try_button.isEnabled()
    tasks.wait_idle()
    steps = dialog.server.steps
    assert list(steps.steps) == list(STEPS)
    assert steps.failed.key == "name"
    assert "no-existe.invalid" in steps.failed.sentence
    assert steps.steps["login"].state == "skipped"
    assert steps.steps["archive"].state == "ok"
    assert dialog.server.try_button.isEnabled()
    dialog.server.try_button.click()
    tasks.wait_idle()
    assert len(steps.steps) == len(STEPS), "a second trial starts anew"


@pytest.mark.postgresql
def test_the_whole_way_into_a_real_server(make, tasks, tmp_path, postgres, postgres_db):
    settings = PcSettings(user="ana")
    dialog = server_dialog(
        make,
        tmp_path,
        settings,
        host="127.0.0.1",
        port=str(postgres.port),
        base=str(postgres_db.url.database),
        user="postgres",
        security=Security.DISABLE,
    )
    dialog.server.try_button.click()
    tasks.wait_idle()
    assert dialog.server.steps.failed is None
    submit(dialog, tasks)
    assert dialog.opened.label == f"{postgres_db.url.database} en 127.0.0.1"
    assert not dialog.opened.local


def test_missing_answers_are_said_under_their_field(make, tasks):
    dialog = make()
    dialog.choose(SERVER)
    dialog.person.fields["user"].set_value("")
    submit(dialog, tasks)
    assert dialog.person.fields["user"].error
    assert dialog.opened is None


def test_why_it_asks_stands_on_top(make):
    dialog = make(PcSettings(database="postgresql://ule@servidor/sisfoh"), "La base no responde.")
    assert dialog.kind == SERVER
    assert dialog.banner.label.text() == "La base no responde."


def test_each_way_explains_itself(make):
    dialog = make()
    for button in dialog.choices.values():
        assert button.accessibleDescription()
