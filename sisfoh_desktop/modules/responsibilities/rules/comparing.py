"""Two versions of a matrix side by side: units and duties added, taken out, moved or worded otherwise.

Only what Anexo N° 01 prints is compared; who answers and how far it has come is not.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from sisfoh_desktop.basics.word_changes import Stretch, word_changes
from sisfoh_desktop.modules.responsibilities.rules.facts import Duty, Matrix, MatrixUnit
from sisfoh_desktop.modules.responsibilities.rules.writing import numbered

_ALIKE = 0.5  # two texts that share half their words are one duty worded otherwise
_LONGEST_COMPARED = 400  # words; the likeness of longer texts is told by their beginnings


class Change(StrEnum):
    """What happened to a unit, a duty or a heading."""

    ADDED = "agregada"
    REMOVED = "quitada"
    REWORDED = "cambiada"
    MOVED = "movida"

    @property
    def label(self) -> str:
        """The word on screens and in workbooks."""
        return self.value.capitalize()


@dataclass(frozen=True)
class Difference:
    """One difference; places are `03` or `03.k`, empty on the side where it does not stand."""

    change: Change
    what: str  # "unidad", "función" or the name of a heading
    before_place: str = ""
    after_place: str = ""
    before: str = ""
    after: str = ""

    @property
    def words(self) -> tuple[Stretch, ...]:
        """The two texts word by word."""
        return word_changes(self.before, self.after)


def compare_matrices(before: Matrix, after: Matrix) -> tuple[Difference, ...]:
    """Every difference, headings first, then what stands in `after` in its order, then what was taken out.

    Units are matched by their office unit, else by name; duties by their text, else by most words in common, first
    inside their unit and then anywhere. A duty whose letter changed only because others came or went is no change.
    """
    old, new = numbered(before), numbered(after)
    found = _headings(old, new)
    pairs = _matched(old.units, new.units, (_same_unit, _same_name), None)
    found += _units(old, new, pairs)
    return tuple(found + _duties(old, new, pairs))


def _headings(old: Matrix, new: Matrix) -> list[Difference]:
    parts = (
        ("título", old.title, new.title),
        ("encabezado", old.heading, new.heading),
        ("introducción", old.intro, new.intro),
    )
    return [
        Difference(Change.REWORDED, what, before=one, after=other)
        for what, one, other in parts
        if one != other
    ]


def _units(old: Matrix, new: Matrix, pairs: dict[int, int]) -> list[Difference]:
    moved = _out_of_order(pairs)
    back = {after: before for before, after in pairs.items()}
    found = []
    for index, unit in enumerate(new.units):
        place = f"{unit.number:02d}"
        if index not in back:
            found.append(Difference(Change.ADDED, "unidad", after_place=place, after=_name(unit)))
            continue
        was = old.units[back[index]]
        places = {"before_place": f"{was.number:02d}", "after_place": place}
        if _name(was) != _name(unit):
            found.append(
                Difference(Change.REWORDED, "unidad", **places, before=_name(was), after=_name(unit))
            )
        if back[index] in moved:
            found.append(Difference(Change.MOVED, "unidad", **places, before=_name(was), after=_name(unit)))
    gone = [unit for index, unit in enumerate(old.units) if index not in pairs]
    return found + [
        Difference(Change.REMOVED, "unidad", before_place=f"{unit.number:02d}", before=_name(unit))
        for unit in gone
    ]


@dataclass(frozen=True)
class _Placed:
    """A duty with the index of its unit in its own matrix, and of the unit it is matched with in the other."""

    duty: Duty
    unit: int
    home: int | None
    place: str

    @cached_property
    def words(self) -> list[str]:
        return self.duty.text.split()[:_LONGEST_COMPARED]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)


def _duties(old: Matrix, new: Matrix, pairs: dict[int, int]) -> list[Difference]:
    before = [
        _Placed(duty, index, pairs.get(index), f"{unit.number:02d}.{duty.letter}")
        for index, unit in enumerate(old.units)
        for duty in unit.duties
    ]
    after = [
        _Placed(duty, index, index, f"{unit.number:02d}.{duty.letter}")
        for index, unit in enumerate(new.units)
        for duty in unit.duties
    ]
    keys = (_home_and_text, _text_anywhere)
    matched = _matched(before, after, keys, _likeness)
    back = {there: here for here, there in matched.items()}
    moved = {here for here, there in matched.items() if before[here].home != after[there].unit}
    for unit in range(len(new.units)):
        stayed = {
            here: there for here, there in matched.items() if here not in moved and after[there].unit == unit
        }
        moved |= _out_of_order(stayed)
    found = []
    for index, one in enumerate(after):
        if index not in back:
            found.append(Difference(Change.ADDED, "función", after_place=one.place, after=one.duty.text))
            continue
        was = before[back[index]]
        places = {"before_place": was.place, "after_place": one.place}
        texts = {"before": was.duty.text, "after": one.duty.text}
        if was.duty.text != one.duty.text:
            found.append(Difference(Change.REWORDED, "función", **places, **texts))
        if back[index] in moved:
            found.append(Difference(Change.MOVED, "función", **places, **texts))
    return found + [
        Difference(Change.REMOVED, "función", before_place=one.place, before=one.duty.text)
        for index, one in enumerate(before)
        if index not in matched
    ]


Item = TypeVar("Item")


def _matched(
    before: Sequence[Item],
    after: Sequence[Item],
    keys: Sequence[Callable[[Item], Hashable]],
    likeness: Callable[[Item, Item], float] | None,
) -> dict[int, int]:
    """Index in `before` to index in `after`, each at most once: by each key in turn (None matches nothing), then
    the likest of what is left."""
    pairs: dict[int, int] = {}
    left, right = list(range(len(before))), list(range(len(after)))
    for key in keys:
        waiting: dict[Hashable, list[int]] = {}
        for index in right:
            waiting.setdefault(key(after[index]), []).append(index)
        for index in left:
            own = key(before[index])
            if own is not None and waiting.get(own):
                pairs[index] = waiting[own].pop(0)
        left = [index for index in left if index not in pairs]
        taken = set(pairs.values())
        right = [index for index in right if index not in taken]
    if likeness is None:
        return pairs
    alike = sorted(((likeness(before[a], after[b]), -a, -b) for a in left for b in right), reverse=True)
    for share, a, b in alike:
        if share < _ALIKE:
            break
        if -a not in pairs and -b not in pairs.values():
            pairs[-a] = -b
    return pairs


def _out_of_order(pairs: dict[int, int]) -> set[int]:
    """The fewest indexes of `before` that had to move for the order of `after`: all but a longest rising run."""
    order = sorted(pairs)
    best: list[tuple[int, int | None]] = []  # length of the run that ends here, index of the one before
    for place, index in enumerate(order):
        runs = [
            (best[earlier][0], earlier) for earlier in range(place) if pairs[order[earlier]] < pairs[index]
        ]
        length, earlier = max(runs, default=(0, None), key=lambda run: run[0])
        best.append((length + 1, earlier))
    kept: set[int] = set()
    step = max(range(len(best)), key=lambda place: best[place][0], default=None)
    while step is not None:
        kept.add(order[step])
        step = best[step][1]
    return set(order) - kept


def _same_unit(unit: MatrixUnit) -> Hashable:
    return unit.unit_id


def _same_name(unit: MatrixUnit) -> Hashable:
    return " ".join(_name(unit).casefold().split()) or None


def _home_and_text(one: _Placed) -> Hashable:
    return None if one.home is None else (one.home, _text_anywhere(one))


def _text_anywhere(one: _Placed) -> Hashable:
    return " ".join(one.duty.text.casefold().split()) or None


def _likeness(one: _Placed, other: _Placed) -> float:
    """How much two duties share, from 0 to 1, and one more for those of the same unit, which go first.

    Two that share few words at all are not looked at closer: five hundred against five hundred stay a moment.
    """
    common = len(one.vocabulary & other.vocabulary)
    if 2 * common < _ALIKE * (len(one.vocabulary) + len(other.vocabulary)):
        return 0.0
    share = SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()
    return share + (1.0 if one.home == other.unit and share >= _ALIKE else 0.0)


def _name(unit: MatrixUnit) -> str:
    return unit.label or unit.name
