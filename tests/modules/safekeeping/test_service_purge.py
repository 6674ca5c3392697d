"""Purging a practice base: all of it goes, nothing else does, and a real base never."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.drafts import Draft, DraftBox, DraftField
from sisfoh_desktop.basics.errors import DatabaseUnavailable, RuleError
from sisfoh_desktop.basics.progress import Cancelled
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive
from sisfoh_desktop.modules.safekeeping.rules.purge import Purged, purged_words
from sisfoh_desktop.modules.safekeeping.service import purge

KEEPER = Actor("rosa", rights=frozenset({"base.manage"}))


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "datos"
    monkeypatch.setenv("SISFOH_DATOS", str(folder))
    return folder


@pytest.fixture
def archive(practice) -> Archive:
    return Archive(practice.parent / "archivo")


def draft(base: Path, user: str, now) -> Path:
    box = DraftBox(str(base), user)
    box.keep(Draft("plan:1", "Plan", now, (DraftField("title", "Título", "", "Secreto", "Secreto"),)))
    return box.folder


def planned(db, archive, now, actor=KEEPER):
    return purge.plan_purge(db, archive, actor=actor, now=now)


def carry_out(plan, now):
    return purge.carry_out(plan, actor=KEEPER, now=now)


def code_of(call) -> str:
    with pytest.raises(RuleError) as refused:
        call()
    assert "borró nada" in refused.value.sentence or refused.value.code == "not_allowed"
    return refused.value.code


def test_base_papers_copies_and_drafts_go_and_what_is_not_its_own_stays(practice, practice_db, archive, now):
    folder = practice.parent
    sha256 = archive.put(b"un papel")
    (archive.folder / "leame.txt").write_text("ajeno")
    (archive.folder / "zz").mkdir()
    (archive.folder / sha256[:2] / "notas.txt").write_text("ajeno")
    (folder / "foto.jpg").write_bytes(b"ajeno")
    elsewhere = folder.parent / "otra"
    elsewhere.mkdir()
    (elsewhere / "base.db").write_bytes(b"ajeno")
    mine, theirs = draft(practice, "rosa", now), draft(elsewhere / "base.db", "rosa", now)
    plan = planned(practice_db, archive, now)
    assert archive.path(sha256) in plan.files
    copy = practice.with_name("practica.copia-0020.db")
    practice_db.close()
    shutil.copyfile(practice, copy)
    db = Database.open(practice)
    plan = planned(db, archive, now)
    db.close()
    assert copy in plan.files
    done = carry_out(plan, now)
    assert (done.left, done.overwritten) == ((), True)
    assert "sobrescribió" in purged_words(done)
    assert not any(path.name.startswith("practica") for path in folder.iterdir())
    assert not mine.exists()
    assert theirs.exists()
    assert (archive.folder / "leame.txt").exists()
    assert (archive.folder / sha256[:2] / "notas.txt").exists()
    assert (folder / "foto.jpg").exists()
    assert (elsewhere / "base.db").exists()


def test_an_archive_with_nothing_else_in_it_goes_with_its_folder(practice, practice_db, archive, now):
    plan = planned(practice_db, archive, now)
    practice_db.close()
    carry_out(plan, now)
    assert list(practice.parent.iterdir()) == []


def test_what_was_in_the_files_is_overwritten_before_they_go(practice, practice_db, archive, now):
    """A second name of the same file shows what is left on the disk."""
    sha256 = archive.put(b"DNI 40000001" * 1000)
    witness, paper = practice.parent.parent / "testigo", practice.parent.parent / "papel"
    plan = planned(practice_db, archive, now)
    practice_db.close()
    witness.hardlink_to(practice)
    paper.hardlink_to(archive.path(sha256))
    before = practice.read_bytes()[-4096:]
    carry_out(plan, now)
    left = witness.read_bytes()
    assert not left.startswith(b"SQLite")
    assert before not in left
    assert b"40000001" not in paper.read_bytes()


def test_a_real_base_is_refused_when_it_is_asked_and_again_before_the_first_file_goes(
    db, practice, practice_db, archive, now
):
    real = Archive(db.path.parent / "archivo")
    assert code_of(lambda: planned(db, real, now)) == "purge_real"
    plan = planned(practice_db, archive, now)
    practice_db.close()
    db.close()
    shutil.copyfile(db.path, practice)  # somebody put a real base in its place meanwhile
    before = practice.read_bytes()
    assert code_of(lambda: carry_out(plan, now)) == "purge_real"
    assert practice.read_bytes() == before
    assert all(path.exists() for path in plan.files if not path.name.endswith(("-wal", "-shm")))


def test_without_the_right_nobody_purges(practice_db, archive, now):
    clerk = Actor("luis", rights=frozenset({"backup.make"}))
    assert code_of(lambda: planned(practice_db, archive, now, clerk)) == "not_allowed"
    plan = planned(practice_db, archive, now)
    assert code_of(lambda: purge.carry_out(plan, actor=clerk, now=now)) == "not_allowed"
    assert plan.base.exists()


def test_a_server_is_refused(postgres_db, archive, now):
    assert code_of(lambda: planned(postgres_db, archive, now)) == "purge_server"


def test_papers_that_another_base_of_the_folder_may_use_are_not_touched(practice, practice_db, archive, now):
    (practice.parent / "real.db").write_bytes(b"otra")
    assert code_of(lambda: planned(practice_db, archive, now)) == "purge_shared"


def test_an_archive_that_lies_elsewhere_is_never_touched(practice, practice_db, tmp_path, now):
    shared = Archive(tmp_path / "compartido")
    sha256 = shared.put(b"de otra oficina")
    plan = planned(practice_db, shared, now)
    practice_db.close()
    carry_out(plan, now)
    assert shared.get(sha256) == b"de otra oficina"
    assert not practice.exists()


def test_links_inside_the_archive_are_not_followed(practice, practice_db, archive, tmp_path, now):
    outside = tmp_path / "fuera"
    outside.mkdir()
    victim = outside / ("a" * 64)
    victim.write_bytes(b"ajeno")
    archive.folder.mkdir(exist_ok=True)
    (archive.folder / "ab").symlink_to(outside, target_is_directory=True)
    (archive.folder / "cd").mkdir(exist_ok=True)
    (archive.folder / "cd" / ("b" * 64)).symlink_to(victim)
    plan = planned(practice_db, archive, now)
    practice_db.close()
    carry_out(plan, now)
    assert victim.read_bytes() == b"ajeno"


def test_while_another_window_works_on_it_nothing_goes(practice, practice_db, archive, now):
    plan = planned(practice_db, archive, now)
    with pytest.raises(DatabaseUnavailable, match="abierta en otra ventana"):
        carry_out(plan, now)
    assert practice.exists()


def test_what_could_not_be_removed_or_overwritten_is_said():
    words = purged_words(Purged(2, False, (Path("/x/papel"),)))
    assert "2 archivos borrados" in words
    assert "no permitió sobrescribirlos" in words
    assert "No se pudieron borrar 1 (papel)" in words


def test_cancelled_before_the_first_file_nothing_is_changed(practice, practice_db, archive, now):
    sha256 = archive.put(b"un papel")
    plan = planned(practice_db, archive, now)
    practice_db.close()

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        purge.carry_out(plan, actor=KEEPER, now=now, progress=stop)
    db = Database.open(practice)
    assert planned(db, archive, now).files == plan.files
    with db.reading() as session:
        assert "base.purge" not in session.scalars(text("SELECT action FROM audit_entry")).all()
    db.close()
    assert archive.get(sha256) == b"un papel"


def test_stopped_halfway_the_base_is_there_to_be_purged_again(practice, practice_db, archive, now):
    for number in range(5):
        archive.put(b"papel %d" % number)
    plan = planned(practice_db, archive, now)
    practice_db.close()
    told = []

    def stop(done, total):
        told.append((done, total))
        if done == 3:
            raise Cancelled

    done = purge.carry_out(plan, actor=KEEPER, now=now, progress=stop)
    assert told == [(number, plan.file_count) for number in range(4)]
    assert done.stopped
    assert "se detuvo a su pedido: 3 archivos borrados" in purged_words(done)
    assert practice.exists()
    db = Database.open(practice)
    again = planned(db, archive, now)
    db.close()
    assert not carry_out(again, now).stopped
    assert not practice.exists()
