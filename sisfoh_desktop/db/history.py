"""The read side of the trail: the entries of some records, newest first. Written in audit.py, worded in basics."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.history import HistoryEntry, HistoryLine, HistoryWords, told
from sisfoh_desktop.db.audit import AuditEntryRow

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

MOST_ENTRIES = 500


def list_entries(
    session: Session, subjects: Sequence[str] = (), *, actions: str = "", limit: int = MOST_ENTRIES
) -> list[HistoryEntry]:
    """The last entries about any of `subjects` ("resolucion:12") or whose action starts with `actions`."""
    about: ColumnElement[bool] = AuditEntryRow.subject.in_(subjects)
    if actions:
        about = about | AuditEntryRow.action.startswith(actions, autoescape=True)
    rows = session.scalars(select(AuditEntryRow).where(about).order_by(AuditEntryRow.id.desc()).limit(limit))
    return [entry_of(row) for row in rows]


def entry_of(row: AuditEntryRow) -> HistoryEntry:
    """An entry of the trail with its values read back."""
    return HistoryEntry(
        id=row.id,
        at=row.at,
        actor=row.actor,
        office=row.office,
        action=row.action,
        subject=row.subject,
        before=_values(row.before),
        after=_values(row.after),
        reason=row.reason,
    )


def history_of(
    db: "Database",
    subjects: Sequence[str],
    words: HistoryWords | Sequence[HistoryWords],
    *,
    named: Mapping[str, str] | None = None,
    actions: str = "",
) -> list[HistoryLine]:
    """As `list_entries`, told in the words of the modules concerned."""
    with db.reading() as session:
        entries = list_entries(session, subjects, actions=actions)
    return told(entries, words, named)


def _values(kept: str | None) -> dict[str, Any] | None:
    values: dict[str, Any] | None = json.loads(kept) if kept else None
    return values
