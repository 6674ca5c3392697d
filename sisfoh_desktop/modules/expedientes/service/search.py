"""What «Buscar en todo» finds of expedientes."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes.store import search as store


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """Expedientes and the documents of their chains."""
    with db.reading() as session:
        return store.list_findable(session)


FINDER = Finder(list_findable, frozenset({"expedientes", "resoluciones"}))
