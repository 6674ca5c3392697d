"""The commands about the kardex, on the practice office: the card of a form, an import, and what `comprobar` adds."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.app import cli
from sisfoh_desktop.basics.clock import LIMA, FixedClock
from sisfoh_desktop.sheets.workbook import table_workbook

CLOCK = FixedClock(datetime(2024, 3, 12, 10, 0, tzinfo=LIMA))
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Run:
    """A command on the practice office; gives its exit code and its JSON."""
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))

    def command(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = cli.main([*map(str, arguments), "--base", str(practice), "--json"], clock=CLOCK)
        return code, json.loads(capsys.readouterr().out)

    return command


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return words


def test_the_card_of_the_warehouse_and_of_a_person(run: Run, tmp_path: Path):
    card = tmp_path / "tarjeta.pdf"
    code, told = run("informe", "kardex", "--tipo", "fsu", "-o", card)
    assert (code, told["pages"]) == (0, 1)
    words = words_of(card)
    assert "SALDO ANTERIOR" in words
    assert "000001-020000" in words
    assert "19 810" in words


@pytest.mark.parametrize("typed", ["Ana uno práctica", "PRACTICA, ANA UNO", "ana u", "na uno prac"])
def test_a_holder_is_found_by_the_name_in_any_order_or_by_a_part_of_it(run: Run, tmp_path: Path, typed: str):
    card = tmp_path / "tarjeta.pdf"
    code, _ = run("informe", "kardex", "--tipo", "FSU", "--tenedor", typed, "-o", card)
    assert code == 0
    assert "ANA UNO PRÁCTICA" in words_of(card)


def test_a_part_that_several_names_have_is_asked(run: Run, tmp_path: Path):
    code, told = run("informe", "kardex", "--tipo", "FSU", "--tenedor", "practica", "-o", tmp_path / "t.pdf")
    assert code == 3
    assert "«practica» puede ser más de uno: " in told["error"]
    assert "«ANA UNO PRÁCTICA»" in told["error"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--tipo", "ZZZ"), "ZZZ"),
        (("--tipo", "FSU", "--tenedor", "Nadie"), "Nadie"),
        (("--tipo", "FSU", "--campania", "2031"), "2031"),
    ],
)
def test_what_is_not_in_the_kardex_is_told_and_nothing_is_written(run: Run, tmp_path: Path, options, told):
    code, answer = run("informe", "kardex", *options, "-o", tmp_path / "tarjeta.pdf")
    assert code == 3
    assert told in answer["error"]
    assert not (tmp_path / "tarjeta.pdf").exists()


def test_an_import_is_checked_first_and_then_recorded_once(run: Run, tmp_path: Path):
    sheet = tmp_path / "movimientos.xlsx"
    heads = ["Fecha", "Movimiento", "Formulario", "De", "A", "Del", "Al", "Cantidad", "Documento"]
    rows = [
        ["11/03/2024", "Distribución", "FSU", "Almacén ULE", "ANA UNO PRÁCTICA", "000201", "000250", 50, "A1"],
        ["11/03/2024", "Distribución", "FSU", "Almacén ULE", "ANA UNO PRÁCTICA", "000240", "000260", 21, "A2"],
    ]  # fmt: skip
    sheet.write_bytes(table_workbook("Movimientos", heads, rows))

    code, told = run("importar", "kardex", sheet, "--solo-revisar")
    counts = [told[name] for name in ("rows", "accepted", "quarantined", "rejected")]
    assert (code, counts, told["movements"]) == (3, [2, 1, 1, 0], 0)
    assert told["findings"][0]["row"] == 3

    code, told = run("importar", "kardex", sheet)
    assert (code, told["movements"]) == (3, 1)
    code, again = run("importar", "kardex", sheet)
    assert code == 3
    assert "error" in again
    code, sound = run("comprobar")
    assert sound["ok"], sound


def test_a_row_of_a_book_with_several_sheets_is_told_with_its_sheet(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "datos"))
    book = openpyxl.Workbook()
    for name in ("Marzo", "Abril"):
        sheet = book.create_sheet(name)
        sheet.append(["Fecha", "Movimiento", "Formulario", "De", "A", "Del", "Al"])
        sheet.append(["11/03/2024", "Distribución", "FSU", "Almacén ULE", "Nadie", "000201", "000250"])
    path = tmp_path / "libro.xlsx"
    book.save(path)
    options = ["importar", "kardex", str(path), "--solo-revisar", "--base", str(practice)]
    assert cli.main(options, clock=CLOCK) == 3
    told = capsys.readouterr().out
    assert "Hoja «Marzo», fila 2: «Nadie»" in told
    assert "Hoja «Abril», fila 2: «Nadie»" in told


def test_a_balance_changed_outside_the_program_is_named(run: Run, practice: Path):
    connection = sqlite.connect(str(practice))
    connection.execute("UPDATE kardex_balance SET form_count = form_count + 1 WHERE form_count = 19810")
    connection.commit()
    connection.close()
    code, told = run("comprobar")
    assert code == 4
    broken = [check for check in told["checks"] if not check["ok"]]
    assert [check["name"] for check in broken] == ["kardex saldos"]
    assert "FSU" in broken[0]["detail"]
