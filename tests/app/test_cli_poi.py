"""The commands about the POI: a table is checked and stored with its five numbers, a quarter is written out."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from poi_books import book_of
from poi_office import small_year
from poi_seed import SEED

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.db.database import Database

CLOCK = FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA))
NUMBERS = ("rows", "accepted", "quarantined", "rejected", "totals_checked")
KINDS = ("goal_kind", "direction", "nature", "code")
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(base: Path, capsys) -> Run:
    """A command on an empty base; gives its exit code and its JSON."""

    def command(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = cli.main([*map(str, arguments), "--base", str(base), "--json"], clock=CLOCK)
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "poi-2024.csv"
    path.write_bytes(book_of(small_year(), kind="csv", quarter=1, extra=KINDS))
    return path


def test_the_seed_is_checked_and_then_stored(run: Run, base: Path):
    code, told = run("importar", "poi", SEED, "--anio", 2019, "--solo-revisar")
    assert (code, [told[name] for name in NUMBERS]) == (3, [90, 43, 47, 0, 1])
    assert told["import"] is None
    assert {"row", "rule", "expected", "found", "candidates"} <= told["findings"][0].keys()
    by_row = {one["row"]: one for one in reversed(told["findings"])}
    assert len(by_row) == 47
    assert len(by_row[7]["candidates"]) == 1
    assert by_row[86]["candidates"] == []
    offered = Counter(len(finding["candidates"]) for finding in told["findings"] if finding["candidates"])
    assert offered == {1: 37, 3: 5, 5: 3, 13: 1}
    assert by_row[7]["candidates"][0].startswith("Falta un 1 entre")

    code, told = run("importar", "poi", SEED, "--anio", 2019)
    assert (code, [told[name] for name in NUMBERS], told["added"]) == (3, [90, 43, 47, 0, 1], 43)
    code, again = run("importar", "poi", SEED, "--anio", 2019)
    assert code == 3
    assert "ya se importó" in again["error"]


def test_a_clean_table_ends_well(run: Run, clean: Path):
    code, told = run("importar", "poi", clean, "--anio", 2024)
    assert (code, [told[name] for name in NUMBERS]) == (0, [12, 12, 0, 0, 1])
    assert (told["findings"], told["version"]) == ([], "POI aprobado")


def test_what_waits_is_told_in_words(base: Path, capsys):
    code = cli.main(
        ["importar", "poi", str(SEED), "--anio", "2019", "--solo-revisar", "--base", str(base)], clock=CLOCK
    )
    told = capsys.readouterr().out
    assert code == 3
    assert "Filas: 90. Cuadran: 43. En cuarentena: 47. No son actividades: 0. Totales comprobados: 1." in told
    assert "  Fila 7: falta un valor" in told
    assert "Ninguna lectura simple la hace cuadrar." in told
    assert "Solo se revisó: no se guardó nada." in told


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["importar", "poi", "no-esta.csv", "--anio", "2024"], 4, "No existe «no-esta.csv»"),
        (["importar", "poi", str(SEED)], 2, "Falta indicar --anio"),
        (["importar", "poi", str(SEED), "--anio", "1"], 3, "entre 2009 y 2100"),
        (["importar", "poi", str(SEED), "--anio", "2019", "--como", "otro"], 2, "otro"),
        (["informe", "poi", "--anio", "2030", "--trimestre", "3", "-o", "x.pdf"], 3, "no tiene el POI 2030"),
        (["informe", "poi", "--anio", "2024", "--trimestre", "5", "-o", "x.pdf"], 2, "va de 1 a 4"),
        (["informe", "poi", "--anio", "2024", "--trimestre", "1", "-o", "x.docx"], 2, ".pdf o .xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    base: Path, tmp_path: Path, monkeypatch, capsys, options: list[str], code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    assert cli.main([*options, "--base", str(base)], clock=CLOCK) == code
    told = capsys.readouterr()
    assert said in told.err
    assert "Traceback" not in told.err + told.out


def test_the_report_of_a_quarter_as_paper_and_as_workbook(practice: Path, tmp_path: Path, capsys):
    def run(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = cli.main([*map(str, arguments), "--base", str(practice), "--json"], clock=CLOCK)
        return code, json.loads(capsys.readouterr().out)

    source, pdf, sheet = (tmp_path / name for name in ("poi.csv", "informe.pdf", "informe.xlsx"))
    source.write_bytes(book_of(small_year(2023), kind="csv", quarter=1, extra=KINDS))
    assert run("importar", "poi", source, "--anio", 2023)[0] == 0
    code, told = run("informe", "poi", "--anio", 2023, "--trimestre", 1, "-o", pdf)
    assert code == 0, told
    assert (told["file"], told["pages"] >= 1) == (str(pdf), True)
    assert pdf.read_bytes().startswith(b"%PDF-")
    for _ in range(2):  # its own workbook may be written again
        code, told = run("informe", "poi", "--anio", 2023, "--trimestre", 1, "-o", sheet)
        assert code == 0, told
    assert sheet.read_bytes().startswith(b"PK")
    kept = tmp_path / "poi de la oficina.xlsx"
    kept.write_bytes(book_of(small_year(2023), kind="xlsx", quarter=1))
    before = kept.read_bytes()
    code, told = run("informe", "poi", "--anio", 2023, "--trimestre", 1, "-o", kept)
    assert (code, "no lo escribió este programa" in told["error"]) == (2, True)
    assert kept.read_bytes() == before
    other = tmp_path / "notas.xlsx"
    other.write_text("esto no es un libro")
    assert run("informe", "poi", "--anio", 2023, "--trimestre", 1, "-o", other)[0] == 2
    assert other.read_text() == "esto no es un libro"


def test_nothing_is_stored_by_a_review(run: Run, base: Path, clean: Path):
    from sisfoh_desktop.modules.poi.service import plans

    run("importar", "poi", clean, "--anio", 2024, "--solo-revisar")
    db = Database.open(base)
    assert plans.list_plans(db) == []
    db.close()
