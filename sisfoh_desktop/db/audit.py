"""The trail: who did what to which record, when, and what it was before and after; append-only and chained.

Each entry's hash covers the entry and the hash before it, so that a changed or removed entry in the middle
is seen by `first_broken_entry`. The database refuses UPDATE and DELETE by trigger. A tail cut off by somebody
who also rewrites the head is only seen by comparing with a head noted outside the base.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Integer, String, Table, Text, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.base import Base
from sisfoh_desktop.db.types import UtcDateTime

GENESIS = "0" * 64


class AuditEntryRow(Base):
    """One entry of the trail."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Orden de la anotación, desde 1")
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="Momento de la acción (UTC)")
    actor: Mapped[str] = mapped_column(String(120), comment="Usuario que actuó")
    office: Mapped[str] = mapped_column(String(120), comment="Oficina del usuario")
    action: Mapped[str] = mapped_column(String(80), comment="Acción, por ejemplo resolucion.freeze")
    subject: Mapped[str] = mapped_column(
        String(120), index=True, comment="Registro, por ejemplo resolucion:12"
    )
    before: Mapped[str | None] = mapped_column(Text, comment="Valores anteriores, en JSON")
    after: Mapped[str | None] = mapped_column(Text, comment="Valores nuevos, en JSON")
    reason: Mapped[str] = mapped_column(Text, comment="Motivo que dio el usuario")
    previous_hash: Mapped[str] = mapped_column(String(64), comment="Hash de la anotación anterior")
    hash: Mapped[str] = mapped_column(
        String(64), unique=True, comment="SHA-256 de esta anotación y la anterior"
    )


class AuditHeadRow(Base):
    """The last hash of the trail; locking this one row puts writers in a line."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, comment="Siempre 1")
    entries: Mapped[int] = mapped_column(Integer, comment="Número de anotaciones")
    hash: Mapped[str] = mapped_column(String(64), comment="Hash de la última anotación")


# Every change of the program passes here: plain Core statements, made once, cost half of ORM ones made anew.
_ENTRY = cast(Table, AuditEntryRow.__table__)
_HEAD = cast(Table, AuditHeadRow.__table__)
_CLAIM = (
    update(_HEAD)
    .where(_HEAD.c.id == 1)
    .values(entries=_HEAD.c.entries + 1)
    .returning(_HEAD.c.entries, _HEAD.c.hash)
)
_APPEND = insert(_ENTRY)
_CLOSE = update(_HEAD).where(_HEAD.c.id == 1).values(hash=bindparam("new_hash"))


def record_audit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one entry in the caller's transaction; values are stored as JSON (dates ISO, money as text)."""
    head = session.execute(_CLAIM).one()
    entry: dict[str, Any] = {
        "id": head.entries,
        "at": now,
        "actor": actor.user,
        "office": actor.office,
        "action": action,
        "subject": subject,
        "before": _json(before),
        "after": _json(after),
        "reason": reason,
        "previous_hash": head.hash,
    }
    entry["hash"] = _entry_hash(entry)
    session.execute(_APPEND, entry)
    session.execute(_CLOSE, {"new_hash": entry["hash"]})


def first_broken_entry(session: Session) -> int | None:
    """The order of the first entry that does not fit its chain, or None when the trail is whole."""
    previous, count = GENESIS, 0
    for row in session.scalars(
        select(AuditEntryRow).order_by(AuditEntryRow.id).execution_options(yield_per=500)
    ):
        count += 1
        entry = {name: getattr(row, name) for name in _HASHED}
        if row.id != count or row.previous_hash != previous or row.hash != _entry_hash(entry):
            return count
        previous = row.hash
    head = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash).where(AuditHeadRow.id == 1)
    ).one_or_none()
    if head is None or (head.entries, head.hash) != (count, previous):
        return count + 1
    return None


_HASHED = ("id", "at", "actor", "office", "action", "subject", "before", "after", "reason", "previous_hash")


def _entry_hash(entry: Mapping[str, Any]) -> str:
    canonical = json.dumps(
        {**{name: entry[name] for name in _HASHED}, "at": entry["at"].astimezone(UTC).isoformat()},
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"audit cannot hold {type(value).__name__}")
