"""Every row of a ledger is bound to the trail in the transaction that adds it, the same way on both databases."""

import json
from datetime import UTC, date, datetime

import pytest
from ledger_books import BOOKS, add_rows, faults_of, past_the_program, seals_of
from sqlalchemy import text
from trails import first_broken_entry

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.seals import LEDGERS, SCATTERED, plain, seal_all
from sisfoh_desktop.db.transfer import transfer


def append_only_tables(db):
    query = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'"
        if db.is_sqlite
        else "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_append_only'"
    )
    with db.reading() as session:
        return set(session.scalars(text(query)))


def test_the_ledgers_are_all_tables_that_only_grow_but_the_trail(either_db):
    assert append_only_tables(either_db) - {"audit_entry"} == LEDGERS.keys()


def test_the_keys_of_the_ledgers_are_those_of_the_schema():
    from sisfoh_desktop.db.base import Base

    for ledger, key in LEDGERS.items():
        assert tuple(column.name for column in Base.metadata.tables[ledger].primary_key.columns) == key
    assert LEDGERS.keys() >= SCATTERED


def test_a_new_row_is_sealed_in_its_own_transaction_by_whoever_acts(either_db, now):
    with either_db.transaction() as session:
        record_audit(
            session, actor=Actor("rosa", "ULE"), now=now, action="kardex_count.add", subject="kardex_count:1"
        )
        add_rows(session, "backup", 1)
    with either_db.reading() as session:
        told = session.execute(
            text('SELECT actor, office, subject, "after" FROM audit_entry ORDER BY id')
        ).all()
    assert [(row.actor, row.office) for row in told] == [("rosa", "ULE")] * 2
    assert told[1].subject == "backup:1-1"
    assert list(json.loads(told[1].after)["rows"]) == ["1"]
    assert faults_of(either_db) == {}


@pytest.mark.parametrize("ledger", BOOKS)
@pytest.mark.parametrize("count", [1, 2, 299, 300, 1_203])
def test_few_rows_have_a_digest_each_and_many_one_for_a_hundred(either_db, ledger, count):
    with either_db.transaction() as session:
        add_rows(session, ledger, count)
    with either_db.transaction() as session:
        add_rows(session, ledger, 2)
    first, second = seals_of(either_db, ledger)
    assert len(first) == (count if count < 300 else -(-count // 100))
    assert len(second) == 2
    assert faults_of(either_db) == {}


def test_what_was_undone_leaves_no_seal(either_db):
    def fails():
        with either_db.transaction() as session:
            add_rows(session, "backup", 2)
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert seals_of(either_db, "backup") == []
    with either_db.transaction() as session:
        add_rows(session, "backup", 1)
    assert len(seals_of(either_db, "backup")) == 1
    assert faults_of(either_db) == {}


def test_the_columns_are_told_once_and_again_only_when_they_change(either_db):
    for _ in range(3):
        with either_db.transaction() as session:
            add_rows(session, "backup", 1)
    with either_db.transaction() as session:
        session.execute(text("ALTER TABLE backup ADD COLUMN note VARCHAR(10) DEFAULT 'x' NOT NULL"))
    for _ in range(2):
        with either_db.transaction() as session:
            add_rows(session, "backup", 1)
    with either_db.reading() as session:
        entries = session.scalars(
            text("SELECT \"after\" FROM audit_entry WHERE subject LIKE 'backup:%' ORDER BY id")
        ).all()
    columns = [json.loads(after).get("columns") for after in entries]
    assert [told is not None for told in columns] == [True, False, False, True, False]
    assert set(columns[3]) - set(columns[0]) == {"note"}
    assert faults_of(either_db) == {}, "rows sealed before the column came are still what they were"


def test_the_same_rows_have_the_same_digests_on_both_databases(db, postgres, request):
    import psycopg

    for ledger in BOOKS:
        with db.transaction() as session:
            add_rows(session, ledger, 4)
    name = f"s{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    transfer(db, postgres.url(name))
    from sisfoh_desktop.db.database import Database

    other = Database.open(postgres.url(name))
    assert faults_of(other) == {}
    with other.transaction() as session:
        add_rows(session, "backup", 2)
    assert faults_of(other) == {}
    other.close()


def test_values_are_told_as_sqlite_keeps_them():
    moment = datetime(2024, 3, 8, 15, tzinfo=UTC)
    assert [plain(value) for value in (None, 3, "ñ", True, date(2024, 3, 8), moment)] == [
        *(None, 3, "ñ", 1, "2024-03-08"),
        "2024-03-08 15:00:00.000000",
    ]


class TestABaseFromBefore:
    """It had ledgers and no seals."""

    @pytest.fixture
    def old(self, either_db):
        for ledger in BOOKS:
            with past_the_program(either_db) as session:
                add_rows(session, ledger, 350)
        return either_db

    def test_comprobar_says_that_it_has_no_seals_yet(self, old):
        told = faults_of(old)
        assert set(told) == {"libros"}
        assert "backup: sus 350 filas todavía no tienen sello" in told["libros"]
        assert "migrar" in told["libros"]

    def test_its_ledgers_are_sealed_once(self, old, now):
        assert seal_all(old, now, actor=Actor("rosa")) == 350 * len(BOOKS)
        assert faults_of(old) == {}
        assert seal_all(old, now) == 0
        with old.reading() as session:
            assert first_broken_entry(session) is None
            assert session.scalar(text("SELECT count(*) FROM sealed_ledger")) == len(LEDGERS)

    def test_a_row_without_seal_is_never_sealed_along(self, old, now):
        seal_all(old, now)
        with past_the_program(old) as session:
            add_rows(session, "backup", 1)
        with old.transaction() as session:
            add_rows(session, "backup", 1)
            session.execute(text("DELETE FROM sealed_ledger"))
        assert seal_all(old, now) == 0
        told = faults_of(old)["libros"]
        assert "backup: la fila 351 no tiene sello" in told
        assert "352" not in told


def test_a_new_base_is_begun_empty_so_that_nothing_slips_in(either_db, now):
    assert seal_all(either_db, now) == 0
    with past_the_program(either_db) as session:
        add_rows(session, "backup", 1)
    seal_all(either_db, now)
    assert "backup: la fila 1 no tiene sello" in faults_of(either_db)["libros"]
