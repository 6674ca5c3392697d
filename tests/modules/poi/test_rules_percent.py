"""One rule for every percentage that is read: screen, grid and paper say the same figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.modules.poi.rules.percent import percent_figure, percent_text


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        ("0", "0 %"),
        ("66.6666", "66.7 %"),
        ("94.96", "94.9 %"),
        ("99.99", "99.9 %"),
        ("100", "100 %"),
        ("100.02", "100.1 %"),
        ("115.254", "115.3 %"),
        ("100.1916", "100.2 %"),
        ("200", "200 %"),
    ],
)
def test_a_percentage_is_rounded_and_a_hundred_is_said_of_a_hundred_alone(percent: str, told: str) -> None:
    assert percent_text(Decimal(percent)).replace("\u00a0", " ") == told


def test_nothing_is_said_of_nothing() -> None:
    assert percent_text(None) == ""


@given(st.integers(1, 1000), st.decimals("0.000001", "0.5", places=6))
def test_no_limit_of_a_band_is_read_before_it_is_reached(limit: int, short: Decimal) -> None:
    assert Decimal(percent_figure(limit - short)) < limit


@given(st.decimals(0, 1000, places=6), st.sampled_from(["1", "0.1"]))
def test_no_other_figure_reads_as_a_hundred(percent: Decimal, places: str) -> None:
    assert (percent_figure(percent, Decimal(places)) == "100") is (percent == 100)
