"""Which revision a base has and which this program knows; reads them without loading Alembic.

Files in `migrations/versions` are named `0001_....py`; the number is the revision.
"""

from pathlib import Path

from sqlalchemy import exc, text
from sqlalchemy.engine import URL

from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseTooNew, DatabaseUnavailable
from sisfoh_desktop.basics.paths import data_root
from sisfoh_desktop.db.engine import APPLICATION_ID, make_engine, unavailable


def migrations_folder() -> Path:
    return data_root() / "migrations"


def head_revision() -> str:
    """The newest revision that this program carries."""
    return max(path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def stored_revision(url: URL) -> str | None:
    """The revision of the base at `url`, or None for an empty one.

    Raises DatabaseUnavailable when it is missing, damaged, unreachable or not a base of this program.
    """
    if url.get_backend_name() == "sqlite":
        _check_sqlite_file(Path(str(url.database)))
    engine = make_engine(url)
    try:
        with engine.execution_options(read_only=True).connect() as connection:
            if url.get_backend_name() == "sqlite":
                mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
                if mark != APPLICATION_ID:
                    raise _not_ours()
            try:
                revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            except (exc.OperationalError, exc.ProgrammingError) as error:
                if _table_missing(error):
                    return None
                raise
            return None if revision is None else str(revision)
    except exc.DBAPIError as error:
        raise (unavailable(error) or _not_ours()) from error
    finally:
        engine.dispose()


def check_revision(url: URL) -> None:
    """Pass when the base is at this program's revision; else DatabaseTooNew or DatabaseOutdated."""
    stored, head = stored_revision(url), head_revision()
    if stored == head:
        return
    if stored is not None and stored > head:
        raise DatabaseTooNew(
            f"Esta base fue hecha por una versión más nueva del programa (esquema {stored}; este conoce {head}); "
            "no se abrió ni se cambió nada. Instale la versión nueva en este equipo."
        )
    raise DatabaseOutdated(
        f"La base tiene el esquema {stored or 'vacío'} y este programa usa el {head}; no se cambió nada. "
        "Ejecute «sisfoh-desktop migrar», que primero hace una copia."
    )


def _check_sqlite_file(path: Path) -> None:
    if not path.exists():
        raise DatabaseUnavailable(
            f"No existe la base {path.name} en la carpeta indicada; no se creó nada. "
            "Revise la ruta o cree una base nueva."
        )
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        raise DatabaseUnavailable(
            f"No se puede leer {path.name}; no se cambió nada. Revise los permisos del archivo o de la carpeta."
        ) from None
    if head != b"SQLite format 3\x00":
        raise _not_ours()


def _not_ours() -> DatabaseUnavailable:
    return DatabaseUnavailable(
        "El archivo no es una base de SISFOH Desktop o está dañado; no se cambió nada. "
        "Elija otro archivo o restaure la última copia de respaldo."
    )


def _table_missing(error: exc.DBAPIError) -> bool:
    return "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "42P01"
