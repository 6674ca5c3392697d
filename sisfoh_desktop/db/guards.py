"""Has the base the tables of this program and the guards of those that only grow, and nothing that acts by itself?

A guard that somebody took down refuses nothing any more, and a strange trigger changes rows in the name of others.
"""

from sqlalchemy import exc, text
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.db.base import whole_metadata
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.seals import LEDGERS

FORWARD = ("audit_head", "paper_series_year")
ISSUED = {"handover": ("update", "delete"), "handover_credential": ("insert", "update", "delete")}
"""What the base refuses of the rows of an issued handover, by table."""
_MOST_TOLD = 6
_VERBS = ("update", "delete")
_OWN = frozenset({"alembic_version"})


def check_structure(db: Database) -> list[Check]:
    """`estructura`: every guard stands; on SQLite, where nobody else has business, nothing was added either."""
    try:
        with db.reading() as session:
            problems = (_of_file if db.is_sqlite else _of_server)(session)
    except SisfohError as error:
        return [Check("estructura", False, error.sentence)]
    except exc.SQLAlchemyError:
        return [Check("estructura", False, "No se pudo leer la estructura; restaure el último respaldo.")]
    if not problems:
        return [Check("estructura", True, "Las tablas y sus guardas son las de este programa.")]
    more = f" y {len(problems) - _MOST_TOLD} más" if len(problems) > _MOST_TOLD else ""
    return [
        Check(
            "estructura",
            False,
            f"Alguien cambió la estructura fuera del programa: {'; '.join(problems[:_MOST_TOLD])}{more}. Conserve una "
            "copia de la base, restaure el último respaldo y avise a quien la administra.",
        )
    ]


def _of_file(session: Session) -> list[str]:
    there = {
        (str(kind), str(name)): " ".join(str(sql or "").split())
        for kind, name, sql in session.execute(text("SELECT type, name, sql FROM sqlite_master"))
        if kind != "index" and not str(name).startswith("sqlite_")
    }
    guards = {
        name: start for table in (*_guarded(), *FORWARD, *ISSUED) for name, start in _guards_of(table).items()
    }
    problems = []
    for name, start in guards.items():
        sql = there.pop(("trigger", name), "")
        if not sql:
            problems.append(f"falta la guarda {name}")
        elif not sql.startswith(start) or "RAISE(ABORT" not in sql:
            problems.append(f"la guarda {name} es otra")
    tables = set(whole_metadata().tables) | _OWN
    problems += [f"falta la tabla {name}" for name in sorted(tables) if ("table", name) not in there]
    words = {"table": "la tabla", "view": "la vista", "trigger": "el disparador"}
    problems += [
        f"sobra {words.get(kind, kind)} {name[:60]}"
        for kind, name in sorted(there)
        if kind != "table" or name not in tables
    ]
    return problems


def _guarded() -> list[str]:
    return sorted({*LEDGERS, "audit_entry"})


def _guards_of(table: str) -> dict[str, str]:
    """The names of its guards on SQLite, each with how it begins."""
    if table in FORWARD:
        return {f"{table}_forward": f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} WHEN "}
    if table in ISSUED:
        named = {verb: f"{table}_issued_no_{verb}" for verb in ISSUED[table]}
        return {
            name: f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN "
            for verb, name in named.items()
        }
    return {
        f"{table}_no_{verb}": f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE"
        for verb in _VERBS
    }


def _of_server(session: Session) -> list[str]:
    rows = session.execute(
        text(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal "
            "AND t.tgenabled IN ('O', 'A') AND p.prosrc LIKE '%RAISE EXCEPTION%'"
        )
    )
    standing = {(str(table), str(name)) for table, name in rows}
    wanted = [(table, f"{table}_append_only") for table in _guarded()]
    wanted += [(table, f"{table}_forward") for table in FORWARD]
    wanted += [(table, f"{table}_issued_no_{verb}") for table, verbs in ISSUED.items() for verb in verbs]
    return [f"falta la guarda {name}" for table, name in wanted if (table, name) not in standing]
