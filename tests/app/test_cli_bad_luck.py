"""The command line in unlucky hands: outputs that would destroy something, streams that are gone, damaged bases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite
from synthetic_pki import PASSWORD, SyntheticPki

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.papers import service as papers

NUMBER = "091-2024-GM/MPT"
SIGNER = ("QUISPE ÑAUPARI JUAN JOSÉ", "40000001")
PROGRAM = "import sys; from sisfoh_desktop.app import cli; sys.exit(cli.main(sys.argv[1:]))"
TERM = ("plazo", "--desde", "2024-03-08", "--dias", "3")


class Command:
    """Runs a command in this process and gives back what a shell would see."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""
        self.out = ""

    def __call__(self, *arguments: object) -> int:
        code = cli.main([str(argument) for argument in arguments])
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        assert "error propio" not in self.err
        return code

    def json(self, *arguments: object, code: int) -> dict[str, Any]:
        assert self(*arguments, "--json") == code, self.err
        values: dict[str, Any] = json.loads(self.out)
        return values


@pytest.fixture(autouse=True)
def _own_pc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    monkeypatch.setenv("SISFOH_P12_CLAVE", PASSWORD)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def frozen(run: Command, practice: Path, tmp_path: Path) -> Path:
    assert run("informe", "resolucion", "--base", practice, "--numero", NUMBER, "-o", tmp_path / "R.pdf") == 0
    return tmp_path / "R.pdf"


@pytest.fixture
def certificate(pki: SyntheticPki, tmp_path: Path) -> Path:
    path = tmp_path / "firmante.p12"
    path.write_bytes(pki.person(*SIGNER))
    return path


def _sign(run: Command, source: Path, certificate: Path, target: object, *, reason: str = "Doy V° B°") -> int:
    means = ("--p12", certificate, "--campo", "VB1_OGAJ")
    return run("firmar", source, *means, "--motivo", reason, "-o", target)


# --- outputs


