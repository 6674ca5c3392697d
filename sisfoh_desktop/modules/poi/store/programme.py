"""Reads and writes of what a version programmes, many activities in few statements.

What was executed is in `follow_up`; here it is only read, in bulk, for checks of what a version programmes.
"""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    BigInteger,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    true,
    type_coerce,
    update,
)

from sisfoh_desktop.db.bulk import insert_rows
from sisfoh_desktop.db.types import Money, Quantity
from sisfoh_desktop.db.versions import check_updated
from sisfoh_desktop.modules.poi.rules.facts import (
    NO_MONTHS,
    Activity,
    Direction,
    GoalKind,
    Months,
    Nature,
)
from sisfoh_desktop.modules.poi.store.figures import FigureReader
from sisfoh_desktop.modules.poi.tables import (
    PoiActivityRow,
    PoiExecutionRow,
    PoiMeasureUnitRow,
    PoiProgrammeRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

_ACTIVITIES = cast(Table, PoiActivityRow.__table__)
_PROGRAMME = cast(Table, PoiProgrammeRow.__table__)
_MEASURES = cast(Table, PoiMeasureUnitRow.__table__)
_EXECUTION = cast(Table, PoiExecutionRow.__table__)

_TEXTS = (
    "unit_name",
    "title",
    "code",
    "oei",
    "aei",
    "centro_costo",
    "category",
    "product",
    "budget_activity",
    "function",
    "division",
    "budget_goal",
    "ubigeo",
    "priority",
)
_PHYSICAL = tuple(f"p{number:02}" for number in range(1, 13))
_SOLES = tuple(f"m{number:02}" for number in range(1, 13))
_CHANGEABLE = (
    *("position", *_TEXTS, "functional_group", "measure_id", "nature", "goal_kind", "direction"),
    *("annual", "annual_money", *_PHYSICAL, *_SOLES),
)
_NEW_NAMES = tuple(f"new_{name}" for name in _CHANGEABLE)
_TEXTS_OF = attrgetter(*_TEXTS)
_READ_TEXTS = (*_TEXTS, "group", "measure_id", "measure")
_READ = select(
    *(_PROGRAMME.c[name] for name in (*_TEXTS, "functional_group", "measure_id")),
    _MEASURES.c.name.label("measure"),
    *(_PROGRAMME.c[name] for name in ("nature", "goal_kind", "direction", "position", "activity_id", "id")),
    _PROGRAMME.c.version,
    *(
        type_coerce(_PROGRAMME.c[name], BigInteger)
        for name in ("annual", "annual_money", *_PHYSICAL, *_SOLES)
    ),
).join(_MEASURES, _MEASURES.c.id == _PROGRAMME.c.measure_id)


# --- reading ---


def load_programme(
    session: "Session", version_id: int, activity_ids: Collection[int] | None = None
) -> tuple[Activity, ...]:
    """The activities of a version (some hundreds of them, or all) in the order of the plan."""
    some = true() if activity_ids is None else _PROGRAMME.c.activity_id.in_(activity_ids)
    rows = session.execute(
        _READ.where(_PROGRAMME.c.version_id == version_id, some).order_by(
            _PROGRAMME.c.position, _PROGRAMME.c.id
        )
    )
    quantity, soles = FigureReader(Quantity()), FigureReader(Money())
    return tuple(_activity(tuple(row), quantity, soles) for row in rows)


def list_names(session: "Session", version_id: int) -> list[tuple[int, str, str, str]]:
    """Id, code, unit and name of every activity of a version."""
    one = _PROGRAMME.c
    query = select(one.activity_id, one.code, one.unit_name, one.title).where(one.version_id == version_id)
    return [tuple(row) for row in session.execute(query)]


def count_activities(session: "Session", version_ids: Sequence[int]) -> dict[int, int]:
    """How many activities each of these versions has; versions without any are left out."""
    rows = session.execute(
        select(_PROGRAMME.c.version_id, func.count().label("activities"))
        .where(_PROGRAMME.c.version_id.in_(version_ids))
        .group_by(_PROGRAMME.c.version_id)
    )
    return {row.version_id: row.activities for row in rows}


def executed_months(session: "Session", plan_id: int) -> dict[int, Months]:
    """What was executed, physically, of each activity of a plan; those without any are left out."""
    return _executed(session, plan_id, "physical", FigureReader(Quantity()))


def executed_money(session: "Session", plan_id: int) -> dict[int, Months]:
    """The same in soles."""
    return _executed(session, plan_id, "money", FigureReader(Money()))


def _executed(session: "Session", plan_id: int, name: str, read: FigureReader) -> dict[int, Months]:
    figure = type_coerce(_EXECUTION.c[name], BigInteger)
    rows = session.execute(
        select(_EXECUTION.c.activity_id, _EXECUTION.c.month, figure)
        .join(_ACTIVITIES, _ACTIVITIES.c.id == _EXECUTION.c.activity_id)
        .where(_ACTIVITIES.c.plan_id == plan_id, _EXECUTION.c[name].is_not(None))
    )
    told: dict[int, list[Decimal | None]] = {}
    for activity_id, month, value in rows:
        told.setdefault(activity_id, list(NO_MONTHS))[month - 1] = read.figure(value)
    return {activity_id: tuple(months) for activity_id, months in told.items()}


def _activity(row: tuple[Any, ...], quantity: FigureReader, soles: FigureReader) -> Activity:
    (*texts, nature, goal_kind, direction, order, activity_id, row_id, version), figures = (
        row[:-26],
        row[-26:],
    )
    values: dict[str, Any] = dict(zip(_READ_TEXTS, texts, strict=True))
    return Activity(
        **values,
        nature=Nature(nature),
        goal_kind=GoalKind(goal_kind),
        direction=Direction(direction),
        annual=quantity.figure(figures[0]),
        annual_money=soles.figure(figures[1]),
        programmed=quantity.months(figures[2:14]),
        programmed_money=soles.months(figures[14:]),
        order=order,
        id=activity_id,
        row_id=row_id,
        version=version,
    )


# --- writing ---


def add_activities(
    session: "Session",
    plan_id: int,
    version_id: int,
    activities: Sequence[Activity],
    *,
    origin_import_id: int | None = None,
    origin_rows: Sequence[int] = (),
) -> list[int]:
    """New activities of a plan, in one version; their ids. Each has its `measure_id` and its `order`."""
    ids = _new_ids(session, len(activities))
    insert_rows(session, _ACTIVITIES, ("id", "plan_id"), ((one, plan_id) for one in ids))
    _add_rows(session, version_id, ids, activities, origin_import_id, origin_rows)
    return ids


def add_rows(
    session: "Session",
    version_id: int,
    activities: Sequence[Activity],
    *,
    origin_import_id: int | None = None,
    origin_rows: Sequence[int] = (),
) -> None:
    """Activities that the plan has already (their `id`), as one more version programmes them."""
    _add_rows(session, version_id, [one.id for one in activities], activities, origin_import_id, origin_rows)


def _add_rows(
    session: "Session",
    version_id: int,
    activity_ids: Sequence[int],
    activities: Sequence[Activity],
    origin_import_id: int | None,
    origin_rows: Sequence[int],
) -> None:
    origins: Iterable[int | None] = origin_rows or repeat(None, len(activities))
    insert_rows(
        session,
        _PROGRAMME,
        (*_CHANGEABLE, "version_id", "activity_id", "origin_import_id", "origin_row", "version"),
        (
            (*_kept(one), version_id, activity_id, origin_import_id, origin_row, 1)
            for one, activity_id, origin_row in zip(activities, activity_ids, origins, strict=True)
        ),
    )


def copy_programme(session: "Session", from_version_id: int, to_version_id: int) -> None:
    """All of a version's activities into another one that has none."""
    own = ("id", "version_id", "version")
    copied = [column for column in _PROGRAMME.c if column.name not in own]
    source = select(literal(to_version_id), literal(1), *copied).where(
        _PROGRAMME.c.version_id == from_version_id
    )
    session.execute(
        insert(_PROGRAMME).from_select(["version_id", "version", *(one.name for one in copied)], source)
    )


def save_activities(session: "Session", version_id: int, activities: Sequence[Activity]) -> None:
    """Write activities of a version over the row versions that were seen; StaleRow undoes all of them."""
    if not activities:
        return
    statement = (
        update(_PROGRAMME)
        .where(
            _PROGRAMME.c.id == bindparam("the_row"),
            _PROGRAMME.c.version_id == bindparam("the_version"),
            _PROGRAMME.c.version == bindparam("seen"),
        )
        .values(**{name: bindparam(f"new_{name}") for name in _CHANGEABLE}, version=bindparam("next"))
    )
    done = cast(
        "CursorResult[Any]",
        session.connection().execute(
            statement,
            [
                {
                    **dict(zip(_NEW_NAMES, _kept(one), strict=True)),
                    "the_row": one.row_id,
                    "the_version": version_id,
                    "seen": one.version,
                    "next": one.version + 1,
                }
                for one in activities
            ],
        ),
    )
    check_updated(1 if done.rowcount == len(activities) else 0)


def remove_activities(session: "Session", version_id: int, activity_ids: Sequence[int] | None = None) -> None:
    """Take activities out of a version (None: all). What they are stays, so that no other gets their id."""
    rows = _PROGRAMME.c.version_id == version_id
    if activity_ids is not None:
        rows = rows & _PROGRAMME.c.activity_id.in_(activity_ids)
    session.execute(delete(_PROGRAMME).where(rows))


def _kept(activity: Activity) -> tuple[Any, ...]:
    """The values of an activity in the order of `_CHANGEABLE`."""
    return (
        activity.order,
        *_TEXTS_OF(activity),
        activity.group,
        activity.measure_id,
        activity.nature.value,
        activity.goal_kind.value,
        activity.direction.value,
        activity.annual,
        activity.annual_money,
        *activity.programmed,
        *activity.programmed_money,
    )


def _new_ids(session: "Session", count: int) -> list[int]:
    """Ids for new activities, in order. On SQLite one writer at a time is sure of them."""
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(_ACTIVITIES.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    wanted = text(
        "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
    ).bindparams(table=_ACTIVITIES.name, count=count)
    return sorted(session.scalars(wanted))
