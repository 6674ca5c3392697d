"""Reads from the trail what it says of handovers."""

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.handover.rules.sealing import SEAL, TELLING, TrailWord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def trail_words(session: "Session") -> list[TrailWord]:
    """Oldest first. ValueError for an entry that nobody can read."""
    rows = session.execute(
        select(
            AuditEntryRow.subject,
            AuditEntryRow.action,
            AuditEntryRow.actor,
            AuditEntryRow.at,
            AuditEntryRow.after,
        )
        .where(AuditEntryRow.action.in_(TELLING))
        .order_by(AuditEntryRow.id)
    )
    words = []
    for subject, action, user, at, after in rows:
        told = json.loads(after) if after else {}
        number = int(subject.rpartition(":")[2])
        words.append(TrailWord(number, action, user, at, told.get("paper"), told.get(SEAL, "")))
    return words
