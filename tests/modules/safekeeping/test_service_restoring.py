"""A copy is restored only into a new place; a rehearsal proves it and leaves nothing."""

import json

import pytest
from backup_packages import PASSWORD, made, rewritten, swap_paper
from sqlalchemy import text

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.modules.safekeeping.service import backups, restoring

pytestmark = pytest.mark.usefixtures("quick_envelopes")


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
