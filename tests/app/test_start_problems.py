"""What may be wrong at the start, found on real files: damaged, moved, locked, read-only, a disk without room."""

import contextlib
import errno
import os
import sqlite3
from collections import namedtuple
from datetime import datetime

import pytest
import sqlcipher3.dbapi2 as sqlite

from sisfoh_desktop.app import installed_files, start_problems
from sisfoh_desktop.app.start_problems import (
    Trouble,
    base_problem,
    data_folder_problem,
    disk_problem,
    files_problem,
    find_problems,
    last_copy,
    rescue_settings,
    screen_problem,
)
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import DatabaseTooNew, DatabaseUnavailable, FileFailed
from sisfoh_desktop.basics.settings import PcSettings

NOW = datetime(2024, 3, 8, 10, 0, tzinfo=LIMA)
REFUSED = DatabaseUnavailable("No se abrió.")
Usage = namedtuple("Usage", "total used free")


# -- settings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rubbish", [b"\xff\xfe\x00", b"[[[ sin cerrar\n", b"\0\0\0\0"])
def test_damaged_settings_are_put_aside_and_what_can_be_read_is_kept(own_folder, rubbish):
    PcSettings(database="D:/oficina.db", user="ana", theme="dark").save()
    path = PcSettings.default_path()
    whole = path.read_bytes()
    path.write_bytes(whole + rubbish)
    with pytest.raises(FileFailed) as refused:
        PcSettings.load()
    settings, problem = rescue_settings(refused.value, NOW)
    assert (settings.database, settings.user, settings.theme) == ("D:/oficina.db", "ana", "dark")
    assert "sisfoh.dañado-20240308-100000.ini" in problem.sentence
    assert (own_folder / "sisfoh.dañado-20240308-100000.ini").read_bytes() == whole + rubbish
    assert PcSettings.load() == settings  # the next start is an ordinary one


def test_settings_of_which_nothing_is_left_begin_anew_and_say_so(own_folder):
    own_folder.mkdir()
    PcSettings.default_path().write_bytes(os.urandom(300))
    settings, problem = rescue_settings(FileFailed("x"), NOW)
    assert settings == PcSettings()
    assert problem.sentence.startswith("No se pudo rescatar nada")


def test_a_password_in_damaged_settings_is_not_taken_over(own_folder):
    own_folder.mkdir()
    PcSettings.default_path().write_text(
        "database = postgresql://ule:secreta@servidor/b\n[[", encoding="utf-8"
    )
    settings, _problem = rescue_settings(FileFailed("x"), NOW)
    assert settings.database == ""


# -- the place -------------------------------------------------------------------------------------------


def test_a_sound_pc_has_no_problem(base):
    assert find_problems(str(base)) == []


def test_a_data_folder_that_cannot_be_written(monkeypatch, tmp_path):
    (tmp_path / "ocupado").write_text("x", encoding="utf-8")
    monkeypatch.setenv("SISFOH_DATOS", str(tmp_path / "ocupado"))
    problem = data_folder_problem()
    assert problem.trouble is Trouble.DATA_FOLDER
    assert "ocupado" in problem.sentence


def test_little_room_names_the_disk(base, monkeypatch):
    monkeypatch.setattr(start_problems.shutil, "disk_usage", lambda _place: Usage(10**9, 10**9, 12_000_000))
    problem = disk_problem(str(base))
    assert "quedan 12 MB" in problem.sentence


def test_a_disk_that_does_not_tell_is_not_called_full(monkeypatch):
    def broken(_place: object) -> None:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(start_problems.shutil, "disk_usage", broken)
    assert disk_problem("") is None


def test_missing_program_files_are_named_and_the_cure_is_to_install_again(monkeypatch):
    assert files_problem() is None
    monkeypatch.setattr(installed_files, "_NEEDED", (("fonts", "NoHay.ttf"), ("icons", "nada.svg")))
    problem = files_problem()
    assert problem.sentence.startswith("Faltan resources/fonts/NoHay.ttf, resources/icons/nada.svg:")
    assert "vuelva a instalarlo" in problem.sentence


@pytest.mark.parametrize(
    ("width", "height", "scale", "small"),
    [(1366, 728, 100, False), (1024, 600, 100, False), (1023, 728, 100, True), (1366, 599, 100, True),
     (1366, 728, 160, True), (1920, 1040, 160, False)],
)  # fmt: skip
def test_when_a_screen_is_too_small(width, height, scale, small):
    problem = screen_problem(width, height, scale)
    assert (problem is not None) is small
    if problem is not None and scale > 100:
        assert "Use el texto al 100 %" in problem.sentence


# -- the base --------------------------------------------------------------------------------------------


def test_a_base_that_was_moved(base):
    base.rename(base.with_name("otra.db"))
    assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_MISSING


def test_a_file_that_is_no_base(base):
    base.write_bytes(b"hola" * 5_000)
    problem = base_problem(str(base), REFUSED)
    assert problem.trouble is Trouble.BASE_DAMAGED
    assert "No lo borre" in problem.sentence
    assert base.read_bytes() == b"hola" * 5_000


def test_a_base_with_damaged_pages(base):
    raw = bytearray(base.read_bytes())
    for start in range(4_096 * 3, len(raw), 4_096):
        raw[start : start + 600] = b"\x55" * 600
    base.write_bytes(raw)
    assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_DAMAGED


def test_a_base_that_another_program_does_not_let_go(base):
    holder = sqlite.connect(str(base), isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_LOCKED
    finally:
        holder.close()


def test_a_base_on_a_full_disk(base, monkeypatch):
    monkeypatch.setattr(start_problems.shutil, "disk_usage", lambda _place: Usage(10**9, 10**9, 0))
    assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_DISK


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_base_that_may_not_be_written(base):
    base.chmod(0o400)
    assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_READ_ONLY


def test_a_base_that_sqlite_finds_read_only(base, monkeypatch):
    class Closed:
        def execute(self, _order: str) -> None:
            raise sqlite.OperationalError("attempt to write a readonly database")

        def close(self) -> None:
            pass

    monkeypatch.setattr("sisfoh_desktop.db.cipher.connect_file", lambda _path, **_how: Closed())
    assert base_problem(str(base), REFUSED).trouble is Trouble.BASE_READ_ONLY


def test_a_newer_base_and_anything_else_keep_the_sentence_of_the_refusal(base):
    newer = base_problem(str(base), DatabaseTooNew("Instale la versión nueva."))
    assert (newer.trouble, newer.sentence) == (Trouble.BASE_TOO_NEW, "Instale la versión nueva.")
    other = base_problem(str(base), REFUSED)
    assert (other.trouble, other.sentence) == (Trouble.BASE_OTHER, "No se abrió.")


def test_looking_at_a_base_changes_nothing_in_it(base):
    before = base.read_bytes()
    base_problem(str(base), REFUSED)
    with contextlib.closing(sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert base.read_bytes() == before


def test_the_newest_copy_that_can_be_seen_is_offered(base, tmp_path):
    folder = tmp_path / "copias"
    folder.mkdir()
    settings = PcSettings(backup_folder=str(folder))
    assert last_copy(settings, str(base)) is None
    for number, name in enumerate(("vieja.sisfoh", "nueva.sisfoh")):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (1_709_900_000 + number * 60,) * 2)
    (folder / "otra.zip").write_bytes(b"x")
    assert last_copy(settings, str(base)).words == "nueva.sisfoh, del 08/03/2024 a las 07:14"
