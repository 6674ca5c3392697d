"""The ranges in somebody's hands, without reading their numbers one by one.

A form's own line says how far it reached, and the first line that followed upon it where it was cut: a warehouse with
900 000 consecutive forms is one step, and each further piece another, whatever the office's size.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, Table, and_, bindparam, func, literal_column, select
from sqlalchemy import cast as sql_cast

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.facts import Condition, HolderKind
from sisfoh_desktop.modules.kardex.rules.reading import HeldRange
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexFormRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CTE
    from sqlalchemy.orm import Session

_BALANCES = cast(Table, KardexBalanceRow.__table__)
_FORMS = cast(Table, KardexFormRow.__table__)
_TYPES = cast(Table, KardexFormTypeRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_PEOPLE = tuple(kind for kind in HolderKind if kind.is_person)
_ALL = 2**31 - 1


def list_held(
    session: "Session", type_id: int, holder_id: int, condition: Condition, limit: int
) -> list[HeldRange]:
    """At most `limit` pieces of what a holder has in a condition, by number; a piece came by one ledger line."""
    asked = {"type": type_id, "holder": holder_id, "condition": condition, "limit": limit}
    return [
        HeldRange(FormRange(first, last), condition, since, movement_id, number)
        for first, last, since, movement_id, number in session.execute(_HELD, asked)
    ]


def list_oldest_days(session: "Session", campaign_id: int) -> dict[tuple[int, int], date]:
    """Since when each person has the oldest of their blank numbered forms, by holder and type."""
    asked = {"campaign": campaign_id, "limit": _ALL}
    return {(holder, type_id): day for holder, type_id, day in session.execute(_OLDEST, asked)}


def list_oldest_days_of(session: "Session", holder_id: int) -> dict[tuple[int, int], date]:
    """The same for one holder, in every campaign."""
    asked = {"holder": holder_id, "limit": _ALL}
    return {(holder, type_id): day for holder, type_id, day in session.execute(_OLDEST_OF_HOLDER, asked)}


def find_counted_since(session: "Session", type_id: int, holder_id: int, in_hand: int) -> date | None:
    """Since when a holder has the oldest blank articles without numbers, if those that came first went first."""
    arrivals = session.execute(_ARRIVALS, {"type": type_id, "holder": holder_id})
    oldest = None
    for day, count in arrivals:
        oldest, in_hand = day, in_hand - count
        if in_hand <= 0:
            break
    return oldest


def _walk(*conditions: Any) -> "CTE":
    """One row per piece of each balance that fits, found by three index look-ups; `step` 0 is where it starts."""
    zero = sql_cast(literal_column("0"), BigInteger)
    walk = (
        select(
            _BALANCES.c.form_type_id,
            _BALANCES.c.holder_id,
            _BALANCES.c.condition,
            literal_column("0").label("step"),
            zero.label("first_number"),
            zero.label("last_number"),
            literal_column("0").label("line_id"),
        )
        .join(_TYPES, _TYPES.c.id == _BALANCES.c.form_type_id)
        .join(_HOLDERS, _HOLDERS.c.id == _BALANCES.c.holder_id)
        .where(_BALANCES.c.form_count > 0, _TYPES.c.serialised, *conditions)
        .cte("walk", recursive=True)
    )
    ahead, later = _FORMS.alias("ahead"), _LINES.alias("later")
    next_number = (
        select(ahead.c.number)
        .where(
            ahead.c.form_type_id == walk.c.form_type_id,
            ahead.c.holder_id == walk.c.holder_id,
            ahead.c.condition == walk.c.condition,
            ahead.c.number > walk.c.last_number,
        )
        .order_by(ahead.c.number)
        .limit(1)
        .scalar_subquery()
    )
    cut = (
        select(later.c.first_number - 1)
        .where(later.c.previous_id == _LINES.c.id, later.c.first_number > _FORMS.c.number)
        .order_by(later.c.first_number)
        .limit(1)
        .scalar_subquery()
    )
    step = (
        select(
            walk.c.form_type_id,
            walk.c.holder_id,
            walk.c.condition,
            walk.c.step + 1,
            _FORMS.c.number,
            func.coalesce(cut, _LINES.c.last_number),
            _FORMS.c.line_id,
        )
        .select_from(walk)
        .join(_FORMS, and_(_FORMS.c.form_type_id == walk.c.form_type_id, _FORMS.c.number == next_number))
        .join(_LINES, _LINES.c.id == _FORMS.c.line_id)
        .where(walk.c.step < bindparam("limit"))
    )
    return walk.union_all(step)


def _of_pieces(walk: "CTE", *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(walk)
        .join(_LINES, _LINES.c.id == walk.c.line_id)
        .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
        .where(walk.c.step > 0)
    )


def _oldest(*conditions: Any) -> Any:
    walk = _walk(_BALANCES.c.condition == Condition.BLANK.value, *conditions)
    columns = (walk.c.holder_id, walk.c.form_type_id)
    return _of_pieces(walk, *columns, func.min(_MOVEMENTS.c.moved_on)).group_by(*columns)


# made once: the statements are long and their parameters few
_held = _walk(
    _BALANCES.c.form_type_id == bindparam("type"),
    _BALANCES.c.holder_id == bindparam("holder"),
    _BALANCES.c.condition == bindparam("condition"),
)
_HELD = _of_pieces(
    _held,
    _held.c.first_number,
    _held.c.last_number,
    _MOVEMENTS.c.moved_on,
    _MOVEMENTS.c.id,
    _MOVEMENTS.c.number,
).order_by(_held.c.first_number)
_OLDEST = _oldest(_TYPES.c.campaign_id == bindparam("campaign"), _HOLDERS.c.kind.in_(_PEOPLE))
_OLDEST_OF_HOLDER = _oldest(_BALANCES.c.holder_id == bindparam("holder"))
_ARRIVALS = (
    select(_MOVEMENTS.c.moved_on, _LINES.c.form_count)
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .where(
        _LINES.c.to_holder_id == bindparam("holder"),
        _LINES.c.form_type_id == bindparam("type"),
        _LINES.c.to_condition == Condition.BLANK.value,
    )
    .order_by(_MOVEMENTS.c.moved_on.desc(), _LINES.c.id.desc())
)
