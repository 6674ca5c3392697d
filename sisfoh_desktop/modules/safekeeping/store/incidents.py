"""Reads and writes of security incidents."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.safekeeping.rules.incidents import Incident
from sisfoh_desktop.modules.safekeeping.tables import IncidentRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OPEN, _CLOSED = "open", "closed"


def list_incidents(session: "Session", *, open_only: bool = False) -> list[Incident]:
    """The last known first."""
    query = select(IncidentRow).order_by(IncidentRow.known_at.desc(), IncidentRow.id.desc())
    if open_only:
        query = query.where(IncidentRow.state == _OPEN)
    return [_incident(row) for row in session.scalars(query)]


def load_incident(session: "Session", incident_id: int) -> Incident:
    """RuleError `incident_unknown`."""
    row = session.get(IncidentRow, incident_id, populate_existing=True)
    if row is None:
        raise RuleError(
            "incident_unknown", "Ese incidente no existe en esta base; no se cambió nada. Actualice con F5."
        )
    return _incident(row)


def add_incident(session: "Session", incident: Incident) -> int:
    """`incident.id` and `version` are not looked at; the new id."""
    row = IncidentRow(**_values(incident), version=1)
    session.add(row)
    session.flush()
    return row.id


def save_incident(session: "Session", incident: Incident, expected_version: int) -> None:
    """Write all of it. StaleRow when somebody else saved it first."""
    update_version(session, IncidentRow, incident.id, expected_version, _values(incident))


def count_incidents(session: "Session") -> tuple[int, int]:
    """How many are open, and how many there are in all."""
    opened = session.scalar(select(func.count()).where(IncidentRow.state == _OPEN)) or 0
    return opened, session.scalar(select(func.count()).select_from(IncidentRow)) or 0


def _values(incident: Incident) -> dict[str, Any]:
    values = {key: value for key, value in asdict(incident).items() if key not in ("id", "version", "closed")}
    return {**values, "state": _CLOSED if incident.closed else _OPEN}


def _incident(row: IncidentRow) -> Incident:
    return Incident(
        known_at=row.known_at,
        title=row.title,
        description=row.description,
        data_kinds=row.data_kinds,
        sensitive=row.sensitive,
        holder_count=row.holder_count,
        consequences=row.consequences,
        measures=row.measures,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        reported_at=row.reported_at,
        report_document=row.report_document,
        holders_told_at=row.holders_told_at,
        centre_told_at=row.centre_told_at,
        closed=row.state == _CLOSED,
        closing_note=row.closing_note,
        paper_id=row.paper_id,
        id=row.id,
        version=row.version,
    )
