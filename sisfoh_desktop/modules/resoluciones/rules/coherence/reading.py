"""Plain words out of a text: folding, tokens, how far two words are, what stands between quotation marks.

Amounts are read in figures.py, citations in citations.py, names of units in names.py.
"""

import re
import unicodedata
from bisect import bisect
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

SPACES = " \u00a0\u202f\u2009\u2007"
_QUOTES = {"“": "”", "«": "»", '"': '"'}
_OPENING = re.compile('[“«"]')
_LONGEST_QUOTE = 4_000
_LONGEST_SENTENCE = (
    4_000  # signs on each side of a place; a text without full stops is not read whole each time
)
_SENTENCE_ENDS = (". ", "; ", "\n")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Token(NamedTuple):
    """A word with its place in the text; `folded` is without accents and in lower case."""

    text: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Lower case without accents; `ñ` stays a letter of its own. The length may change."""
    kept = text.casefold().replace("ñ", "\0")
    spread = unicodedata.normalize("NFD", kept)
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).replace("\0", "ñ")


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order; kept, since several rules ask for the same block."""
    return tuple(
        Token(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)
    )


def within_one_edit(word: str, other: str) -> bool:
    """Whether one letter more, less, changed, or two neighbours swapped turn one word into the other."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    short, long = sorted((word, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[:at] + long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short == swapped


def swapped_neighbours(word: str, other: str) -> bool:
    """Whether both are the same but for two neighbouring letters in the other order: PHG, PGH."""
    return len(word) == len(other) and sorted(word) == sorted(other) and within_one_edit(word, other)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where quotation marks open and close, the outermost ones, both marks included."""
    spans: list[tuple[int, int]] = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        start = opening.start()
        end = text.find(_QUOTES[opening[0]], start + 1, start + _LONGEST_QUOTE)
        at = start + 1
        if end > 0:
            spans.append((start, end + 1))
            at = end + 1
    return spans


def is_quoted(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a place stands in one of the spans, which are in order and apart."""
    before = bisect(spans, at, key=itemgetter(0))
    return before > 0 and at < spans[before - 1][1]


def likeness(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How much of two sequences of words is the same, from 0 to 1."""
    if not words or not others:
        return 0.0
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a place: up to a full stop, semicolon or line end on each side."""
    first, last = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    before = max(first - 1, *(text.rfind(mark, first, start) for mark in _SENTENCE_ENDS))
    after = [at for at in (text.find(mark, end, last) for mark in _SENTENCE_ENDS) if at >= 0]
    return text[before + 1 : min(after, default=last)].strip(" .;")
