"""Reads and writes of rectifications: which act corrects which, and the errors it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from sisfoh_desktop.modules.resoluciones.rules import MaterialError
from sisfoh_desktop.modules.resoluciones.tables import ResolucionRectificationRow


@dataclass(frozen=True)
class Link:
    """One act corrects another."""

    rectifying_id: int
    rectified_id: int


def list_links(session: Session) -> list[Link]:
    """Every link once, in the order of the rectifying acts."""
    row = ResolucionRectificationRow
    rows = session.execute(select(row.rectifying_id, row.rectified_id).distinct().order_by(row.rectifying_id))
    return [Link(rectifying_id, rectified_id) for rectifying_id, rectified_id in rows]


def find_rectified(session: Session, rectifying_id: int) -> int | None:
    """The act that this one rectifies, if it rectifies one."""
    row = ResolucionRectificationRow
    return session.scalar(select(row.rectified_id).where(row.rectifying_id == rectifying_id).limit(1))


def list_errors(session: Session, rectifying_id: int) -> tuple[MaterialError, ...]:
    """The errors that this act rectifies, in order."""
    row = ResolucionRectificationRow
    rows = session.execute(
        select(row.where_text, row.says, row.must_say)
        .where(row.rectifying_id == rectifying_id)
        .order_by(row.position)
    )
    return tuple(MaterialError(where, says, must_say) for where, says, must_say in rows)


def record_errors(
    session: Session, rectifying_id: int, rectified_id: int, errors: Sequence[MaterialError]
) -> None:
    """The errors of a draft, in place of those it had."""
    row = ResolucionRectificationRow
    session.execute(delete(row).where(row.rectifying_id == rectifying_id))
    session.execute(
        insert(row),
        [
            {
                "rectifying_id": rectifying_id,
                "position": position,
                "rectified_id": rectified_id,
                "where_text": error.where,
                "says": error.says,
                "must_say": error.must_say,
            }
            for position, error in enumerate(errors, start=1)
        ],
    )
