"""The first day when something breaks: killed at each step, a full disk, a folder that cannot be written, a base that
is encrypted. What was typed comes back, what was stored is whole, and nothing is stored twice.
"""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import first_day_dying as dying
import pytest
from sqlalchemy import event

from sisfoh_desktop.app.login_dialog import LoginDialog
from sisfoh_desktop.basics import drafts, paths
from sisfoh_desktop.db import cipher
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.cipher import BaseKey, is_encrypted
from sisfoh_desktop.db.database import Database, allow_current_thread, forbid_current_thread
from sisfoh_desktop.db.recrypt import recrypt
from sisfoh_desktop.modules.office.service import first_day as office
from sisfoh_desktop.modules.people.service import passwords, users
from sisfoh_desktop.modules.safekeeping.service import backups, packages
from sisfoh_desktop.qtkit.messages import Toast

TESTS = Path(dying.__file__).parent


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def sealed_base(base, monkeypatch):
    """The base, encrypted; its key is in the surroundings, as on a PC without a keyring."""
    key = BaseKey.new()
    recrypt(base, key, finish=lambda _new: None)
    monkeypatch.setenv(cipher.VARIABLE, key.text)
    yield base
    cipher.forget_keys()


@pytest.fixture
def begin(make_window, settle):
    """The assistant on a base, opened from the menu, with everything answered."""

    def open_one(base, stick):
        window = make_window(str(base))
        settle()
        window.first_day.open()
        settle()
        dying.answer(window.first_day.dialog, stick)
        settle()
        return window.first_day.dialog

    return open_one


def die_at(moment: str, base: Path, stick: Path) -> None:
    program = [sys.executable, str(TESTS / "first_day_dying.py"), str(base), str(stick), moment]
    surroundings = {**os.environ, "PYTHONPATH": str(TESTS.parent), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        program, env=surroundings, cwd=TESTS.parent, capture_output=True, timeout=180, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-2000:]


class Stored:
    """What a base holds, read as another program would."""

    def __init__(self, base: Path, now) -> None:
        allow_current_thread()
        db = Database.open(base)
        try:
            self.office = office.load_standing(db, now.date())
            self.logins = [line.user.login for line in users.list_users(db, now.date())]
            self.copies = [line.backup.file_name for line in backups.list_backups(db)]
            self.is_sound = all(check.ok for check in check_database(db))
        finally:
            db.close()
            forbid_current_thread()

    @property
    def counts(self) -> tuple[bool, int, int, int]:
        local = [one for one in self.office.holidays if one.name == "Reincorporación"]
        return (
            self.office.municipality is not None,
            len(self.office.units),
            len(self.office.officers),
            len(local),
        )


NOTHING, WHOLE = (False, 0, 0, 0), (True, 8, 2, 1)


# -- the power goes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", dying.MOMENTS)
def test_killed_at_a_step_it_goes_on_from_there_and_ends_once(
    moment, base, stick, make_window, settle, clock
):
    die_at(moment, base, stick)
    left = Stored(base, clock.now())
    order = list(dying.MOMENTS)
    after_office = order.index(moment) >= order.index("office-done")
    after_user = order.index(moment) >= order.index("user-done")
    assert left.is_sound
    assert left.counts == (WHOLE if after_office else NOTHING), "whole or not at all"
    assert left.logins == ([dying.LOGIN] if after_user else [])
    assert len(left.copies) == (moment == "copy-done")
    kept = "".join(path.read_text("utf-8") for path in paths.user_data_dir().rglob("*.json"))
    assert dying.PASSWORD not in kept

    window = make_window(str(base))
    settle()
    if after_user:
        door = window.findChild(LoginDialog)
        door.form.set_values({"login": dying.LOGIN, "password": dying.PASSWORD})
        door.try_submit()
        settle()
    again = window.first_day.dialog
    assert again is not None, "it comes back by itself"
    assert again.page.key == "review"
    told = {label: words for page in again.pages for label, words in page.told()}
    assert told["Nombre completo"] == "Municipalidad Distrital de Pocollay"
    assert "Luis Apaza Condori" in told["ULE"]
    if not after_office:
        assert told["De su lugar"] == "28/08 Reincorporación (provincia)"
    dying.answer_secrets(again, stick)
    again.show_page("review")
    again.try_submit()
    settle()
    assert window.first_day.dialog is None
    window._opened.db.close()
    end = Stored(base, clock.now())
    assert end.is_sound
    assert (end.counts, end.logins) == (WHOLE, [dying.LOGIN])
    assert len(end.copies) == 1 + (moment == "copy-done"), (
        "a copy more never hurts; one that broke does not count"
    )
    assert all((stick / name).is_file() for name in end.copies)


