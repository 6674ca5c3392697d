"""The trail: what it keeps, that it cannot be edited, and that a change from outside is seen."""

from datetime import date
from decimal import Decimal

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from trails import first_broken_entry

from sisfoh_desktop.db.audit import record_audit


def write(db, actor, now, count=3):
    for number in range(count):
        with db.transaction() as session:
            record_audit(
                session,
                actor=actor,
                now=now,
                action="plan.save",
                subject=f"plan:{number}",
                before=None,
                after={"monto": Decimal("312656.00"), "fecha": date(2024, 3, 8), "título": "Ñandú"},
            )


def broken(db):
    with db.reading() as session:
        return first_broken_entry(session)


def tamper(db, *statements):
    """As somebody would with another program: triggers dropped first."""
    connection = sqlite.connect(str(db.path))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_entries_chain_and_keep_their_values(db, actor, now):
    write(db, actor, now)
    assert broken(db) is None
    with db.reading() as session:
        rows = session.execute(text("SELECT actor, office, after FROM audit_entry ORDER BY id")).all()
    assert rows[0] == ("prueba", "ULE", '{"fecha": "2024-03-08", "monto": "312656.00", "título": "Ñandú"}')


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor='otro'", "DELETE FROM audit_entry"])
def test_the_base_refuses_to_edit_or_delete_entries(db, actor, now, statement):
    write(db, actor, now)
    with pytest.raises(DBAPIError), db.transaction() as session:
        session.execute(text(statement))
    assert broken(db) is None


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE audit_entry SET actor='otro' WHERE id=2", 2),
        ("DELETE FROM audit_entry WHERE id=1", 1),
        ("DELETE FROM audit_entry WHERE id=3", 3),
        ("UPDATE audit_entry SET after=NULL WHERE id=3", 3),
        ("UPDATE audit_head SET entries=4", 4),
    ],
)
def test_a_change_from_outside_is_seen(db, actor, now, statement, entry):
    write(db, actor, now)
    tamper(db, statement)
    assert broken(db) == entry


def test_a_refused_action_leaves_no_entry(db, actor, now):
    write(db, actor, now, count=1)

    def fails():
        with db.transaction() as session:
            record_audit(session, actor=actor, now=now, action="x", subject="y")
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    write(db, actor, now, count=1)
    assert broken(db) is None


def test_values_of_an_unknown_kind_are_a_bug_not_a_guess(db, actor, now):
    with pytest.raises(TypeError), db.transaction() as session:
        record_audit(session, actor=actor, now=now, action="x", subject="y", after={"a": object()})
