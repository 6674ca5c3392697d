"""Reads and writes of users with their roles and credentials, and the failures that the trail tells of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, func, insert, select, text, update

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import AuditEntryRow, AuditHeadRow
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.people.rules.access import is_login
from sisfoh_desktop.modules.people.rules.facts import Credentials, User, UserState
from sisfoh_desktop.modules.people.rules.roles import ROLES
from sisfoh_desktop.modules.people.tables import UserRoleRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

_ORDER = {role.key: place for place, role in enumerate(ROLES)}


def has_users(session: "Session") -> bool:
    """Whether the base has any user, in whatever state, or had: a table that another program emptied opens no door."""
    if session.scalar(select(UserRow.id).limit(1)) is not None:
        return True
    subject = AuditEntryRow.subject
    about_users = subject.startswith("user:")
    if session.get_bind().dialect.name == "sqlite":  # LIKE would pass over the index
        about_users = (subject >= "user:") & (subject < "user;")
    made = select(AuditEntryRow.id).where(about_users, AuditEntryRow.action == "user.add").limit(1)
    return session.scalar(made) is not None


def lock_users(session: "Session") -> None:
    """Let nobody else change users until the commit, so that a check over all of them holds.

    Always before anything else is locked: attempts to come in wait for it. On SQLite one writes at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE app_user IN EXCLUSIVE MODE"))


def list_users(session: "Session") -> list[User]:
    """By name."""
    roles = _roles(session)
    rows = session.scalars(
        select(UserRow).order_by(UserRow.name, UserRow.login).execution_options(populate_existing=True)
    )
    return [_user(row, roles.get(row.id, ())) for row in rows]


def load_user(session: "Session", user_id: int) -> User:
    """RuleError `user_unknown`."""
    row = session.get(UserRow, user_id, populate_existing=True)
    if row is None:
        raise RuleError(
            "user_unknown", "Ese usuario no existe en esta base; no se cambió nada. Actualice con F5."
        )
    return _user(row, _roles(session, user_id).get(user_id, ()))


def find_by_login(session: "Session", login: str, *, for_update: bool = False) -> User | None:
    """The user with this login as kept; with `for_update` its row waits for nobody else until the commit."""
    if not is_login(login):  # what nobody can be called does not reach the database
        return None
    query = select(UserRow).where(UserRow.login == login).execution_options(populate_existing=True)
    row = session.scalars(query.with_for_update() if for_update else query).one_or_none()
    return None if row is None else _user(row, _roles(session, row.id).get(row.id, ()))


def load_credentials(session: "Session", user_id: int) -> Credentials:
    """Of a user that exists."""
    row = session.execute(
        select(
            UserRow.password_hash,
            UserRow.recovery_hash,
            UserRow.recovery_until,
            UserRow.failed_count,
            UserRow.locked_until,
        ).where(UserRow.id == user_id)
    ).one()
    return Credentials(*row)


def add_user(session: "Session", user: User, *, password_hash: str, set_at: datetime | None) -> int:
    """The user with its roles; its id. Without a hash it has no password yet."""
    done = cast(
        "CursorResult[Any]",
        session.execute(
            insert(UserRow).values(
                login=user.login,
                **_values(user),
                state=user.state.value,
                password_hash=password_hash,
                password_set_at=set_at,
                must_change=False,
                recovery_hash="",
                failed_count=0,
                version=1,
            )
        ),
    )
    key = done.inserted_primary_key
    assert key is not None
    set_roles(session, int(key[0]), user.roles)
    return int(key[0])


def save_user(session: "Session", user: User) -> int:
    """Its data, dates and state over the version that was seen; the new version, or StaleRow."""
    return update_version(
        session, UserRow, user.id, user.version, {**_values(user), "state": user.state.value}
    )


def set_roles(session: "Session", user_id: int, roles: Sequence[str]) -> None:
    """These roles and no others."""
    session.execute(delete(UserRoleRow).where(UserRoleRow.user_id == user_id))
    if roles:
        session.execute(insert(UserRoleRow), [{"user_id": user_id, "role": role} for role in roles])


