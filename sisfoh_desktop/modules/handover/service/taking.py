"""Whoever receives goes through what was received: which handovers wait for that, their lines, and that it was done."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules import checks as rules
from sisfoh_desktop.modules.handover.rules.facts import Handover, TakenLine
from sisfoh_desktop.modules.handover.rules.walk import taken_lines
from sisfoh_desktop.modules.handover.service import collecting
from sisfoh_desktop.modules.handover.service.drafts import RIGHT, load_handover
from sisfoh_desktop.modules.handover.store import handovers as store
from sisfoh_desktop.modules.handover.store import lines as line_store
from sisfoh_desktop.modules.people.service import users

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def received(db: Database, handover: Handover, today: date) -> list[TakenLine]:
    """Each line of the acta, and whether the office still has it pending on `today`."""
    if handover.paper_id is None:
        return []
    with db.reading() as session:
        lines = line_store.list_lines(session, handover.paper_id)
    return taken_lines(lines, collecting.collect(db, handover, today))


def take_handover(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    handover_id: int,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Say that what was received was gone through; it is offered no more.

    RuleError `handover_draft`, `not_receiver`, `handover_taken`; StaleRow.
    """
    handover = load_handover(db, handover_id)
    user = users.find_user(db, actor.user)
    rules.check_can_take(handover, user.id if user is not None else None, may_make=actor.may(RIGHT))

    def change(session: "Session") -> None:
        rules.check_not_taken(store.load_handover(session, handover_id))
        store.record_taking(session, handover_id, expected_version, now, actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.take",
            subject=f"{rules.RECORD_KIND}:{handover_id}",
        )

    db.run_once(token, change)
