"""Workbooks: what is seen is what is stored, and text stays text."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.sheets import workbook
from sisfoh_desktop.sheets.workbook import Column, table_workbook


def _sheet(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_heads_rows_and_dress() -> None:
    sheet = _sheet(
        table_workbook("Planes", ["N°", Column("DENOMINACIÓN", width=40)], [["1", "uno"], ["2", None]])
    )
    assert sheet.title == "Planes"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["N°", "DENOMINACIÓN"],
        ["1", "uno"],
        ["2", None],
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 40
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.paperSize == 9


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(\"http://x\")", "+51 999", "-5", "@SUMA(A1)", "00123456", "1E5", "12/05", "#N/A", "TRUE",
     "＝1+1", "<b>&", " espacios ", "uno\ndos", "4.50"],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    cell = _sheet(table_workbook("x", ["A"], [[text]]))["A2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1"])
def test_what_looks_like_a_formula_stays_text_when_edited(text: str) -> None:
    assert _sheet(table_workbook("x", ["A"], [[text]]))["A2"].quotePrefix


@pytest.mark.parametrize(
    ("value", "stored", "number_format"),
    [
        (7, 7, "General"),
        (Decimal("312656.00"), 312656, "#,##0.00"),
        (Decimal("0.10"), Decimal("0.10"), "#,##0.00"),
        (date(2024, 3, 8), datetime(2024, 3, 8), "dd/mm/yyyy"),
        (datetime(2024, 3, 9, 1, 30, tzinfo=UTC), datetime(2024, 3, 8, 20, 30), "dd/mm/yyyy hh:mm"),
        (True, "Sí", "@"),
        (False, "No", "@"),
        (10**17, "100000000000000000", "@"),
        (Decimal("1234567890123456.78"), "1234567890123456.78", "@"),
        (float("nan"), "nan", "@"),
        (Decimal("Infinity"), "Infinity", "@"),
    ],
)
def test_values_keep_their_kind(value, stored, number_format: str) -> None:
    cell = _sheet(table_workbook("x", ["A"], [[value]]))["A2"]
    assert float(cell.value) == float(stored) if isinstance(stored, Decimal) else cell.value == stored
    assert cell.number_format == number_format


def test_a_column_may_choose_its_format() -> None:
    sheet = _sheet(table_workbook("x", [Column("A", number_format="0.0 %")], [[0.5]]))
    assert sheet["A2"].number_format == "0.0 %"


def test_signs_that_the_format_forbids_are_left_out() -> None:
    sheet = _sheet(table_workbook("a\x00b", ["x\x07y"], [["uno\x00\x1fdos\ud800\uffff 😀 漢"]]))
    assert sheet["A1"].value == "xy"
    assert sheet["A2"].value == "unodos 😀 漢"


def test_an_endless_text_ends_visibly() -> None:
    value = _sheet(table_workbook("x", ["A"], [["x" * 40_000]]))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("[…]")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Plan: [2024]/Tacna*?", "Plan 2024 Tacna"),
        ("'comillas'", "comillas"),
        ("x" * 60, "x" * 31),
        ("", "Lista"),
        ("[]", "Lista"),
        ("History", "Lista"),
        ("Año & más", "Año & más"),
    ],
)
def test_titles_that_excel_refuses_are_mended(title: str, shown: str) -> None:
    assert _sheet(table_workbook(title, ["A"], [])).title == shown


def test_widths_follow_the_content_within_reason() -> None:
    sheet = _sheet(table_workbook("x", ["A", "B", "TÍTULO LARGO DE COLUMNA"], [["x", "palabra " * 50, 1]]))
    assert sheet.column_dimensions["A"].width == 8
    assert sheet.column_dimensions["B"].width == 60
    assert sheet.column_dimensions["C"].width > len("TÍTULO LARGO DE COLUMNA")
    assert sheet["B2"].alignment.wrap_text


def test_rows_may_come_one_by_one_and_be_many() -> None:
    sheet = _sheet(table_workbook("x", ["N", "T"], ([number, f"fila {number}"] for number in range(5000))))
    assert sheet.max_row == 5001
    assert sheet["B5001"].value == "fila 4999"


def test_too_many_rows_or_columns_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 10)
    with pytest.raises(RuleError) as refusal:
        table_workbook("x", ["A"], ([1] for _ in range(11)))
    assert refusal.value.code == "sheet_too_large"
    assert "No se guardó nada" in refusal.value.sentence
    with pytest.raises(RuleError, match="columnas"):
        table_workbook("x", ["A"] * 16_385, [])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_makes_a_workbook_that_opens(texts: list[str]) -> None:
    sheet = _sheet(table_workbook(texts[0], texts, [texts]))
    assert all(cell.data_type == "s" for cell in sheet[1] if cell.value)
