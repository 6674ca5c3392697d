"""Amount words against an independent inverse: a reader of Spanish numerals written for this test alone."""

import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.words import amount_in_words, number_in_words, soles_in_words

# --- the inverse: a small parser that adds up tokens; it shares no table and no method with the code ---
_VALUES = {
    word: value
    for value, words in {
        0: "cero",
        1: "uno un",
        2: "dos",
        3: "tres",
        4: "cuatro",
        5: "cinco",
        6: "seis",
        7: "siete",
        8: "ocho",
        9: "nueve",
        10: "diez",
        11: "once",
        12: "doce",
        13: "trece",
        14: "catorce",
        15: "quince",
        16: "dieciséis",
        17: "diecisiete",
        18: "dieciocho",
        19: "diecinueve",
        20: "veinte",
        21: "veintiuno veintiún",
        22: "veintidós",
        23: "veintitrés",
        24: "veinticuatro",
        25: "veinticinco",
        26: "veintiséis",
        27: "veintisiete",
        28: "veintiocho",
        29: "veintinueve",
        30: "treinta",
        40: "cuarenta",
        50: "cincuenta",
        60: "sesenta",
        70: "setenta",
        80: "ochenta",
        90: "noventa",
        100: "cien ciento",
        200: "doscientos",
        300: "trescientos",
        400: "cuatrocientos",
        500: "quinientos",
        600: "seiscientos",
        700: "setecientos",
        800: "ochocientos",
        900: "novecientos",
    }.items()
    for word in words.split()
}


def read_number(words: str) -> int:
    """The number that `words` say; fails on anything a careful reader would call wrong Spanish."""
    total = in_million = in_thousand = 0
    tokens = words.split(" ")
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token == "mil":
            assert in_million == 0
            assert in_thousand != 1, "no se dice «un mil»"
            in_million, in_thousand = (in_thousand or 1) * 1000, 0
        elif token in ("millón", "millones"):
            count = in_million + in_thousand
            assert (token == "millón") == (count == 1)
            assert total == 0
            total, in_million, in_thousand = count * 1_000_000, 0, 0
        elif token == "y":
            assert in_thousand % 100 in range(30, 100, 10)
            assert 1 <= _VALUES[following] <= 9
        else:
            value = _VALUES[token]
            if token in ("un", "veintiún"):
                assert following in ("mil", "millón", "millones", ""), "«un» solo va delante de algo"
            if token in ("uno", "veintiuno"):
                assert following == ""
            if token == "cien":
                assert following in ("", "mil", "millones")
            if token == "ciento":
                assert following not in ("", "mil", "millones")
            if value < 10 and in_thousand % 100:
                assert tokens[place - 1] == "y"
            if 10 <= value < 100:
                assert in_thousand % 100 == 0
            if value >= 100:
                assert in_thousand == 0
            if value == 0:
                assert words == "cero"
            in_thousand += value
    return total + in_million + in_thousand


def read_amount(words: str) -> Decimal:
    shape = re.fullmatch(r"([A-ZÁÉÍÓÚ][a-záéíóúñ ]*) con (\d\d)/100 soles", words)
    assert shape is not None, words
    return Decimal(read_number(shape[1].lower())) + Decimal(shape[2]) / 100


def test_every_integer_up_to_a_million_is_read_back_by_the_inverse() -> None:
    for n in range(1_000_000):
        plain, shortened = number_in_words(n), number_in_words(n, before_noun=True)
        assert read_number(plain) == n
        if plain.endswith("veintiuno"):
            assert shortened == plain.removesuffix("veintiuno") + "veintiún"
        elif plain.endswith("uno"):
            assert shortened == plain.removesuffix("o")
        else:
            assert shortened == plain


@given(st.integers(min_value=0, max_value=99_999_999_999_999))
def test_sampled_amounts_are_read_back_by_the_inverse(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    assert read_amount(amount_in_words(amount)) == amount


def test_a_wide_sample_of_large_amounts_is_read_back_by_the_inverse() -> None:
    chance = random.Random(20240308)
    for digits in range(7, 15):
        for _ in range(4_000):
            amount = Decimal(chance.randrange(10 ** (digits - 1), 10**digits)).scaleb(-2)
            assert read_amount(amount_in_words(amount)) == amount


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "cero"),
        (1, "uno"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (22, "veintidós"),
        (23, "veintitrés"),
        (26, "veintiséis"),
        (100, "cien"),
        (101, "ciento uno"),
        (500, "quinientos"),
        (700, "setecientos"),
        (900, "novecientos"),
        (1_000, "mil"),
        (1_001, "mil uno"),
        (21_000, "veintiún mil"),
        (31_000, "treinta y un mil"),
        (100_000, "cien mil"),
        (101_000, "ciento un mil"),
        (1_000_000, "un millón"),
        (21_000_000, "veintiún millones"),
        (1_000_000_000, "mil millones"),
        (21_031_021_031, "veintiún mil treinta y un millones veintiún mil treinta y uno"),
        (16_391, "dieciséis mil trescientos noventa y uno"),
    ],
)
def test_numbers_the_ear_knows(n: int, words: str) -> None:
    assert number_in_words(n) == words


def test_the_amount_of_a_plan_is_written_as_resoluciones_do() -> None:
    assert (
        amount_in_words(Decimal("312656.00"))
        == "Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles"
    )
    assert amount_in_words(Decimal("0.07")) == "Cero con 07/100 soles"
    assert amount_in_words(Decimal("1")) == "Uno con 00/100 soles"
    assert amount_in_words(Decimal("999999999999.99")).endswith(
        "mil novecientos noventa y nueve con 99/100 soles"
    )


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "cero soles"),
        (1, "un sol"),
        (21, "veintiún soles"),
        (31, "treinta y un soles"),
        (21_000, "veintiún mil soles"),
        (31_000, "treinta y un mil soles"),
        (1_000_000, "un millón de soles"),
        (1_000_001, "un millón un soles"),
        (1_021_000, "un millón veintiún mil soles"),
        (2_000_000, "dos millones de soles"),
        (1_000_000_000, "mil millones de soles"),
    ],
)
def test_whole_soles_carry_their_noun(n: int, words: str) -> None:
    assert soles_in_words(n) == words


@pytest.mark.parametrize("n", [-1, 1_000_000_000_000])
def test_numbers_outside_the_range_are_refused(n: int) -> None:
    for write in (number_in_words, soles_in_words):
        with pytest.raises(RuleError) as refusal:
            write(n)
        assert refusal.value.code == "number_out_of_words"


@pytest.mark.parametrize("amount", ["0.001", "1000000000000.00", "NaN", "-Infinity"])
def test_amounts_that_cannot_be_paid_are_refused(amount: str) -> None:
    with pytest.raises(RuleError):
        amount_in_words(Decimal(amount))


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(RuleError):
        amount_in_words(Decimal("-0.01"))
