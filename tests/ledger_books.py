"""Rows for ledgers that need nothing else in the base, and what `comprobar` finds in them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, insert, text
from sqlalchemy.orm import Session

from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database

BOOKS = ("backup", "restore_rehearsal")
_MOMENT = datetime(2024, 3, 8, 15, tzinfo=UTC)
_VALUES: dict[str, dict[str, Any]] = {
    "backup": {
        "made_at": _MOMENT,
        "made_by": "rosa",
        "occasion": "demand",
        "place": "USB de la señora Ñaupari",
        "sha256": "0" * 64,
        "byte_count": 2**40,
        "row_count": 12,
        "paper_count": 3,
        "entry_count": 5,
        "entry_hash": "1" * 64,
        "encrypted": True,
    },
    "restore_rehearsal": {
        "tried_at": _MOMENT,
        "tried_by": "rosa",
        "sha256": "0" * 64,
        "ok": False,
        "detail": "línea 1\nlínea 2",
    },
}


def add_rows(session: Session, ledger: str, count: int) -> None:
    """Add rows as the program does."""
    table = cast(Table, Base.metadata.tables[ledger])
    values = _VALUES[ledger]
    session.execute(insert(table), [{**values, "file_name": f"{number}.sisfoh"} for number in range(count)])


@contextmanager
def past_the_program(db: Database) -> Iterator[Session]:
    """Writes that nobody seals, as another program would make them."""
    from sisfoh_desktop.db.engine import make_engine

    engine = make_engine(db.url)
    with engine.connect() as connection, connection.begin(), Session(bind=connection) as session:
        yield session
        session.flush()
    engine.dispose()


def seals_of(db: Database, ledger: str) -> list[dict[str, str]]:
    """The digests of each seal of a ledger, oldest first."""
    query = text(
        "SELECT \"after\" FROM audit_entry WHERE action = 'ledger.seal' AND subject LIKE :s ORDER BY id"
    )
    with db.reading() as session:
        return [json.loads(after)["rows"] for after in session.scalars(query, {"s": f"{ledger}:%"})]


def faults_of(db: Database) -> dict[str, str]:
    """The checks that fail, with what they say."""
    return {check.name: check.detail for check in check_database(db) if not check.ok}
