"""Coming in and going out on both databases: who is let in, what the trail keeps, what an attacker learns."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from argon2 import extract_parameters
from sqlalchemy import text

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.checks import check_database
from sisfoh_desktop.db.history import list_entries
from sisfoh_desktop.modules.people.rules.facts import Absence
from sisfoh_desktop.modules.people.rules.roles import rights_of
from sisfoh_desktop.modules.people.service import absences, access, passwords, recovery, users

NEW_PASSWORD = "chicha morada con limón"
PASSWORD = "lluvia sobre el caplina"
TODAY = date(2024, 3, 8)


def refused(fn, *arguments, **named):
    with pytest.raises(RuleError) as caught:
        fn(*arguments, **named)
    return caught.value


def attempt(people, now, password="no es esta", login="rquispe"):
    return refused(access.log_in, people.db, now=now, login=login, password=password)


def trail(db, actions="session."):
    with db.reading() as session:
        return list_entries(session, actions=actions)


# --- coming in ---


def test_a_base_without_users_asks_for_no_log_in(either_db, now):
    assert access.has_users(either_db) is False
    assert access.actor_now(either_db, "tecnico", TODAY) == Actor("tecnico")
    assert (
        refused(access.log_in, either_db, now=now, login="admin", password="admin").code == "access_refused"
    )


def test_who_logs_in_has_the_rights_of_their_roles_and_the_trail_says_from_where(either_people, now):
    entered = access.log_in(
        either_people.db, now=now, login=" RQuispe ", password=PASSWORD, pc="PC-ULE-03\x00\n"
    )
    assert entered.actor.user == "rquispe"
    assert entered.actor.office == "ULE"
    assert entered.actor.may("kardex.move")
    assert not entered.actor.may("people.manage")
    assert entered.must_change is False
    assert entered.user.last_login_at == now
    last = trail(either_people.db)[0]
    assert (last.action, last.actor, last.after) == ("session.in", "rquispe", {"pc": "PC-ULE-03"})


def test_an_unknown_login_and_a_wrong_password_are_told_alike(either_people, now):
    wrong, unknown = attempt(either_people, now), attempt(either_people, now, login="jperez")
    assert (wrong.code, wrong.sentence) == (unknown.code, unknown.sentence)
    assert wrong.code == "access_refused"
    causes = [(entry.actor, entry.after["cause"]) for entry in trail(either_people.db)[:2]]
    assert causes == [("(desconocido)", "unknown_login"), ("rquispe", "wrong_password")]


@pytest.mark.parametrize("login", ["rquispe", "nadie"])
def test_whether_known_or_not_a_login_waits_alike(either_people, now, login):
    for _ in range(5):
        assert attempt(either_people, now, login=login).code == "access_refused"
    entries = len(trail(either_people.db))
    locked = attempt(either_people, now + timedelta(seconds=29), login=login)
    assert locked.code == "access_locked"
    assert "1 segundo" in locked.sentence
    assert len(trail(either_people.db)) == entries
    assert attempt(either_people, now + timedelta(seconds=30), login=login).code == "access_refused"
    assert attempt(either_people, now + timedelta(seconds=89), login=login).code == "access_locked"
    assert attempt(either_people, now + timedelta(seconds=90), login=login).code == "access_refused"


def test_during_the_wait_the_right_password_does_not_help_and_after_it_failures_are_forgotten(people, now):
    for _ in range(5):
        attempt(people, now)
    assert attempt(people, now, PASSWORD).code == "access_locked"
    access.log_in(people.db, now=now + timedelta(seconds=31), login="rquispe", password=PASSWORD)
    for _ in range(5):
        assert attempt(people, now + timedelta(minutes=1)).code == "access_refused"


def test_many_at_once_get_no_more_attempts_than_one_after_another(either_people, now):
    codes = []

    def guess(number):
        try:
            access.log_in(either_people.db, now=now, login="rquispe", password=f"adivino {number}")
        except RuleError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["access_locked"] * 7 + ["access_refused"] * 5


@pytest.mark.parametrize(
    "typed",
    [
        "' OR 1=1 --",
        "rquispe'; DROP TABLE app_user; --",
        "<script>alert(1)</script>",
        "rquispe\x00",
        "\ud800",
        "x" * 100_000,
        "",
        "ＲＱＵＩＳＰＥ",
        "%",
        "../../etc/passwd",
        PASSWORD,
    ],
)
def test_hostile_logins_and_passwords_get_the_one_sentence_and_leave_nothing_of_theirs(
    either_people, now, typed
):
    as_login = attempt(either_people, now, PASSWORD, login=typed)
    as_password = attempt(either_people, now, typed if typed != PASSWORD else "'" + PASSWORD)
    assert as_login.code == as_password.code == "access_refused"
    assert as_login.sentence == as_password.sentence
    kept = str([(entry.actor, entry.subject, entry.after) for entry in trail(either_people.db)])
    assert not typed or typed not in kept.replace("'rquispe'", "")
    assert access.has_users(either_people.db)
    assert all(check.ok for check in check_database(either_people.db))


def test_no_secret_lies_in_the_base_in_clear(people, now):
    slip = recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    signs = slip.code.replace("-", "")
    people.db.close()
    raw = b"".join(
        path.read_bytes() for path in people.db.path.parent.glob(f"{people.db.path.name}*") if path.is_file()
    )
    assert b"rquispe" in raw
    for secret in (PASSWORD, signs, slip.code, "tres gatos y un tejado"):
        assert secret.encode() not in raw


# --- who may not ---


def test_who_is_away_suspended_or_past_their_days_is_told_why_only_with_the_right_password(
    either_people, now
):
    db, admin, clerk = either_people.db, either_people.admin, either_people.clerk_id

    def enter(password=PASSWORD):
        return refused(access.log_in, db, now=now, login="rquispe", password=password).code

    absence = Absence(clerk, TODAY, date(2024, 3, 20), "Vacaciones")
    absence_id = absences.add_absence(db, actor=admin, now=now, absence=absence)
    assert enter() == "access_absent"
    assert enter("no es esta") == "access_refused"
    assert access.actor_now(db, "rquispe", TODAY) is None
    absences.withdraw_absence(
        db, actor=admin, now=now, absence_id=absence_id, reason="Volvió antes", expected_version=1
    )
    assert access.actor_now(db, "rquispe", TODAY) is not None

    def saved(**days):
        user = users.load_user(db, clerk)
        users.save_user(db, actor=admin, now=now, user=replace(user, **days), expected_version=user.version)

    saved(valid_from=date(2024, 3, 9))
    assert enter() == "access_not_yet"
    saved(valid_from=None, valid_to=date(2024, 3, 7))
    assert enter() == "access_ended"
    saved(valid_to=None)
    version = users.load_user(db, clerk).version
    users.suspend_user(
        db, actor=admin, now=now, user_id=clerk, reason="Investigación", expected_version=version
    )
    assert enter() == "access_ended"
    causes = [entry.after["cause"] for entry in trail(db) if entry.action == "session.refused"]
    assert causes == ["suspended", "ended", "not_yet", "wrong_password", "absent"]


def test_the_day_changes_at_midnight_in_lima(people, now):
    user = users.load_user(people.db, people.clerk_id)
    users.save_user(
        people.db,
        actor=people.admin,
        now=now,
        user=replace(user, valid_to=TODAY),
        expected_version=user.version,
    )
    late = datetime(2024, 3, 8, 23, 59, tzinfo=LIMA)
    access.log_in(people.db, now=late, login="rquispe", password=PASSWORD)
    assert attempt(people, late + timedelta(minutes=2), PASSWORD).code == "access_ended"


def test_rights_are_those_of_now_not_those_of_the_log_in(either_people, now):
    db = either_people.db
    version = users.load_user(db, either_people.clerk_id).version
    users.set_roles(
        db,
        actor=either_people.admin,
        now=now,
        user_id=either_people.clerk_id,
        roles=["reader"],
        expected_version=version,
    )
    assert access.actor_now(db, "RQUISPE", TODAY) == Actor("rquispe", "ULE", rights_of(["reader"]))
    assert access.actor_now(db, "nadie", TODAY) is None
    assert access.actor_now(db, "x\x00", TODAY) is None


# --- the session ---


def test_going_out_and_the_locked_screen_are_in_the_trail(either_people, now):
    db, clerk = either_people.db, either_people.clerk
    access.record_lock(db, actor=clerk, now=now, locked=True)
    assert refused(access.check_password, db, actor=clerk, now=now, password="otra").code == "access_refused"
    access.check_password(db, actor=clerk, now=now, password=PASSWORD)
    access.record_lock(db, actor=clerk, now=now, locked=False)
    access.log_out(db, actor=clerk, now=now)
    told = [(entry.action, entry.subject) for entry in trail(db)[:4]]
    subject = f"session:{either_people.clerk_id}"
    assert told == [
        ("session.out", subject),
        ("session.unlocked", subject),
        ("session.refused", subject),
        ("session.locked", subject),
    ]


def test_the_locked_screen_waits_as_the_log_in_and_opens_to_nobody_who_was_suspended(people, now):
    for _ in range(5):
        refused(access.check_password, people.db, actor=people.clerk, now=now, password="otra")
    again = refused(access.check_password, people.db, actor=people.clerk, now=now, password=PASSWORD)
    assert again.code == "access_locked"
    later = now + timedelta(minutes=1)
    version = users.load_user(people.db, people.clerk_id).version
    users.suspend_user(
        people.db,
        actor=people.admin,
        now=now,
        user_id=people.clerk_id,
        reason="Cese en trámite",
        expected_version=version,
    )
    ended = refused(access.check_password, people.db, actor=people.clerk, now=later, password=PASSWORD)
    assert ended.code == "access_ended"


# --- the own password ---


def test_a_changed_password_is_the_only_one_that_counts(either_people, now):
    db, clerk = either_people.db, either_people.clerk
    access.change_password(db, actor=clerk, now=now, old=PASSWORD, new=NEW_PASSWORD, token="once")
    access.change_password(db, actor=clerk, now=now, old=PASSWORD, new=NEW_PASSWORD, token="once")
    assert attempt(either_people, now, PASSWORD).code == "access_refused"
    access.log_in(db, now=now, login="rquispe", password=NEW_PASSWORD)
    assert [entry.action for entry in trail(db, "user.password")] == ["user.password"]
    assert list(trail(db, "user.password")[0].after) == ["secret"], "a seal, and no hash"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("no es esta", NEW_PASSWORD, "access_refused"),
        (PASSWORD, PASSWORD, "password_same"),
        (PASSWORD, "corta", "password_short"),
        (PASSWORD, "rquispe123456", "password_is_login"),
        (PASSWORD, "contraseña2024", "password_common"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_for_a_poor_one(people, now, old, new, code):
    assert (
        refused(access.change_password, people.db, actor=people.clerk, now=now, old=old, new=new).code == code
    )
    access.log_in(people.db, now=now, login="rquispe", password=PASSWORD)


def test_a_person_without_any_right_may_change_their_own_password(people, now):
    version = users.load_user(people.db, people.clerk_id).version
    users.set_roles(
        people.db,
        actor=people.admin,
        now=now,
        user_id=people.clerk_id,
        roles=["reader"],
        expected_version=version,
    )
    reader = access.actor_now(people.db, "rquispe", TODAY)
    access.change_password(people.db, actor=reader, now=now, old=PASSWORD, new=NEW_PASSWORD)
    access.log_in(people.db, now=now, login="rquispe", password=NEW_PASSWORD)


# --- the one-time code ---


def test_a_code_lets_in_once_a_password_is_chosen_with_it(either_people, now):
    db = either_people.db
    slip = recovery.recover(db, actor=either_people.admin, now=now, user_id=either_people.clerk_id)
    assert (slip.login, slip.made_by, slip.until) == ("rquispe", "acastro", now + timedelta(hours=24))
    assert attempt(either_people, now, PASSWORD).code == "access_refused"
    entered = access.log_in(db, now=now, login="rquispe", password=slip.code.lower().replace("-", " "))
    assert entered.must_change is True
    access.change_password(db, actor=entered.actor, now=now, old=slip.code, new=NEW_PASSWORD)
    assert attempt(either_people, now, slip.code).code == "access_refused"
    assert access.log_in(db, now=now, login="rquispe", password=NEW_PASSWORD).must_change is False


def test_a_code_is_good_for_a_day(people, now):
    slip = recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    access.log_in(people.db, now=now + timedelta(hours=24), login="rquispe", password=slip.code)
    late = attempt(people, now + timedelta(hours=24, seconds=1), slip.code)
    assert late.code == "access_refused"
    assert "venció" in late.sentence


def test_a_second_code_takes_the_first_one_out_and_lifts_the_wait(people, now):
    first = recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    for _ in range(5):
        attempt(people, now)
    second = recovery.recover(people.db, actor=people.admin, now=now, user_id=people.clerk_id)
    assert first.code != second.code
    assert attempt(people, now, first.code).code == "access_refused"
    assert access.log_in(people.db, now=now, login="rquispe", password=second.code).must_change


# --- hashing ---


def test_passwords_are_kept_by_argon2id_with_the_parameters_of_owasp(real_hashing):
    kept = passwords.hashed("tres gatos y un tejado")
    parameters = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (46 * 1024, 1, 1)
    assert len(kept) <= 200
    assert passwords.fits(kept, "tres gatos y un tejado")
    assert not passwords.fits(kept, "tres gatos y un tejado ")
    assert not passwords.fits("", "nobody")
    assert not passwords.fits("no es un hash", "x")


def test_a_password_of_weaker_parameters_is_hashed_anew_when_its_owner_comes_in(people, now, monkeypatch):
    def kept():
        with people.db.reading() as session:
            return session.scalar(text("SELECT password_hash FROM app_user WHERE login = 'rquispe'"))

    before = kept()
    monkeypatch.setattr(passwords, "MEMORY_KIB", 128)
    access.log_in(people.db, now=now, login="rquispe", password=PASSWORD)
    after = kept()
    assert extract_parameters(before).memory_cost == 64
    assert extract_parameters(after).memory_cost == 128
    access.log_in(people.db, now=now, login="rquispe", password=PASSWORD)
    assert kept() == after
