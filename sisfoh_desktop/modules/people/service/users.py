"""Users and their roles: entering, correcting, suspending, letting go, restoring. All needs the right `people.manage`.

A base without users belongs to whoever sits at it: the first user is made by that person, and from then on only
those who logged in may change anything here.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import users as rules
from sisfoh_desktop.modules.people.rules.access import typed_login
from sisfoh_desktop.modules.people.rules.checking import SEAL, credentials_seal
from sisfoh_desktop.modules.people.rules.facts import Credentials, User, UserLine, UserState
from sisfoh_desktop.modules.people.rules.passwords import check_new_password
from sisfoh_desktop.modules.people.rules.roles import clean_roles
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.modules.people.store import absences as absence_store
from sisfoh_desktop.modules.people.store import sheets
from sisfoh_desktop.modules.people.store import users as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_users(db: Database, today: date) -> list[UserLine]:
    """By name, those who left too."""
    with db.reading() as session:
        users = store.list_users(session)
        away = absence_store.list_absences(session)
    return [
        rules.line_of(user, [one.absence for one in away if one.absence.user_id == user.id], today)
        for user in users
    ]


def load_user(db: Database, user_id: int) -> User:
    """RuleError `user_unknown`."""
    with db.reading() as session:
        return store.load_user(session, user_id)


def find_user(db: Database, login: str) -> User | None:
    """The user with this login as typed, None for nobody."""
    with db.reading() as session:
        return store.find_by_login(session, typed_login(login))


def add_user(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user: User,
    roles: Sequence[str],
    password: str = "",
    token: str | None = None,
) -> int:
    """A new user; its id. Without `password` it comes in by the code of `recovery.recover`.

    The first user of a base must be an administrator with a password: RuleError `first_administrator`,
    `password_missing`. Others: as in `rules.users.clean_user`, `login_taken`, `password_...`, `not_allowed`.
    """
    earlier = db.find_answer(token)
    if earlier is not None:
        return int(earlier.result)
    cleaned = rules.clean_user(replace(user, roles=tuple(roles), state=UserState.ACTIVE, id=0, version=0))
    made = ""
    if password:
        made = passwords.hashed(check_new_password(password, login=cleaned.login, name=cleaned.name))

    def change(session: "Session") -> int:
        store.lock_users(session)
        first = not store.has_users(session)
        if first:
            rules.check_first_user(cleaned, _day(now))
            if not made:
                raise RuleError(
                    "password_missing",
                    "Falta la contraseña del primer administrador: no se creó nada. Escríbala.",
                )
        else:
            check_manager(actor)
        rules.check_login_free(cleaned.login, store.list_users(session))
        user_id = store.add_user(session, cleaned, password_hash=made, set_at=now if made else None)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="user.add",
            subject=f"user:{user_id}",
            after={**told(cleaned), SEAL: credentials_seal(Credentials(made))},
        )
        return user_id

    return db.run_once(token, change)


def save_user(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user: User,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Correct name, office, position, document and days of access; login, roles and state stay as they are.

    RuleError as in `rules.users.clean_user`, `last_administrator`, `not_allowed`; StaleRow.
    """

    def corrected(before: User) -> User:
        return rules.clean_user(
            replace(
                user,
                login=before.login,
                roles=before.roles,
                state=before.state,
                has_password=before.has_password,
            )
        )

    _change(db, actor, now, "user.save", user.id, expected_version, corrected, token)


def set_roles(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    roles: Sequence[str],
    expected_version: int,
    token: str | None = None,
) -> None:
    """These roles and no others; they hold from the user's next action.

    RuleError `roles_missing`, `role_unknown`, `last_administrator`, `not_allowed`; StaleRow.
    """
    wanted = clean_roles(roles)

    def given(before: User) -> User:
        return replace(before, roles=wanted)

    _change(db, actor, now, "user.roles", user_id, expected_version, given, token)


