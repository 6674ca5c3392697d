"""How the trail names an expediente and what happened to it; joined by every change of this module."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    expediente_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry about the expediente, in the caller's transaction."""
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=subject_of(expediente_id),
        before=before,
        after=after,
        reason=reason,
    )


def subject_of(expediente_id: int) -> str:
    """`expediente:12`."""
    return f"expediente:{expediente_id}"
