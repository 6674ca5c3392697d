"""Commands about the base and the calendar: practica, comprobar, migrar, plazo."""

import argparse
from datetime import date
from pathlib import Path

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
from sisfoh_desktop.basics.settings import PcSettings


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
    from sisfoh_desktop.app.base_checks import check_base
    from sisfoh_desktop.basics.progress import silent

    with opened_base(required_base(args)) as db:
        checks = check_base(db, lambda: archive_of(db), clock.now(), silent)
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
    """Bring the base to this program's revision, with the national data that came since; on a server also the rights
    of the office's role, which only the owner can give."""
    from sisfoh_desktop.app.wiring import acting, reachable
    from sisfoh_desktop.db.migrate import migrate
    from sisfoh_desktop.db.seals import seal_all
    from sisfoh_desktop.modules.office import service as office

    base = required_base(args)
    settings = PcSettings.load()
    result = migrate(reachable(base, settings=settings), now=clock.now())
    with opened_base(base) as db:
        seal_all(db, clock.now(), actor=acting(settings))
        if result.from_revision != result.to_revision:
            office.install_national_data(db, actor=acting(settings), now=clock.now())
    copy = str(result.copy) if result.copy else None
    lines: tuple[str, ...]
    if result.from_revision == result.to_revision:
        lines = (f"La base ya está en el esquema {result.to_revision}; no hizo falta cambiarla.",)
    else:
        lines = (f"La base pasó del esquema {result.from_revision or 'vacío'} al {result.to_revision}.",)
        if copy:
            lines += (f"Copia anterior: {copy}",)
    values = {"from": result.from_revision, "to": result.to_revision, "copy": copy}
    if "://" not in base:
        return Outcome(values, lines)
    told = _give_rights(reachable(base, settings=settings))
    return Outcome(values | {"office_role": not told.notices}, lines + told.lines, told.notices, told.code)


def _give_rights(base: str) -> Outcome:
    """The rights of the office's role on a server."""
    from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights

    given = grant_office_rights(base)
    if given.problem:
        return Outcome(None, (), (given.problem,), FAILED)
    words = f"El rol «{OFFICE_ROLE}» puede trabajar en {given.tables} tablas; en {given.ledgers} solo agrega."
    return Outcome(None, (words,))


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
