"""What «Buscar en todo» finds of handovers."""

from datetime import date

from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.service.drafts import list_handovers


def list_findable(db: Database, _today: date) -> list[RecordHit]:
    """Every handover by its people, its number and its reason."""
    return [
        RecordHit(
            "handover",
            one.id,
            f"Entrega de cargo de {one.title}",
            one.number_text or one.state.label,
            f"{one.reason} {one.document} {one.note}",
        )
        for one in list_handovers(db)
    ]


FINDER = Finder(list_findable, frozenset({"handover", "papers"}))
