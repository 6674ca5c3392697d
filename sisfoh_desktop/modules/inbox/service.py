"""Gathers Mi bandeja from the other modules; owns no data."""

from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.workdays import Calendar, term_in_workdays
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState
from sisfoh_desktop.modules.inbox import rules
from sisfoh_desktop.modules.inbox.rules import Counts, Group, Task
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperState
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import DutyState, MatrixState


@dataclass(frozen=True)
class Tray:
    """Mi bandeja on a day, most urgent first."""

    tasks: tuple[Task, ...]
    counts: Counts


def load_tray(db: Database, *, today: date) -> Tray:
    """Everything that waits for somebody on `today`; terms in working days of the office's calendar."""
    calendar = office.calendar(db)
    tasks = rules.in_order(
        [
            *_setup(db, today),
            *_rounds(db, today, calendar),
            *_acts(db, today, calendar),
            *_files(db, today, calendar),
            *_duties(db, today, calendar),
        ]
    )
    return Tray(tuple(tasks), rules.counts(tasks))


def _setup(db: Database, today: date) -> list[Task]:
    return rules.setup_tasks(
        named=office.find_municipality(db) is not None,
        units=bool(office.list_units(db, today)),
        officers=bool(office.list_officers(db, today)),
    )


def _rounds(db: Database, today: date, calendar: Calendar) -> list[Task]:
    return [
        rules.waiting_task(
            title=f"Firma pendiente: {line.number_text}",
            detail=f"{line.next_signer}; {line.signed_count} de {line.signer_count} firmas",
            since=line.frozen_at.date(),
            today=today,
            calendar=calendar,
            kind="papers",
            record_id=line.id,
        )
        for line in papers.list_papers(db, [PaperState.FROZEN, PaperState.SIGNING])
    ]


def _acts(db: Database, today: date, calendar: Calendar) -> list[Task]:
    tasks = []
    for line in resoluciones.list_resoluciones(db):
        if line.state is State.SIGNED:
            due = term_in_workdays(line.dated, rules.REMISSION_DAYS, calendar).last_day
            tasks.append(
                rules.due_task(
                    title=f"Remitir copia de la {line.number_text} al ente rector",
                    detail=f"Emitida el {format_date(line.dated)}; {rules.REMISSION_DAYS} días hábiles",
                    due=due,
                    today=today,
                    calendar=calendar,
                    kind="resoluciones",
                    record_id=line.id,
                )
            )
        elif line.state is State.DRAFT:
            title = f"{line.act_name.capitalize()} por terminar"
            tasks.append(Task(Group.DRAFTS, title, line.matter, None, 0, "resoluciones", line.id))
    return tasks


def _files(db: Database, today: date, calendar: Calendar) -> list[Task]:
    """An open expediente waits for its holder; past the general term for reports it counts as overdue."""
    tasks = []
    for line in expedientes.list_expedientes(db):
        if line.state is not ExpedienteState.OPEN or line.since is None:
            continue
        due = term_in_workdays(line.since, rules.REPORT_DAYS, calendar).last_day
        told = f"Lo tiene {line.holder} desde el {format_date(line.since)}"
        if today <= due:
            task = rules.waiting_task(
                title=line.title,
                detail=told,
                since=line.since,
                today=today,
                calendar=calendar,
                kind="expedientes",
                record_id=line.id,
            )
        else:
            task = rules.due_task(
                title=line.title,
                detail=f"{told}; pasó el plazo de {rules.REPORT_DAYS} d. h. para informes",
                due=due,
                today=today,
                calendar=calendar,
                kind="expedientes",
                record_id=line.id,
            )
        tasks.append(task)
    return tasks


def _duties(db: Database, today: date, calendar: Calendar) -> list[Task]:
    tasks = []
    for line in responsibilities.list_matrices(db):
        if line.state is not MatrixState.IN_FORCE:
            continue
        matrix = responsibilities.load_matrix(db, line.id, today)
        tasks += [
            rules.due_task(
                title=f"{unit.name or unit.label}, función {duty.letter}",
                detail=duty.text,
                due=duty.due,
                today=today,
                calendar=calendar,
                kind="responsibilities",
                record_id=line.id,
            )
            for unit in matrix.units
            for duty in unit.duties
            if duty.due is not None and duty.state is not DutyState.DONE
        ]
    return tasks
