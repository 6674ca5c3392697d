"""Vacations and leave: days on which a user may not come in. Needs the right `people.manage`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import users as rules
from sisfoh_desktop.modules.people.rules.facts import Absence, AbsenceLine
from sisfoh_desktop.modules.people.service.users import check_manager
from sisfoh_desktop.modules.people.store import absences as store
from sisfoh_desktop.modules.people.store import users as user_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_absences(db: Database) -> list[AbsenceLine]:
    """Of everybody, the last first, those left without effect too."""
    with db.reading() as session:
        return store.list_absences(session)


def load_absence(db: Database, absence_id: int) -> Absence:
    """RuleError `absence_unknown`."""
    with db.reading() as session:
        return store.load_absence(session, absence_id)


def add_absence(
    db: Database, *, actor: Actor, now: datetime, absence: Absence, token: str | None = None
) -> int:
    """Days on which the user may not come in; its id.

    RuleError as in `rules.users.clean_absence`, `absence_overlaps`, `user_unknown`, and `last_administrator` when
    nobody else could manage the users meanwhile.
    """
    check_manager(actor)
    cleaned = rules.clean_absence(replace(absence, withdrawn=False, id=0, version=0))

    def change(session: "Session") -> int:
        _check(session, cleaned, now)
        absence_id = store.add_absence(session, cleaned)
        _record(session, actor, now, "user.absence", None, replace(cleaned, id=absence_id))
        return absence_id

    return db.run_once(token, change)


def save_absence(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    absence: Absence,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Correct days and reason. RuleError as in `add_absence`, `absence_withdrawn`; StaleRow."""
    cleaned = rules.clean_absence(absence)

    def corrected(session: "Session", before: Absence) -> Absence:
        after = replace(before, first_day=cleaned.first_day, last_day=cleaned.last_day, reason=cleaned.reason)
        _check(session, after, now)
        return after

    _change(db, actor, now, "user.absence_save", absence.id, expected_version, corrected, token)


def withdraw_absence(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    absence_id: int,
    reason: str,
    expected_version: int,
    token: str | None = None,
) -> None:
    """The user may come in again on those days. RuleError `absence_withdrawn`, `text_missing`; StaleRow."""
    why = rules.clean_reason(reason)

    def withdrawn(session: "Session", before: Absence) -> Absence:
        return replace(before, withdrawn=True)

    _change(db, actor, now, "user.absence_withdraw", absence_id, expected_version, withdrawn, token, why)


# --- inside ---


def _change(
    db: Database,
    actor: Actor,
    now: datetime,
    action: str,
    absence_id: int,
    expected_version: int,
    change: "Callable[[Session, Absence], Absence]",
    token: str | None,
    reason: str = "",
) -> None:
    check_manager(actor)

    def work(session: "Session") -> None:
        before = store.load_absence(session, absence_id)
        if before.withdrawn:
            raise RuleError(
                "absence_withdrawn",
                "Esa ausencia ya se dejó sin efecto; no se cambió nada. Registre otra si hace falta.",
            )
        after = replace(change(session, before), version=expected_version)
        store.save_absence(session, after)
        _record(session, actor, now, action, before, after, reason)

    db.run_once(token, work)


def _check(session: "Session", absence: Absence, now: datetime) -> None:
    user_store.lock_users(session)
    user = user_store.load_user(session, absence.user_id)
    rules.check_no_overlap(absence, store.list_of_user(session, absence.user_id))
    rules.check_may_be_away(user, user_store.list_users(session), now.astimezone(LIMA).date())


def _record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    before: Absence | None,
    after: Absence,
    reason: str = "",
) -> None:
    def told(absence: Absence) -> dict[str, Any]:
        return {
            "first_day": absence.first_day,
            "last_day": absence.last_day,
            "absence_reason": absence.reason,
            **({"withdrawn": True} if absence.withdrawn else {}),
        }

    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"user:{after.user_id}",
        before=None if before is None else told(before),
        after=told(after),
        reason=reason,
    )
