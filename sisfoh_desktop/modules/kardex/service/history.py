"""The history of a record of the kardex, in words: what was corrected, by whom, and what it was before."""

from dataclasses import replace

from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.kardex.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.kardex.store import catalogue as store
from sisfoh_desktop.modules.papers.rules.history import HISTORY_WORDS as PAPER_WORDS
from sisfoh_desktop.modules.safekeeping.rules.history import HISTORY_WORDS as ACCESS_WORDS


def history(db: Database, subject: str) -> list[HistoryLine]:
    """What happened to one record ("kardex_holder:5"), newest first; holders are told by their present names.

    Who saw the whole DNI of a person stands there too.
    """
    with db.reading() as session:
        people = {str(one.id): one.name for one in store.list_holders(session)}
    values = {
        **HISTORY_WORDS.values,
        **dict.fromkeys(("chief_id", "holder_id", "from_holder_id", "to_holder_id"), people),
    }
    return history_of(db, [subject], [replace(HISTORY_WORDS, values=values), ACCESS_WORDS])


def acta_history(db: Database, acta_id: int, paper_id: int) -> list[HistoryLine]:
    """What happened to an acta and to its paper, newest first: frozen, signed, annulled."""
    subjects = [f"kardex_acta:{acta_id}", f"paper:{paper_id}"]
    return history_of(db, subjects, [HISTORY_WORDS, PAPER_WORDS])
