"""How a spreadsheet of the kardex is read: heads, layouts, sums, what is no row; and the template."""

import io
from datetime import date

import openpyxl
import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.kardex.rules.importing import FIELDS, LAYOUT_FIELDS, KardexFile, Layout
from sisfoh_desktop.modules.kardex.sheet.import_template import template_workbook
from sisfoh_desktop.modules.kardex.sheet.importing import SYNONYMS, file_row, read_kardex_file
from sisfoh_desktop.sheets.cells import CellError
from sisfoh_desktop.sheets.heads import head_words


def read(text: str) -> KardexFile:
    return read_kardex_file(text.encode(), "kardex.csv")


def test_titles_order_synonyms_and_repeated_heads_are_tolerated() -> None:
    found = read(
        "MUNICIPALIDAD DE PRUEBA\nKARDEX\n\n"
        "Doc.;Desde;Hasta;FICHA;En poder de;Estado;FECHA\n"
        "Acta 1;1;50;FSU;Ana;Usada;08/03/2024\n"
        "Doc.;Desde;Hasta;FICHA;En poder de;Estado;FECHA\n"
        "Acta 2;51;60;FSU;Beto;En blanco;09/03/2024\n"
    )
    assert [row.row for row in found.rows] == [5, 7]
    assert [row.layout for row in found.rows] == [Layout.OPENING] * 2
    first = found.rows[0]
    assert (first.first, first.last, first.day) == ("1", "50", date(2024, 3, 8))
    assert first.text("holder") == "Ana"
    assert {(column.name, column.letter) for column in found.columns} >= {("Formulario", "D"), ("Fecha", "G")}


def test_the_table_of_movements_is_told_by_its_head() -> None:
    found = read("Fecha;Movimiento;Formulario;De;A;Del;Al\n08/03/2024;Uso;FSU;Ana;;1;2\n")
    assert found.rows[0].layout is Layout.MOVEMENTS


def test_sums_carried_sums_and_what_is_no_row() -> None:
    found = read(
        "Formulario;Del;Al;Cantidad;Tenedor;Condición;Fecha\n"
        "FSU;1;50;50;Ana;Usada;08/03/2024\n"
        "SUBTOTAL;;;50;;;\n"
        "FSU;51;60;10;Ana;Usada;08/03/2024\n"
        "VAN;;;60;;;\n"
        "VIENEN;;;60;;;\n"
        "Total general:;;;60;;;\n"
        "TOTAL;;;sesenta;;;\n"
        ";;;;Firma del responsable;;\n"
    )
    assert [row.row for row in found.rows] == [2, 4]
    assert [(total.row, total.count, total.since) for total in found.totals] == [
        (3, 50, 2),
        (5, 60, 4),
        (7, 60, 4),
    ]
    assert [(one.row, one.text) for one in found.rejected] == [
        (8, "TOTAL · sesenta"),
        (9, "Firma del responsable"),
    ]


def test_cells_that_cannot_be_read_are_faults_of_their_row() -> None:
    found = read(
        "Formulario;Del;Al;Cantidad;Tenedor;Condición;Fecha\nFSU;1.23E+07;50;7.040;Ana;Usada;31/02/2024\n"
    )
    faults = {fault.field: fault.rule for fault in found.rows[0].faults}
    assert faults == {"first": "serial_scientific", "count": "number_ambiguous", "day": "date_unreadable"}
    assert found.rows[0].text("count") == "7.040"


def test_a_cell_with_an_error_is_never_a_blank() -> None:
    row = file_row("H", 2, Layout.MOVEMENTS, {"kind": "Uso", "source": CellError("#REF!"), "day": None})
    assert [(fault.field, fault.rule) for fault in row.faults] == [("source", "cell_error")]


def test_a_merged_name_covers_its_rows_and_a_blank_is_never_filled() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Formulario", "Del", "Al", "Tenedor", "Condición", "Fecha"])
    for first in (1, 11, 21):
        sheet.append(["FSU", first, first + 9, "Ana" if first == 1 else None, "Usada", date(2024, 3, 8)])
    sheet.merge_cells("D2:D3")
    out = io.BytesIO()
    book.save(out)
    found = read_kardex_file(out.getvalue(), "kardex.xlsx")
    assert [row.text("holder") for row in found.rows] == ["Ana", "Ana", ""]
    assert [row.first for row in found.rows] == ["1", "11", "21"]


def test_both_tables_may_come_in_one_workbook_and_other_sheets_are_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    book["Saldo inicial"].append(["FSU", "1", "5", "", "Ana", "Usada", "08/03/2024"])
    book["Movimientos"].append(["09/03/2024", "Uso", "FSU", "Ana", "", "6", "7"])
    out = io.BytesIO()
    book.save(out)
    found = read_kardex_file(out.getvalue(), "kardex.xlsx")
    assert [row.layout for row in found.rows] == [Layout.OPENING, Layout.MOVEMENTS]
    assert any("Cómo llenarla" in note and "no se importa" in note for note in found.notes)


def test_a_stock_that_tells_no_condition_says_so() -> None:
    found = read("Formulario;Del;Al;Tenedor;Fecha\nFSU;1;5;Ana;08/03/2024\n")
    assert not found.rows[0].has_condition
    assert any("no dice la condición" in note for note in found.notes)


def test_a_file_without_such_a_head_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        read("Nombre;Monto\nUno;2\n")
    assert refused.value.code == "kardex_head_missing"


def test_the_template_is_all_text_and_its_heads_are_understood() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    for layout in Layout:
        sheet = book[layout.label]
        heads = [cell.value for cell in sheet[1]]
        assert heads == [FIELDS[name] for name in LAYOUT_FIELDS[layout]]
        assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert set(SYNONYMS) == set(FIELDS)
    for name, title in FIELDS.items():
        assert head_words(title) in {head_words(word) for word in SYNONYMS[name]}


def test_no_heading_means_two_columns() -> None:
    words = [head_words(word) for synonyms in SYNONYMS.values() for word in synonyms]
    assert len(words) == len(set(words))
