"""Bringing a base to this program's revision: copy first, then all steps in one transaction or none.

Imports Alembic, so it is loaded only when there is something to migrate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from alembic import command
from alembic.config import Config
from sqlalchemy import exc
from sqlalchemy.engine import URL

from sisfoh_desktop.basics.errors import DatabaseTooNew, DatabaseUnavailable, FileFailed
from sisfoh_desktop.db.base_file import copy_sqlite, remove_sqlite, settle
from sisfoh_desktop.db.engine import APPLICATION_ID, check_on_this_pc, make_engine, target_url, unavailable
from sisfoh_desktop.db.revisions import check_revision, head_revision, migrations_folder, stored_revision


@dataclass(frozen=True)
class MigrationResult:
    """What `migrate` did; `copy` is None when nothing had to be copied."""

    from_revision: str | None
    to_revision: str
    copy: Path | None


def migrate(target: str | Path, *, now: datetime) -> MigrationResult:
    """Upgrade the base at `target` to the head; on SQLite a verified copy is made beside it first.

    Raises DatabaseTooNew for a newer base; on any failure the base stays at its old revision.
    """
    url = target_url(target)
    stored, head = stored_revision(url), head_revision()
    if stored == head:
        return MigrationResult(stored, head, None)
    if stored is not None and stored > head:
        check_revision(url)
        raise DatabaseTooNew("")  # pragma: no cover - check_revision has raised
    if url.get_backend_name() != "sqlite":
        from sisfoh_desktop.db.server_roles import check_may_migrate

        check_may_migrate(url)
    copy = None
    if url.get_backend_name() == "sqlite" and stored is not None:
        source = Path(str(url.database))
        copy = source.with_name(f"{source.stem}.antes-de-{head}.{now:%Y%m%d-%H%M%S}{source.suffix}")
        copy_sqlite(source, copy)
    upgrade(url, head)
    return MigrationResult(stored, head, copy)


def upgrade(url: URL, revision: str) -> None:
    """Run the steps up to `revision` in one transaction."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: URL, revision: str) -> None:
    """Run the steps down to `revision` in one transaction (development and tests)."""
    _run(url, lambda config: command.downgrade(config, revision))


def create_base(url: URL) -> None:
    """A new base at the head: a whole file or none; an empty PostgreSQL database gets its tables."""
    if url.get_backend_name() != "sqlite":
        if stored_revision(url) is not None:
            raise DatabaseUnavailable(
                "Esa base del servidor ya tiene datos; no se cambió nada. Ábrala en vez de crearla."
            )
        upgrade(url, "head")
        return
    path = Path(str(url.database))
    check_on_this_pc(path, "no se creó nada")
    unfinished = path.with_name(f".{path.name}.nueva")
    remove_sqlite(unfinished)
    try:
        if path.exists():
            raise FileFailed(f"Ya existe {path.name}; no se cambió nada. Elija otro nombre o abra esa base.")
        if not path.parent.is_dir():
            raise FileFailed(
                f"No existe la carpeta {path.parent.name}; no se creó nada. Créela o elija otra."
            )
        connection = sqlite.connect(str(unfinished))
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
        upgrade(url.set(database=str(unfinished)), "head")
        settle(unfinished)
        unfinished.replace(path)
    except (OSError, sqlite.Error) as error:
        raise FileFailed(
            f"No se pudo crear la base en la carpeta {path.parent.name}; no quedó nada a medias. "
            "Revise que la carpeta admita escritura y que haya espacio en el disco."
        ) from error
    finally:
        remove_sqlite(unfinished)


def _run(url: URL, job: Callable[[Config], None]) -> None:
    engine = make_engine(url, migrating=True)
    try:
        with engine.connect() as connection, connection.begin():
            config = Config()
            config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            job(config)
    except exc.DBAPIError as error:
        raise (unavailable(error) or _failed()) from error
    except Exception as error:  # whatever a step raises, the transaction has taken it back
        raise _failed() from error
    finally:
        engine.dispose()


def _failed() -> DatabaseUnavailable:
    return DatabaseUnavailable(
        "La actualización de la base no terminó y se deshizo entera; los datos quedaron como estaban. "
        "Avise a su técnico."
    )