# -- no room, no permission ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tight", "wide", "told"),
    [
        ("PRAGMA max_page_count=1", "PRAGMA max_page_count=1000000", "El disco está lleno"),
        ("PRAGMA query_only=1", "PRAGMA query_only=0", "solo lectura; no se cambió nada"),
    ],
    ids=["a full disk", "a folder that is only read"],
)
def test_a_base_that_takes_nothing_stores_nothing_of_the_office_and_then_all_of_it(
    begin, base, stick, settle, clock, tight, wide, told
):
    """SQLite itself refuses, in the middle of the transaction."""
    dialog = begin(base, stick)
    window, room = dialog.parent(), [tight]

    @event.listens_for(window.desk.db._engine, "checkout")
    def narrow(connection, _record, _proxy):
        connection.execute(room[0])

    dialog.try_submit()
    settle()
    assert dialog.isVisible()
    assert told in dialog.banner.label.text()
    assert dialog.municipality.form.value("name") == "Municipalidad Distrital de Pocollay"
    assert Stored(base, clock.now()).counts == NOTHING
    room[0] = wide
    dialog.show_page("review")
    dialog.try_submit()
    settle()
    assert window.first_day.dialog is None
    assert Stored(base, clock.now()).counts == WHOLE


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disco está lleno"),
        (errno.EACCES, "elija otra carpeta"),
        (errno.EROFS, "elija otra carpeta"),
    ],
)
def test_a_stick_that_takes_nothing_costs_the_copy_and_says_so(
    begin, base, stick, settle, clock, monkeypatch, number, told
):
    dialog = begin(base, stick)
    window = dialog.parent()
    real = packages.zipfile.ZipFile

    class Failing(real):
        def close(self):
            writing = self.mode == "w" and self.fp is not None
            super().close()
            if writing:
                raise OSError(number, "memoria")

    monkeypatch.setattr(packages.zipfile, "ZipFile", Failing)
    dialog.try_submit()
    settle()
    assert dialog.page is dialog.copy
    sentence = dialog.banner.label.text()
    assert sentence
    assert told.lower() in sentence.lower()
    assert "Errno" not in sentence
    assert list(stick.iterdir()) == []
    assert Stored(base, clock.now()).counts == WHOLE
    monkeypatch.setattr(packages.zipfile, "ZipFile", real)
    dialog.show_page("review")
    dialog.try_submit()
    settle()
    assert window.first_day.dialog is None
    end = Stored(base, clock.now())
    assert (end.logins, len(end.copies)) == ([dying.LOGIN], 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_pc_without_room_for_what_is_typed_keeps_it_on_the_screen(
    begin, base, stick, settle, clock, monkeypatch
):
    """What was typed cannot go to the disk: nothing is said at every rest, and storing still works."""
    dialog = begin(base, stick)
    window = dialog.parent()

    def into_the_full(_path, data):
        with Path("/dev/full").open("wb") as full:
            full.write(data)

    monkeypatch.setattr(drafts, "atomic_write", into_the_full)
    dialog.keep()
    settle()
    assert not [one for one in window.findChildren(Toast) if one.isVisible()]
    assert dialog.municipality.form.value("name") == "Municipalidad Distrital de Pocollay"
    dialog.try_submit()
    settle()
    assert window.first_day.dialog is None
    assert Stored(base, clock.now()).counts == WHOLE


# -- an encrypted base -----------------------------------------------------------------------------------


def test_of_an_encrypted_base_nothing_typed_reaches_the_disk_and_leaving_loses_nothing(
    begin, sealed_base, stick, settle, clock, tmp_path
):
    dialog = begin(sealed_base, stick)
    window = dialog.parent()
    assert is_encrypted(sealed_base)
    dialog.show_page("place")
    assert "hasta cerrar el programa" in dialog._lead.text()
    dialog.show_page("officers")
    dialog.reject()
    settle()
    assert not list((tmp_path / "datos").rglob("borradores/*/*.json"))
    readable = [path for path in tmp_path.rglob("*") if path.is_file() and b"Pocollay" in path.read_bytes()]
    assert readable == []
    window.first_day.open()
    settle()
    again = window.first_day.dialog
    assert again.page.key == "officers"
    assert again.municipality.form.value("short_name") == "MDP"
    dying.answer_secrets(again, stick)
    again.show_page("review")
    again.try_submit()
    settle()
    assert window.first_day.dialog is None
    end = Stored(sealed_base, clock.now())
    assert (end.counts, end.logins, len(end.copies)) == (WHOLE, [dying.LOGIN], 1)
    assert not window.first_day.is_left(window.desk) if window.desk else True


@pytest.mark.parametrize("moment", ["typed", "office-begun", "office-done"])
def test_killed_on_an_encrypted_base_nothing_is_readable_and_the_base_is_whole(
    moment, sealed_base, stick, clock, tmp_path, make_window, settle
):
    die_at(moment, sealed_base, stick)
    readable = [path for path in tmp_path.rglob("*") if path.is_file() and b"Pocollay" in path.read_bytes()]
    assert readable == []
    left = Stored(sealed_base, clock.now())
    assert left.is_sound
    assert left.counts == (WHOLE if moment == "office-done" else NOTHING)
    window = make_window(str(sealed_base))
    settle()
    assert window.desk is not None
    assert window.first_day.dialog is None, "nothing was kept: the menu and Mi bandeja open it anew"
