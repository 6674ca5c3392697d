"""Recovery sheets: how the only administrator gets in again after forgetting the password.

Each prints their own and keeps it in a sealed envelope. Its code is nowhere but on the paper, is good for one time
only and has no end; a code made by another administrator, or leaving, puts it out of force.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import access as rules
from sisfoh_desktop.modules.people.rules import passwords as password_rules
from sisfoh_desktop.modules.people.rules.checking import (
    SEAL,
    SHEET,
    SHEET_MADE,
    SHEET_USED,
    credentials_seal,
    sheet_seal,
)
from sisfoh_desktop.modules.people.rules.facts import Credentials, RecoverySheet, Standing
from sisfoh_desktop.modules.people.rules.roles import ADMINISTRATOR
from sisfoh_desktop.modules.people.service import access, passwords
from sisfoh_desktop.modules.people.service.recovery import letterhead_of_slips
from sisfoh_desktop.modules.people.service.users import check_manager
from sisfoh_desktop.modules.people.store import sheets as store
from sisfoh_desktop.modules.people.store import users as user_store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_WRONG = "wrong_sheet"


def sheets_made(db: Database) -> dict[int, datetime]:
    """When each sheet that still counts was printed, by the id of its user."""
    with db.reading() as session:
        return store.made_at(session)


def make_sheet(db: Database, *, actor: Actor, now: datetime, password: str) -> RecoverySheet:
    """The actor's own new sheet; the one before counts no longer. There is no token: a lost answer is made again.

    RuleError `log_in_needed`, `not_allowed`, `sheet_administrator`, and as in `access.check_password`.
    """
    check_manager(actor)
    access.check_password(db, actor=actor, now=now, password=password)
    code = passwords.new_code()
    made = passwords.hashed(code)

    def change(session: "Session") -> list[str]:
        user_store.lock_users(session)
        user = user_store.find_by_login(session, rules.typed_login(actor.user))
        if user is None or ADMINISTRATOR not in user.roles:
            raise RuleError(
                "sheet_administrator",
                "La hoja de recuperación es de quien administra los usuarios; no se hizo. A los demás les imprime una "
                "clave de un solo uso el administrador.",
            )
        store.put_sheet(session, user.id, made, now)
        record_audit(
            session,
            actor=actor,
            now=now,
            action=SHEET_MADE,
            subject=f"user:{user.id}",
            after={SHEET: sheet_seal(made)},
        )
        return [user.login, user.name]

    login, name = db.run_once(None, change)
    return RecoverySheet(login, name, password_rules.shown_code(code), now)


def recover_by_sheet(db: Database, *, now: datetime, login: str, code: str, new: str, pc: str = "") -> None:
    """A new password by the code of the sheet, which is used up by it; `pc` names the machine in the trail.

    Attempts count and make wait like those at the log-in. RuleError `sheet_refused` (unknown login, no sheet, wrong
    code, told alike), `access_locked`, `password_...`, and as in `access.log_in` for who may not come in.
    """
    typed = rules.typed_login(login)
    kept = password_rules.check_new_password(new, login=typed)
    user_id = access.claim_attempt(db, typed, now, pc)
    code_hash = ""
    if user_id:
        with db.reading() as session:
            code_hash = store.find_hash(session, user_id)
    if not passwords.fits(code_hash, password_rules.typed_code(code)):
        if user_id:
            access.record_refused(db, user_id, now, pc, cause=_WRONG)
        raise rules.wrong_sheet()
    with db.reading() as session:
        name = user_store.load_user(session, user_id).name
    # only now: before the code has proved who it is, a refusal would tell whose login that is
    password_rules.check_new_password(new, login=typed, name=name)
    made = passwords.hashed(kept)

    def change(session: "Session") -> str:
        """Why the right code did not count; "" where it did."""
        user_store.lock_users(session)
        user, found = access.standing_in(session, user_id, now)
        if found.standing not in (Standing.MAY_ENTER, Standing.NO_PASSWORD):
            return found.standing.value
        if ADMINISTRATOR not in user.roles or not store.drop_sheet(session, user_id, code_hash):
            return _WRONG
        user_store.record_password(session, user_id, made, now)
        record_audit(
            session,
            actor=access.actor_of(user),
            now=now,
            action=SHEET_USED,
            subject=f"user:{user_id}",
            after={SEAL: credentials_seal(Credentials(made)), SHEET: "", **access.told_pc(pc)},
        )
        return ""

    cause = db.run_once(None, change)
    if cause:
        access.record_refused(db, user_id, now, pc, cause=cause)
        with db.reading() as session:
            user, found = access.standing_in(session, user_id, now)
        raise rules.entry_refusal(user, found.standing, found.away_until) or rules.wrong_sheet()


def sheet_pdf(db: Database, sheet: RecoverySheet) -> bytes:
    """The sheet for the sealed envelope; it is not archived."""
    from sisfoh_desktop.modules.office import service as office
    from sisfoh_desktop.modules.people.report.recovery_slip import recovery_sheet_pdf

    head = letterhead_of_slips(db, sheet.made_at.astimezone(LIMA).date())
    return recovery_sheet_pdf(sheet, head, watermark=office.watermark(db)).pdf
