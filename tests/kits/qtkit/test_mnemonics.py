"""Alt+letter: one letter once."""

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.qtkit.mnemonics import bare_text, letters_of, with_mnemonic


def test_initials_come_first_and_no_letter_twice():
    taken: set[str] = set()
    assert [with_mnemonic(text, taken) for text in ("Número", "Nombre de la unidad", "Norma")] == [
        "&Número", "Nombre &de la unidad", "N&orma",
    ]  # fmt: skip


def test_a_chosen_letter_is_kept_unless_it_is_taken():
    taken = {"g"}
    assert with_mnemonic("&Guardar", taken) == "G&uardar"
    assert with_mnemonic("E&xportar", taken) == "E&xportar"


def test_texts_without_a_free_letter_stay_unmarked():
    assert with_mnemonic("N° 1", {"n"}) == "N° 1"


@given(st.lists(st.text(max_size=20), max_size=10))
def test_the_words_stay_the_same(texts: list[str]):
    taken: set[str] = set()
    marked = [with_mnemonic(text, taken) for text in texts]
    assert [bare_text(text) for text in marked] == [bare_text(text) for text in texts]
    assert letters_of(marked) <= taken
