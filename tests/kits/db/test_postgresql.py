"""The same promises on PostgreSQL: one action once, the trail, refusals of a server that is not there."""

import socket

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from trails import first_broken_entry

from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database

pytestmark = pytest.mark.postgresql


def test_the_same_token_acts_once(postgres_db):
    assert postgres_db.run_once("t", lambda session: 1) == 1
    assert postgres_db.run_once("t", lambda session: 2) == 1


def test_the_trail_is_chained_and_append_only(postgres_db, actor, now):
    for _ in range(3):
        with postgres_db.transaction() as session:
            record_audit(session, actor=actor, now=now, action="a", subject="s", after={"ñ": "°"})
    with pytest.raises(DBAPIError), postgres_db.transaction() as session:
        session.execute(text("UPDATE audit_entry SET actor = 'otro'"))
    with pytest.raises(DBAPIError), postgres_db.transaction() as session:
        session.execute(text("DELETE FROM audit_entry"))
    with postgres_db.reading() as session:
        assert first_broken_entry(session) is None


def test_reading_refuses_to_write(postgres_db):
    with pytest.raises(DBAPIError), postgres_db.reading() as session:
        session.execute(text("DELETE FROM action_token"))


def test_a_base_with_data_is_not_made_again(postgres_db, postgres):
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.create(postgres_db.url.render_as_string(hide_password=False))
    assert "ya tiene datos" in caught.value.sentence


def test_a_server_that_is_not_there_says_so(postgres):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(DatabaseUnavailable) as caught:
        Database.open(f"postgresql://postgres@127.0.0.1:{port}/oficina")
    assert "no" in caught.value.sentence
    assert str(port) not in caught.value.sentence


def test_a_database_that_is_not_there_says_so(postgres):
    with pytest.raises(DatabaseUnavailable):
        Database.open(postgres.url("no_existe"))
