"""Looks at the base in use: engine, size, schema, encryption, and what lies readable beside it."""

from pathlib import Path

from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.base_file import is_plain_base
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.envelope import envelope_of
from sisfoh_desktop.modules.safekeeping.rules.base_state import BaseState
from sisfoh_desktop.modules.safekeeping.store.base_state import read_measures


def look_at_base(db: Database) -> BaseState:
    """The base as it is now. Raises DatabaseUnavailable."""
    with db.reading() as session:
        found = read_measures(session, is_sqlite=db.is_sqlite)
    path = db.path
    encrypted = path is not None and cipher.is_encrypted(path)
    return BaseState(
        name=path.name if path is not None else str(db.url.database),
        place=str(path.parent) if path is not None else str(db.url.host),
        local=path is not None,
        engine=found.engine,
        byte_count=found.byte_count,
        revision=found.revision,
        entry_count=found.entry_count,
        encrypted=encrypted,
        key_kept=path is not None and encrypted and cipher.is_key_kept(path),
        envelope=path is not None and encrypted and envelope_of(path).is_file(),
        plain_copies=plain_copies(path) if path is not None and encrypted else (),
    )


def plain_copies(path: Path) -> tuple[str, ...]:
    """Names of the copies of this base in its folder that open without a key (those made before a migration)."""
    try:
        beside = sorted(path.parent.glob(f"{path.stem}.*{path.suffix}"))
        return tuple(copy.name for copy in beside if copy != path and is_plain_base(copy))
    except OSError:
        return ()
