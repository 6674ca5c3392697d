"""How «Buscar en todo» matches and ranks: accents and ñ ignored; an exact number first, then beginnings, then words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.qtkit.row_order import fold_text, fold_texts, matching_rows

MOST_PER_GROUP = 60
NOT_IN_TITLE = 4
_PARTS = re.compile(r"[a-z0-9]+")
_MOST_RANKED = 2_000  # of what matches; the others are only counted


@dataclass(frozen=True)
class Best:
    """What matches, best first: `rank` is that of the first one, `count` how many there are in all."""

    hits: tuple[RecordHit, ...]
    rank: int
    count: int


class RecordIndex:
    """The records of one page, folded once."""

    def __init__(self, hits: Iterable[RecordHit]) -> None:
        self.hits = list(hits)
        self._titles = fold_texts([hit.title for hit in self.hits])
        self._texts = fold_texts([f"{hit.title} {hit.detail} {hit.words}" for hit in self.hits])

    def best(self, typed: str, first: Sequence[RecordHit] = ()) -> Best:
        """What holds every word typed; `first` are records that the base itself found."""
        wanted = Wanted(typed)
        rows = matching_rows(self._texts, typed)
        ranked = [(wanted.rank(fold_text(hit.title)), -1, hit) for hit in first]
        ranked += [(wanted.rank(self._titles[row]), row, self.hits[row]) for row in rows[:_MOST_RANKED]]
        ranked.sort(key=lambda one: one[:2])
        seen: dict[tuple[str, int, str], RecordHit] = {}
        for _rank, _row, hit in ranked:
            seen.setdefault((hit.kind, hit.record_id, hit.title), hit)
        hits = tuple(seen.values())
        more = max(0, len(rows) - _MOST_RANKED)
        return Best(hits[:MOST_PER_GROUP], ranked[0][0] if ranked else NOT_IN_TITLE + 1, len(hits) + more)


class Wanted:
    """What was typed, ready to be compared with many titles."""

    def __init__(self, typed: str) -> None:
        self._text = " ".join(fold_text(typed).split())
        self._words = self._text.split()
        self._numbers = _numbered(self._text) if any(sign.isdigit() for sign in self._text) else []

    def rank(self, title: str) -> int:
        """0 the same number or title, 1 its beginning, 2 words that begin so, 3 inside, 4 not all in the title."""
        if title == self._text:
            return 0
        if self._numbers and self._names_number(title):
            return 0
        if title.startswith(self._text):
            return 1
        if not all(word in title for word in self._words):
            return NOT_IN_TITLE
        starts = f" {title}"
        begins = all(any(f"{before}{word}" in starts for before in " -/(«") for word in self._words)
        return 2 if begins else 3

    def _names_number(self, title: str) -> bool:
        """Whether the first number of the title is the typed one: 91 and 091-2024 name 091-2024-GM/MPT."""
        parts = _numbered(title)
        place = next((place for place, part in enumerate(parts) if part.isdigit()), None)
        if place is None or not self._numbers[0].isdigit():
            return parts[: len(self._numbers)] == self._numbers
        return parts[place : place + len(self._numbers)] == self._numbers


def _numbered(text: str) -> list[str]:
    """Its letters and numbers without what stands between; numbers without leading zeros."""
    return [part.lstrip("0") or "0" if part.isdigit() else part for part in _PARTS.findall(text)]
