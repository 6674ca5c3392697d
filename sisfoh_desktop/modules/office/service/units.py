"""The tree of units and the names they have had: a paper prints the name in force on its date."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import rules, store
from sisfoh_desktop.modules.office.rules import Unit, UnitName, in_force
from sisfoh_desktop.modules.office.service.changes import plain, record
from sisfoh_desktop.modules.office.service.municipality import find_municipality

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_units(db: Database, on: date) -> list[Unit]:
    """The tree of units as it was on that day: superiors first, `depth` tells how far down."""
    with db.reading() as session:
        return store.list_units(session, on)


def load_unit(db: Database, unit_id: int, on: date) -> Unit:
    """A unit as it was called on that day; RuleError `unit_unknown` when it had no name then."""
    with db.reading() as session:
        unit = store.find_unit(session, unit_id, on)
    if unit is None:
        raise RuleError(
            "unit_unknown",
            "La unidad no tenía nombre vigente en esa fecha: revise su vigencia en Oficina › Unidades.",
        )
    return unit


def unit_by_siglas(db: Database, siglas: str, on: date) -> Unit | None:
    """The unit that used those siglas on that day, capitals and points aside; None if there was none."""
    wanted = rules.siglas_key(siglas)
    return next((unit for unit in list_units(db, on) if rules.siglas_key(unit.siglas) == wanted), None)


def ule_unit(db: Database, on: date) -> Unit | None:
    """The unit that registers households, which answers for its data: by its siglas, or else by its name."""
    units = list_units(db, on)
    by_siglas = [unit for unit in units if unit.siglas.upper() == "ULE"]
    by_name = [unit for unit in units if "empadronamiento" in unit.name.casefold()]
    return next(iter([*by_siglas, *by_name]), None)


def ule_siglas(db: Database, on: date) -> tuple[str, str]:
    """Siglas of the municipality ("" while nobody entered it) and of the unit that registers households.

    `ULE` while no such unit is registered. Numbers of papers are proposed with them.
    """
    unit, entity = ule_unit(db, on), find_municipality(db)
    return entity.short_name if entity else "", unit.siglas if unit else "ULE"


def list_unit_names(db: Database, unit_id: int) -> list[UnitName]:
    """Every name that a unit has had or will have, oldest first."""
    with db.reading() as session:
        return store.list_unit_names(session, unit_id)


def add_unit(db: Database, *, actor: Actor, now: datetime, unit: Unit, token: str | None = None) -> int:
    """A new unit with its first name; `sort_order` 0 puts it after its brothers. Returns its id."""

    def change(session: "Session") -> int:
        checked = rules.check_unit_name(unit, store.list_unit_names(session))
        rules.check_parent(0, checked.parent_id, store.unit_parents(session))
        placed = replace(
            checked, sort_order=checked.sort_order or store.next_sort_order(session, checked.parent_id)
        )
        unit_id = store.add_unit(session, placed)
        record(session, actor, now, "unit.add", f"unit:{unit_id}", None, plain(placed))
        return unit_id

    return db.run_once(token, change)


def save_unit(
    db: Database, *, actor: Actor, now: datetime, unit: Unit, expected_version: int, token: str | None = None
) -> int:
    """Correct a unit's place in the tree and its name `unit.name_id`; the new version.

    A new name from some day on is not a correction: see `rename_unit`.
    """

    def change(session: "Session") -> int:
        before = store.load_unit_with_name(session, unit.id, unit.name_id)
        others = [name for name in store.list_unit_names(session) if name.id != unit.name_id]
        checked = rules.check_unit_name(unit, others)
        rules.check_parent(unit.id, checked.parent_id, store.unit_parents(session))
        store.record_unit(session, checked, expected_version)
        record(session, actor, now, "unit.save", f"unit:{unit.id}", plain(before), plain(checked))
        return expected_version + 1

    return db.run_once(token, change)


def rename_unit(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    unit: Unit,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Give a unit a new name and siglas from `unit.valid_from` on; the earlier name ends the day before.

    Papers of earlier dates keep the earlier name. Returns the new version.
    """
    since = unit.valid_from
    if since is None:
        raise RuleError("date_missing", "Indique desde qué día rige el nombre nuevo de la unidad.")

    def change(session: "Session") -> int:
        names = store.list_unit_names(session, unit.id)
        current = next((name for name in reversed(names) if in_force(name, since)), None)
        if current is None or current.valid_from == since:
            raise RuleError(
                "unit_without_name",
                "La unidad no tiene un nombre vigente antes de esa fecha: corrija la vigencia en lugar de renombrar.",
            )
        before = store.load_unit_with_name(session, unit.id, current.id)
        store.record_unit(session, replace(before, valid_to=since - timedelta(days=1)), expected_version)
        checked = rules.check_unit_name(unit, store.list_unit_names(session))
        store.add_unit_name(session, unit.id, checked)
        record(session, actor, now, "unit.rename", f"unit:{unit.id}", plain(before), plain(checked))
        return expected_version + 1

    return db.run_once(token, change)


def end_unit(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Let a unit cease: the name it has on `last_day` holds no longer than that day. The new version."""

    def change(session: "Session") -> int:
        before = store.find_unit(session, unit_id, last_day)
        if before is None:
            raise RuleError(
                "unit_unknown", "La unidad no tenía nombre vigente en esa fecha; revise la fecha."
            )
        after = replace(before, valid_to=last_day)
        store.record_unit(session, after, expected_version)
        record(session, actor, now, "unit.end", f"unit:{unit_id}", plain(before), plain(after))
        return expected_version + 1

    return db.run_once(token, change)
