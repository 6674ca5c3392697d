"""What the POI's papers print, gathered from the base, and the PDF and workbooks made of it.

Numbering, freezing and lists are in `reports.py`. reportlab and openpyxl are loaded when something is made.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.signature_zone import SignatureSlot
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.papers.rules import NewSigner, SignerRole, signer_of
from sisfoh_desktop.modules.poi.rules.charts import HeatMap, Scope, Series, cumulative, heat_map, month_series
from sisfoh_desktop.modules.poi.rules.facts import PoiYear
from sisfoh_desktop.modules.poi.rules.reports import (
    ChartKind,
    QuarterReport,
    ReportKind,
    report_of,
    version_words,
)
from sisfoh_desktop.modules.poi.service import quarantine, reading, versions
from sisfoh_desktop.modules.poi.service.motives import list_motives

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.documents.page import BuiltPaper

_SIGLAS = ("OPP", "OGPP", "OGPPYMI", "GPP", "OPPR", "OPPM")
_WORDS = ("planeamiento", "planificaci", "empadronamiento")


def planning_unit(db: Database, on: date) -> Unit | None:
    """The unit that keeps the POI on that day: the planning one by its siglas or name, else the ULE."""
    return next(iter(_keepers(office.list_units(db, on))), None)


def proposed_signers(db: Database, on: date) -> tuple[NewSigner, ...]:
    """Whoever heads the unit that keeps the POI, or else the ULE, as the author; nobody while none is registered."""
    for unit in _keepers(office.list_units(db, on)):
        officer = office.officer_for(db, unit.id, on)
        if officer is not None:
            return (signer_of(officer, unit.name),)
    return ()


def signer_choices(db: Database, on: date) -> tuple[tuple[int, str], ...]:
    """The officers in force with their posts, for a list to choose from."""
    return office.officer_choices(db, on)


def chosen_signers(
    db: Database, on: date, author_id: int, approvals: Sequence[int] = ()
) -> tuple[NewSigner, ...]:
    """The round of these officers: the vistos buenos in their order, the author last."""
    units = {unit.id: unit.name for unit in office.list_units(db, on)}
    picked = [(officer_id, SignerRole.VISTO_BUENO) for officer_id in approvals]
    officers = [
        (office.load_officer(db, officer_id), role)
        for officer_id, role in (*picked, (author_id, SignerRole.AUTHOR))
    ]
    return tuple(
        signer_of(officer, units.get(officer.unit_id, ""), role, place)
        for place, (officer, role) in enumerate(officers, 1)
    )


def report_facts(
    db: Database, *, plan_id: int, quarter: int, dated: date, unit_name: str = "", number: str = ""
) -> QuarterReport:
    """What a report would print now; RuleError as in `rules.reports.report_of`."""
    return report_of(
        reading.load_year(db, plan_id),
        quarter,
        dated=dated,
        motives={one.code: one.label for one in list_motives()},
        unit_name=unit_name,
        number=number,
        place=_place(db),
        quarantined=quarantine.count_pending(db, plan_id),
    )


def build_report(
    db: Database,
    report: QuarterReport,
    kind: ReportKind,
    *,
    signers: Sequence[NewSigner] = (),
    watermark: str = "",
    progress: Progress = silent,
) -> "BuiltPaper":
    """The paper of a report; without signers it is a copy for work, with no zone and no legend of signatures.

    `progress` counts the rows of its table, and may raise Cancelled.
    """
    head = letterhead(db, report.dated)
    legend = office.legend(db, report.dated) if signers else ""
    mark = office.watermark(db, watermark)
    slots = [_slot(one) for one in signers]
    if kind is ReportKind.UNIT:
        from sisfoh_desktop.modules.poi.report.unit_sheet import unit_sheet_pdf

        return unit_sheet_pdf(report, head, slots=slots, legend=legend, watermark=mark)
    from sisfoh_desktop.modules.poi.report.quarter_report import quarter_report_pdf

    return quarter_report_pdf(report, head, slots=slots, legend=legend, watermark=mark, progress=progress)


def quarter_pdf(
    db: Database, *, plan_id: int, quarter: int, now: datetime, progress: Progress = silent
) -> bytes:
    """The report of a quarter for work: no number and nobody signs."""
    report = report_facts(db, plan_id=plan_id, quarter=quarter, dated=today_of(now))
    return build_report(db, report, ReportKind.QUARTER, progress=progress).pdf


def sheet_pdf(db: Database, *, plan_id: int, quarter: int, unit_name: str, now: datetime) -> bytes:
    """The executive sheet of a unit for work."""
    report = report_facts(db, plan_id=plan_id, quarter=quarter, dated=today_of(now), unit_name=unit_name)
    return build_report(db, report, ReportKind.UNIT).pdf


def chart_pdf(db: Database, year: PoiYear, kind: ChartKind, scope: Scope, *, now: datetime) -> bytes:
    """A chart of what is on view, in greys, on a page of its own."""
    from sisfoh_desktop.modules.poi.report.chart_paper import chart_paper_pdf

    shown: Series | HeatMap
    if kind is ChartKind.HEAT:
        shown = heat_map(year, scope)
    else:
        shown = month_series(year, scope) if kind is ChartKind.MONTHS else cumulative(year, scope)
    head = letterhead(db, today_of(now))
    return chart_paper_pdf(year, kind, shown, head, watermark=office.watermark(db)).pdf


def report_workbook(
    db: Database,
    *,
    plan_id: int,
    quarter: int,
    now: datetime | None = None,
    progress: Progress = silent,
) -> bytes:
    """The quarter's table as .xlsx with live sums; it imports again to the same plan."""
    from sisfoh_desktop.modules.poi.sheet.export import report_xlsx

    dated = (
        today_of(now) if now is not None else date.max
    )  # with no day told, every month of the quarter counts
    report, mark = report_facts(db, plan_id=plan_id, quarter=quarter, dated=dated), office.watermark(db)
    return report_xlsx(report, progress, mark=mark)


def plan_workbook(db: Database, *, version_id: int, progress: Progress = silent) -> bytes:
    """Every field and the twelve months of a version, with what was executed; it imports again to the same plan."""
    from sisfoh_desktop.modules.poi.sheet.plan_export import plan_xlsx

    version = versions.load_version(db, version_id)
    year = reading.load_year(db, version.plan_id, version_id)
    return plan_xlsx(year, version_words(version), progress, mark=office.watermark(db))


def letterhead(db: Database, on: date) -> "Letterhead":
    unit = planning_unit(db, on)
    return office.letterhead(db, on, unit.name if unit is not None else "")


def today_of(now: datetime) -> date:
    return now.astimezone(LIMA).date()


def _keepers(units: Sequence[Unit]) -> list[Unit]:
    """Who may keep the POI, the likeliest first."""
    by_siglas = [unit for siglas in _SIGLAS for unit in units if unit.siglas.upper() == siglas]
    by_name = [unit for word in _WORDS for unit in units if word in unit.name.casefold()]
    return [*by_siglas, *by_name]


def _place(db: Database) -> str:
    municipality = office.find_municipality(db)
    return municipality.place_name if municipality is not None else ""


def _slot(signer: NewSigner) -> SignatureSlot:
    return SignatureSlot(
        signer.field,
        "author" if signer.role is SignerRole.AUTHOR else "visto_bueno",
        signer.name,
        signer.position,
        signer.unit,
    )
