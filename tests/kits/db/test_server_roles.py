"""What the office's role may and may not do inside PostgreSQL, tried statement by statement."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.migrate import migrate, upgrade
from sisfoh_desktop.db.server_roles import OFFICE_ROLE, grant_office_rights

pytestmark = pytest.mark.postgresql

CLERK, OWNER = "ule_prueba", "dueno_prueba"


@pytest.fixture
def owner_url(postgres_db):
    """The base of this test, by its owner."""
    return postgres_db.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
def clerk_url(postgres, postgres_db, owner_url):
    """The same base, as a member of the office's role enters it."""
    grant_office_rights(owner_url)
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [CLERK]).fetchone() is None:
            admin.execute(f"CREATE ROLE {CLERK} LOGIN IN ROLE {OFFICE_ROLE}")
    return postgres.url(str(postgres_db.url.database), CLERK)


@pytest.fixture
def clerk_db(clerk_url):
    db = Database.open(clerk_url)
    yield db
    db.close()


@pytest.fixture
def busy(clerk_db, actor, now):
    """An office at work under the office's role alone: forms, numbers, plans, everything that those write."""
    from kardex_office import make_office

    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.modules.papers.service import numbers

    who = {"actor": actor, "now": now}
    office.install_national_data(clerk_db, **who)
    kardex = make_office(clerk_db, actor, now)
    kardex.receive("1-100")
    kardex.hand_out("1-10", kardex.ana)
    series = numbers.create_series(
        clerk_db, **who, kind="prueba", title="Prueba", mask="{n:03d}-{year}-PRUEBA"
    )
    numbers.reserve_number(clerk_db, **who, series_id=series, year=2024, subject="resolucion:1")
    numbers.annul_number(
        clerk_db, **who, series_id=series, year=2024, number=1, reason="Se reservó dos veces por error"
    )
    return clerk_db


def ledgers_of(db):
    with db.reading() as session:
        return sorted(
            session.scalars(
                text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_append\\_only'")
            )
        )


def refused(url, statement):
    """The code with which the server refuses the statement, "" when it does it (and takes it back)."""
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement)
        except psycopg.Error as error:
            return error.sqlstate
        finally:
            connection.rollback()
    return ""


def test_the_office_works_with_its_role_alone(busy):
    assert [check for check in check_database(busy) if not check.ok] == []
    with busy.reading() as session:
        assert session.scalar(text("SELECT state FROM paper_number")) == "anulado"


def test_it_may_not_change_nor_remove_a_row_of_any_ledger(busy, clerk_url):
    ledgers = ledgers_of(busy)
    assert {"audit_entry", "kardex_movement", "kardex_line", "backup", "access_review"} <= set(ledgers)
    with psycopg.connect(clerk_url) as connection:
        columns = {
            table: connection.execute(f"SELECT * FROM {table} LIMIT 0").description[-1].name
            for table in ledgers
        }
    for table, column in columns.items():
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TABLE {table} CASCADE",
        ):
            assert refused(clerk_url, statement) == "42501", statement


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM paper_number",
        "UPDATE paper_number SET number = 2",
        "UPDATE paper_number SET text = '001-2024-OTRO'",
        "UPDATE paper_number SET reserved_by = 'otro'",
        "TRUNCATE paper_number CASCADE",
        "DELETE FROM paper_series_year",
        "UPDATE paper_series_year SET year = 2023",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET id = 2",
        "UPDATE action_token SET result = '0'",
        "DELETE FROM action_token",
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO alembic_version VALUES ('9999')",
        "CREATE TABLE copia AS SELECT * FROM audit_entry",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "DROP FUNCTION refuse_change() CASCADE",
        "SELECT setval(pg_get_serial_sequence('kardex_movement', 'id'), 1)",
        "SET session_replication_role = replica",
        "ALTER ROLE ule_prueba SUPERUSER",
        "SELECT rolpassword FROM pg_authid",
        "SET ROLE postgres",
    ],
)
def test_what_else_is_forbidden(busy, clerk_url, statement):
    assert refused(clerk_url, statement) == "42501"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_head SET entries = entries - 1",
        "UPDATE paper_series_year SET last_number = 0",
    ],
)
def test_heads_and_counters_never_go_back(busy, owner_url, clerk_url, statement):
    for url in (clerk_url, owner_url):
        assert refused(url, statement) == "P0001"


