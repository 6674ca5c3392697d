"""Others' changes are noticed, one's own are not told twice; who has a record open; a base moved under the program."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import DatabaseUnavailable
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.presence import drop_presence, list_present, note_presence
from sisfoh_desktop.db.watching import MOST_READ, base_now, last_change, look

ROSA = Actor("rquispe", "ULE")


@pytest.fixture
def other(either_db):
    """The same base as a colleague's program has it open."""
    database = Database.open(either_db.url.render_as_string(hide_password=False))
    yield database
    database.close()


def _change(db, now, action="plan.save", subject="plan:1", actor=ROSA):
    with db.transaction() as session:
        record_audit(session, actor=actor, now=now, action=action, subject=subject)


def test_what_others_did_is_told_once_and_ones_own_never(either_db, other, now):
    start = look(either_db, None)
    _change(either_db, now, "office.unit.save")
    _change(other, now, "plan.save")
    _change(either_db, now, "kardex.add")
    _change(other, now, "poi.save")
    seen = look(either_db, start.head)
    assert seen.actions == {"plan.save", "poi.save"}
    assert seen.head.entries == start.head.entries + 4
    assert look(either_db, seen.head).actions == frozenset()
    assert look(other, start.head).actions == {"office.unit.save", "kardex.add"}


def test_a_change_that_was_rolled_back_is_not_taken_for_ones_own(either_db, other, now):
    start = look(either_db, None)

    def fails():
        with either_db.transaction() as session:
            record_audit(session, actor=ROSA, now=now, action="plan.save", subject="plan:1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    _change(other, now, "poi.save")
    assert look(either_db, start.head).actions == {"poi.save"}


def test_own_entries_do_not_pile_up(either_db, now):
    seen = look(either_db, None)
    for _ in range(3):
        _change(either_db, now)
        seen = look(either_db, seen.head)
    assert not either_db.own_entries


def test_after_a_long_absence_everything_counts_as_changed(either_db, other, now):
    start = look(either_db, None)
    with other.transaction() as session:
        for number in range(MOST_READ + 1):
            record_audit(session, actor=ROSA, now=now, action="plan.save", subject=f"plan:{number}")
    seen = look(either_db, start.head)
    assert seen.all_changed
    assert not look(either_db, seen.head).all_changed


def test_who_changed_a_record_last(either_db, now):
    assert last_change(either_db, "plan:1") is None
    _change(either_db, now, actor=Actor("prueba"))
    _change(either_db, now + timedelta(minutes=5))
    assert last_change(either_db, "plan:1") == ("rquispe", now + timedelta(minutes=5))


def test_who_has_a_record_open(either_db, now):
    def note(window, user, moment):
        with either_db.transaction() as session:
            note_presence(session, subject="plan:1", window_key=window, user=user, place="ULE", now=moment)

    def others(window, moment):
        with either_db.reading() as session:
            found = list_present(session, subject="plan:1", window_key=window, now=moment)
        return [one.user for one in found]

    note("a", "mio", now)
    note("b", "rquispe", now + timedelta(seconds=10))
    note("b", "rquispe", now + timedelta(seconds=40))
    assert others("a", now + timedelta(seconds=60)) == ["rquispe"]
    assert others("b", now + timedelta(seconds=60)) == ["mio"]
    assert others("a", now + timedelta(seconds=161)) == [], "without a sign of life for two minutes"
    with either_db.transaction() as session:
        drop_presence(session, window_key="b", subject="plan:1")
    assert others("a", now + timedelta(seconds=60)) == []


def test_windows_that_died_are_swept_away(either_db, now):
    from sqlalchemy import func, select

    from sisfoh_desktop.db.presence import PresenceRow

    for number in range(3):
        with either_db.transaction() as session:
            moment = now + timedelta(minutes=10 * number)
            note_presence(session, subject="plan:1", window_key=f"w{number}", user="x", place="", now=moment)
    with either_db.reading() as session:
        assert session.scalar(select(func.count()).select_from(PresenceRow)) == 1


def test_the_base_tells_its_own_time(either_db):
    with either_db.reading() as session:
        assert abs(base_now(session) - datetime.now(UTC)) < timedelta(minutes=1)


def test_nothing_is_written_into_a_file_that_was_moved_away(db, now):
    _change(db, now)
    away = db.path.with_name("movida.db")
    db.path.rename(away)
    with pytest.raises(DatabaseUnavailable, match="ya no está en su carpeta"):
        _change(db, now)
    with pytest.raises(DatabaseUnavailable, match="ya no está en su carpeta"):
        look(db, None)
    away.rename(db.path)
    _change(db, now)


def test_nothing_is_written_after_the_file_was_replaced(db, template_base, now):
    _change(db, now)
    before = db.path.stat().st_ino
    copy = db.path.with_name("otra.db")
    shutil.copyfile(template_base, copy)
    os.replace(copy, db.path)  # noqa: PTH105 - as another program does it
    assert db.path.stat().st_ino != before
    with pytest.raises(DatabaseUnavailable, match="reemplazado"):
        _change(db, now)
    db.close()
    _change(db, now)
