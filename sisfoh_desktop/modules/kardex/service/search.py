"""What «Buscar en todo» finds of the kardex; a form's number leads to its trace."""

import re
from datetime import date

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.searching import Finder, RecordHit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.service import catalogue, reading
from sisfoh_desktop.modules.kardex.store import search as store

_NUMBER = re.compile(r"[A-Za-z]{0,6}[- ]?\d{3,}$")
_MOST_MOVEMENTS = 20


def list_findable(db: Database, today: date) -> list[RecordHit]:
    """The forms of the campaign in course, everybody who holds forms, the campaigns and the papers."""
    campaign = catalogue.current_campaign(db, today)
    with db.reading() as session:
        return store.list_findable(session, campaign.id if campaign is not None else 0)


def find_typed(db: Database, today: date, typed: str) -> list[RecordHit]:
    """The forms that bear a typed number, and the movements whose document or note holds what was typed."""
    campaign = catalogue.current_campaign(db, today)
    if campaign is None:
        return []
    with db.reading() as session:
        movements = store.find_movements(session, typed, _MOST_MOVEMENTS)
    return [*(_numbers(db, campaign.id, typed) if _NUMBER.match(typed) else []), *movements]


def _numbers(db: Database, campaign_id: int, typed: str) -> list[RecordHit]:
    try:
        found = reading.trace(db, campaign_id=campaign_id, text=typed)
    except RuleError:  # not the number of any form
        return []
    return [
        RecordHit(
            "kardex.number",
            one.number,
            f"{one.form_type.code} N° {one.form_type.number_text(one.number)}",
            "Rastreo de formulario",
            typed,
        )
        for one in found
    ]


def find_dni(db: Database, dni: str) -> list[RecordHit]:
    """Who holds or held forms."""
    with db.reading() as session:
        return store.find_dni(session, dni)


FINDER = Finder(list_findable, frozenset({"kardex"}), find_typed, find_dni)
