"""Notifying an act: who is proposed, preparing, what became of each try, trying again, closing, correcting.

Whoever records the last outcome makes the act notified, in the same commit.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.resoluciones import rules
from sisfoh_desktop.modules.resoluciones.rules import BlockKind, Resolucion, State
from sisfoh_desktop.modules.resoluciones.rules import delivery as facts
from sisfoh_desktop.modules.resoluciones.rules.delivery import (
    Channel,
    Notification,
    NotificationState,
    Outcome,
    Proposal,
    Recipient,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.evidence import (
    NamedFile,
    keep_evidence,
    told_file,
)
from sisfoh_desktop.modules.resoluciones.service.delivery.gathering import channels
from sisfoh_desktop.modules.resoluciones.service.drafts import load_resolucion, subject_of
from sisfoh_desktop.modules.resoluciones.service.gathering import gather
from sisfoh_desktop.modules.resoluciones.store import delivery as store
from sisfoh_desktop.modules.responsibilities import service as responsibilities

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def propose_recipients(db: Database, resolucion_id: int) -> tuple[Proposal, ...]:
    """The C.c. lines and every unit of Anexo N° 01, each once, as they are called on the act's date.

    Those whose notification was prepared already are left out.
    """
    act = load_resolucion(db, resolucion_id)
    facts.check_can_deliver(act)
    around = gather(db, act)
    copies = [
        line
        for block in act.blocks
        if block.kind is BlockKind.COPIES
        for line in rules.readable(block.text, around.values).split("\n")
    ]
    matrix_id = around.plan.matrix_id if act.with_annex and around.plan else None
    annex = responsibilities.load_matrix(db, matrix_id, act.dated).units if matrix_id is not None else ()
    proposed = facts.propose(copies, annex, office.list_units(db, act.dated))
    with db.reading() as session:
        known = {one.recipient.key for one in store.list_notifications(session, resolucion_id)}
    return tuple(
        replace(one, recipient=_with_head(db, act, one.recipient))
        for one in proposed
        if one.recipient.key not in known
    )


def prepare_notifications(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    resolucion_id: int,
    recipients: Sequence[Recipient],
    channel: str,
    token: str | None = None,
) -> list[int]:
    """A pending notification for each recipient who has none yet; their ids. An act already notified opens again.

    RuleError `not_signed`, `recipients_missing`, `channel_unknown` and as in `clean_recipient`.
    """
    chosen = channels().find(channel, now.date())
    kept = [facts.clean_recipient(one) for one in recipients]
    folios = _folios(db, resolucion_id)

    def change(session: "Session") -> list[int]:
        act = store.lock_act(session, resolucion_id)
        facts.check_can_deliver(act)
        known = [one.recipient.key for one in store.list_notifications(session, resolucion_id)]
        fresh = facts.without_repeated(kept, known)
        facts.check_recipients(fresh)
        made = store.add_notifications(session, resolucion_id, fresh, channel=chosen.key, folios=folios)
        _record(
            session,
            actor,
            now,
            "notification.prepare",
            act,
            after={"recipients": [one.label for one in fresh], "channel": chosen.key},
        )
        _settle(session, actor, now, act)
        return made

    return db.run_once(token, change)


def record_outcome(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    outcome: Outcome,
    file: NamedFile | None = None,
    token: str | None = None,
) -> str:
    """Delivered, refused or returned, with the scanned cargo; the state of the act after it.

    From the channel and the moment follow the day of effect and the first day of the terms. RuleError as in
    `clean_outcome`; StaleRow when somebody recorded it first; nothing is recorded then.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return str(earlier.result)
    calendar = office.calendar(db)
    channel = channels().find(outcome.channel, outcome.moment.date())
    evidence = keep_evidence(archive, file) if file is not None else None

    def change(session: "Session", act: Resolucion, stored: Notification) -> Notification:
        facts.check_can_become(stored, outcome.state)
        kept = facts.clean_outcome(outcome, issued=act.dated, now=now)
        return replace(
            stored,
            state=kept.state,
            outcome=_with_effect(kept, channel, calendar),
            evidence=evidence or stored.evidence,
        )

    return _change(
        db, actor, now, notification_id, expected_version, "notification.outcome", change, token=token
    )


def attach_cargo(
    db: Database,
    archive: Archive,
    *,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    file: NamedFile,
    token: str | None = None,
) -> str:
    """The scanned cargo of a notification whose outcome is recorded; the state of the act after it."""
    earlier = db.find_answer(token)
    if earlier is not None:
        return str(earlier.result)
    evidence = keep_evidence(archive, file)

    def change(_session: "Session", _act: Resolucion, stored: Notification) -> Notification:
        if stored.outcome is None or stored.superseded:
            raise RuleError(
                "no_outcome",
                f"De la notificación a {stored.recipient.name} todavía no se registró qué pasó; no se adjuntó. "
                "Use Registrar entrega.",
            )
        return replace(stored, evidence=evidence)

    return _change(
        db, actor, now, notification_id, expected_version, "notification.attach", change, token=token
    )


