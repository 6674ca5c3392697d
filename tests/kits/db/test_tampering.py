"""Rows of the trail and of the ledgers changed, removed, swapped and added by hand: each found, its place named."""

import random
import shutil
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from kardex_office import make_office
from ledger_books import add_rows, faults_of
from sqlalchemy import text
from tampering import KINDS, TRAIL, Hand, same_place

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import settle
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.seal_checks import examine_ledgers
from sisfoh_desktop.db.seals import LEDGERS
from sisfoh_desktop.db.trail import examine_trail
from sisfoh_desktop.db.transfer import transfer

SEEDS = (11, 12, 13, 14)
ROUNDS = 25  # of each seed: a hundred in all


@pytest.fixture(scope="module")
def busy_base(template_practice, tmp_path_factory) -> Path:
    """The practice office with forms moved, and a ledger long enough to be sealed by hundreds."""
    from datetime import datetime

    from sisfoh_desktop.basics.clock import LIMA

    path = tmp_path_factory.mktemp("manos") / "oficina.db"
    shutil.copyfile(template_practice / "practica.db", path)
    db = Database.open(path)
    office = make_office(db, Actor("rosa", "ULE"), datetime(2024, 3, 8, 10, tzinfo=LIMA))
    office.receive("1-5000")
    for first in range(1, 400, 20):
        office.hand_out(f"{first}-{first + 9}", office.ana)
    for count in (350, 3, 1):
        with db.transaction() as session:
            add_rows(session, "backup", count)
    assert faults_of(db) == {}
    db.close()
    settle(path)
    return path


def run_on_server(cursor, statement, values):
    cursor.execute(statement.replace("?", "%s"), values)
    return cursor.fetchall() if cursor.description else []


