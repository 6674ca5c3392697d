"""Matching and order of lists: accents, capitals, ñ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.qtkit.row_order import fold_text, fold_texts, matching_rows, order_keys

NAMES = ["Ochoa", "Ñaupas", "Núñez", "Navarro", "nz", "Ñ", "ábaco", "Zúñiga"]


def test_spanish_order_puts_enye_after_n_and_ignores_accents():
    keys = dict(zip(NAMES, order_keys(NAMES), strict=True))
    assert sorted(NAMES, key=keys.__getitem__) == [
        "ábaco", "Navarro", "Núñez", "nz", "Ñ", "Ñaupas", "Ochoa", "Zúñiga",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nunez", ["Núñez"]),
        ("ÑAUPAS", ["Ñaupas"]),
        ("n z", ["Núñez", "nz", "Zúñiga"]),
        ("", NAMES),
        ("xx", []),
    ],
)
def test_words_match_without_accents_or_capitals(typed: str, found: list[str]):
    rows = matching_rows(fold_texts(NAMES), typed)
    assert [NAMES[row] for row in rows] == found


def test_a_letter_written_in_two_signs_is_the_same_letter():
    assert order_keys(["n\u0303a"]) == order_keys(["ña"])
    assert fold_text("A\u0301baco") == "abaco"


@given(st.lists(st.text(max_size=30), max_size=30))
def test_many_texts_fold_as_each_one_alone(texts: list[str]):
    together = fold_texts(texts)
    assert len(together) == len(texts)
    clean = [text.replace("\x1e", " ") for text in texts]
    if clean == texts:
        assert together == [fold_text(text) for text in texts]


@given(
    st.lists(st.text(alphabet="abnñozáéÑ ", max_size=12), max_size=20), st.text(alphabet="abnz ", max_size=5)
)
def test_narrowing_finds_what_starting_over_finds(texts: list[str], typed: str):
    folded = fold_texts(texts)
    first = matching_rows(folded, typed)
    assert matching_rows(folded, typed + "a", first) == matching_rows(folded, typed + "a")
