"""The commands about a whole file on the practice office: what does not agree, and the papers of the expediente."""

import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from synthetic_pki import PASSWORD, SyntheticPki

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.documents.signing import open_pkcs12
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import service as resoluciones

NUMBER = "091-2024-GM/MPT"
CLOCK = FixedClock(datetime(2024, 3, 8, 16, 0, tzinfo=LIMA))


class Command:
    """Runs a command in this process at the afternoon of the act and gives back what a shell would see."""

    def __init__(self, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._base, self._capsys = base, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        code = cli.main([*map(str, arguments), "--base", str(self._base)], clock=CLOCK)
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.out + self.err
        return code

    def json(self, *arguments: object, code: int = 0) -> dict[str, Any]:
        assert self(*arguments, "--json") == code, self.err
        values: dict[str, Any] = json.loads(self.out)
        return values


@pytest.fixture
def run(practice: Path, tmp_path: Path, monkeypatch, capsys) -> Iterator[Command]:
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    return Command(practice, capsys)


@pytest.fixture
def signed(practice: Path, pki: SyntheticPki) -> None:
    """The act of the practice office with its six signatures."""
    db, archive = Database.open(practice), Archive(practice.parent / "archivo")
    act = resoluciones.find_by_number(db, NUMBER)
    assert act is not None
    assert act.paper_id is not None
    for slot in papers.load_paper(db, act.paper_id).signers:
        paper = papers.load_paper(db, act.paper_id)
        p12 = pki.person(slot.name or "QUISPE ÑAUPARI JUAN JOSÉ", slot.dni or "40000001")
        resoluciones.sign_resolucion(
            db,
            archive,
            actor=Actor("prueba", "ULE"),
            now=CLOCK.now(),
            resolucion_id=act.id,
            signer_id=slot.id,
            expected_version=paper.version,
            open_signer=lambda p12=p12: nullcontext(open_pkcs12(p12, PASSWORD)),
        )
    db.close()


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_the_review_tells_what_does_not_agree_and_what_was_accepted(run: Command):
    found = run.json("revisar", "resolucion", "--numero", NUMBER)["findings"]
    assert {"code", "severity", "where", "text"} <= set(found[0])
    blocking = [one for one in found if one["severity"] == "blocks"]
    assert blocking
    assert all(one["accepted"] == "Así consta en el documento original" for one in blocking)
    assert any("16784" in one["text"] and "10784-2024" in one["text"] for one in blocking)


def test_what_blocks_and_was_not_accepted_is_refused(run: Command, practice: Path):
    db = Database.open(practice)
    (draft,) = [line.id for line in resoluciones.list_resoluciones(db) if not line.number_text]
    assert resoluciones.review_resolucion(db, draft).blocking
    db.close()
    assert run("revisar", "resolucion", "--numero", draft) == 3
    assert "Impide" in run.out
    assert "observaciones" in run.out


def test_an_act_that_is_not_there_is_said(run: Command):
    for command in ("revisar resolucion", "informe cargos -o x.pdf", "informe expediente -o x.pdf"):
        assert run(*command.split(), "--numero", "777-2024-GM/MPT") == 3
        assert "777-2024-GM/MPT" in run.err


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("expediente", "ÍNDICE FOLIADO"),
        ("hoja-ruta", "HOJA DE RUTA"),
        ("linea-tiempo", "LÍNEA DE TIEMPO DEL EXPEDIENTE"),
    ],
)
def test_the_papers_of_the_file(run: Command, tmp_path: Path, paper: str, told: str):
    output = tmp_path / "papel.pdf"
    values = run.json("informe", paper, "--numero", NUMBER, "-o", output)
    assert set(values) == {"file", "pages", "sha256"}
    assert told in text_of(output)


def test_the_time_line_tells_the_24_days_on_one_page(run: Command, signed: None, tmp_path: Path):
    output = tmp_path / "linea.pdf"
    assert run.json("informe", "linea-tiempo", "-o", output)["pages"] == 1
    told = text_of(output)
    assert "24 días calendario" in told
    assert re.search(r"del 13/02/2024 al 08/03/2024", told)


def test_cargos_are_printed_two_to_a_page_once_prepared(run: Command, signed: None, tmp_path: Path):
    output = tmp_path / "cargos.pdf"
    assert run("informe", "cargos", "--numero", NUMBER, "-o", output) == 3
    assert "prepare primero" in run.err
    pages = run.json("informe", "cargos", "--numero", NUMBER, "--preparar", "-o", output)["pages"]
    cargos = text_of(output).count("CARGO DE NOTIFICACIÓN")
    assert cargos >= 6
    assert pages == (cargos + 1) // 2


def test_among_several_files_one_has_to_be_named(run: Command, practice: Path, tmp_path: Path):
    db = Database.open(practice)
    other = expedientes.create_expediente(db, actor=Actor("ana"), now=CLOCK.now(), title="Otro expediente")
    db.close()
    output = tmp_path / "papel.pdf"
    assert run("informe", "expediente", "-o", output) == 2
    assert "--expediente" in run.err
    assert run("informe", "expediente", "--expediente", other, "-o", output) == 0
    assert "Otro expediente" in text_of(output)
    assert run("informe", "expediente", "--expediente", "999", "-o", output) == 3
