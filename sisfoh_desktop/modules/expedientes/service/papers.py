"""The papers of an expediente as bytes: cover, route sheet, timeline; as of the moment that is handed in."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.workdays import workdays_between
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import rules
from sisfoh_desktop.modules.expedientes.rules import ExpedienteState, Holder, OpinionLine
from sisfoh_desktop.modules.expedientes.service.whole import ExpedienteView, view_expediente
from sisfoh_desktop.modules.office import service as office

if TYPE_CHECKING:
    from sisfoh_desktop.modules.expedientes.report import Surround


def caratula_pdf_bytes(db: Database, expediente_id: int, now: datetime) -> bytes:
    """The cover with the data of the file and its foliated index; RuleError `expediente_unknown`."""
    from sisfoh_desktop.modules.expedientes import report

    view = view_expediente(db, expediente_id, now.date())
    return report.caratula_pdf(
        view.expediente,
        _surround(db, now),
        holder=view.holder,
        plan_title=view.values.get("plan.title", ""),
        followed=view.sequel.steps,
    )


def hoja_ruta_pdf_bytes(db: Database, expediente_id: int, now: datetime) -> bytes:
    """The route sheet with every step and room to sign; RuleError `expediente_unknown`."""
    from sisfoh_desktop.modules.expedientes import report

    view = view_expediente(db, expediente_id, now.date())
    return report.hoja_ruta_pdf(
        view.expediente,
        _surround(db, now),
        opinions=view.opinions,
        followed=view.sequel.steps,
        workdays=partial(workdays_between, calendar=office.calendar(db)),
    )


def linea_tiempo_pdf_bytes(db: Database, expediente_id: int, now: datetime) -> bytes:
    """One page: where the days went, up to the resolución or `now`; RuleError `expediente_unknown`."""
    from sisfoh_desktop.modules.expedientes import report

    view = view_expediente(db, expediente_id, now.date())
    running = _running(db, view, now.date())
    told = rules.not_registered(view.sequel.steps, view.expediente.documents)
    deadline = "" if running else _deadline(db, view)
    facts = report.TimeLineFacts(view.holder, view.opinions, deadline, running, tuple(told))
    return report.linea_tiempo_pdf(view.expediente, view.time_spent, facts, _surround(db, now))


def _surround(db: Database, now: datetime) -> "Surround":
    from sisfoh_desktop.modules.expedientes.report import Surround

    on = now.date()
    return Surround(
        office.letterhead(db, on),
        on,
        watermark=office.watermark(db),
    )


def _running(db: Database, view: ExpedienteView, today: date) -> tuple[str, ...]:
    """The terms that the act of the file set running, in words, and before them an opinion still owed."""
    owed = [_owed(line) for line in sorted(view.opinions, key=lambda one: one.due) if line.is_open]
    if view.expediente.state is not ExpedienteState.OPEN:
        owed = []
    calendar = office.calendar(db)
    after = [rules.deadline_words(one, calendar, today) for one in view.sequel.running]
    return (*owed[:1], *after) if after else ()


def _deadline(db: Database, view: ExpedienteView) -> str:
    """The next deadline in words: what a unit owes first, else the general term of whoever has the file."""
    if view.expediente.state is not ExpedienteState.OPEN:
        return ""
    waiting = sorted((line for line in view.opinions if line.is_open), key=lambda line: line.due)
    if waiting:
        return _owed(waiting[0])
    return _general(db, view.holder) if view.holder is not None else ""


def _owed(line: OpinionLine) -> str:
    late = f", vencido hace {line.overdue_workdays} días hábiles" if line.overdue_workdays else ""
    return f"{format_date(line.due)}{late}, {line.request.name}."


def _general(db: Database, holder: Holder) -> str:
    term = office.term_in_force(db, "report", holder.since)
    due = term.ends(holder.since, office.calendar(db)).last_day
    by = f" por {term.norm}" if term.norm else ""
    return f"{format_date(due)}, plazo general de {term.words}{by} para {holder.party.label}."
