"""Who can give or receive a cargo, and whose forms can be handed over: lists to choose from."""

from dataclasses import dataclass, replace
from datetime import date

from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.handover.rules.facts import Person, Section
from sisfoh_desktop.modules.handover.rules.lines import proposed_sections
from sisfoh_desktop.modules.kardex.rules import Holder, HolderKind
from sisfoh_desktop.modules.kardex.service import catalogue
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.rules.facts import UserState
from sisfoh_desktop.modules.people.rules.roles import rights_of
from sisfoh_desktop.modules.people.service import users


@dataclass(frozen=True)
class Candidate:
    """Somebody who may give or receive, with what they would hand over and whose forms they answer for."""

    person: Person
    sections: tuple[Section, ...]
    holder_id: int | None = None

    @property
    def label(self) -> str:
        """`ANA CASTRO, Responsable de la ULE`."""
        return self.person.told


def list_candidates(db: Database, today: date) -> list[Candidate]:
    """Users who have not left and officers in force, once each, by name; proposed forms are those of their name or,
    for whoever keeps the kardex, of the first warehouse."""
    holders = list_holders(db, today)
    found: dict[str, Candidate] = {}
    for line in users.list_users(db, today):
        user = line.user
        if user.state is UserState.LEFT:
            continue
        rights = rights_of(user.roles)
        person = Person(user.name, user.position, user.office, user_id=user.id)
        found[user.name.casefold()] = Candidate(
            person, proposed_sections(rights), _forms_of(user.name, holders, "kardex.move" in rights)
        )
    for one in office.list_officers(db, today):
        officer = one.officer
        key = officer.name.casefold()
        known = found.get(key)
        own = Person(
            officer.full_name,
            officer.full_position,
            one.unit_name,
            known.person.user_id if known is not None else None,
            officer.id,
        )
        found[key] = (
            replace(known, person=own)
            if known is not None
            else Candidate(own, proposed_sections(None), _forms_of(officer.name, holders, False))
        )
    return sorted(found.values(), key=lambda one: one.person.name.casefold())


def list_holders(db: Database, today: date) -> list[Holder]:
    """Who and what can hold forms in the office, by name."""
    return [one for one in catalogue.list_holders(db, today) if not one.kind.is_outside]


def _forms_of(name: str, holders: list[Holder], keeps: bool) -> int | None:
    own = next((one.id for one in holders if one.name.casefold() == name.casefold()), None)
    if own is not None or not keeps:
        return own
    return next((one.id for one in holders if one.kind is HolderKind.WAREHOUSE), None)
