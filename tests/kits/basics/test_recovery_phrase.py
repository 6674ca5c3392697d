"""The recovery phrase: typed in any manner it is read, and a slip is told with its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.recovery_phrase import GROUP_LETTERS, GROUPS, new_phrase, read_phrase

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PHRASE = new_phrase()


def test_it_is_eight_groups_of_five_letters_and_never_the_same() -> None:
    groups = PHRASE.split("-")
    assert [len(group) for group in groups] == [GROUP_LETTERS] * GROUPS
    assert all(letter in LETTERS for group in groups for letter in group)
    assert len({new_phrase() for _ in range(200)}) == 200


@given(st.sampled_from([" ", "-", "", "  ", "\n", " - "]), st.booleans())
def test_spaces_hyphens_and_case_do_not_count(between: str, lower: bool) -> None:
    typed = between.join(PHRASE.split("-"))
    assert read_phrase(typed.lower() if lower else typed) == PHRASE


def test_letters_that_look_like_figures_are_read_as_figures() -> None:
    for _ in range(50):
        phrase = new_phrase()
        assert read_phrase(phrase.replace("0", "O").replace("1", "l")) == phrase


@given(st.data())
def test_any_single_wrong_letter_is_told_with_its_group(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, GROUPS * GROUP_LETTERS - 1))
    letters = PHRASE.replace("-", "")
    other = data.draw(st.sampled_from([letter for letter in LETTERS if letter != letters[place]]))
    with pytest.raises(RuleError, match=f"El grupo {place // GROUP_LETTERS + 1} ") as told:
        read_phrase(letters[:place] + other + letters[place + 1 :])
    assert told.value.code == "phrase_wrong"


def test_two_groups_that_changed_places_are_told() -> None:
    groups = PHRASE.split("-")
    groups[2], groups[3] = groups[3], groups[2]
    with pytest.raises(RuleError, match="El grupo 3 "):
        read_phrase(" ".join(groups))


@pytest.mark.parametrize(
    "typed",
    ["", "   ", PHRASE[:-1], PHRASE + "A", PHRASE[:5]],
    ids=["nothing", "spaces", "one less", "one more", "one group"],
)
def test_too_few_or_too_many_are_counted(typed: str) -> None:
    with pytest.raises(RuleError, match="8 grupos de 5 letras") as told:
        read_phrase(typed)
    assert told.value.code == "phrase_incomplete"


@given(st.text(max_size=80))
def test_nothing_typed_breaks_it(typed: str) -> None:
    with pytest.raises(RuleError) as told:  # by chance a right one: once in 2 to the 40th
        read_phrase(typed)
    assert told.value.code in ("phrase_wrong", "phrase_incomplete")
