"""Coming in and going out: log-in, the locked screen, the own password, the rights of somebody as they are now.

Every attempt is counted before its password is looked at, so that many at once gain nothing. A base without users
asks for no log-in (`has_users`). Nothing here may run on the window's thread: hashing takes a tenth of a second.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import access as rules
from sisfoh_desktop.modules.people.rules import passwords as password_rules
from sisfoh_desktop.modules.people.rules.checking import SEAL, credentials_seal
from sisfoh_desktop.modules.people.rules.facts import Credentials, LoggedIn, Standing, User
from sisfoh_desktop.modules.people.rules.roles import rights_of
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.modules.people.store import users as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.modules.people.rules.facts import Absence

_NOBODY = "(desconocido)"
_LONGEST_PC = 60


def has_users(db: Database) -> bool:
    """Whether one has to log in to this base."""
    with db.reading() as session:
        return store.has_users(session)


def log_in(db: Database, *, now: datetime, login: str, password: str, pc: str = "") -> LoggedIn:
    """Let somebody in by password or one-time code; `pc` names the machine in the trail.

    RuleError `access_refused` (unknown login or wrong password, told alike), `access_locked`, `access_absent`,
    `access_ended` or `access_not_yet`; every refusal is in the trail but those during a lock.
    """
    proved = _prove(db, now=now, login=login, password=password, pc=pc)
    user, standing = _let_in(db, proved, now=now, pc=pc)
    refusal = rules.entry_refusal(user, standing.standing, standing.away_until)
    if refusal is not None:
        raise refusal
    return LoggedIn(user, actor_of(user), must_change=proved.by_code or user.must_change)


def log_out(db: Database, *, actor: Actor, now: datetime) -> None:
    """The person leaves the session."""
    _record_session(db, actor, now, "session.out")


def record_lock(db: Database, *, actor: Actor, now: datetime, locked: bool) -> None:
    """The screen was locked, or unlocked after `check_password`."""
    _record_session(db, actor, now, "session.locked" if locked else "session.unlocked")


def check_password(db: Database, *, actor: Actor, now: datetime, password: str) -> None:
    """Whether it is the actor's own and the actor may still be in; RuleError as in `log_in`."""
    user_id = _prove(db, now=now, login=actor.user, password=password).user_id

    def change(session: "Session") -> None:
        store.record_attempt(session, user_id, failures=0, until=None)

    db.run_once(None, change)
    with db.reading() as session:
        user, found = standing_in(session, user_id, now)
    refusal = rules.entry_refusal(user, found.standing, found.away_until)
    if refusal is not None:
        raise refusal


def change_password(
    db: Database, *, actor: Actor, now: datetime, old: str, new: str, token: str | None = None
) -> None:
    """The actor's own password, `old` being the present one or the one-time code.

    RuleError `password_...` as in `rules.passwords.check_new_password`, `password_same`, and as in `log_in`.
    """
    if db.find_answer(token) is not None:
        return
    login = rules.typed_login(actor.user)
    with db.reading() as session:
        known = store.find_by_login(session, login)
    kept = password_rules.check_new_password(new, login=login, name=known.name if known else "")
    user_id = _prove(db, now=now, login=login, password=old).user_id
    if kept == password_rules.kept_password(old):
        raise RuleError(
            "password_same", "La contraseña nueva es igual a la de antes; no se cambió. Escriba otra."
        )
    made = passwords.hashed(kept)

    def change(session: "Session") -> None:
        store.record_password(session, user_id, made, now)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="user.password",
            subject=f"user:{user_id}",
            after={SEAL: credentials_seal(Credentials(made))},
        )

    db.run_once(token, change)


def actor_now(db: Database, login: str, today: date) -> Actor | None:
    """Somebody with their rights as they are now; None when they may no longer be in.

    On a base without users everybody may do everything.
    """
    with db.reading() as session:
        user = store.find_by_login(session, rules.typed_login(login))
        if user is None:
            return None if store.has_users(session) else Actor(login)
        absences = _absences(session, user.id)
    return actor_of(user) if _may_stay(rules.standing_of(user, absences, today)) else None


def actor_of(user: User) -> Actor:
    """The user as the trail names it, with the rights of its roles."""
    return Actor(user.login, user.office, rights_of(user.roles))


# --- inside ---


@dataclass(frozen=True)
class _Proved:
    """Who gave the right password, or the right one-time code; `outdated` is a hash to be made anew."""

    user_id: int
    by_code: bool
    outdated: str = ""
    renewed: str = ""


@dataclass(frozen=True)
class Found:
    """Whether somebody may come in on a day, and until when they are away."""

    standing: Standing
    away_until: date | None


def _prove(db: Database, *, now: datetime, login: str, password: str, pc: str = "") -> _Proved:
    """Count the attempt, compare the password, record a refusal; RuleError `access_refused` or `access_locked`."""
    typed = rules.typed_login(login)
    user_id = claim_attempt(db, typed, now, pc)
    if not user_id:
        passwords.fits("", None)
        raise rules.wrong_password()
    with db.reading() as session:
        kept = store.load_credentials(session, user_id)
    if kept.password_hash or not kept.recovery_hash:
        given = password_rules.kept_password(password)
        if passwords.fits(kept.password_hash, given):
            stale = given is not None and passwords.is_outdated(kept.password_hash)
            return _Proved(
                user_id,
                by_code=False,
                outdated=kept.password_hash if stale else "",
                renewed=passwords.hashed(given) if stale and given is not None else "",
            )
    elif passwords.fits(kept.recovery_hash, password_rules.typed_code(password)):
        if kept.recovery_until is not None and now <= kept.recovery_until:
            return _Proved(user_id, by_code=True)
        record_refused(db, user_id, now, pc, cause="code_expired")
        raise rules.expired_code()
    record_refused(db, user_id, now, pc, cause="wrong_password")
    raise rules.wrong_password()


