"""Transactions, actions that happen once, and the sentences for a base that cannot be used."""

import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import text

from sisfoh_desktop.basics.errors import DatabaseTooNew, DatabaseUnavailable, FileFailed, StaleRow
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.database import Answer, Database, allow_current_thread, forbid_current_thread
from sisfoh_desktop.db.engine import target_url
from sisfoh_desktop.db.versions import check_updated


def put(session, name):
    session.execute(text("INSERT INTO action_token (token, result) VALUES (:t, '1')"), {"t": name})


def tokens(db):
    with db.reading() as session:
        return set(session.scalars(text("SELECT token FROM action_token")))


def test_a_transaction_commits_whole_or_not_at_all(db):
    with db.transaction() as session:
        put(session, "a")

    def fails_half_way():
        with db.transaction() as session:
            put(session, "b")
            raise LookupError

    with pytest.raises(LookupError):
        fails_half_way()
    assert tokens(db) == {"a"}


def test_reading_cannot_write_into_the_same_moment(db):
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM action_token")) == 0
        with db.transaction() as writer:
            put(writer, "while-reading")
        assert session.scalar(text("SELECT count(*) FROM action_token")) == 0
    assert tokens(db) == {"while-reading"}


def test_the_same_token_acts_once_and_gives_the_first_answer(db):
    calls = []

    def change(session):
        calls.append(1)
        return {"number": 91}

    assert db.run_once("token-1", change) == {"number": 91}
    assert db.run_once("token-1", change) == {"number": 91}
    assert len(calls) == 1
    db.run_once(None, change)
    assert len(calls) == 2


def test_a_failed_action_leaves_its_token_free(db):
    def refuses(session):
        put(session, "half")
        raise LookupError

    with pytest.raises(LookupError):
        db.run_once("token-2", refuses)
    assert db.run_once("token-2", lambda session: 7) == 7
    assert "half" not in tokens(db)


def test_two_threads_with_one_token_act_once(db):
    answers, calls, start = [], [], threading.Barrier(2)

    def change(session):
        calls.append(1)
        return len(calls)

    def run():
        start.wait()
        answers.append(db.run_once("shared", change))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1, 1]


def test_no_transaction_on_the_thread_of_the_window(db):
    forbid_current_thread()
    try:
        with pytest.raises(RuntimeError, match="Tasks"):
            db.run_once(None, lambda session: 1)
    finally:
        allow_current_thread()
    assert db.run_once(None, lambda session: 1) == 1


def test_a_changed_version_is_refused_with_a_sentence():
    check_updated(1)
    with pytest.raises(StaleRow) as caught:
        check_updated(0)
    assert "Otra persona cambió" in caught.value.sentence


def test_the_answer_of_a_token_can_be_asked_for(db):
    assert db.find_answer("clic") is None
    db.run_once("clic", lambda session: 7)
    db.run_once("nada", lambda session: None)
    assert db.find_answer("clic") == Answer(7)
    assert db.find_answer("nada") == Answer(None)
    assert db.find_answer(None) is None


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(tmp_path / "no.db")
    assert "No existe la base no.db" in caught.value.sentence
    assert not (tmp_path / "no.db").exists()


@pytest.mark.parametrize("content", [b"", b"hola", b"%PDF-1.7 algo", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_base_is_refused_and_left_as_it_was(tmp_path, content):
    path = tmp_path / "otro.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(path)
    assert "no es una base de SISFOH Desktop" in caught.value.sentence
    assert path.read_bytes() == content


def test_the_base_of_another_program_is_refused(tmp_path):
    path = tmp_path / "ajena.db"
    connection = sqlite.connect(str(path))
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseUnavailable):
        Database.open(path)


def test_a_newer_base_is_refused_with_a_sentence(db):
    with db.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew) as caught:
        Database.open(db.path)
    assert "versión más nueva" in caught.value.sentence


def test_create_refuses_to_touch_an_existing_file_or_a_missing_folder(tmp_path):
    path = tmp_path / "a.db"
    path.write_text("mío")
    with pytest.raises(FileFailed):
        Database.create(path)
    assert path.read_text() == "mío"
    with pytest.raises(FileFailed):
        Database.create(tmp_path / "no" / "a.db")


def test_create_leaves_nothing_half_made(tmp_path):
    Database.create(tmp_path / "base con espacio y ñ.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["base con espacio y ñ.db"]


def test_a_full_disk_says_so_and_keeps_what_was_there(db):
    with db.transaction() as session:
        put(session, "before")
        session.execute(text("CREATE TABLE heavy (body BLOB)"))

    def fill():
        with db.transaction() as session:
            pages = session.scalar(text("PRAGMA page_count"))
            session.execute(text(f"PRAGMA max_page_count={pages + 4}"))
            session.execute(text("INSERT INTO heavy VALUES (randomblob(1000000))"))

    with pytest.raises(DatabaseUnavailable) as caught:
        fill()
    assert "El disco está lleno" in caught.value.sentence
    assert tokens(db) == {"before"}


def test_a_password_never_shows_in_the_label():
    database = Database.__new__(Database)
    database.url = target_url("postgresql://ana:secreta@servidor/oficina")
    assert database.label == "oficina en servidor"
    assert database.path is None


@pytest.mark.parametrize("target", ["mysql://x/y", "no es://una url", "postgresql://"])
def test_an_address_that_cannot_be_used_is_refused(target):
    with pytest.raises(DatabaseUnavailable):
        Database.open(target)


def test_checks_pass_on_a_sound_base_and_see_an_orphan(db):
    assert [check.ok for check in check_database(db)] == [True, True, True, True]
    connection = sqlite.connect(str(db.path))
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("INSERT INTO paper_series_year VALUES (99, 2024, 0, 0, '')")
    connection.commit()
    connection.close()
    failed = [check for check in check_database(db) if not check.ok]
    assert [check.name for check in failed] == ["referencias"]
    assert "paper_series_year" in failed[0].detail


def test_sqlite_is_recent_enough_for_its_journal(db):
    with db.reading() as session:
        version = tuple(int(part) for part in session.scalar(text("SELECT sqlite_version()")).split("."))
    assert version >= (3, 51, 3), "earlier WAL has the reset bug"
    assert Path(db.path).exists()
