"""Copies of the office as one file: proved before they count, restored only into a new place."""

import errno
import hashlib
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseTooNew, FileFailed, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.table_digests import digest_tables
from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
from sisfoh_desktop.modules.safekeeping.service import backups, packages, restoring

PASSWORD = "una frase larga ñ"
pytestmark = pytest.mark.usefixtures("quick_envelopes")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "memoria"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(either_db, archive, actor, now):
    """An office on either database with two papers in its archive."""
    archive.put(b"%PDF-1.7 uno")
    archive.put(b"%PDF-1.7 dos" * 100_000)
    with either_db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    return either_db


def made(db, archive, actor, now, stick, **more):
    return backups.make_backup(db, archive, actor=actor, now=now, folder=stick, **more)


def digests_of(db):
    with db.reading() as session:
        return digest_tables(session.connection())


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


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


# -- restoring only into a new place ---------------------------------------------------------------------


@pytest.fixture
def package(db, archive, actor, now, stick):
    archive.put(b"%PDF-1.7 uno")
    return stick / made(db, archive, actor, now, stick).file_name


def test_a_base_is_never_restored_over(db, package, tmp_path):
    before = db.path.read_bytes()
    with pytest.raises(RuleError) as refused:
        restoring.restore_backup(package, db.path)
    assert refused.value.code == "target_taken"
    other = tmp_path / "otra"
    (other / "archivo").mkdir(parents=True)
    (other / "archivo" / "papel").write_bytes(b"de otra oficina")
    with pytest.raises(RuleError) as refused:
        restoring.restore_backup(package, other / "nueva.db")
    assert refused.value.code == "target_taken"
    assert db.path.read_bytes() == before
    assert sorted(path.name for path in other.iterdir()) == ["archivo"]


def test_a_network_share_is_no_place(package, tmp_path, monkeypatch):
    monkeypatch.setattr(restoring, "on_network_share", lambda _path: True)
    with pytest.raises(FileFailed, match="carpeta de red"):
        restoring.restore_backup(package, tmp_path / "nueva" / "o.db")


def test_too_little_room_is_told_before(package, tmp_path, monkeypatch):
    class Full:
        free = 1_000

    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda _path: Full)
    with pytest.raises(FileFailed, match="Libere espacio"):
        restoring.restore_backup(package, tmp_path / "nueva" / "o.db")
    assert not (tmp_path / "nueva").exists()


def test_restoring_from_within_the_office_is_noted(db, package, tmp_path, actor, now):
    restoring.restore_noted(db, package, tmp_path / "nueva" / "o.db", actor=actor, now=now)
    with db.reading() as session:
        after = session.scalar(text("SELECT after FROM audit_entry WHERE action = 'backup.restore'"))
    assert json.loads(after)["target"].endswith("o.db")


# -- forged and damaged packages -------------------------------------------------------------------------


def rewritten(package: Path, change) -> Path:
    """The same package with its members changed by `change(names -> bytes)`."""
    with zipfile.ZipFile(package) as source:
        members = {info.filename: source.read(info) for info in source.infolist()}
    change(members)
    forged = package.with_name("forjado.sisfoh")
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return forged


def with_manifest(members, **changes):
    values = json.loads(members["manifiesto.json"])
    values.update(changes)
    members["manifiesto.json"] = json.dumps(values).encode()
    return values


def swap_paper(members):
    name = next(name for name in members if name.startswith("archivo/"))
    members[name] = members[name][:-1] + b"!"


def slip(members):
    members["../../etc/malo"] = b"x"


