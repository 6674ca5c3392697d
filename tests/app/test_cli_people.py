"""The command `usuarios`, and how every other order asks who gives it once a base has users."""

import json
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.modules.people.service import passwords

CLOCK = FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA))
PASSWORD = "tres gatos y un tejado"
NEW_PASSWORD = "chicha morada con limón"


class Terminal:
    """Orders on one base, as somebody; the exit code and the JSON of each."""

    def __init__(self, base: Path, monkeypatch, capsys) -> None:
        self._base, self._monkeypatch, self._capsys = base, monkeypatch, capsys

    def run(self, *arguments, user="", password="", new=""):
        for name, value in (("SISFOH_CLAVE", password), ("SISFOH_CLAVE_NUEVA", new)):
            if value:
                self._monkeypatch.setenv(name, value)
            else:
                self._monkeypatch.delenv(name, raising=False)
        who = ["--usuario", user] if user else []
        code = cli.main([*map(str, arguments), "--base", str(self._base), "--json", *who], clock=CLOCK)
        return code, json.loads(self._capsys.readouterr().out)

    def as_admin(self, *arguments):
        code, told = self.run(*arguments, user="acastro", password=PASSWORD)
        assert code == 0, told
        return told


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def terminal(practice: Path, tmp_path: Path, monkeypatch, capsys) -> Terminal:
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    return Terminal(practice, monkeypatch, capsys)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """With its first administrator."""
    code, _ = terminal.run(
        "usuarios",
        "crear",
        "acastro",
        "--nombre",
        "ANA CASTRO PRUEBA",
        "--rol",
        "administrador",
        new=PASSWORD,
    )
    assert code == 0
    return terminal


def test_the_first_user_is_made_by_whoever_sits_at_the_pc(terminal: Terminal):
    assert terminal.run("usuarios", "listar") == (0, {"users": []})
    first = ("usuarios", "crear", "acastro", "--nombre", "ANA CASTRO PRUEBA", "--rol")
    assert terminal.run(*first, "encargado-del-kardex", new=PASSWORD)[0] == 3
    assert terminal.run(*first, "administrador", new="corta")[0] == 3
    assert terminal.run(*first, "rey", new=PASSWORD)[0] == 3
    assert terminal.run(*first, "administrador")[0] == 2
    code, told = terminal.run(*first, "Administrador", new=PASSWORD)
    assert (code, told["user"]["login"], told["user"]["roles"]) == (0, "acastro", ["administrator"])
    code, told = terminal.run("usuarios", "listar")
    assert code == 2
    assert "--usuario" in told["error"]


def test_a_user_is_made_and_comes_in_by_the_code_on_paper(office: Terminal, tmp_path: Path):
    slip = tmp_path / "clave.pdf"
    made = office.as_admin(
        *("usuarios", "crear", "rquispe", "--nombre", "ROSA QUISPE PRUEBA", "--rol", "encargado-del-kardex"),
        *("--oficina", "ULE", "--hasta", "31/12/2024", "-o", slip),
    )
    assert (made["user"]["valid_to"], made["file"]) == ("2024-12-31", str(slip))
    assert "code" not in made
    document = pypdfium2.PdfDocument(slip.read_bytes())
    words = document[0].get_textpage().get_text_range().split()
    document.close()
    code = next(word for word in words if word.count("-") == 3 and len(word) == 19)
    refused, told = office.run(
        "informe", "kardex", "--tipo", "FSU", "-o", tmp_path / "t.pdf", user="rquispe", password=code
    )
    assert refused == 3
    assert "usuarios clave" in told["error"]
    assert office.run("usuarios", "clave", user="rquispe", password=code, new=NEW_PASSWORD)[0] == 0
    done, _ = office.run(
        "informe", "kardex", "--tipo", "FSU", "-o", tmp_path / "t.pdf", user="rquispe", password=NEW_PASSWORD
    )
    assert done == 0


def test_orders_need_the_right_of_what_they_change(office: Terminal, tmp_path: Path):
    code = office.as_admin("usuarios", "crear", "lector", "--nombre", "LECTOR PRUEBA", "--rol", "consulta")[
        "code"
    ]
    office.run("usuarios", "clave", user="lector", password=code, new=NEW_PASSWORD)
    who = {"user": "lector", "password": NEW_PASSWORD}
    for order in (
        ("usuarios", "listar"),
        ("usuarios", "recuperar", "acastro"),
        ("usuarios", "cesar", "acastro", "--motivo", "Porque sí"),
        ("usuarios", "crear", "otro", "--nombre", "OTRO", "--rol", "administrador"),
    ):
        refused, told = office.run(*order, **who)
        assert refused == 3
        assert "no tiene permiso" in told["error"]
    listed = office.as_admin("usuarios", "listar")["users"]
    assert [(user["login"], user["standing"]) for user in listed] == [
        ("acastro", "may_enter"),
        ("lector", "may_enter"),
    ]


