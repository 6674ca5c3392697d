"""The recovery phrase of a sealed envelope: eight groups of five letters that a person copies without mistakes.

Letters and digits of Crockford's base 32 (no I, L, O, U: a one is a one, a zero is a zero). Four signs of each group
are random, 160 bits in all; the fifth checks the four and the place of the group, so that a slip of the pen is told
with the group where it happened. What the phrase opens is not known here.
"""

import secrets

from sisfoh_desktop.basics.errors import RuleError

GROUPS = 8
GROUP_LETTERS = 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = str.maketrans("", "", " -–—.,;:\t\r\n\u00a0")
_RANDOM_BITS = 20
_GENERATOR = (
    0b100101  # x⁵ + x² + 1: every change within five neighbouring bits shows, so every wrong sign does
)


def new_phrase() -> str:
    """A new random phrase, its groups joined by hyphens."""
    return "-".join(_group(place, secrets.randbits(_RANDOM_BITS)) for place in range(GROUPS))


def read_phrase(text: str) -> str:
    """The phrase as it was made, whatever spaces, hyphens or case it was typed with.

    RuleError `phrase_incomplete` or `phrase_wrong`; the sentence names the first group that is wrong.
    """
    typed = text.upper().translate(_BETWEEN).translate(_MISREAD)
    groups = [typed[at : at + GROUP_LETTERS] for at in range(0, len(typed), GROUP_LETTERS)]
    for place, group in enumerate(groups[:GROUPS]):
        if len(group) == GROUP_LETTERS and not _is_right(place, group):
            raise RuleError(
                "phrase_wrong",
                f"El grupo {place + 1} de la frase no está bien copiado; no se abrió nada. "
                "Compárelo letra por letra con la hoja del sobre.",
            )
    if len(typed) != GROUPS * GROUP_LETTERS:
        raise RuleError(
            "phrase_incomplete",
            f"La frase de recuperación tiene {GROUPS} grupos de {GROUP_LETTERS} letras "
            f"({GROUPS * GROUP_LETTERS} en total) y hay {len(typed)}; no se abrió nada. Cópiela completa de la hoja.",
        )
    return "-".join(groups)


def _is_right(place: int, group: str) -> bool:
    if any(sign not in _ALPHABET for sign in group):
        return False
    value = 0
    for sign in group[:-1]:
        value = value << 5 | _ALPHABET.index(sign)
    return _group(place, value) == group


def _group(place: int, value: int) -> str:
    signs = [_ALPHABET[value >> shift & 31] for shift in range(_RANDOM_BITS - 5, -1, -5)]
    return "".join(signs) + _ALPHABET[_check(place, value)]


def _check(place: int, value: int) -> int:
    """The remainder of place and value by the generator, as in any cyclic check."""
    rest = (place + 1 << _RANDOM_BITS | value) << 5
    for bit in range(rest.bit_length() - 1, 4, -1):
        if rest >> bit & 1:
            rest ^= _GENERATOR << (bit - 5)
    return rest
