"""Where «Buscar en todo» finds the records of each page; a module is imported when it is first searched.

Whoever is not offered a page does not search it. A whole DNI is looked for where DNI are kept, and that is noted.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sisfoh_desktop.app.search_index import Best, RecordIndex
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.qtkit.row_order import fold_text

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.page import Desk

SHORTEST_SEARCH = 2
_DNI = re.compile(r"\d{8}\Z")


def _expedientes() -> Finder:
    from sisfoh_desktop.modules.expedientes.service.search import FINDER

    return FINDER


def _plans() -> Finder:
    from sisfoh_desktop.modules.plans.service import FINDER

    return FINDER


def _responsibilities() -> Finder:
    from sisfoh_desktop.modules.responsibilities.service.search import FINDER

    return FINDER


def _resoluciones() -> Finder:
    from sisfoh_desktop.modules.resoluciones.service.search import FINDER

    return FINDER


def _kardex() -> Finder:
    from sisfoh_desktop.modules.kardex.service.search import FINDER

    return FINDER


def _poi() -> Finder:
    from sisfoh_desktop.modules.poi.service.search import FINDER

    return FINDER


def _papers() -> Finder:
    from sisfoh_desktop.modules.papers.service.search import FINDER

    return FINDER


def _office() -> Finder:
    from sisfoh_desktop.modules.office.service.search import FINDER

    return FINDER


def _people() -> Finder:
    from sisfoh_desktop.modules.people.service.search import FINDER

    return FINDER


def _handover() -> Finder:
    from sisfoh_desktop.modules.handover.service.search import FINDER

    return FINDER


def _safekeeping() -> Finder:
    from sisfoh_desktop.modules.safekeeping.service.search import FINDER

    return FINDER


FINDERS: dict[str, Callable[[], Finder]] = {
    "expedientes": _expedientes,
    "plans": _plans,
    "responsibilities": _responsibilities,
    "resoluciones": _resoluciones,
    "kardex": _kardex,
    "poi": _poi,
    "papers": _papers,
    "office": _office,
    "people": _people,
    "safekeeping": _safekeeping,
    "handover": _handover,
}
"""By the key of the page."""


@dataclass(frozen=True)
class FoundRecords:
    """What was found for one page."""

    page: str
    best: Best


class RecordSearch:
    """The records of one base: each page's are read once, and again after a change that touches them.

    `find` runs on the worker, `forget` anywhere.
    """

    def __init__(self, finders: Mapping[str, Callable[[], Finder]] = FINDERS) -> None:
        self._finders = finders
        self._indexes: dict[str, tuple[RecordIndex, frozenset[str]]] = {}
        self._changes = 0
        self._lock = threading.Lock()

    def forget(self, touched: frozenset[str] | set[str] | None = None) -> None:
        """Read again what these changes touch; without them, everything."""
        with self._lock:
            self._changes += 1
            for page, (_index, touches) in list(self._indexes.items()):
                if touched is None or touches & touched:
                    del self._indexes[page]

    def find(self, desk: "Desk", pages: Sequence[str], typed: str) -> list[FoundRecords]:
        """The records of these pages that match, the page of the best one first."""
        typed = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
        if len(fold_text(typed).strip()) < SHORTEST_SEARCH:
            return []
        today = desk.clock.now().date()
        by_dni = self._by_dni(desk, pages, typed) if _DNI.match(typed) else {}
        found: list[FoundRecords] = []
        for page in pages:
            if page not in self._finders:
                continue
            finder = self._finders[page]()
            first = list(by_dni.get(page, ()))
            if finder.find_typed is not None:
                first += finder.find_typed(desk.db, today, typed)
            best = self._index(desk, page, finder).best(typed, first)
            if best.hits:
                found.append(FoundRecords(page, best))
        return sorted(found, key=lambda one: one.best.rank)

    def _index(self, desk: "Desk", page: str, finder: Finder) -> RecordIndex:
        with self._lock:
            known, changes = self._indexes.get(page), self._changes
        if known is not None:
            return known[0]
        index = RecordIndex(finder.list_findable(desk.db, desk.clock.now().date()))
        with self._lock:
            if changes == self._changes:  # nothing changed while it was read
                self._indexes[page] = (index, finder.touches)
        return index

    def _by_dni(self, desk: "Desk", pages: Sequence[str], dni: str) -> dict[str, list[RecordHit]]:
        """Whose DNI it is, by page, once it is noted who asked; the DNI is shown masked."""
        found: dict[str, list[RecordHit]] = {}
        asked = False
        for page in pages:
            finder = self._finders[page]() if page in self._finders else None
            if finder is not None and finder.find_dni is not None:
                asked = True
                hits = finder.find_dni(desk.db, dni)
                found[page] = [replace(hit, detail=f"DNI {mask_dni(dni)} · {hit.detail}") for hit in hits]
        if asked:
            from sisfoh_desktop.db.access_log import record_dni_search

            subjects = [f"{hit.kind}:{hit.record_id}" for hits in found.values() for hit in hits]
            record_dni_search(
                desk.db, actor=desk.actor, now=desk.clock.now(), dni=mask_dni(dni), found=subjects
            )
        return found
