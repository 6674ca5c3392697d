"""The history of a paper, and the subjects under which the trail keeps the papers of a matter."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.papers.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.papers.store.history import list_paper_ids


def history(db: Database, paper_id: int) -> list[HistoryLine]:
    """What happened to a paper, newest first."""
    return history_of(db, [f"paper:{paper_id}"], HISTORY_WORDS)


def series_history(db: Database, series_id: int) -> list[HistoryLine]:
    """What happened to a series of numbers, newest first."""
    return history_of(db, [f"series:{series_id}"], HISTORY_WORDS)


def subjects_of(db: Database, subject: str) -> list[str]:
    """How the trail names the papers made for `subject` ("resolucion:12"), withdrawn versions included."""
    with db.reading() as session:
        return [f"paper:{paper_id}" for paper_id in list_paper_ids(session, subject)]
