"""Numbers and soles in Spanish words, as resoluciones print them.

Figures are in money.py; ordinals (PRIMERO) in ordinals.py. Written here because "veintiún mil" and
"un millón de soles" are what general libraries get wrong.
"""

from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import check_amount

LARGEST = 999_999_999_999

_TO_29 = (
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
_TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
)


def number_in_words(n: int, *, before_noun: bool = False) -> str:
    """`n` (0 to 999 999 999 999) in lower case; `before_noun` shortens a final "uno": `veintiún hogares`.

    RuleError `number_out_of_words` outside the range.
    """
    if not 0 <= n <= LARGEST:
        raise RuleError(
            "number_out_of_words",
            "Solo se escriben en letras los números de 0 a 999 999 999 999; revise la cifra.",
        )
    millions, rest = divmod(n, 1_000_000)
    parts: list[str] = []
    if millions == 1:
        parts.append("un millón")
    elif millions:
        parts.append(f"{_below_million(millions, before_noun=True)} millones")
    if rest or not millions:
        parts.append(_below_million(rest, before_noun=before_noun))
    return " ".join(parts)


def amount_in_words(amount: Decimal) -> str:
    """`Trescientos doce mil seiscientos cincuenta y seis con 00/100 soles`, first letter capital.

    `amount` is in soles with at most two decimals, 0 to 999 999 999 999.99; RuleError otherwise.
    """
    soles, cents = divmod(int(check_amount(amount).scaleb(2)), 100)
    words = number_in_words(soles)
    return f"{words[0].upper()}{words[1:]} con {cents:02d}/100 soles"


def soles_in_words(n: int) -> str:
    """Whole soles with their noun: `un sol`, `veintiún mil soles`, `un millón de soles`."""
    words = number_in_words(n, before_noun=True)
    if n == 1:
        return f"{words} sol"
    # "millón" is itself a noun, so what it counts follows with "de" when nothing stands between.
    return f"{words} de soles" if n and n % 1_000_000 == 0 else f"{words} soles"


def _below_million(n: int, *, before_noun: bool) -> str:
    thousands, rest = divmod(n, 1000)
    parts: list[str] = []
    if thousands:
        parts.append("mil" if thousands == 1 else f"{_below_thousand(thousands, before_noun=True)} mil")
    if rest or not thousands:
        parts.append(_below_thousand(rest, before_noun=before_noun))
    return " ".join(parts)


def _below_thousand(n: int, *, before_noun: bool) -> str:
    if n == 100:
        return "cien"
    hundreds, rest = divmod(n, 100)
    parts: list[str] = [_HUNDREDS[hundreds]] if hundreds else []
    if rest or not hundreds:
        parts.append(_below_hundred(rest, before_noun=before_noun))
    return " ".join(parts)


def _below_hundred(n: int, *, before_noun: bool) -> str:
    if before_noun and n == 21:
        return "veintiún"
    if n < 30:
        return "un" if before_noun and n == 1 else _TO_29[n]
    tens, unit = divmod(n, 10)
    if not unit:
        return _TENS[tens]
    return f"{_TENS[tens]} y {'un' if before_noun and unit == 1 else _TO_29[unit]}"
