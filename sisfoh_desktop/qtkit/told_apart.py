"""Cutting names that do not fit so that they are still told apart: `EMPAD…01 PRUEBA`, not `EMPADRONADOR…` twice."""

from collections.abc import Callable, Iterable
from itertools import pairwise

_ELLIPSIS = "…"
_BEGINNING = 4  # letters that are left of it at least


def distinctions(texts: Iterable[str]) -> dict[str, int]:
    """For each text, the place of the letter from which no other one goes on as it does."""
    ordered = sorted(set(texts))
    places = dict.fromkeys(ordered, 0)
    for one, other in pairwise(ordered):
        shared = _shared(one, other)
        places[one] = max(places[one], shared)
        places[other] = max(places[other], shared)
    return places


def cut_apart(text: str, place: int, width: int, measured: Callable[[str], int]) -> str:
    """`text` in `width`, with the letter at `place` in sight wherever that can be; cut at the end if it is anyway."""
    if measured(text) <= width:
        return text
    plain = _cut_end(text, width, measured)
    if len(plain) - len(_ELLIPSIS) > place or place >= len(text):
        return plain
    word = text.rfind(" ", 0, place + 1) + 1
    for start in (word, place):
        if start <= _BEGINNING:
            continue
        rest = width - measured(text[:_BEGINNING].rstrip() + _ELLIPSIS)
        tail = text[start:] if measured(text[start:]) <= rest else _cut_end(text[start:], rest, measured)
        if start + len(tail) - tail.endswith(_ELLIPSIS) <= place:
            continue
        room = width - measured(_ELLIPSIS + tail)
        head = next(
            (text[:end] for end in range(start, 0, -1) if measured(text[:end].rstrip()) <= room),
            "",
        )
        shown = f"{head.rstrip()}{_ELLIPSIS}{tail}"
        if measured(shown) <= width:
            return shown
    return plain


def _shared(one: str, other: str) -> int:
    """How many letters they begin with alike."""
    for place, (mine, its) in enumerate(zip(one, other, strict=False)):
        if mine != its:
            return place
    return min(len(one), len(other))


def _cut_end(text: str, width: int, measured: Callable[[str], int]) -> str:
    for end in range(len(text), 0, -1):
        shown = text[:end].rstrip() + _ELLIPSIS
        if measured(shown) <= width:
            return shown
    return ""
