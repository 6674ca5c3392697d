"""Users as their administrator keeps them, on both databases: the first one, roles, states, absences, the trail."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError, StaleRow
from sisfoh_desktop.modules.people.rules.facts import Absence, Standing, User, UserState
from sisfoh_desktop.modules.people.service import absences, access, recovery, users
from sisfoh_desktop.modules.people.service.history import history

TODAY = date(2024, 3, 8)
PASSWORD = "tres gatos y un tejado"
ANA = User("acastro", "ANA CASTRO PRUEBA", "ULE")


def refused(fn, *arguments, **named):
    with pytest.raises(RuleError) as caught:
        fn(*arguments, **named)
    return caught.value.code


def told(db, subject):
    return [(line.what, line.summary) for line in history(db, subject)]


def changed(people, verb, who, **what):
    """A change over the record as it is now."""
    version = users.load_user(people.db, who).version
    actor = what.pop("actor", people.admin)
    verb(people.db, actor=actor, user_id=who, expected_version=version, **what)


# --- the first administrator ---


def test_the_first_user_is_an_administrator_with_a_password_and_then_the_base_asks_for_one(either_db, now):
    nobody = Actor("tecnico")

    def first(**what):
        return users.add_user(
            either_db,
            actor=nobody,
            now=now,
            **{"user": ANA, "roles": ["administrator"], "password": PASSWORD, **what},
        )

    assert refused(first, roles=["kardex_clerk"]) == "first_administrator"
    assert refused(first, user=replace(ANA, valid_to=date(2025, 1, 1))) == "first_administrator"
    assert refused(first, user=replace(ANA, valid_from=date(2024, 3, 9))) == "first_administrator"
    assert refused(first, password="") == "password_missing"
    assert refused(first, password="corta") == "password_short"
    assert access.has_users(either_db) is False
    user_id = first(token="once")
    assert first(token="once") == user_id
    assert access.has_users(either_db) is True
    assert refused(first, user=replace(ANA, login="otro")) == "log_in_needed"
    assert told(either_db, f"user:{user_id}") == [
        (
            "Usuario creado",
            "Nombre: ANA CASTRO PRUEBA; Estado: Activo; Usuario: acastro; Oficina: ULE; Roles: Administrador",
        )
    ]


def test_of_two_who_make_the_first_administrator_at_once_one_is_it(either_db, now):
    outcomes = []

    def make(login):
        try:
            users.add_user(
                either_db,
                actor=Actor("tecnico"),
                now=now,
                user=replace(ANA, login=login),
                roles=["administrator"],
                password=PASSWORD,
            )
            outcomes.append("made")
        except RuleError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=make, args=(login,)) for login in ("uno", "dos", "tres")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["log_in_needed", "log_in_needed", "made"]


# --- entering and correcting ---


def test_a_new_user_comes_in_by_the_code_that_is_printed_for_them(either_people, now):
    db, admin = either_people.db, either_people.admin
    user_id = users.add_user(
        db, actor=admin, now=now, user=User(" JPerez ", "JUAN  PÉREZ PRUEBA"), roles=["poi_clerk", "signer"]
    )
    user = users.load_user(db, user_id)
    assert (user.login, user.name, user.roles) == ("jperez", "JUAN PÉREZ PRUEBA", ("poi_clerk", "signer"))
    line = next(one for one in users.list_users(db, TODAY) if one.user.id == user_id)
    assert (line.standing, line.role_titles) == (Standing.NO_PASSWORD, ("Encargado del POI", "Firmante"))
    slip = recovery.recover(db, actor=admin, now=now, user_id=user_id)
    assert access.log_in(db, now=now, login="jperez", password=slip.code).must_change


def test_a_login_is_one_persons_for_ever(either_people, now):
    def add():
        return users.add_user(
            either_people.db,
            actor=either_people.admin,
            now=now,
            user=User("RQUISPE", "OTRA PERSONA"),
            roles=["reader"],
        )

    assert refused(add) == "login_taken"
    changed(either_people, users.end_user, either_people.clerk_id, now=now, reason="Fin de contrato")
    assert refused(add) == "login_taken"


def test_only_who_manages_users_may_change_them(either_people, now):
    db, clerk, who = either_people.db, either_people.clerk, either_people.second_id
    for actor, code in ((clerk, "not_allowed"), (Actor("rquispe"), "log_in_needed")):
        assert refused(recovery.recover, db, actor=actor, now=now, user_id=who) == code
        for verb, more in (
            (users.set_roles, {"roles": ["reader"]}),
            (users.suspend_user, {"reason": "Porque sí"}),
            (users.end_user, {"reason": "Porque sí"}),
            (users.restore_user, {"reason": "Porque sí"}),
        ):
            assert refused(changed, either_people, verb, who, actor=actor, now=now, **more) == code
        new = User("nuevo", "NUEVO")
        assert refused(users.add_user, db, actor=actor, now=now, user=new, roles=["reader"]) == code
        absence = Absence(who, TODAY, TODAY, "Permiso")
        assert refused(absences.add_absence, db, actor=actor, now=now, absence=absence) == code
    assert users.load_user(db, who).version == 1


def test_correcting_a_user_keeps_login_roles_and_state_and_is_told_field_by_field(either_people, now):
    db, who = either_people.db, either_people.clerk_id
    seen = users.load_user(db, who)
    typed = replace(
        seen,
        login="otro",
        roles=("administrator",),
        state=UserState.LEFT,
        position="Responsable del kardex",
        valid_to=date(2024, 12, 31),
    )
    users.save_user(db, actor=either_people.admin, now=now, user=typed, expected_version=seen.version)
    after = users.load_user(db, who)
    assert (after.login, after.roles, after.state) == ("rquispe", ("kardex_clerk",), UserState.ACTIVE)
    assert told(db, f"user:{who}")[0] == (
        "Usuario corregido",
        "Cargo: Empadronadora → Responsable del kardex; Acceso hasta: — → 31/12/2024",
    )
    with pytest.raises(StaleRow):
        users.save_user(db, actor=either_people.admin, now=now, user=typed, expected_version=seen.version)


def test_coming_in_does_not_make_the_record_on_the_administrators_screen_stale(people, now):
    seen = users.load_user(people.db, people.clerk_id)
    access.log_in(people.db, now=now, login="rquispe", password="lluvia sobre el caplina")
    users.save_user(
        people.db,
        actor=people.admin,
        now=now,
        user=replace(seen, position="Otra"),
        expected_version=seen.version,
    )


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE app_user; --", "<b>negrita</b> &amp; =1+1", "Ñandú «comillas» 漢字", "{0} %s {name}"],
)
def test_texts_of_a_user_are_kept_as_they_were_typed(either_people, now, typed):
    db, who = either_people.db, either_people.clerk_id
    seen = users.load_user(db, who)
    users.save_user(
        db,
        actor=either_people.admin,
        now=now,
        user=replace(seen, name=typed, office=typed[:60], position=typed, document=typed),
        expected_version=seen.version,
    )
    kept = users.load_user(db, who)
    assert (kept.name, kept.position, kept.document) == (typed, typed, typed)


# --- the last administrator, and oneself ---


def test_the_last_administrator_neither_leaves_nor_loses_the_role(either_people, now):
    db, admin, second = either_people.db, either_people.admin, either_people.second_id
    changed(either_people, users.set_roles, second, now=now, roles=["reader"])
    me = users.load_user(db, either_people.admin_id)
    assert (
        refused(changed, either_people, users.set_roles, me.id, now=now, roles=["reader"])
        == "last_administrator"
    )
    for days in ({"valid_to": date(2030, 1, 1)}, {"valid_from": date(2030, 1, 1)}):
        ending = replace(me, **days)
        assert (
            refused(users.save_user, db, actor=admin, now=now, user=ending, expected_version=me.version)
            == "last_administrator"
        )
    absence = Absence(me.id, TODAY, TODAY, "Vacaciones")
    assert refused(absences.add_absence, db, actor=admin, now=now, absence=absence) == "last_administrator"
    assert users.load_user(db, me.id) == me


def test_another_administrator_counts_only_once_they_have_a_password(people, now):
    recovery.recover(people.db, actor=people.admin, now=now, user_id=people.second_id)
    assert (
        refused(changed, people, users.set_roles, people.admin_id, now=now, roles=["reader"])
        == "last_administrator"
    )


def test_two_administrators_who_take_the_role_from_each_other_leave_one(either_people, now):
    second = access.log_in(either_people.db, now=now, login="zadmin", password="olivos de la yarada").actor
    outcomes = []

    def demote(actor, who):
        try:
            changed(either_people, users.set_roles, who, actor=actor, now=now, roles=["reader"])
            outcomes.append("done")
        except RuleError as error:
            outcomes.append(error.code)

    threads = [
        threading.Thread(target=demote, args=(either_people.admin, either_people.second_id)),
        threading.Thread(target=demote, args=(second, either_people.admin_id)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "last_administrator"]


def test_nobody_suspends_ends_or_recovers_themselves(people, now):
    for verb in (users.suspend_user, users.end_user):
        assert refused(changed, people, verb, people.admin_id, now=now, reason="Me voy") == "own_access"
    code = refused(recovery.recover, people.db, actor=people.admin, now=now, user_id=people.admin_id)
    assert code == "own_access"


# --- states ---


def test_suspended_and_back_with_the_same_password(either_people, now):
    db, who = either_people.db, either_people.clerk_id
    changed(either_people, users.suspend_user, who, now=now, reason="Investigación interna")
    assert refused(changed, either_people, users.suspend_user, who, now=now, reason="Otra") == "user_state"
    assert refused(recovery.recover, db, actor=either_people.admin, now=now, user_id=who) == "user_state"
    assert users.list_users(db, TODAY)[1].standing is Standing.SUSPENDED
    changed(either_people, users.restore_user, who, now=now, reason="Se archivó")
    access.log_in(db, now=now, login="rquispe", password="lluvia sobre el caplina")
    assert told(db, f"user:{who}")[:2] == [
        ("Acceso restablecido", "Estado: Suspendido → Activo; Motivo: Se archivó"),
        ("Acceso suspendido", "Estado: Activo → Suspendido; Motivo: Investigación interna"),
    ]


def test_who_left_comes_back_only_by_a_new_code(either_people, now):
    db, who = either_people.db, either_people.clerk_id
    changed(either_people, users.end_user, who, now=now, reason="Fin de contrato")
    left = users.load_user(db, who)
    assert (left.state, left.valid_to, left.has_password) == (UserState.LEFT, TODAY, False)
    assert access.actor_now(db, "rquispe", TODAY) is None
    changed(either_people, users.restore_user, who, now=now, reason="Contrato nuevo")
    assert (
        refused(access.log_in, db, now=now, login="rquispe", password="lluvia sobre el caplina")
        == "access_refused"
    )
    slip = recovery.recover(db, actor=either_people.admin, now=now, user_id=who)
    access.log_in(db, now=now, login="rquispe", password=slip.code)


@pytest.mark.parametrize("verb", [users.suspend_user, users.end_user, users.restore_user])
def test_taking_or_giving_back_an_access_needs_a_reason(people, now, verb):
    assert refused(changed, people, verb, people.clerk_id, now=now, reason="  ") == "text_missing"


# --- absences ---


def test_absences_are_entered_corrected_and_withdrawn(either_people, now):
    db, admin, who = either_people.db, either_people.admin, either_people.clerk_id
    typed = Absence(who, date(2024, 4, 1), date(2024, 4, 15), " Vacaciones ")
    absence_id = absences.add_absence(db, actor=admin, now=now, absence=typed, token="once")
    assert absences.add_absence(db, actor=admin, now=now, absence=typed, token="once") == absence_id
    again = replace(typed, first_day=date(2024, 4, 15))
    assert refused(absences.add_absence, db, actor=admin, now=now, absence=again) == "absence_overlaps"
    kept = absences.load_absence(db, absence_id)
    absences.save_absence(
        db, actor=admin, now=now, absence=replace(kept, last_day=date(2024, 4, 20)), expected_version=1
    )
    with pytest.raises(StaleRow):
        absences.save_absence(db, actor=admin, now=now, absence=kept, expected_version=1)
    assert users.list_users(db, date(2024, 4, 20))[1].absent_until == date(2024, 4, 20)
    absences.withdraw_absence(
        db, actor=admin, now=now, absence_id=absence_id, reason="Se reprogramó", expected_version=2
    )
    withdrawn = {"absence_id": absence_id, "reason": "Otra vez", "expected_version": 3}
    assert refused(absences.withdraw_absence, db, actor=admin, now=now, **withdrawn) == "absence_withdrawn"
    (line,) = absences.list_absences(db)
    assert (line.login, line.absence.withdrawn) == ("rquispe", True)
    assert told(db, f"user:{who}")[:3] == [
        ("Ausencia dejada sin efecto", "Sin efecto: sí; Motivo: Se reprogramó"),
        ("Ausencia corregida", "Último día: 15/04/2024 → 20/04/2024"),
        (
            "Ausencia registrada",
            "Motivo de la ausencia: Vacaciones; Primer día: 01/04/2024; Último día: 15/04/2024",
        ),
    ]


def test_what_is_not_there_is_told(people, now):
    assert refused(users.load_user, people.db, 99) == "user_unknown"
    assert refused(absences.load_absence, people.db, 99) == "absence_unknown"
    assert users.find_user(people.db, "x\x00'") is None
    unknown = Absence(99, TODAY, TODAY, "Permiso")
    assert (
        refused(absences.add_absence, people.db, actor=people.admin, now=now, absence=unknown)
        == "user_unknown"
    )


def test_sessions_have_a_history_of_their_own(people, now):
    access.log_out(people.db, actor=people.clerk, now=now)
    assert [what for what, _ in told(people.db, f"session:{people.clerk_id}")] == ["Salió", "Entró"]
    assert [what for what, _ in told(people.db, f"user:{people.clerk_id}")] == ["Usuario creado"]
