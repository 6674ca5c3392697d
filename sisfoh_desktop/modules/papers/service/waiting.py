"""Whom the open rounds wait for, and what each signer has still to sign."""

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.papers import rules, store
from sisfoh_desktop.modules.papers.rules import RoundPerson, WaitingPaper


def list_waiting(db: Database, person: str = "") -> list[WaitingPaper]:
    """Every place of an open round that has not signed, the oldest paper first; of one person when `person` is a key.

    Whose turn has come stands before whoever waits for others.
    """
    with db.reading() as session:
        rounds = store.list_rounds(session)
    places = [place for paper in rounds for place in rules.waiting_places(paper)]
    chosen = [place for place in places if person in ("", place.person_key)]
    return sorted(chosen, key=lambda place: bool(place.before))


def list_round_people(db: Database) -> list[RoundPerson]:
    """The people that open rounds wait for, by name."""
    return rules.people_of(list_waiting(db))
