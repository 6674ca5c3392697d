"""Gathers Mi bandeja from the other modules; owns no data.

Each module is asked once for all its records: the tray of an office with years of work is a handful of queries.
"""

from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState, OpinionLine
from sisfoh_desktop.modules.handover.service import pending as handover_pending
from sisfoh_desktop.modules.inbox import rules
from sisfoh_desktop.modules.inbox.rules import Counts, Group, Reckoning, Task
from sisfoh_desktop.modules.inbox.rules.first_steps import FirstStep, first_steps
from sisfoh_desktop.modules.kardex.service import pending as kardex_pending
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import TERM_KEYS, Terms
from sisfoh_desktop.modules.office.service import first_day
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules import PaperLine, PaperState
from sisfoh_desktop.modules.people.service import pending as people_pending
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.poi.service import pending as poi_pending
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.rules.delivery import DeliveryLine, DeliveryWhat
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.safekeeping.service import pending as safekeeping_pending

_DELIVERY_TERMS = {DeliveryWhat.NOTIFICATION: "notification", DeliveryWhat.REMISSION: "remission"}


@dataclass(frozen=True)
class Tray:
    """Mi bandeja on a day, most urgent first."""

    tasks: tuple[Task, ...]
    counts: Counts


class _Desk:
    """The day, the calendar and the terms of one loading; each term is counted once for each day it starts."""

    def __init__(self, db: Database, today: date, actor: Actor, backup_folder: str) -> None:
        self.db, self.today = db, today
        self.actor, self.backup_folder = actor, backup_folder
        self.calendar: Calendar = office.calendar(db)
        self.terms: Terms = office.legal_terms(db)
        self.missing: set[str] = set()
        self._counted: dict[tuple[str, date], Reckoning | None] = {}

    def reckoning(self, key: str, start: date) -> Reckoning | None:
        """The legal term `key` counted from `start`; None, and noted as missing, where the office has none."""
        if (key, start) not in self._counted:
            term = self.terms.find(key, start)
            if term is None:
                self.missing.add(key)
            self._counted[key, start] = None if term is None else Reckoning.of(term, start, self.calendar)
        return self._counted[key, start]


def load_tray(db: Database, *, today: date, actor: Actor, backup_folder: str = "") -> Tray:
    """Everything that waits for somebody on `today`; terms by the office's dated rows and its calendar.

    Only what leads to a page of the actor's; what only the administrator or the keeper of copies can do is told to
    them alone. `backup_folder` is this PC's.
    """
    desk = _Desk(db, today, actor, backup_folder)
    gathered = [
        *_rounds(desk),
        *_acts(desk),
        *_files(desk),
        *_duties(desk),
        *_plans(desk),
        *_kept_books(desk),
    ]
    tasks = rules.in_order([task for task in (*_setup(desk), *gathered) if rules.is_for(task.kind, actor)])
    return Tray(tuple(tasks), rules.counts(tasks))


def _setup(desk: _Desk) -> list[Task]:
    steps = rules.setup_tasks(
        named=office.find_municipality(desk.db) is not None,
        units=bool(office.list_units(desk.db, desk.today)),
        officers=bool(office.list_officers(desk.db, desk.today)),
    )
    return steps + [
        Task(
            Group.SETUP,
            f"Registre el plazo legal «{TERM_KEYS[key]}»",
            "No hay uno vigente a la fecha que se cuenta; está en Oficina › Normas y organismos.",
            None,
            0,
            "office",
            0,
        )
        for key in sorted(desk.missing)
    ]


def _rounds(desk: _Desk) -> list[Task]:
    return [
        rules.waiting_task(
            title=f"Firma pendiente: {line.number_text or line.title}",
            detail=f"{line.next_signer}; {line.signed_count} de {line.signer_count} firmas",
            since=line.frozen_at.date(),
            today=desk.today,
            calendar=desk.calendar,
            kind="papers",
            record_id=line.id,
        )
        for line in papers.list_papers(desk.db, [PaperState.FROZEN, PaperState.SIGNING])
    ]


def _acts(desk: _Desk) -> list[Task]:
    """Drafts, those that a signer sent back before the others, and what signed acts still owe."""
    observed = _observed(desk.db)
    issued: dict[int, date] = {}
    tasks = []
    for line in resoluciones.list_resoluciones(desk.db):
        issued[line.id] = line.dated
        if line.state is not State.DRAFT:
            continue
        paper = observed.get(f"resolucion:{line.id}")
        name = line.act_name.capitalize()
        if paper is None:
            tasks.append(
                Task(Group.DRAFTS, f"{name} por terminar", line.matter, None, 0, "resoluciones", line.id)
            )
        else:
            tasks.append(_observed_task(desk, paper, name, line.id))
    owed = delivery.list_deliveries(
        desk.db, desk.today, open_only=True, terms=desk.terms, calendar=desk.calendar
    )
    return tasks + [_delivery_task(desk, line, issued[line.resolucion_id]) for line in owed]


def _observed(db: Database) -> dict[str, PaperLine]:
    """The last observed paper of each matter."""
    lines = papers.list_papers(db, [PaperState.REFUSED])
    return {line.subject: line for line in sorted(lines, key=lambda line: line.id)}


def _observed_task(desk: _Desk, line: PaperLine, name: str, resolucion_id: int) -> Task:
    """A draft that came back; the reason is read only of these few."""
    refusal = papers.load_paper(desk.db, line.id).refusal
    told = "Observada" if refusal is None else f"La observó {refusal.unit}: {refusal.refuse_reason}"
    return Task(Group.DRAFTS, f"{name} observada, por corregir", told, None, 1, "resoluciones", resolucion_id)


