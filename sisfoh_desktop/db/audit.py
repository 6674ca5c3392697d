"""The trail: who did what to which record, when, and what it was before and after; append-only and chained.

Each entry's hash covers the entry and the hash before it, so that a changed or removed entry in the middle is
seen (trail.py). The database refuses UPDATE and DELETE by trigger. A tail cut off by somebody who also rewrites the
head is only seen by comparing with a head noted outside the base.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Integer, String, Table, Text, bindparam, insert, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.rights import check_may_do
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
    .values(entries=_HEAD.c.entries + bindparam("more"))
    .returning(_HEAD.c.entries, _HEAD.c.hash)
)
_APPEND = insert(_ENTRY)
_CLOSE = update(_HEAD).where(_HEAD.c.id == 1).values(hash=bindparam("new_hash"))
_AUTHOR = "sisfoh author"
# In `session.info`: the numbers of the entries that the session has appended.
OWN_ENTRIES = "sisfoh own entries"


@dataclass(frozen=True)
class NewEntry:
    """What is to be told in one entry."""

    action: str
    subject: str
    after: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    reason: str = ""


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
    """Append one entry in the caller's transaction; values are stored as JSON (dates ISO, money as text).

    RuleError `not_allowed` when the actor lacks the right to `action`: the caller's change is rolled back with it.
    """
    entry = NewEntry(action, subject, after, before, reason)
    record_entries(session, actor=actor, now=now, entries=(entry,))
    session.info[_AUTHOR] = (actor, now)


def record_entries(session: Session, *, actor: Actor, now: datetime, entries: Sequence[NewEntry]) -> None:
    """As `record_audit`, for entries that follow one another; none is no fault."""
    if not entries:
        return
    for entry in entries:
        check_may_do(actor, entry.action)
    head = session.execute(_CLAIM, {"more": len(entries)}).one()
    previous, rows = head.hash, []
    for order, entry in enumerate(entries, head.entries - len(entries) + 1):
        row: dict[str, Any] = {
            "id": order,
            "at": now,
            "actor": actor.user,
            "office": actor.office,
            "action": entry.action,
            "subject": entry.subject,
            "before": _json(entry.before),
            "after": _json(entry.after),
            "reason": entry.reason,
            "previous_hash": previous,
        }
        row["hash"] = previous = entry_hash(row)
        rows.append(row)
    session.info.setdefault(OWN_ENTRIES, []).extend(row["id"] for row in rows)
    session.execute(_APPEND, rows if len(rows) > 1 else rows[0])
    session.execute(_CLOSE, {"new_hash": previous})


def changed_fields(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """What an entry tells of a correction: the fields that differ. A new record or one taken away is told whole."""
    if before is None or after is None:
        return before, after
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in changed if name in before},
        {name: after[name] for name in changed if name in after},
    )


def last_author(session: Session) -> tuple[Actor, datetime] | None:
    """Who recorded the last entry of this session and when; None while there is none."""
    author: tuple[Actor, datetime] | None = session.info.get(_AUTHOR)
    return author


HASHED = ("id", "at", "actor", "office", "action", "subject", "before", "after", "reason", "previous_hash")


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over what HASHED names, the hash before included; `at` is aware."""
    canonical = json.dumps(
        {**{name: entry[name] for name in HASHED}, "at": entry["at"].astimezone(UTC).isoformat()},
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
