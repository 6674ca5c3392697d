"""What acts do to a matrix: they hold it while they wait for signatures, and put it in force once signed."""

from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.responsibilities import rules, store
from sisfoh_desktop.modules.responsibilities.rules import MatrixState
from sisfoh_desktop.modules.responsibilities.service.snapshots import keep_snapshot
from sisfoh_desktop.modules.responsibilities.service.trail import subject

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def put_in_force_in(session: "Session", *, actor: Actor, now: datetime, matrix_id: int, reason: str) -> None:
    """The act that carries the matrix was signed: its texts are fixed from now on. Nothing if already so."""
    matrix = store.load_matrix(session, matrix_id)
    if matrix.state is not MatrixState.DRAFT:
        return
    rules.check_can_change_state(matrix, MatrixState.IN_FORCE, reason)
    store.claim_version(session, matrix_id, matrix.version)
    keep_snapshot(session, actor, now, matrix, reason)
    store.record_state(session, matrix_id, MatrixState.IN_FORCE, now.date())
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.state",
        subject=subject(matrix_id),
        before={"state": matrix.state},
        after={"state": MatrixState.IN_FORCE},
        reason=reason,
    )


def hold_matrix_in(session: "Session", *, actor: Actor, now: datetime, matrix_id: int, held_by: str) -> int:
    """The act `held_by` was frozen with it: its texts and state wait for the signatures. Returns its version.

    A matrix that another act holds stays with that one.
    """
    holder, version = store.claim_hold(session, matrix_id)
    if not holder:
        keep_snapshot(
            session, actor, now, store.load_matrix(session, matrix_id), f"Congelada en la {held_by}"
        )
        _record_hold(session, actor, now, matrix_id, before="", after=held_by)
    return version


def release_matrix_in(
    session: "Session", *, actor: Actor, now: datetime, matrix_id: int, held_by: str
) -> bool:
    """The act `held_by` needs it no more; whether it was the one that held it."""
    holder, _version = store.claim_hold(session, matrix_id)
    if holder != held_by:
        return False
    _record_hold(session, actor, now, matrix_id, before=held_by, after="")
    return True


def _record_hold(
    session: "Session", actor: Actor, now: datetime, matrix_id: int, *, before: str, after: str
) -> None:
    store.record_hold(session, matrix_id, after)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="matrix.hold" if after else "matrix.release",
        subject=subject(matrix_id),
        before={"held_by": before},
        after={"held_by": after},
    )
