"""How forms stand in the ledger, with what the cuadre asks of their past: who got them, who used them, when.

Made from the ledger's lines alone, by their links back: no row per number. Comparing with counts is in `reconciling`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind


class PastLine(NamedTuple):
    """A ledger line with its movement, of one type, in order of registration; without numbers `first` is None."""

    id: int
    movement_number: int
    kind: MovementKind
    moved_on: date
    first: int | None
    last: int | None
    form_count: int
    from_holder_id: int
    from_condition: Condition
    to_holder_id: int
    to_condition: Condition
    previous_id: int | None


class Past(NamedTuple):
    """What a line leaves behind it: the present state and what led there.

    `handed_to`: the last person to whom they were given in blank, on `handed_on`; None: never handed out. `used_by` and
    `used_on` while they are used; `spoiled_by`: in whose hands they were annulled, damaged or lost.
    """

    holder_id: int
    condition: Condition
    movement_number: int
    movement_kind: MovementKind
    moved_on: date
    held_since: date
    bundle_base: int
    handed_to: int | None = None
    handed_on: date | None = None
    used_by: int | None = None
    used_on: date | None = None
    spoiled_by: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Consecutive forms brought to where they are by the same line."""

    forms: FormRange
    past: Past


class Standings:
    """Every form of a type that was ever received, as disjoint ranges in order; looked up by range."""

    def __init__(self, standings: Iterable[Standing]) -> None:
        self.all: Sequence[Standing] = sorted(standings, key=lambda one: one.forms.first)
        self._firsts = [one.forms.first for one in self.all]

    def parts_of(self, forms: FormRange) -> list[tuple[FormRange, Past | None]]:
        """The range cut where the state changes; None for numbers that the ledger never had."""
        parts: list[tuple[FormRange, Past | None]] = []
        start = forms.first
        at = max(0, bisect_right(self._firsts, start) - 1)
        while start <= forms.last and at < len(self.all):
            one = self.all[at]
            if one.forms.last >= start:
                if one.forms.first > forms.last:
                    break
                if one.forms.first > start:
                    parts.append((FormRange(start, one.forms.first - 1), None))
                    start = one.forms.first
                end = min(one.forms.last, forms.last)
                parts.append((FormRange(start, end), one.past))
                start = end + 1
            at += 1
        if start <= forms.last:
            parts.append((FormRange(start, forms.last), None))
        return parts


def standings_of(lines: Sequence[PastLine], people: Collection[int]) -> Standings:
    """How the numbered forms stand after these lines (in order of id). `people`: ids of holders that are persons."""
    pasts: dict[int, Past] = {}
    before: dict[int, int | None] = {}
    taken: defaultdict[int, list[FormRange]] = defaultdict(list)
    for line in lines:
        before[line.id] = line.previous_id
        if line.first is None or line.last is None:
            continue
        if line.previous_id is not None:
            taken[line.previous_id].append(FormRange(line.first, line.last))
        pasts[line.id] = _past_after(line, pasts, before, people)
    standings: list[Standing] = []
    for line in lines:
        if line.first is None or line.last is None:
            continue
        gone = taken.get(line.id, ())
        if sum(one.count for one in gone) == line.form_count:  # most lines: all of it went on
            continue
        whole = FormRange(line.first, line.last)
        left = FormRanges((whole,)) - FormRanges.of(gone) if gone else (whole,)
        standings.extend(Standing(forms, pasts[line.id]) for forms in left)
    return Standings(standings)


def _past_after(
    line: PastLine, pasts: dict[int, Past], before: dict[int, int | None], people: Collection[int]
) -> Past:
    earlier = pasts.get(line.previous_id) if line.previous_id is not None else None
    if line.kind is MovementKind.REVERSAL and line.previous_id is not None:
        # as if the reverted movement had not been: its own past is what it found
        found = before.get(line.previous_id)
        kept = pasts.get(found) if found is not None else None
        if kept is not None:
            return kept._replace(
                movement_number=line.movement_number,
                movement_kind=line.kind,
                moved_on=line.moved_on,
            )
        earlier = None
    return _with_line(line, earlier, people)


def _with_line(line: PastLine, earlier: Past | None, people: Collection[int]) -> Past:
    moved = earlier is None or earlier.holder_id != line.to_holder_id
    handed_to, handed_on = (earlier.handed_to, earlier.handed_on) if earlier else (None, None)
    used_by, used_on = (earlier.used_by, earlier.used_on) if earlier else (None, None)
    spoiled_by = earlier.spoiled_by if earlier else None
    to = line.to_condition
    if to is Condition.BLANK:
        used_by = used_on = spoiled_by = None
        if moved and line.to_holder_id in people:
            handed_to, handed_on = line.to_holder_id, line.moved_on
    elif to is Condition.USED:
        spoiled_by = None
        if line.from_condition is not Condition.USED:
            used_by = line.to_holder_id if line.to_holder_id in people else handed_to
            used_on = line.moved_on
    elif to is not line.from_condition and to is not Condition.WRITTEN_OFF:
        spoiled_by = line.from_holder_id
    return Past(
        holder_id=line.to_holder_id,
        condition=to,
        movement_number=line.movement_number,
        movement_kind=line.kind,
        moved_on=line.moved_on,
        held_since=line.moved_on if moved or earlier is None else earlier.held_since,
        bundle_base=earlier.bundle_base if earlier else (line.first or 1),
        handed_to=handed_to,
        handed_on=handed_on,
        used_by=used_by,
        used_on=used_on,
        spoiled_by=spoiled_by,
    )


def totals_of(lines: Iterable[PastLine]) -> dict[tuple[int, Condition], int]:
    """The forms that each holder has in each condition by the ledger alone; no zeros."""
    totals: defaultdict[tuple[int, Condition], int] = defaultdict(int)
    for line in lines:
        if line.from_condition is not Condition.OUTSIDE:
            totals[line.from_holder_id, line.from_condition] -= line.form_count
        if line.to_condition is not Condition.OUTSIDE:
            totals[line.to_holder_id, line.to_condition] += line.form_count
    return {place: count for place, count in totals.items() if count}
