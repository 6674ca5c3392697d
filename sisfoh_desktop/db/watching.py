"""What others have committed since a moment: the head of the trail is looked at, and only new entries are read.

Entries that this process wrote itself are left out. Who asks, how often, and what is done about it: `app.watching`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import AuditEntryRow, AuditHeadRow
from sisfoh_desktop.db.types import UtcDateTime

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

MOST_READ = 500  # entries; after a longer absence everything counts as changed


@dataclass(frozen=True)
class HeadSeen:
    """How many entries the trail has, the hash of the last one and when it was written (None in an empty trail)."""

    entries: int
    hash: str
    at: datetime | None = None


@dataclass(frozen=True)
class Look:
    """What was seen: the head now, and the actions of others since; `all_changed` when they were too many to read."""

    head: HeadSeen
    actions: frozenset[str] = frozenset()
    all_changed: bool = False


def look(db: "Database", since: HeadSeen | None) -> Look:
    """What others did since `since` (None: only where the trail stands). DatabaseUnavailable when the base is away.

    A base whose trail is shorter than it was (another one took its place) counts as changed in all.
    """
    db.check_same_file()
    with db.reading() as session:
        head = _head(session)
        if since is None or head.hash == since.hash:
            db.own_entries = {number for number in db.own_entries if number > head.entries}
            return Look(head)
        if head.entries <= since.entries or head.entries - since.entries > MOST_READ:
            db.own_entries.clear()
            return Look(head, all_changed=True)
        rows = session.execute(
            select(AuditEntryRow.id, AuditEntryRow.action).where(
                AuditEntryRow.id > since.entries, AuditEntryRow.id <= head.entries
            )
        ).all()
    own = {row.id for row in rows} & db.own_entries
    db.own_entries -= own
    return Look(head, frozenset(row.action for row in rows if row.id not in own))


def last_change(db: "Database", subject: str) -> tuple[str, datetime] | None:
    """Who changed a record last and when; None when the trail does not know it."""
    with db.reading() as session:
        row = session.execute(
            select(AuditEntryRow.actor, AuditEntryRow.at)
            .where(AuditEntryRow.subject == subject)
            .order_by(AuditEntryRow.id.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else (row.actor, row.at.astimezone(LIMA))


def base_now(session: Session) -> datetime:
    """The moment by the base's own clock, which all PCs share on a server."""
    moment: datetime = session.execute(select(func.current_timestamp(type_=UtcDateTime))).scalar_one()
    return moment


def _head(session: Session) -> HeadSeen:
    row = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash, AuditEntryRow.at)
        .outerjoin(AuditEntryRow, AuditEntryRow.id == AuditHeadRow.entries)
        .where(AuditHeadRow.id == 1)
    ).one()
    return HeadSeen(row.entries, row.hash, row.at)
