"""Old copies go only when asked, and only the very files that were made."""

from datetime import timedelta

from sqlalchemy import text

from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, Occasion
from sisfoh_desktop.modules.safekeeping.service import thinning
from sisfoh_desktop.modules.safekeeping.service.packages import hash_file
from sisfoh_desktop.modules.safekeeping.store import backups as store


def noted(db, folder, moment, number):
    path = folder / f"r{number}.sisfoh"
    path.write_bytes(f"copia {number}".encode())
    with db.transaction() as session:
        store.add_backup(
            session,
            Backup(
                0,
                moment,
                "rosa",
                Occasion.DEMAND,
                path.name,
                str(folder),
                hash_file(path),
                7,
                1,
                1,
                1,
                "0" * 64,
                False,
            ),
        )
    return path


def test_old_copies_are_named_and_go_only_if_they_are_what_was_made(either_db, actor, now, tmp_path):
    folder = tmp_path / "memoria"
    folder.mkdir()
    paths = [noted(either_db, folder, now - timedelta(hours=6 * number), number) for number in range(12)]
    old = thinning.list_old_copies(either_db)
    assert 0 < len(old.copies) < 12
    assert "r0.sisfoh" not in {one.file_name for one in old.copies}
    swapped = thinning.path_of(old.copies[0])
    swapped.write_bytes(b"otra cosa con ese nombre")
    assert thinning.remove_copies(either_db, old, actor=actor, now=now) == len(old.copies) - 1
    assert swapped.exists()
    assert paths[0].exists()
    with either_db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_entry WHERE action = 'backup.remove'")) == 1
    swapped.unlink()
    assert thinning.list_old_copies(either_db).copies == ()
