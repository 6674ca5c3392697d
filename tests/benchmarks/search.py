"""«Buscar en todo» on a full office: the first results, and each further key, against one LIKE query of its documents.

The query is the least that any search by text costs: one table, no accents, no ranking. Ours looks through every page.
"""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from full_office import make_full_office
from measuring import Line, in_turn, line
from sqlalchemy import text

from sisfoh_desktop.app.pages import PAGES
from sisfoh_desktop.app.search_sources import RecordSearch
from sisfoh_desktop.basics.clock import SystemClock
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.qtkit.page import Desk

TYPED = ("documento 3", "237-2024", "empadronamiento")
_QUERY = text(
    "select id, number_text, subject from expediente_document where subject like :w or number_text like :w"
)


def measure(rounds: int) -> list[Line]:
    """A search that has read nothing yet, and one that has."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database.open(make_full_office(Path(folder)))
        desk = Desk(db, None, None, SystemClock())  # type: ignore[arg-type]
        pages = [spec.key for spec in PAGES]
        known = RecordSearch()

        def query() -> None:
            for typed in TYPED:
                with db.reading() as session:
                    session.execute(_QUERY, {"w": f"%{typed}%"}).all()

        def ours(search: RecordSearch) -> None:
            for typed in TYPED:
                assert search.find(desk, pages, typed)

        def first() -> Mapping[str, float]:
            search = RecordSearch()
            return {
                "first": _ms(lambda: search.find(desk, pages, TYPED[0])),
                "next": _ms(lambda: ours(known)) / 3,
            }

        def peer() -> Mapping[str, float]:
            each = _ms(query) / 3
            return {"first": each, "next": each}

        result = in_turn(rounds, first, peer)
        db.close()
    against = "una consulta LIKE de una tabla"
    return [
        line(result, "buscar en todo: los primeros resultados, sin nada leído", against, 60, "first"),
        line(result, "buscar en todo: cada búsqueda siguiente", against, 6, "next"),
    ]


def _ms(action) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000
