"""Commands about the POI: `importar poi`, `informe poi`."""

import argparse
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.app.cli_desk import (
    DONE,
    REFUSED,
    Outcome,
    checked_output,
    entered_base,
    read_file,
)
from sisfoh_desktop.app.cli_papers import write_noted, written
from sisfoh_desktop.app.cli_parser import UsageError
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.modules.poi.rules.facts import PoiPlan
    from sisfoh_desktop.modules.poi.rules.import_plan import ImportPlan
    from sisfoh_desktop.modules.poi.rules.importing import CheckedRow, Finding

_MOST_PROPERTIES = 64 * 1024  # bytes of the properties of a workbook
_MOST_TOLD = 50  # findings on a terminal; --json has them all


def run_importar_poi(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Check a table and store what adds up; with --solo-revisar nothing is stored.

    Exit 3 where a row waits in quarantine or a row of sums does not agree.
    """
    from sisfoh_desktop.modules.poi.rules.facts import Stage
    from sisfoh_desktop.modules.poi.service import importing
    from sisfoh_desktop.sheets.preflight import LARGEST_FILE

    path = Path(args.file)
    now = clock.now()
    stage = Stage(args.as_version) if args.as_version else None
    with entered_base(args, clock) as (db, actor):
        data = read_file(path, largest=LARGEST_FILE)
        plan = importing.check_file(
            db, year=args.year, file_name=path.name, data=data, now=now, as_version=stage
        )
        recorded = None
        if not args.check_only:
            recorded = importing.import_file(
                db,
                actor=actor,
                now=now,
                year=args.year,
                file_name=path.name,
                data=data,
                as_version=stage,
                expected=plan,
            )
    values: dict[str, Any] = {
        "rows": plan.rows,
        "accepted": plan.accepted,
        "quarantined": plan.quarantined,
        "rejected": plan.rejected,
        "totals_checked": plan.totals_checked,
        "findings": _findings(plan),
        "notes": list(plan.notes),
        "year": plan.year,
        "version": plan.version_name,
        "import": recorded.import_id if recorded else None,
        "added": recorded.added if recorded else 0,
        "unchanged": plan.unchanged,
    }
    done = (
        f"Guardadas en el «{plan.version_name}» de {plan.year}: {recorded.accepted} filas, "
        f"{recorded.added} de actividades nuevas."
        if recorded
        else "Solo se revisó: no se guardó nada."
    )
    waits = bool(plan.quarantined or plan.checked.total_findings)
    return Outcome(values, (_summary(plan), *_told(plan), done), plan.notes, REFUSED if waits else DONE)


def run_informe_poi(args: argparse.Namespace, clock: Clock) -> Outcome:
    """What was executed up to a quarter: the report as PDF, or its workbook with live formulas."""
    from sisfoh_desktop.modules.poi.service import reports

    if not 1 <= args.quarter <= 4:
        raise UsageError("El trimestre va de 1 a 4; no se hizo nada. Escríbalo después de --trimestre.")
    ending = Path(args.output).suffix.lower()
    if ending not in (".pdf", ".xlsx"):
        raise UsageError(
            "El informe se escribe como .pdf o .xlsx; no se hizo nada. Ponga una de esas terminaciones después de -o."
        )
    output = _output(args.output, ending)
    with entered_base(args, clock) as (db, actor):
        plan = _plan(db, args.year)
        title = f"Informe del trimestre {args.quarter} del POI {args.year}"
        who: dict[str, Any] = {"db": db, "actor": actor, "now": clock.now()}
        if ending == ".pdf":
            pdf = reports.quarter_pdf(db, plan_id=plan.id, quarter=args.quarter, now=clock.now())
            return written(output, pdf, title, **who)
        book = reports.report_workbook(db, plan_id=plan.id, quarter=args.quarter, now=clock.now())
        digest = write_noted(output, book, title, **who)
    return Outcome({"file": str(output), "sha256": digest}, (f"{output}: SHA-256 {digest}.",))


def _output(name: str, ending: str) -> Path:
    """A new file, a PDF, or a workbook that this program wrote before: one that somebody keeps the POI in stays."""
    path = Path(name)
    if ending == ".xlsx" and path.is_file():
        if _is_own_book(path):
            return path
        raise UsageError(
            f"«{path}» ya existe y no lo escribió este programa; no se reemplazó ni se escribió nada. "
            "Indique otro nombre."
        )
    return checked_output(name)


def _is_own_book(path: Path) -> bool:
    """By the author that its properties name."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as book, book.open("docProps/core.xml") as properties:
            return b">SISFOH Desktop</dc:creator>" in properties.read(_MOST_PROPERTIES)
    except (
        BadZipFile,
        KeyError,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ):
        return False


def _plan(db: "Database", year: int) -> "PoiPlan":
    from sisfoh_desktop.modules.poi.service import plans

    found = plans.find_plan(db, year)
    if found is None:
        years = ", ".join(str(one.year) for one in plans.list_plans(db)) or "ninguno"
        raise RuleError(
            "plan_unknown", f"La base no tiene el POI {year}; no se hizo nada. Los que hay: {years}."
        )
    return found


def _summary(plan: "ImportPlan") -> str:
    return (
        f"Filas: {plan.rows}. Cuadran: {plan.accepted}. En cuarentena: {plan.quarantined}. "
        f"No son actividades: {plan.rejected}. Totales comprobados: {plan.totals_checked}."
    )


def _findings(plan: "ImportPlan") -> list[dict[str, Any]]:
    """Every finding; the first of a row tells the readings that it allows, if no other one does."""
    told = []
    for row in plan.checked.rows:
        readings = [one.words for one in row.readings]
        listed = any(one.candidates for one in row.findings)
        for at, finding in enumerate(row.findings):
            candidates = list(finding.candidates) if listed else readings if at == 0 else []
            told.append(_finding(finding, candidates))
    others = (*plan.checked.file.rejected, *plan.checked.total_findings)
    return told + [_finding(one, list(one.candidates)) for one in others]


def _finding(finding: "Finding", candidates: list[str]) -> dict[str, Any]:
    return {
        "row": finding.row,
        "sheet": finding.sheet,
        "rule": finding.rule,
        "text": finding.text,
        "expected": finding.expected,
        "found": finding.found,
        "candidates": candidates,
    }


def _told(plan: "ImportPlan") -> Sequence[str]:
    """One line for each row that waits, with how many readings it has, and what the rows of sums say."""
    rows: list[CheckedRow] = [one for one in plan.checked.rows if one.findings]
    several = len({one.row.sheet for one in rows}) > 1
    lines = [f"  {_where(one.findings[0], several)}{_ways(one)}" for one in rows]
    lines += [
        f"  {_where(one, several)}" for one in (*plan.checked.file.rejected, *plan.checked.total_findings)
    ]
    if len(lines) > _MOST_TOLD:
        more = len(lines) - _MOST_TOLD
        return [*lines[:_MOST_TOLD], f"  … y {more} observaciones más; use --json para verlas todas."]
    return lines


def _where(finding: "Finding", several: bool) -> str:
    return f"Hoja «{finding.sheet}». {finding.text}" if several and finding.sheet else finding.text


def _ways(row: "CheckedRow") -> str:
    return "" if row.readings else " Ninguna lectura simple la hace cuadrar."
