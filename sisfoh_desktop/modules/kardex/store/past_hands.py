"""What a holder had in hand at the end of a past day, by the ledger's lines up to it; takes a session, gives facts.

What they have now is in `held` and `actas`. It costs what went through the holder's hands, whatever the office's size.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, func, select

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import AT_HAND, Condition
from sisfoh_desktop.modules.kardex.rules.reading import HeldRange
from sisfoh_desktop.modules.kardex.tables import KardexLineRow, KardexMovementRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_LATER = _LINES.alias("later")
_LATER_MOVEMENTS = _MOVEMENTS.alias("later_movement")
_PAPER = tuple(condition.value for condition in AT_HAND)


def ranges_on(
    session: "Session", type_ids: Collection[int], holder_id: int, day: date
) -> dict[int, list[HeldRange]]:
    """The numbered forms that the holder had at the end of `day`, by type and number, each since its movement."""
    taken = _taken_by(session, type_ids, holder_id, day)
    held: defaultdict[int, list[HeldRange]] = defaultdict(list)
    query = _arrivals(type_ids, holder_id, day).where(_LINES.c.first_number.is_not(None))
    for row in session.execute(query):
        left = FormRanges((FormRange(row.first_number, row.last_number),))
        if row.id in taken:
            left = left - FormRanges.of(taken[row.id])
        condition = Condition(row.to_condition)
        held[row.form_type_id] += [
            HeldRange(forms, condition, row.moved_on, row.movement_id, row.number) for forms in left
        ]
    order = list(Condition)
    return {
        type_id: sorted(found, key=lambda one: (order.index(one.condition), one.forms))
        for type_id, found in held.items()
    }


def counts_on(
    session: "Session", type_ids: Collection[int], holder_id: int, day: date
) -> dict[tuple[int, Condition], int]:
    """How many sheets the holder had at the end of `day`, by type and condition, with numbers or without; no zeros."""
    totals: defaultdict[tuple[int, Condition], int] = defaultdict(int)
    sides: tuple[tuple[int, Any, Any], ...] = (
        (1, _LINES.c.to_holder_id, _LINES.c.to_condition),
        (-1, _LINES.c.from_holder_id, _LINES.c.from_condition),
    )
    for sign, holder, condition in sides:
        query = (
            select(_LINES.c.form_type_id, condition, func.sum(_LINES.c.form_count))
            .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
            .where(
                holder == holder_id,
                _LINES.c.form_type_id.in_(type_ids),
                condition.in_(_PAPER),
                _MOVEMENTS.c.moved_on <= day,
            )
            .group_by(_LINES.c.form_type_id, condition)
        )
        for type_id, found, count in session.execute(query):
            totals[type_id, Condition(found)] += sign * int(count)
    return {place: count for place, count in totals.items() if count}


def _arrivals(type_ids: Collection[int], holder_id: int, day: date) -> Any:
    return (
        select(
            _LINES.c.id,
            _LINES.c.form_type_id,
            _LINES.c.first_number,
            _LINES.c.last_number,
            _LINES.c.to_condition,
            _LINES.c.movement_id,
            _MOVEMENTS.c.moved_on,
            _MOVEMENTS.c.number,
        )
        .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
        .where(
            _LINES.c.to_holder_id == holder_id,
            _LINES.c.form_type_id.in_(type_ids),
            _LINES.c.to_condition.in_(_PAPER),
            _MOVEMENTS.c.moved_on <= day,
        )
    )


def _taken_by(
    session: "Session", type_ids: Collection[int], holder_id: int, day: date
) -> dict[int, list[FormRange]]:
    """What went on, up to that day, of the lines that brought forms to the holder, by line."""
    query = (
        select(_LATER.c.previous_id, _LATER.c.first_number, _LATER.c.last_number)
        .join(_LATER_MOVEMENTS, _LATER_MOVEMENTS.c.id == _LATER.c.movement_id)
        .where(
            _LATER.c.from_holder_id == holder_id,
            _LATER.c.form_type_id.in_(type_ids),
            _LATER.c.previous_id.is_not(None),
            _LATER.c.first_number.is_not(None),
            _LATER_MOVEMENTS.c.moved_on <= day,
        )
    )
    taken: defaultdict[int, list[FormRange]] = defaultdict(list)
    for line_id, first, last in session.execute(query):
        taken[line_id].append(FormRange(first, last))
    return taken
