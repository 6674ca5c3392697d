"""Reports of the POI: previewed, numbered and frozen, listed, annulled; workbooks and charts.

Each frozen one is a paper as every other of the office, signed by the same round. What it prints is gathered in
`report_papers.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.document_numbers import blank_number
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import (
    NewSigner,
    Paper,
    PaperLine,
    PaperState,
    check_round,
)
from sisfoh_desktop.modules.papers.service import KindHooks
from sisfoh_desktop.modules.poi.rules import reports as rules
from sisfoh_desktop.modules.poi.rules.reports import ReportKind, ReportLine
from sisfoh_desktop.modules.poi.service import versions
from sisfoh_desktop.modules.poi.service.report_papers import (
    build_report,
    chart_pdf,
    chosen_signers,
    plan_workbook,
    planning_unit,
    proposed_signers,
    quarter_pdf,
    report_facts,
    report_workbook,
    sheet_pdf,
    signer_choices,
    today_of,
)
from sisfoh_desktop.modules.poi.store import reports as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.page import BuiltPaper

__all__ = [
    "annul_report",
    "chart_pdf",
    "chosen_signers",
    "create_report_series",
    "find_plan_of",
    "freeze_report",
    "list_reports",
    "load_report_paper",
    "plan_workbook",
    "preview_report",
    "proposed_signers",
    "quarter_pdf",
    "report_facts",
    "report_series",
    "report_workbook",
    "series_proposal",
    "sheet_pdf",
    "signer_choices",
]

RECORD_KIND = "poi_report"
_WITHDRAWN = (PaperState.ANNULLED, PaperState.REFUSED)


# --- the series ---


report_series = partial(papers.find_series, kind=rules.REPORT_SERIES)
"""The series that numbers the reports of the POI, None while the office has none."""

create_report_series = partial(papers.create_series, kind=rules.REPORT_SERIES)
"""The series as the clerk confirmed it; all else, and its errors, as in `papers.service.create_series`."""


def series_proposal(db: Database, on: date) -> tuple[str, str]:
    """Title and mask to propose while there is no series; the clerk confirms or changes the mask."""
    unit = planning_unit(db, on)
    entity = office.find_municipality(db)
    return rules.series_proposal(entity.short_name if entity else "", unit.siglas if unit else "")


# --- making ---


def preview_report(
    db: Database,
    *,
    plan_id: int,
    quarter: int,
    now: datetime,
    unit_name: str = "",
    signers: Sequence[NewSigner] = (),
    progress: Progress = silent,
) -> bytes:
    """The report (the sheet of a unit where one is named) as it would be frozen, PROYECTO across each page."""
    series = report_series(db)
    dated = today_of(now)
    mask = series.mask if series else series_proposal(db, dated)[1]
    report = report_facts(
        db,
        plan_id=plan_id,
        quarter=quarter,
        dated=dated,
        unit_name=unit_name,
        number=blank_number(mask, dated.year),
    )
    shown = signers or proposed_signers(db, dated)
    kind = _kind_of(unit_name)
    return build_report(db, report, kind, signers=shown, watermark="PROYECTO", progress=progress).pdf


def freeze_report(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    quarter: int,
    kind: ReportKind,
    unit_name: str = "",
    signers: Sequence[NewSigner],
    token: str | None = None,
    progress: Progress = silent,
) -> int:
    """Number the report, fix its bytes and set its round; its id. `progress` may cancel it until it has its number.

    RuleError `series_missing`, `quarter_not_executed`, `author_missing` and as in `rules.reports.report_of`.
    """
    check_right(actor, "poi.report")  # before a number is spent
    earlier = db.find_answer(token)
    if earlier is not None:
        return _report_of_paper(db, int(earlier.result))
    check_round(signers)
    dated = today_of(now)
    series = report_series(db)
    if series is None:
        raise RuleError(
            "series_missing",
            "Todavía no hay una serie que numere los informes del POI; no se hizo el informe. Créela primero.",
        )
    unit = unit_name if kind is ReportKind.UNIT else ""
    report = report_facts(db, plan_id=plan_id, quarter=quarter, dated=dated, unit_name=unit)
    if kind is ReportKind.QUARTER:
        rules.check_can_freeze(report)
    # what the paper would say is built before a number is spent on it
    build_report(
        db,
        replace(report, number=blank_number(series.mask, dated.year)),
        kind,
        signers=signers,
        progress=progress,
    )

    def build(number: str) -> "BuiltPaper":
        return build_report(db, replace(report, number=number), kind, signers=signers)

    def on_frozen(session: "Session", paper_id: int, number: str) -> None:
        record = store.ReportRecord(
            plan_id, report.poi_version.id, kind, quarter, unit, dated, paper_id, actor.user
        )
        report_id = store.add_report(session, record, now=now)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="poi_report.freeze",
            subject=f"{RECORD_KIND}:{report_id}",
            after={
                "kind": kind.value,
                "quarter": quarter,
                "number": number,
                "unit_name": unit,
                "paper": paper_id,
            },
        )

    paper_id = papers.issue_numbered(
        db,
        archive,
        actor=actor,
        now=now,
        series_id=series.id,
        kind=kind.paper_kind,
        title=lambda number: f"{rules.paper_title(report, kind)} (N° {number})",
        dated=dated,
        subject=rules.subject_of(report, kind),
        build=build,
        signers=signers,
        on_frozen=on_frozen,
        token=token,
    )
    return _report_of_paper(db, paper_id)


def annul_report(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    report_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Withdraw a report that is not signed whole; `expected_version` of its paper.

    RuleError as in `papers.service.annul_paper`.
    """
    papers.annul_numbered(
        db,
        actor=actor,
        now=now,
        paper_id=_paper_of_report(db, report_id),
        expected_version=expected_version,
        reason=reason,
        action="poi_report.annul",
        record=f"{RECORD_KIND}:{report_id}",
        token=token,
    )


