"""What the people of a base ask of its administrator on a day: read by Mi bandeja, at the start of the program."""

from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.people.rules import pending as rules
from sisfoh_desktop.modules.people.rules.pending import Pending
from sisfoh_desktop.modules.people.store import reviews, users


def list_pending(db: Database, today: date) -> list[Pending]:
    """Nothing in a base without users."""
    with db.reading() as session:
        listed = users.list_users(session)
        newest = reviews.newest_review(session) if listed else None
    return rules.pending_of(listed, newest, today)
