"""Figures, dates and numbers out of cells: one value or a refusal, never a guess."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.sheets.cells import (
    CellError,
    Value,
    column_letters,
    read_count,
    read_date,
    read_number,
    read_serial,
    shown,
    visible_text,
)


def code_of(read, value: Value) -> str:
    with pytest.raises(RuleError) as refused:
        read(value)
    assert refused.value.sentence.endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        ("7,040", "7040"),
        ("1,234.50", "1234.50"),
        ("S/ 1,200.00", "1200.00"),
        ("1.234,50", "1234.50"),
        ("1.234.567", "1234567"),
        ("(1,000)", "-1000"),
        ("-7,040", "-7040"),
        ("1 234", "1234"),
        ("0.040", "0.040"),
        (7040, "7040"),
        (1.5, "1.5"),
    ],
)
def test_figures(value: Value, figure: str) -> None:
    assert read_number(value) == Decimal(figure)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("7.040", "number_ambiguous"),
        ("7,04", "number_ambiguous"),
        ("1e5", "number_unreadable"),
        ("VERDADERO", "number_unreadable"),
        ("١٢", "number_unreadable"),
        (True, "number_unreadable"),
        (float("nan"), "number_unreadable"),
        (date(2024, 3, 8), "number_unreadable"),
        ("", "cell_blank"),
        (None, "cell_blank"),
        (CellError("#REF!"), "cell_error"),
        (CellError(""), "cell_error"),
        ("#N/A", "cell_error"),
    ],
)
def test_figures_refused(value: Value, code: str) -> None:
    assert code_of(read_number, value) == code


def test_counts_are_whole() -> None:
    assert read_count("1,000") == read_count(1000.0) == 1000
    assert code_of(read_count, 1.5) == code_of(read_count, "-3") == "count_invalid"
    assert code_of(read_count, "7.040") == "number_ambiguous"


@pytest.mark.parametrize(
    "value",
    ["8/3/2024", "08-03-2024", "08.03.2024", "2024-03-08", "2024-03-08T10:00:00", date(2024, 3, 8),
     datetime(2024, 3, 8, 10), 45359, 45359.4],
)  # fmt: skip
def test_dates(value: Value) -> None:
    assert read_date(value) == date(2024, 3, 8)


def test_dates_since_1904() -> None:
    assert read_date(45359 - 1462, date1904=True) == date(2024, 3, 8)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31/02/2024", "date_unreadable"),
        ("12-may", "date_unreadable"),
        ("1/1/25", "date_unreadable"),
        ("03/13/2024", "date_unreadable"),
        ("08/03-2024", "date_unreadable"),
        (60, "date_unreadable"),
        (True, "date_unreadable"),
        (time(3, 4), "date_unreadable"),
        (date(1890, 1, 1), "date_out_of_range"),
        ("08/03/0204", "date_out_of_range"),
        ("", "cell_blank"),
    ],
)
def test_dates_refused(value: Value, code: str) -> None:
    assert code_of(read_date, value) == code


def test_numbers_of_forms() -> None:
    assert read_serial("004517") == "004517"
    assert read_serial(4517.0) == "4517"
    assert read_serial("4517.0") == "4517"
    assert read_serial("004501-005000") == "004501-005000"
    assert code_of(read_serial, "1.23E+07") == "serial_scientific"
    assert code_of(read_serial, "4,517") == code_of(read_serial, 4517.5) == "serial_unreadable"
    assert code_of(read_serial, True) == code_of(read_serial, -4.0) == "serial_unreadable"


def test_how_values_are_shown() -> None:
    told = [
        shown(value) for value in (None, 7.0, 1.5, True, date(2024, 3, 8), datetime(2024, 3, 8, 9, 5), " a ")
    ]
    assert told == ["", "7", "1.5", "Sí", "08/03/2024", "08/03/2024 09:05", "a"]
    assert shown(CellError("")) == "fórmula sin valor guardado"
    assert [column_letters(column) for column in (1, 26, 27, 28, 703)] == ["A", "Z", "AA", "AB", "AAA"]


def test_cleaning_composes_and_strips() -> None:
    assert visible_text("\u200bPEN\u0303A\u00a0\u202e") == "PEÑA"
    assert visible_text("a\r\nb") == "a\nb"
