"""An expediente as a whole: listed, shown with its timeline, opened, renamed, archived, resolved."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.words import amount_in_words
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes import rules, store
from sisfoh_desktop.modules.expedientes.rules import (
    DocumentEntry,
    Expediente,
    ExpedienteLine,
    ExpedienteState,
    Holder,
    OpinionLine,
    Sequel,
    Step,
    TimeSpent,
)
from sisfoh_desktop.modules.expedientes.service.sequel import sequel_of
from sisfoh_desktop.modules.expedientes.service.trail import record, subject_of
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import period_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ExpedienteView:
    """An expediente with all that its screen shows: timeline, who has it now, the next document expected.

    `values` are those of the locked data that its documents may name (`plan.title`); `time_spent` is None while
    there is nothing to count; `sequel` is the act and what followed it.
    """

    expediente: Expediente
    steps: tuple[Step, ...]
    holder: Holder | None
    expected: DocumentEntry
    values: dict[str, str]
    opinions: tuple[OpinionLine, ...] = ()
    time_spent: TimeSpent | None = None
    sequel: Sequel = field(default_factory=Sequel)


def list_expedientes(db: Database) -> list[ExpedienteLine]:
    """Every expediente, the newest first, with who has it and since when."""
    with db.reading() as session:
        return store.list_expedientes(session)


def load_expediente(db: Database, expediente_id: int) -> Expediente:
    """The whole expediente, its chain oldest first; RuleError `expediente_unknown`."""
    with db.reading() as session:
        return store.load_expediente(session, expediente_id)


def view_expediente(db: Database, expediente_id: int, today: date) -> ExpedienteView:
    """The expediente as its screen shows it today."""
    with db.reading() as session:
        expediente = store.load_expediente(session, expediente_id)
        requests = store.list_requests(session, expediente_id)
    calendar = office.calendar(db)
    return ExpedienteView(
        expediente,
        tuple(rules.timeline(expediente.documents, calendar)),
        rules.holder_of(expediente.documents, calendar, today),
        rules.next_expected(expediente.documents, today),
        _values(db, expediente, today),
        tuple(rules.lines_of(requests, title=expediente.title, calendar=calendar, today=today)),
        rules.where_time_went(expediente.documents, calendar, expediente.resolved_on or today),
        sequel_of(db, expediente_id, today),
    )


def create_expediente(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    code: str = "",
    registry: str = "",
    plan_id: int | None = None,
    opened_on: date | None = None,
    token: str | None = None,
) -> int:
    """A new expediente without documents; `opened_on` is today unless told, and never later."""
    title, code, registry = rules.clean_heading(title, code, registry)
    _check_plan(db, plan_id)
    opened = opened_on or now.date()
    if opened > now.date():
        raise RuleError(
            "date_in_future",
            f"La fecha de apertura {format_date(opened)} todavía no llega; no se creó. Corríjala.",
        )

    def change(session: "Session") -> int:
        expediente_id = store.add_expediente(
            session, title=title, code=code, registry=registry, plan_id=plan_id, opened_on=opened
        )
        record_audit(
            session,
            actor=actor,
            now=now,
            action="expediente.create",
            subject=subject_of(expediente_id),
            after={"title": title, "code": code, "registry": registry, "opened_on": opened},
        )
        return expediente_id

    return db.run_once(token, change)


def save_expediente(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    expected_version: int,
    title: str,
    code: str = "",
    registry: str = "",
    plan_id: int | None = None,
    token: str | None = None,
) -> None:
    """Change title, code, registry and plan; StaleRow when somebody changed them first."""
    title, code, registry = rules.clean_heading(title, code, registry)
    _check_plan(db, plan_id)
    after = {"title": title, "code": code, "registry": registry, "plan_id": plan_id}

    def change(session: "Session") -> None:
        stored = store.load_expediente(session, expediente_id)
        store.record_heading(
            session,
            expediente_id,
            expected_version,
            title=title,
            code=code,
            registry=registry,
            plan_id=plan_id,
        )
        before = {name: getattr(stored, name) for name in after}
        record(session, actor, now, "expediente.save", expediente_id, before=before, after=after)

    db.run_once(token, change)


def set_state(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    expediente_id: int,
    expected_version: int,
    state: ExpedienteState,
    reason: str,
    token: str | None = None,
) -> None:
    """Archive or reopen, with a reason for the trail."""
    reason = rules.check_reason(reason)

    def change(session: "Session") -> None:
        before = store.state_of(session, expediente_id)
        rules.check_can_change_state(before, state)
        store.record_new_state(session, expediente_id, expected_version, state)
        record(
            session,
            actor,
            now,
            "expediente.state",
            expediente_id,
            before={"state": before},
            after={"state": state},
            reason=reason,
        )

    db.run_once(token, change)


def resolve_in(session: "Session", *, actor: Actor, now: datetime, expediente_id: int, number: str) -> None:
    """The resolución of this expediente was signed; joins the signature's transaction."""
    before = store.state_of(session, expediente_id)
    if before is ExpedienteState.OPEN:
        store.record_resolved(session, expediente_id, now.date())
        record(
            session,
            actor,
            now,
            "expediente.resolve",
            expediente_id,
            before={"state": before},
            after={"state": ExpedienteState.RESOLVED, "number": number},
        )


def _values(db: Database, expediente: Expediente, today: date) -> dict[str, str]:
    values = {f"unit.{unit.siglas.lower()}": unit.name for unit in office.list_units(db, today)}
    municipality = office.find_municipality(db)
    if municipality is not None:
        values["entity"] = municipality.name
    if expediente.plan_id is not None:
        plan = plans.load_plan(db, expediente.plan_id)
        values |= {
            "plan.title": plan.title,
            "plan.amount": format_amount(plan.amount),
            "plan.amount_words": amount_in_words(plan.amount),
            "plan.households": format_number(plan.households),
            "plan.period": period_text(plan),
            "plan.district": plan.district,
        }
    for document in expediente.documents:
        values[f"doc.{document.key}.cite"] = rules.considerando_citation(document.entry)
        values[f"doc.{document.key}.date"] = long_date(document.entry.on)
    return values


def _check_plan(db: Database, plan_id: int | None) -> None:
    """RuleError `plan_unknown` when the plan is not there."""
    if plan_id is not None:
        plans.load_plan(db, plan_id)
