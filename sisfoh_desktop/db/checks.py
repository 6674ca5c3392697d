"""Is the base itself sound: integrity of the file, foreign keys, the trail."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import exc, text
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.audit import first_broken_entry
from sisfoh_desktop.db.database import Database

_LONGEST_TOLD = 200


@dataclass(frozen=True)
class Check:
    """One line of `comprobar`: a stable name, the verdict and a Spanish detail."""

    name: str
    ok: bool
    detail: str


def check_database(db: Database) -> list[Check]:
    """Integrity, foreign keys (SQLite; PostgreSQL enforces both by itself) and the audit chain.

    Each by itself: what is too damaged to be read for one is a failed check and does not hide the others.
    """
    jobs: list[tuple[str, Callable[[Session], Check]]] = [("auditoría", _trail)]
    if db.is_sqlite:
        jobs = [("integridad", _integrity), ("referencias", _references), *jobs]
    return [_checked(db, name, job) for name, job in jobs]


def _checked(db: Database, name: str, job: Callable[[Session], Check]) -> Check:
    try:
        with db.reading() as session:
            return job(session)
    except SisfohError as error:
        return Check(name, False, error.sentence)
    except (exc.SQLAlchemyError, ValueError):  # a table that is gone, a damaged row
        return Check(name, False, "No se pudo leer esa parte de la base; restaure el último respaldo.")


def _integrity(session: Session) -> Check:
    problems = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check(5)"))]
    if problems == ["ok"]:
        return Check("integridad", True, "El archivo está sano.")
    told = " ".join("; ".join(problems).split())[:_LONGEST_TOLD]
    return Check(
        "integridad",
        False,
        f"El archivo tiene partes dañadas; restaure el último respaldo. SQLite dice: «{told}».",
    )


def _references(session: Session) -> Check:
    orphans = session.execute(text("PRAGMA foreign_key_check")).fetchall()
    if not orphans:
        return Check("referencias", True, "Toda fila tiene su registro principal.")
    tables = ", ".join(sorted({str(row[0]) for row in orphans}))
    return Check("referencias", False, f"{len(orphans)} filas sin su registro principal en {tables}.")


def _trail(session: Session) -> Check:
    broken = first_broken_entry(session)
    if broken is None:
        return Check("auditoría", True, "La cadena de anotaciones está completa.")
    return Check(
        "auditoría",
        False,
        f"La cadena se rompe en la anotación {broken}: alguien cambió el historial fuera del programa.",
    )
