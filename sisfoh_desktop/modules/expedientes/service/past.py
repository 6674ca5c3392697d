"""The history of an expediente: its heading, its documents, its opinions, the papers made of it."""

from dataclasses import replace

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.expedientes import store
from sisfoh_desktop.modules.expedientes.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.expedientes.service.trail import subject_of
from sisfoh_desktop.modules.papers import service as papers
from sisfoh_desktop.modules.papers.rules.history import HISTORY_WORDS as PAPER_WORDS


def history(db: Database, expediente_id: int) -> list[HistoryLine]:
    """What happened to an expediente, newest first; documents by their titles."""
    with db.reading() as session:
        expediente = store.load_expediente(session, expediente_id)
        requests = store.list_requests(session, expediente_id)
    titles = {str(document.id): document.title for document in expediente.documents}
    values = {
        **HISTORY_WORDS.values,
        "document": titles,
        "opinion": {str(one.id): "" for one in requests},  # its name tells it, not its number
    }
    words = replace(HISTORY_WORDS, values=values)
    subject = subject_of(expediente_id)
    return history_of(db, [subject, *papers.subjects_of(db, subject)], [words, PAPER_WORDS])