def slip_in_list(members):
    values = json.loads(members["manifiesto.json"])
    values["papers"].append(
        {"name": "../../malo", "byte_count": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    )
    members["manifiesto.json"] = json.dumps(values).encode()
    members["../../malo"] = b"x"


def fewer_entries(members):
    with_manifest(members, entries=0, head="0" * 64)


def one_row_more(members):
    values = json.loads(members["manifiesto.json"])
    values["tables"][0]["rows"] += 1
    members["manifiesto.json"] = json.dumps(values).encode()


def other_base(members):
    data = members["base.db"] = b"SQLite format 3\x00" + b"\x00" * 4096
    base = {"name": "base.db", "byte_count": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with_manifest(members, base=base)


def no_base(members):
    del members["base.db"]


def no_list(members):
    del members["manifiesto.json"]


def text_list(members):
    members["manifiesto.json"] = b"[" * 100_000


def said_encrypted(members):
    with_manifest(members, encrypted=True)


def old_revision(members):
    with_manifest(members, revision="0001")


FORGERIES = (
    swap_paper,
    slip,
    slip_in_list,
    fewer_entries,
    one_row_more,
    other_base,
    no_base,
    no_list,
    text_list,
    said_encrypted,
    old_revision,
)


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda one: one.__name__)
def test_a_forged_package_is_refused_and_leaves_nothing(db, archive, actor, now, stick, tmp_path, forge):
    archive.put(b"%PDF-1.7 uno")
    with db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    package = stick / made(db, archive, actor, now, stick).file_name
    forged = rewritten(package, forge)
    with pytest.raises((FileFailed, restoring.EnvironmentFailed)) as refused:
        restoring.restore_backup(forged, tmp_path / "nueva" / "o.db")
    assert "no se" in refused.value.sentence.lower()
    assert not (tmp_path / "nueva").exists()
    assert not (tmp_path / "malo").exists()


def test_a_package_of_a_newer_program_is_told_so(package, tmp_path):
    forged = rewritten(package, lambda members: with_manifest(members, revision="9999"))
    with pytest.raises(DatabaseTooNew, match="versión más nueva"):
        restoring.restore_backup(forged, tmp_path / "nueva" / "o.db")
    forged = rewritten(package, lambda members: with_manifest(members, format_version=2))
    with pytest.raises(FileFailed, match="versión más nueva"):
        restoring.restore_backup(forged, tmp_path / "nueva" / "o.db")


def test_a_bomb_is_refused_without_being_blown_up(package, tmp_path):
    size = 400_000_000
    bomb = package.with_name("bomba.sisfoh")
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        values = json.loads(source.read("manifiesto.json"))
        values["base"]["byte_count"] = size
        target.writestr("manifiesto.json", json.dumps(values))
        with target.open("base.db", "w") as out:
            for _ in range(size // 4_000_000):
                out.write(b"\0" * 4_000_000)
        for paper in values["papers"]:
            target.writestr(paper["name"], source.read(paper["name"]))
    with pytest.raises(FileFailed, match="dañado o fue alterado"):
        restoring.restore_backup(bomb, tmp_path / "nueva" / "o.db")
    assert not (tmp_path / "nueva").exists()


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_any_byte_changed_or_cut_is_noticed_or_harmless(db, archive, actor, now, stick, tmp_path, password):
    """Restored is only ever the very office: nothing but the note for the reader or a date may have changed."""
    archive.put(b"%PDF-1.7 uno")
    backup = made(db, archive, actor, now, stick, password=password)
    data = (stick / backup.file_name).read_bytes()
    before = files_in(archive.folder)
    damaged = stick / "malo.sisfoh"
    step = max(1, len(data) // 12)
    for number, at in enumerate(range(7, len(data), step)):
        spoiled = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :] if number % 3 else data[:at]
        damaged.write_bytes(spoiled)
        place = tmp_path / f"n{number}"
        try:
            restored = restoring.restore_backup(damaged, place / "o.db", password=password)
        except (RuleError, restoring.EnvironmentFailed):
            assert not place.exists()
        else:
            assert files_in(restored.archive) == before
            assert restored.checked.by_content


@pytest.mark.parametrize("data", [b"", b"hola", b"PK\x05\x06" + b"\0" * 18, b"SQLite format 3\0" * 100])
def test_what_is_no_package_is_told(tmp_path, data):
    other = tmp_path / "otro.sisfoh"
    other.write_bytes(data)
    with pytest.raises(FileFailed, match="dañado o fue alterado"):
        restoring.restore_backup(other, tmp_path / "nueva" / "o.db")
    assert not packages.needs_password(other)


def test_a_package_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileFailed, match="No existe"):
        restoring.restore_backup(tmp_path / "nada.sisfoh", tmp_path / "nueva" / "o.db")


# -- rehearsals ------------------------------------------------------------------------------------------


def test_a_rehearsal_proves_a_copy_and_leaves_nothing(filled, archive, actor, now, stick):
    backup = made(filled, archive, actor, now, stick)
    tried = restoring.rehearse_restore(filled, stick / backup.file_name, actor=actor, now=now)
    assert tried.ok
    assert "Es la copia que figura en esta base" in tried.detail
    [line] = backups.list_backups(filled)
    assert line.rehearsal == tried
    assert backups.standing(filled).rehearsed_at == now


def test_a_rehearsal_that_fails_is_noted_as_well(db, package, archive, actor, now):
    forged = rewritten(package, swap_paper)
    tried = restoring.rehearse_restore(db, forged, actor=actor, now=now)
    assert not tried.ok
    assert "alterado" in tried.detail
    assert backups.standing(db).rehearsed_at is None
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM restore_rehearsal")) == 1


def test_a_wrong_password_is_no_rehearsal(db, archive, actor, now, stick):
    backup = made(db, archive, actor, now, stick, password=PASSWORD)
    with pytest.raises(RuleError):
        restoring.rehearse_restore(db, stick / backup.file_name, actor=actor, now=now, password="no es esta")
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM restore_rehearsal")) == 0


def test_the_practice_office_is_rehearsed_whole(practice_db, practice, actor, now, stick):
    from sisfoh_desktop.documents.archive import Archive

    archive = Archive(practice.parent / "archivo")
    backup = made(practice_db, archive, actor, now, stick, password=PASSWORD)
    assert backup.file_name.startswith("respaldo-practica-")
    tried = restoring.rehearse_restore(
        practice_db, stick / backup.file_name, actor=actor, now=now, password=PASSWORD
    )
    assert tried.ok, tried.detail
