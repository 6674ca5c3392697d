"""Reads the trail of the whole office, by key from the newest entry back. Nothing here writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import GENESIS, AuditEntryRow, AuditHeadRow
from sisfoh_desktop.db.history import entry_of
from sisfoh_desktop.modules.safekeeping.rules.trail import KeptEntry, TrailFilter, actions_of, part_actions

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_CHUNK = 500
_SEARCHED = (AuditEntryRow.subject, AuditEntryRow.reason, AuditEntryRow.before, AuditEntryRow.after)


def list_entries(
    session: "Session", wanted: TrailFilter, *, before: int | None = None, limit: int
) -> list[KeptEntry]:
    """The newest entries that the filter wants, older than the entry `before`."""
    query = select(AuditEntryRow).where(*_conditions(wanted)).order_by(AuditEntryRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEntryRow.id < before)
    return [_kept(row) for row in session.scalars(query)]


def each_entry(session: "Session", wanted: TrailFilter, *, until_entry: int) -> Iterator[KeptEntry]:
    """All that the filter wants up to the entry `until_entry`, the oldest first, a few hundred in memory at once."""
    after = 0
    while True:
        query = (
            select(AuditEntryRow)
            .where(AuditEntryRow.id > after, AuditEntryRow.id <= until_entry, *_conditions(wanted))
            .order_by(AuditEntryRow.id)
            .limit(_CHUNK)
        )
        rows = session.scalars(query).all()
        for row in rows:
            yield _kept(row)
        session.expunge_all()  # read only: what was told is let go
        if len(rows) < _CHUNK:
            return
        after = rows[-1].id


def count_entries(session: "Session", wanted: TrailFilter) -> int:
    """How many entries the filter wants."""
    if wanted.shows_all:
        return load_head(session)[0]
    query = select(func.count()).select_from(AuditEntryRow).where(*_conditions(wanted))
    return int(session.scalar(query) or 0)


def list_people(session: "Session") -> list[str]:
    """Everybody who ever wrote an entry, by name."""
    people = session.scalars(select(AuditEntryRow.actor).distinct())
    return sorted({person for person in people if person}, key=str.casefold)


def load_head(session: "Session") -> tuple[int, str]:
    """How many entries the trail has, and the hash of the last one."""
    row = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash).where(AuditHeadRow.id == 1)
    ).one_or_none()
    return (0, GENESIS) if row is None else (row.entries, row.hash)


def _conditions(wanted: TrailFilter) -> list[ColumnElement[bool]]:
    told: list[ColumnElement[bool]] = []
    if wanted.person:
        told.append(AuditEntryRow.actor == wanted.person)
    if wanted.part:
        told.append(_any_of(part_actions(wanted.part)))
    chosen, refused = actions_of(wanted)
    if chosen:
        told.append(_any_of(chosen))
    if refused:
        told.append(not_(_any_of(refused)))
    if wanted.since is not None:
        told.append(AuditEntryRow.at >= _midnight(wanted.since))
    if wanted.until is not None:
        told.append(AuditEntryRow.at < _midnight(wanted.until + timedelta(days=1)))
    told += [
        or_(*(column.icontains(word, autoescape=True) for column in _SEARCHED))
        for word in wanted.text.split()
    ]
    return [and_(*told)] if told else []


def _any_of(actions: Sequence[str]) -> ColumnElement[bool]:
    return or_(
        *(
            AuditEntryRow.action.startswith(action, autoescape=True)
            if action.endswith(".")
            else AuditEntryRow.action == action
            for action in actions
        )
    )


def _midnight(day: "date") -> datetime:
    return datetime.combine(day, time(), tzinfo=LIMA)


def _kept(row: AuditEntryRow) -> KeptEntry:
    return KeptEntry(entry_of(row), row.hash, row.previous_hash)
