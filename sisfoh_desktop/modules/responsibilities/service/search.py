"""What «Buscar en todo» finds of the matrices of responsibilities."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.responsibilities.store import search as store


def list_findable(db: Database, today: date) -> list[RecordHit]:
    """Matrices and the functions of their units."""
    names = {unit.id: unit.name for unit in office.list_units(db, today)}
    with db.reading() as session:
        return store.list_findable(session, names)


FINDER = Finder(list_findable, frozenset({"responsibilities", "office", "plans", "resoluciones"}))
