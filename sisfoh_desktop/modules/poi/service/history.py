"""The history of a record of the POI, in words: what was done to it, by whom, and what it was before."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.poi.rules.history import HISTORY_WORDS


def history(db: Database, subject: str) -> list[HistoryLine]:
    """What happened to one record ("poi_version:5", "poi_activity:12", "poi_plan:1"), newest first.

    The number of a discarded draft is given again: of a version only what came since it was started is told.
    """
    lines = history_of(db, [subject], HISTORY_WORDS)
    started = HISTORY_WORDS.actions["poi_version.start"]
    first = next((number for number, line in enumerate(lines) if line.what == started), len(lines))
    return lines[: first + 1]