def _delivery_task(desk: _Desk, owed: DeliveryLine, issued: date) -> Task:
    number = f"la {owed.number_text}"
    if owed.what is DeliveryWhat.NOTIFICATION:
        title = f"Notificar {number}"
        left = f"; {owed.pending} por entregar" if owed.pending > 1 else ""
    elif owed.what is DeliveryWhat.REMISSION:
        title, left = f"Remitir copia de {number} al ente rector", ""
    else:
        title, left = f"Publicar {number} en el portal", ""
    detail = f"Emitida el {format_date(issued)}{left}"
    if owed.due is None:
        return Task(
            Group.LATER, title, f"{detail}; sin plazo fijado", None, 0, "resoluciones", owed.resolucion_id
        )
    reckoning = desk.reckoning(_DELIVERY_TERMS[owed.what], issued) if owed.what in _DELIVERY_TERMS else None
    if reckoning is not None and reckoning.last_day != owed.due:
        reckoning = None  # it was counted from another event: its own screen tells it
    term = f"; {reckoning.words}" if reckoning is not None else ""
    return rules.due_task(
        title=title,
        detail=f"{detail}{term}",
        due=owed.due,
        today=desk.today,
        calendar=desk.calendar,
        kind="resoluciones",
        record_id=owed.resolucion_id,
        reckoning=reckoning,
    )


def _files(desk: _Desk) -> list[Task]:
    """Opinions by their own terms; any other open expediente waits for its holder, by the term of a report."""
    opinions = expedientes.list_open_opinions(desk.db, desk.today, desk.calendar)
    asked = {line.expediente_id for line in opinions}
    tasks = [_opinion_task(desk, line) for line in opinions]
    for line in expedientes.list_expedientes(desk.db):
        if line.state is not ExpedienteState.OPEN or line.since is None or line.id in asked:
            continue
        told = f"Lo tiene {line.holder} desde el {format_date(line.since)}"
        reckoning = desk.reckoning("report", line.since)
        if reckoning is None:
            tasks.append(
                rules.waiting_task(
                    title=line.title,
                    detail=told,
                    since=line.since,
                    today=desk.today,
                    calendar=desk.calendar,
                    kind="expedientes",
                    record_id=line.id,
                )
            )
            continue
        tasks.append(
            rules.term_task(
                title=line.title,
                detail=told,
                late=f"pasó el plazo de {reckoning.words} para informes",
                since=line.since,
                reckoning=reckoning,
                today=desk.today,
                calendar=desk.calendar,
                kind="expedientes",
                record_id=line.id,
            )
        )
    return tasks


def _opinion_task(desk: _Desk, line: OpinionLine) -> Task:
    reminded = f"; recordada el {format_date(line.reminded_on)}" if line.reminded_on else ""
    return rules.term_task(
        title=line.request.title,
        detail=f"{line.title}; pedida el {format_date(line.asked_on)}{reminded}",
        late="no ha respondido",
        since=line.asked_on,
        reckoning=rules.opinion_reckoning(line.asked_on, line.request.days, line.due, desk.calendar),
        today=desk.today,
        calendar=desk.calendar,
        kind="expedientes",
        record_id=line.expediente_id,
    )


def _duties(desk: _Desk) -> list[Task]:
    return [
        rules.due_task(
            title=f"{line.unit}, función {line.letter}",
            detail=f"{line.text}; {line.why}",
            due=line.due,
            today=desk.today,
            calendar=desk.calendar,
            kind="responsibilities",
            record_id=line.matrix_id,
        )
        for line in responsibilities.list_due_duties(desk.db, desk.today)
    ]


def _plans(desk: _Desk) -> list[Task]:
    """Plans in draft; one that an act in signature holds waits with that act."""
    return [
        Task(Group.DRAFTS, "Plan de trabajo por aprobar", line.title, None, 0, "plans", line.id)
        for line in plans.list_plans(desk.db)
        if line.state is PlanState.DRAFT and not line.held_by
    ]


def _kept_books(desk: _Desk) -> list[Task]:
    """What kardex, POI, people and safekeeping ask: overdue where its day has passed, else without a date."""
    asked: list[Pending] = [
        *kardex_pending.list_pending(desk.db, desk.today),
        *poi_pending.list_pending(desk.db, desk.today),
    ]
    if desk.actor.may("people.manage"):
        asked += people_pending.list_pending(desk.db, desk.today)
        asked += handover_pending.end_proposals(desk.db)
    if desk.actor.may("backup.make"):
        asked += safekeeping_pending.list_pending(desk.db, desk.today, desk.backup_folder)
    if desk.actor.may("privacy.manage"):
        asked += safekeeping_pending.privacy_pending(desk.db)
    return [
        Task(Group.LATER, line.title, line.detail, None, 0, line.kind.value, line.record_id)
        if line.due is None
        else rules.due_task(
            title=line.title,
            detail=line.detail,
            due=line.due,
            today=desk.today,
            calendar=desk.calendar,
            kind=line.kind.value,
            record_id=line.record_id,
        )
        for line in asked
    ]


def load_first_steps(db: Database, *, today: date, actor: Actor) -> tuple[FirstStep, ...]:
    """What a new office has to set up and whether it did; nothing for who may not do it."""
    if not actor.may("office.manage"):
        return ()
    return first_steps(first_day.load_standing(db, today).lacks, copied=safekeeping_pending.has_copy(db))
