"""Opening and closing a base: ledgers from before are sealed, and a trail that is not the one seen here is told."""

import shutil

import sqlcipher3.dbapi2 as sqlite
from ledger_books import add_rows, faults_of, past_the_program
from sqlalchemy import text
from trails import find_head

from sisfoh_desktop.app import cli, wiring
from sisfoh_desktop.basics.witness import Witness
from sisfoh_desktop.db.base_file import settle
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.seals import LEDGERS


def opened_and_closed(path, settings, now):
    opened = wiring.open_base(str(path), settings=settings, now=now)
    wiring.close_base(opened, settings=settings, now=now)
    return opened.notice


def test_a_new_base_has_its_ledgers_begun_and_its_head_remembered(tmp_path, settings, now):
    opened = wiring.create_base(tmp_path / "oficina.db", settings=settings, now=now)
    with opened.db.reading() as session:
        assert set(session.scalars(text("SELECT ledger FROM sealed_ledger"))) == LEDGERS.keys()
    head = find_head(opened.db)
    assert opened.notice == ""
    wiring.close_base(opened, settings=settings, now=now)
    assert Witness().find(head.base_id).entries == head.entries


def test_ledgers_from_before_are_sealed_when_the_base_is_opened(db, settings, now):
    with past_the_program(db) as session:
        add_rows(session, "backup", 5)
    assert "libros" in faults_of(db)
    assert opened_and_closed(db.path, settings, now) == ""
    assert faults_of(db) == {}


def test_migrar_seals_them_too(db, now, capsys):
    with past_the_program(db) as session:
        add_rows(session, "backup", 5)
    assert cli.main(["migrar", "--base", str(db.path)]) == 0
    assert faults_of(db) == {}


def test_a_base_whose_end_was_cut_is_told_at_opening_and_opens(tmp_path, settings, now):
    path = tmp_path / "oficina.db"
    wiring.create_base(path, settings=settings, now=now).db.close()
    settle(path)
    earlier = tmp_path / "anterior.db"
    shutil.copyfile(path, earlier)
    opened = wiring.open_base(str(path), settings=settings, now=now)
    with opened.db.transaction() as session:
        add_rows(session, "backup", 1)
    wiring.close_base(opened, settings=settings, now=now)
    earlier.replace(path)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    assert "más corto que el que este equipo vio" in opened_and_closed(path, settings, now)
    assert opened_and_closed(path, settings, now) == "", "told once"


def test_practice_offices_are_not_watched(practice, settings, now):
    assert opened_and_closed(practice, settings, now) == ""
    db = Database.open(practice)
    assert Witness().find(find_head(db).base_id) is None
    db.close()


def test_comprobar_names_the_row_that_somebody_touched(tmp_path, settings, now, capsys):
    path = tmp_path / "oficina.db"
    opened = wiring.create_base(path, settings=settings, now=now)
    with opened.db.transaction() as session:
        add_rows(session, "backup", 3)
    wiring.close_base(opened, settings=settings, now=now)
    connection = sqlite.connect(str(path))
    connection.execute("DROP TRIGGER backup_no_update")
    connection.execute("UPDATE backup SET place = 'otro' WHERE id = 2")
    connection.commit()
    connection.close()
    assert cli.main(["comprobar", "--base", str(path)]) == 4
    told = capsys.readouterr().out
    assert "FALLA  libros: backup: la fila 2 fue cambiada fuera del programa." in told
    assert "Bien   auditoría" in told
