"""Reads and writes of the POI's frozen reports: takes a session, gives back plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from sisfoh_desktop.modules.poi.rules.reports import ReportKind
from sisfoh_desktop.modules.poi.tables import PoiActivityRow, PoiReportRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ReportRecord:
    """A report as it was frozen; its round is the paper's."""

    plan_id: int
    version_id: int
    kind: ReportKind
    quarter: int
    unit_name: str
    dated: date
    paper_id: int
    made_by: str
    id: int = 0


def add_report(session: "Session", record: ReportRecord, *, now: datetime) -> int:
    """Keep that a paper is this report."""
    row = PoiReportRow(
        plan_id=record.plan_id,
        version_id=record.version_id,
        kind=record.kind.value,
        quarter=record.quarter,
        unit_name=record.unit_name,
        dated=record.dated,
        paper_id=record.paper_id,
        made_at=now,
        made_by=record.made_by,
    )
    session.add(row)
    session.flush()
    return row.id


def list_reports(session: "Session", plan_id: int) -> list[ReportRecord]:
    """Those of a plan, the newest first."""
    query = select(PoiReportRow).where(PoiReportRow.plan_id == plan_id)
    return [_record(row) for row in session.scalars(query.order_by(PoiReportRow.id.desc()))]


def find_report(session: "Session", report_id: int) -> ReportRecord | None:
    row = session.get(PoiReportRow, report_id)
    return None if row is None else _record(row)


def find_plan_of_activity(session: "Session", activity_id: int) -> int | None:
    """The plan of an activity, whatever versions hold it."""
    return session.scalar(select(PoiActivityRow.plan_id).where(PoiActivityRow.id == activity_id))


def find_by_paper(session: "Session", paper_id: int) -> int | None:
    """The report that this paper is."""
    return session.scalar(select(PoiReportRow.id).where(PoiReportRow.paper_id == paper_id))


def _record(row: PoiReportRow) -> ReportRecord:
    return ReportRecord(
        plan_id=row.plan_id,
        version_id=row.version_id,
        kind=ReportKind(row.kind),
        quarter=row.quarter,
        unit_name=row.unit_name,
        dated=row.dated,
        paper_id=row.paper_id,
        made_by=row.made_by,
        id=row.id,
    )
