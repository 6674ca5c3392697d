"""Reads and writes of copies and rehearsals; what changed since a copy is asked of the trail."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, not_, or_, select

from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.modules.safekeeping.rules.facts import Backup, BackupStanding, Occasion, Rehearsal
from sisfoh_desktop.modules.safekeeping.tables import BackupRow, RehearsalRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# going in and out, copies themselves, looking and printing: nothing is lost with them
_NO_CHANGE = ("backup.", "session.", "print.", "export.", "ledger.", "personal.")


def add_backup(session: "Session", backup: Backup) -> int:
    """`backup.id` is not looked at; the new id."""
    row = BackupRow(
        made_at=backup.made_at,
        made_by=backup.made_by,
        occasion=backup.occasion.value,
        file_name=backup.file_name,
        place=backup.place,
        sha256=backup.sha256,
        byte_count=backup.byte_count,
        row_count=backup.row_count,
        paper_count=backup.paper_count,
        entry_count=backup.entry_count,
        entry_hash=backup.entry_hash,
        encrypted=backup.encrypted,
    )
    session.add(row)
    session.flush()
    return row.id


def list_backups(session: "Session") -> list[Backup]:
    """The newest first."""
    return [_backup(row) for row in session.scalars(select(BackupRow).order_by(BackupRow.id.desc()))]


def find_backup_by_hash(session: "Session", sha256: str) -> Backup | None:
    """The copy with this content, if this office made it."""
    row = session.scalars(select(BackupRow).where(BackupRow.sha256 == sha256).limit(1)).first()
    return None if row is None else _backup(row)


def add_rehearsal(session: "Session", rehearsal: Rehearsal) -> int:
    """`rehearsal.id` is not looked at; the new id."""
    row = RehearsalRow(
        tried_at=rehearsal.tried_at,
        tried_by=rehearsal.tried_by,
        file_name=rehearsal.file_name,
        sha256=rehearsal.sha256,
        ok=rehearsal.ok,
        detail=rehearsal.detail,
    )
    session.add(row)
    session.flush()
    return row.id


def list_rehearsals(session: "Session") -> list[Rehearsal]:
    """The newest first."""
    return [_rehearsal(row) for row in session.scalars(select(RehearsalRow).order_by(RehearsalRow.id.desc()))]


def load_standing(session: "Session") -> BackupStanding:
    """The last copy and what changed since; one question for each part."""
    row = session.scalars(select(BackupRow).order_by(BackupRow.id.desc()).limit(1)).first()
    last = None if row is None else _backup(row)
    since = 0 if last is None else last.entry_count
    changed = not_(or_(*(AuditEntryRow.action.startswith(prefix, autoescape=True) for prefix in _NO_CHANGE)))
    changes = session.scalar(select(func.count()).where(AuditEntryRow.id > since, changed)) or 0
    return BackupStanding(
        last=last,
        changes=changes,
        first_entry_at=_first(session, select(AuditEntryRow.at).order_by(AuditEntryRow.id)),
        first_backup_at=_first(session, select(BackupRow.made_at).order_by(BackupRow.id)),
        rehearsed_at=_first(
            session, select(RehearsalRow.tried_at).where(RehearsalRow.ok).order_by(RehearsalRow.id.desc())
        ),
    )


def has_backup(session: "Session") -> bool:
    """Whether any copy was noted."""
    return session.scalar(select(BackupRow.id).limit(1)) is not None


def _first(session: "Session", query: Select[datetime]) -> datetime | None:
    return session.scalars(query.limit(1)).first()


def _backup(row: BackupRow) -> Backup:
    return Backup(
        id=row.id,
        made_at=row.made_at,
        made_by=row.made_by,
        occasion=Occasion(row.occasion),
        file_name=row.file_name,
        place=row.place,
        sha256=row.sha256,
        byte_count=row.byte_count,
        row_count=row.row_count,
        paper_count=row.paper_count,
        entry_count=row.entry_count,
        entry_hash=row.entry_hash,
        encrypted=row.encrypted,
    )


def _rehearsal(row: RehearsalRow) -> Rehearsal:
    return Rehearsal(
        id=row.id,
        tried_at=row.tried_at,
        tried_by=row.tried_by,
        file_name=row.file_name,
        sha256=row.sha256,
        ok=row.ok,
        detail=row.detail,
    )
