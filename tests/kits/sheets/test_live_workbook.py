"""Workbooks with live sums: formulas with their values, texts that stay texts, heads that stay in sight."""

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.sheets import live_workbook as kit
from sisfoh_desktop.sheets.live_workbook import Formula, LiveColumn, LiveRow, LiveSheet, live_workbook


def sheet(rows, **more) -> LiveSheet:
    columns = [LiveColumn(20), LiveColumn(8, "#,##0"), LiveColumn(8, "0.0%")]
    return LiveSheet("POI", columns, rows, **more)


def opened(data: bytes, *, values: bool):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)["POI"]


ROWS = [
    LiveRow(["Título"], "title"),
    LiveRow(["Texto", "Cifra", "Parte"], "head"),
    LiveRow(["uno", 2, Formula("B3/4", Decimal("0.5"))]),
    LiveRow(["dos", None, Formula('IF(COUNT(B4:B4)=0,"",B4&"<")', "a<b & c")]),
    LiveRow(["TOTAL", Formula("SUM(B3:B4)", 2), None], "total"),
]


def test_a_formula_and_its_value_are_both_there():
    data = live_workbook("Prueba", [sheet(ROWS)])
    assert opened(data, values=False)["C3"].value == "=B3/4"
    assert opened(data, values=True)["C3"].value == 0.5
    assert opened(data, values=True)["C4"].value == "a<b & c"
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read[2:] == [["uno", 2.0, 0.5], ["dos", "", "a<b & c"], ["TOTAL", 2.0, ""]]


def test_heads_stay_in_sight_and_on_every_printed_page():
    data = live_workbook(
        "Prueba",
        [sheet(ROWS, frozen="B3", head_rows="1:2", head_columns="A:A", merges=["B2:C2"], paper="A3")],
    )
    made = opened(data, values=False)
    assert made.freeze_panes == "B3"
    assert made.print_title_rows == "$1:$2"
    assert made.print_title_cols == "$A:$A"
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 8)
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 0)
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert made.oddFooter.right.text == "Página &P de &N"
    assert [str(one) for one in made.merged_cells.ranges] == ["B2:C2"]
    assert made["B3"].number_format == "#,##0"


@given(st.text(max_size=40))
def test_a_text_is_a_text_whatever_it_looks_like(text):
    data = live_workbook("Prueba", [sheet([LiveRow([text, 1, None])])])
    cell = opened(data, values=False)["A1"]
    assert cell.data_type in ("s", "n", "inlineStr")
    assert not isinstance(cell.value, str) or cell.data_type != "f"
    if text.startswith(("=", "+", "-", "@")):
        assert cell.quotePrefix


def test_each_sheet_keeps_its_own_values():
    data = live_workbook(
        "Prueba",
        [
            LiveSheet("A", [LiveColumn(9)], [LiveRow([Formula("1+1", 2)])]),
            LiveSheet("B", [LiveColumn(9)], [LiveRow(["x"])]),
            LiveSheet("C", [LiveColumn(9)], [LiveRow([Formula("A!A1*3", 6)])]),
        ],
    )
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert (book["A"]["A1"].value, book["C"]["A1"].value) == (2, 6)


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(kit, "MOST_ROWS", 2)
    with pytest.raises(RuleError) as refused:
        live_workbook("Prueba", [sheet([LiveRow(["x"])] * 3)])
    assert refused.value.code == "sheet_too_large"


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_letters_of_a_column(number, letters):
    assert kit.column_letters(number) == letters
