"""What does not fit between plans, versions, months, executed cells, imported files and reports.

Set-based queries; each gives back the first few offenders, none repairs anything.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, Table, and_, exists, func, or_, select, type_coerce

from sisfoh_desktop.modules.poi.rules.closing import EventKind
from sisfoh_desktop.modules.poi.rules.row_state import RowState
from sisfoh_desktop.modules.poi.tables import (
    PoiActivityRow,
    PoiExecutionRow,
    PoiImportRow,
    PoiMonthEventRow,
    PoiMonthRow,
    PoiPlanRow,
    PoiProgrammeRow,
    PoiQuarantineRow,
    PoiReportRow,
    PoiVersionRow,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

MOST_TOLD = 5

_PLANS = cast(Table, PoiPlanRow.__table__)
_VERSIONS = cast(Table, PoiVersionRow.__table__)
_ACTIVITIES = cast(Table, PoiActivityRow.__table__)
_PROGRAMME = cast(Table, PoiProgrammeRow.__table__)
_CELLS = cast(Table, PoiExecutionRow.__table__)
_MONTHS = cast(Table, PoiMonthRow.__table__)
_EVENTS = cast(Table, PoiMonthEventRow.__table__)
_IMPORTS = cast(Table, PoiImportRow.__table__)
_QUARANTINE = cast(Table, PoiQuarantineRow.__table__)
_REPORTS = cast(Table, PoiReportRow.__table__)
_BASE = _PROGRAMME.alias("base")

Found = Sequence[Any]


# --- versions ---


def plans_with_drafts(session: "Session") -> Found:
    """Year and drafts of the plans that have several, or no version at all (0)."""
    drafts = func.count(_VERSIONS.c.id).filter(_VERSIONS.c.approved_at.is_(None))
    query = (
        select(_PLANS.c.year, drafts.label("drafts"), func.count(_VERSIONS.c.id).label("versions"))
        .select_from(_PLANS.outerjoin(_VERSIONS, _VERSIONS.c.plan_id == _PLANS.c.id))
        .group_by(_PLANS.c.id, _PLANS.c.year)
        .having(or_(drafts > 1, func.count(_VERSIONS.c.id) == 0))
    )
    return _first(session, query.order_by(_PLANS.c.year))


def rows_of_other_plans(session: "Session") -> Found:
    """Versions (year, stage, number) that programme an activity which is gone or of another plan."""
    query = (
        _versions()
        .join(_PROGRAMME, _PROGRAMME.c.version_id == _VERSIONS.c.id)
        .outerjoin(_ACTIVITIES, _ACTIVITIES.c.id == _PROGRAMME.c.activity_id)
        .where(or_(_ACTIVITIES.c.id.is_(None), _ACTIVITIES.c.plan_id != _VERSIONS.c.plan_id))
    )
    return _first(session, query.distinct().order_by(_VERSIONS.c.id))


def closed_months_that_changed(session: "Session") -> Found:
    """Approved versions (year, stage, number) with an activity whose months before `first_month` are not its base's."""
    joined = and_(
        _BASE.c.version_id == _VERSIONS.c.based_on_id, _BASE.c.activity_id == _PROGRAMME.c.activity_id
    )
    found = (
        _versions()
        .add_columns(_PROGRAMME.c.title.label("title"))
        .join(_PROGRAMME, _PROGRAMME.c.version_id == _VERSIONS.c.id)
        .outerjoin(_BASE, joined)
        .where(
            _VERSIONS.c.approved_at.is_not(None), _VERSIONS.c.based_on_id.is_not(None), or_(*_month_differs())
        )
    )
    return _first(session, found.order_by(_VERSIONS.c.id, _PROGRAMME.c.position))


def _month_differs() -> "list[ColumnElement[bool]]":
    """A month before the first free one that is not as in the base; of a new activity, one that is not blank or 0."""
    differs: list[ColumnElement[bool]] = []
    for month in range(1, 13):
        for name in (f"p{month:02}", f"m{month:02}"):
            now, then = (type_coerce(table.c[name], BigInteger) for table in (_PROGRAMME, _BASE))
            known, new = _BASE.c.id.is_not(None), _BASE.c.id.is_(None)
            differs.append(
                and_(
                    _VERSIONS.c.first_month > month,
                    or_(and_(known, now.is_distinct_from(then)), and_(new, func.coalesce(now, 0) != 0)),
                )
            )
    return differs


