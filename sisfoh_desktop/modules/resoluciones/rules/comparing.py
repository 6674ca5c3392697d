"""What changed between two texts of an act: its parts aligned by what they say, and inside a part word by word.

Pure: the new text can always be read out of the answer, and the old one too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from sisfoh_desktop.basics.word_changes import Stretch, word_changes

_ALIKE = 0.5  # share of common words from which two parts are taken for one that was rewritten
_SAME_ELSEWHERE = 0.75  # the same, for a part that also changed its place


class ChangeKind(StrEnum):
    """What became of a part."""

    SAME = "igual"
    CHANGED = "cambio"
    REMOVED = "quitado"
    ADDED = "agregado"
    MOVED = "movido"

    @property
    def label(self) -> str:
        return {
            "igual": "Sin cambios",
            "cambio": "Cambió",
            "quitado": "Se quitó",
            "agregado": "Se agregó",
            "movido": "Cambió de lugar",
        }[self.value]


@dataclass(frozen=True)
class Part:
    """A part of an act as it is read; `kind` is that of its block, or of what stands around the blocks."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class PartChange:
    """A part before and after; one of the two is missing where it was added or removed."""

    kind: ChangeKind
    old: Part | None
    new: Part | None
    stretches: tuple[Stretch, ...]

    @property
    def name(self) -> str:
        """As the newer text calls it."""
        part = self.new or self.old
        assert part is not None
        return part.name


def align(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> list[tuple[int | None, int | None]]:
    """Which (kind, text) of `old` became which of `new`, in the order of `new`; None stands for neither.

    Equal texts first, then alike ones in the same order, then alike ones elsewhere. An empty kind fits any.
    """
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new], autojunk=False)
    old_bags, new_bags = [_bag(text) for _, text in old], [_bag(text) for _, text in new]

    def fit(i: int, j: int) -> float:
        kinds = {old[i][0], new[j][0]} - {""}
        return _shared(old_bags[i], new_bags[j]) if len(kinds) < 2 else 0.0

    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            pairs |= {j: i for i, j in zip(range(a, b), range(c, d), strict=True)}
        else:
            fits = [[fit(i, j) for j in range(c, d)] for i in range(a, b)]
            pairs |= {c + j: a + i for i, j in _in_order(fits)}
    left = [i for i in range(len(old)) if i not in set(pairs.values())]
    free = [j for j in range(len(new)) if j not in pairs]
    elsewhere = sorted(((fit(i, j), -i, -j) for i in left for j in free), reverse=True)
    for worth, i, j in elsewhere:
        if worth >= _SAME_ELSEWHERE and -j not in pairs and -i not in pairs.values():
            pairs[-j] = -i
    return _interleaved(len(old), len(new), pairs)


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> tuple[PartChange, ...]:
    """Every part of the newer text in its order, with those that went where they had been."""
    aligned = align([(part.kind, part.text) for part in old], [(part.kind, part.text) for part in new])
    highest = -1
    found = []
    for i, j in aligned:
        before, after = None if i is None else old[i], None if j is None else new[j]
        moved = i is not None and j is not None and i < highest
        highest = max(highest, i if i is not None and j is not None else -1)
        found.append(_change(before, after, moved=moved))
    return tuple(found)


def changes_only(changes: Sequence[PartChange]) -> tuple[PartChange, ...]:
    """Those that are not the same."""
    return tuple(change for change in changes if change.kind is not ChangeKind.SAME)


def _change(before: Part | None, after: Part | None, *, moved: bool) -> PartChange:
    stretches = word_changes(before.text if before else "", after.text if after else "")
    if before is None:
        kind = ChangeKind.ADDED
    elif after is None:
        kind = ChangeKind.REMOVED
    elif before.text != after.text:
        kind = ChangeKind.CHANGED
    else:
        kind = ChangeKind.MOVED if moved else ChangeKind.SAME
    return PartChange(kind, before, after, stretches)


def _bag(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 1.0


def _in_order(fits: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs, in the same order on both sides, whose likeness adds up to most."""
    rows, columns = len(fits), len(fits[0]) if fits else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = fits[i][j] + best[i + 1][j + 1] if fits[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found = []
    i = j = 0
    while i < rows and j < columns:
        if fits[i][j] >= _ALIKE and best[i][j] == fits[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _interleaved(
    old_count: int, new_count: int, pairs: dict[int, int]
) -> list[tuple[int | None, int | None]]:
    """New ones in their order; an old one without a new stands after the pair of the old one before it."""
    gone = [i for i in range(old_count) if i not in set(pairs.values())]
    result: list[tuple[int | None, int | None]] = []
    for j in range(new_count):
        i = pairs.get(j)
        if i is not None:
            while gone and gone[0] < i:
                result.append((gone.pop(0), None))
        result.append((i, j))
    return result + [(i, None) for i in gone]
