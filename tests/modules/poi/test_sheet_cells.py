"""Cells of a table of the POI: a figure, a blank, or why it cannot be read; texts and codes as they are kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.poi.rules.importing import ANNUAL, ANNUAL_MONEY
from sisfoh_desktop.modules.poi.sheet.cell_reading import (
    FigureColumn,
    code_apart,
    lost_code,
    plain_text,
    read_figure,
    with_zeros,
)
from sisfoh_desktop.sheets.cells import CellError


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        ("7,040", 7040), ("7 040", 7040), ("7\u00a0040", 7040), ("1 234 567", 1234567), ("'12", 12), (12.0, 12),
        (0.1 + 0.2, Decimal("0.3")), ("0", 0), (0, 0), (" 12 ", 12), ("1,234.50", Decimal("1234.50")),
        (7.04, Decimal("7.04")),
    ],
)  # fmt: skip
def test_a_figure_is_read(value: Any, figure: Any) -> None:
    cell = read_figure(ANNUAL, value)
    assert (cell.value, cell.fault) == (figure, "")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("7.040", "7040 o 7.040"), ("41 18 230.00", "miles"), ("s/d", "no es un número"), ("-", "cero o falta"),
        ("95%", "no es un número"), (-3, "negativo"), (CellError("#REF!"), "#REF!"), (True, "no es un número"),
        (date(2024, 3, 1), "no es un número"), ("12,5", "coma decimal"), ("1e3", "no es un número"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_figure_says_why_and_is_never_guessed(value: Any, said: str) -> None:
    cell = read_figure(ANNUAL, value)
    assert cell.value is None
    assert said in cell.fault


@pytest.mark.parametrize("value", [None, "", "   ", "'", "\u00a0"])
def test_a_blank_is_a_blank_and_no_zero(value: Any) -> None:
    assert read_figure(ANNUAL, value).blank


def test_soles_may_be_negative_and_units_not() -> None:
    assert read_figure(ANNUAL_MONEY, "-120.50").value == Decimal("-120.50")
    assert read_figure("me03", "(1,000)").value == -1000
    assert read_figure("e03", -1).fault


def test_equal_cells_of_a_column_are_read_once() -> None:
    column = FigureColumn("p01")
    assert column[1] is column[1]
    assert column["1"] == column[1]


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_thousands_by_comma_or_blank_are_the_same_figure(figure: Decimal) -> None:
    by_comma = f"{figure:,}"
    for text in (by_comma, by_comma.replace(",", " "), by_comma.replace(",", "\u202f"), f"S/ {by_comma}"):
        assert read_figure(ANNUAL_MONEY, text).value == figure


@given(st.text(max_size=20))
def test_a_text_in_a_column_of_figures_is_a_figure_a_blank_or_a_sentence(text: str) -> None:
    cell = read_figure(ANNUAL, text)
    assert sum((cell.blank, cell.value is not None, bool(cell.fault))) == 1


def test_codes_with_their_zeros_or_none() -> None:
    assert [with_zeros("ubigeo", one) for one in ("70101", "230101", "701", "Lima")] == [
        "070101", "230101", "701", "Lima",
    ]  # fmt: skip
    assert (with_zeros("function", "3"), with_zeros("division", "6"), with_zeros("group", "10")) == (
        "03",
        "006",
        "0010",
    )
    assert with_zeros("oei", "1") == "1"
    assert lost_code("ubigeo", "701")
    assert lost_code("code", "1.23E+10")
    assert not lost_code("code", "AOI00102800718")


def test_a_code_is_taken_out_of_a_text_only_where_it_is_one() -> None:
    assert code_apart("AOI00102800718: Visitar") == ("AOI00102800718", "Visitar")
    assert code_apart("(AOI 00102800718) Visitar") == ("AOI00102800718", "Visitar")
    assert code_apart("Visitar - AOI00102800718") == ("AOI00102800718", "Visitar")
    assert code_apart("AO 12 visitas") == ("", "AO 12 visitas")


def test_a_text_keeps_its_words_and_an_error_is_none() -> None:
    assert plain_text("'Área  de\ncampo ") == "Área de campo"
    assert plain_text(CellError("#REF!")) == plain_text(None) == ""
