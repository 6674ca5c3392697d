"""Forged and damaged packages are refused, and a refusal leaves nothing behind."""

import json
import zipfile

import pytest
from backup_packages import FORGERIES, PASSWORD, files_in, made, rewritten, with_manifest

from sisfoh_desktop.basics.errors import DatabaseTooNew, FileFailed, RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.modules.safekeeping.service import packages, restoring

pytestmark = pytest.mark.usefixtures("quick_envelopes")


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
