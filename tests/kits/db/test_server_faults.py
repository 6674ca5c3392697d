"""The server restarted and cables cut while eight desks write: nothing told is lost, nothing is done twice."""

import contextlib
import os
import random
import signal
import time
from collections import Counter

import psycopg
import pytest
from lan_desks import Desks, open_office
from lan_server import BASE, CLERK, check_office, lay_bare_tables, office_server
from temp_postgres import TempPostgres, binaries
from tls_relay import Relay

from sisfoh_desktop.db.database import Database

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="desks are forked"),
]

DESKS, FAULTS, RESTARTS = 8, 100, 8


@pytest.fixture
def server():
    """A server of this test's own that may be restarted: what it has committed outlives its own death."""
    if binaries() is None:
        assert not os.environ.get("CI"), "PostgreSQL must be here"
        pytest.skip("PostgreSQL is not here: install the development set-up or set TEST_PG_BIN")
    with office_server() as server:
        yield server


def kill_some(server: TempPostgres, chance: random.Random) -> int:
    """End the connections of one or two desks, at work by preference; how many."""
    try:
        with psycopg.connect(server.url(), autocommit=True) as admin:
            row = admin.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity "
                "WHERE application_name = 'sisfoh-desktop' ORDER BY (state = 'idle'), random() LIMIT %s) one",
                [chance.randrange(1, 3)],
            ).fetchone()
            return row[0] if row else 0
    except psycopg.OperationalError:
        return 0


def test_nothing_told_is_lost_or_doubled_whatever_befalls_the_server(server, tmp_path):
    chance = random.Random(6)
    owner = Database.open(server.url(BASE))
    faults = restarts = killed = cut = 0
    with Relay(server.port) as cable:
        address = server.url(BASE, CLERK).replace(f":{server.port}/", f":{cable.port}/")
        office = open_office(owner, address, tmp_path / "mesas", desks=DESKS)
        owner.close()
        with Desks(office) as desks:
            while faults < FAULTS:
                time.sleep(chance.uniform(0.08, 0.3))
                if restarts < RESTARTS and faults >= (restarts + 1) * FAULTS // (RESTARTS + 1):
                    server.stop(signal.SIGQUIT if restarts % 2 else signal.SIGINT)
                    time.sleep(chance.uniform(0.05, 0.3))
                    server.start()
                    restarts += 1
                    faults += 1
                    continue
                if chance.random() < 0.5:  # the answer to a COMMIT may be on its way
                    ended = cable.cut()
                    cut += ended
                else:
                    ended = kill_some(server, chance)
                    killed += ended
                faults += bool(ended)
    notes = desks.notes()
    assert desks.codes == [0] * DESKS, desks.errors()
    assert restarts == RESTARTS
    db = Database.open(server.url(BASE))
    try:
        check_office(db, office, notes)
    finally:
        db.close()
    again = sum(note.tries > 1 for note in notes)
    print(
        f"{faults} faults ({restarts} restarts, {killed} sessions killed, {cut} cables cut), "
        f"{len(notes)} answers to {DESKS} desks "
        f"{dict(Counter(note.kind for note in notes if not note.refused))}, {again} asked again, "
        f"{dict(Counter(note.refused for note in notes if note.refused))} refused"
    )


def test_a_window_left_open_over_a_restart_goes_on(server, actor, now):
    from sisfoh_desktop.modules.office import service

    db = Database.open(server.url(BASE, CLERK))
    service.list_norms(db)
    server.stop()
    server.start()
    assert service.list_norms(db) == []
    with contextlib.closing(psycopg.connect(server.url(), autocommit=True)) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sisfoh-desktop'"
        )
    assert db.run_once("t", lambda _session: 7) == 7
    db.close()


def test_twenty_desks_at_once_for_a_while(server, tmp_path):
    """The short form of `tests/benchmarks/lan_office.py`: no error, and all that was told is there."""
    lay_bare_tables(server)
    owner = Database.open(server.url(BASE))
    office = open_office(
        owner,
        server.url(BASE, CLERK),
        tmp_path / "mesas",
        desks=20,
        weights=[3, 2, 3, 12],
        pauses=[0.2, 1.0],
        bare_url=server.url("directo"),
    )
    owner.close()
    with Desks(office) as desks:
        time.sleep(20)
    notes = desks.notes()
    assert desks.codes == [0] * 21, desks.errors()
    assert {note.tries for note in notes} == {1}
    db = Database.open(server.url(BASE))
    try:
        check_office(db, office, notes)
    finally:
        db.close()
