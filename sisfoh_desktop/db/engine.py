"""Engines for the two databases: a SQLite file (through the recent SQLite of `sqlcipher3`) and PostgreSQL by URL.

What is a fault of the place and not of the program (locked, full, gone, refused) is told apart here and
becomes `DatabaseUnavailable` with its Spanish sentence.
"""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.basics.paths import on_network_share
from sisfoh_desktop.db.cipher import connect_file
from sisfoh_desktop.db.file_head import count_closed, count_opened

APPLICATION_ID = 0x53495346  # "SISF": PRAGMA application_id of every base of this program

_SQLITE_PRAGMAS = (
    "busy_timeout=30000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "recursive_triggers=ON",  # INSERT OR REPLACE must not slip past the append-only triggers
    "trusted_schema=OFF",
    "secure_delete=ON",
)
# One writer at a time, as on SQLite: what a service has checked still holds when it writes. The trail's head would put
# writers in a line anyway, only later.
_WRITERS_IN_LINE = f"SELECT pg_advisory_xact_lock({APPLICATION_ID})"
_PATIENCE = "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
# a step may rebuild a large table, and waits until the desks have ended what they are at
_MIGRATING_PATIENCE = "-c lock_timeout=120s"
_TRANSIENT_PG = frozenset(
    (
        "40001",
        "40P01",
        "55P03",
        "57P01",
        "57P02",
        "57P03",
        "08000",
        "08001",
        "08003",
        "08004",
        "08006",
        "25P03",
    )
)
_TRANSIENT_TEXT = (
    "locked",
    "busy",
    "connection failed",
    "connection refused",
    "connection timeout",
    "server closed",
    "terminating connection",
    "consuming input failed",
    "the connection is lost",
    "the connection is closed",
)
# A server that answers FATAL has refused, unless it says that it will be ready later (in its own language).
_READY_LATER = (
    "starting up",
    "shutting down",
    "recovery",
    "too many",
    "connection slots",
    "terminating",
    "iniciándose",
    "apagando",
    "recuperación",
    "demasiad",
    "terminando",
)


def target_url(target: str | Path) -> URL:
    """A file path or a SQLAlchemy URL as a URL; psycopg is the PostgreSQL driver."""
    text = str(target)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).absolute()))
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):  # ValueError: a port or an address that is none
        raise DatabaseUnavailable(
            "La dirección de la base no se entiende; no se abrió nada. Escríbala como "
            "postgresql://usuario@servidor/base o como la ruta de un archivo .db."
        ) from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    raise DatabaseUnavailable(
        "Ese tipo de base no se usa aquí; no se abrió nada. Use un archivo .db o una base PostgreSQL."
    )


def make_engine(url: URL, *, migrating: bool = False) -> Engine:
    """An engine with the settings that keep data safe; `migrating` leaves foreign keys off on SQLite."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(Path(str(url.database)), migrating=migrating)
    engine = create_engine(
        url,
        hide_parameters=True,  # the message of a fault names no person
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 5,
            "application_name": "sisfoh-desktop",
            "keepalives": 1,
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "options": _MIGRATING_PATIENCE if migrating else _PATIENCE,
        },
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("read_only"):
            # as on SQLite: every question of one reading sees the same moment
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        else:
            connection.exec_driver_sql(_WRITERS_IN_LINE)

    return engine


def check_on_this_pc(path: Path, done: str = "no se abrió") -> None:
    """FileFailed for a file on a network share; `done` says what was not done with it."""
    if on_network_share(path):
        raise FileFailed(
            f"El archivo {path.name} está en una carpeta de red, donde dos equipos pueden dañarlo; {done}. "
            "Póngalo en este equipo o use una base PostgreSQL para trabajar en red."
        )


def _sqlite_engine(path: Path, *, migrating: bool) -> Engine:
    check_on_this_pc(path)

    def connect() -> Any:
        # mode=rw: a missing file must not become a new empty database
        connection = connect_file(path, mode="rw", check_same_thread=False, cached_statements=256)
        count_opened(path)
        return connection

    engine = create_engine(
        "sqlite://", module=sqlite, creator=connect, poolclass=QueuePool, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # the driver must never emit BEGIN or COMMIT by itself
        cursor = dbapi.cursor()
        for pragma in (*_SQLITE_PRAGMAS, f"foreign_keys={'OFF' if migrating else 'ON'}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "close")
    def _close(_dbapi: Any, _record: Any) -> None:
        count_closed(path)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def is_transient(error: exc.DBAPIError) -> bool:
    """Whether the same transaction, run again as a whole, may succeed."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return state in _TRANSIENT_PG
    text = str(error.orig).lower()
    if "fatal:" in text:
        return any(part in text for part in _READY_LATER)
    return any(part in text for part in _TRANSIENT_TEXT)


