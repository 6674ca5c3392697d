"""The history of an act: its draft, its papers and their signatures, and what followed the signature."""

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules.history import HISTORY_WORDS as PAPER_WORDS
from sisfoh_desktop.modules.resoluciones.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.resoluciones.service.drafts import subject_of


def history(db: Database, resolucion_id: int) -> list[HistoryLine]:
    """What happened to an act, newest first: every version of its paper, its number, its deliveries."""
    subject = subject_of(resolucion_id)
    return history_of(db, [subject, *papers.subjects_of(db, subject)], [HISTORY_WORDS, PAPER_WORDS])
