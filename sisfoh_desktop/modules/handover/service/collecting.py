"""What a cargo holds on a day, asked of every other part of the office; nothing is changed."""

from collections.abc import Callable
from datetime import date

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import service as expedientes
from sisfoh_desktop.modules.expedientes.rules import ExpedienteLine, ExpedienteState
from sisfoh_desktop.modules.handover.rules import lines as rules
from sisfoh_desktop.modules.handover.rules.checks import credential_lines
from sisfoh_desktop.modules.handover.rules.facts import Handover, Line, Section
from sisfoh_desktop.modules.kardex.service import catalogue, counting, reading
from sisfoh_desktop.modules.kardex.service import pending as kardex_pending
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.people.rules.roles import rights_of
from sisfoh_desktop.modules.people.service import pending as people_pending
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanState
from sisfoh_desktop.modules.poi.rules.follow_up import has_begun
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.service import pending as poi_pending
from sisfoh_desktop.modules.poi.service import plans as poi_plans
from sisfoh_desktop.modules.resoluciones import service as resoluciones
from sisfoh_desktop.modules.resoluciones.rules import State
from sisfoh_desktop.modules.resoluciones.service import delivery
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.modules.safekeeping.service import pending as safekeeping_pending

_POI_MONTH = "poi.month"


def collect(db: Database, handover: Handover, today: date, *, progress: Progress = silent) -> list[Line]:
    """The lines of the acta as the office stands on `today`, section by section; no line has a DNI.

    `progress` may raise Cancelled between two sections.
    """
    asked: dict[Section, Callable[[], list[Line]]] = {
        Section.SIGNATURES: lambda: rules.signature_lines(papers.list_waiting(db), handover.leaver),
        Section.FILES: lambda: _files(db),
        Section.OPINIONS: lambda: rules.opinion_lines(expedientes.list_open_opinions(db, today)),
        Section.ACTS: lambda: _acts(db, today),
        Section.PLANS: lambda: rules.plan_lines(
            one for one in plans.list_plans(db) if one.state is PlanState.DRAFT
        ),
        Section.DUTIES: lambda: rules.duty_lines(responsibilities.list_due_duties(db, today)),
        Section.FORMS: lambda: _forms(db, handover.holder_id, today),
        Section.POI: lambda: _months(db, today),
        Section.BOOKS: lambda: _books(db, handover, today),
        Section.KEEPING: lambda: _keeping(db, today),
    }
    found: list[Line] = []
    for section, ask in asked.items():
        progress(0, 0)
        if section in handover.sections:
            found += ask()
    return [*found, *credential_lines(handover.credentials)]


def _files(db: Database) -> list[Line]:
    calendar, term_of = office.calendar(db), office.legal_terms(db).find
    found: list[tuple[ExpedienteLine, date | None]] = []
    for one in expedientes.list_expedientes(db):
        if one.state is not ExpedienteState.OPEN:
            continue
        term = term_of("report", one.since) if one.since is not None else None
        due = term.ends(one.since, calendar).last_day if term is not None and one.since is not None else None
        found.append((one, due))
    return rules.file_lines(found)


def _acts(db: Database, today: date) -> list[Line]:
    drafts = [one for one in resoluciones.list_resoluciones(db) if one.state is State.DRAFT]
    return rules.act_lines(drafts, delivery.list_deliveries(db, today, open_only=True))


def _forms(db: Database, holder_id: int | None, today: date) -> list[Line]:
    if holder_id is None:
        return []
    custody = reading.custody_of(db, holder_id, today)
    lines = rules.form_lines(custody)
    if custody.holder.kind.is_person:
        return lines
    campaigns = [one for one in catalogue.list_campaigns(db) if one.closed_on is None]
    return lines + [
        line for one in campaigns for line in rules.others_lines(reading.custody(db, one.id, today))
    ]


def _months(db: Database, today: date) -> list[Line]:
    return rules.month_lines(
        (plan.year, state)
        for plan in poi_plans.list_plans(db)
        if plan.year in (today.year, today.year - 1)
        for state in following.list_months(db, plan.id)
        if not state.closed and has_begun(plan.year, state.month, today)
    )


def _books(db: Database, handover: Handover, today: date) -> list[Line]:
    user_id = handover.leaver.user_id
    rights = rights_of(users.load_user(db, user_id).roles) if user_id is not None else None
    asked: list[Pending] = [
        *kardex_pending.list_pending(db, today),
        *(one for one in poi_pending.list_pending(db, today) if one.kind.value != _POI_MONTH),
        *people_pending.list_pending(db, today),
        *safekeeping_pending.list_pending(db, today),
        *safekeeping_pending.privacy_pending(db),
    ]
    return rules.book_lines(asked, rights)


def _keeping(db: Database, today: date) -> list[Line]:
    lines = []
    for one in catalogue.list_campaigns(db):
        if one.closed_on is None:
            counts = counting.list_counts(db, one.id)
            lines.append(rules.count_line(one.name, counts[0] if counts else None))
    return [
        *lines,
        *rules.copy_lines(backups.standing(db)),
        *rules.expiring_lines(office.list_officers(db, today), today),
    ]
