"""The copy at closing: made where the PC is set so and something changed; a refusal never closes in silence."""

import pytest

from sisfoh_desktop.app import closing_backup
from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.rules.facts import Occasion
from sisfoh_desktop.modules.safekeeping.service import backups
from sisfoh_desktop.qtkit import messages


@pytest.fixture
def base(template_base, tmp_path, actor, now):
    import shutil

    path = tmp_path / "oficina.db"
    shutil.copyfile(template_base, path)
    db = Database.open(path)
    with db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="office.body.add", subject="body:1")
    db.close()
    return str(path)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "memoria"
    folder.mkdir()
    return folder


def copies_of(base):
    db = Database.open(base)
    try:
        return backups.list_backups(db)
    finally:
        db.close()


def test_a_base_that_changed_is_copied_when_the_window_closes(make_window, base, stick, tasks):
    window = make_window(base)
    window.settings.backup_folder, window.settings.backup_on_close = str(stick), "yes"
    window.close()
    tasks.wait_idle()
    assert not window.isVisible()
    [line] = copies_of(base)
    assert line.backup.occasion is Occasion.CLOSING
    assert [path.name for path in stick.iterdir()] == [line.backup.file_name]
    again = make_window(base)
    again.settings.backup_folder, again.settings.backup_on_close = str(stick), "yes"
    again.close()
    tasks.wait_idle()
    assert len(copies_of(base)) == 1


@pytest.mark.parametrize("goes", [True, False])
def test_without_the_stick_the_person_decides(make_window, base, tmp_path, tasks, monkeypatch, goes):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda *told, **_more: asked.append(told) or goes)
    window = make_window(base)
    window.settings.backup_folder, window.settings.backup_on_close = str(tmp_path / "no_hay"), "yes"
    window.close()
    tasks.wait_idle()
    assert "Conecte la memoria" in asked[0][2]
    assert window.isVisible() is not goes
    assert window.isEnabled() is not goes
    window.settings.backup_on_close = ""
    window.close()
    tasks.wait_idle()
    assert copies_of(base) == []


def test_practice_and_people_without_the_right_are_not_copied(desk, stick):
    from sisfoh_desktop.basics.settings import PcSettings

    settings = PcSettings(backup_folder=str(stick), backup_on_close="yes")
    assert closing_backup.is_wanted(desk, settings)
    assert not closing_backup.is_wanted(desk, PcSettings(backup_folder=str(stick)))
    assert not closing_backup.is_wanted(None, settings)
    desk.actor = Actor(user="r", rights=frozenset({"kardex.move"}))
    assert not closing_backup.is_wanted(desk, settings)
    desk.actor, desk.practice = Actor(user="r"), True
    assert not closing_backup.is_wanted(desk, settings)
