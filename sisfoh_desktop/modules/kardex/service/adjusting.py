"""Adjustments of the inventory: propose, approve (the second approval makes the movement in its commit), withdraw."""

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.progress import silent
from sisfoh_desktop.basics.texts import clean_name, clean_text
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import adjusting as rules
from sisfoh_desktop.modules.kardex.rules.adjusting import (
    Adjustment,
    AdjustmentState,
    Approval,
    NewAdjustment,
)
from sisfoh_desktop.modules.kardex.service.registering import MovementDesk
from sisfoh_desktop.modules.kardex.store import adjusting as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def propose_adjustment(
    db: Database, *, actor: Actor, now: datetime, adjustment: NewAdjustment, token: str | None = None
) -> int:
    """Ask for an adjustment that could be made now; it waits for two approvals. Its id, or RuleError."""

    def change(session: "Session") -> int:
        desk = MovementDesk(session, actor, now, silent, adjustment.movement.form_count)
        request = desk.check(adjustment.movement)
        asked = dataclasses.replace(
            adjustment, reason=request.movement.reason, document=request.movement.document
        )
        adjustment_id = store.add_adjustment(
            session, asked, request.form_type, proposed_at=now, proposed_by=actor.user
        )
        after = {
            "form_type": request.form_type.code,
            "ranges": request.form_type.ranges_text(asked.ranges),
            "form_count": asked.movement.form_count,
            "moved_on": asked.moved_on,
            "from_holder": request.source.name,
            "from_condition": asked.from_condition.label if asked.from_condition else "",
            "to_holder": request.target.name,
            "to_condition": asked.to_condition.label,
            "document": asked.document,
        }
        _record(session, actor, now, "propose", adjustment_id, after, asked.reason)
        return adjustment_id

    return db.run_once(token, change)


def approve_adjustment(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    adjustment_id: int,
    approver: str,
    position: str,
    document: str = "",
    token: str | None = None,
) -> int | None:
    """One person's approval; with the second one the forms move, and the movement's id is given back.

    RuleError when the person proposed it or approved it already, or when the forms are no longer as proposed: then
    the approval is not recorded either.
    """
    approver = clean_name(approver, what="el nombre de quien aprueba", limit=160)
    position = clean_name(position, what="el cargo de quien aprueba", limit=160)
    document = clean_text(document, what="el documento", limit=200, one_line=True)

    def change(session: "Session") -> int | None:
        adjustment = store.load_adjustment(session, adjustment_id)
        rules.check_open(adjustment)
        rules.check_approval(adjustment, approver, document, actor.user)
        approval = Approval(approver, position, document, now, actor.user)
        store.add_approval(session, adjustment_id, approval)
        after = {"approver": approver, "position": position, "document": document}
        _record(session, actor, now, "approve", adjustment_id, after)
        if not rules.is_enough((*adjustment.approvals, approval)):
            return None
        movement = adjustment.asked.movement
        movement_id = MovementDesk(session, actor, now, silent, movement.form_count).register(movement)
        store.record_state(session, adjustment, AdjustmentState.APPROVED, movement_id=movement_id)
        return movement_id

    return db.run_once(token, change)


def withdraw_adjustment(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    adjustment_id: int,
    reason: str,
    token: str | None = None,
) -> None:
    """Give up an adjustment that was not approved twice; the reason stays with it."""
    reason = clean_text(reason, what="el motivo del retiro", limit=2_000, required=True)

    def change(session: "Session") -> None:
        adjustment = store.load_adjustment(session, adjustment_id)
        rules.check_open(adjustment)
        store.record_state(session, adjustment, AdjustmentState.WITHDRAWN, withdrawn_reason=reason)
        _record(session, actor, now, "withdraw", adjustment_id, {}, reason)

    db.run_once(token, change)


def list_adjustments(db: Database, campaign_id: int) -> list[Adjustment]:
    """Of a campaign, the newest first, each with its approvals."""
    with db.reading() as session:
        return store.list_adjustments(session, campaign_id)


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    verb: str,
    adjustment_id: int,
    after: dict[str, Any],
    reason: str = "",
) -> None:
    record_audit(
        session,
        actor=actor,
        now=now,
        action=f"kardex_adjustment.{verb}",
        subject=f"kardex_adjustment:{adjustment_id}",
        after={field: value for field, value in after.items() if value != ""},
        reason=reason,
    )
