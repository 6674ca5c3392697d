"""Usage of the command line: help, mistakes and exit codes, always in Spanish and without Qt or heavy parts."""

import json
import os
import subprocess
import sys

import pytest

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError

COMMANDS = ["practica", "informe", "importar", "firmar", "verificar", "plazo", "comprobar", "migrar"]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """A PC on which nothing was chosen yet."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))


def test_help_names_every_command_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--ayuda"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in shown] == []
    assert "Uso: sisfoh-desktop" in shown
    assert [word for word in ("usage", "options", "positional", "show this") if word in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "-h"]) == 0
    shown = capsys.readouterr().out
    assert "Uso: " in shown
    assert "usage" not in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Falta indicar ORDEN"),
        (["inventada"], "'inventada' no sirve como ORDEN; puede ser 'practica'"),
        (["practica"], "Falta indicar CARPETA"),
        (["plazo", "--dias", "3"], "Falta indicar --desde"),
        (["plazo", "--desde"], "Falta el valor de --desde"),
        (["plazo", "--desde", "31/02/2024", "--dias", "3"], "No existe el 31/02/2024"),
        (["plazo", "--desde", "2024-03-08", "--dias", "tres"], "«tres» no es un número entero"),
        (["informe"], "Falta indicar PAPEL"),
        (["importar"], "Falta indicar QUÉ"),
        (["importar", "kardex"], "Falta indicar F"),
        (["informe", "kardex", "-o", "F.pdf"], "Falta indicar --tipo"),
        (["informe", "resolucion", "--numero", "1"], "Falta indicar -o"),
        (["informe", "anexo01", "--plan", "x", "-o", "F.pdf"], "«x» no es un número entero"),
        (["comprobar", "--rapido"], "No se reconoce «--rapido»"),
        (["comprobar", "--json=1"], "--json no lleva valor"),
        (["firmar", "E.pdf", "--motivo", "M", "--campo", "C", "-o", "S.pdf"], "--p12 --pkcs11"),
        (["firmar", "E.pdf", "--p12", "a", "--pkcs11", "b", "--motivo", "M"], "no va junto con"),
        (["comprobar"], "este equipo no tiene una elegida"),
    ],
)
def test_mistakes_are_told_in_spanish(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert len(err.strip().splitlines()) == 1
    english = ("required", "argument", "invalid", "choice", "expected", "Traceback", "error:")
    assert [word for word in english if word in err] == []


def test_a_mistake_with_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--json", "plazo"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"] == err.strip()


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (RuleError("some_rule", "La oficina dijo no."), 3, "La oficina dijo no."),
        (DatabaseUnavailable("La base no respondió."), 4, "La base no respondió."),
        (KeyboardInterrupt(), 4, "Se interrumpió la orden"),
        (ZeroDivisionError("12345678"), 4, "El programa encontró un error propio"),
    ],
)
def test_each_family_of_error_has_its_code(
    error: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("sisfoh_desktop.app.cli_base.run_plazo", fail)
    assert cli.main(["plazo", "--desde", "hoy", "--dias", "3"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_base_may_stand_before_or_after_the_command(capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    missing = str(tmp_path / "no-hay.db")
    assert cli.main(["--base", missing, "comprobar"]) == 4
    assert "No existe la base no-hay.db" in capsys.readouterr().err
    assert cli.main(["comprobar", "--base", missing]) == 4
    assert "No existe la base no-hay.db" in capsys.readouterr().err


def test_start_and_mistakes_load_nothing_heavy() -> None:
    heavy = ["PySide6", "sqlalchemy", "reportlab", "pyhanko", "openpyxl", "alembic", "pypdfium2", "pikepdf"]
    program = (
        "import sys; from sisfoh_desktop.app import cli; "
        "cli.main(['plazo', '--dias']); cli.main(['--ayuda']); "
        f"print('CARGADO', [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "CARGADO []"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way there")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = "import sys; from sisfoh_desktop.app import cli; sys.exit(cli.main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "plazo", "--desde", "2024-03-08", "--dias", "3"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
