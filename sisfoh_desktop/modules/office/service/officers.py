"""Who holds which post, on what document, from when until when; whoever acts "(e)" goes first."""

from dataclasses import replace
from datetime import date, datetime

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.access_log import record_view
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import Officer, OfficerLine, Unit, in_force
from sisfoh_desktop.modules.office.service.changes import add_fact, end_fact, save_fact


def list_officers(db: Database, on: date | None = None) -> list[OfficerLine]:
    """Officers in force on `on` (None: all ever entered) with their unit as called then, DNI masked."""
    with db.reading() as session:
        officers = store.list_dated(session, Officer)
        units = {unit.id: unit for unit in store.list_units(session, on)} if on else {}
        if on is None:
            for name in store.list_unit_names(session):
                units[name.unit_id] = Unit(name.name, name.siglas, id=name.unit_id)
    chosen = [officer for officer in officers if on is None or in_force(officer, on)]
    lines = [OfficerLine.of(officer, units.get(officer.unit_id)) for officer in chosen]
    places = {unit_id: place for place, unit_id in enumerate(units)}
    return sorted(
        lines, key=lambda line: (places.get(line.officer.unit_id, len(places)), not line.officer.head)
    )


def load_officer(db: Database, officer_id: int) -> Officer:
    """One officer with the whole DNI, for signing; lists use `list_officers`."""
    with db.reading() as session:
        return store.load_dated(session, Officer, officer_id)


def reveal_dni(db: Database, *, actor: Actor, now: datetime, officer_id: int, reason: str) -> str:
    """The whole DNI of an officer, once it is noted who asks and why.

    RuleError `not_allowed` without the right `personal.view`, `reason_missing`, `dni_not_kept`.
    """
    check_right(actor, "personal.view")
    officer = load_officer(db, officer_id)
    if not officer.dni:
        raise RuleError("dni_not_kept", "Esta persona no tiene DNI registrado; no hay nada que mostrar.")
    record_view(
        db, actor=actor, now=now, subject=f"officer:{officer_id}", person=officer.full_name, reason=reason
    )
    return officer.dni


def officer_choices(db: Database, on: date) -> tuple[tuple[int, str], ...]:
    """The officers in force with their posts, for a list to choose who signs from."""
    return tuple(
        (line.officer.id, f"{line.officer.full_name}, {line.officer.full_position}")
        for line in list_officers(db, on)
    )


def officer_for(db: Database, unit_id: int, on: date) -> Officer | None:
    """Who heads the unit on that day; whoever is in charge "(e)" goes before the holder of the post."""
    with db.reading() as session:
        officers = store.list_dated(session, Officer)
    heads = [one for one in officers if one.unit_id == unit_id and one.head and in_force(one, on)]
    return next(iter(sorted(heads, key=lambda one: not one.acting)), None)


def add_officer(
    db: Database, *, actor: Actor, now: datetime, officer: Officer, token: str | None = None
) -> int:
    return add_fact(db, actor, now, replace(officer, dni=officer.dni or ""), token)


def save_officer(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    officer: Officer,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Correct an officer's row; `officer.dni` None keeps the stored number."""
    return save_fact(db, actor, now, officer, expected_version, token)


def end_officer(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    officer_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """The officer leaves the post: `last_day` is the last one in it."""
    return end_fact(db, actor, now, Officer, officer_id, last_day, expected_version, token)
