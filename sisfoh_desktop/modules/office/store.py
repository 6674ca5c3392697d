"""Reads and writes the office's facts; takes a session, gives back facts. Which changes are allowed: rules, service.

Officers, bodies, norms, year names, legends, terms and days off share one shape (dated facts whose fields are named
like their columns), so one set of functions serves them all.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ubigeo import Ubigeo
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.versions import check_updated, update_version
from sisfoh_desktop.modules.office import tables
from sisfoh_desktop.modules.office.rules import (
    ENUM_FIELDS,
    Body,
    DatedFact,
    Holiday,
    LegalTerm,
    Legend,
    Mode,
    Municipality,
    Norm,
    Officer,
    OfficeState,
    Unit,
    UnitName,
    YearName,
    in_force,
)
from sisfoh_desktop.modules.office.tables import (
    HolidayRow,
    MunicipalityRow,
    OfficeStateRow,
    UnitNameRow,
    UnitRow,
)

Fact = TypeVar("Fact", bound=DatedFact)

# The tables of what only acts and papers cite are mapped when first asked for.
_ROWS: Mapping[Any, str] = {
    Officer: "OfficerRow",
    Body: "BodyRow",
    Norm: "NormRow",
    YearName: "YearNameRow",
    Legend: "LegendRow",
    Holiday: "HolidayRow",
    LegalTerm: "LegalTermRow",
}

# --- the municipality and the state of the base ---


def find_municipality(session: Session) -> Municipality | None:
    row = session.get(MunicipalityRow, 1)
    if row is None:
        return None
    return Municipality(
        name=row.name,
        short_name=row.short_name,
        ubigeo=Ubigeo(row.ubigeo_code, row.ubigeo_catalogue),
        place_name=row.place_name,
        portal_url=row.portal_url,
        logo=row.logo,
        mode=Mode.PRACTICE if load_state(session).practice else Mode.REAL,
        version=row.version,
    )


def record_municipality(session: Session, municipality: Municipality, expected_version: int) -> None:
    """Insert with `expected_version` 0, else update that version; StaleRow when someone was faster."""
    values = {
        "name": municipality.name,
        "short_name": municipality.short_name,
        "ubigeo_code": municipality.ubigeo.code,
        "ubigeo_catalogue": municipality.ubigeo.catalogue,
        "place_name": municipality.place_name,
        "portal_url": municipality.portal_url,
        "logo": municipality.logo,
    }
    if expected_version == 0 and session.get(MunicipalityRow, 1) is None:
        session.execute(insert(MunicipalityRow).values(id=1, version=1, **values))
        return
    update_version(session, MunicipalityRow, 1, expected_version, values)


def load_state(session: Session) -> OfficeState:
    row = session.get(OfficeStateRow, 1)
    if row is None:
        return OfficeState()
    return OfficeState(row.practice, row.calendar_verified_until, row.version)


def record_state(session: Session, state: OfficeState, expected_version: int) -> None:
    """Insert with `expected_version` 0, else update that version."""
    values = {"practice": state.practice, "calendar_verified_until": state.calendar_verified_until}
    if expected_version == 0 and session.get(OfficeStateRow, 1) is None:
        session.execute(insert(OfficeStateRow).values(id=1, version=1, **values))
        return
    update_version(session, OfficeStateRow, 1, expected_version, values)


# --- units ---


def list_units(session: Session, on: date) -> list[Unit]:
    """The units that have a name on that day, each before those that depend on it, brothers in their order.

    A unit whose superior has no name that day is listed as if it depended on nobody.
    """
    rows = session.execute(select(UnitRow, UnitNameRow).join(UnitNameRow, UnitNameRow.unit_id == UnitRow.id))
    named = {row.id: _unit(row, name) for row, name in rows if in_force(name, on)}
    children: dict[int | None, list[Unit]] = {}
    for unit in sorted(named.values(), key=lambda unit: (unit.sort_order, unit.id)):
        above = unit.parent_id if unit.parent_id in named else None
        children.setdefault(above, []).append(unit)
    ordered: list[Unit] = []
    waiting = [(unit, 0) for unit in reversed(children.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        ordered.append(replace(unit, depth=depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(unit.id, [])))
    return ordered


def find_unit(session: Session, unit_id: int, on: date) -> Unit | None:
    return next((unit for unit in list_units(session, on) if unit.id == unit_id), None)


def load_unit_with_name(session: Session, unit_id: int, name_id: int) -> Unit:
    """The unit with one name of its own, in force or not; RuleError `office_row_gone`."""
    row, name = session.get(UnitRow, unit_id), session.get(UnitNameRow, name_id)
    if row is None or name is None or name.unit_id != unit_id:
        raise _gone()
    return _unit(row, name)


def list_unit_names(session: Session, unit_id: int | None = None) -> list[UnitName]:
    """Names of one unit, or of all, oldest first."""
    query = select(UnitNameRow)
    if unit_id is not None:
        query = query.where(UnitNameRow.unit_id == unit_id)
    names = [
        UnitName(row.unit_id, row.name, row.siglas, row.valid_from, row.valid_to, row.document, row.id)
        for row in session.scalars(query)
    ]
    return sorted(names, key=lambda name: (name.unit_id, name.valid_from or date.min, name.id))


def unit_parents(session: Session) -> dict[int, int | None]:
    """Every unit and the one above it."""
    return {row.id: row.parent_id for row in session.execute(select(UnitRow.id, UnitRow.parent_id))}


def next_sort_order(session: Session, parent_id: int | None) -> int:
    """A place after the last brother."""
    same_parent = UnitRow.parent_id.is_(None) if parent_id is None else UnitRow.parent_id == parent_id
    return (session.scalar(select(func.max(UnitRow.sort_order)).where(same_parent)) or 0) + 10


def add_unit(session: Session, unit: Unit) -> int:
    unit_id = _insert(
        session, UnitRow, {"parent_id": unit.parent_id, "sort_order": unit.sort_order, "version": 1}
    )
    add_unit_name(session, unit_id, unit)
    return unit_id


def add_unit_name(session: Session, unit_id: int, unit: Unit) -> int:
    return _insert(session, UnitNameRow, {"unit_id": unit_id, **_name_values(unit)})


def record_unit(session: Session, unit: Unit, expected_version: int) -> None:
    """Update place in the tree and the name `unit.name_id`."""
    values = {"parent_id": unit.parent_id, "sort_order": unit.sort_order}
    update_version(session, UnitRow, unit.id, expected_version, values)
    session.execute(update(UnitNameRow).where(UnitNameRow.id == unit.name_id).values(**_name_values(unit)))


def _unit(row: UnitRow, name: UnitNameRow) -> Unit:
    return Unit(
        name=name.name,
        siglas=name.siglas,
        parent_id=row.parent_id,
        sort_order=row.sort_order,
        valid_from=name.valid_from,
        valid_to=name.valid_to,
        document=name.document,
        id=row.id,
        name_id=name.id,
        version=row.version,
    )


def _name_values(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "siglas": unit.siglas,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "document": unit.document,
    }


# --- dated facts ---


def list_dated(session: Session, kind: type[Fact]) -> list[Fact]:
    """Every stored fact of a kind, in the order in which they were entered."""
    row_class = _row_class(kind)
    return [_fact(kind, row) for row in session.scalars(select(row_class).order_by(row_class.id))]


def load_dated(session: Session, kind: type[Fact], fact_id: int) -> Fact:
    """One fact; RuleError `office_row_gone`."""
    row = session.get(_row_class(kind), fact_id)
    if row is None:
        raise _gone()
    return _fact(kind, row)


def add_dated(session: Session, fact: DatedFact, national_key: str | None = None) -> int:
    values = {**_values(fact), "version": 1}
    if national_key is not None:
        values["national_key"] = national_key
    return _insert(session, _row_class(type(fact)), values)


def record_dated(session: Session, fact: DatedFact, expected_version: int) -> None:
    update_version(session, _row_class(type(fact)), fact.id, expected_version, _values(fact))


def remove_holiday(session: Session, holiday_id: int, expected_version: int) -> None:
    done = session.execute(
        delete(HolidayRow).where(HolidayRow.id == holiday_id, HolidayRow.version == expected_version)
    )
    check_updated(cast("CursorResult[Any]", done).rowcount)


def national_keys(session: Session, kind: type[DatedFact]) -> set[str]:
    """The keys of the shipped rows that this base already has."""
    row_class = _row_class(kind)
    query = select(row_class.national_key).where(row_class.national_key.is_not(None))
    return set(session.scalars(query))


def is_national(session: Session, holiday: Holiday) -> bool:
    """Whether the day came with the program's national list."""
    query = select(HolidayRow.national_key).where(HolidayRow.id == holiday.id)
    return session.scalar(query) is not None


def _row_class(kind: Any) -> Any:
    return getattr(tables, _ROWS[kind])


def _gone() -> RuleError:
    return RuleError("office_row_gone", "Ese registro ya no existe: actualice la lista con F5.")


def _fact(kind: type[Fact], row: Any) -> Fact:
    values = {field.name: getattr(row, field.name) for field in fields(kind)}
    for name in values:
        convert = ENUM_FIELDS.get((kind, name))
        if convert is not None:
            values[name] = convert(values[name])
    return kind(**values)


def _values(fact: DatedFact) -> dict[str, Any]:
    return {
        field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in ("id", "version")
    }


def _insert(session: Session, row_class: type[Base], values: Mapping[str, Any]) -> int:
    done = cast("CursorResult[Any]", session.execute(insert(row_class).values(**values)))
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])