# --- lists ---


def list_reports(db: Database, plan_id: int) -> list[ReportLine]:
    """The reports of a plan with where their rounds stand, the newest first."""
    with db.reading() as session:
        records = store.list_reports(session, plan_id)
    names = {version.id: version.name for version in versions.list_versions(db, plan_id)} if records else {}
    lines = {line.id: line for line in papers.list_papers(db, ids=[one.paper_id for one in records])}
    return [
        _line(one, lines[one.paper_id], names.get(one.version_id, ""))
        for one in records
        if one.paper_id in lines
    ]


def find_plan_of(db: Database, part: int) -> int:
    """The plan of a report by its id, or below zero by what it is about (`rules.reports.subject_of`); 0 for none."""
    key, is_activity = rules.plan_or_activity(part)
    with db.reading() as session:
        if part > 0:
            found = store.find_report(session, part)
            return 0 if found is None else found.plan_id
        return (store.find_plan_of_activity(session, key) or 0) if is_activity else key


def load_report_paper(db: Database, report_id: int) -> Paper:
    """The paper of a report with its round; RuleError `report_unknown`."""
    return papers.load_paper(db, _paper_of_report(db, report_id))


# --- inside ---


def _kind_of(unit_name: str) -> ReportKind:
    return ReportKind.UNIT if unit_name else ReportKind.QUARTER


def _line(record: store.ReportRecord, paper: PaperLine, version_name: str) -> ReportLine:
    living = paper.state not in _WITHDRAWN
    return ReportLine(
        id=record.id,
        paper_id=record.paper_id,
        kind=record.kind,
        quarter=record.quarter,
        unit_name=record.unit_name,
        number_text=paper.number_text,
        title=paper.title,
        dated=record.dated,
        made_by=record.made_by,
        version_name=version_name,
        subject=paper.subject,
        state=paper.state.value,
        living=living,
        signed_count=paper.signed_count,
        signer_count=paper.signer_count,
        next_signer=paper.next_signer if living else "",
    )


def _paper_of_report(db: Database, report_id: int) -> int:
    with db.reading() as session:
        found = store.find_report(session, report_id)
    if found is None:
        raise RuleError(
            "report_unknown", "Ese informe no existe en la base; no se cambió nada. Actualice con F5."
        )
    return found.paper_id


def _report_of_paper(db: Database, paper_id: int) -> int:
    """The report of a paper that is known to be one."""
    with db.reading() as session:
        report_id = store.find_by_paper(session, paper_id)
    assert report_id is not None  # written in the commit that froze the paper
    return report_id


for _each in ReportKind:
    papers.register_kind(_each.paper_kind, KindHooks())
