"""Who has which record open now: a hint for colleagues, never a lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, String, UniqueConstraint, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime

STALE_AFTER = timedelta(minutes=2)


class PresenceRow(Base):
    """A record that a window has open for editing; stale ones count for nothing and are swept away."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("subject", "window_key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Identificador")
    subject: Mapped[str] = mapped_column(String(120), index=True, comment="Registro, por ejemplo plan:12")
    window_key: Mapped[str] = mapped_column(String(36), comment="Ventana que lo tiene abierto")
    user_name: Mapped[str] = mapped_column(String(120), comment="Usuario")
    place: Mapped[str] = mapped_column(String(120), comment="Oficina o equipo; vacío si no se sabe")
    since: Mapped[datetime] = mapped_column(UtcDateTime, comment="Desde cuándo (UTC)")
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Última señal de la ventana (UTC)")


@dataclass(frozen=True)
class Present:
    """Somebody else who has a record open."""

    user: str
    place: str
    since: datetime


def note_presence(
    session: Session, *, subject: str, window_key: str, user: str, place: str, now: datetime
) -> None:
    """The window has the record open at `now`; said again every now and then, or it counts for nothing."""
    told = session.execute(
        update(PresenceRow)
        .where(PresenceRow.subject == subject, PresenceRow.window_key == window_key)
        .values(seen_at=now, user_name=user, place=place)
        .returning(PresenceRow.id)
    ).all()
    if told:
        return
    session.execute(delete(PresenceRow).where(PresenceRow.seen_at < now - STALE_AFTER))
    session.execute(
        insert(PresenceRow).values(
            subject=subject, window_key=window_key, user_name=user, place=place, since=now, seen_at=now
        )
    )


def drop_presence(session: Session, *, window_key: str, subject: str | None = None) -> None:
    """The window closed the record, or (None) whatever it had open."""
    mine = delete(PresenceRow).where(PresenceRow.window_key == window_key)
    session.execute(mine if subject is None else mine.where(PresenceRow.subject == subject))


def list_present(session: Session, *, subject: str, window_key: str, now: datetime) -> list[Present]:
    """Who else has the record open, the first to open it first; windows without a sign of life are left out."""
    rows = session.scalars(
        select(PresenceRow)
        .where(
            PresenceRow.subject == subject,
            PresenceRow.window_key != window_key,
            PresenceRow.seen_at >= now - STALE_AFTER,
        )
        .order_by(PresenceRow.since)
    )
    return [Present(row.user_name, row.place, row.since.astimezone(LIMA)) for row in rows]
