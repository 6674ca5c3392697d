"""Text that came back from a word processor, made storable: its data put where they stand, never changed.

Boxes may be lost on the way; the data in them are found again by comparing with the text that went out.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sisfoh_desktop.modules.resoluciones.rules.chips import Piece, chip_label, compose, pieces_of
from sisfoh_desktop.modules.resoluciones.rules.facts import BlockKind

_ARTICLE_HEAD = re.compile(
    r"\A\s*art[íi]culo\s+(?:\d+\s*[.°ºo]*|[a-záéíóúñ]+(?:\s+(?:primero|segundo|tercero|cuarto|quinto|sexto|"
    r"s[ée]ptimo|octavo|noveno))?)\s*[°º]?\s*(?:[:.]\s*[-–—]?|[-–—])\s*",
    re.IGNORECASE,
)

_BOX = "\0"
_TOKEN = re.compile(r"([^\S\n]*)(\n|\w+|[^\w\s])")


@dataclass(frozen=True)
class ReturnedPiece:
    """A run of text, or a datum that still stands in its box: its key and what the box says now."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class ReturnedPart:
    """Paragraphs that came back together; `origin` is the index of the block they were made from, if known."""

    kind: BlockKind | None
    paragraphs: tuple[tuple[ReturnedPiece, ...], ...]
    origin: int | None = None

    @property
    def words(self) -> str:
        return "\n".join("".join(piece.text for piece in line) for line in self.paragraphs).strip()


@dataclass(frozen=True)
class Altered:
    """A datum that came back with another value: it is told, never taken."""

    key: str
    was: str
    became: str

    @property
    def sentence(self) -> str:
        became = f"dice «{self.became.strip()}»" if self.became.strip() else "ya no se reconoce"
        return (
            f"Cambió un dato: {chip_label(self.key)} decía «{self.was}» y {became}. El dato se queda como está; "
            "si de verdad cambió, corríjalo en su origen."
        )


def with_data(
    old: str, values: Mapping[str, str], part: ReturnedPart
) -> tuple[str, tuple[Altered, ...], bool]:
    """The stored text of what came back, its data put where they stand; what was altered; whether it can be kept.

    Boxes may be lost on the way: their data are then found again by comparing with the old text. A datum whose
    words were rewritten together with others cannot be told apart: then the text cannot be kept.
    """
    was = pieces_of(old)
    known = {*values, *(piece.key for piece in was if piece.key)}
    altered = [
        Altered(piece.key, values[piece.key], piece.text)
        for line in part.paragraphs
        for piece in line
        if piece.key in values and _even(piece.text) != _even(values[piece.key])
    ]
    flat = flat_pieces(part, known)
    lost = Counter(piece.key for piece in was if piece.key)
    lost.subtract(Counter(piece.key for piece in flat if piece.key))
    missing = {key for key, count in lost.items() if count > 0}
    if not missing:
        return tidied(compose(flat)), tuple(altered), True
    return _restored(was, values, flat, missing, altered)


def headless(text: str, style: str) -> str:
    """What an article says, without the head that the program writes itself."""
    before, after = re.split(r"\{(?:ordinal|Ordinal|n)\}", style, maxsplit=1)
    own = rf"\A\s*{re.escape(before)}(?:\d+|\w+(?: \w+){{0,2}}){re.escape(after)}\s*"
    bare = re.sub(own, "", text, count=1, flags=re.IGNORECASE)
    return bare if bare != text else _ARTICLE_HEAD.sub("", text, count=1)


def flat_pieces(part: ReturnedPart, known: Collection[str]) -> list[Piece]:
    """Its pieces, a line end between paragraphs; a box that is not known is what it says."""
    flat: list[Piece] = []
    for place, line in enumerate(part.paragraphs):
        flat += [Piece("\n")] if place else []
        flat += [Piece(key=piece.key) if piece.key in known else Piece(piece.text) for piece in line]
    return flat


def evened(text: str) -> str:
    return tidied(_even(text))


