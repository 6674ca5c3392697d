"""Is the base itself sound: integrity of the file, foreign keys, the trail, the seals of the ledgers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import exc, text
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.cipher import is_encrypted
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.seal_checks import examine_ledgers
from sisfoh_desktop.db.trail import examine_trail

_LONGEST_TOLD = 200
_MOST_FAULTS, _MOST_TOLD = 5, 5  # of the file's own, and sentences of one check


@dataclass(frozen=True)
class Check:
    """One line of `comprobar`: a stable name, the verdict and a Spanish detail."""

    name: str
    ok: bool
    detail: str


def check_of(name: str, found: Sequence[str], *, sound: str, advice: str) -> Check:
    """Sound when nothing was found; else the first differences (whole sentences), how many more, and the advice."""
    if not found:
        return Check(name, True, sound)
    more = f" Y {len(found) - _MOST_TOLD} más." if len(found) > _MOST_TOLD else ""
    return Check(name, False, f"{' '.join(found[:_MOST_TOLD])}{more} {advice}")


def check_database(db: Database) -> list[Check]:
    """Integrity, foreign keys (SQLite; PostgreSQL enforces both by itself), the audit chain and the ledgers' seals.

    Each by itself: what is too damaged to be read for one is a failed check and does not hide the others.
    """
    jobs: list[tuple[str, Callable[[Session], Check]]] = [
        ("auditoría", _trail),
        ("libros", _ledgers),
    ]
    if db.is_sqlite:
        jobs = [("integridad", _integrity), ("referencias", _references), *jobs]
    if db.path is not None and is_encrypted(db.path):
        jobs = [("cifrado", _cipher), *jobs]
    return [_checked(db, name, job) for name, job in jobs]


def _checked(db: Database, name: str, job: Callable[[Session], Check]) -> Check:
    try:
        with db.reading() as session:
            return job(session)
    except SisfohError as error:
        return Check(name, False, error.sentence)
    except (exc.SQLAlchemyError, ValueError):  # a table that is gone, a damaged row
        return Check(name, False, "No se pudo leer esa parte de la base; restaure el último respaldo.")


def _cipher(session: Session) -> Check:
    """Every page of an encrypted base carries its own seal: one changed byte shows, where SQLite sees few."""
    problems = session.execute(text("PRAGMA cipher_integrity_check")).fetchall()
    if not problems:
        return Check("cifrado", True, "Cada página del archivo cifrado coincide con su sello.")
    return Check(
        "cifrado",
        False,
        f"{len(problems)} páginas del archivo cifrado están dañadas o cambiadas; restaure el último respaldo.",
    )


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
    exam = examine_trail(session)
    if exam.broken is not None:
        return Check(
            "auditoría",
            False,
            f"{exam.broken.sentence} La cadena vale hasta la anotación {exam.broken.entry - 1}.",
        )
    if not exam.clock_back:
        return Check("auditoría", True, "La cadena de anotaciones está completa.")
    back = exam.clock_back[0]
    told = f"{back.at:%d/%m/%Y %H:%M} después de una del {back.before:%d/%m/%Y %H:%M}"
    more = f" Pasó {len(exam.clock_back)} veces." if len(exam.clock_back) > 1 else ""
    return Check(
        "auditoría",
        True,
        f"La cadena de anotaciones está completa. Aviso: el reloj de un equipo retrocedió; la anotación {back.entry} "
        f"dice {told}.{more}",
    )


def _ledgers(session: Session) -> Check:
    faults = examine_ledgers(session)
    if not faults:
        return Check("libros", True, "Toda fila de los libros coincide con su sello.")
    told = "; ".join(fault.sentence for fault in faults[:_MOST_FAULTS])
    more = f"; y {len(faults) - _MOST_FAULTS} más" if len(faults) > _MOST_FAULTS else ""
    return Check("libros", False, f"{told}{more}.")
