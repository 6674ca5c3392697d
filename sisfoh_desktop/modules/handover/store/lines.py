"""Reads and writes of the lines of actas; none is ever changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from sisfoh_desktop.modules.handover.rules.facts import Line, Section
from sisfoh_desktop.modules.handover.tables import HandoverLineRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_lines(session: "Session", paper_id: int) -> list[Line]:
    """The lines of an acta, in their order."""
    rows = session.scalars(
        select(HandoverLineRow).where(HandoverLineRow.paper_id == paper_id).order_by(HandoverLineRow.position)
    )
    return [
        Line(Section(row.section), row.title, row.detail, row.due, row.record_kind, row.record_id, row.id)
        for row in rows
    ]


def add_lines(session: "Session", handover_id: int, paper_id: int, lines: Sequence[Line]) -> None:
    """What an acta says, as it was issued."""
    rows = [
        {
            "handover_id": handover_id,
            "paper_id": paper_id,
            "position": position,
            "section": line.section.value,
            "title": line.title,
            "detail": line.detail,
            "due": line.due,
            "record_kind": line.kind,
            "record_id": line.record_id,
        }
        for position, line in enumerate(lines, 1)
    ]
    if rows:
        session.execute(insert(HandoverLineRow), rows)
