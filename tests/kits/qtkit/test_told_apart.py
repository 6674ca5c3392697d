"""Names that do not fit are cut where they are alike, so that two of them never look the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sisfoh_desktop.qtkit.told_apart import cut_apart, distinctions

NAMES = ["EMPADRONADOR 01 PRUEBA", "EMPADRONADOR 02 PRUEBA", "EMPADRONADOR 11 PRUEBA", "Archivo"]


def told(names, width):
    """As shown in `width` letters."""
    places = distinctions(names)
    return [cut_apart(name, places[name], width, len) for name in names]


def test_what_is_alike_is_left_out():
    assert told(NAMES, 14) == ["EMPA…01 PRUEBA", "EMPA…02 PRUEBA", "EMPA…11 PRUEBA", "Archivo"]
    assert told(NAMES, 9) == ["EMPAD…01…", "EMPAD…02…", "EMPAD…11…", "Archivo"]


def test_a_name_that_fits_or_differs_early_is_left_as_it_is():
    assert told(NAMES, 22) == NAMES
    assert told(["ANA QUISPE MAMANI", "BETO QUISPE MAMANI"], 10) == ["ANA QUISP…", "BETO QUIS…"]


@pytest.mark.parametrize(
    ("names", "width", "expected"),
    [
        (["QUISPE MAMANI JUAN", "QUISPE MAMANI JOSÉ"], 12, ["QUISPE…JUAN", "QUISPE…JOSÉ"]),
        (["ROSA", "ROSA MARÍA DE LOURDES"], 8, ["ROSA", "ROSA MA…"]),
    ],
)
def test_real_names(names, width, expected):
    assert told(names, width) == expected


@example([" 1 1", " 1 1 "], 0)
@given(st.lists(st.text("AB 1", max_size=30), max_size=12), st.integers(0, 30))
def test_nothing_is_wider_than_its_room(names, width):
    places = distinctions(names)
    assert all(len(cut_apart(name, places[name], width, len)) <= max(width, 0) for name in names)
