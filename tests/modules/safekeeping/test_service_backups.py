"""Copies of the office as one file: proved before they count, and no file is left where one failed."""

import errno
import hashlib
import json
import zipfile
from datetime import timedelta

import pytest
from backup_packages import PASSWORD, files_in, made
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.table_digests import digest_tables
from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
from sisfoh_desktop.modules.safekeeping.service import backups, packages, restoring

pytestmark = pytest.mark.usefixtures("quick_envelopes")


def digests_of(db):
    with db.reading() as session:
        return digest_tables(session.connection())


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_a_copy_restores_to_the_very_office(filled, archive, actor, now, stick, tmp_path, password):
    before = digests_of(filled)
    backup = made(filled, archive, actor, now, stick, password=password)
    package = stick / backup.file_name
    assert [path.name for path in stick.iterdir()] == ["respaldo-oficina-20240308-1000.sisfoh"]
    assert backup.sha256 == hashlib.sha256(package.read_bytes()).hexdigest()
    assert (backup.paper_count, backup.entry_count, backup.encrypted) == (2, 1, bool(password))
    assert backup.row_count == sum(one.rows for one in before)
    restored = restoring.restore_backup(package, tmp_path / "nueva" / "oficina.db", password=password)
    assert restored.checked.by_content
    assert files_in(restored.archive) == files_in(archive.folder)
    db = Database.open(restored.base)
    try:
        assert digests_of(db) == before
    finally:
        db.close()
    assert sorted(path.name for path in (tmp_path / "nueva").iterdir()) == ["archivo", "oficina.db"]


def test_a_copy_is_noted_with_the_head_of_its_trail(filled, archive, actor, now, stick):
    backup = made(filled, archive, actor, now, stick, occasion=Occasion.WEEKLY)
    [line] = backups.list_backups(filled)
    assert line.backup == backup
    assert line.rehearsal is None
    with filled.reading() as session:
        entry = session.execute(
            text("SELECT subject, after FROM audit_entry WHERE action = 'backup.make'")
        ).one()
        head = session.scalar(text("SELECT hash FROM audit_entry WHERE id = 1"))
    assert entry.subject == f"backup:{backup.id}"
    assert json.loads(entry.after)["sha256"] == backup.sha256
    assert backup.entry_hash == head


def test_only_what_changes_data_asks_for_another_copy(filled, archive, actor, now, stick):
    assert backups.has_changed(filled)
    made(filled, archive, actor, now, stick)
    assert not backups.has_changed(filled)
    with filled.transaction() as session:
        for action in ("session.in", "print.paper", "backup.rehearse", "export.list"):
            record_audit(session, actor=actor, now=now, action=action, subject="x:1")
    assert not backups.has_changed(filled)
    with filled.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:2")
    assert backups.has_changed(filled)
    assert backups.standing(filled).changes == 1


def test_two_copies_of_one_minute_are_two_files(db, archive, actor, now, stick):
    names = [made(db, archive, actor, now, stick).file_name for _ in range(3)]
    assert len(set(names)) == 3
    assert sorted(path.name for path in stick.iterdir()) == sorted(names)


def test_the_wrong_password_and_none_are_told_apart(db, archive, actor, now, stick, tmp_path):
    backup = made(db, archive, actor, now, stick, password=PASSWORD)
    package = stick / backup.file_name
    assert packages.needs_password(package)
    for password, code in (("", "package_password_missing"), ("otra frase larga", "package_password_wrong")):
        with pytest.raises(RuleError) as refused:
            restoring.restore_backup(package, tmp_path / "nueva" / "o.db", password=password)
        assert refused.value.code == code
        assert not (tmp_path / "nueva").exists()


def test_a_short_password_is_refused_before_anything_is_written(db, archive, actor, now, stick):
    with pytest.raises(RuleError) as refused:
        made(db, archive, actor, now, stick, password="corta")
    assert refused.value.code == "password_short"
    assert list(stick.iterdir()) == []


def test_nothing_personal_can_be_read_in_a_locked_package(db, archive, actor, now, stick):
    archive.put(b"Quispe Mamani 40000001" * 50)
    backup = made(db, archive, actor, now, stick, password=PASSWORD)
    data = (stick / backup.file_name).read_bytes()
    for told in (b"Quispe", b"40000001", b"SQLite format", b"audit_entry"):
        assert told not in data


def test_who_lacks_the_right_makes_no_copy(db, archive, now, stick):
    clerk = Actor(user="r.quispe", office="ULE", rights=frozenset({"kardex.move"}))
    with pytest.raises(RuleError) as refused:
        made(db, archive, clerk, now, stick)
    assert refused.value.code == "not_allowed"
    assert list(stick.iterdir()) == []


def test_without_the_stick_there_is_no_copy(db, archive, actor, now, tmp_path):
    with pytest.raises(FileFailed, match="Conecte la memoria"):
        made(db, archive, actor, now, tmp_path / "no_hay")


@pytest.mark.parametrize("password", ["", PASSWORD])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.ENODEV])
def test_a_full_disk_or_a_stick_pulled_out_leaves_no_file(
    db, archive, actor, now, stick, monkeypatch, number, password
):
    archive.put(b"x" * 3_000_000)
    before = digests_of(db)
    real = zipfile.ZipFile

    class Failing(real):
        def close(self):
            writing = self.mode == "w" and self.fp is not None
            super().close()
            if writing:
                raise OSError(number, "disco")

    monkeypatch.setattr(packages.zipfile, "ZipFile", Failing)
    with pytest.raises(FileFailed) as refused:
        made(db, archive, actor, now, stick, password=password)
    assert ("disco está lleno" in refused.value.sentence) == (number == errno.ENOSPC)
    assert list(stick.iterdir()) == []
    assert digests_of(db) == before


def test_a_copy_that_is_stopped_leaves_no_file(db, archive, actor, now, stick):
    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        made(db, archive, actor, now, stick, progress=stop)
    assert list(stick.iterdir()) == []
    assert backups.list_backups(db) == []


def test_a_copy_spoiled_on_its_way_to_the_disk_does_not_count(db, archive, actor, now, stick, monkeypatch):
    real = backups._write

    def spoiled(*told):
        manifest = real(*told)
        data = bytearray(told[2].read_bytes())
        data[len(data) // 2] ^= 1
        told[2].write_bytes(data)
        return manifest

    monkeypatch.setattr(backups, "_write", spoiled)
    with pytest.raises(FileFailed, match="dañado"):
        made(db, archive, actor, now, stick)
    assert list(stick.iterdir()) == []


def test_what_a_power_cut_left_is_cleared_a_day_later(db, archive, actor, now, stick):
    left = stick / ".respaldo-MPT-20240101-0800.sisfoh.sin-terminar"
    left.write_bytes(b"half")
    import os

    made(db, archive, actor, now, stick)
    assert left.exists() == (now.timestamp() - left.stat().st_mtime < 86_400) if left.exists() else True
    left.write_bytes(b"half")
    old = (now - timedelta(days=2)).timestamp()
    os.utime(left, (old, old))
    made(db, archive, actor, now, stick)
    assert not left.exists()
