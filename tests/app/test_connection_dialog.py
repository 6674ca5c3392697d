"""Which base: practice, a new file, an old one, the server; nothing typed is lost and no password is kept."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit

from sisfoh_desktop.app import connection_dialog, wiring
from sisfoh_desktop.app.connection_dialog import NEW_FILE, OLD_FILE, PRACTICE, SERVER, ConnectionDialog
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.settings import PcSettings


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
    dialog.forms[NEW_FILE].fields["path"].set_value(str(tmp_path / "nueva"))
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
    dialog.forms[OLD_FILE].fields["path"].set_value(str(path))
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
    dialog.forms[OLD_FILE].fields["path"].set_value(str(tmp_path / "no.db"))
    submit(dialog, tasks)
    assert dialog.isVisible()
    assert "No existe la base no.db" in dialog.banner.label.text()
    assert dialog.forms[OLD_FILE].value("path") == str(tmp_path / "no.db")
    assert dialog.primary_button.isEnabled()


def test_a_file_that_is_no_base_is_refused(make, tasks, tmp_path):
    path = tmp_path / "carta.db"
    path.write_bytes(b"Estimado")
    dialog = make()
    dialog.choose(OLD_FILE)
    dialog.forms[OLD_FILE].fields["path"].set_value(str(path))
    submit(dialog, tasks)
    assert "no es una base" in dialog.banner.label.text()
    assert path.read_bytes() == b"Estimado"


def test_a_base_on_a_network_share_is_refused(make, tasks, template_base, monkeypatch):
    from sisfoh_desktop.db import engine

    monkeypatch.setattr(engine, "on_network_share", lambda _path: True)
    dialog = make()
    dialog.choose(OLD_FILE)
    dialog.forms[OLD_FILE].fields["path"].set_value(str(template_base))
    submit(dialog, tasks)
    assert "carpeta de red" in dialog.banner.label.text()


def test_the_server_is_asked_with_the_password_and_the_password_is_not_kept(
    make, tasks, tmp_path, monkeypatch
):
    asked: list[dict[str, object]] = []

    def refuse(target: str, **more: object):
        asked.append({"target": target, **more})
        raise DatabaseUnavailable("No se pudo entrar al servidor de la base; no se cambió nada.")

    monkeypatch.setattr(connection_dialog.wiring, "open_base", refuse)
    settings = PcSettings(user="ana")
    dialog = make(settings)
    dialog.choose(SERVER)
    form = dialog.forms[SERVER]
    form.set_values({"url": "postgresql://ule@servidor/sisfoh", "archive_folder": str(tmp_path)})
    form.fields["password"].set_value("clave")
    submit(dialog, tasks)
    assert (asked[0]["target"], asked[0]["password"]) == ("postgresql://ule@servidor/sisfoh", "clave")
    assert form.fields["password"].editor.echoMode() == QLineEdit.EchoMode.Password
    assert "clave" not in repr(settings)
    assert settings.archive_folder == ""  # nothing is kept of a refused connection


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


@pytest.mark.parametrize(
    ("target", "password", "address"),
    [
        (
            "postgresql://ule@servidor:5433/sisfoh",
            "a b@c/",
            "postgresql://ule:a%20b%40c%2F@servidor:5433/sisfoh",
        ),
        ("postgresql://ule@servidor/sisfoh", "", "postgresql://ule@servidor/sisfoh"),
        ("postgresql://servidor/sisfoh", "x", "postgresql://servidor/sisfoh"),
        ("/datos/oficina.db", "x", "/datos/oficina.db"),
    ],
)
def test_the_password_joins_the_address_for_this_run_only(target, password, address):
    assert wiring.with_password(target, password) == address


def test_an_address_with_a_password_is_refused():
    from sisfoh_desktop.basics.errors import RuleError

    with pytest.raises(RuleError) as refused:
        wiring.with_password("postgresql://ule:clave@servidor/sisfoh", "")
    assert refused.value.code == "password_in_address"
    assert "clave" not in refused.value.sentence
