"""The columns of the schema and the rows of its tables, counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, String, Text, func, select, text

from sisfoh_desktop.db.base import whole_metadata
from sisfoh_desktop.modules.safekeeping.rules.inventory import BaseColumn

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def schema_columns() -> list[BaseColumn]:
    """Every column of every table that this program maps, table by table."""
    return [
        BaseColumn(
            table=name,
            name=column.name,
            is_key=bool(column.primary_key or column.foreign_keys),
            is_text=isinstance(column.type, String | Text | LargeBinary),
            comment=column.comment or "",
        )
        for name, table in sorted(whole_metadata().tables.items())
        for column in table.columns
    ]


def count_rows(session: "Session", tables: Iterable[str]) -> dict[str, int]:
    """How many rows each of these tables has."""
    known = whole_metadata().tables
    return {
        name: session.scalar(select(func.count()).select_from(known[name])) or 0
        for name in tables
        if name in known
    }


def texts_of(session: "Session", table: str, column: str) -> list[str]:
    """What the rows of a table have in one column of text, each text once."""
    asked = whole_metadata().tables[table].columns[column]
    return [str(told) for told in session.scalars(select(asked).where(asked.is_not(None)).distinct())]


def is_line_secure(session: "Session", *, is_sqlite: bool) -> bool | None:
    """Whether what goes to the server goes through TLS; None for a file of this PC."""
    if is_sqlite:
        return None
    return bool(session.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")))
