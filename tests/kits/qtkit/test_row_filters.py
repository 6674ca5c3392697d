"""What the filter of a column lets through, and how it is told and kept."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from sisfoh_desktop.qtkit.row_filters import (
    DAYS,
    FIGURES,
    MOST_VALUES,
    TEXTS,
    ColumnFilter,
    kind_of,
    passing,
    values_of,
)

NAMES = ["Núñez", "Ñaupas", "Navarro", "", "Ochoa"]


def left(wanted: ColumnFilter, texts=NAMES, keys=()) -> list[str]:
    return [texts[row] for row in passing(wanted, range(len(texts)), lambda: texts, lambda: keys)]


def test_words_ignore_accents_and_order():
    assert left(ColumnFilter(words="nunez")) == ["Núñez"]
    assert left(ColumnFilter(words="a ro")) == ["Navarro"]


def test_some_of_the_values_and_nothing_else():
    assert left(ColumnFilter(values=("Ochoa", ""))) == ["", "Ochoa"]


def test_all_parts_must_hold():
    assert left(ColumnFilter(words="o", values=("Ochoa", "Núñez"))) == ["Ochoa"]


@pytest.mark.parametrize(
    ("low", "high", "days"),
    [
        ("2024-03-08", "", ["8", "9"]),
        ("", "2024-03-08", ["7", "8"]),
        ("2024-03-08", "2024-03-08", ["8"]),
    ],
)
def test_days_from_and_until_are_both_included(low, high, days):
    keys = [date(2024, 3, 7), datetime(2024, 3, 8, 23, 59), date(2024, 3, 9), None]
    assert left(ColumnFilter(low=low, high=high), ["7", "8", "9", "?"], keys) == days


def test_figures_lie_between_their_bounds_and_a_text_never_does():
    keys = [1, Decimal("2.50"), 3.5, "4", None]
    assert left(ColumnFilter(low="2.5", high="4"), ["a", "b", "c", "d", "e"], keys) == ["b", "c"]


def test_eight_figures_together_are_a_figure_and_no_day():
    wanted = ColumnFilter(low="20240101", high="20241231")
    assert left(wanted, ["a", "b"], [20240308, 99]) == ["a"]
    assert wanted.told("Número") == "Número: del 20240101 al 20241231"


def test_a_column_tells_its_kind():
    assert kind_of([None, date(2024, 1, 1)], "center") == DAYS
    assert kind_of([1, None, Decimal(2)], "right") == FIGURES
    assert kind_of([1, 2], "left") == TEXTS, "the rank of a state is no figure"
    assert kind_of([(2024, 1)], "right") == TEXTS
    assert kind_of([], "right") == TEXTS


def test_values_come_in_spanish_order_with_their_count():
    assert values_of([*NAMES, "Ochoa"]) == [
        ("", 1),
        ("Navarro", 1),
        ("Núñez", 1),
        ("Ñaupas", 1),
        ("Ochoa", 2),
    ]


def test_too_many_values_are_no_choice():
    assert values_of([str(number) for number in range(MOST_VALUES + 1)]) == []


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (ColumnFilter(values=("Vigente", "")), "Estado: Vigente o (vacío)"),
        (ColumnFilter(words="plan"), "Estado: contiene «plan»"),
        (ColumnFilter(low="2024-03-08"), "Estado: desde 08/03/2024"),
        (ColumnFilter(low="2024-03-08", high="2024-03-09"), "Estado: del 08/03/2024 al 09/03/2024"),
        (ColumnFilter(high="12.5"), "Estado: hasta 12.5"),
        (ColumnFilter(values=tuple("abcdefghijklmnopqrstuvwxyz")), "Estado: 26 valores"),
    ],
)
def test_a_filter_is_told_in_words(wanted, told):
    assert wanted.told("Estado") == told


@pytest.mark.parametrize(
    "wanted",
    [
        ColumnFilter("a", ("x", "")),
        ColumnFilter(low="2024-03-08", high="2024-03-09"),
        ColumnFilter(high="12.5"),
    ],
)
def test_a_filter_comes_back_from_its_file(wanted):
    assert ColumnFilter.from_stored(wanted.as_stored()) == wanted


@pytest.mark.parametrize(
    "stored",
    [
        *(None, [], {}, {"words": 3}, {"values": "x"}, {"values": [1]}, {"low": "ayer"}, {"high": "NaN"}),
        *({"low": "2024-13-45"}, {"low": "2024-01-01", "high": "5"}, {"high": "Infinity"}),
    ],
)
def test_anything_else_in_the_file_is_no_filter(stored):
    assert ColumnFilter.from_stored(stored) is None
