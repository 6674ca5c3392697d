"""What «Buscar en todo» finds of the POI."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.poi.service import plans, versions
from sisfoh_desktop.modules.poi.store import search as store


def list_findable(db: Database, today: date) -> list[RecordHit]:
    """The activities that the year in course shows, and every plan, version and report."""
    plan = plans.current_plan(db, today)
    on_view = versions.version_on_view(db, plan.id) if plan is not None else None
    with db.reading() as session:
        return store.list_findable(
            session, on_view.id if on_view is not None else 0, plan.year if plan is not None else 0
        )


FINDER = Finder(list_findable, frozenset({"poi"}))
