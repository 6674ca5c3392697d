"""Users changed past the program: whatever a hand does to their rows in the file, `comprobar` says it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.engine import make_engine
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.service import access, passwords, recovery, users
from sisfoh_desktop.modules.people.service.checking import check_users

PASSWORD = "lluvia sobre el caplina"


def past_the_program(db, *statements, **values):
    engine = make_engine(db.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)
    engine.dispose()


def found(db):
    [check] = check_users(db)
    return "" if check.ok else check.detail


def worked(people, now):
    """Everything that the program itself does to users."""
    db, admin, clerk = people.db, people.admin, people.clerk_id
    who = {"actor": admin, "now": now}

    def version(user_id=clerk):
        return users.load_user(db, user_id).version

    users.set_roles(db, **who, user_id=clerk, roles=["reader", "kardex_clerk"], expected_version=version())
    user = users.load_user(db, clerk)
    users.save_user(
        db,
        **who,
        user=User(
            user.login,
            "ROSA QUISPE ÑAHUI",
            "GDES",
            valid_from=date(2024, 1, 1),
            valid_to=date(2024, 12, 31),
            id=clerk,
        ),
        expected_version=version(),
    )
    access.change_password(db, actor=people.clerk, now=now, old=PASSWORD, new="otra lluvia del caplina")
    users.suspend_user(db, **who, user_id=clerk, reason="Licencia", expected_version=version())
    users.restore_user(db, **who, user_id=clerk, reason="Volvió", expected_version=version())
    slip = recovery.recover(db, **who, user_id=clerk)
    entered = access.log_in(db, now=now, login="rquispe", password=slip.code)
    access.change_password(db, actor=entered.actor, now=now, old=slip.code, new=PASSWORD)
    left = users.add_user(db, **who, user=User("bmamani", "BETO MAMANI PRUEBA"), roles=["reader"])
    recovery.recover(db, **who, user_id=left)
    users.end_user(db, **who, user_id=left, reason="Renunció", expected_version=version(left))
    return left


def test_what_the_program_does_is_what_the_trail_says(either_people, now, monkeypatch):
    worked(either_people, now)
    assert found(either_people.db) == ""
    recovery.recover(either_people.db, actor=either_people.admin, now=now, user_id=either_people.clerk_id)
    assert found(either_people.db) == "", "a code that waits"
    monkeypatch.setattr(passwords, "PASSES", 2)
    access.log_in(either_people.db, now=now, login="zadmin", password="olivos de la yarada")
    assert found(either_people.db) == "", "a hash made anew"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("INSERT INTO app_user_role (user_id, role) VALUES (:id, 'administrator')", "roles"),
        ("DELETE FROM app_user_role WHERE user_id = :id AND role = 'reader'", "roles"),
        ("UPDATE app_user_role SET role = 'auditor' WHERE user_id = :id AND role = 'reader'", "roles"),
        ("UPDATE app_user SET state = 'suspended' WHERE id = :id", "estado"),
        ("UPDATE app_user SET valid_to = NULL WHERE id = :id", "último día"),
        ("UPDATE app_user SET valid_from = '2020-01-01' WHERE id = :id", "primer día"),
        ("UPDATE app_user SET login = 'rquispe2' WHERE id = :id", "usuario"),
        ("UPDATE app_user SET name = 'OTRA PERSONA' WHERE id = :id", "nombre"),
        ("UPDATE app_user SET password_hash = :hash WHERE id = :id", "contraseña"),
        ("UPDATE app_user SET password_hash = '' WHERE id = :id", "contraseña"),
        ("UPDATE app_user SET recovery_hash = :hash WHERE id = :id", "contraseña"),
    ],
)
def test_a_hand_in_the_rows_of_users_is_found(either_people, now, statement, told):
    worked(either_people, now)
    past_the_program(
        either_people.db, statement, id=either_people.clerk_id, hash=passwords.hashed("la de un intruso")
    )
    detail = found(either_people.db)
    assert "rquispe" in detail
    assert told in detail
    assert "fuera del programa" in detail


def test_the_end_of_a_code_put_off_by_hand_is_found(people, now):
    recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    past_the_program(
        people.db,
        "UPDATE app_user SET recovery_until = '2030-01-01 00:00:00.000000' WHERE id = :id",
        id=people.clerk_id,
    )
    assert "contraseña" in found(people.db)


def test_who_left_and_comes_back_by_hand_is_found(people, now):
    left = worked(people, now)
    past_the_program(
        people.db,
        "UPDATE app_user SET state = 'active', valid_to = NULL, password_hash = :hash WHERE id = :id",
        id=left,
        hash=passwords.hashed("la de un intruso"),
    )
    detail = found(people.db)
    assert "«bmamani»" in detail
    assert "estado" in detail
    assert "contraseña" in detail


def test_a_user_made_by_hand_and_one_taken_away_are_found(either_people, now):
    worked(either_people, now)
    past_the_program(
        either_people.db,
        "INSERT INTO app_user (id, login, name, office, position, document, state, password_hash, must_change, "
        "recovery_hash, failed_count, version) "
        "SELECT 900, 'intruso', name, office, position, document, 'active', password_hash, must_change, '', 0, 1 "
        "FROM app_user WHERE id = :id",
        "INSERT INTO app_user_role (user_id, role) VALUES (900, 'administrator')",
        "DELETE FROM app_user_role WHERE user_id = :second",
        "DELETE FROM app_user WHERE id = :second",
        id=either_people.clerk_id,
        second=either_people.second_id,
    )
    detail = found(either_people.db)
    assert "quién creó a «intruso»" in detail
    assert "Falta «zadmin»" in detail


def test_a_table_of_users_emptied_by_hand_opens_no_door(either_people, now):
    db = either_people.db
    past_the_program(db, "DELETE FROM app_user_role", "DELETE FROM app_user")
    assert access.has_users(db)
    assert access.actor_now(db, "tecnico", now.date()) is None
    with pytest.raises(RuleError) as caught:
        users.add_user(
            db,
            actor=Actor("tecnico"),
            now=now + timedelta(days=1),
            user=User("intruso", "INTRUSO PRUEBA"),
            roles=["administrator"],
            password="lluvia de otro lado",
        )
    assert caught.value.code == "log_in_needed"
    assert "Falta «acastro»" in found(db)


def test_a_base_that_never_had_users_is_still_everybodys(either_db):
    assert not access.has_users(either_db)
    assert found(either_db) == ""
