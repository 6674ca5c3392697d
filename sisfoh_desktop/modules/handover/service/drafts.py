"""Handovers while they are written, and their lists. All changes need the right `handover.make`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules import checks as rules
from sisfoh_desktop.modules.handover.rules.facts import Handover, Line
from sisfoh_desktop.modules.handover.service import collecting
from sisfoh_desktop.modules.handover.store import handovers as store
from sisfoh_desktop.modules.handover.store import lines as line_store
from sisfoh_desktop.modules.papers import service as papers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RIGHT = "handover.make"


def list_handovers(db: Database) -> list[Handover]:
    """The newest first, each with the number and state of its acta."""
    with db.reading() as session:
        found = store.list_handovers(session)
    return _with_papers(db, found)


def load_handover(db: Database, handover_id: int) -> Handover:
    """RuleError `handover_unknown`."""
    with db.reading() as session:
        found = store.load_handover(session, handover_id)
    return _with_papers(db, [found])[0]


def lines_of(db: Database, handover: Handover, today: date) -> list[Line]:
    """What its acta says, or would say if it were issued on `today`."""
    if handover.paper_id is None:
        return collecting.collect(db, handover, today)
    with db.reading() as session:
        return line_store.list_lines(session, handover.paper_id)


def add_handover(
    db: Database, *, actor: Actor, now: datetime, handover: Handover, token: str | None = None
) -> int:
    """A new draft; its id. RuleError as in `rules.checks.clean_handover`, `not_allowed`."""
    check_right(actor, RIGHT)
    cleaned = rules.clean_handover(handover, _day(now))

    def change(session: "Session") -> int:
        handover_id = store.add_handover(session, cleaned, now=now, user=actor.user)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.add",
            subject=f"{rules.RECORD_KIND}:{handover_id}",
            after=told(cleaned),
        )
        return handover_id

    return db.run_once(token, change)


def save_handover(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    handover: Handover,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Correct a draft. RuleError as in `add_handover`, `handover_frozen`; StaleRow."""
    check_right(actor, RIGHT)
    cleaned = rules.clean_handover(handover, _day(now))

    def change(session: "Session") -> None:
        before = store.load_handover(session, handover.id)
        rules.check_can_edit(before)
        store.save_handover(session, replace(cleaned, version=expected_version))
        old, new = changed_fields(told(before), told(cleaned))
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.save",
            subject=f"{rules.RECORD_KIND}:{handover.id}",
            before=old,
            after=new,
        )

    db.run_once(token, change)


def drop_handover(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    handover_id: int,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Take a draft away. RuleError `handover_frozen`; StaleRow."""
    check_right(actor, RIGHT)

    def change(session: "Session") -> None:
        before = store.load_handover(session, handover_id)
        rules.check_can_edit(before)
        store.drop_draft(session, handover_id, expected_version)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.drop",
            subject=f"{rules.RECORD_KIND}:{handover_id}",
            before=told(before),
        )

    db.run_once(token, change)


def reopen_handover(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    handover_id: int,
    expected_version: int,
    token: str | None = None,
) -> None:
    """A draft again, after its acta was observed or annulled; the old acta stays in Papeles.

    RuleError `handover_standing`; StaleRow.
    """
    check_right(actor, RIGHT)
    seen = load_handover(db, handover_id)
    rules.check_can_reopen(seen)

    def change(session: "Session") -> None:
        store.record_reopening(session, handover_id, expected_version)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="handover.reopen",
            subject=f"{rules.RECORD_KIND}:{handover_id}",
            before={"number": seen.number_text},
        )

    db.run_once(token, change)


def told(handover: Handover) -> Mapping[str, Any]:
    """A handover as the trail keeps it: systems are counted, not told."""
    return {
        "leaver": handover.leaver.told,
        "receiver": handover.receiver.told,
        "handed_on": handover.handed_on,
        "motive": handover.reason,
        "document": handover.document,
        "note": handover.note,
        "sections": [section.value for section in handover.sections],
        "systems": len(handover.credentials),
        "proposes_end": handover.proposes_end,
    }


def _with_papers(db: Database, found: list[Handover]) -> list[Handover]:
    ids = [one.paper_id for one in found if one.paper_id is not None]
    lines = {line.id: line for line in papers.list_papers(db, ids=ids)} if ids else {}
    return [
        replace(one, number_text=paper.number_text, paper_state=paper.state.value)
        if one.paper_id is not None and (paper := lines.get(one.paper_id)) is not None
        else one
        for one in found
    ]


def _day(now: datetime) -> date:
    return now.astimezone(LIMA).date()
