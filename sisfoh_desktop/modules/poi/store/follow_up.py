"""Reads and writes of what was executed, its evidence, and the closing of months.

Whoever writes claims the plan's months first: figures, closing and reopening of one plan come one after the other.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    Table,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.bulk import insert_rows
from sisfoh_desktop.db.types import Money, Quantity, UtcDateTime
from sisfoh_desktop.db.versions import check_updated, update_version
from sisfoh_desktop.modules.poi.rules.closing import EventKind, MonthEvent
from sisfoh_desktop.modules.poi.rules.facts import Execution, MonthState
from sisfoh_desktop.modules.poi.rules.follow_up import Evidence, is_blank
from sisfoh_desktop.modules.poi.tables import (
    PoiActivityRow,
    PoiEvidenceRow,
    PoiExecutionRow,
    PoiMonthEventRow,
    PoiMonthRow,
    PoiProgrammeRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

Cells = dict[int, dict[int, Execution]]
"""What is recorded, by activity and month."""

_ROWS = 5_000  # written by one statement
_NAMED_IDS = 500  # ids told in one condition

_ACTIVITIES = cast(Table, PoiActivityRow.__table__)
_CELLS = cast(Table, PoiExecutionRow.__table__)
_MONTHS = cast(Table, PoiMonthRow.__table__)
_EVIDENCE = cast(Table, PoiEvidenceRow.__table__)
_PROGRAMME = cast(Table, PoiProgrammeRow.__table__)
_VALUES = (
    "physical", "money", "motive", "motive_text", "corrective", "imported", "registered_at", "registered_by",
)  # fmt: skip
_NEW_CELL = attrgetter("activity_id", "month", *_VALUES)
_QUANTITY, _MONEY, _MOMENT = Quantity(), Money(), UtcDateTime()
_NO_DIALECT = cast(Any, None)  # none of these kinds asks which database it is when it reads
_SELECT_CELLS = select(
    _CELLS.c.activity_id,
    _CELLS.c.month,
    type_coerce(_CELLS.c.physical, BigInteger),
    type_coerce(_CELLS.c.money, BigInteger),
    _CELLS.c.motive,
    _CELLS.c.motive_text,
    _CELLS.c.corrective,
    _CELLS.c.imported,
    type_coerce(_CELLS.c.registered_at, DateTime(timezone=True)),
    _CELLS.c.registered_by,
    _CELLS.c.version,
).join(_ACTIVITIES, _ACTIVITIES.c.id == _CELLS.c.activity_id)
_UPDATE_CELL = (
    update(_CELLS)
    .where(
        _CELLS.c.activity_id == bindparam("of_activity"),
        _CELLS.c.month == bindparam("of_month"),
        _CELLS.c.version == bindparam("seen"),
    )
    .values(**{name: bindparam(name) for name in _VALUES}, version=_CELLS.c.version + 1)
)


# -- months --------------------------------------------------------------------------------------------------


def claim_months(session: "Session", plan_id: int) -> tuple[MonthState, ...]:
    """The months, January first, held until the commit: nobody else records or closes in this plan meanwhile."""
    query = select(_MONTHS).where(_MONTHS.c.plan_id == plan_id).order_by(_MONTHS.c.month).with_for_update()
    return tuple(
        MonthState(row.plan_id, row.month, row.due_on, row.closed_at, row.closed_by, row.version)
        for row in session.execute(query)
    )


def record_closing(
    session: "Session",
    *,
    plan_id: int,
    month: int,
    expected_version: int,
    closed_at: datetime | None,
    closed_by: str,
) -> None:
    """Close the month, or open it again (None); StaleRow."""
    found = select(PoiMonthRow.id).where(PoiMonthRow.plan_id == plan_id, PoiMonthRow.month == month)
    update_version(
        session,
        PoiMonthRow,
        session.scalars(found).one(),
        expected_version,
        {"closed_at": closed_at, "closed_by": closed_by},
    )


def add_event(session: "Session", event: MonthEvent) -> None:
    session.execute(
        insert(PoiMonthEventRow),
        {
            "plan_id": event.plan_id,
            "month": event.month,
            "kind": event.kind.value,
            "reason": event.reason,
            "document": event.document,
            "pending": event.pending,
            "unexplained": event.unexplained,
            "happened_at": event.happened_at,
            "happened_by": event.happened_by,
        },
    )


def list_events(session: "Session", plan_id: int) -> list[MonthEvent]:
    """The newest first."""
    query = (
        select(PoiMonthEventRow)
        .where(PoiMonthEventRow.plan_id == plan_id)
        .order_by(PoiMonthEventRow.id.desc())
    )
    return [
        MonthEvent(
            row.plan_id,
            row.month,
            EventKind(row.kind),
            row.reason,
            row.document,
            row.pending,
            row.unexplained,
            row.happened_at,
            row.happened_by,
        )
        for row in session.scalars(query)
    ]


# -- cells ---------------------------------------------------------------------------------------------------


def list_cells(session: "Session", plan_id: int) -> Cells:
    """Everything recorded of the plan."""
    return _cells(session.execute(_SELECT_CELLS.where(_ACTIVITIES.c.plan_id == plan_id)).all())


def list_cells_of_month(session: "Session", plan_id: int, month: int) -> Cells:
    """Everything recorded of one month (1 to 12)."""
    query = _SELECT_CELLS.where(_ACTIVITIES.c.plan_id == plan_id, _CELLS.c.month == month)
    return _cells(session.execute(query).all())


def list_cells_of(session: "Session", activity_ids: Collection[int]) -> Cells:
    """Everything recorded of some activities."""
    found: Cells = {}
    if session.execute(select(_CELLS.c.id).limit(1)).first() is None:
        return found  # the first file of a base
    for part in _parts(sorted(activity_ids)):
        found.update(_cells(session.execute(_SELECT_CELLS.where(_CELLS.c.activity_id.in_(part))).all()))
    return found


def _cells(rows: Iterable[Any]) -> Cells:
    """Each stored figure and moment is reckoned once: a region's year repeats few of them many times."""
    found: Cells = {}
    quantity = cache(lambda value: _QUANTITY.process_result_value(value, _NO_DIALECT))
    soles = cache(lambda value: _MONEY.process_result_value(value, _NO_DIALECT))
    moment = cache(lambda value: _MOMENT.process_result_value(value, _NO_DIALECT))
    for activity_id, month, physical, money, motive, words, corrective, imported, at, by, version in rows:
        cells = found.get(activity_id)
        if cells is None:
            cells = found[activity_id] = {}
        cells[month] = Execution(
            activity_id,
            month,
            quantity(physical),
            soles(money),
            motive,
            words,
            corrective,
            imported,
            moment(at),
            by,
            version,
        )
    return found