def suspend_user(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    reason: str,
    expected_version: int,
    token: str | None = None,
) -> None:
    """No access until it is restored. RuleError `own_access`, `user_state`, `last_administrator`; StaleRow."""
    why = rules.clean_reason(reason)

    def suspended(before: User) -> User:
        rules.check_not_oneself(before, actor.user)
        rules.check_can_suspend(before)
        return replace(before, state=UserState.SUSPENDED)

    _change(db, actor, now, "user.suspend", user_id, expected_version, suspended, token, why)


def end_user(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    reason: str,
    expected_version: int,
    token: str | None = None,
) -> None:
    """The user left: no access, no password; name and login stay in the trail. For a day to come set `valid_to`.

    RuleError `own_access`, `user_state`, `last_administrator`; StaleRow.
    """
    why = rules.clean_reason(reason)

    def change(session: "Session") -> None:
        _check_right_to_manage(session, actor)
        end_user_in(
            session, actor=actor, now=now, user_id=user_id, reason=why, expected_version=expected_version
        )

    db.run_once(token, change)


def end_user_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    reason: str,
    expected_version: int | None = None,
) -> None:
    """As `end_user`, in the caller's transaction; without `expected_version` whatever the record is now."""

    def ended(before: User) -> User:
        rules.check_not_oneself(before, actor.user)
        rules.check_can_end(before)
        return rules.ended(before, _day(now))

    store.lock_users(session)
    _change_in(session, actor, now, "user.end", user_id, expected_version, ended, reason)
    store.forget_secrets(session, user_id)
    sheets.drop_sheet(session, user_id)


def restore_user(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    reason: str,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Access again; somebody who had left needs a new one-time code. RuleError `own_access`, `user_state`; StaleRow."""
    why = rules.clean_reason(reason)

    def restored(before: User) -> User:
        rules.check_not_oneself(before, actor.user)
        rules.check_can_restore(before)
        return rules.restored(before, _day(now))

    _change(db, actor, now, "user.restore", user_id, expected_version, restored, token, why)


def check_manager(actor: Actor) -> None:
    """Whether the actor may manage the users of a base that has some; RuleError `log_in_needed`, `not_allowed`."""
    if actor.rights is None:
        raise RuleError(
            "log_in_needed",
            "Esta base ya tiene usuarios y nadie ha entrado con el suyo; no se cambió nada. Entre con su usuario y "
            "contraseña.",
        )
    check_right(actor, "people.manage")


def told(user: User) -> dict[str, Any]:
    """A user as the trail keeps it."""
    return {
        "login": user.login,
        "name": user.name,
        "office": user.office,
        "position": user.position,
        "document": user.document,
        "valid_from": user.valid_from,
        "valid_to": user.valid_to,
        "roles": list(user.roles),
        "state": user.state.value,
    }


# --- inside ---


def _change(
    db: Database,
    actor: Actor,
    now: datetime,
    action: str,
    user_id: int,
    expected_version: int,
    change: Callable[[User], User],
    token: str | None,
    reason: str = "",
) -> None:
    def work(session: "Session") -> None:
        store.lock_users(session)
        _check_right_to_manage(session, actor)
        _change_in(session, actor, now, action, user_id, expected_version, change, reason)

    db.run_once(token, work)


def _change_in(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    user_id: int,
    expected_version: int | None,
    change: Callable[[User], User],
    reason: str,
) -> None:
    before = store.load_user(session, user_id)
    seen = before.version if expected_version is None else expected_version
    after = replace(change(before), id=user_id, version=seen)
    store.save_user(session, after)
    if after.roles != before.roles:
        store.set_roles(session, user_id, after.roles)
    if rules.is_steady_administrator(before, _day(now)):
        rules.check_administrator_remains(store.list_users(session), _day(now))
    old, new = changed_fields(told(before), told(after))
    record_audit(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=f"user:{user_id}",
        before=old,
        after=new,
        reason=reason,
    )


def _check_right_to_manage(session: "Session", actor: Actor) -> None:
    if store.has_users(session):
        check_manager(actor)


def _day(now: datetime) -> date:
    return now.astimezone(LIMA).date()
