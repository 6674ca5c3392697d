"""What «Buscar en todo» finds of the POI: activities of a version, plans, versions and reports."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.modules.poi.rules.reports import ReportKind
from sisfoh_desktop.modules.poi.tables import PoiPlanRow, PoiProgrammeRow, PoiReportRow, PoiVersionRow


def list_findable(session: Session, version_id: int, year: int) -> list[RecordHit]:
    """The activities of a version (0: of none) of the year's plan, then plans, versions and reports."""
    line, plan, version, report = PoiProgrammeRow, PoiPlanRow, PoiVersionRow, PoiReportRow
    activities = session.execute(
        select(line.activity_id, line.title, line.unit_name, line.code, line.product)
        .where(line.version_id == version_id)
        .order_by(line.position)
    )
    plans = session.execute(select(plan.id, plan.year, plan.title).order_by(plan.year.desc()))
    versions = session.execute(
        select(version.id, version.document, version.note, plan.year)
        .join(plan, version.plan_id == plan.id)
        .where(version.document != "")
        .order_by(version.id.desc())
    )
    reports = session.execute(
        select(report.id, report.kind, report.dated, report.unit_name).order_by(report.id.desc())
    )
    return [
        *(
            RecordHit(
                "poi.activity",
                row.activity_id,
                row.title,
                f"POI {year} · {row.unit_name}",
                f"{row.code} {row.product}",
            )
            for row in activities
        ),
        *(RecordHit("poi", row.id, row.title, f"POI del año {row.year}") for row in plans),
        *(
            RecordHit("poi.version", row.id, row.document, f"Versión del POI {row.year}", row.note)
            for row in versions
        ),
        *(
            RecordHit(
                "poi.report",
                row.id,
                f"{ReportKind(row.kind).label} del {format_date(row.dated)}",
                row.unit_name or "Informe del POI",
            )
            for row in reports
        ),
    ]
