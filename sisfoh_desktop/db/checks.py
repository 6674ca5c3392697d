"""Is the base itself sound: integrity of the file, foreign keys, the trail."""

from dataclasses import dataclass

from sqlalchemy import text

from sisfoh_desktop.db.audit import first_broken_entry
from sisfoh_desktop.db.database import Database


@dataclass(frozen=True)
class Check:
    """One line of `comprobar`: a stable name, the verdict and a Spanish detail."""

    name: str
    ok: bool
    detail: str


def check_database(db: Database) -> list[Check]:
    """Integrity, foreign keys (SQLite; PostgreSQL enforces both by itself) and the audit chain."""
    checks = []
    with db.reading() as session:
        if db.is_sqlite:
            problems = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check(5)"))]
            sound = problems == ["ok"]
            told = " ".join("; ".join(problems).split())[:200]
            checks.append(
                Check(
                    "integridad",
                    sound,
                    "El archivo está sano."
                    if sound
                    else f"El archivo tiene partes dañadas; restaure el último respaldo. SQLite dice: «{told}».",
                )
            )
            orphans = session.execute(text("PRAGMA foreign_key_check")).fetchall()
            tables = ", ".join(sorted({str(row[0]) for row in orphans}))
            checks.append(
                Check(
                    "referencias",
                    not orphans,
                    f"{len(orphans)} filas sin su registro principal en {tables}."
                    if orphans
                    else "Toda fila tiene su registro principal.",
                )
            )
        broken = first_broken_entry(session)
        checks.append(
            Check(
                "auditoría",
                broken is None,
                "La cadena de anotaciones está completa."
                if broken is None
                else f"La cadena se rompe en la anotación {broken}: alguien cambió el historial fuera del programa.",
            )
        )
    return checks
