"""The national data shipped with the program: read from its files, and put into a base."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import rules, store
from sisfoh_desktop.modules.office.rules import NATIONAL_FILES, DatedFact
from sisfoh_desktop.modules.office.service.changes import record

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def national_facts(name: str) -> Iterator[tuple[str, DatedFact]]:
    """The shipped rows of `holidays`, `bodies`, `norms`, `year_names`, `legends` or `terms` with their keys."""
    return rules.national_facts(NATIONAL_FILES[name], shipped_file(name)["row"])


def verified_until() -> date:
    """The day up to which the shipped calendar was compared with the official gazette."""
    until: date = shipped_file("holidays")["verified_until"]
    return until


def install_national_data(
    db: Database, *, actor: Actor, now: datetime, token: str | None = None
) -> dict[str, int]:
    """Add the shipped rows that the base does not have; returns how many of each kind.

    Safe to repeat: rows that are there stay as the office left them, corrected or ended.
    """

    def change(session: "Session") -> dict[str, int]:
        added = {}
        for name, kind in NATIONAL_FILES.items():
            known = store.national_keys(session, kind)
            fresh = [(key, fact) for key, fact in national_facts(name) if key not in known]
            for key, fact in fresh:
                store.add_dated(session, fact, national_key=key)
            added[name] = len(fresh)
        verified = _note_verified(session)
        if any(added.values()) or verified:
            told = {**added, "calendar_verified_until": verified} if verified else added
            record(session, actor, now, "national_data.install", "office_state:1", None, told)
        return added

    return db.run_once(token, change)


def _note_verified(session: "Session") -> date | None:
    """Move the base's verified day forward to that of the shipped list, never back; None where it stays."""
    state = store.load_state(session)
    if state.calendar_verified_until is not None and state.calendar_verified_until >= verified_until():
        return None
    store.record_state(session, replace(state, calendar_verified_until=verified_until()), state.version)
    return verified_until()


@cache
def shipped_file(name: str) -> dict[str, Any]:
    """A file of the national data as it lies there; FileFailed where it is missing or damaged."""
    path = resource("data", "national", f"{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileFailed(
            f"Falta o está dañado un archivo del programa («{path.name}»); la base no se tocó. "
            "Vuelva a instalar el programa."
        ) from error