@contextmanager
def file_open(path):
    """The file as another program opens it, every guard taken down."""
    with closing(sqlite.connect(str(path), isolation_level=None)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        yield lambda statement, values: connection.execute(statement, values).fetchall()


def target_of(number, run, chance):
    """Trail and ledgers in turn, every kind of deed as often; a ledger with rows enough for it."""
    kind = KINDS[number // 2 % 4]
    fewest = 2 if kind == "swapped" else 1
    counts = {ledger: run(f"SELECT count(*) FROM {ledger}", ())[0][0] for ledger in LEDGERS}
    ledgers = [ledger for ledger, count in counts.items() if count >= fewest]
    return (TRAIL if number % 2 else chance.choice(ledgers)), kind


def assert_named(session, deed):
    exam = examine_trail(session)
    faults = examine_ledgers(session)
    if deed.table != TRAIL:
        assert exam.broken is None, "the trail itself is untouched"
        assert {fault.ledger for fault in faults} == {deed.table}
        assert any(same_place(deed, fault.first, fault.last) for fault in faults), (deed, faults)
        return
    assert exam.broken is not None, deed
    assert (exam.broken.entry, exam.broken.kind) == (deed.keys[0][0], deed.kind), (deed, exam.broken)
    assert str(exam.broken.entry) in exam.broken.sentence


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundred_hands_in_the_file_are_found_and_their_places_named(busy_base, tmp_path, seed):
    chance = random.Random(seed)
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        shutil.copyfile(busy_base, path)
        with file_open(path) as run:
            deed = Hand(run, chance, sqlite.IntegrityError).tamper(*target_of(number, run, chance))
        db = Database.open(path)
        with db.reading() as session:
            assert_named(session, deed)
        failed = faults_of(db)
        assert ("auditoría" if deed.table == TRAIL else "libros") in failed
        db.close()
        path.unlink()


@pytest.fixture
def busy_server(busy_base, postgres, request):
    """The same office on a server."""
    import psycopg

    name = f"manos{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    source = Database.open(busy_base)
    transfer(source, postgres.url(name))
    source.close()
    db = Database.open(postgres.url(name))
    yield db
    db.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_hands_on_the_server_are_found_too(busy_server, seed):
    """Whoever owns the server may take the guards down; each deed is undone after it was looked for."""
    import psycopg

    assert faults_of(busy_server) == {}, "sealed on one database, checked on the other"
    chance = random.Random(seed)
    for number in range(ROUNDS):
        with suppress(LookupError), busy_server.transaction() as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            run = partial(run_on_server, session.connection().connection.cursor())
            deed = Hand(run, chance, psycopg.Error).tamper(*target_of(number, run, chance))
            assert_named(session, deed)
            raise LookupError  # undone
    assert faults_of(busy_server) == {}


class TestWhatIsSaid:
    def written(self, db, now, count=6):
        for number in range(count):
            with db.transaction() as session:
                record_audit(
                    session, actor=Actor("rosa"), now=now, action="plan.save", subject=f"plan:{number}"
                )

    @pytest.mark.parametrize(
        ("statement", "sentence"),
        [
            ("UPDATE audit_entry SET actor = 'otro' WHERE id = 3", "La anotación 3 fue cambiada"),
            ("UPDATE audit_entry SET at = 'ayer' WHERE id = 3", "La anotación 3 fue cambiada"),
            ("DELETE FROM audit_entry WHERE id IN (2, 3)", "Las anotaciones 2 a 3 fueron quitadas"),
            ("DELETE FROM audit_entry WHERE id > 4", "Faltan las anotaciones desde la 5"),
            ("DELETE FROM audit_entry", "Faltan las anotaciones desde la 1"),
            ("UPDATE audit_head SET hash = 'x'", "La cabeza de la cadena fue cambiada"),
            ("DELETE FROM audit_head", "Falta la cabeza de la cadena"),
        ],
    )
    def test_the_first_broken_entry_and_what_is_wrong(self, db, now, statement, sentence):
        self.written(db, now)
        with file_open(db.path) as run:
            run(statement, ())
        assert sentence in faults_of(db)["auditoría"]

    def test_text_that_nobody_can_read_is_named_too(self, db, now):
        self.written(db, now)
        with db.transaction() as session:
            add_rows(session, "backup", 3)
        with file_open(db.path) as run:
            run("UPDATE backup SET place = CAST(x'ff41' AS TEXT) WHERE id = 2", ())
            run("UPDATE audit_entry SET reason = CAST(x'ff41' AS TEXT) WHERE id = 4", ())
        failed = faults_of(db)
        assert "La anotación 4 no se puede leer" in failed["auditoría"]
        assert failed["libros"] == "backup: la fila 2 fue cambiada fuera del programa."

    def test_a_row_in_a_hundred_is_pointed_at(self, db):
        with db.transaction() as session:
            add_rows(session, "backup", 500)
        with file_open(db.path) as run:
            run("UPDATE backup SET place = 'otro' WHERE id = 222", ())
            run("DELETE FROM backup WHERE id = 333", ())
        told = faults_of(db)["libros"]
        assert "backup: la fila 222 fue cambiada" in told
        assert "entre las filas 301 y 400 faltan 1, la primera después de la fila 332" in told

    def test_only_the_first_are_listed(self, db):
        with db.transaction() as session:
            add_rows(session, "backup", 20)
        with file_open(db.path) as run:
            run("UPDATE backup SET place = 'otro'", ())
        assert faults_of(db)["libros"].endswith("la fila 5 fue cambiada fuera del programa; y 15 más.")

    def test_the_count_of_sealed_rows_is_compared(self, db):
        with db.transaction() as session:
            add_rows(session, "backup", 2)
        with file_open(db.path) as run:
            run("UPDATE sealed_ledger SET row_count = 3", ())
        assert "la cuenta de filas selladas dice 3 y los sellos son 2" in faults_of(db)["libros"]

    def test_a_clock_set_back_is_a_warning_and_no_fault(self, db, now):
        from datetime import timedelta

        from sisfoh_desktop.db.checks import check_database

        for moment in (now, now - timedelta(minutes=50), now - timedelta(hours=3), now):
            self.written(db, moment, 1)
        [told] = [check for check in check_database(db) if check.name == "auditoría"]
        assert told.ok
        assert "el reloj de un equipo retrocedió; la anotación 3" in told.detail
        assert "08/03/2024 07:00 después de una del 08/03/2024 09:10" in told.detail
