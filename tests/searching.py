"""What «Buscar en todo» finds of one page, as the window would show it."""

from sisfoh_desktop.app.search_sources import RecordSearch
from sisfoh_desktop.basics.searching import RecordHit
from sisfoh_desktop.qtkit.page import Desk


def found(desk: Desk, page: str, typed: str) -> list[RecordHit]:
    """The records of a page that match, best first."""
    return [hit for one in RecordSearch().find(desk, [page], typed) for hit in one.best.hits]
