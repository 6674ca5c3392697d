"""Legal terms: asked for by key and day, and kept by the office as its other dated rows."""

from datetime import date, datetime
from typing import cast

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import TERM_KEYS, LegalTerm, Terms, in_force
from sisfoh_desktop.modules.office.service.changes import add_fact, end_fact, save_fact
from sisfoh_desktop.modules.office.service.national import national_facts


def legal_terms(db: Database) -> Terms:
    """Every term, to be asked many times; a key of which the base has no row is read from the shipped list."""
    with db.reading() as session:
        rows = store.list_dated(session, LegalTerm)
    known = {term.key for term in rows}
    if not known >= TERM_KEYS.keys():
        shipped = (cast("LegalTerm", fact) for _key, fact in national_facts("terms"))
        rows += [term for term in shipped if term.key not in known]
    return Terms(rows)


def term_in_force(db: Database, key: str, on: date) -> LegalTerm:
    """The term in force on that day (`report`, `remission`…: TERM_KEYS); RuleError `term_missing`."""
    return legal_terms(db).in_force(key, on)


def list_terms(db: Database, on: date | None = None) -> list[LegalTerm]:
    """The base's rows in force on `on` (None: all), by what they serve and date."""
    keys = list(TERM_KEYS)
    with db.reading() as session:
        rows = store.list_dated(session, LegalTerm)
    return sorted(
        (term for term in rows if on is None or in_force(term, on)),
        key=lambda term: (keys.index(term.key), term.valid_from or date.min),
    )


def add_term(db: Database, *, actor: Actor, now: datetime, term: LegalTerm, token: str | None = None) -> int:
    """A term with its norm and validity; returns its id."""
    return add_fact(db, actor, now, term, token)


def save_term(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    term: LegalTerm,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Correct the row; returns its new version."""
    return save_fact(db, actor, now, term, expected_version, token)


def end_term(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    term_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """`last_day` is the last one on which it holds; returns the new version."""
    return end_fact(db, actor, now, LegalTerm, term_id, last_day, expected_version, token)
