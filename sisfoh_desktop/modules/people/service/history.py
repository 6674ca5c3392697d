"""The history of a user or of its sessions, in words."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.people.rules.history import HISTORY_WORDS


def history(db: Database, subject: str) -> list[HistoryLine]:
    """What happened to a record ("user:3", "access_review:1"), or when somebody was in ("session:3"), newest first."""
    return history_of(db, [subject], HISTORY_WORDS)
