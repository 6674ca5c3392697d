"""What the people of a base ask of its administrator on a day: read by Mi bandeja, at the start of the program."""

from datetime import date

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import pending as rules
from sisfoh_desktop.modules.people.store import users


def list_pending(db: Database, today: date) -> list[Pending]:
    """Nothing in a base without users."""
    with db.reading() as session:
        listed = users.list_users(session)
        if not listed:
            return []
        from sisfoh_desktop.modules.people.store import (  # most offices have one person and no users
            reviews,
            sheets,
        )

        newest, printed = reviews.newest_review(session), sheets.made_at(session)
    return rules.pending_of(listed, newest, today, with_sheet=printed)