# --- follow-up ---


def plans_off_their_months(session: "Session") -> Found:
    """Year of the plans that do not have the months 1 to 12, each once."""
    months = _MONTHS.c.month
    query = (
        select(_PLANS.c.year)
        .select_from(_PLANS.outerjoin(_MONTHS, _MONTHS.c.plan_id == _PLANS.c.id))
        .group_by(_PLANS.c.id, _PLANS.c.year)
        .having(or_(func.count(months.distinct()) != 12, func.min(months) != 1, func.max(months) != 12))
    )
    return _first(session, query.order_by(_PLANS.c.year))


def months_off_their_events(session: "Session") -> Found:
    """Months (year, month) whose closing is not what the last event tells: closed or open, by whom and when."""
    last = (
        select(func.max(_EVENTS.c.id))
        .where(_EVENTS.c.plan_id == _MONTHS.c.plan_id, _EVENTS.c.month == _MONTHS.c.month)
        .correlate(_MONTHS)
        .scalar_subquery()
    )
    closed, event = _MONTHS.c.closed_at.is_not(None), _EVENTS.c
    told_closed = and_(event.id.is_not(None), event.kind == EventKind.CLOSING.value)
    query = (
        select(_PLANS.c.year, _MONTHS.c.month)
        .select_from(
            _MONTHS.join(_PLANS, _PLANS.c.id == _MONTHS.c.plan_id).outerjoin(_EVENTS, _EVENTS.c.id == last)
        )
        .where(
            or_(
                and_(closed, or_(event.id.is_(None), event.kind != EventKind.CLOSING.value)),
                and_(closed, told_closed, event.happened_at != _MONTHS.c.closed_at),
                and_(closed, told_closed, event.happened_by != _MONTHS.c.closed_by),
                and_(~closed, or_(told_closed, _MONTHS.c.closed_by != "")),
            )
        )
    )
    return _first(session, query.order_by(_PLANS.c.year, _MONTHS.c.month))


def openings_without_document(session: "Session") -> Found:
    """Events (year, month) that reopened a month and do not tell the document or the reason."""
    query = (
        select(_PLANS.c.year, _EVENTS.c.month)
        .join(_PLANS, _PLANS.c.id == _EVENTS.c.plan_id)
        .where(
            _EVENTS.c.kind == EventKind.REOPENING.value, or_(_EVENTS.c.document == "", _EVENTS.c.reason == "")
        )
    )
    return _first(session, query.order_by(_EVENTS.c.id))


def cells_that_cannot_be(session: "Session") -> Found:
    """Executed cells (activity, month) of no activity, of no month, or negative."""
    physical, money = (type_coerce(_CELLS.c[name], BigInteger) for name in ("physical", "money"))
    query = (
        select(_CELLS.c.activity_id, _CELLS.c.month)
        .select_from(_CELLS.outerjoin(_ACTIVITIES, _ACTIVITIES.c.id == _CELLS.c.activity_id))
        .where(
            or_(
                _ACTIVITIES.c.id.is_(None),
                _CELLS.c.month < 1,
                _CELLS.c.month > 12,
                physical < 0,
                money < 0,
            )
        )
    )
    return _first(session, query.order_by(_CELLS.c.id))


def cells_out_of_sight(session: "Session") -> Found:
    """Executed figures (year, activity, month) of activities that neither the version in force nor the draft has."""
    other = _VERSIONS.alias("other")
    replaced = exists().where(
        other.c.plan_id == _VERSIONS.c.plan_id,
        other.c.id > _VERSIONS.c.id,
        other.c.approved_at.is_not(None),
    )
    shown = exists().where(
        _PROGRAMME.c.activity_id == _ACTIVITIES.c.id,
        _PROGRAMME.c.version_id == _VERSIONS.c.id,
        _VERSIONS.c.plan_id == _ACTIVITIES.c.plan_id,
        or_(_VERSIONS.c.approved_at.is_(None), ~replaced),
    )
    physical, money = (type_coerce(_CELLS.c[name], BigInteger) for name in ("physical", "money"))
    query = (
        select(_PLANS.c.year, _CELLS.c.activity_id, _CELLS.c.month)
        .join(_ACTIVITIES, _ACTIVITIES.c.id == _CELLS.c.activity_id)
        .join(_PLANS, _PLANS.c.id == _ACTIVITIES.c.plan_id)
        .where(or_(physical > 0, money > 0), ~shown)
    )
    return _first(session, query.order_by(_CELLS.c.id))


