"""The code of a cargo, printed as QR and in letters: typed or scanned it opens its notification. Never an address."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.errors import RuleError

PREFIX = "SISFOH-CARGO"
# without I, L, O and U, which are read as 1, 1, 0 and V
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")
_CHECK_LENGTH = 6
# a scanner set for another keyboard turns the signs between the parts into other ones (`:` into `Ñ`)
_CODE = re.compile(r"(?:SISFOH[^0-9A-Z]?CARGO[^0-9A-Z]+)?([0-9]{1,9})[^0-9A-Z]+([0-9A-Z]{6})")


@dataclass(frozen=True)
class CargoCode:
    """A code as it was read: whose it is, and the sign that it is no other's."""

    notification_id: int
    check: str


@dataclass(frozen=True)
class Cargo:
    """A cargo as it is printed; `by_mail` asks for the receipt of an e-mail instead of a delivery by hand."""

    code: str
    act: str
    dated: date
    subject: str
    recipient: str
    person: str
    address: str
    channel: str
    channel_rule: str
    attempt: int
    folios: int
    origin: str
    by_mail: bool = False


def cargo_code(notification_id: int, number_text: str, recipient_key: str, attempt: int) -> str:
    """`SISFOH-CARGO:12:7QK2ZD`; the check tells it from the same number in another base."""
    return f"{PREFIX}:{notification_id}:{_check(notification_id, number_text, recipient_key, attempt)}"


def read_code(typed: str) -> CargoCode:
    """The code in what was typed or scanned; RuleError `cargo_code`."""
    found = _CODE.fullmatch(typed.strip().upper())
    if found is None:
        raise RuleError(
            "cargo_code",
            "Ese no es el código de un cargo; no se abrió nada. Escríbalo como está bajo el QR, por ejemplo "
            f"{PREFIX}:12:7QK2ZD.",
        )
    return CargoCode(int(found[1]), found[2].translate(_MISREAD))


def check_code(code: CargoCode, number_text: str, recipient_key: str, attempt: int) -> None:
    """RuleError `cargo_of_another` unless the code is of this very notification."""
    if code.check != _check(code.notification_id, number_text, recipient_key, attempt):
        raise unknown_cargo()


def unknown_cargo() -> RuleError:
    """The refusal of a code that is of no notification of this base."""
    return RuleError(
        "cargo_unknown",
        "Ese cargo no es de esta base, o su código se leyó mal; no se abrió nada. Compare el código con el del papel.",
    )


def _check(notification_id: int, number_text: str, recipient_key: str, attempt: int) -> str:
    told = f"{notification_id}|{number_text}|{recipient_key}|{attempt}"
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:5], "big")
    return "".join(_SIGNS[(number >> (5 * place)) & 31] for place in range(_CHECK_LENGTH))
