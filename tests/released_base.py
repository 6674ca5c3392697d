"""A base as a released version left it: its schema, the practice office's rows, a trail without the seals of today."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, func, insert, select, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import NewEntry, record_entries
from sisfoh_desktop.db.engine import APPLICATION_ID, make_engine, target_url
from sisfoh_desktop.db.migrate import upgrade

NEVER_COPIED = {"alembic_version", "audit_entry", "audit_head", "sealed_ledger", "presence", "action_token"}
LAST_BEFORE_USERS = "0022"
TOGETHER = ("kardex_", "poi_")  # the steps of each came in one version: no base has rows in the first alone


def make_released(path: Path, revision: str, source: Path) -> dict[str, int]:
    """Make the file at that revision with what it can hold of the office in `source`; rows by table."""
    import sqlcipher3.dbapi2 as sqlite

    connection = sqlite.connect(str(path))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    url = target_url(path)
    upgrade(url, revision)
    return fill_from(url, source)


def fill_from(url: URL, source: Path) -> dict[str, int]:
    """Put into a base of an older schema what it can hold of another one; rows by table."""
    old, new = make_engine(target_url(source)), make_engine(url, migrating=True)
    try:
        return _copy(old, new)
    finally:
        old.dispose()
        new.dispose()


def _copy(old: Engine, new: Engine) -> dict[str, int]:
    there, here = MetaData(), MetaData()
    there.reflect(old)
    here.reflect(new)
    counts = {}
    with old.connect() as reading, new.begin() as writing:
        if new.dialect.name == "sqlite":
            writing.execute(text("PRAGMA defer_foreign_keys=ON"))
        still_to_come = {
            prefix
            for prefix in TOGETHER
            for name in there.tables
            if name.startswith(prefix) and name not in here.tables
        }
        for table in here.sorted_tables:
            if table.name in NEVER_COPIED or table.name not in there.tables:
                continue
            if table.name.startswith(tuple(still_to_come)):
                continue
            counts[table.name] = _rows(reading, there.tables[table.name], writing, table)
        _trail(reading, writing, handovers="handover" in here.tables)
    return counts


def _rows(reading: Any, source: Table, writing: Any, table: Table) -> int:
    shared = [column.name for column in table.columns if column.name in source.columns]
    rows: Sequence[Any] = reading.execute(select(*[source.c[name] for name in shared])).mappings().all()
    if not rows:
        return int(writing.execute(select(func.count()).select_from(table)).scalar_one())
    if writing.execute(select(func.count()).select_from(table)).scalar_one():
        writing.execute(table.delete())  # what the step itself put in comes again from the source
    missing = {
        column.name: _anything(column)
        for column in table.columns
        if column.name not in source.columns and not column.nullable and column.server_default is None
    }
    writing.execute(insert(table), [{**row, **missing} for row in rows])
    return len(rows)


def _anything(column: Any) -> Any:
    return "" if column.type.python_type is str else column.type.python_type()


def _trail(reading: Any, writing: Any, handovers: bool) -> None:
    """The entries again, chained anew without those that only a later program writes."""
    session = Session(bind=writing)
    told = reading.execute(
        text(
            "SELECT at, actor, office, action, subject, before, after, reason FROM audit_entry "
            "WHERE action NOT LIKE 'ledger.%' AND (action NOT LIKE 'handover.%' OR :handovers) ORDER BY id"
        ),
        {"handovers": handovers},
    )
    for at, actor, office, action, subject, before, after, reason in told:
        entry = NewEntry(
            action,
            subject,
            json.loads(after) if after else None,
            json.loads(before) if before else None,
            reason,
        )
        moment = datetime.fromisoformat(str(at))
        now = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LIMA)
        record_entries(session, actor=Actor(actor, office), now=now, entries=(entry,))
    session.flush()
