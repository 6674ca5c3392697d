"""A base as one file of one moment: equal to what was there, whole or not there at all."""

import threading

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.errors import DatabaseUnavailable, FileFailed
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.snapshot import read_snapshot, take_snapshot


def change(db, actor, now, number):
    with db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO body (name, siglas, role, source, trust, version) "
                "VALUES (:name, :name, 'other', '', '', 1)"
            ),
            {"name": f"B{number}"},
        )
        record_audit(session, actor=actor, now=now, action="office.body.add", subject=f"body:{number}")


def test_a_copy_of_either_database_is_a_file_that_opens_with_all_that_was_there(
    either_db, actor, now, tmp_path
):
    for number in range(5):
        change(either_db, actor, now, number)
    taken = take_snapshot(either_db, tmp_path / "copia.db")
    assert taken.entries == 5
    assert {table.name: table.rows for table in taken.tables}["body"] == 5
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("copia", ".copia"))] == [
        "copia.db"
    ]
    copy = Database.open(tmp_path / "copia.db")
    try:
        with copy.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM body")) == 5
    finally:
        copy.close()


def test_a_copy_under_a_writer_is_of_one_moment(db, actor, now, tmp_path):
    """The rows and the trail of a copy always belong together: never half a change."""
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            change(db, actor, now, number)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            taken = take_snapshot(db, tmp_path / f"copia{number}.db")
            rows = {table.name: table.rows for table in taken.tables}
            assert rows["body"] == rows["audit_entry"] == taken.entries
    finally:
        stop.set()
        writer.join()


def test_a_copy_never_replaces_a_file(db, tmp_path):
    (tmp_path / "copia.db").write_bytes(b"otra cosa")
    with pytest.raises(FileFailed, match="Ya existe"):
        take_snapshot(db, tmp_path / "copia.db")


def test_without_a_place_there_is_no_copy(db, tmp_path):
    with pytest.raises(FileFailed, match="no quedó nada a medias"):
        take_snapshot(db, tmp_path / "no_hay" / "copia.db")


@pytest.mark.parametrize("at", [100, 4_096, 8_192])
def test_a_copy_with_a_damaged_page_is_refused(db, tmp_path, at):
    copy = tmp_path / "copia.db"
    take_snapshot(db, copy)
    with copy.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 600)
    with pytest.raises(DatabaseUnavailable, match="dañad"):
        read_snapshot(copy)


def test_a_copy_that_was_cut_is_refused(db, tmp_path):
    copy = tmp_path / "copia.db"
    take_snapshot(db, copy)
    copy.write_bytes(copy.read_bytes()[:-40_960])
    with pytest.raises(DatabaseUnavailable, match="dañad"):
        read_snapshot(copy)
