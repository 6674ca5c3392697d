"""A whole office moved between the two databases: the same rows, the same guards, the next numbers right."""

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.table_digests import digest_tables, first_difference
from sisfoh_desktop.db.transfer import transfer


@pytest.fixture
def empty_server(postgres, request):
    """The address of a server's database without a single table."""
    import psycopg

    name = f"v{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.url(name)


def digests_of(db):
    with db.reading() as session:
        return digest_tables(session.connection())


def guards_of(db):
    """What the base itself refuses: its triggers and foreign keys."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.is_sqlite
        else "SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
        "SELECT conname::text || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
    )
    with db.reading() as session:
        return sorted(session.scalars(text(query)))


def test_the_practice_office_goes_to_a_server_and_comes_back_the_same(
    practice_db, empty_server, tmp_path, actor, now
):
    asked = digests_of(practice_db)
    there = transfer(practice_db, empty_server)
    assert there == asked
    assert sum(one.rows for one in there) > 500
    server = Database.open(empty_server)
    try:
        assert all(check.ok for check in check_database(server))
        assert transfer(server, tmp_path / "vuelta.db") == asked
        with server.transaction() as session:  # the server gives numbers that no row has
            columns = "name, siglas, role, source, trust"
            again = f"INSERT INTO body ({columns}, version) SELECT {columns}, 1 FROM body"
            session.execute(text(again))
            record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    finally:
        server.close()
    back = Database.open(tmp_path / "vuelta.db")
    try:
        assert digests_of(back) == asked
        assert all(check.ok for check in check_database(back))
        assert guards_of(back) == guards_of(practice_db)
    finally:
        back.close()


def test_the_guards_of_a_server_are_those_of_one_that_was_born_there(practice_db, empty_server, postgres_db):
    transfer(practice_db, empty_server)
    server = Database.open(empty_server)
    try:
        assert guards_of(server) == guards_of(postgres_db)
    finally:
        server.close()


def test_an_office_in_use_is_no_target(db, practice_db, postgres_db, tmp_path, actor, now):
    with postgres_db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    with pytest.raises(RuleError) as refused:
        transfer(practice_db, postgres_db.url.render_as_string(hide_password=False))
    assert refused.value.code == "target_not_empty"
    with pytest.raises(FileFailed, match="Ya existe"):
        transfer(practice_db, db.path)
    with pytest.raises(RuleError) as refused:
        transfer(practice_db, practice_db.path)
    assert refused.value.code == "target_is_source"


def test_a_transfer_that_is_stopped_leaves_nothing_and_can_be_asked_again(
    practice_db, empty_server, tmp_path
):
    def stop(done, total):
        if done > total / 2:
            raise Cancelled

    for target in (empty_server, tmp_path / "nueva.db"):
        with pytest.raises(Cancelled):
            transfer(practice_db, target, progress=stop)
    assert [path.name for path in tmp_path.iterdir() if "nueva" in path.name] == []
    assert transfer(practice_db, empty_server) == digests_of(practice_db)


def test_a_server_that_is_not_there_is_told(practice_db):
    with pytest.raises(DatabaseUnavailable):
        transfer(practice_db, "postgresql://nadie@127.0.0.1:1/nada")


def test_any_changed_value_shows_in_its_table(either_db, now):
    actor = Actor(user="ñandú\U0001f600", office="ULE")
    with either_db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1", reason="a\tb")
    before = digests_of(either_db)
    assert digests_of(either_db) == before
    with either_db.transaction() as session:
        session.execute(text("UPDATE audit_head SET hash = 'f' || substr(hash, 2)"))
    assert first_difference(before, digests_of(either_db)) == "audit_head"


def test_a_table_that_the_program_does_not_know_is_not_left_behind(db, tmp_path):
    with db.transaction() as session:
        session.execute(text("CREATE TABLE ajena (id INTEGER PRIMARY KEY)"))
    with pytest.raises(DatabaseUnavailable, match="ajena"):
        transfer(db, tmp_path / "otra.db")
