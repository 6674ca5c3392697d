"""Security incidents: registered, told on, closed, each change with its before and after. Needs `privacy.manage`."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.history import HistoryLine
from sisfoh_desktop.basics.rights import check_right
from sisfoh_desktop.db.audit import changed_fields, record_audit
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.db.history import history_of
from sisfoh_desktop.modules.safekeeping.rules import incidents as rules
from sisfoh_desktop.modules.safekeeping.rules.history import HISTORY_WORDS
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident, Step
from sisfoh_desktop.modules.safekeeping.service.privacy import RIGHT
from sisfoh_desktop.modules.safekeeping.store import incidents as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TOLD = (
    "known_at",
    "title",
    "description",
    "data_kinds",
    "sensitive",
    "holder_count",
    "consequences",
    "measures",
)


def list_incidents(db: Database, *, open_only: bool = False) -> list[Incident]:
    """The last known first."""
    with db.reading() as session:
        return store.list_incidents(session, open_only=open_only)


def load_incident(db: Database, incident_id: int) -> Incident:
    """RuleError `incident_unknown`."""
    with db.reading() as session:
        return store.load_incident(session, incident_id)


def add_incident(
    db: Database, *, actor: Actor, now: datetime, incident: Incident, token: str | None = None
) -> int:
    """Register it; its id. RuleError as in `rules.incidents.clean_incident`, `not_allowed`."""
    check_right(actor, RIGHT)
    cleaned = rules.clean_incident(incident, now)
    told = {name: getattr(cleaned, name) for name in _TOLD}
    fresh = Incident(**told, registered_at=now, registered_by=actor.user)

    def change(session: "Session") -> int:
        incident_id = store.add_incident(session, fresh)
        record_audit(
            session,
            actor=actor,
            now=now,
            action="incident.add",
            subject=f"incident:{incident_id}",
            after={name: value for name, value in _kept(fresh).items() if name in _TOLD},
        )
        return incident_id

    return db.run_once(token, change)


def save_incident(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Correct or complete what is told of it.

    RuleError as in `add_incident`, `incident_closed`, `incident_unknown`, `moment_before`; StaleRow.
    """
    cleaned = rules.clean_incident(incident, now)

    def corrected(before: Incident) -> Incident:
        after = replace(before, **{name: getattr(cleaned, name) for name in _TOLD})
        rules.check_known_at(after)
        return after

    _change(db, actor, now, "incident.save", incident.id, expected_version, corrected, token)


def note_step(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    incident_id: int,
    step: Step,
    at: datetime,
    document: str = "",
    expected_version: int,
    token: str | None = None,
) -> None:
    """Note that somebody was told of it. RuleError as in `rules.incidents.with_step`; StaleRow."""

    def noted(before: Incident) -> Incident:
        return rules.with_step(before, step, at, document, now)

    _change(db, actor, now, "incident.report", incident_id, expected_version, noted, token)


def close_incident(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    incident_id: int,
    note: str,
    expected_version: int,
    token: str | None = None,
) -> None:
    """Close it with how it ended. RuleError as in `rules.incidents.closed_with`; StaleRow."""

    def closed(before: Incident) -> Incident:
        return rules.closed_with(before, note)

    _change(db, actor, now, "incident.close", incident_id, expected_version, closed, token)


def issue_in(
    session: "Session", *, actor: Actor, now: datetime, incident_id: int, paper_id: int, number: str
) -> None:
    """The paper that tells of it was frozen in this commit."""
    before = store.load_incident(session, incident_id)
    store.save_incident(session, replace(before, paper_id=paper_id), before.version)
    record_audit(
        session,
        actor=actor,
        now=now,
        action="incident.issue",
        subject=f"incident:{incident_id}",
        after={"number": number, "paper": paper_id},
    )


def history(db: Database, incident_id: int) -> list[HistoryLine]:
    """What was done about it, the newest first."""
    return history_of(db, [f"incident:{incident_id}"], HISTORY_WORDS)


# --- inside ---


def _change(
    db: Database,
    actor: Actor,
    now: datetime,
    action: str,
    incident_id: int,
    expected_version: int,
    change: Callable[[Incident], Incident],
    token: str | None,
) -> None:
    check_right(actor, RIGHT)

    def run(session: "Session") -> None:
        before = store.load_incident(session, incident_id)
        rules.check_open(before)
        after = change(before)
        store.save_incident(session, after, expected_version)
        old, new = changed_fields(_kept(before), _kept(after))
        record_audit(
            session,
            actor=actor,
            now=now,
            action=action,
            subject=f"incident:{incident_id}",
            before=old,
            after=new,
        )

    db.run_once(token, run)


def _kept(incident: Incident) -> dict[str, Any]:
    """As the trail keeps values: moments in text; what is not known yet is left out."""
    values: dict[str, Any] = {}
    for name, value in asdict(incident).items():
        if name == "closed":
            values["state"] = "closed" if value else "open"
        elif name != "version" and value not in (None, ""):
            values[name] = value.isoformat() if isinstance(value, datetime) else value
    return values
