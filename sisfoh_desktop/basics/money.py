"""Soles and counts as they are typed and printed: `S/ 312 656.00`, `16 391`.

Amounts in words are in words.py. Storage as integer céntimos is the database kit's affair.
"""

import re
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError

NBSP = "\u00a0"
MAX_AMOUNT = Decimal("999999999999.99")
CENT = Decimal("0.01")

# Space, no-break space, narrow no-break space, thin space, figure space: what printed amounts are grouped with.
_SPACES = " \u00a0\u202f\u2009\u2007"
_PREFIX = re.compile(rf"\AS/\.?[{_SPACES}]*", re.IGNORECASE)
_PLAIN = re.compile(r"\A[0-9]+(\.[0-9]{1,2})?\Z")
_SPACED = re.compile(rf"\A[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+(\.[0-9]{{1,2}})?\Z")
_COMMAS = re.compile(r"\A[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?\Z")
_LONGEST_INPUT = 40


def parse_amount(text: str) -> Decimal:
    """Soles typed by a person, as a Decimal with two places, from 0 to 999 999 999 999.99.

    Accepts spaces of any width or commas between thousands and a point before the céntimos. Refuses
    (RuleError `amount_missing`, `amount_invalid`, `amount_ambiguous`, `amount_too_large`) what could be read
    in two ways: `7.040`, `41 18 230.00`, `312.656,00`.
    """
    typed = text.strip(_SPACES + "\t\r\n")
    if not typed:
        raise RuleError("amount_missing", "Falta el importe: escríbalo en soles, por ejemplo 312 656.00.")
    shown = typed if len(typed) <= _LONGEST_INPUT else typed[: _LONGEST_INPUT - 1] + "…"
    digits = _PREFIX.sub("", typed, count=1)
    if len(typed) > _LONGEST_INPUT or not any(
        pattern.match(digits) for pattern in (_PLAIN, _SPACED, _COMMAS)
    ):
        raise _refusal(shown, digits)
    amount = Decimal(re.sub(rf"[{_SPACES},]", "", digits))
    if amount > MAX_AMOUNT:
        raise RuleError(
            "amount_too_large",
            f"El importe «{shown}» es mayor que S/ 999 999 999 999.99; revise si sobra alguna cifra.",
        )
    return amount.quantize(CENT)


def _refusal(shown: str, digits: str) -> RuleError:
    """Say why `digits` is no amount, with the likely cure."""
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?", digits):
        return RuleError(
            "amount_ambiguous",
            f"«{shown}» puede leerse de dos maneras: separe los miles con espacio y los céntimos con punto, "
            "por ejemplo 7 040.00.",
        )
    if re.fullmatch(rf"[0-9{_SPACES}]+,[0-9]{{1,2}}", digits):
        return RuleError(
            "amount_ambiguous",
            f"«{shown}» lleva coma antes de los céntimos: escríbalos con punto, por ejemplo 312 656.00.",
        )
    if re.fullmatch(rf"[0-9,{_SPACES}]+\.[0-9]{{3,}}", digits):
        return RuleError(
            "amount_invalid",
            f"«{shown}» tiene más de dos decimales: un importe en soles llega a los céntimos.",
        )
    return RuleError(
        "amount_invalid",
        f"«{shown}» no es un importe: agrupe los miles de tres en tres y use punto para los céntimos, "
        "por ejemplo 312 656.00.",
    )


def check_amount(amount: Decimal) -> Decimal:
    """Give back an amount in whole céntimos, of up to twelve figures; RuleError `amount_invalid` otherwise."""
    if not amount.is_finite() or abs(amount) > MAX_AMOUNT or amount != amount.quantize(CENT):
        raise RuleError(
            "amount_invalid",
            f"El importe {amount:.6g} no se puede usar: debe estar en soles y céntimos y tener como máximo "
            "doce cifras enteras.",
        )
    return amount


def format_amount(amount: Decimal) -> str:
    """`S/ 312 656.00` with no-break spaces; RuleError `amount_invalid` if it has fractions of a céntimo."""
    return f"S/{NBSP}{check_amount(amount):,.2f}".replace(",", NBSP)


def format_number(number: int) -> str:
    """A count with its thousands set apart by no-break spaces: `16 391`."""
    return f"{number:,}".replace(",", NBSP)
