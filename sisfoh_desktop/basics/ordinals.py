"""Ordinals in words for the articles of an act (PRIMERO, DÉCIMO PRIMERO) and letters for lists (a, b … z, aa)."""

from sisfoh_desktop.basics.errors import RuleError

LAST_ORDINAL = 999

_UNITS = ("", "PRIMERO", "SEGUNDO", "TERCERO", "CUARTO", "QUINTO", "SEXTO", "SÉPTIMO", "OCTAVO", "NOVENO")
_TENS = (
    "",
    "DÉCIMO",
    "VIGÉSIMO",
    "TRIGÉSIMO",
    "CUADRAGÉSIMO",
    "QUINCUAGÉSIMO",
    "SEXAGÉSIMO",
    "SEPTUAGÉSIMO",
    "OCTOGÉSIMO",
    "NONAGÉSIMO",
)
_HUNDREDS = (
    "",
    "CENTÉSIMO",
    "DUCENTÉSIMO",
    "TRICENTÉSIMO",
    "CUADRINGENTÉSIMO",
    "QUINGENTÉSIMO",
    "SEXCENTÉSIMO",
    "SEPTINGENTÉSIMO",
    "OCTINGENTÉSIMO",
    "NONINGENTÉSIMO",
)


def ordinal_word(n: int, *, feminine: bool = False) -> str:
    """`n` (1 to 999) as resoluciones print it, in capitals; RuleError `ordinal_out_of_range` otherwise."""
    if not 1 <= n <= LAST_ORDINAL:
        raise RuleError(
            "ordinal_out_of_range", f"No hay ordinal en letras para {n}: van del 1 al {LAST_ORDINAL}."
        )
    words = (_HUNDREDS[n // 100], _TENS[n // 10 % 10], _UNITS[n % 10])
    ending = "A" if feminine else "O"
    return " ".join(word[:-1] + ending for word in words if word)


def list_letter(n: int) -> str:
    """The letter of the n-th item: 1 `a`, 26 `z`, 27 `aa`; RuleError `list_letter_below_one` under 1."""
    if n < 1:
        raise RuleError("list_letter_below_one", f"No hay letra para el lugar {n}: la lista empieza en 1.")
    letters = ""
    while n:
        n, place = divmod(n - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
