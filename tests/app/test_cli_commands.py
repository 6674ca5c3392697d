"""Each command on the practice office but those that sign: its JSON, its exit code, what it writes, how it refuses."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from command_line import NUMBER, Command

from sisfoh_desktop.app import cli
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.rendering import page_count
from sisfoh_desktop.modules.office import service as office


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("práctica")
    assert cli.main(["practica", str(folder)]) == 0
    return folder


@pytest.fixture
def base(template: Path, tmp_path: Path) -> Path:
    """A practice office of this test's own."""
    shutil.copytree(template, tmp_path / "oficina")
    return tmp_path / "oficina" / "practica.db"


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


# --- practica


def test_practica_tells_what_it_made_and_does_not_overwrite(run: Command, tmp_path: Path) -> None:
    values = run.json("practica", tmp_path / "o")
    assert values == {"base": str(tmp_path / "o" / "practica.db"), "plans": 1, "documents": 9, "duties": 20}
    assert run("practica", tmp_path / "o") == 4
    assert "Ya hay una oficina de práctica" in run.err
    assert run.out == ""
    assert run("practica", tmp_path / "o", "--reemplazar") == 0
    assert "espera sus seis firmas" in run.out


# --- informe


def test_informe_resolucion_gives_the_bytes_of_the_archive(run: Command, base: Path, tmp_path: Path) -> None:
    output = tmp_path / "R.pdf"
    values = run.json("--base", base, "informe", "resolucion", "--numero", NUMBER, "-o", output)
    data = output.read_bytes()
    assert values == {
        "file": str(output),
        "pages": page_count(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    kept = base.parent / "archivo" / values["sha256"][:2] / values["sha256"]
    assert kept.read_bytes() == data


def test_informe_resolucion_refuses_what_is_not_frozen(run: Command, base: Path, tmp_path: Path) -> None:
    output = tmp_path / "R.pdf"
    assert run("informe", "resolucion", "--base", base, "--numero", "092-2024-GM/MPT", "-o", output) == 3
    assert "No hay ninguna resolución congelada con el número 092-2024-GM/MPT" in run.err
    assert run("informe", "resolucion", "--base", base, "-o", output) == 2
    assert "--numero" in run.err
    assert not output.exists()


def test_informe_resolucion_proyecto(run: Command, base: Path, tmp_path: Path) -> None:
    draft, act = tmp_path / "D.pdf", tmp_path / "N.pdf"
    assert run.json("informe", "resolucion", "--base", base, "--proyecto", "-o", draft)["pages"] > 4
    assert "____-2024-GM/MPT" in _text(draft)
    assert run("informe", "resolucion", "--base", base, "--numero", NUMBER, "--proyecto", "-o", act) == 0
    assert act.read_bytes() != draft.read_bytes()
    assert run("informe", "resolucion", "--base", base, "--numero", "777", "--proyecto", "-o", draft) == 3
    assert "No hay ningún borrador" in run.err


def test_informe_anexo01(run: Command, base: Path, tmp_path: Path) -> None:
    values = run.json("informe", "anexo01", "--plan", 1, "-o", tmp_path / "A.pdf", "--base", base)
    assert values["pages"] == 2
    assert run("informe", "anexo01", "--plan", 99, "-o", tmp_path / "B.pdf", "--base", base) == 3
    assert not (tmp_path / "B.pdf").exists()


def test_a_place_that_cannot_be_written_is_told(run: Command, base: Path, tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("", encoding="utf-8")
    target = tmp_path / "ocupado" / "R.pdf"
    assert run("informe", "resolucion", "--base", base, "--numero", NUMBER, "-o", target) == 4
    assert "No se pudo guardar «R.pdf»" in run.err


# --- plazo


@pytest.mark.parametrize(
    ("arguments", "last_day"),
    [
        (("--desde", "2024-03-08", "--dias", "3"), "2024-03-13"),
        (("--desde", "08/03/2024", "--dias", "3"), "2024-03-13"),
        (("--desde", "22/07/2026", "--dias", "5", "--desde-notificacion"), "2026-08-03"),
        (("--desde", "01/04/2026", "--dias", "1", "--desde-notificacion"), "2026-04-06"),
        (("--desde", "2024-03-26", "--dias", "3", "--ambito", "230101"), "2024-04-02"),
    ],
)
def test_plazo(run: Command, arguments: tuple[str, ...], last_day: str) -> None:
    assert run.json("plazo", *arguments)["last_day"] == last_day


def test_plazo_says_why_days_are_skipped(run: Command) -> None:
    values = run.json("plazo", "--desde", "2024-03-08", "--dias", "3")
    assert values["skipped"] == [
        {"day": "2024-03-09", "reason": "sábado"},
        {"day": "2024-03-10", "reason": "domingo"},
    ]
    assert run("plazo", "--desde", "2024-03-08", "--dias", "1") == 0
    assert "El plazo de 1 día hábil desde el 08/03/2024 vence el lunes 11/03/2024." in run.out


def test_plazo_uses_the_days_off_of_the_base(run: Command, base: Path) -> None:
    assert (
        run.json("plazo", "--base", base, "--desde", "2024-03-08", "--dias", "3")["last_day"] == "2024-03-13"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--desde", "2024-03-08", "--dias=-1"), 3),
        (("--desde", "2024-03-08", "--dias", "99999999"), 3),
        (("--desde", "2024-03-08", "--dias", "3", "--ambito", "Tacna"), 2),
        (("--desde", "ayer", "--dias", "3"), 2),
    ],
)
def test_plazo_refuses(run: Command, arguments: tuple[str, ...], code: int) -> None:
    assert run("plazo", *arguments) == code
    assert run.out == ""
    assert run.err


# --- comprobar and migrar


def test_comprobar_a_sound_base(run: Command, base: Path) -> None:
    values = run.json("comprobar", "--base", base)
    assert values["ok"]
    assert [check["name"] for check in values["checks"] if check["ok"]] == [
        "integridad", "referencias", "auditoría", "libros", "estructura", "usuarios",
        "archivo", "adjuntos", "correlativos",
        "kardex saldos", "kardex libro", "kardex numeración",
        "poi versiones", "poi seguimiento", "poi importaciones", "poi informes",
        "entregas de cargo",
    ]  # fmt: skip


def test_comprobar_finds_a_changed_paper(run: Command, base: Path) -> None:
    paper = next(path for path in (base.parent / "archivo").rglob("*") if path.is_file())
    paper.write_bytes(paper.read_bytes() + b" ")
    values = run.json("comprobar", "--base", base, code=4)
    assert not values["ok"]
    assert [check["name"] for check in values["checks"] if not check["ok"]] == ["archivo"]
    assert run("comprobar", "--base", base) == 4
    assert "FALLA" in run.out
    assert "no se cambió nada" in run.err


def test_comprobar_uses_the_base_of_this_pc(run: Command, base: Path) -> None:
    from sisfoh_desktop.basics.settings import PcSettings

    PcSettings(database=str(base)).save()
    assert run.json("comprobar")["ok"]


def test_migrar_a_base_that_is_up_to_date(run: Command, base: Path) -> None:
    values = run.json("migrar", "--base", base)
    assert values["from"] == values["to"]
    assert values["copy"] is None
    assert run("migrar", "--base", base) == 0
    assert "no hizo falta" in run.out


def test_migrar_an_older_base_makes_a_copy_first(run: Command, tmp_path: Path) -> None:
    from sisfoh_desktop.db.engine import target_url
    from sisfoh_desktop.db.migrate import downgrade

    old = tmp_path / "vieja.db"
    Database.create(old).close()
    downgrade(target_url(old), "0001")
    assert run("comprobar", "--base", old) == 4
    assert "migrar" in run.err
    values = run.json("migrar", "--base", old)
    assert values["from"] == "0001"
    assert values["to"] > "0001"
    assert Path(values["copy"]).is_file()
    assert run("comprobar", "--base", old) == 0
    db = Database.open(old)
    terms = office.list_terms(db)
    db.close()
    assert {term.key for term in terms} >= {"report", "remission"}


@pytest.mark.parametrize("command", ["comprobar", "migrar"])
def test_a_file_that_is_no_base(run: Command, tmp_path: Path, command: str) -> None:
    other = tmp_path / "otro.db"
    other.write_text("no soy una base", encoding="utf-8")
    assert run(command, "--base", other) == 4
    assert "no es una base de SISFOH Desktop" in run.err
    assert run(command, "--base", "mysql://servidor/base") == 4


def test_commands_never_load_qt(base: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from sisfoh_desktop.app import cli\n"
        f"cli.main(['informe', 'anexo01', '--plan', '1', '-o', {str(tmp_path / 'A.pdf')!r}, '--base', {str(base)!r}])\n"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