@pytest.mark.parametrize("counter", ["audit_head SET entries = -1", "paper_series_year SET last_number = 4"])
def test_nor_in_a_local_file(db, counter):
    with db.transaction() as session:
        session.execute(text("INSERT INTO paper_series VALUES (1, 'k', 'Serie', '{n}-{year}', 1)"))
        session.execute(text("INSERT INTO paper_series_year VALUES (1, 2024, 5, 0, '')"))
    with pytest.raises(DBAPIError, match="only moves forward"), db.transaction() as session:
        session.execute(text(f"UPDATE {counter}"))


def test_what_the_server_refuses_is_one_sentence(busy):
    with pytest.raises(DatabaseUnavailable) as told, busy.transaction() as session:
        session.execute(text("DELETE FROM audit_entry"))
    assert "no se cambió nada" in told.value.sentence


def test_giving_the_rights_again_takes_back_what_was_given_too_much(postgres_db, owner_url, clerk_url):
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"GRANT UPDATE, DELETE ON audit_entry, paper_number TO {OFFICE_ROLE}")
    assert refused(clerk_url, "DELETE FROM paper_number") == ""
    again = grant_office_rights(owner_url)
    assert (again.made_role, again.problem) == (False, "")
    assert again.ledgers == len(ledgers_of(postgres_db))
    assert refused(clerk_url, "DELETE FROM paper_number") == "42501"
    assert refused(clerk_url, "DELETE FROM audit_entry") == "42501"


@pytest.fixture
def owned(postgres):
    """An empty base; its owner may not make roles, and the office has its own. Its address, the administrator."""
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone() is None:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN")
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OFFICE_ROLE]).fetchone() is None:
            admin.execute(f"CREATE ROLE {OFFICE_ROLE} NOLOGIN")
        admin.execute("DROP DATABASE IF EXISTS de_dueno")
        admin.execute(f"CREATE DATABASE de_dueno OWNER {OWNER}")
        yield postgres.url("de_dueno", OWNER), admin
        admin.execute("DROP DATABASE de_dueno WITH (FORCE)")


def test_a_plain_owner_migrates_and_gives_the_rights(owned, now):
    url, _admin = owned
    assert migrate(url, now=now).from_revision is None
    given = grant_office_rights(url)
    assert given.problem == ""
    assert given.tables > given.ledgers > 20


def test_an_owner_who_may_not_make_the_role_is_told_what_to_ask(owned, now, monkeypatch):
    url, admin = owned
    upgrade(Database(url).url, "head")
    monkeypatch.setattr("sisfoh_desktop.db.server_roles.OFFICE_ROLE", "sisfoh_otra")
    given = grant_office_rights(url)
    assert not given.made_role
    assert "CREATE ROLE" in given.problem
    assert admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'sisfoh_otra'").fetchone() is None


def test_the_office_role_cannot_migrate(postgres_db, clerk_url, now):
    from sisfoh_desktop.db.migrate import downgrade

    downgrade(postgres_db.url, "0025")
    with pytest.raises(DatabaseUnavailable) as told:
        migrate(clerk_url, now=now)
    assert "no es dueño" in told.value.sentence
    with postgres_db.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "0025"


def test_opening_as_the_office_never_migrates(postgres_db, clerk_url, tmp_path, now):
    from sisfoh_desktop.app import wiring
    from sisfoh_desktop.basics.errors import DatabaseOutdated
    from sisfoh_desktop.basics.settings import PcSettings
    from sisfoh_desktop.db.migrate import downgrade

    downgrade(postgres_db.url, "0025")
    with pytest.raises(DatabaseOutdated) as told:
        wiring.open_base(clerk_url, settings=PcSettings(archive_folder=str(tmp_path)), now=now)
    assert "quien administra el servidor" in told.value.sentence