def add_cells(session: "Session", cells: Sequence[Execution]) -> None:
    """Cells of which nothing was recorded yet."""
    names = ("activity_id", "month", *_VALUES, "version")
    insert_rows(session, _CELLS, names, ((*_NEW_CELL(cell), 1) for cell in cells))


def add_imported(
    session: "Session", told: Sequence[tuple[int, Sequence[Execution]]], *, now: datetime, user: str
) -> None:
    """What files told of activities of which nothing was recorded yet, blanks left out."""
    rows = (
        (activity_id, one.month, one.physical, one.money, one.motive, one.motive_text, one.corrective)
        for activity_id, cells in told
        for one in cells
        if not is_blank(one)
    )
    names = ("activity_id", "month", *_VALUES, "version")
    insert_rows(session, _CELLS, names, ((*row, True, now, user, 1) for row in rows))


def save_cells(session: "Session", cells: Sequence[Execution]) -> None:
    """Cells as they are from now on, each at the version seen; StaleRow when one had another."""
    rows = [
        {"of_activity": cell.activity_id, "of_month": cell.month, "seen": cell.version, **_values(cell)}
        for cell in cells
    ]
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        updated = cast("CursorResult[Any]", session.connection().execute(_UPDATE_CELL, part))
        check_updated(1 if updated.rowcount == len(part) else 0)


def _values(cell: Execution) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in _VALUES}


def check_activities(session: "Session", plan_id: int, activity_ids: Collection[int]) -> None:
    """RuleError `activity_unknown` where one is not of this plan."""
    wanted = set(activity_ids)
    known: set[int] = set()
    if len(wanted) > _NAMED_IDS:
        known.update(session.scalars(select(_ACTIVITIES.c.id).where(_ACTIVITIES.c.plan_id == plan_id)))
    elif wanted:
        query = select(_ACTIVITIES.c.id).where(_ACTIVITIES.c.id.in_(wanted), _ACTIVITIES.c.plan_id == plan_id)
        known.update(session.scalars(query))
    if not wanted <= known:
        raise RuleError(
            "activity_unknown",
            "Una de las actividades no es de este POI; no se guardó nada. Actualice con F5.",
        )


