"""What follows the chain of an expediente, as given by the module that writes acts: it registers itself when imported.

This module may not know that one; without it an expediente simply ends at its last document.
"""

from collections.abc import Callable
from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.expedientes.rules import Sequel

GiveSequel = Callable[[Database, int, date], Sequel]

_givers: list[GiveSequel] = []


def register_sequel(give: GiveSequel) -> None:
    """Say, when the writing module is imported, who gives the sequel of an expediente as of a day."""
    _givers[:] = [give]


def sequel_of(db: Database, expediente_id: int, today: date) -> Sequel:
    """What follows its chain; empty when nobody registered."""
    return _givers[0](db, expediente_id, today) if _givers else Sequel()