# --- imports ---


def imports_off_their_rows(session: "Session") -> Found:
    """Files (name, rows, counted, waiting) whose numbers do not add up to their rows or to their quarantine."""
    waiting = (
        select(func.count())
        .where(_QUARANTINE.c.import_id == _IMPORTS.c.id)
        .correlate(_IMPORTS)
        .scalar_subquery()
    )
    counted = _IMPORTS.c.accepted + _IMPORTS.c.quarantined + _IMPORTS.c.rejected
    query = select(
        _IMPORTS.c.file_name,
        _IMPORTS.c.row_count,
        counted.label("counted"),
        _IMPORTS.c.quarantined,
        waiting.label("waiting"),
    ).where(or_(counted != _IMPORTS.c.row_count, waiting != _IMPORTS.c.quarantined))
    return _first(session, query.order_by(_IMPORTS.c.id))


def imports_of_other_plans(session: "Session") -> Found:
    """Files (name) received by a version that is gone or of another plan."""
    query = (
        select(_IMPORTS.c.file_name)
        .select_from(_IMPORTS.outerjoin(_VERSIONS, _VERSIONS.c.id == _IMPORTS.c.version_id))
        .where(or_(_VERSIONS.c.id.is_(None), _VERSIONS.c.plan_id != _IMPORTS.c.plan_id))
    )
    return _first(session, query.order_by(_IMPORTS.c.id))


def rows_half_settled(session: "Session") -> Found:
    """Rows in quarantine (file, row) whose state and what tells it do not agree: who, when, reading, activity."""
    row = _QUARANTINE.c
    settled = and_(row.settled_at.is_not(None), row.settled_by != "")
    query = (
        select(_IMPORTS.c.file_name, row.row)
        .select_from(_QUARANTINE.outerjoin(_IMPORTS, _IMPORTS.c.id == row.import_id))
        .where(
            or_(
                _IMPORTS.c.id.is_(None),
                row.state.not_in([one.value for one in RowState]),
                and_(row.state == RowState.PENDING.value, or_(settled, row.activity_id.is_not(None))),
                and_(row.state != RowState.PENDING.value, ~settled),
                and_(
                    row.state == RowState.REGISTERED.value, or_(row.activity_id.is_(None), row.reading == "")
                ),
                and_(row.state == RowState.DISCARDED.value, row.settled_reason == ""),
            )
        )
    )
    return _first(session, query.order_by(row.id))


# --- reports ---


def list_report_papers(session: "Session") -> Found:
    """Every report (year, quarter, unit, paper) and whether its version is of its plan."""
    query = (
        select(
            _PLANS.c.year,
            _REPORTS.c.quarter,
            _REPORTS.c.unit_name,
            _REPORTS.c.paper_id,
            (_VERSIONS.c.plan_id == _REPORTS.c.plan_id).label("of_plan"),
        )
        .select_from(
            _REPORTS.outerjoin(_PLANS, _PLANS.c.id == _REPORTS.c.plan_id).outerjoin(
                _VERSIONS, _VERSIONS.c.id == _REPORTS.c.version_id
            )
        )
        .order_by(_REPORTS.c.id)
    )
    return session.execute(query).all()


# --- inside ---


def _versions() -> "Select[Any]":
    return select(_PLANS.c.year, _VERSIONS.c.id, _VERSIONS.c.stage, _VERSIONS.c.number).join_from(
        _VERSIONS, _PLANS, _PLANS.c.id == _VERSIONS.c.plan_id
    )


def _first(session: "Session", query: "Select[Any]") -> Found:
    return session.execute(query.limit(MOST_TOLD)).all()
