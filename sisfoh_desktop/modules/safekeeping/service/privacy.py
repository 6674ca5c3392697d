"""The description of the bank of personal data: read, saved with its trail. Changing it needs `privacy.manage`."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.safekeeping.rules import privacy as rules
from sisfoh_desktop.modules.safekeeping.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.safekeeping.rules.privacy import DataBank
from sisfoh_desktop.modules.safekeeping.store import privacy as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RIGHT = "privacy.manage"
SUBJECT = "data_bank:1"


def load_bank(db: Database) -> DataBank:
    """The description; an empty one of version 0 while nobody saved it."""
    with db.reading() as session:
        return store.load_bank(session)


def save_bank(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    bank: DataBank,
    expected_version: int,
    token: str | None = None,
) -> None:
    """RuleError as in `rules.privacy.clean_bank`, `not_allowed`; StaleRow."""
    check_right(actor, RIGHT)
    cleaned = rules.clean_bank(bank)

    def change(session: "Session") -> None:
        before = store.load_bank(session)
        store.save_bank(session, cleaned, expected_version)
        old, new = changed_fields(_told(before), _told(cleaned))
        record_audit(
            session,
            actor=actor,
            now=now,
            action="privacy.save",
            subject=SUBJECT,
            before=old if before.version else None,
            after=new,
        )

    db.run_once(token, change)


def history(db: Database) -> list[HistoryLine]:
    """What was changed in the description, the newest first."""
    return history_of(db, [SUBJECT], HISTORY_WORDS)


def _told(bank: DataBank) -> dict[str, Any]:
    return {key: value for key, value in asdict(bank).items() if key != "version"}
