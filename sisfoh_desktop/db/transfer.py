"""A whole base copied row by row into a new one of either database, and compared; into nothing else.

The source is read as of one moment and never changed. The copy is whole or there is none: on a server everything
happens in one transaction, a file gets its name at the very end. What a copy is for is not known here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Table, exc, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.base_file import remove_sqlite, settle
from sisfoh_desktop.db.bulk import insert_rows
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import make_engine, refused_value, target_url, unavailable
from sisfoh_desktop.db.migrate import create_base
from sisfoh_desktop.db.revisions import check_revision, stored_revision
from sisfoh_desktop.db.table_digests import (
    Digester,
    TableDigest,
    digest_tables,
    first_difference,
    office_tables,
    read_rows,
)

_SEEDED = "audit_head"  # the one row that a base has from its birth


def transfer(source: Database, target: str | Path, *, progress: Progress = silent) -> tuple[TableDigest, ...]:
    """Copy the whole of `source` into a new base at `target` and give what both now hold, table by table.

    `target` is a file that does not exist, or a server's database that is empty (or new: with its tables and no row).
    Raises RuleError `target_not_empty`, FileFailed, DatabaseUnavailable; then the target is as it was, but for the
    empty tables that a server may keep.
    """
    url = target_url(target)
    if url == source.url:
        raise RuleError(
            "target_is_source",
            "El destino es la misma base que está abierta; no se copió nada. Elija un lugar nuevo.",
        )
    with _endless_reading(source) as origin:
        if url.get_backend_name() == "sqlite":
            return _into_file(origin, url, progress)
        if stored_revision(url) is None:
            create_base(url)
        check_revision(url)
        return _copy(origin, url, progress)


def _into_file(origin: Connection, url: URL, progress: Progress) -> tuple[TableDigest, ...]:
    path = Path(str(url.database))
    if path.exists():
        raise FileFailed(f"Ya existe {path.name}; no se copió nada. Elija otro nombre.")
    unfinished = path.with_name(f".{path.name}.copia")
    remove_sqlite(unfinished)
    try:
        new = url.set(database=str(unfinished))
        create_base(new)
        digests = _copy(origin, new, progress)
        settle(unfinished)
        unfinished.replace(path)
    except (OSError, sqlite.Error) as error:
        raise FileFailed(
            f"No se pudo escribir la base nueva en la carpeta {path.parent.name}; no quedó nada a medias. "
            "Revise que la carpeta admita escritura y que haya espacio en el disco."
        ) from error
    finally:
        remove_sqlite(unfinished)
    return digests


def _copy(origin: Connection, url: URL, progress: Progress) -> tuple[TableDigest, ...]:
    """Everything in one transaction of the target, compared before it is committed."""
    engine = make_engine(url, migrating=True)
    try:
        with engine.connect() as copy, copy.begin():
            without_limit(copy)
            tables = office_tables(origin)
            _check_empty(copy, tables, url)
            with _nothing_in_the_way(copy):
                for table in reversed(tables):
                    copy.execute(table.delete())
                read = _copy_rows(origin, copy, tables, progress)
            written = digest_tables(copy, _second_half(progress))
            different = first_difference(read, written) or _orphans(copy)
            if different is not None:
                raise DatabaseUnavailable(
                    f"Lo copiado no coincide con el original en la tabla {different}; la copia se deshizo y el "
                    "original quedó como estaba. Ejecute «comprobar» y avise a su técnico."
                )
            return written
    except exc.DBAPIError as error:
        told = unavailable(error) or refused_value(error)
        if told is None:
            raise
        raise told from error
    finally:
        engine.dispose()


def _copy_rows(
    origin: Connection, copy: Connection, tables: list[Table], progress: Progress
) -> tuple[TableDigest, ...]:
    digests = []
    with Session(bind=copy) as session:
        for done, table in enumerate(tables):
            progress(done, 2 * len(tables))
            digester = Digester(table.name)
            for rows in read_rows(origin, table):
                digester.take(rows)
                insert_rows(session, table, [column.name for column in table.columns], rows)
            digests.append(digester.digest())
    if copy.dialect.name == "postgresql":
        for table in tables:
            _set_sequence(copy, table)
    return tuple(sorted(digests, key=lambda one: one.name))


def _second_half(progress: Progress) -> Progress:
    return lambda done, total: progress(total + done, 2 * total)


def _check_empty(copy: Connection, tables: list[Table], url: URL) -> None:
    for table in tables:
        if table.name != _SEEDED and copy.execute(select(table).limit(1)).first() is not None:
            raise RuleError(
                "target_not_empty",
                f"La base {url.database} ya tiene datos de una oficina; no se copió ni se cambió nada. "
                "Elija una base vacía.",
            )
    seeded = next(table for table in tables if table.name == _SEEDED)
    if copy.execute(select(seeded.c.entries)).scalar():
        raise RuleError(
            "target_not_empty",
            f"La base {url.database} ya tiene un historial; no se copió ni se cambió nada. Elija una base vacía.",
        )


@contextmanager
def _nothing_in_the_way(copy: Connection) -> Iterator[None]:
    """Triggers rest and foreign keys wait until all rows are there; both come back as they were."""
    if copy.dialect.name == "sqlite":
        kept = copy.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _sql in kept:
            copy.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in kept:
            copy.exec_driver_sql(sql)
        return
    keys = copy.execute(
        text(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    guarded = copy.scalars(
        text("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    ).all()
    for table, key, _definition in keys:
        copy.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {key}")
    for table in guarded:
        copy.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in guarded:
        copy.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table, key, definition in keys:
        copy.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition}")


def _set_sequence(copy: Connection, table: Table) -> None:
    """The next number that the server gives is one that no row has."""
    for column in table.primary_key:
        sequence = copy.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        )
        last = copy.scalar(select(func.max(column))) if sequence else None
        if last is not None:
            copy.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _orphans(copy: Connection) -> str | None:
    """A table with rows whose record is not there; a server has refused them already."""
    if copy.dialect.name != "sqlite":
        return None
    row = copy.exec_driver_sql("PRAGMA foreign_key_check").first()
    return None if row is None else str(row[0])


@contextmanager
def _endless_reading(source: Database) -> Iterator[Connection]:
    with source.reading() as session:
        connection = session.connection()
        without_limit(connection)
        yield connection


def without_limit(connection: Connection) -> None:
    """A whole base takes longer than a clerk's change: the server's limits of this transaction are lifted."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
