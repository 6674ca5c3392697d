"""Two texts word by word: nothing of either side is lost."""

from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.word_changes import Stretch, StretchKind, word_changes, words_of

texts = st.one_of(st.text(max_size=60), st.text(alphabet="abc ,.ñÑ\n\u00a01", max_size=60))


def without(kind: StretchKind, stretches: tuple[Stretch, ...]) -> str:
    return "".join(one.text for one in stretches if one.kind is not kind)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_changes(old: str, new: str) -> None:
    stretches = word_changes(old, new)
    assert without(StretchKind.ADDED, stretches) == old
    assert without(StretchKind.REMOVED, stretches) == new
    assert all(one.text for one in stretches)


@given(texts)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert all(one.kind is StretchKind.SAME for one in word_changes(text, text))


@given(texts)
def test_the_words_joined_are_the_text(text: str) -> None:
    assert "".join(words_of(text)) == text


def test_a_sign_beside_a_word_is_no_part_of_it() -> None:
    changed = [
        one for one in word_changes("El plan, anual.", "El plan anual.") if one.kind is not StretchKind.SAME
    ]
    assert changed == [Stretch(StretchKind.REMOVED, ",")]


def test_a_very_long_text_is_compared_too() -> None:
    old = " ".join(f"palabra{n}" for n in range(4_000))
    stretches = word_changes(old, f"{old} más")
    assert stretches[-1].text == " más"
