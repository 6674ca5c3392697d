"""An office on a server of the tests' own, and whether what its desks were told is what there is."""

import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator

import psycopg
from lan_desks import BARE_TABLES, Note, Office
from sqlalchemy import text
from temp_postgres import TempPostgres, temporary_folder

from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights
from sisfoh_desktop.modules.kardex.service.checking import check_kardex
from sisfoh_desktop.modules.papers import service as papers

BASE, CLERK = "oficina", "ule"


@contextlib.contextmanager
def office_server(*, durable: bool = False) -> Iterator[TempPostgres]:
    """A server that loses nothing it has committed (`durable`: nor when the plug is pulled).

    With an empty base at the head and a clerk of the office's role.
    """
    folder = temporary_folder()
    try:
        with TempPostgres(folder, lasting=True, durable=durable) as server:
            with psycopg.connect(server.url(), autocommit=True) as admin:
                admin.execute(f"CREATE DATABASE {BASE}")
            Database.create(server.url(BASE)).close()
            grant_office_rights(server.url(BASE))
            with psycopg.connect(server.url(), autocommit=True) as admin:
                admin.execute(f"CREATE ROLE {CLERK} LOGIN IN ROLE {OFFICE_ROLE}")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay_bare_tables(server: TempPostgres) -> None:
    """What the desk that writes by psycopg alone works on, in a base of its own on the same server."""
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE directo")
    with psycopg.connect(server.url("directo"), autocommit=True) as admin:
        for statement in BARE_TABLES:
            admin.execute(statement)


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def check_office(db: Database, office: Office, notes: list[Note]) -> None:
    """What the desks were told is what there is, each once; forms, numbers, trail and ledgers hold."""
    done = [note for note in notes if not note.refused]
    assert {note.kind for note in done} >= {"save", "number", "form"}
    by_kind = {kind: [note for note in done if note.kind == kind] for kind in ("save", "number", "form")}
    with db.reading() as session:
        tokens = Counter(
            session.scalars(text("SELECT token FROM action_token WHERE token ~ '^(save|number|form)-'"))
        )
        numbers = session.execute(text("SELECT subject, number FROM paper_number ORDER BY number")).all()
        last = session.scalar(
            text("SELECT last_number FROM paper_series_year WHERE series_id = :id"), {"id": office.series}
        )
        movements = list(session.scalars(text("SELECT id FROM kardex_movement WHERE kind = 'distribucion'")))
        versions = dict(
            session.execute(
                text("SELECT id, version FROM norm WHERE id = ANY(:ids)"), {"ids": office.norms}
            ).all()
        )
    assert tokens == Counter(note.token for group in by_kind.values() for note in group)
    told = sorted((f"resolucion:{note.subject}", note.told) for note in by_kind["number"])
    assert sorted(map(tuple, numbers)) == told, "every number told, and no other"
    assert [number for _subject, number in numbers] == list(range(1, last + 1)), "no gap"
    assert sorted(movements) == sorted(note.told for note in by_kind["form"])
    saved = Counter(int(note.subject.rpartition("@")[2]) for note in by_kind["save"])
    assert versions == {norm: 1 + saved[norm] for norm in office.norms}, "no save lost, none done twice"
    assert papers.check_numbers(db) == []
    checks = [*check_database(db), *check_kardex(db)]
    assert [check for check in checks if not check.ok] == []
