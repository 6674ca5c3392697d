"""What the office can do with its planes de trabajo: the module's only door.

A plan is saved as a whole with the version that was seen; the trail keeps which values and which rows of its
parts changed. A resolución holds it from its freeze (`hold_plan_in`) until the author's signature approves it
(`approve_plan_in`) or the freeze is annulled (`release_plan_in`).
"""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import rules, store
from sisfoh_desktop.modules.plans.rules import FunctionalChain, Plan, PlanLine, PlanState
from sisfoh_desktop.modules.plans.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import MAX_EVIDENCE, DutyLink

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_RECORD_KIND = "plans"  # how evidence of duties names this module
_UNCOMPARED = frozenset({"id", "version", "state", "approved_by", "held_by"})


def list_plans(db: Database) -> list[PlanLine]:
    """Every plan, the newest year first."""
    with db.reading() as session:
        return store.list_plans(session)


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """What «Buscar en todo» finds of the plans."""
    with db.reading() as session:
        return store.list_findable(session)


FINDER = Finder(list_findable, frozenset({"plans", "resoluciones"}))


def load_plan(db: Database, plan_id: int) -> Plan:
    """The plan with all its parts; RuleError `plan_unknown`."""
    with db.reading() as session:
        return store.load_plan(session, plan_id)


def functional_chain(db: Database, plan_id: int) -> tuple[FunctionalChain, ...]:
    """The lines of the plan's estructura funcional programática, in order."""
    return load_plan(db, plan_id).chains


def history(db: Database, plan_id: int, on: date) -> list[HistoryLine]:
    """What happened to a plan, newest first; units are called as on the day `on`."""
    values = {
        **HISTORY_WORDS.values,
        "unit_id": {str(unit.id): unit.name for unit in office.list_units(db, on)},
        "matrix_id": {str(line.id): line.title for line in responsibilities.list_matrices(db)},
    }
    return history_of(db, [_subject(plan_id)], replace(HISTORY_WORDS, values=values))


def create_plan(db: Database, *, actor: Actor, now: datetime, plan: Plan, token: str | None = None) -> int:
    """A new draft; without sections it gets those of the minimum outline. Returns its id."""
    return db.run_once(token, lambda session: create_plan_in(session, actor=actor, now=now, plan=plan))


def create_plan_in(session: "Session", *, actor: Actor, now: datetime, plan: Plan, source_id: int = 0) -> int:
    """As `create_plan`, in the caller's transaction; `source_id` names the plan it was copied from."""
    kept = rules.clean_plan(
        replace(
            plan, state=PlanState.DRAFT, approved_by="", sections=plan.sections or rules.outline_sections()
        )
    )
    plan_id = store.add_plan(session, kept)
    after: dict[str, Any] = {"title": kept.title, "year": kept.year, "amount": kept.amount}
    if source_id:
        after["copied_from"] = source_id
    record_audit(session, actor=actor, now=now, action="plan.create", subject=_subject(plan_id), after=after)
    return plan_id


def copy_plan(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    source_id: int,
    title: str,
    year: int,
    keep_figures: bool = False,
    copy_matrix: bool = True,
    token: str | None = None,
) -> int:
    """A draft for `year` from another plan (last year's), with a copy of its matrix; returns its id."""

    def run(session: "Session") -> int:
        source = store.load_plan(session, source_id)
        plan = rules.copied(source, title=title, year=year, keep_figures=keep_figures)
        if copy_matrix and source.matrix_id is not None:
            matrix_id = responsibilities.copy_matrix_in(
                session, actor=actor, now=now, source_id=source.matrix_id, title=title
            )
            plan = replace(plan, matrix_id=matrix_id)
        return create_plan_in(session, actor=actor, now=now, plan=plan, source_id=source_id)

    return db.run_once(token, run)


def save_plan(
    db: Database, *, actor: Actor, now: datetime, plan: Plan, expected_version: int, token: str | None = None
) -> int:
    """Write the draft as edited; returns its new version.

    Figures that do not add up are kept too: `rules.check_plan` tells them. RuleError for what cannot be stored or
    a plan held or no longer a draft, StaleRow when somebody saved it first.
    """
    kept = rules.clean_plan(plan)

    def change(session: "Session", stored: Plan) -> None:
        rules.check_not_held(stored)
        rules.check_can_edit(stored.state)
        store.record_plan(session, stored, kept)
        before, after = _changes_between(stored, kept)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="plan.save",
            subject=_subject(plan.id),
            before=before,
            after=after,
        )

    return _change(db, token, plan.id, expected_version, change)


def set_plan_state(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    expected_version: int,
    state: PlanState,
    reason: str,
    token: str | None = None,
) -> int:
    """Give an approved plan back to draft, or close a plan, with the reason; returns its new version.

    A plan that is a draft again proves no duty until an act approves it anew.
    """
    check_right(actor, "plans.edit")  # "plan.state" also follows signatures, which others give

    def change(session: "Session", stored: Plan) -> None:
        rules.check_not_held(stored)
        rules.check_can_change_state(stored.state, state, reason)
        approved_by = "" if state is PlanState.DRAFT else stored.approved_by
        _record_state(session, actor, now, stored, state, approved_by, reason.strip())
        if state is PlanState.DRAFT:
            responsibilities.withdraw_record_in(
                session,
                actor=actor,
                now=now,
                record_kind=_RECORD_KIND,
                record_id=plan_id,
                reason=f"El plan volvió a borrador: {reason.strip()}"[:MAX_EVIDENCE],
            )

    return _change(db, token, plan_id, expected_version, change)


