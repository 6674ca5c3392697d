"""Rights inside PostgreSQL: what the office's role may do to each table, given by the owner after migrating.

People enter the server as members of `sisfoh_oficina`. Whatever program they use, the server refuses them to change
or remove a row of a ledger, of the register of numbers or of the trail.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, exc, text
from sqlalchemy.engine import URL

from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.db.engine import make_engine, target_url, unavailable

OFFICE_ROLE = "sisfoh_oficina"
# What the office may UPDATE where it may not touch every column; without a name in either, all columns and DELETE too
_ONLY_COLUMNS = {
    "paper_number": ("state", "explanation"),
    "paper_series_year": ("last_number", "start_after", "start_reason"),
    "audit_head": ("entries", "hash"),
}
_ONLY_ADDED = ("action_token",)  # the answer once given to an action stands; its table carries no trigger
_ONLY_READ = ("alembic_version",)


@dataclass(frozen=True)
class OfficeRights:
    """What was given; `problem` is the sentence for the administrator when the role could not be made."""

    tables: int
    ledgers: int
    made_role: bool
    problem: str = ""


def check_may_migrate(url: URL) -> None:
    """Pass when the one who enters by `url` owns the base's tables (or the base is empty); else DatabaseUnavailable."""
    engine = make_engine(url)
    try:
        with engine.execution_options(read_only=True).connect() as connection:
            strange = connection.scalar(text(_NOT_OWNED))
    except exc.DBAPIError as error:
        raise (unavailable(error) or _not_given()) from error
    finally:
        engine.dispose()
    if strange:
        raise DatabaseUnavailable(
            f"«{url.username}» no es dueño de la base y no puede actualizarla; no se cambió nada. "
            "Ejecute «sisfoh-desktop migrar» con el usuario dueño."
        )


def grant_office_rights(target: str) -> OfficeRights:
    """Give `sisfoh_oficina` exactly its rights on every table, making the role if it is missing.

    All or nothing, and the same however often it is run. `target` enters as the owner. DatabaseUnavailable when the
    server refuses.
    """
    engine = make_engine(target_url(target))
    try:
        with engine.begin() as connection:
            known = connection.scalar(
                text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": OFFICE_ROLE}
            )
            if not known and not _made(connection):
                return OfficeRights(0, 0, made_role=False, problem=_NO_ROLE)
            schema = str(connection.scalar(text("SELECT quote_ident(current_schema())")))
            ledgers = set(connection.scalars(text(_LEDGERS)))
            tables = list(connection.scalars(text(_TABLES)))
            for order in _orders(schema, tables, ledgers):
                connection.exec_driver_sql(order)
            return OfficeRights(len(tables), len(ledgers), made_role=not known)
    except exc.DBAPIError as error:
        raise (unavailable(error) or _not_given()) from error
    finally:
        engine.dispose()


def _orders(schema: str, tables: list[str], ledgers: set[str]) -> list[str]:
    """The statements, starting from nothing, so that what a table lost the right to is taken back."""
    orders = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {OFFICE_ROLE}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {OFFICE_ROLE}",
        f"GRANT USAGE ON SCHEMA {schema} TO {OFFICE_ROLE}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {OFFICE_ROLE}",
    ]
    for table in tables:
        place = f'{schema}."{table}"'
        if table in _ONLY_READ:
            orders.append(f"GRANT SELECT ON {place} TO {OFFICE_ROLE}")
            continue
        columns = _ONLY_COLUMNS.get(table)
        given = "SELECT, INSERT"
        if columns is not None:
            given += f", UPDATE ({', '.join(columns)})"
        elif table not in ledgers and table not in _ONLY_ADDED:
            given += ", UPDATE, DELETE"
        orders.append(f"GRANT {given} ON {place} TO {OFFICE_ROLE}")
    return orders


def _made(connection: Connection) -> bool:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"CREATE ROLE {OFFICE_ROLE} NOLOGIN")
    except exc.ProgrammingError:  # 42501: the owner may not make roles
        return False
    return True


def _not_given() -> DatabaseUnavailable:
    return DatabaseUnavailable(
        "El servidor no dejó dar los permisos de la oficina; quedaron como estaban y los datos también. "
        "Ejecute «sisfoh-desktop migrar» con el usuario dueño de la base."
    )


_NO_ROLE = (
    f"Falta el rol «{OFFICE_ROLE}» y este usuario no puede crearlo; la base quedó al día y sin permisos para la "
    f"oficina. Pida al administrador del servidor CREATE ROLE {OFFICE_ROLE} NOLOGIN y ejecute «migrar» otra vez."
)
_HERE = "c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
_TABLES = f"SELECT c.relname FROM pg_class c WHERE {_HERE} ORDER BY 1"  # noqa: S608 - all of it stands here
_LEDGERS = f"""
SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND p.proname = 'refuse_change' AND {_HERE}
"""  # noqa: S608
_NOT_OWNED = f"SELECT count(*) FROM pg_class c WHERE {_HERE} AND NOT pg_has_role(c.relowner, 'USAGE')"  # noqa: S608