def claim_attempt(db: Database, login: str, now: datetime, pc: str) -> int:
    """Count one more failure beforehand; the user's id, 0 for a login that nobody has. RuleError `access_locked`.

    Attempts on a login that nobody has are counted in the trail, one after another like those on others.
    """

    def change(session: "Session") -> list[int]:
        user = store.find_by_login(session, login, for_update=True)
        if user is None:
            store.wait_for_trail(session)
            subject = rules.unknown_subject(login)
            failures, last = store.unknown_failures(session, subject)
            until = rules.locked_until(failures, last) if last else None
        else:
            kept = store.load_credentials(session, user.id)
            failures, until = kept.failed_count, kept.locked_until
        rules.check_not_locked(until, now)
        failures += 1
        again = rules.is_clock_back(until, now)
        until = rules.locked_until(failures, now)
        if user is None:
            _record_unknown(session, subject, now, pc)
        else:
            store.record_attempt(session, user.id, failures=failures, until=until)
            if again:
                _record_refusal(session, user.id, now, pc, cause="clock_back")
        waits = until - now if again and until else timedelta()
        return [user.id if user else 0, int(waits.total_seconds())]

    user_id, seconds = db.run_once(None, change)
    if seconds:
        raise rules.too_many_failures(now + timedelta(seconds=seconds), now)
    return user_id


def _let_in(db: Database, proved: _Proved, *, now: datetime, pc: str) -> tuple[User, Found]:
    """Record that the user came in, or why not although the password was right."""

    def change(session: "Session") -> None:
        user, found = standing_in(session, proved.user_id, now)
        sealed = {}
        if proved.renewed and store.record_rehash(session, user.id, proved.renewed, proved.outdated):
            sealed = {SEAL: credentials_seal(store.load_credentials(session, user.id))}
        refused = rules.entry_refusal(user, found.standing, found.away_until) is not None
        if refused:
            store.record_attempt(session, user.id, failures=0, until=None)
            after: dict[str, str | bool] = {"cause": found.standing.value, **told_pc(pc), **sealed}
        else:
            store.record_login(session, user.id, now)
            after = {**told_pc(pc), **({"by_code": True} if proved.by_code else {}), **sealed}
        record_audit(
            session,
            actor=actor_of(user),
            now=now,
            action="session.refused" if refused else "session.in",
            subject=f"session:{user.id}",
            after=after,
        )

    db.run_once(None, change)
    with db.reading() as session:
        return standing_in(session, proved.user_id, now)


def standing_in(session: "Session", user_id: int, now: datetime) -> tuple[User, Found]:
    """The user, and whether they may come in on the day of `now`; RuleError where there is none."""
    user = store.load_user(session, user_id)
    absences = _absences(session, user_id)
    today = now.astimezone(LIMA).date()
    return user, Found(
        rules.standing_of(user, absences, today),
        rules.absent_until(absences, today),
    )


def _may_stay(standing: Standing) -> bool:
    """A password that was withdrawn is asked for at the next log-in, not from somebody who is in."""
    return standing in (Standing.MAY_ENTER, Standing.NO_PASSWORD)


def record_refused(db: Database, user_id: int, now: datetime, pc: str, *, cause: str) -> None:
    """Say in the trail that a user was not let in, and why: a `cause` that the module's history words know."""

    def change(session: "Session") -> None:
        _record_refusal(session, user_id, now, pc, cause=cause)

    db.run_once(None, change)


def _record_refusal(session: "Session", user_id: int, now: datetime, pc: str, *, cause: str) -> None:
    user = store.load_user(session, user_id)
    kept = store.load_credentials(session, user_id)
    record_audit(
        session,
        actor=actor_of(user),
        now=now,
        action="session.refused",
        subject=f"session:{user_id}",
        after={
            "cause": cause,
            "failures": kept.failed_count,
            **({"locked_until": kept.locked_until} if kept.locked_until else {}),
            **told_pc(pc),
        },
    )


def _record_unknown(session: "Session", subject: str, now: datetime, pc: str) -> None:
    record_audit(
        session,
        actor=Actor(_NOBODY, rights=frozenset()),
        now=now,
        action="session.refused",
        subject=subject,
        after={"cause": "unknown_login", **told_pc(pc)},
    )


def _record_session(db: Database, actor: Actor, now: datetime, action: str) -> None:
    def change(session: "Session") -> None:
        user = store.find_by_login(session, rules.typed_login(actor.user))
        subject = f"session:{user.id if user else 0}"
        record_audit(session, actor=actor, now=now, action=action, subject=subject)

    db.run_once(None, change)


def told_pc(pc: str) -> dict[str, str]:
    """The machine as an entry of the trail names it; nothing for one without a name."""
    name = "".join(sign for sign in pc if sign.isprintable()).strip()[:_LONGEST_PC]
    return {"pc": name} if name else {}


def _absences(session: "Session", user_id: int) -> "list[Absence]":
    from sisfoh_desktop.modules.people.store import (
        absences,  # at the opening it is only asked whether there are users
    )

    return absences.list_of_user(session, user_id)
