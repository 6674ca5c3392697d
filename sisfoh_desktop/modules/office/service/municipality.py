"""The municipality itself, and whether its base is for practice."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import rules, store
from sisfoh_desktop.modules.office.rules import Municipality
from sisfoh_desktop.modules.office.service.changes import plain, record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def find_municipality(db: Database) -> Municipality | None:
    """The municipality, or None while nobody entered it (first run)."""
    with db.reading() as session:
        return store.find_municipality(session)


def load_municipality(db: Database) -> Municipality:
    """The municipality; RuleError `municipality_missing` while nobody entered it."""
    municipality = find_municipality(db)
    if municipality is None:
        raise RuleError(
            "municipality_missing",
            "Aún no se registraron los datos de la municipalidad: complételos en Oficina › Municipalidad.",
        )
    return municipality


def save_municipality(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    municipality: Municipality,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Enter (`expected_version` 0) or change the municipality, coat of arms included; the new version.

    `mode` is not taken from here: see `set_practice_in`.
    """
    checked = rules.check_municipality(municipality)
    if checked.logo is not None:
        from sisfoh_desktop.documents.letterhead import check_logo

        check_logo(checked.logo)  # the paper kit must be able to print it whole

    def change(session: "Session") -> int:
        before = store.find_municipality(session)
        store.record_municipality(session, checked, expected_version)
        record(session, actor, now, "municipality.save", "municipality:1", plain(before), plain(checked))
        return expected_version + 1

    return db.run_once(token, change)


def is_practice(db: Database) -> bool:
    """Whether this base is for practice: its papers are worth nothing and say so."""
    with db.reading() as session:
        return store.load_state(session).practice


def watermark(db: Database, mark: str = "") -> str:
    """What stands across a paper: its own `mark` ("PROYECTO") and, in a practice office, that it is worth nothing."""
    return "\n".join(filter(None, (mark, "PRÁCTICA, SIN VALOR" if is_practice(db) else "")))


def set_practice_in(session: "Session", *, actor: Actor, now: datetime) -> None:
    """Mark the base as practice, in the caller's transaction; there is no way back on purpose."""
    before = store.load_state(session)
    after = replace(before, practice=True)
    store.record_state(session, after, before.version)
    record(session, actor, now, "practice.set", "office_state:1", plain(before), plain(after))