def retry_notification(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    channel: str,
    token: str | None = None,
) -> int:
    """Another try of what was returned, by the same channel or another; the id of the new one."""
    chosen = channels().find(channel, now.date())

    def change(session: "Session") -> int:
        act = store.lock_act(session, store.act_of(session, notification_id))
        stored = store.load_notification(session, notification_id)
        facts.check_can_retry(stored)
        store.record_notification(session, replace(stored, superseded=True), expected_version)
        (made,) = store.add_notifications(
            session,
            act.id,
            [stored.recipient],
            channel=chosen.key,
            folios=stored.folios,
            attempt=stored.attempt + 1,
        )
        _record(
            session,
            actor,
            now,
            "notification.retry",
            act,
            before=_told(stored),
            after={"recipient": stored.recipient.label, "attempt": stored.attempt + 1, "channel": chosen.key},
        )
        return made

    return db.run_once(token, change)


def close_notification(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> str:
    """Say why a notification will not be made; the state of the act after it."""
    kept = facts.clean_reason(reason)

    def change(_session: "Session", _act: Resolucion, stored: Notification) -> Notification:
        facts.check_can_become(stored, NotificationState.CLOSED)
        before = stored.outcome
        outcome = Outcome(NotificationState.CLOSED, stored.channel, now, note=kept)
        if before is not None:
            outcome = replace(before, state=NotificationState.CLOSED, note=f"{before.note}\n{kept}".strip())
        return replace(stored, state=NotificationState.CLOSED, outcome=outcome)

    return _change(
        db, actor, now, notification_id, expected_version, "notification.close", change, kept, token
    )


def correct_notification(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> str:
    """Take back an outcome that was recorded wrongly: pending again, what was there stays in the trail."""
    kept = facts.clean_reason(reason)

    def change(_session: "Session", _act: Resolucion, stored: Notification) -> Notification:
        facts.check_can_become(stored, NotificationState.PENDING)
        return replace(stored, state=NotificationState.PENDING, outcome=None, evidence=None)

    return _change(
        db, actor, now, notification_id, expected_version, "notification.correct", change, kept, token
    )


def _change(
    db: Database,
    actor: Actor,
    now: datetime,
    notification_id: int,
    expected_version: int,
    action: str,
    make: "Callable[[Session, Resolucion, Notification], Notification]",
    reason: str = "",
    token: str | None = None,
) -> str:
    """Write what `make` gives, with its trail, and let the act follow; the act's state after it."""

    def change(session: "Session") -> str:
        act = store.lock_act(session, store.act_of(session, notification_id))
        facts.check_can_deliver(act)
        stored = store.load_notification(session, notification_id)
        after = make(session, act, stored)
        store.record_notification(session, after, expected_version)
        # who it is about is told once: what is the same before and after would not be shown
        before = {key: value for key, value in _told(stored).items() if key not in ("recipient", "attempt")}
        _record(session, actor, now, action, act, before, _told(after), reason)
        return _settle(session, actor, now, act)

    return db.run_once(token, change)


def _settle(session: "Session", actor: Actor, now: datetime, act: Resolucion) -> str:
    """Let the act's state say whether everybody was notified; its expediente tells it too."""
    done = facts.all_settled(store.list_notifications(session, act.id))
    state = State.NOTIFIED if done else State.SIGNED
    if state is act.state:
        return state.value
    store.record_state(session, act.id, state)
    action = "resolucion.notify" if done else "resolucion.notify_again"
    before, after = {"state": act.state}, {"state": state, "number": act.number_text}
    _record(session, actor, now, action, act, before, after)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="expediente.notified" if done else "expediente.notify_again",
        subject=f"expediente:{act.expediente_id}",
        before=before,
        after=after,
    )
    return state.value


def _with_effect(outcome: Outcome, channel: Channel, calendar: Calendar) -> Outcome:
    if outcome.state is NotificationState.RETURNED:
        return outcome
    effective = facts.effective_on(channel, outcome.moment, calendar)
    return replace(
        outcome,
        effective_on=effective,
        counts_from=facts.first_counted_day(channel, effective, calendar),
    )


def _with_head(db: Database, act: Resolucion, recipient: Recipient) -> Recipient:
    """A unit with whoever heads it on the act's date."""
    if recipient.unit_id is None:
        return recipient
    officer = office.officer_for(db, recipient.unit_id, act.dated)
    return replace(recipient, person=f"{officer.full_name}, {officer.full_position}"[:300] if officer else "")


def _folios(db: Database, resolucion_id: int) -> int:
    act = load_resolucion(db, resolucion_id)
    facts.check_can_deliver(act)
    return papers.load_paper(db, rules.check_has_paper(act)).pages


def _told(one: Notification) -> dict[str, Any]:
    """What the trail keeps; never the whole DNI."""
    outcome = one.outcome
    told: dict[str, Any] = {
        "notification": one.id,
        "recipient": one.recipient.label,
        "attempt": one.attempt,
        "state": one.state,
        "channel": outcome.channel if outcome else one.channel,
        "file": told_file(one.evidence),
    }
    if outcome is not None:
        told |= {
            "moment": outcome.moment,
            "receiver": outcome.receiver,
            "relation": outcome.relation,
            "note": outcome.note,
            "effective_on": outcome.effective_on,
            "counts_from": outcome.counts_from,
        }
    return told


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    act: Resolucion,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=subject_of(act.id),
        before=before,
        after=after,
        reason=reason,
    )
