"""What the last arqueos of each holder found, beside the kardex on their day, for the acta that tells an inventory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules.control_sheets import (
    CountedHolder,
    CountedRow,
    InventoryHolder,
    InventorySheet,
    counted_rows,
    explained,
    without,
)
from sisfoh_desktop.modules.kardex.rules.counting import COUNTABLE, Count, CountKind, latest_counts
from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType
from sisfoh_desktop.modules.kardex.service import catalogue, counting, counting_cuadre
from sisfoh_desktop.modules.kardex.store import past_hands

_COUNTED = "counted_"  # how the codes of these differences begin


def with_counts(
    db: Database, campaign_id: int, inventory: InventorySheet, *, everybody: bool
) -> InventorySheet:
    """The inventory with the arqueos that stand of its holders; `everybody` adds those that have nothing any more."""
    types = {one.id: one for one in catalogue.list_types(db, campaign_id)}
    counts = _last_counts(db, campaign_id)
    holders = list(inventory.holders)
    if everybody:
        known = {one.holder.id for one in holders}
        holders += [InventoryHolder(catalogue.load_holder(db, one), ()) for one in counts if one not in known]
    if not any(one.holder.id in counts for one in holders):
        return inventory
    cuadre = counting_cuadre.cuadre(db, campaign_id=campaign_id, today=inventory.dated)
    found = [one for one in cuadre.differences if one.code.startswith(_COUNTED)]
    return replace(
        inventory,
        holders=tuple(
            _with_counts(db, types, one, counts[one.holder.id], found) if one.holder.id in counts else one
            for one in holders
        ),
    )


def _last_counts(db: Database, campaign_id: int) -> dict[int, list[Count]]:
    """Of each holder, the latest arqueo of each type and condition that no other corrected."""
    standing = [
        counting.load_count(db, line.id)
        for line in counting.list_counts(db, campaign_id)
        if line.stands and line.kind is CountKind.PHYSICAL
    ]
    latest: defaultdict[int, list[Count]] = defaultdict(list)
    for count in latest_counts(standing):
        latest[count.holder_id or 0].append(count)
    return latest


def _with_counts(
    db: Database,
    types: Mapping[int, FormType],
    one: InventoryHolder,
    counts: Sequence[Count],
    differences: Iterable[Difference],
) -> InventoryHolder:
    ordered = sorted(counts, key=lambda count: (types[count.type_id].code, count.counted_on, count.id))
    rows = [row for count in ordered for row in _rows(db, types[count.type_id], one.holder.id, count)]
    done = {(count.type_id, condition) for count in ordered for condition in count.conditions}
    told = tuple(
        explained(difference)
        for difference in differences
        if one.holder.id in (difference.holder_id, difference.other_id)
    )
    sources = dict.fromkeys((count.counted_on, count.source) for count in ordered)
    return replace(
        one, held=without(one.held, done), counted=CountedHolder(tuple(rows), tuple(sources), told)
    )


def _rows(db: Database, form_type: FormType, holder_id: int, count: Count) -> list[CountedRow]:
    """A row for each range, or for each condition of a type without numbers, on the day of the arqueo."""
    day: date = count.counted_on
    with db.reading() as session:
        ranges = past_hands.ranges_on(session, [form_type.id], holder_id, day).get(form_type.id, [])
        counts = past_hands.counts_on(session, [form_type.id], holder_id, day)
    rows: list[CountedRow] = []
    for condition in (one for one in COUNTABLE if one in count.conditions):
        if form_type.serialised:
            expected = FormRanges.of(held.forms for held in ranges if held.condition is condition)
            rows += counted_rows(form_type, condition, expected, count.ranges(condition))
        else:
            rows.append(_counted(form_type, condition, counts, count))
    return rows


def _counted(
    form_type: FormType, condition: Condition, counts: Mapping[tuple[int, Condition], int], count: Count
) -> CountedRow:
    expected = counts.get((form_type.id, condition), 0)
    return CountedRow(form_type, condition, None, expected, count.count_of(condition))
