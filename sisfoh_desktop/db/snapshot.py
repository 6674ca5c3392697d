"""A base of either database as one SQLite file, as of one moment, opened again and compared before it counts.

A local base is copied page by page by SQLite's own backup interface, encrypted ones with their key; a server's
goes row by row into a new file. Never by copying the file: of a base in use that gives half a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, exc

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.base_file import remove_sqlite, settle
from sisfoh_desktop.db.cipher import connect_file, find_key
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import make_engine, target_url
from sisfoh_desktop.db.table_digests import TableDigest, digest_tables, first_difference
from sisfoh_desktop.db.transfer import transfer

_PAGES_AT_ONCE = 4_096


@dataclass(frozen=True)
class Snapshot:
    """What a copy holds, as it was read back from the copy itself.

    `entries` is how many the trail has, `head` the hash of the last: what a later, shorter trail cannot show.
    """

    tables: tuple[TableDigest, ...]
    entries: int
    head: str

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def take_snapshot(source: Database, target: Path, progress: Progress = silent) -> Snapshot:
    """Copy `source` as it is now into the new file `target`, and prove the copy equal.

    Raises FileFailed or DatabaseUnavailable; then there is no file.
    """
    try:
        original = (_copy_pages if source.is_sqlite else _copy_rows)(source, target, progress)
        snapshot = read_snapshot(target, progress)
    except (OSError, sqlite.Error) as error:
        remove_sqlite(target)
        raise FileFailed(
            f"No se pudo escribir la copia en la carpeta {target.parent.name}; no quedó nada a medias y la base "
            "sigue como estaba. Libere espacio en el disco e inténtelo otra vez."
        ) from error
    except BaseException:
        remove_sqlite(target)
        raise
    different = first_difference(original, snapshot.tables)
    if different is not None:
        remove_sqlite(target)
        raise DatabaseUnavailable(
            f"La copia no coincide con la base en la tabla {different} y se descartó; la base sigue como estaba. "
            "Ejecute «comprobar» y avise a su técnico."
        )
    return snapshot


def read_snapshot(path: Path, progress: Progress = silent) -> Snapshot:
    """Open a copy, check that SQLite finds it whole, and read what it holds.

    DatabaseUnavailable when it is damaged or of another schema; the file itself stays as it is, without any beside it.
    """
    with_log = path.with_name(f"{path.name}-wal").exists()
    engine = make_engine(target_url(path))
    try:
        with engine.execution_options(read_only=True).connect() as connection, connection.begin():
            check_whole(connection)
            tables = digest_tables(connection, progress)
            entries, head = connection.exec_driver_sql("SELECT entries, hash FROM audit_head").one()
    except (exc.DBAPIError, ValueError) as error:
        raise damaged() from error
    finally:
        engine.dispose()
    if not with_log:
        settle(path)
    return Snapshot(tables, entries, head)


def check_whole(connection: Connection) -> None:
    """DatabaseUnavailable when SQLite finds a damaged page or a row without its record."""
    problems = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars().all()
    if problems != ["ok"] or connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise damaged()


def count_rows(path: Path, names: Sequence[str]) -> dict[str, int]:
    """The rows of these tables in a copy of any schema; a table that is not there has -1."""
    engine = make_engine(target_url(path))
    try:
        with engine.execution_options(read_only=True).connect() as connection, connection.begin():
            check_whole(connection)
            there = set(
                connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
            )
            return {
                name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608
                if name in there
                else -1
                for name in names
            }
    except exc.DBAPIError as error:
        raise damaged() from error
    finally:
        engine.dispose()


def damaged() -> DatabaseUnavailable:
    """The refusal of a copy that cannot be trusted."""
    return DatabaseUnavailable(
        "La copia de la base está dañada o incompleta; no se usó ni se cambió nada. Use otra copia de respaldo."
    )


def _copy_rows(source: Database, target: Path, progress: Progress) -> tuple[TableDigest, ...]:
    return transfer(source, target, progress=progress)


def _copy_pages(source: Database, target: Path, progress: Progress) -> tuple[TableDigest, ...]:
    """By the backup interface, within the very reading in which the original was hashed."""
    assert source.path is not None
    if target.exists():
        raise FileFailed(f"Ya existe {target.name}; no se copió nada. Elija otro nombre.")
    with source.reading() as session:
        connection = session.connection()
        digests = digest_tables(connection, progress)
        raw = connection.connection.driver_connection
        assert raw is not None
        copy = connect_file(target, mode="rwc", key=find_key(source.path))
        try:
            raw.backup(copy, pages=_PAGES_AT_ONCE)
        finally:
            copy.close()
    settle(target)
    return digests