def refused_value(error: Exception) -> RuleError | None:
    """The sentence for a value that no column holds, or None when the error is another one.

    Modules check what people type; this catches what reaches them by another way (a name from the system, a number
    from the command line).
    """
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, UnicodeEncodeError) or state == "22021" or "NUL (0x00)" in str(cause):
        return RuleError(
            "text_unreadable",
            "Un texto trae signos que no se pueden guardar; no se cambió nada. "
            "Péguelo otra vez como texto sin formato.",
        )
    if state == "22001":
        return RuleError(
            "text_too_long",
            "Un texto es más largo de lo que admite la base; no se cambió nada. Acórtelo y vuelva a guardar.",
        )
    if isinstance(cause, OverflowError) or state == "22003":
        return RuleError(
            "number_out_of_range",
            "Un número es más grande de lo que admite la base; no se cambió nada. Revíselo.",
        )
    return None


def unavailable(error: exc.DBAPIError) -> DatabaseUnavailable | None:
    """The sentence for a fault of the place, or None when the error is the program's own."""
    text = str(error.orig).lower()
    if "disk is full" in text or "disk full" in text or getattr(error.orig, "sqlstate", None) == "53100":
        return DatabaseUnavailable(
            "El disco está lleno; lo último no se guardó y lo anterior está completo. "
            "Libere espacio y vuelva a guardar."
        )
    if "readonly database" in text:
        return DatabaseUnavailable(
            "La base está en una carpeta o un archivo de solo lectura; no se cambió nada. "
            "Pida permiso de escritura o mueva la base a otra carpeta."
        )
    if "not a database" in text or "malformed" in text:
        return DatabaseUnavailable(
            "El archivo no es una base de SISFOH Desktop o está dañado; no se cambió nada. "
            "Guárdelo aparte y restaure la última copia de respaldo."
        )
    if "disk i/o error" in text or "unable to open" in text:
        return DatabaseUnavailable(
            "No se puede abrir o escribir el archivo de la base; lo último no se guardó. "
            "Revise que el disco esté conectado y tenga espacio, y vuelva a intentar."
        )
    if getattr(error.orig, "sqlstate", None) == "42501":
        return DatabaseUnavailable(
            "El servidor no permite ese cambio a su usuario de la base; no se cambió nada. "
            "Pida a quien administra el servidor que ejecute «sisfoh-desktop migrar», que da los permisos."
        )
    if is_transient(error):
        return DatabaseUnavailable(
            "La base no responde en este momento; lo último no se guardó y lo anterior está completo. "
            "Espere un momento y vuelva a intentar."
        )
    if isinstance(error, exc.OperationalError) and getattr(error.orig, "sqlstate", "") != "":
        return DatabaseUnavailable(
            "No se pudo entrar al servidor de la base; no se cambió nada. "
            "Revise la dirección, el usuario y la contraseña con su técnico."
        )
    return None


def schema_differs(error: exc.DBAPIError) -> DatabaseUnavailable | None:
    """The sentence for a base that lost tables or columns of this program, or None for any other error."""
    lost = ("no such table", "no such column")
    if getattr(error.orig, "sqlstate", None) in ("42P01", "42703") or any(
        part in str(error.orig) for part in lost
    ):
        return DatabaseUnavailable(
            "A la base le faltan tablas o columnas de este programa; no se cambió nada. "
            "Guárdela aparte y restaure la última copia de respaldo."
        )
    return None
