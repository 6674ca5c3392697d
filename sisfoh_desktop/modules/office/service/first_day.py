"""The first day of an office: what it may start from, what it has, and everything entered in one transaction."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import rules, store
from sisfoh_desktop.modules.office.rules import DatedFact, Holiday, Officer, in_force, siglas_key
from sisfoh_desktop.modules.office.rules import first_day as first_day_rules
from sisfoh_desktop.modules.office.rules.first_day import FirstDay, OfficeStanding, Province, UnitTemplate
from sisfoh_desktop.modules.office.service.changes import noun, plain, record
from sisfoh_desktop.modules.office.service.national import shipped_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def unit_templates() -> tuple[UnitTemplate, ...]:
    """The shipped templates of units; FileFailed where the program's file is damaged."""
    return first_day_rules.unit_templates(shipped_file("unit_templates"))


def provinces() -> tuple[Province, ...]:
    """The provinces of Peru by their INEI codes; FileFailed where the program's file is damaged."""
    return first_day_rules.provinces(shipped_file("places"))


def load_standing(db: Database, on: date) -> OfficeStanding:
    """What the office has on that day; officers come without their DNI."""
    with db.reading() as session:
        officers = [one for one in store.list_dated(session, Officer) if in_force(one, on)]
        return OfficeStanding(
            store.find_municipality(session),
            tuple(store.list_units(session, on)),
            tuple(replace(one, dni=None) for one in officers),
            tuple(store.list_dated(session, Holiday)),
        )


def enter_first_day(
    db: Database, *, actor: Actor, now: datetime, entered: FirstDay, token: str | None = None
) -> int:
    """Store all of it or nothing; how many facts were stored.

    RuleErrors of each fact as where it is entered alone, `superior_unknown`, `unit_circle`, `unit_unknown`; StaleRow
    when somebody changed the municipality meanwhile.
    """
    municipality = entered.municipality
    if municipality is not None:
        municipality = rules.check_municipality(municipality)
        if municipality.logo is not None:
            from sisfoh_desktop.documents.letterhead import check_logo

            check_logo(municipality.logo)

    def change(session: "Session") -> int:
        if municipality is not None:
            before = store.find_municipality(session)
            store.record_municipality(session, municipality, municipality.version)
            record(
                session, actor, now, "municipality.save", "municipality:1", plain(before), plain(municipality)
            )
        units = _enter_units(session, actor, now, entered)
        for one in entered.officers:
            unit_id = units.get(siglas_key(one.unit))
            if unit_id is None:
                raise RuleError(
                    "unit_unknown",
                    f"{one.officer.name} está en la unidad «{one.unit[:40]}», que no está en la lista; no se guardó "
                    "nada. Márquela entre las unidades o quite a la persona.",
                )
            _enter(session, actor, now, replace(one.officer, unit_id=unit_id, dni=one.officer.dni or ""))
        for holiday in entered.holidays:
            _enter(session, actor, now, replace(holiday, entered_by=actor.user))
        count = len(entered.units) + len(entered.officers) + len(entered.holidays)
        return count + (municipality is not None)

    return db.run_once(token, change)


def _enter_units(session: "Session", actor: Actor, now: datetime, entered: FirstDay) -> dict[str, int]:
    """Every unit by its siglas as compared, those that were there too."""
    on = now.date()
    ids = {siglas_key(unit.siglas): unit.id for unit in store.list_units(session, on)}
    for one in first_day_rules.superiors_first(entered.units, set(ids)):
        parent_id = ids[siglas_key(one.parent)] if one.parent else None
        checked = rules.check_unit_name(
            replace(one.unit, parent_id=parent_id), store.list_unit_names(session)
        )
        placed = replace(checked, sort_order=store.next_sort_order(session, parent_id))
        unit_id = store.add_unit(session, placed)
        record(session, actor, now, "unit.add", f"unit:{unit_id}", None, plain(placed))
        ids[siglas_key(placed.siglas)] = unit_id
    return ids


def _enter(session: "Session", actor: Actor, now: datetime, fact: DatedFact) -> None:
    checked = rules.check_dated(fact, store.list_dated(session, type(fact)))
    fact_id = store.add_dated(session, checked)
    record(session, actor, now, f"{noun(fact)}.add", f"{noun(fact)}:{fact_id}", None, plain(checked))
