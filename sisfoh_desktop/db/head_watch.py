"""Compares the head of the trail with what this PC remembers of it: a chain that was cut or written anew is told.

The memory itself is basics/witness.py; whether the chain fits in itself is trail.py.
"""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.witness import Sighting, Witness
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.trail import TrailHead, hash_at, trail_head

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

CUT = "ledger.cut"
SUBJECT = "ledgers:head"
ENTRIES_BETWEEN = 50
_ADVICE = (
    "Si alguien restauró una copia anterior, es lo esperado; si no, conserve el archivo como está, ejecute "
    "«comprobar» y avise a quien administra la base."
)


def look_at_head(
    db: "Database", *, actor: Actor, now: datetime, closing: bool = False, witness: Witness | None = None
) -> str:
    """The sentence for a trail that is not the one this PC saw, else "".

    What is told is also recorded in the trail, once, and the trail is followed from there. The head is remembered at
    first sight, from 50 new entries on, and at closing.
    """
    witness = witness or Witness()
    with db.reading() as session:
        head = trail_head(session)
        if not head.base_id and witness.find_at(_place(db)) is None:
            return ""
        seen = witness.find(head.base_id)
        same = seen is None or hash_at(session, seen.entries) == seen.hash
    told = ""
    if seen is None:
        earlier = witness.find_at(_place(db))
        if earlier is not None:
            seen = earlier
            when = _moment(earlier)
            told = (
                f"El historial de esta base está vacío y el {when} este equipo le vio {earlier.entries} anotaciones. "
                f"{_ADVICE}"
                if not head.base_id
                else f"La base de este lugar no es la que este equipo abrió el {when}: su historial empieza con otra "
                f"anotación. {_ADVICE}"
            )
    elif not same and head.entries < seen.entries:
        told = (
            f"El historial de esta base es más corto que el que este equipo vio el {_moment(seen)}: tenía "
            f"{seen.entries} anotaciones y ahora tiene {head.entries}. {_ADVICE}"
        )
    elif not same:
        told = (
            f"El historial de esta base ya no es el que este equipo vio el {_moment(seen)}: la anotación "
            f"{seen.entries} es otra. {_ADVICE}"
        )
    if told and seen is not None:
        head = _recorded(db, head, seen, actor=actor, now=now)
    if head.base_id and (told or seen is None or closing or head.entries >= seen.entries + ENTRIES_BETWEEN):
        witness.remember(head.base_id, Sighting(head.entries, head.hash, now.isoformat(), _place(db)))
    return told


def _recorded(db: "Database", head: TrailHead, seen: Sighting, *, actor: Actor, now: datetime) -> TrailHead:
    """For whoever reads the trail later; a base that cannot be written to is told about all the same."""
    with suppress(SisfohError), db.transaction() as session:
        record_audit(
            session,
            actor=actor,
            now=now,
            action=CUT,
            subject=SUBJECT,
            before={"entries": seen.entries, "head": seen.hash[:16]},
            after={"entries": head.entries, "head": head.hash[:16]},
        )
        return trail_head(session)
    return head


def _place(db: "Database") -> str:
    return str(db.path) if db.path else db.url.set(password=None).render_as_string()


def _moment(seen: Sighting) -> str:
    try:
        return f"{datetime.fromisoformat(seen.at).astimezone(LIMA):%d/%m/%Y a las %H:%M}"
    except (ValueError, OverflowError):
        return "último día que la usó"