def test_an_output_never_replaces_what_is_no_pdf(
    run: Command, practice: Path, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "carta.docx"
    letter.write_bytes(b"PK\x03\x04 una carta")
    for target in (certificate, practice, letter):
        before = target.read_bytes()
        assert _sign(run, frozen, certificate, target) == 2
        assert "no se reemplazó" in run.err or "la orden lee" in run.err
        assert run("informe", "anexo01", "--plan", 1, "--base", practice, "-o", target) == 2
        assert target.read_bytes() == before


def test_the_file_that_is_signed_is_not_the_one_written(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    before = frozen.read_bytes()
    link = tmp_path / "enlace.pdf"
    os.link(frozen, link)
    for target in (frozen, tmp_path / "." / "R.pdf", link):
        assert _sign(run, frozen, certificate, target) == 2
        assert "la orden lee" in run.err
    assert frozen.read_bytes() == before


def test_a_paper_of_the_archive_is_never_written_over(run: Command, practice: Path) -> None:
    (kept,) = (path for path in (practice.parent / "archivo").rglob("*") if path.is_file())
    before = kept.read_bytes()
    assert run("informe", "resolucion", "--proyecto", "--numero", 2, "--base", practice, "-o", kept) == 2
    assert "papel del archivo" in run.err
    assert kept.read_bytes() == before


def test_an_output_that_is_no_file_is_told(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    assert _sign(run, frozen, certificate, "") == 2
    assert "Falta el nombre" in run.err
    assert _sign(run, frozen, certificate, tmp_path) == 2
    assert "es una carpeta" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_a_device_or_a_pipe_is_never_replaced(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "tubo"
    os.mkfifo(pipe)
    assert _sign(run, frozen, certificate, pipe) == 2
    assert "no es un PDF" in run.err
    assert pipe.is_fifo()


def test_an_earlier_pdf_may_be_replaced(run: Command, practice: Path, tmp_path: Path) -> None:
    for content in (b"", b"%PDF-1.4 anterior"):
        (tmp_path / "A.pdf").write_bytes(content)
        assert run("informe", "anexo01", "--plan", 1, "--base", practice, "-o", tmp_path / "A.pdf") == 0
        assert (tmp_path / "A.pdf").stat().st_size > 10_000


# --- what is typed


@pytest.mark.parametrize("reason", ["", "   ", "m" * 5000, "V\udcc2\udcb0 B\udcc2\udcb0", "a\x07b"])
def test_a_reason_that_cannot_stand_on_the_paper_is_refused(
    run: Command, frozen: Path, certificate: Path, tmp_path: Path, reason: str
) -> None:
    assert _sign(run, frozen, certificate, tmp_path / "S.pdf", reason=reason) == 2
    assert "--motivo" in run.err
    assert not (tmp_path / "S.pdf").exists()


def test_a_number_of_another_alphabet_is_refused(run: Command, practice: Path, tmp_path: Path) -> None:
    for extra in ((), ("--proyecto",)):
        arguments = ("--numero", "091\udcff", "--base", practice, "-o", tmp_path / "R.pdf")
        assert run("informe", "resolucion", *extra, *arguments) == 2
        assert "UTF-8" in run.err


def test_numbers_too_big_are_called_so(run: Command) -> None:
    assert run("plazo", "--desde", "2024-03-08", "--dias", "9" * 400) == 2
    assert "es un número demasiado grande" in run.err
    assert len(run.err) < 300


def test_paths_that_no_disk_takes_get_a_sentence(run: Command, certificate: Path, tmp_path: Path) -> None:
    endless = "x" * 5000
    assert run("comprobar", "--base", endless) == 4
    assert run("practica", endless) == 4
    assert run("verificar", endless) == 4
    assert run("verificar", tmp_path) == 4
    assert run("comprobar", "--base", "postgresql://servidor:puerto/base") == 4


# --- streams


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (TERM, 4),
        ((*TERM, "--json"), 4),
        (("plazo", "--desde", "x", "--dias", "3", "--json"), 2),
        (("plazo", "--desde", "2024-03-08", "--dias", "-3", "--json"), 3),
    ],
)
def test_a_full_disk_behind_the_output_is_told_without_traceback(
    arguments: tuple[str, ...], code: int
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-c", PROGRAM, *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        deaf = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, check=False)
    assert done.returncode == code
    assert "No se pudo escribir el resultado" in done.stderr
    assert "Traceback" not in done.stderr
    assert deaf.returncode == (0 if code == 4 else code)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close in another way there")
@pytest.mark.parametrize(("arguments", "code"), [(TERM, 0), (("plazo", "--desde", "x", "--dias", "3"), 2)])
def test_streams_that_are_closed_change_no_code(arguments: tuple[str, ...], code: int) -> None:
    for closed in (">&-", "2>&-", ">&- 2>&- <&-"):
        shell = ["/bin/sh", "-c", f'"$@" {closed}', "sh", sys.executable, "-c", PROGRAM, *arguments, "--json"]
        done = subprocess.run(shell, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", PROGRAM, *arguments, "--json"]
    gone = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    os.close(writing)
    assert (gone.returncode, "Traceback" in gone.stderr) == (code, False)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device without end is needed")
def test_a_file_without_end_is_not_read_for_ever(
    run: Command, frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sisfoh_desktop.app.cli_papers.LARGEST_PDF", 1024 * 1024)
    assert run("verificar", "/dev/zero") == 4
    assert "demasiado grande (más de 1 MB)" in run.err
    assert _sign(run, frozen, Path("/dev/zero"), tmp_path / "S.pdf") == 4
    assert "demasiado grande" in run.err


# --- bases


def test_comprobar_tells_every_check_of_a_damaged_base(run: Command, practice: Path) -> None:
    with Database.open(practice).reading() as session:
        from sqlalchemy import text

        root = session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'paper_revision'"))
        size = session.scalar(text("PRAGMA page_size"))
    with practice.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    values = run.json("comprobar", "--base", practice, code=4)
    failed = {check["name"]: check["detail"] for check in values["checks"] if not check["ok"]}
    assert not values["ok"]
    assert {"integridad", "archivo"} <= set(failed)
    names = [check["name"] for check in values["checks"]]
    assert names[-9:-5] == ["correlativos", "kardex saldos", "kardex libro", "kardex numeración"]
    assert all(name.startswith("poi ") for name in names[-5:-1])
    assert names[-1] == "entregas de cargo"


def test_comprobar_of_a_base_without_a_table(run: Command, practice: Path) -> None:
    connection = sqlite.connect(str(practice))
    connection.execute("DROP TABLE paper_number")
    connection.commit()
    connection.close()
    values = run.json("comprobar", "--base", practice, code=4)
    failed = {check["name"]: check["detail"] for check in values["checks"] if not check["ok"]}
    assert "le faltan tablas" in failed["correlativos"]


def test_the_file_of_another_program_is_not_touched(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "ajena.db"
    connection = sqlite.connect(str(path))
    connection.execute("CREATE TABLE contacts (name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert run("comprobar", "--base", path) == 4
    assert run("migrar", "--base", path) == 4
    assert path.read_bytes() == before


# --- verificar with the base


def test_verificar_with_the_base_while_the_round_is_open(
    run: Command, practice: Path, frozen: Path, pki: SyntheticPki, tmp_path: Path
) -> None:
    before = run.json("verificar", frozen, "--base", practice, code=3)
    assert before["findings"] == ["El documento no tiene ninguna firma digital."]
    archive = Archive(practice.parent / "archivo")
    db = Database.open(practice)
    try:
        paper = papers.find_paper(db, kind="resolucion", number_text=NUMBER)
        assert paper is not None
        with_signature = papers.sign_paper(
            db,
            archive,
            actor=Actor("prueba"),
            now=SystemClock().now(),
            paper_id=paper.id,
            signer_id=paper.signers[0].id,
            expected_version=paper.version,
            open_signer=lambda: _opened(pki),
        )
        (tmp_path / "S.pdf").write_bytes(papers.paper_bytes(db, archive, with_signature.id))
    finally:
        db.close()
    values = run.json("verificar", tmp_path / "S.pdf", "--base", practice, code=0)
    assert (values["paper"], values["findings"]) == (NUMBER, [])
    assert len(values["unsigned_fields"]) == 5


def _opened(pki: SyntheticPki) -> Any:
    from contextlib import nullcontext

    return nullcontext(open_pkcs12(pki.person(*SIGNER), pki.password))
