"""Texts that people type or paste, as they will be kept: cleaned, or refused with a sentence; and as searched.

How long each field may be is told by the caller; braces, tags and formulas have no meaning here and stay as typed.
"""

import re
import unicodedata
from collections.abc import Sequence

from sisfoh_desktop.basics.errors import RuleError

# What neither PostgreSQL stores nor a font draws: controls except tab and line feed, and lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the order in which signs are shown: what is read would not be what is stored.
_REORDERING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str, *, what: str, limit: int, required: bool = False, one_line: bool = False) -> str:
    """The text as it will be kept: line ends made equal, outer blanks and marks that reorder off, the rest literally.

    `what` names the field with its article ("el texto de la función"). RuleError `text_missing`, `text_too_long`
    or `text_unprintable`.
    """
    kept = _LINE_ENDS.sub("\n", _REORDERING.sub("", text))
    if one_line:
        kept = re.sub(r"\s*[\n\t]\s*", " ", kept)
    kept = kept.strip()
    _check_length(kept, what, limit, required=required)
    if _UNPRINTABLE.search(kept):
        raise _unprintable(what)
    return kept


def clean_name(text: str, *, what: str, limit: int, required: bool = True) -> str:
    """A name or code on one line, its blanks single and its accents composed, so that equal names compare equal.

    Signs that cannot be seen are refused wherever they stand; RuleError as in `clean_text`.
    """
    if not text.isprintable() and any(
        unicodedata.category(sign)[0] == "C" for sign in text if sign not in "\t\r\n"
    ):
        raise _unprintable(what)
    kept = " ".join(unicodedata.normalize("NFC", text).split())
    _check_length(kept, what, limit, required=required)
    return kept


def counted(count: int, one: str, many: str) -> str:
    """`1 fila` or `3 filas`: the number with the noun that agrees with it."""
    return f"{count} {one if count == 1 else many}"


def enumerated(words: Sequence[str]) -> str:
    """«a», «a y b», «a, b y c»; "" for none."""
    return f"{', '.join(words[:-1])} y {words[-1]}" if len(words) > 1 else "".join(words)


def without_accents(text: str) -> str:
    """Small letters without accents or tilde (`Acreditación` → `acreditacion`, `Ñ` → `n`): how texts are searched."""
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFD", small)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def shown_name(name: str) -> str:
    """The name of a file as a sentence says it: long ones cut to 80 signs."""
    return name if len(name) <= 80 else f"{name[:79]}…"


def _check_length(kept: str, what: str, limit: int, *, required: bool) -> None:
    if required and not kept:
        raise RuleError("text_missing", f"Falta {what}; escríbalo y vuelva a guardar. No se cambió nada.")
    if len(kept) > limit:
        raise RuleError(
            "text_too_long",
            f"{_capital(what)} tiene {len(kept)} caracteres y el máximo es {limit}; acórtelo y vuelva a guardar. "
            "No se cambió nada.",
        )


def _unprintable(what: str) -> RuleError:
    return RuleError(
        "text_unprintable",
        f"{_capital(what)} trae signos de control que no se pueden imprimir; péguelo otra vez como texto sin "
        "formato. No se cambió nada.",
    )


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]
