"""Commands about the base and the calendar: practica, comprobar, migrar, plazo."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sisfoh_desktop.app.cli_desk import (
    DONE,
    FAILED,
    Outcome,
    archive_of,
    chosen_base,
    opened_base,
    required_base,
)
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.dates import format_date, weekday_name
from sisfoh_desktop.basics.errors import EnvironmentFailed
from sisfoh_desktop.basics.settings import PcSettings

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database
    from sisfoh_desktop.documents.archive import Archive


def run_practica(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Make the practice office in a folder."""
    from sisfoh_desktop.app.practice import create_practice

    summary = create_practice(Path(args.folder), replace=args.replace)
    return Outcome(
        {
            "base": str(summary.base),
            "plans": summary.plans,
            "documents": summary.documents,
            "duties": summary.duties,
        },
        (
            f"Se creó la oficina de práctica en {summary.base}.",
            f"Planes: {summary.plans}. Documentos: {summary.documents}. Funciones del Anexo N° 01: {summary.duties}.",
            "La resolución 091-2024-GM/MPT espera sus seis firmas.",
        ),
    )


def run_comprobar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Check the base, its archive and its numbers."""
    from sisfoh_desktop.db.checks import Check, check_database
    from sisfoh_desktop.modules.expedientes import service as expedientes
    from sisfoh_desktop.modules.kardex.service.checking import check_kardex
    from sisfoh_desktop.modules.papers import service as papers
    from sisfoh_desktop.modules.poi.service import evidence
    from sisfoh_desktop.modules.poi.service.checking import check_poi
    from sisfoh_desktop.modules.resoluciones.service import delivery
    from sisfoh_desktop.modules.responsibilities import service as responsibilities

    def kept_files(db: "Database", archive: "Archive") -> list[str]:
        return [
            *expedientes.check_attachments(db, archive),
            *delivery.check_delivery_files(db, archive),
            *responsibilities.check_evidence_files(db, archive),
            *evidence.check_evidence_files(db, archive),
        ]

    def archived_papers(db: "Database", archive: "Archive") -> list[str]:
        archive.tidy(clock.now())
        return papers.check_archive(db, archive)

    with opened_base(required_base(args)) as db:
        checks = check_database(db)
        jobs: tuple[tuple[str, Callable[[], list[str]], str], ...] = (
            (
                "archivo",
                lambda: archived_papers(db, archive_of(db)),
                "Todo papel guardado coincide con su huella.",
            ),
            (
                "adjuntos",
                lambda: kept_files(db, archive_of(db)),
                "Todo archivo adjunto coincide con su huella.",
            ),
            ("correlativos", lambda: papers.check_numbers(db), "Ningún número falta en los registros."),
        )
        for name, job, sound in jobs:
            try:
                problems = job()
            except EnvironmentFailed as error:  # a damaged part must not hide what the other checks find
                problems = [error.sentence]
            checks.append(Check(name, not problems, " ".join(problems) or sound))
        checks += check_kardex(db)
        checks += check_poi(db)
    ok = all(check.ok for check in checks)
    values = {
        "ok": ok,
        "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks],
    }
    lines = tuple(f"{'Bien ' if check.ok else 'FALLA'}  {check.name}: {check.detail}" for check in checks)
    if ok:
        return Outcome(values, lines, code=DONE)
    notice = (
        "La base tiene problemas; no se cambió nada. Conserve una copia y avise a su técnico antes de seguir."
    )
    return Outcome(values, lines, (notice,), FAILED)


def run_migrar(args: argparse.Namespace, clock: Clock) -> Outcome:
    """Bring the base to this program's revision, with the national data that came since."""
    from sisfoh_desktop.app.wiring import acting
    from sisfoh_desktop.db.migrate import migrate
    from sisfoh_desktop.modules.office import service as office

    base = required_base(args)
    result = migrate(base, now=clock.now())
    if result.from_revision != result.to_revision:
        with opened_base(base) as db:
            office.install_national_data(db, actor=acting(PcSettings.load()), now=clock.now())
    copy = str(result.copy) if result.copy else None
    lines: tuple[str, ...]
    if result.from_revision == result.to_revision:
        lines = (f"La base ya está en el esquema {result.to_revision}; no hizo falta cambiarla.",)
    else:
        lines = (f"La base pasó del esquema {result.from_revision or 'vacío'} al {result.to_revision}.",)
        if copy:
            lines += (f"Copia anterior: {copy}",)
    return Outcome({"from": result.from_revision, "to": result.to_revision, "copy": copy}, lines)


def run_plazo(args: argparse.Namespace, clock: Clock) -> Outcome:
    """The last day of a term in working days."""
    from sisfoh_desktop.basics.workdays import Calendar, term_in_workdays
    from sisfoh_desktop.modules.office import service as office

    base = chosen_base(args)
    calendar: Calendar
    if base:
        with opened_base(base) as db:
            calendar = office.calendar(db, args.scope or None)
    else:
        calendar = office.shipped_calendar(args.scope or "")
    start: date = args.start
    term = term_in_workdays(start, args.days, calendar, from_notification=args.from_notification)
    skipped = [{"day": skip.day.isoformat(), "reason": skip.reason} for skip in term.skipped]
    last_day = f"{weekday_name(term.last_day)} {format_date(term.last_day)}"
    term_words = f"{args.days} día hábil" if args.days == 1 else f"{args.days} días hábiles"
    lines = [f"El plazo de {term_words} desde el {format_date(start)} vence el {last_day}."]
    lines += [f"  No cuenta el {format_date(skip.day)}: {skip.reason}." for skip in term.skipped]
    return Outcome(
        {"last_day": term.last_day.isoformat(), "skipped": skipped, "notes": list(term.notes)},
        tuple(lines),
        term.notes,
    )
