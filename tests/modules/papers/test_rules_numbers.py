"""Which numbers may be explained by hand: never one that is used, never one that would leave silence behind."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.papers.rules import (
    NumberEntry,
    NumberLine,
    NumberState,
    OutsideDocument,
    SeriesYear,
    check_number_open,
    checked_outside,
    count_states,
    register_lines,
)

MASK = "{n:03d}-{year}-GM/MPT"
YEAR = SeriesYear(1, 2024, 93, 90, "Antes.")
TODAY = date(2024, 3, 8)


def refusal(call, *arguments):
    with pytest.raises(RuleError) as caught:
        call(*arguments)
    return caught.value


@pytest.mark.parametrize("number", [91, 92, 93, 94])
def test_holes_and_the_next_number_are_open(number):
    check_number_open(YEAR, None, number, MASK, 2024)


def test_a_reserved_number_is_open_until_a_paper_takes_it():
    check_number_open(YEAR, NumberEntry(92, NumberState.RESERVED, "Reservado."), 92, MASK, 2024)
    taken = NumberEntry(92, NumberState.RESERVED, "Reservado.", taken=True)
    assert "ya lo lleva un documento" in refusal(check_number_open, YEAR, taken, 92, MASK, 2024).sentence


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (NumberState.FIXED, "ya lo lleva un documento"),
        (NumberState.ANNULLED, "está anulado"),
        (NumberState.OUTSIDE, "hecho fuera del programa"),
    ],
)
def test_a_number_that_is_explained_stays_so(state, words):
    error = refusal(check_number_open, YEAR, NumberEntry(92, state, "x"), 92, MASK, 2024)
    assert error.code == "number_taken"
    assert words in error.sentence


def test_a_jump_forward_names_the_number_to_explain_first():
    error = refusal(check_number_open, YEAR, None, 97, MASK, 2024)
    assert error.code == "number_skips"
    assert "094-2024-GM/MPT" in error.sentence
    assert "saltaría 3" in error.sentence


def test_numbers_from_before_the_program_and_out_of_range_are_refused():
    assert refusal(check_number_open, YEAR, None, 90, MASK, 2024).code == "number_earlier"
    assert refusal(check_number_open, YEAR, None, 0, MASK, 2024).code == "number_range"
    assert refusal(check_number_open, None, None, 1_000_000, MASK, 2024).code == "number_range"
    assert refusal(check_number_open, None, None, 2, MASK, 2024).code == "number_skips"
    check_number_open(None, None, 1, MASK, 2024)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"dated": date(2023, 12, 31)}, "outside_other_year"),
        ({"dated": date(2024, 3, 9)}, "date_in_future"),
        ({"title": " "}, "text_missing"),
        ({"title": "x" * 601}, "text_too_long"),
    ],
)
def test_a_document_made_outside_says_what_it_is_when_and_why(changes, code):
    values = {"dated": TODAY, "title": "Designa comisión", "reason": "Se hizo en Word.", **changes}
    assert refusal(checked_outside, OutsideDocument(**values), 2024, TODAY).code == code


def test_what_is_kept_of_it_has_no_outer_blanks_nor_line_ends():
    kept = checked_outside(OutsideDocument(TODAY, " Designa\ncomisión ", " En Word. ", "ab"), 2024, TODAY)
    assert kept == OutsideDocument(TODAY, "Designa comisión", "En Word.", "ab")


@given(
    last=st.integers(0, 40),
    start=st.integers(0, 10),
    stored=st.sets(st.integers(1, 40)),
    wanted=st.integers(-2, 60),
)
def test_whatever_is_let_through_leaves_no_silence(last, start, stored, wanted):
    last = max(last, start)
    year = SeriesYear(1, 2024, last, start, "Antes.")
    entries = {n: NumberEntry(n, NumberState.FIXED, "Emitido.") for n in stored if start < n <= last}
    try:
        check_number_open(year, entries.get(wanted), wanted, MASK, 2024)
    except RuleError:
        return
    assert wanted not in entries
    before = {line.first for line in register_lines(year, MASK, list(entries.values())) if line.open}
    assert wanted == last + 1 or wanted in before


def test_counts_tell_every_number_by_state():
    lines = [
        NumberLine(1, 90, "x", NumberState.EARLIER, "Antes."),
        NumberLine(91, 91, "x", NumberState.FIXED, ""),
        NumberLine(92, 92, "x", NumberState.MISSING, ""),
    ]
    assert count_states(lines) == [
        (NumberState.FIXED, 1),
        (NumberState.EARLIER, 90),
        (NumberState.MISSING, 1),
    ]
