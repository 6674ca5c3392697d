"""The history of a handover, in words."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.handover.rules.history import HISTORY_WORDS


def history(db: Database, handover_id: int) -> list[HistoryLine]:
    """What happened to a handover, the newest first."""
    return history_of(db, [f"handover:{handover_id}"], HISTORY_WORDS)
