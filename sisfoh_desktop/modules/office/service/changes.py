"""How every change of the office is made: checked, stored against the version seen, and told in the trail."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.dni import mask_dni
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.office import rules, store
from sisfoh_desktop.modules.office.rules import DatedFact, Officer, Unit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Fact = TypeVar("Fact", bound=DatedFact)


def add_fact(db: Database, actor: Actor, now: datetime, fact: DatedFact, token: str | None) -> int:
    """Store a new dated fact; its id."""

    def change(session: "Session") -> int:
        checked = rules.check_dated(fact, store.list_dated(session, type(fact)))
        fact_id = store.add_dated(session, checked)
        record(session, actor, now, f"{noun(fact)}.add", f"{noun(fact)}:{fact_id}", None, plain(checked))
        return fact_id

    return db.run_once(token, change)


def save_fact(
    db: Database, actor: Actor, now: datetime, fact: DatedFact, expected_version: int, token: str | None
) -> int:
    """Store a changed dated fact; its new version."""

    def change(session: "Session") -> int:
        return _store_change(session, actor, now, fact, expected_version, "save")

    return db.run_once(token, change)


def end_fact(
    db: Database,
    actor: Actor,
    now: datetime,
    kind: type[DatedFact],
    fact_id: int,
    last_day: date,
    expected_version: int,
    token: str | None,
) -> int:
    """Let a dated fact hold until `last_day`; its new version."""

    def change(session: "Session") -> int:
        ended = replace(store.load_dated(session, kind, fact_id), valid_to=last_day)
        return _store_change(session, actor, now, ended, expected_version, "end")

    return db.run_once(token, change)


def _store_change(
    session: "Session", actor: Actor, now: datetime, fact: DatedFact, expected_version: int, verb: str
) -> int:
    before = store.load_dated(session, type(fact), fact.id)
    if isinstance(fact, Officer) and fact.dni is None and isinstance(before, Officer):
        fact = replace(fact, dni=before.dni)
    others = [other for other in store.list_dated(session, type(fact)) if other.id != fact.id]
    checked = rules.check_dated(fact, others)
    store.record_dated(session, checked, expected_version)
    record(
        session,
        actor,
        now,
        f"{noun(fact)}.{verb}",
        f"{noun(fact)}:{fact.id}",
        plain(before),
        _told(before, checked),
    )
    return expected_version + 1


def _told(before: DatedFact, after: DatedFact) -> dict[str, Any] | None:
    """As `plain`; another DNI is told even where the figures that are shown stayed the same."""
    values = plain(after)
    if values and isinstance(before, Officer) and isinstance(after, Officer) and before.dni != after.dni:
        values["dni"] = f"{values['dni']} (cambió)"
    return values


def record(
    session: "Session",
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    reason: str = "",
) -> None:
    """One entry of the trail, holding only the fields that changed where there was something before."""
    old, new = changed_fields(before, after)
    record_audit(
        session,
        actor=actor,
        now=now,
        action=f"office.{action}",
        subject=subject,
        before=old,
        after=new,
        reason=reason,
    )


def plain(fact: Any) -> dict[str, Any] | None:
    """A fact as the trail keeps it: DNI masked, a picture by hash, enumerations by value; None stays None."""
    if fact is None:
        return None
    values = asdict(fact)
    for name, value in values.items():
        if name == "dni":
            values[name] = mask_dni(value or "")
        elif isinstance(value, bytes):
            values[name] = f"{hashlib.sha256(value).hexdigest()[:12]}, {len(value)} bytes"
        elif isinstance(value, Enum):
            values[name] = value.value
    return {name: value for name, value in values.items() if name not in ("id", "version", "depth")}


def noun(fact: DatedFact | Unit) -> str:
    """`year_name` of YearName: how the trail names the record."""
    name = type(fact).__name__
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
