"""Bodies, norms, year names and legends: what papers cite and print, each by date."""

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import store
from sisfoh_desktop.modules.office.rules import (
    Body,
    BodyRole,
    DatedFact,
    Legend,
    Norm,
    YearName,
    in_force,
)
from sisfoh_desktop.modules.office.service.changes import add_fact, end_fact, save_fact
from sisfoh_desktop.modules.office.service.municipality import load_municipality

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead

Fact = TypeVar("Fact", bound=DatedFact)


def letterhead(db: Database, on: date, office: str = "") -> "Letterhead":
    """The head of a paper dated `on`; `office` is the issuing unit's name as it is to be printed."""
    from sisfoh_desktop.documents.letterhead import Letterhead

    municipality = load_municipality(db)
    return Letterhead(
        entity=municipality.name, office=office, logo=municipality.logo, year_name=year_name(db, on)
    )


def legend(db: Database, on: date) -> str:
    """The side margin's text on that day; empty when none is in force."""
    return next((one.text for one in list_legends(db, on)), "")


def year_name(db: Database, on: date) -> str:
    """The official names printed on that day, joined by a dot; empty when none is."""
    return " · ".join(one.text for one in list_year_names(db, on) if one.printed)


def body_for(db: Database, role: BodyRole, on: date) -> Body | None:
    """The body that had that role on that day (the DGFIS in 2024); None when none is recorded."""
    return next((body for body in list_bodies(db, on) if body.role is role), None)


def list_bodies(db: Database, on: date | None = None) -> list[Body]:
    """Bodies in force on `on` (None: all), by role and date."""
    roles = list(BodyRole)
    return sorted(
        _listed(db, Body, on), key=lambda body: (roles.index(body.role), body.valid_from or date.min)
    )


def list_norms(db: Database, on: date | None = None) -> list[Norm]:
    """Norms in force on `on` (None: all), in the order in which they were entered."""
    return _listed(db, Norm, on)


def list_year_names(db: Database, on: date | None = None) -> list[YearName]:
    """Year names in force on `on` (None: all), the latest first."""
    return sorted(_listed(db, YearName, on), key=lambda one: one.valid_from or date.min, reverse=True)


def list_legends(db: Database, on: date | None = None) -> list[Legend]:
    """Legends in force on `on` (None: all), the latest first."""
    return sorted(_listed(db, Legend, on), key=lambda one: one.valid_from or date.min, reverse=True)


def _listed(db: Database, kind: type[Fact], on: date | None) -> list[Fact]:
    with db.reading() as session:
        return [fact for fact in store.list_dated(session, kind) if on is None or in_force(fact, on)]


def add_body(db: Database, *, actor: Actor, now: datetime, body: Body, token: str | None = None) -> int:
    """A body, its name or its siglas by date; returns its id."""
    return add_fact(db, actor, now, body, token)


def save_body(
    db: Database, *, actor: Actor, now: datetime, body: Body, expected_version: int, token: str | None = None
) -> int:
    """Correct the row; returns its new version."""
    return save_fact(db, actor, now, body, expected_version, token)


def end_body(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    body_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """`last_day` is the last one on which it holds; returns the new version."""
    return end_fact(db, actor, now, Body, body_id, last_day, expected_version, token)


def add_norm(db: Database, *, actor: Actor, now: datetime, norm: Norm, token: str | None = None) -> int:
    """A norm with its validity; returns its id."""
    return add_fact(db, actor, now, norm, token)


def save_norm(
    db: Database, *, actor: Actor, now: datetime, norm: Norm, expected_version: int, token: str | None = None
) -> int:
    """Correct the row; returns its new version."""
    return save_fact(db, actor, now, norm, expected_version, token)


def end_norm(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    norm_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """`last_day` is the last one on which it holds; returns the new version."""
    return end_fact(db, actor, now, Norm, norm_id, last_day, expected_version, token)


def add_year_name(
    db: Database, *, actor: Actor, now: datetime, year_name: YearName, token: str | None = None
) -> int:
    """An official name of a year; returns its id."""
    return add_fact(db, actor, now, year_name, token)


def save_year_name(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    year_name: YearName,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Correct the row; returns its new version."""
    return save_fact(db, actor, now, year_name, expected_version, token)


def end_year_name(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    year_name_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """`last_day` is the last one on which it holds; returns the new version."""
    return end_fact(db, actor, now, YearName, year_name_id, last_day, expected_version, token)


def add_legend(db: Database, *, actor: Actor, now: datetime, legend: Legend, token: str | None = None) -> int:
    """A text for the side margin; returns its id."""
    return add_fact(db, actor, now, legend, token)


def save_legend(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    legend: Legend,
    expected_version: int,
    token: str | None = None,
) -> int:
    """Correct the row; returns its new version."""
    return save_fact(db, actor, now, legend, expected_version, token)


def end_legend(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    legend_id: int,
    last_day: date,
    expected_version: int,
    token: str | None = None,
) -> int:
    """`last_day` is the last one on which it holds; returns the new version."""
    return end_fact(db, actor, now, Legend, legend_id, last_day, expected_version, token)
