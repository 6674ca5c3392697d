"""Which revision a base has and which this program knows; reads them without loading Alembic.

Files in `migrations/versions` are named `0001_....py`; the number is the revision.
"""

from pathlib import Path

from sqlalchemy import exc, text
from sqlalchemy.engine import URL

from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseTooNew, FileFailed
from sisfoh_desktop.basics.paths import data_root
from sisfoh_desktop.db.base_file import check_is_ours, not_ours
from sisfoh_desktop.db.engine import make_engine, unavailable


def migrations_folder() -> Path:
    return data_root() / "migrations"


def head_revision() -> str:
    """The newest revision that this program carries; FileFailed when the installation lost its steps."""
    steps = (migrations_folder() / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")
    newest = max((path.name[:4] for path in steps), default="")
    if not newest:
        raise FileFailed(
            "Faltan archivos del programa (la carpeta «migrations»); la base no se tocó. "
            "Vuelva a instalar el programa."
        )
    return newest


def stored_revision(url: URL) -> str | None:
    """The revision of the base at `url`, or None for an empty one.

    Raises DatabaseUnavailable when it is missing, damaged, unreachable or not a base of this program.
    """
    if url.get_backend_name() == "sqlite":
        check_is_ours(Path(str(url.database)))
    engine = make_engine(url)
    try:
        with engine.execution_options(read_only=True).connect() as connection:
            try:
                revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            except (exc.OperationalError, exc.ProgrammingError) as error:
                if _table_missing(error):
                    return None
                raise
            return None if revision is None else str(revision)
    except exc.DBAPIError as error:
        raise (unavailable(error) or not_ours()) from error
    finally:
        engine.dispose()


def check_revision(url: URL) -> None:
    """Pass when the base is at this program's revision; else DatabaseTooNew or DatabaseOutdated."""
    told_revision(stored_revision(url), head_revision(), on_server=url.get_backend_name() != "sqlite")


def told_revision(stored: str | None, head: str, *, on_server: bool) -> None:
    """As `check_revision`, of a revision that was read already."""
    if stored == head:
        return
    if stored is not None and stored > head:
        raise DatabaseTooNew(
            f"Esta base fue hecha por una versión más nueva del programa (esquema {stored}; este conoce {head}); "
            "no se abrió ni se cambió nada. Instale la versión nueva en este equipo."
        )
    todo = (
        "Pida a quien administra el servidor que la respalde y ejecute «sisfoh-desktop migrar»."
        if on_server
        else "Ejecute «sisfoh-desktop migrar», que primero hace una copia."
    )
    raise DatabaseOutdated(
        f"La base tiene el esquema {stored or 'vacío'} y este programa usa el {head}; no se cambió nada. {todo}"
    )


def _table_missing(error: exc.DBAPIError) -> bool:
    return "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "42P01"
