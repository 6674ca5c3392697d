"""The ledger against arqueos. Plain Python.

An arqueo is compared with what has not moved since its day: a movement registered with a later day settles what that
arqueo had said of those forms. It is taken as made at the end of its day.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.counting import COUNTABLE, Count
from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.standing import Past, PastLine, Standings
from sisfoh_desktop.modules.kardex.rules.telling import Matter, Matters, TypeFacts


def compare_counts(matters: Matters, facts: TypeFacts, standings: Standings, counts: Sequence[Count]) -> None:
    """Add what differs between the ledger and these arqueos, one at most for each holder and condition."""
    if not facts.form_type.serialised:
        for count in counts:
            _compare_quantities(matters, facts.lines, count)
        return
    held: defaultdict[int, list[tuple[FormRange, Past]]] = defaultdict(list)
    for one in standings.all:
        held[one.past.holder_id].append((one.forms, one.past))
    in_two = _add_twice(matters, standings, counts)
    seen_by = FormRanges.of(forms for count in counts for forms in count.ranges())
    for count in counts:
        _add_missing(matters, held[count.holder_id or 0], count, seen_by)
        for line in count.lines:
            if line.forms is None:
                continue
            left = FormRanges((line.forms,)) - in_two
            for forms in left:
                for part, past in standings.parts_of(forms):
                    _add_counted(matters, count, line.condition, part, past)


def _words(count: Count, condition: Condition) -> tuple[tuple[str, str], ...]:
    return (
        ("counted_on", format_date(count.counted_on)),
        ("source", count.source or "sin documento"),
        ("condition", condition.label.lower()),
    )


def _add_missing(
    matters: Matters, held: Sequence[tuple[FormRange, Past]], count: Count, seen_by: FormRanges
) -> None:
    """What the ledger gives to this holder in a condition that was counted, and no arqueo saw.

    What another holder's arqueo saw is told there, as a surplus: once.
    """
    seen = count.ranges()
    conditions = count.conditions
    for forms, past in held:
        if past.condition not in conditions or past.moved_on > count.counted_on:
            continue
        missing = FormRanges((forms,)) - seen
        for part in missing - seen_by if missing else ():
            matters.add(
                Matter(
                    DifferenceKind.COUNTED_MISSING,
                    count.holder_id or 0,
                    past=past,
                    day=count.counted_on,
                    compared=(count.id,),
                    words=_words(count, past.condition),
                ),
                part,
            )


def _add_counted(
    matters: Matters, count: Count, condition: Condition, forms: FormRange, past: Past | None
) -> None:
    """What was seen: is it the holder's, and in that condition?"""
    holder_id = count.holder_id or 0
    other_id = 0
    if past is None:
        kind = DifferenceKind.COUNTED_UNKNOWN
    elif past.moved_on > count.counted_on:
        return
    elif past.condition is Condition.OUTSIDE:
        kind = DifferenceKind.COUNTED_UNKNOWN
    elif past.condition is Condition.LOST:
        kind = DifferenceKind.COUNTED_LOST
        other_id = past.spoiled_by or 0
    elif past.holder_id != holder_id:
        kind = DifferenceKind.COUNTED_SURPLUS
        other_id = past.holder_id
    elif past.condition is not condition:
        kind = DifferenceKind.COUNTED_OTHER_CONDITION
    else:
        return
    matters.add(
        Matter(
            kind,
            holder_id,
            other_id,
            past,
            count.counted_on,
            (count.id, condition.value),
            _words(count, condition),
        ),
        forms,
    )


def _add_twice(matters: Matters, standings: Standings, counts: Sequence[Count]) -> FormRanges:
    """Numbers that two holders' arqueos saw with no movement in between; gives them."""
    twice = FormRanges()
    seen = [(count, count.ranges()) for count in counts]
    everything = FormRanges()
    for at, (count, ranges) in enumerate(seen):
        if not (ranges & everything):  # the usual case, without looking at each pair
            everything |= ranges
            continue
        everything |= ranges
        for other, others in seen[:at]:
            for forms in ranges & others:
                for part, past in standings.parts_of(forms):
                    if past is not None and past.moved_on > min(count.counted_on, other.counted_on):
                        continue
                    twice |= FormRanges((part,))
                    matters.add(_twice(other, count, past), part)
    return twice


def _twice(first: Count, second: Count, past: Past | None) -> Matter:
    return Matter(
        DifferenceKind.COUNTED_TWICE,
        first.holder_id or 0,
        second.holder_id or 0,
        past,
        max(first.counted_on, second.counted_on),
        (first.id, second.id),
        (
            ("counted_on", format_date(first.counted_on)),
            ("other_on", format_date(second.counted_on)),
        ),
    )


def _compare_quantities(matters: Matters, lines: Sequence[PastLine], count: Count) -> None:
    """Forms without numbers: how many the ledger had at the end of the day of the count."""
    for condition in COUNTABLE:
        if condition not in count.conditions:
            continue
        place = (count.holder_id or 0, condition)
        expected = _quantity_on(lines, place, count.counted_on)
        found = count.count_of(condition)
        if expected == found or _adjusted_since(lines, place, count.counted_on):
            continue
        kind = DifferenceKind.COUNTED_MISSING if found < expected else DifferenceKind.COUNTED_SURPLUS
        matters.add_counted(
            Matter(
                kind,
                count.holder_id or 0,
                day=count.counted_on,
                compared=(count.id, condition.value, expected, found),
                words=(*_words(count, condition), ("expected", str(expected)), ("found", str(found))),
            ),
            abs(expected - found),
        )


def _quantity_on(lines: Sequence[PastLine], place: tuple[int, Condition], day: date) -> int:
    total = 0
    for line in lines:
        if line.moved_on <= day:
            total += line.form_count * ((line.to_holder_id, line.to_condition) == place)
            total -= line.form_count * ((line.from_holder_id, line.from_condition) == place)
    return total


def _adjusted_since(lines: Sequence[PastLine], place: tuple[int, Condition], day: date) -> bool:
    """Whether a later adjustment or loss has already settled what the count said."""
    settling = (MovementKind.ADJUSTMENT, MovementKind.LOSS)
    return any(
        line.kind in settling
        and line.moved_on >= day
        and place in ((line.from_holder_id, line.from_condition), (line.to_holder_id, line.to_condition))
        for line in lines
    )
