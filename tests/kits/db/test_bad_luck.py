"""What an unlucky office meets: full disks, files of other programs, addresses mistyped, damaged pages."""

import os
import socket
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseOutdated, DatabaseUnavailable, FileFailed, RuleError
from sisfoh_desktop.db import migrate, revisions
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.base_file import copy_sqlite, settle
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.engine import APPLICATION_ID


def held_open(path):
    """A reader that keeps SQLite from folding the write-ahead log into the file, as a full disk would."""
    reader = sqlite.connect(str(path))
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return reader


def test_a_base_whose_pages_did_not_reach_its_file_is_not_made(tmp_path, monkeypatch):
    readers, real = [], migrate.upgrade

    def upgrade(url, revision):
        connection = sqlite.connect(str(url.database))
        connection.execute("CREATE TABLE first (a)")
        connection.commit()
        readers.extend([held_open(url.database), connection])
        real(url, revision)

    monkeypatch.setattr(migrate, "upgrade", upgrade)
    with pytest.raises(FileFailed) as caught:
        Database.create(tmp_path / "oficina.db")
    for each in readers:
        each.close()
    assert "no quedó nada a medias" in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_settle_leaves_the_whole_base_in_its_file(db):
    holder = sqlite.connect(str(db.path))  # the last connection to close would settle it by itself
    with db.transaction() as session:
        session.execute(text("INSERT INTO action_token (token, result) VALUES ('a', '1')"))
    settle(db.path)
    assert db.path.with_name("oficina.db-wal").stat().st_size == 0
    holder.close()


def test_the_file_of_another_program_is_left_byte_for_byte(tmp_path):
    path = tmp_path / "ajena.db"
    with closing(sqlite.connect(str(path))) as connection:
        connection.execute("CREATE TABLE contacts (name)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(path)
    assert "no es una base de SISFOH Desktop" in caught.value.sentence
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["ajena.db"]


@pytest.mark.parametrize("name", ["a" * 5000 + ".db", "x" * 300])
def test_a_path_that_no_disk_takes_gets_a_sentence(tmp_path, name):
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(tmp_path / name)
    assert "Revise la ruta" in caught.value.sentence
    assert len(caught.value.sentence) < 300
    with pytest.raises(FileFailed):
        Database.create(tmp_path / name)


def test_a_folder_is_no_base(tmp_path):
    with pytest.raises(DatabaseUnavailable):
        Database.open(tmp_path)


@pytest.mark.parametrize("address", ["postgresql://servidor:puerto/base", "postgresql://[::1/base"])
def test_an_address_with_a_mistake_gets_a_sentence(address):
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(address)
    assert "no se entiende" in caught.value.sentence


def test_a_program_without_its_migrations_says_so(db, monkeypatch, tmp_path):
    monkeypatch.setattr(revisions, "migrations_folder", lambda: tmp_path)
    with pytest.raises(FileFailed) as caught:
        Database.open(db.path)
    assert "Vuelva a instalar" in caught.value.sentence


def test_text_that_cannot_be_stored_is_refused_with_a_sentence(db, now):
    def write(user, reason):
        with db.transaction() as session:
            record_audit(session, actor=Actor(user), now=now, action="a", subject="s", reason=reason)

    for user, reason in (("a\ud800", ""), ("a", "b\udcff")):
        with pytest.raises(RuleError) as caught:
            write(user, reason)
        assert caught.value.code == "text_unreadable"
    with pytest.raises(RuleError) as caught, db.reading() as session:
        session.execute(text("SELECT :n"), {"n": 2**70})
    assert caught.value.code == "number_out_of_range"


def test_a_copy_never_replaces_an_earlier_one(db, tmp_path):
    target = tmp_path / "copia.db"
    copy_sqlite(db.path, target)
    before = target.read_bytes()
    with pytest.raises(FileFailed):
        copy_sqlite(db.path, target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if "copia" in path.name) == ["copia.db"]


def test_a_damaged_page_fails_its_check_and_hides_no_other(db):
    with db.transaction() as session:
        root = session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'audit_entry'"))
        size = session.scalar(text("PRAGMA page_size"))
    settle(db.path)
    db.close()
    with db.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(size))
    checks = {check.name: check for check in check_database(db)}
    assert not checks["integridad"].ok
    assert "dañad" in checks["integridad"].detail
    assert "\n" not in checks["integridad"].detail
    assert not checks["auditoría"].ok
    assert set(checks) == {"integridad", "referencias", "auditoría", "libros"}


def test_a_table_that_is_gone_fails_its_check(db):
    with db.transaction() as session:
        session.execute(text("DROP TABLE audit_head"))
    assert [check.name for check in check_database(db) if not check.ok] == ["auditoría"]
    with pytest.raises(DatabaseUnavailable) as caught, db.reading() as session:
        session.execute(text("SELECT hash FROM audit_head"))
    assert "le faltan tablas" in caught.value.sentence


@pytest.mark.postgresql
class TestOnPostgresql:
    def test_a_refusal_of_the_server_is_not_called_a_pause(self, postgres):
        for url in (postgres.url("no_existe"), postgres.url().replace("postgres@", "nadie@", 1)):
            with pytest.raises(DatabaseUnavailable) as caught:
                Database.open(url)
            assert "No se pudo entrar al servidor" in caught.value.sentence

    def test_a_server_that_is_off_may_come_back(self, postgres):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with pytest.raises(DatabaseUnavailable) as caught:
            Database.open(f"postgresql://postgres@127.0.0.1:{port}/oficina")
        assert "no responde en este momento" in caught.value.sentence

    def test_an_empty_database_promises_no_copy(self, postgres):
        import psycopg

        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE sin_tablas")
        with pytest.raises(DatabaseOutdated) as caught:
            Database.open(postgres.url("sin_tablas"))
        assert "copia" not in caught.value.sentence
        assert "migrar" in caught.value.sentence

    def test_what_no_column_holds_is_refused_with_a_sentence(self, postgres_db, now):
        def write(user, reason):
            with postgres_db.transaction() as session:
                record_audit(session, actor=Actor(user), now=now, action="a", subject="s", reason=reason)

        for user, reason, code in (
            ("u" * 500, "", "text_too_long"),
            ("u", "a\x00b", "text_unreadable"),
            ("u", "a\ud800b", "text_unreadable"),
        ):
            with pytest.raises(RuleError) as caught:
                write(user, reason)
            assert caught.value.code == code
        write("u", "y sigue en uso")

    def test_one_writer_at_a_time_so_that_what_was_checked_still_holds(self, postgres_db, postgres):
        free = text(f"SELECT pg_try_advisory_xact_lock({APPLICATION_ID})")
        other = Database.open(postgres_db.url.render_as_string(hide_password=False))
        look = text("SELECT count(*) FROM action_token")
        for opened, expected in ((postgres_db.transaction, False), (postgres_db.reading, True)):
            with opened() as mine, other.reading() as session:
                mine.execute(look)
                assert session.scalar(free) is expected
        other.close()
