"""Reads and writes of the recovery sheets of administrators: at most one of each."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, insert, select

from sisfoh_desktop.modules.people.tables import RecoverySheetRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session


def hashes(session: "Session") -> dict[int, str]:
    """The hash of every sheet, by the id of its user."""
    rows = session.execute(select(RecoverySheetRow.user_id, RecoverySheetRow.code_hash))
    return {row.user_id: row.code_hash for row in rows}


def find_hash(session: "Session", user_id: int) -> str:
    """The hash of a user's sheet, "" for none."""
    row = select(RecoverySheetRow.code_hash).where(RecoverySheetRow.user_id == user_id)
    return session.scalar(row) or ""


def made_at(session: "Session") -> dict[int, datetime]:
    """When each sheet was printed, by the id of its user."""
    rows = session.execute(select(RecoverySheetRow.user_id, RecoverySheetRow.made_at))
    return {row.user_id: row.made_at for row in rows}


def put_sheet(session: "Session", user_id: int, code_hash: str, now: datetime) -> None:
    """A new sheet; the one before counts no longer."""
    drop_sheet(session, user_id)
    session.execute(insert(RecoverySheetRow).values(user_id=user_id, code_hash=code_hash, made_at=now))


def drop_sheet(session: "Session", user_id: int, code_hash: str | None = None) -> bool:
    """Take a user's sheet away, only that with this hash where one is named; whether there was one."""
    gone = delete(RecoverySheetRow).where(RecoverySheetRow.user_id == user_id)
    if code_hash is not None:
        gone = gone.where(RecoverySheetRow.code_hash == code_hash)
    return bool(cast("CursorResult[Any]", session.execute(gone)).rowcount)