def test_a_wrong_password_says_so_and_nothing_is_done(office: Terminal):
    code, told = office.run("usuarios", "listar", user="acastro", password="no es esta")
    assert code == 3
    assert "no son correctos" in told["error"]


def test_what_keeps_the_base_safe_asks_for_nobody(office: Terminal):
    code, told = office.run("comprobar")
    assert (code, told["ok"]) == (0, True)
    assert office.run("migrar")[0] == 0


def test_corrected_suspended_restored_ended_and_reviewed(office: Terminal):
    office.as_admin("usuarios", "crear", "rquispe", "--nombre", "ROSA QUISPE", "--rol", "firmante")
    changed = office.as_admin("usuarios", "cambiar", "rquispe", "--cargo", "Jefa")["user"]
    assert (changed["position"], changed["name"]) == ("Jefa", "ROSA QUISPE")
    roles = office.as_admin("usuarios", "roles", "rquispe", "--rol", "auditor", "--rol", "consulta")["user"][
        "roles"
    ]
    assert roles == ["auditor", "reader"]
    for order, state in (("suspender", "suspended"), ("restablecer", "active"), ("cesar", "left")):
        told = office.as_admin("usuarios", order, "rquispe", "--motivo", "Prueba")
        assert told["user"]["state"] == state
    shown = office.as_admin("usuarios", "revisar")
    assert (shown["review"], [line["login"] for line in shown["lines"]]) == (None, ["acastro"])
    recorded = office.as_admin("usuarios", "revisar", "--registrar", "--nota", "Sin observaciones")
    assert (recorded["review"], recorded["due"]) == (1, "2024-09-12")


def test_a_review_may_end_an_access(office: Terminal):
    office.as_admin("usuarios", "crear", "rquispe", "--nombre", "ROSA QUISPE", "--rol", "firmante")
    assert office.run("usuarios", "revisar", "--cesar", "nadie=X", user="acastro", password=PASSWORD)[0] == 2
    office.as_admin("usuarios", "revisar", "--registrar", "--cesar", "rquispe=Fin de contrato")
    (_, rosa) = office.as_admin("usuarios", "listar")["users"]
    assert rosa["state"] == "left"


def test_unknown_users_and_empty_corrections_are_told(office: Terminal):
    who = {"user": "acastro", "password": PASSWORD}
    assert office.run("usuarios", "suspender", "nadie", "--motivo", "X", **who)[0] == 3
    assert office.run("usuarios", "cambiar", "acastro", **who)[0] == 2


def test_the_roles_that_there_are(terminal: Terminal):
    code, told = terminal.run("usuarios", "roles")
    words = [role["role"] for role in told["roles"]]
    assert code == 0
    assert {"administrador", "responsable-de-la-ule", "encargado-del-kardex", "consulta"} <= set(words)


def test_the_only_administrator_who_forgot_comes_in_by_the_sheet(terminal: Terminal, tmp_path: Path):
    first = ("usuarios", "crear", "acastro", "--nombre", "ANA CASTRO PRUEBA", "--rol", "administrador")
    paper = tmp_path / "hoja.pdf"
    code, told = terminal.run(*first, "-o", paper, new=PASSWORD)
    assert (code, told["file"]) == (0, str(paper))
    document = pypdfium2.PdfDocument(paper.read_bytes())
    words = document[0].get_textpage().get_text_range().split()
    document.close()
    printed = next(word for word in words if word.count("-") == 3 and len(word) == 19)
    by_sheet = ("usuarios", "clave", "--hoja")
    assert terminal.run(*by_sheet, user="acastro", password="0000-0000", new=NEW_PASSWORD)[0] == 3
    assert terminal.run(*by_sheet, user="acastro", password=printed, new=NEW_PASSWORD)[0] == 0
    assert terminal.run(*by_sheet, user="acastro", password=printed, new=PASSWORD)[0] == 3
    assert terminal.run("usuarios", "listar", user="acastro", password=NEW_PASSWORD)[0] == 0
    code, told = terminal.run("usuarios", "hoja", user="acastro", password=NEW_PASSWORD)
    assert (code, len(told["code"])) == (0, 19)
    assert terminal.run(*by_sheet, user="acastro", password=told["code"], new=PASSWORD)[0] == 0


def test_only_who_administers_has_a_sheet(office: Terminal):
    code = office.as_admin("usuarios", "crear", "lector", "--nombre", "LECTOR PRUEBA", "--rol", "consulta")[
        "code"
    ]
    assert office.run("usuarios", "clave", user="lector", password=code, new=NEW_PASSWORD)[0] == 0
    refused, told = office.run("usuarios", "hoja", user="lector", password=NEW_PASSWORD)
    assert (refused, "error" in told) == (3, True)