def approve_plan_in(
    session: "Session", *, actor: Actor, now: datetime, plan_id: int, approved_by: str
) -> None:
    """The act `approved_by` was signed: the plan and its matrix stay as it printed them from now on.

    Nothing happens to a plan that was approved before; RuleError `plan_closed` or `plan_not_ready` otherwise.
    """
    plan = store.load_plan(session, plan_id)
    if plan.state is PlanState.APPROVED:
        return
    rules.check_can_use_in_resolucion(plan)
    store.claim_version(session, plan_id, plan.version)
    _record_state(session, actor, now, plan, PlanState.APPROVED, approved_by, "")
    if plan.matrix_id is not None:
        responsibilities.put_in_force_in(
            session, actor=actor, now=now, matrix_id=plan.matrix_id, reason=approved_by
        )
        responsibilities.record_evidence_in(
            session,
            actor=actor,
            now=now,
            link=DutyLink.PLAN,
            record_kind=_RECORD_KIND,
            record_id=plan.id,
            label=plan.short_name or plan.title,
            day=now.date(),
            matrix_id=plan.matrix_id,
        )


def matrix_of_in(session: "Session", plan_id: int) -> int | None:
    """The matrix of a plan, None when it has none."""
    return store.load_plan(session, plan_id).matrix_id


def hold_plan_in(
    session: "Session", *, actor: Actor, now: datetime, plan_id: int, held_by: str
) -> tuple[int, int]:
    """The act `held_by` was frozen with it: the plan and its matrix wait for the signatures as they are.

    A plan that another act holds stays with that one. Returns the versions held, of the plan and of its matrix
    (0 without one): the caller compares them with what it printed.
    """
    holder, version, matrix_id = store.claim_hold(session, plan_id)
    if not holder:
        _record_hold(session, actor, now, plan_id, before="", after=held_by)
    if matrix_id is None:
        return version, 0
    return version, responsibilities.hold_matrix_in(
        session, actor=actor, now=now, matrix_id=matrix_id, held_by=held_by
    )


def release_plan_in(session: "Session", *, actor: Actor, now: datetime, plan_id: int, held_by: str) -> bool:
    """The act `held_by` needs the plan and its matrix no more; whether it was the one that held the plan.

    A matrix that another held plan has too passes to the act that holds that one.
    """
    holder, _version, matrix_id = store.claim_hold(session, plan_id)
    if holder != held_by:
        return False
    _record_hold(session, actor, now, plan_id, before=held_by, after="")
    named: dict[str, Any] = {"actor": actor, "now": now, "matrix_id": matrix_id}
    if matrix_id is not None and responsibilities.release_matrix_in(session, **named, held_by=held_by):
        other = store.find_holder_of_matrix(session, matrix_id)
        if other:
            responsibilities.hold_matrix_in(session, **named, held_by=other)
    return True


def plan_pdf_bytes(db: Database, plan_id: int, on: date) -> bytes:
    """The whole plan on the office's paper as of `on`; a draft carries PROYECTO across each page."""
    from sisfoh_desktop.modules.plans import report

    plan = load_plan(db, plan_id)
    names = {unit.id: unit.name for unit in office.list_units(db, on)}
    duties = (
        responsibilities.duties_story(db, plan.matrix_id, on)
        if plan.matrix_id is not None and responsibilities.can_print(db, plan.matrix_id)
        else []
    )
    return report.plan_pdf(
        plan,
        office.letterhead(db, on),
        on=on,
        unit_name=names.get(plan.unit_id or 0, ""),
        duties=duties,
        watermark=office.watermark(db, "PROYECTO" if plan.state is PlanState.DRAFT else ""),
    )


def _change(
    db: Database,
    token: str | None,
    plan_id: int,
    expected_version: int,
    change: "Callable[[Session, Plan], None]",
) -> int:
    """Claim the next version, then run `change` on the plan as it stands; returns that version."""

    def run(session: "Session") -> int:
        version = store.claim_version(session, plan_id, expected_version)
        change(session, store.load_plan(session, plan_id))
        return version

    return db.run_once(token, run)


def _record_state(
    session: "Session",
    actor: Actor,
    now: datetime,
    plan: Plan,
    state: PlanState,
    approved_by: str,
    reason: str,
) -> None:
    store.record_state(session, plan.id, state, approved_by)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="plan.state",
        subject=_subject(plan.id),
        before={"state": plan.state.value, "approved_by": plan.approved_by},
        after={"state": state.value, "approved_by": approved_by},
        reason=reason,
    )


def _record_hold(
    session: "Session", actor: Actor, now: datetime, plan_id: int, *, before: str, after: str
) -> None:
    store.record_hold(session, plan_id, after)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="plan.hold" if after else "plan.release",
        subject=_subject(plan_id),
        before={"held_by": before},
        after={"held_by": after},
    )


def _subject(plan_id: int) -> str:
    return f"plan:{plan_id}"


def _changes_between(before: Plan, after: Plan) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the trail keeps of a save: values that differ, and of each part only the rows that differ."""
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in (field.name for field in fields(Plan) if field.name not in _UNCOMPARED):
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        if isinstance(was, tuple):
            old[name] = [asdict(row) for row in was if row not in now]
            new[name] = [asdict(row) for row in now if row not in was]
            if not old[name] and not new[name]:
                new[name] = "cambió el orden o las repeticiones"
        else:
            old[name], new[name] = was, now
    return old, new
