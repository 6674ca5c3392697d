"""Blocks of cells of the clipboard: what goes out comes back, spreadsheets are read, numbers have one reading."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sisfoh_desktop.basics.cell_blocks import (
    block_text,
    format_quantity,
    parse_block,
    parse_quantities,
    parse_quantity,
    plain_quantity,
)
from sisfoh_desktop.basics.errors import RuleError

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from(list("\t\n\"'=+-@ 0123456789,.")),
    max_size=12,
).filter(lambda text: "\r" not in text)
BLOCKS = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5)
)
QUANTITIES = st.decimals(0, 999_999_999, places=4, allow_nan=False, allow_infinity=False)


@given(BLOCKS)
@example([[""]])
@example([["", ""], ["", ""]])
@example([['"'], ['""'], ["a\tb"], ["'=1+1"], ["=1+1"], ["-"], ["-5"]])
def test_what_is_copied_is_pasted_as_it_was(rows):
    assert parse_block(block_text(rows)) == tuple(tuple(row) for row in rows)


@given(st.text(st.sampled_from(list("ab\"\t\n\r'=")), max_size=60))
def test_any_text_is_some_block_with_rows_of_one_length(text):
    block = parse_block(text)
    assert len({len(row) for row in block}) <= 1


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", ()),
        ("7", (("7",),)),
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ("1\n\n3\n", (("1",), ("",), ("3",))),
        ("1\t2\n3\n", (("1", "2"), ("3", ""))),
        ('"dos\nlíneas"\t"dice ""sí"""\n', (("dos\nlíneas", 'dice "sí"'),)),
        ('5" de ancho\tb', (('5" de ancho', "b"),)),
        ('"sin cerrar\tb\n1\t2', (('"sin cerrar', "b"), ("1", "2"))),
        ("1\r2\r", (("1",), ("2",))),
    ],
)
def test_the_clipboard_of_spreadsheets_is_read(text, block):
    assert parse_block(text) == block


def test_a_formula_is_copied_as_text():
    assert block_text([["=SUMA(A1)", "@x", "-5", "+51 952", "-a"]]) == "'=SUMA(A1)\t'@x\t-5\t+51 952\t'-a"


@pytest.mark.parametrize("text", ["x" * 20_000_001, "\n".join(["\t" * 600] * 1_000)])
def test_a_clipboard_without_measure_is_refused(text):
    with pytest.raises(RuleError) as refused:
        parse_block(text)
    assert refused.value.code == "block_too_large"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7040", "7040"),
        ("7,040", "7040"),
        ("7 040", "7040"),
        ("7\u00a0040", "7040"),
        (" 12.5 ", "12.5"),
        ("1,234,567.25", "1234567.25"),
        ("1 234.5", "1234.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("0", "0"),
        ("2.00000", "2"),
    ],
)
def test_numbers_with_one_reading(text, number):
    assert parse_quantity(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7.040", "quantity_ambiguous"),
        ("12.345", "quantity_ambiguous"),
        ("1.234.567", "quantity_ambiguous"),
        ("7.040,5", "quantity_ambiguous"),
        ("7,5", "quantity_ambiguous"),
        ("-3", "quantity_negative"),
        ("(3)", "quantity_negative"),
        ("", "quantity_missing"),
        ("tres", "quantity_invalid"),
        ("-", "quantity_invalid"),
        ("41 18 230", "quantity_invalid"),
        ("12%", "quantity_invalid"),
        ("0.12345", "quantity_invalid"),
        ("٣", "quantity_invalid"),
        ("1e5", "quantity_invalid"),
        ("9" * 13, "quantity_too_large"),
        ("9" * 400, "quantity_invalid"),
    ],
)
def test_numbers_that_are_refused_with_a_reason(text, code):
    with pytest.raises(RuleError) as refused:
        parse_quantity(text)
    assert refused.value.code == code
    assert len(refused.value.sentence) < 200


@given(QUANTITIES)
@example(Decimal("20.1610"))
def test_a_number_is_read_back_from_what_is_copied_and_from_what_is_seen(number):
    assert parse_quantity(plain_quantity(number)) == number
    assert parse_quantity(format_quantity(number)) == number


@given(st.lists(st.sampled_from(["", "0", "7", "12", "7040", "7,040", "1.5", "x", "9" * 13]), min_size=1))
def test_a_column_read_at_once_is_what_its_cells_are_one_by_one(texts):
    at_once = parse_quantities(texts)
    plain = all(text == "" or (text.isdigit() and len(text) <= 12) for text in texts)
    assert (at_once is not None) == (plain and any(texts))
    if at_once is not None:
        assert at_once == [parse_quantity(text) if text else None for text in texts]


def test_blanks_and_zeros_are_told_apart():
    assert format_quantity(None) == "" == plain_quantity(None)
    assert format_quantity(Decimal("0.0000")) == "0" == plain_quantity(Decimal("0.00"))
    assert format_quantity(Decimal("16391")) == "16\u00a0391"
    assert format_quantity(Decimal("7.04")) == "7.04"
    assert format_quantity(Decimal("7.040")) == "7.04"
    assert format_quantity(Decimal("7.125")) == "7.1250" == plain_quantity(Decimal("7.125"))
    assert format_quantity(Decimal("7.5000")) == "7.5" == plain_quantity(Decimal("7.50"))
