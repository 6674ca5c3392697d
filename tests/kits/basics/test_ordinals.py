"""Ordinals of articles and letters of lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import list_letter, ordinal_word


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (1, "PRIMERO"),
        (2, "SEGUNDO"),
        (3, "TERCERO"),
        (4, "CUARTO"),
        (5, "QUINTO"),
        (6, "SEXTO"),
        (7, "SÉPTIMO"),
        (8, "OCTAVO"),
        (9, "NOVENO"),
        (10, "DÉCIMO"),
        (11, "DÉCIMO PRIMERO"),
        (12, "DÉCIMO SEGUNDO"),
        (20, "VIGÉSIMO"),
        (21, "VIGÉSIMO PRIMERO"),
        (30, "TRIGÉSIMO"),
        (40, "CUADRAGÉSIMO"),
        (99, "NONAGÉSIMO NOVENO"),
        (100, "CENTÉSIMO"),
        (101, "CENTÉSIMO PRIMERO"),
        (999, "NONINGENTÉSIMO NONAGÉSIMO NOVENO"),
    ],
)
def test_articles_are_numbered_in_words(n: int, word: str) -> None:
    assert ordinal_word(n) == word


def test_feminine_agrees_in_every_word() -> None:
    assert ordinal_word(1, feminine=True) == "PRIMERA"
    assert ordinal_word(12, feminine=True) == "DÉCIMA SEGUNDA"


def test_no_two_articles_share_an_ordinal() -> None:
    assert len({ordinal_word(n) for n in range(1, 1000)}) == 999


@pytest.mark.parametrize("n", [0, -1, 1000])
def test_ordinals_outside_the_table_are_refused(n: int) -> None:
    with pytest.raises(RuleError) as refusal:
        ordinal_word(n)
    assert refusal.value.code == "ordinal_out_of_range"


def test_list_letters_run_from_a_to_z_and_on() -> None:
    assert [list_letter(n) for n in range(1, 12)] == list("abcdefghijk")
    assert [list_letter(n) for n in (26, 27, 28, 52, 53, 702, 703)] == [
        "z",
        "aa",
        "ab",
        "az",
        "ba",
        "zz",
        "aaa",
    ]
    with pytest.raises(RuleError) as refusal:
        list_letter(0)
    assert refusal.value.code == "list_letter_below_one"


@given(st.integers(min_value=1, max_value=1_000_000))
def test_letters_never_repeat_and_keep_their_order(n: int) -> None:
    here, after = list_letter(n), list_letter(n + 1)
    assert (len(here), here) < (len(after), after)
