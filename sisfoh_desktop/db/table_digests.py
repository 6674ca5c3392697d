"""How many rows each table has and what they say, as one hash per table that is equal on both databases.

Values are those of Python after the columns' own types (moments in UTC, money exact), rows in the order of their
primary key compared byte by byte. A row that was changed, lost or doubled on the way gives another hash.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Table, inspect, select

from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.base import whole_metadata

ROWS_AT_ONCE = 2_000
REVISION_TABLE = "alembic_version"


@dataclass(frozen=True)
class TableDigest:
    """One table: its name, its rows, the SHA-256 (hex) of what they say."""

    name: str
    rows: int
    sha256: str


class Digester:
    """Takes the rows of a table as they come and ends in its digest."""

    def __init__(self, name: str) -> None:
        self._name, self._rows, self._hash = name, 0, hashlib.sha256()

    def take(self, rows: Sequence[Sequence[Any]]) -> None:
        """The next rows, in the order of the primary key."""
        lines = (json.dumps([_plain(value) for value in row], separators=(",", ":")) for row in rows)
        self._hash.update("".join(f"{line}\n" for line in lines).encode("ascii"))
        self._rows += len(rows)

    def digest(self) -> TableDigest:
        return TableDigest(self._name, self._rows, self._hash.hexdigest())


def office_tables(connection: Connection) -> list[Table]:
    """Every table of the base, those that others refer to first.

    DatabaseUnavailable when the base has others than the program knows: nothing may be left behind unseen.
    """
    known = list(whole_metadata().sorted_tables)
    there = set(inspect(connection).get_table_names()) - {REVISION_TABLE}
    if there != {table.name for table in known}:
        strange = ", ".join(sorted(there.symmetric_difference(table.name for table in known)))[:200]
        raise DatabaseUnavailable(
            f"Las tablas de la base no son las de este programa ({strange}); no se copió ni se cambió nada. "
            "Avise a su técnico."
        )
    return known


def read_rows(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    """All rows of a table in portions, by primary key, in the same order on both databases."""
    on_server = connection.dialect.name == "postgresql"
    order: list[ColumnElement[Any]] = [
        column.collate("C") if on_server and isinstance(column.type, String) else column
        for column in table.primary_key
    ]
    result = connection.execute(select(table).order_by(*order).execution_options(yield_per=ROWS_AT_ONCE))
    yield from result.partitions()


def digest_tables(connection: Connection, progress: Progress = silent) -> tuple[TableDigest, ...]:
    """The digests of all tables, by name, as this connection sees them."""
    tables = office_tables(connection)
    found = []
    for done, table in enumerate(tables):
        progress(done, len(tables))
        digester = Digester(table.name)
        for rows in read_rows(connection, table):
            digester.take(rows)
        found.append(digester.digest())
    return tuple(sorted(found, key=lambda one: one.name))


def first_difference(before: Sequence[TableDigest], after: Sequence[TableDigest]) -> str | None:
    """The name of the first table that is not the same in both, or None."""
    kept = {one.name: one for one in after}
    for one in before:
        if kept.pop(one.name, None) != one:
            return one.name
    return next(iter(kept), None)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no column of a base holds {type(value).__name__}")
