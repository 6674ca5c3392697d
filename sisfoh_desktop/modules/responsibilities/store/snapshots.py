"""What a matrix said when an act printed it or it came into force; only ever added."""

from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.responsibilities.tables import ResponsibilitySnapshotRow


def add_snapshot(
    session: Session, matrix_id: int, *, now: datetime, user: str, occasion: str, contents: str
) -> None:
    """Keep what the matrix says now, unless the last one kept says the same."""
    row = ResponsibilitySnapshotRow
    last = session.scalar(
        select(row.contents).where(row.matrix_id == matrix_id).order_by(row.id.desc()).limit(1)
    )
    if last != contents:
        session.execute(
            insert(row).values(
                matrix_id=matrix_id, taken_at=now, taken_by=user, occasion=occasion, contents=contents
            )
        )


def list_snapshots(session: Session, matrix_id: int) -> list[tuple[int, datetime, str]]:
    """Id, moment and occasion of each, the newest first."""
    row = ResponsibilitySnapshotRow
    rows = session.execute(
        select(row.id, row.taken_at, row.occasion).where(row.matrix_id == matrix_id).order_by(row.id.desc())
    )
    return [(one.id, one.taken_at, one.occasion) for one in rows]


def load_snapshot(session: Session, snapshot_id: int) -> tuple[str, date]:
    """What was kept and on which day; RuleError `snapshot_unknown`."""
    row = session.get(ResponsibilitySnapshotRow, snapshot_id)
    if row is None:
        raise RuleError("snapshot_unknown", "Esa versión de la matriz no existe; actualice con F5.")
    return row.contents, row.taken_at.date()
