"""Two texts word by word: which words stayed, which went and which came. How that is shown: the windows."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_EXACT_UP_TO = 3_000  # words; a longer text is compared by its rarer words, which is coarser and still right


class StretchKind(StrEnum):
    """A run of words that stayed, went or came."""

    SAME = "igual"
    REMOVED = "quitado"
    ADDED = "agregado"


@dataclass(frozen=True)
class Stretch:
    """A run of text, blanks included, and what became of it."""

    kind: StretchKind
    text: str


def words_of(text: str) -> list[str]:
    """The text in words and signs, each with the blanks before it; joined they are the text again."""
    return _WORD.findall(text)


def word_changes(old: str, new: str) -> tuple[Stretch, ...]:
    """The words that stayed, went and came, in reading order.

    What stayed and went gives `old` back to the letter; what stayed and came gives `new`.
    """
    before, after = words_of(old), words_of(new)
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > _EXACT_UP_TO)
    found: list[Stretch] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found.append(Stretch(StretchKind.SAME, "".join(before[a:b])))
            continue
        if a < b:
            found.append(Stretch(StretchKind.REMOVED, "".join(before[a:b])))
        if c < d:
            found.append(Stretch(StretchKind.ADDED, "".join(after[c:d])))
    return tuple(found)
