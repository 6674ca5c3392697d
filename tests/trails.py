"""The trail as tests ask for it: where it breaks first, where it stands."""

from sqlalchemy.orm import Session

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.trail import TrailHead, examine_trail, trail_head


def first_broken_entry(session: Session) -> int | None:
    """The order of the first entry that does not fit its chain, or None when the trail is whole."""
    broken = examine_trail(session).broken
    return None if broken is None else broken.entry


def find_head(db: Database) -> TrailHead:
    """`trail_head` in a reading of its own."""
    with db.reading() as session:
        return trail_head(session)
