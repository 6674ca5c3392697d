"""Reads and writes of findings accepted with a reason."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from sisfoh_desktop.modules.resoluciones.rules import Acceptance
from sisfoh_desktop.modules.resoluciones.tables import ResolucionAcceptanceRow


def list_acceptances(session: Session, resolucion_id: int) -> list[Acceptance]:
    """Every acceptance and withdrawal of an act, in the order in which they were added."""
    rows = session.scalars(
        select(ResolucionAcceptanceRow)
        .where(ResolucionAcceptanceRow.resolucion_id == resolucion_id)
        .order_by(ResolucionAcceptanceRow.id)
    )
    return [
        Acceptance(
            row.code,
            row.fingerprint,
            row.sentence,
            row.reason,
            row.accepted_by,
            row.accepted_at,
            row.withdrawn,
            row.id,
        )
        for row in rows
    ]


def add_acceptance(session: Session, resolucion_id: int, acceptance: Acceptance) -> None:
    """Add a row; nothing that was there changes."""
    session.execute(
        insert(ResolucionAcceptanceRow).values(
            resolucion_id=resolucion_id,
            code=acceptance.code,
            fingerprint=acceptance.fingerprint,
            sentence=acceptance.sentence,
            reason=acceptance.reason,
            withdrawn=acceptance.withdrawn,
            accepted_by=acceptance.accepted_by,
            accepted_at=acceptance.accepted_at,
        )
    )