def box_is_true(part: ReturnedPart, key: str, value: str) -> bool:
    boxes = [piece.text for line in part.paragraphs for piece in line if piece.key == key]
    return bool(boxes) and all(_even(text) == _even(value) for text in boxes)


def _restored(
    was: Sequence[Piece],
    values: Mapping[str, str],
    flat: Sequence[Piece],
    missing: Collection[str],
    altered: list[Altered],
) -> tuple[str, tuple[Altered, ...], bool]:
    """Data whose box was lost, found where the old text had them."""
    opened: list[Piece] = []
    owners: list[str] = []  # for each piece of the old text, the datum that it spells out
    for piece in was:
        spelled = piece.key in missing
        opened.append(Piece(values.get(piece.key, "")) if spelled else piece)
        owners.append(piece.key if spelled else "")
    old, places = _tokens(opened)
    spans = [(key, *places[at]) for at, key in enumerate(owners) if key]
    new, _places = _tokens(flat)
    matcher = SequenceMatcher(None, [word for _, word in old], [word for _, word in new], autojunk=False)
    opcodes = matcher.get_opcodes()
    result: list[tuple[str, str] | None] = list(new)
    whole = True
    for key, start, end in spans:
        place = next(
            (c + start - a for what, a, b, c, _d in opcodes if what == "equal" and a <= start and end <= b),
            None,
        )
        if place is not None and start < end:
            _put_box(result, place, place + end - start, key)
            continue
        found = _rewritten(opcodes, start, end)
        if found is None:
            continue  # the datum went together with the words around it: it may
        low, high = found
        became = "".join(f"{blank}{word}" for blank, word in new[low:high] if not word.startswith(_BOX))
        altered.append(Altered(key, values.get(key, ""), became))
        if low < high and not any(word.startswith(_BOX) for _, word in new[low:high]):
            _put_box(result, low, high, key)
        else:
            whole = False
    pieces: list[Piece] = []
    for token in result:
        if token is not None:
            blank, word = token
            pieces += [Piece(blank), Piece(key=word[1:]) if word.startswith(_BOX) else Piece(word)]
    return tidied(compose(pieces)), tuple(altered), whole


def _rewritten(
    opcodes: Sequence[tuple[str, int, int, int, int]], start: int, end: int
) -> tuple[int, int] | None:
    """The new words that stand for a datum now; none of them (low = high) where they cannot be told apart from
    what was written around it; None where it went without a trace."""
    touched = [one for one in opcodes if one[1] < end and one[2] > start]
    if all(what == "delete" for what, *_rest in touched):
        return None
    first, last = touched[0], touched[-1]
    low = first[3] + (start - first[1] if first[0] == "equal" else 0)
    high = last[4] - (last[2] - end if last[0] == "equal" else 0)
    inside = all(one[0] == "equal" or (one[1] >= start and one[2] <= end) for one in touched)
    return (low, high) if inside else (low, low)


def _put_box(result: list[tuple[str, str] | None], low: int, high: int, key: str) -> None:
    first = result[low]
    blank = first[0] if first is not None else ""
    result[low:high] = [None] * (high - low)
    result[low] = (blank, f"{_BOX}{key}")


def _tokens(pieces: Sequence[Piece]) -> tuple[list[tuple[str, str]], list[tuple[int, int]]]:
    """Words with the blanks before them, a box as one word; and where the words of each piece stand."""
    tokens: list[tuple[str, str]] = []
    places = []
    blank = ""
    for piece in pieces:
        start = len(tokens)
        if piece.key:
            tokens.append((blank, f"{_BOX}{piece.key}"))
            blank = ""
        else:
            at = 0
            for found in _TOKEN.finditer(piece.text):
                tokens.append((blank + found[1], found[2]))
                blank, at = "", found.end()
            blank += piece.text[at:]
        places.append((start, len(tokens)))
    return tokens, places


def _even(text: str) -> str:
    """Blanks made equal: word processors change one kind for another."""
    return re.sub(r"[^\S\n]+", " ", text)


def tidied(text: str) -> str:
    """As the draft keeps it: lines without outer blanks, none empty."""
    lines = (re.sub(r" {2,}", " ", line.strip()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