def record_attempt(session: "Session", user_id: int, *, failures: int, until: datetime | None) -> None:
    """How many wrong passwords came in a row, and until when the next has to wait; no change of the record."""
    _write(session, user_id, {"failed_count": failures, "locked_until": until})


def record_login(session: "Session", user_id: int, now: datetime) -> None:
    """The user came in: failures are forgotten."""
    _write(session, user_id, {"failed_count": 0, "locked_until": None, "last_login_at": now})


def record_rehash(session: "Session", user_id: int, password_hash: str, was: str) -> bool:
    """The same password by the present parameters; False when it was changed meanwhile, and then it stays."""
    done = session.execute(
        update(UserRow)
        .where(UserRow.id == user_id, UserRow.password_hash == was)
        .values(password_hash=password_hash)
    )
    return bool(cast("CursorResult[Any]", done).rowcount)


def record_password(session: "Session", user_id: int, password_hash: str, now: datetime) -> None:
    """A password of the user's own choice: the one-time code, failures and the duty to change are gone."""
    _write(
        session,
        user_id,
        {
            "password_hash": password_hash,
            "password_set_at": now,
            "must_change": False,
            **_NO_RECOVERY,
            "failed_count": 0,
            "locked_until": None,
        },
    )


def record_recovery(session: "Session", user_id: int, recovery_hash: str, until: datetime) -> None:
    """A one-time code: the password, if there was one, counts no longer."""
    _write(
        session,
        user_id,
        {
            "password_hash": "",
            "must_change": True,
            "recovery_hash": recovery_hash,
            "recovery_until": until,
            "failed_count": 0,
            "locked_until": None,
        },
    )


def forget_secrets(session: "Session", user_id: int) -> None:
    """Neither password nor code: nobody can come in as this user until a new code is made."""
    _write(session, user_id, {"password_hash": "", "password_set_at": None, **_NO_RECOVERY})


def wait_for_trail(session: "Session") -> None:
    """Let nobody else append to the trail until the commit; on SQLite one writes at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(AuditHeadRow.id).where(AuditHeadRow.id == 1).with_for_update())


def unknown_failures(session: "Session", subject: str) -> tuple[int, datetime | None]:
    """How many attempts on a login that does not exist the trail tells of, and the last one."""
    count, last = session.execute(
        select(func.count(), func.max(AuditEntryRow.id)).where(
            AuditEntryRow.subject == subject, AuditEntryRow.action == "session.refused"
        )
    ).one()
    if last is None:
        return 0, None
    return int(count), session.scalar(select(AuditEntryRow.at).where(AuditEntryRow.id == last))


_NO_RECOVERY: Mapping[str, Any] = {"recovery_hash": "", "recovery_until": None}


def _write(session: "Session", user_id: int, values: Mapping[str, Any]) -> None:
    session.execute(update(UserRow).where(UserRow.id == user_id).values(**values))


def _values(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "office": user.office,
        "position": user.position,
        "document": user.document,
        "valid_from": user.valid_from,
        "valid_to": user.valid_to,
    }


def _roles(session: "Session", user_id: int | None = None) -> dict[int, tuple[str, ...]]:
    query = select(UserRoleRow.user_id, UserRoleRow.role)
    if user_id is not None:
        query = query.where(UserRoleRow.user_id == user_id)
    found: dict[int, list[str]] = {}
    for owner, role in session.execute(query):
        found.setdefault(owner, []).append(role)
    return {
        owner: tuple(sorted(keys, key=lambda key: (_ORDER.get(key, len(_ORDER)), key)))
        for owner, keys in found.items()
    }


def _user(row: UserRow, roles: tuple[str, ...]) -> User:
    return User(
        login=row.login,
        name=row.name,
        office=row.office,
        position=row.position,
        document=row.document,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        roles=roles,
        state=UserState(row.state),
        has_password=bool(row.password_hash),
        must_change=row.must_change,
        password_set_at=row.password_set_at,
        recovery_until=row.recovery_until,
        locked_until=row.locked_until,
        last_login_at=row.last_login_at,
        id=row.id,
        version=row.version,
    )