def check_programmed(session: "Session", version_id: int, activity_ids: Collection[int]) -> None:
    """RuleError `activity_unknown` where the version does not have one: what is told of it would be seen nowhere."""
    known = 0
    for part in _parts(sorted(set(activity_ids))):
        query = select(func.count()).where(
            _PROGRAMME.c.version_id == version_id, _PROGRAMME.c.activity_id.in_(part)
        )
        known += session.execute(query).scalar_one()
    if known != len(set(activity_ids)):
        raise RuleError(
            "activity_unknown",
            "Una de las actividades no está en la versión vigente de este POI; no se guardó nada. Actualice con F5.",
        )


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _NAMED_IDS] for start in range(0, len(ids), _NAMED_IDS))


# -- evidence ------------------------------------------------------------------------------------------------


def plan_of_activity(session: "Session", activity_id: int) -> int:
    """The id of its plan; RuleError `activity_unknown`."""
    found = session.scalars(select(_ACTIVITIES.c.plan_id).where(_ACTIVITIES.c.id == activity_id)).first()
    if found is None:
        raise RuleError("activity_unknown", "Esa actividad no existe en esta base; actualice con F5.")
    return int(found)


def add_evidence(session: "Session", evidence: Evidence) -> int:
    row = PoiEvidenceRow(
        activity_id=evidence.activity_id,
        month=evidence.month,
        document=evidence.document,
        file_name=evidence.file_name,
        sha256=evidence.sha256,
        added_at=evidence.added_at,
        added_by=evidence.added_by,
        withdrawn_reason="",
        version=1,
    )
    session.add(row)
    session.flush()
    return row.id


def load_evidence(session: "Session", evidence_id: int) -> Evidence:
    """RuleError `evidence_unknown`."""
    found = session.get(PoiEvidenceRow, evidence_id, populate_existing=True)
    if found is None:
        raise RuleError("evidence_unknown", "Esa evidencia no existe en esta base; actualice con F5.")
    return _evidence(found)


def list_evidence(session: "Session", activity_id: int, month: int | None = None) -> list[Evidence]:
    """Of an activity (of a month), the newest first, withdrawn ones included."""
    query = select(PoiEvidenceRow).where(PoiEvidenceRow.activity_id == activity_id)
    if month is not None:
        query = query.where(PoiEvidenceRow.month == month)
    return [_evidence(row) for row in session.scalars(query.order_by(PoiEvidenceRow.id.desc()))]


def record_withdrawal(session: "Session", evidence: Evidence, reason: str) -> None:
    """StaleRow when somebody withdrew it first."""
    update_version(session, PoiEvidenceRow, evidence.id, evidence.version, {"withdrawn_reason": reason})


def count_evidence(session: "Session", plan_id: int) -> dict[int, dict[int, int]]:
    """How many valid pieces each activity and month of the plan has."""
    query = (
        select(_EVIDENCE.c.activity_id, _EVIDENCE.c.month, func.count())
        .join(_ACTIVITIES, _ACTIVITIES.c.id == _EVIDENCE.c.activity_id)
        .where(_ACTIVITIES.c.plan_id == plan_id, _EVIDENCE.c.withdrawn_reason == "")
        .group_by(_EVIDENCE.c.activity_id, _EVIDENCE.c.month)
    )
    found: dict[int, dict[int, int]] = {}
    for activity_id, month, count in session.execute(query):
        found.setdefault(activity_id, {})[month] = count
    return found


def list_files(session: "Session") -> list[tuple[str, str]]:
    """Name and SHA-256 of every file of evidence."""
    query = select(_EVIDENCE.c.file_name, _EVIDENCE.c.sha256).where(_EVIDENCE.c.sha256 != "")
    return [(f"Evidencia del POI «{name}»", sha256) for name, sha256 in session.execute(query)]


def _evidence(row: PoiEvidenceRow) -> Evidence:
    return Evidence(
        activity_id=row.activity_id,
        month=row.month,
        document=row.document,
        file_name=row.file_name,
        sha256=row.sha256,
        added_at=row.added_at,
        added_by=row.added_by,
        withdrawn=row.withdrawn_reason,
        id=row.id,
        version=row.version,
    )
