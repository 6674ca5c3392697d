"""One-time codes: made by the administrator for who has no password or forgot it, printed once, good for a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.audit import record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.rules import users as rules
from sisfoh_desktop.modules.people.rules.access import RECOVERY_VALID
from sisfoh_desktop.modules.people.rules.checking import SEAL, SHEET, credentials_seal
from sisfoh_desktop.modules.people.rules.facts import Credentials, RecoverySlip, UserState
from sisfoh_desktop.modules.people.rules.passwords import shown_code
from sisfoh_desktop.modules.people.service import passwords
from sisfoh_desktop.modules.people.service.users import check_manager
from sisfoh_desktop.modules.people.store import sheets
from sisfoh_desktop.modules.people.store import users as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from sisfoh_desktop.documents.letterhead import Letterhead


def recover(db: Database, *, actor: Actor, now: datetime, user_id: int) -> RecoverySlip:
    """A new one-time code for a user; the password, if any, counts no longer, and a lock is lifted.

    The code is nowhere but in the answer: there is no token, whoever loses the answer makes another code.
    RuleError `own_access`, `user_state`, `user_unknown`, `last_administrator`, `not_allowed`.
    """
    check_manager(actor)
    code = passwords.new_code()
    made, until = passwords.hashed(code), now + RECOVERY_VALID

    def change(session: "Session") -> None:
        store.lock_users(session)
        user = store.load_user(session, user_id)
        rules.check_not_oneself(user, actor.user)
        if user.state is not UserState.ACTIVE:
            raise RuleError(
                "user_state",
                f"El acceso de {user.name} está {user.state.label.lower()}; no se hizo la clave. Restablézcalo antes.",
            )
        store.record_recovery(session, user_id, made, until)
        sheets.drop_sheet(session, user_id)
        today = now.astimezone(LIMA).date()
        if rules.is_steady_administrator(user, today):
            rules.check_administrator_remains(store.list_users(session), today)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="user.recover",
            subject=f"user:{user_id}",
            after={"code_until": until, SEAL: credentials_seal(Credentials("", made, until)), SHEET: ""},
        )

    db.run_once(None, change)
    with db.reading() as session:
        user = store.load_user(session, user_id)
    return RecoverySlip(user.login, user.name, shown_code(code), until, actor.user, now)


def recovery_pdf(db: Database, slip: RecoverySlip) -> bytes:
    """The slip to hand over in a closed envelope; it is not archived. Users may be made before the municipality is."""
    from sisfoh_desktop.modules.people.report.recovery_slip import recovery_slip_pdf

    head = letterhead_of_slips(db, slip.made_at.astimezone(LIMA).date())
    return recovery_slip_pdf(slip, head, watermark=office.watermark(db)).pdf


def letterhead_of_slips(db: Database, on: date) -> "Letterhead":
    """The office's, or the program's name while the base has no municipality."""
    from sisfoh_desktop.documents.letterhead import Letterhead

    named = office.find_municipality(db) is not None
    return office.letterhead(db, on) if named else Letterhead("SISFOH Desktop")
