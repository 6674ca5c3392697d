"""Days off and the calendars made of them; the national list that is shipped, and what the office adds."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar, HolidayRule
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import Holiday, OfficeState
from sisfoh_desktop.modules.office.service.changes import add_fact, end_fact, plain, record, save_fact
from sisfoh_desktop.modules.office.service.national import national_facts, verified_until

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def calendar(db: Database, ubigeo: str | None = None) -> Calendar:
    """The office's calendar for a place (INEI code; None: the municipality's own).

    While the base holds no day off at all the shipped list is used: an empty calendar would count wrongly.
    """
    with db.reading() as session:
        holidays = store.list_dated(session, Holiday)
        municipality = store.find_municipality(session)
        state = store.load_state(session)
    place = ubigeo if ubigeo is not None else (municipality.ubigeo.code if municipality else "")
    if not holidays:
        return shipped_calendar(place)
    return Calendar(
        rules=[holiday.rule for holiday in holidays],
        ubigeo=place,
        verified_until=state.calendar_verified_until,
    )


def shipped_calendar(ubigeo: str = "") -> Calendar:
    """The calendar of the shipped national data alone, without any database."""
    return Calendar(rules=_shipped_rules(), ubigeo=ubigeo, verified_until=verified_until())


@cache
def _shipped_rules() -> tuple[HolidayRule, ...]:
    return tuple(fact.rule for _, fact in national_facts("holidays") if isinstance(fact, Holiday))


def list_holidays(db: Database) -> list[Holiday]:
    """Every day off, as entered: yearly ones by date, then those of Easter, then single days, latest first."""
    with db.reading() as session:
        holidays = store.list_dated(session, Holiday)

    def place(holiday: Holiday) -> tuple[int, int, int]:
        if holiday.single_day is not None:
            return (2, -holiday.single_day.toordinal(), 0)
        if holiday.easter_offset is not None:
            return (1, holiday.easter_offset, 0)
        return (0, holiday.month or 0, holiday.day or 0)

    return sorted(holidays, key=place)


def load_state(db: Database) -> OfficeState:
    """Practice or real, and the day up to which the calendar was verified."""
    with db.reading() as session:
        return store.load_state(session)


def save_calendar_verified(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    until: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Note that the calendar was compared with the official gazette up to `until`; the state's new version."""
    if until > now.date():
        raise RuleError(
            "verified_in_future",
            f"El calendario no puede estar verificado hasta el {format_date(until)}, que aún no llega; use la "
            "fecha de hoy o una anterior.",
        )

    def change(session: "Session") -> int:
        before = store.load_state(session)
        after = replace(before, calendar_verified_until=until)
        store.record_state(session, after, expected_version)
        record(session, actor, now, "calendar.verify", "office_state:1", plain(before), plain(after))
        return expected_version + 1

    return db.run_once(token, change)


def add_holiday(
    db: Database, *, actor: Actor, now: datetime, holiday: Holiday, token: str | None = None
) -> int:
    """A day off entered by `actor`; returns its id."""
    return add_fact(db, actor, now, replace(holiday, entered_by=actor.user), token)


def save_holiday(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    holiday: Holiday,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Correct a day off; it stays with whoever entered it first. Returns its new version."""
    return save_fact(db, actor, now, holiday, expected_version, token)


def end_holiday(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    holiday_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """The norm was repealed: after `last_day` the date is a working day again."""
    return end_fact(db, actor, now, Holiday, holiday_id, last_day, expected_version, token)


def remove_holiday(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    holiday_id: int,
    expected_version: int,
    reason: str,
    token: str | None = None,
) -> int:
    """Take out a day that was entered by mistake; days of the national list can only be ended. Returns 0."""
    if not reason.strip():
        raise RuleError("reason_missing", "Escriba por qué se retira este día del calendario.")

    def change(session: "Session") -> int:
        holiday = store.load_dated(session, Holiday, holiday_id)
        if store.is_national(session, holiday):
            raise RuleError(
                "holiday_is_national",
                f"«{holiday.name}» es de la lista nacional y no se retira: si se derogó, póngale fin de vigencia.",
            )
        store.remove_holiday(session, holiday_id, expected_version)
        record(session, actor, now, "holiday.remove", f"holiday:{holiday_id}", plain(holiday), None, reason)
        return 0

    return db.run_once(token, change)
