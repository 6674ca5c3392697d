"""What a list shows becomes what a sheet reckons with: only where the whole column is figures, soles or dates."""

from datetime import date
from decimal import Decimal

import pytest

from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.shown_columns import bare_figure, reckoned


@pytest.mark.parametrize(
    ("shown", "bare"),
    [
        (format_number(16391), "16391"),
        (format_number(-1204), "-1204"),
        (format_amount(Decimal("312656.00")), "312656.00"),
        (format_amount(Decimal("0.50")), "0.50"),
        ("60", "60"),
        ("000041", "000041"),
        ("2\u00a0de\u00a06", "2\u00a0de\u00a06"),
        ("Ley\u00a029733", "Ley\u00a029733"),
        ("", ""),
    ],
)
def test_a_figure_loses_what_sets_its_thousands_apart(shown, bare):
    assert bare_figure(shown) == bare


def column(*texts: str) -> list[object]:
    return [row[0] for row in reckoned([[text] for text in texts])]


def test_a_column_of_figures_can_be_added_up():
    assert column("20\u00a0000", "60", "", "0", "-3") == [20000, 60, "", 0, -3]


def test_a_column_of_soles_keeps_its_centimos():
    assert column(format_amount(Decimal("1204.50")), "") == [Decimal("1204.50"), ""]


def test_a_column_of_dates_can_be_sorted_by_day():
    assert column("04/03/2024", "", "08/12/2023") == [date(2024, 3, 4), "", date(2023, 12, 8)]


@pytest.mark.parametrize(
    "texts",
    [
        ("000041", "20"),  # a number of a form
        ("40000011",),  # a DNI
        ("987654321",),  # a telephone
        ("4*****11",),
        ("12", "sin número"),
        ("30/02/2024", "01/03/2024"),
        ("04/03/2024", "hoy"),
        ("=1+1",),
        ("", ""),
    ],
)
def test_what_is_no_figure_throughout_stays_text(texts):
    assert column(*texts) == list(texts)


def test_rows_need_not_be_of_one_length():
    assert reckoned([]) == []
    assert reckoned([["1"], [], ["2", "a"]]) == [[1], [], [2, "a"]]
