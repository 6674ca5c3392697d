"""A trail that fits in itself but is not the one this PC saw: cut at its end, or written anew."""

import pytest
from sqlalchemy import text
from trails import find_head

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.witness import Witness
from sisfoh_desktop.db.audit import GENESIS, HASHED, entry_hash, record_audit
from sisfoh_desktop.db.engine import make_engine
from sisfoh_desktop.db.head_watch import ENTRIES_BETWEEN, look_at_head
from sisfoh_desktop.db.trail import _walk, examine_trail

ROSA = Actor("rosa", "ULE")


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "testigo.json")


def write(db, now, count):
    for number in range(count):
        with db.transaction() as session:
            record_audit(session, actor=ROSA, now=now, action="plan.save", subject=f"plan:{number}")


def rewrite(db, keep, change=None):
    """As somebody who knows the program: the first `keep` entries stay, each hash and the head put right again."""
    engine = make_engine(db.url)
    with db.reading() as session:
        entries = list(_walk(session))[:keep]
    quoted = ", ".join(f'"{name}" = :{name}' for name in ("actor", "previous_hash", "hash"))
    with engine.connect() as connection, connection.begin():
        if db.is_sqlite:
            for name in connection.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM audit_entry WHERE id > :keep"), {"keep": keep})
        previous = GENESIS
        for entry in entries:
            entry["previous_hash"] = previous
            if entry["id"] == change:
                entry["actor"] = "nadie"
            previous = entry["hash"] = entry_hash({name: entry[name] for name in HASHED})
            told = {name: entry[name] for name in ("id", "actor", "previous_hash", "hash")}
            connection.execute(text(f"UPDATE audit_entry SET {quoted} WHERE id = :id"), told)
        head = {"entries": keep, "hash": previous}
        connection.execute(text("UPDATE audit_head SET entries = :entries, hash = :hash"), head)
    engine.dispose()


def sound(db):
    with db.reading() as session:
        return examine_trail(session).broken is None


def test_a_base_without_a_single_entry_has_nothing_to_remember(either_db, now, witness):
    assert look_at_head(either_db, actor=ROSA, now=now, closing=True, witness=witness) == ""
    assert find_head(either_db).base_id == ""


def test_a_trail_that_grows_is_silently_followed(either_db, now, witness):
    for _ in range(3):
        write(either_db, now, 2)
        assert look_at_head(either_db, actor=ROSA, now=now, closing=True, witness=witness) == ""
    head = find_head(either_db)
    assert witness.find(head.base_id).entries == head.entries == 6


def test_it_is_remembered_now_and_then_and_at_closing(either_db, now, witness):
    write(either_db, now, 1)
    base_id = find_head(either_db).base_id

    def seen(**more):
        assert look_at_head(either_db, actor=ROSA, now=now, witness=witness, **more) == ""
        return witness.find(base_id).entries

    assert seen() == 1
    write(either_db, now, 5)
    assert seen() == 1
    assert seen(closing=True) == 6
    write(either_db, now, ENTRIES_BETWEEN)
    assert seen() == 6 + ENTRIES_BETWEEN


def test_a_trail_cut_short_is_told_once_and_left_in_the_trail(either_db, now, witness):
    write(either_db, now, 9)
    look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    rewrite(either_db, keep=6)
    assert sound(either_db), "in itself it fits"
    told = look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    assert "más corto que el que este equipo vio el 08/03/2024 a las 10:00" in told
    assert "tenía 9 anotaciones y ahora tiene 6" in told
    assert "Si alguien restauró una copia anterior, es lo esperado" in told
    with either_db.reading() as session:
        entry = session.execute(
            text('SELECT actor, action, "before", "after" FROM audit_entry WHERE id = 7')
        ).one()
    assert (entry.actor, entry.action) == ("rosa", "ledger.cut")
    assert '"entries": 9' in entry.before
    assert look_at_head(either_db, actor=ROSA, now=now, witness=witness) == ""
    assert sound(either_db)


def test_a_trail_cut_and_grown_again_is_told_too(either_db, now, witness):
    write(either_db, now, 9)
    look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    rewrite(either_db, keep=6)
    write(either_db, now.replace(hour=12), 8)
    told = look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    assert "la anotación 9 es otra" in told


@pytest.mark.parametrize(
    ("change", "sentence"), [(4, "la anotación 9 es otra"), (1, "empieza con otra anotación")]
)
def test_a_trail_written_anew_is_told(either_db, now, witness, change, sentence):
    write(either_db, now, 9)
    look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    rewrite(either_db, keep=9, change=change)
    assert sound(either_db)
    assert sentence in look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    assert look_at_head(either_db, actor=ROSA, now=now, witness=witness) == ""


def test_another_pc_that_never_saw_it_says_nothing(either_db, now, witness, tmp_path):
    write(either_db, now, 9)
    look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    rewrite(either_db, keep=6)
    assert look_at_head(either_db, actor=ROSA, now=now, witness=Witness(tmp_path / "otro.json")) == ""


def test_a_trail_emptied_whole_is_told_too(either_db, now, witness):
    """No entry, no first entry to know the base by: the place is what is remembered."""
    write(either_db, now, 3)
    look_at_head(either_db, actor=ROSA, now=now, closing=True, witness=witness)
    rewrite(either_db, 0)
    told = look_at_head(either_db, actor=ROSA, now=now, witness=witness)
    assert "está vacío" in told
    assert "«comprobar»" in told
    assert find_head(either_db).entries == 1, "and it is left in the trail"
    assert look_at_head(either_db, actor=ROSA, now=now, witness=witness) == "", "once"


@pytest.mark.parametrize("at", ["", "ayer", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_somebody_forged_stops_nobody(either_db, now, witness, at):
    from sisfoh_desktop.basics.witness import Sighting

    write(either_db, now, 2)
    base_id = find_head(either_db).base_id
    witness.remember(base_id, Sighting(2**31 - 1, "f" * 64, at, "en otro lugar"))
    assert "más corto" in look_at_head(either_db, actor=ROSA, now=now, witness=witness)
