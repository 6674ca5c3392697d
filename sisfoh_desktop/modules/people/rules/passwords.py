"""What a password must be, and the signs of a one-time code. Hashing is the service's."""

import re
import unicodedata

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.people.rules.common_passwords import COMMON_PASSWORDS

SHORTEST, LONGEST = 10, 200
CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no sign that is taken for another on paper."""
CODE_LENGTH, CODE_GROUP = 16, 4

_READ_AS = str.maketrans("OILU", "011V")
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjklñ", "zxcvbnm")
_TAIL = re.compile(r"[\W\d_]+$")
_HEAD = re.compile(r"^[\W\d_]+")


def kept_password(text: str) -> str | None:
    """The password as it is hashed (accents composed); None for what can be no password."""
    if len(text) > LONGEST:
        return None
    composed = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in composed):
        return None
    return composed


def check_typed_twice(password: str, again: str, *, undone: str = "no se cambió nada") -> None:
    """RuleError `password_not_again` unless both are the same; `undone` says what did not happen."""
    if password != again:
        raise RuleError(
            "password_not_again",
            f"Las dos veces no son iguales; {undone}. Escríbala de nuevo igual en los dos campos.",
        )


def check_new_password(password: str, *, login: str, name: str = "") -> str:
    """The password as it is hashed; RuleError `password_...` for one that is too easy to guess.

    No signs are demanded: length is what counts (NIST SP 800-63B, 3.1.1.2).
    """
    kept = kept_password(password)
    if kept is None:
        raise RuleError(
            "password_invalid",
            f"La contraseña pasa de {LONGEST} letras o trae signos que no se pueden escribir; no se cambió. "
            "Escriba otra.",
        )
    if len(kept.strip()) < SHORTEST:
        raise RuleError(
            "password_short",
            f"La contraseña es muy corta; no se cambió. Use al menos {SHORTEST} letras o cifras: tres palabras que "
            "solo usted recuerde son buena contraseña.",
        )
    folded = without_accents(kept)
    words = {without_accents(login), *without_accents(name).split()}
    if _bare(folded) in {_bare(word) for word in words if len(word) > 2} | {
        "".join(without_accents(name).split())
    }:
        raise RuleError(
            "password_is_login",
            "La contraseña es el nombre o el usuario con algo más; no se cambió. Escriba otra que no lo lleve.",
        )
    if _is_common(folded):
        raise RuleError(
            "password_common",
            "Esa contraseña es de las más usadas y se adivina enseguida; no se cambió. Escriba otra, por ejemplo "
            "tres palabras que solo usted recuerde.",
        )
    return kept


def shown_code(signs: str) -> str:
    """A one-time code in groups, as printed: `7KQ2-M0XD-94TB-ZR5H`."""
    return "-".join(signs[start : start + CODE_GROUP] for start in range(0, len(signs), CODE_GROUP))


def typed_code(text: str) -> str:
    """A one-time code as it is hashed: capitals, no blanks nor hyphens, what looks alike read as what was printed."""
    return re.sub(r"[\s\-–—.]", "", text[:LONGEST]).upper().translate(_READ_AS)


def _is_common(folded: str) -> bool:
    plain = re.sub(r"[\W_]", "", folded)
    if len(set(plain)) <= 2 or folded in COMMON_PASSWORDS or _bare(folded) in COMMON_PASSWORDS:
        return True
    return any(len(plain) > 3 and plain in each + each for run in _RUNS for each in (run, run[::-1]))


def _bare(text: str) -> str:
    """Without the figures and signs that people put around a word."""
    return _HEAD.sub("", _TAIL.sub("", text))
