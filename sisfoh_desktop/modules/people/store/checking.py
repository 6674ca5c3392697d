"""Reads from the trail what it says of users."""

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.people.rules.checking import SEAL, SEALING, TELLING, AccountWord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def account_words(session: "Session") -> list[AccountWord]:
    """Oldest first; of log-ins only those that made a hash anew. ValueError for an entry that nobody can read."""
    rows = session.execute(
        select(AuditEntryRow.subject, AuditEntryRow.action, AuditEntryRow.after)
        .where(AuditEntryRow.action.in_((*TELLING, *SEALING)))
        .where(~AuditEntryRow.action.startswith("session.") | AuditEntryRow.after.contains(f'"{SEAL}"'))
        .order_by(AuditEntryRow.id)
    )
    return [
        AccountWord(int(subject.rpartition(":")[2]), action, json.loads(after) if after else {})
        for subject, action, after in rows
    ]
