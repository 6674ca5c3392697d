"""Ranges against Python sets, and what people type against what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import (
    FormRange,
    FormRanges,
    format_number,
    format_ranges,
    parse_ranges,
)

NUMBERS = st.sets(st.integers(1, 60), max_size=40)
PREFIXES = st.sampled_from(
    ["", "A-", "N-", "FSU ", "FSU-24-", "24-", "77", "S100.", "Serie A N° ", "del-", "-"]
)


def of(numbers):
    return FormRanges.of_numbers(numbers)


def as_set(ranges):
    return set(ranges.numbers())


def assert_canonical(ranges):
    """Disjoint, in order, never two that touch."""
    for before, after in zip(ranges.ranges, ranges.ranges[1:], strict=False):
        assert before.last + 1 < after.first


# --- the algebra ---


@given(NUMBERS, NUMBERS)
def test_the_algebra_is_that_of_sets(left, right):
    one, other = of(left), of(right)
    for ranges, expected in (
        (one | other, left | right),
        (one & other, left & right),
        (one - other, left - right),
    ):
        assert as_set(ranges) == expected
        assert_canonical(ranges)
    assert (one == other) == (left == right)
    assert bool(one) == bool(left)
    assert one.count == len(left)


@given(NUMBERS)
def test_gaps_are_what_is_missing_between_the_ends(numbers):
    ranges = of(numbers)
    expected = set(range(min(numbers), max(numbers) + 1)) - numbers if numbers else set()
    assert as_set(ranges.gaps()) == expected
    assert_canonical(ranges.gaps())
    assert ranges | ranges.gaps() == (
        FormRanges.single(ranges.first, ranges.last) if numbers else FormRanges()
    )


@given(NUMBERS, st.integers(-2, 65))
def test_in_and_order(numbers, number):
    ranges = of(numbers)
    assert (number in ranges) == (number in numbers)
    assert "7" not in ranges
    assert list(ranges.numbers()) == sorted(numbers)
    assert [one.count for one in ranges] == [one.last - one.first + 1 for one in ranges.ranges]


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 15)), max_size=12))
def test_of_merges_whatever_comes_in_any_order(parts):
    ranges = FormRanges.of(FormRange(first, first + more) for first, more in parts)
    assert as_set(ranges) == {number for first, more in parts for number in range(first, first + more + 1)}
    assert_canonical(ranges)


def test_what_is_no_range_is_refused():
    for first, last in ((0, 3), (-1, 1), (5, 4)):
        with pytest.raises(ValueError, match="no range"):
            FormRange(first, last)
    assert FormRanges.single(7) == FormRanges.single(7, 7)
    with pytest.raises(ValueError, match="first"):
        _ = FormRanges().first
    with pytest.raises(ValueError, match="last"):
        _ = FormRanges().last
    assert not FormRanges().gaps()


# --- reading and writing ---


@given(NUMBERS.filter(bool), st.integers(2, 12), PREFIXES)
def test_what_is_written_reads_back(numbers, width, prefix):
    ranges = of(numbers)
    assert parse_ranges(format_ranges(ranges, width, prefix), width, prefix) == ranges


@given(NUMBERS.filter(bool), st.data())
def test_exceptions_are_taken_away(numbers, data):
    away = data.draw(st.sets(st.sampled_from(sorted(numbers)), max_size=len(numbers) - 1))
    whole, without = format_ranges(of(numbers), 6), format_ranges(of(away), 6)
    text = f"{whole} menos {without}" if away else whole
    assert as_set(parse_ranges(text, 6)) == numbers - away


@given(st.integers(1, 9_000), st.integers(1, 900))
def test_plus_counts_from_the_first(first, count):
    assert parse_ranges(f"{first:06d}+{count}", 6) == FormRanges.single(first, first + count - 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("004501-005000", "004501-005000"),
        ("4501-5000", "004501-005000"),
        ("004501 – 005000", "004501-005000"),
        ("004501 al 005000", "004501-005000"),
        ("del 004501 hasta 005000", "004501-005000"),
        ("N° 004501 a 005000", "004501-005000"),
        ("004501+500", "004501-005000"),
        ("004501 + 1 000", "004501-005500"),
        ("4501", "004501"),
        ("004517, 004501-004516; 004518", "004501-004518"),
        ("004501\n004503\r\n004505", "004501, 004503, 004505"),
        ("4501 y 4503", "004501, 004503"),
        ("fichas 4501 e 4503", "004501, 004503"),
        ("\t004501-004550 menos 004517", "004501-004516, 004518-004550"),
        ("004501-004550 EXCEPTO 004517 y 004520-004522", "004501-004516, 004518-004519, 004523-004550"),
        ("4501-4550 salvo 4501", "004502-004550"),
        ("4501, 4502 sin 4502", "004501"),
        ("000001-999999", "000001-999999"),
    ],
)
def test_how_people_type(typed, told):
    assert format_ranges(parse_ranges(typed, 6), 6) == told


@pytest.mark.parametrize(
    ("typed", "prefix", "expected"),
    [
        ("A-004501-A-004550", "A-", (4501, 4550)),
        ("A-004501-004550", "A-", (4501, 4550)),
        ("a004501 al A 4550", "A-", (4501, 4550)),
        ("004501-004550", "A-", (4501, 4550)),
        ("A-004501+50", "A-", (4501, 4550)),
        ("N-004501", "N-", (4501, 4501)),
        ("N° N-004501", "N-", (4501, 4501)),
        ("FSU-24-004501 - FSU-24-004550", "FSU-24-", (4501, 4550)),
        ("fsu24 4501", "FSU-24-", (4501, 4501)),
        ("24-004501", "24-", (4501, 4501)),
        ("240045", "24-", (240045, 240045)),
        ("24-004501-24-004550", "24-", (4501, 4550)),
        ("77004501-77004550", "77", (4501, 4550)),
        ("770045", "77", (770045, 770045)),
        ("004501-004550", "-", (4501, 4550)),
    ],
)
def test_the_printed_prefix_may_be_typed(typed, prefix, expected):
    assert parse_ranges(typed, 6, prefix) == FormRanges.single(*expected)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "serial_empty", "Falta el número"),
        (" \n ", "serial_empty", "Falta el número"),
        (",;", "serial_empty", "Falta el número"),
        ("abc", "serial_unreadable", "«abc»"),
        ("4501-4502-4503", "serial_unreadable", "no se entiende"),
        ("4501+", "serial_unreadable", "no se entiende"),
        ("4501+0", "serial_unreadable", "no se entiende"),
        ("4501+ ", "serial_unreadable", "no se entiende"),
        ("1+9999999999", "serial_unreadable", "no se entiende"),
        ("1+2+3", "serial_unreadable", "no se entiende"),
        ("x" * 60, "serial_unreadable", "…"),
        ("4501 menos 4501 menos 4502", "serial_unreadable", "más de un «menos»"),
        ("B-4501", "serial_unreadable", "no se entiende"),
        ("٤٥٠١", "serial_unreadable", "no se entiende"),
        ("0045011", "serial_too_long", "7 cifras"),
        ("4501-45010000", "serial_too_long", "8 cifras"),
        ("999999+2", "serial_too_long", "7 cifras"),
        ("5000-4501", "serial_reversed", "de menor a mayor"),
        ("0", "serial_zero", "empieza en 1"),
        ("000000-000005", "serial_zero", "empieza en 1"),
        ("4501-4510, 4510", "serial_repeated", "N° 004510"),
        ("4501-4510 menos 4511", "serial_not_there", "004511"),
        ("4501-4502 menos 4501, 4502", "serial_empty", "no queda ningún número"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(typed, code, words):
    with pytest.raises(RuleError) as refused:
        parse_ranges(typed, 6)
    assert refused.value.code == code
    assert words in refused.value.sentence


def test_a_field_holds_so_many_ranges():
    with pytest.raises(RuleError) as refused:
        parse_ranges(",".join(str(number) for number in range(1, 20_003)), 6)
    assert refused.value.code == "serial_too_many"


def test_a_number_keeps_its_zeros():
    assert format_number(4517, 6) == "004517"
    assert format_number(4517, 6, "A-") == "A-004517"
    assert format_number(1234567, 6) == "1234567"


def test_a_sentence_repeats_no_sign_that_cannot_be_seen():
    with pytest.raises(RuleError) as told:
        parse_ranges("12\u202e34\x00x\ud800", 6)
    assert "«1234x»" in told.value.sentence
