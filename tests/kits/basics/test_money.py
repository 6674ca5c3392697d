"""Amounts: what a person may type, what is refused because it could be read in two ways, what is printed."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import check_amount, format_amount, format_number, parse_amount

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("312 656.00", "312656.00"),
        ("312\u00a0656.00", "312656.00"),
        ("312\u2009656.00", "312656.00"),
        ("312\u202f656.00", "312656.00"),
        ("312,656.00", "312656.00"),
        ("S/ 312 656.00", "312656.00"),
        ("S/312,656.00", "312656.00"),
        ("S/.\u00a0312656", "312656.00"),
        ("s/ 5", "5.00"),
        ("  19.07 ", "19.07"),
        ("7,040", "7040.00"),
        ("46,016,859.00", "46016859.00"),
        ("0", "0.00"),
        ("12.5", "12.50"),
        ("999 999 999 999.99", "999999999999.99"),
    ],
)
def test_amounts_as_people_write_them_are_read(typed: str, expected: str) -> None:
    amount = parse_amount(typed)
    assert amount == Decimal(expected)
    assert str(amount) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_missing"),
        (" \u00a0\t", "amount_missing"),
        ("41 18 230.00", "amount_invalid"),
        ("41,18,230.00", "amount_invalid"),
        ("312 656,000.00", "amount_invalid"),
        ("312,656 000.00", "amount_invalid"),
        ("1 0000", "amount_invalid"),
        ("7.040", "amount_ambiguous"),
        ("312.656,00", "amount_ambiguous"),
        ("1.312.656", "amount_ambiguous"),
        ("46 016 859,00", "amount_ambiguous"),
        ("1,5", "amount_ambiguous"),
        ("1234.567", "amount_invalid"),
        ("12.", "amount_invalid"),
        (".50", "amount_invalid"),
        ("-5", "amount_invalid"),
        ("1e5", "amount_invalid"),
        ("NaN", "amount_invalid"),
        ("\u0665\u0666", "amount_invalid"),
        ("S/", "amount_invalid"),
        ("US$ 5", "amount_invalid"),
        ("<b>5</b>", "amount_invalid"),
        ("1 000 000 000 000.00", "amount_too_large"),
        ("9" * 500, "amount_invalid"),
    ],
)
def test_what_is_no_amount_or_can_be_read_in_two_ways_is_refused_with_a_sentence(
    typed: str, code: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        parse_amount(typed)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")
    assert len(refusal.value.sentence) < 250


def test_amounts_are_printed_with_spaces_that_do_not_break() -> None:
    assert format_amount(Decimal("312656")) == f"S/{NBSP}312{NBSP}656.00"
    assert format_amount(Decimal("0.5")) == f"S/{NBSP}0.50"
    assert format_amount(Decimal("-1234.5")) == f"S/{NBSP}-1{NBSP}234.50"


@pytest.mark.parametrize("amount", ["1.005", "NaN", "sNaN", "Infinity", "1E+40", "1000000000000"])
def test_fractions_of_a_centimo_and_absurd_amounts_are_never_printed(amount: str) -> None:
    for use in (format_amount, check_amount):
        with pytest.raises(RuleError) as refusal:
            use(Decimal(amount))
        assert refusal.value.code == "amount_invalid"


def test_counts_are_grouped_by_thousands() -> None:
    assert format_number(16391) == f"16{NBSP}391"
    assert format_number(7040) == f"7{NBSP}040"
    assert format_number(999) == "999"
    assert format_number(-1000000) == f"-1{NBSP}000{NBSP}000"


@given(st.integers(min_value=0, max_value=99_999_999_999_999))
def test_what_is_printed_can_be_typed_back(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    assert parse_amount(format_amount(amount)) == amount
    assert parse_amount(f"{amount:,.2f}") == amount


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_but_never_breaks(typed: str) -> None:
    with contextlib.suppress(RuleError):
        parse_amount(typed)
