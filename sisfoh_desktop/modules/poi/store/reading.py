"""What was executed in a whole year, in one pass: figures by activity, and the months that tell why.

What a version programmes is read in `programme`; single cells for recording are in `follow_up`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, Table, bindparam, case, func, or_, select, true, type_coerce

from sisfoh_desktop.db.types import Money, Quantity
from sisfoh_desktop.modules.poi.rules.facts import Execution, Months
from sisfoh_desktop.modules.poi.store.figures import FigureReader
from sisfoh_desktop.modules.poi.tables import PoiActivityRow, PoiExecutionRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_ACTIVITIES = cast(Table, PoiActivityRow.__table__)
_CELLS = cast(Table, PoiExecutionRow.__table__)
_TOLD = ("motive", "motive_text", "corrective")


def _of_month(name: str, month: int) -> "ColumnElement[int]":
    """The figure of one month among an activity's cells, as it is stored."""
    return func.max(case((_CELLS.c.month == month, type_coerce(_CELLS.c[name], BigInteger))))


# The database turns cells into rows of twelve: an eighth of the rows that Python would have to look at one by one.
_YEAR = (
    select(
        _CELLS.c.activity_id,
        *(_of_month(name, month) for name in ("physical", "money") for month in range(1, 13)),
    )
    .join(_ACTIVITIES, _ACTIVITIES.c.id == _CELLS.c.activity_id)
    .where(_ACTIVITIES.c.plan_id == bindparam("plan"))
    .group_by(_CELLS.c.activity_id)
)


@dataclass
class YearExecution:
    """What a plan's activities executed, by activity id; those without anything told are left out."""

    physical: dict[int, Months] = field(default_factory=dict)
    money: dict[int, Months] = field(default_factory=dict)
    notes: dict[int, tuple[Execution, ...]] = field(default_factory=dict)


def load_execution(
    session: "Session", plan_id: int, activity_ids: Collection[int] | None = None
) -> YearExecution:
    """Everything executed in the plan's year, by some hundreds of its activities or by all.

    `notes` are the months that tell a motive or a measure, in order.
    """
    some = true() if activity_ids is None else _CELLS.c.activity_id.in_(activity_ids)
    physical, money = FigureReader(Quantity()), FigureReader(Money())
    found = YearExecution(notes=_notes(session, plan_id, some))
    for activity_id, *stored in session.execute(_YEAR.where(some), {"plan": plan_id}):
        found.physical[activity_id] = physical.months(tuple(stored[:12]))
        found.money[activity_id] = money.months(tuple(stored[12:]))
    return found


def _notes(session: "Session", plan_id: int, some: "ColumnElement[bool]") -> dict[int, tuple[Execution, ...]]:
    rows: Sequence[Any] = session.execute(
        select(
            _CELLS.c.activity_id,
            _CELLS.c.month,
            _CELLS.c.physical,
            _CELLS.c.money,
            _CELLS.c.motive,
            _CELLS.c.motive_text,
            _CELLS.c.corrective,
            _CELLS.c.imported,
            _CELLS.c.registered_at,
            _CELLS.c.registered_by,
            _CELLS.c.version,
        )
        .join(_ACTIVITIES, _ACTIVITIES.c.id == _CELLS.c.activity_id)
        .where(_ACTIVITIES.c.plan_id == plan_id, some, or_(*(_CELLS.c[name] != "" for name in _TOLD)))
        .order_by(_CELLS.c.activity_id, _CELLS.c.month)
    ).all()
    found: dict[int, list[Execution]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(Execution(*row))
    return {activity_id: tuple(notes) for activity_id, notes in found.items()}
