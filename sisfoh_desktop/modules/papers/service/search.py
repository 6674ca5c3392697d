"""What «Buscar en todo» finds of the papers."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.papers.store import search as store


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """Every paper with its signers."""
    with db.reading() as session:
        return store.list_findable(session)


FINDER = Finder(
    list_findable, frozenset({"papers", "resoluciones", "kardex", "poi", "safekeeping", "people"})
)
