"""Is the trail whole: walks the chain, names the first entry that does not fit and says what is wrong with it.

Also its head, which other places remember (the weekly slip, each PC) so that a trail cut short shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exc, select, text
from sqlalchemy.orm import Session

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.db.audit import GENESIS, HASHED, AuditEntryRow, AuditHeadRow, entry_hash

CLOCK_SLACK = timedelta(hours=1)
_READ_AT_ONCE = 1_000
_COLUMNS = ", ".join(f'"{name}"' for name in (*HASHED, "hash"))
_WALK = f"SELECT {_COLUMNS} FROM audit_entry {{where}} ORDER BY id"  # noqa: S608 - names of this kit


@dataclass(frozen=True)
class TrailHead:
    """How many entries there are, the hash of the last, and of the first: that is the base's own name ("" if none)."""

    entries: int
    hash: str
    base_id: str


@dataclass(frozen=True)
class TrailBreak:
    """The first entry that does not fit: its order, `kind` (changed, removed, swapped, appended, head, unreadable)
    and what is wrong, in Spanish."""

    entry: int
    kind: str
    sentence: str


@dataclass(frozen=True)
class ClockBack:
    """An entry that is earlier than the one before it by more than an hour."""

    entry: int
    before: datetime
    at: datetime


@dataclass(frozen=True)
class TrailExam:
    """What a walk over the whole trail found."""

    entries: int
    broken: TrailBreak | None
    clock_back: tuple[ClockBack, ...]


def examine_trail(session: Session) -> TrailExam:
    """Walk the whole chain up to its first break."""
    previous, count, latest = GENESIS, 0, None
    backwards: list[ClockBack] = []
    entries = _walk(session)
    while True:
        try:
            entry = next(entries, None)
        except exc.DBAPIError:
            return TrailExam(count, _unreadable(count + 1), tuple(backwards))
        if entry is None:
            break
        if len(entry) == 1:
            return TrailExam(count, _unreadable(entry["id"]), tuple(backwards))
        if entry["id"] != count + 1 or entry["previous_hash"] != previous or not _is_own(entry):
            return TrailExam(count, _diagnosis(session, entry, count + 1, previous), tuple(backwards))
        count, previous = count + 1, entry["hash"]
        if latest is not None and entry["at"] < latest - CLOCK_SLACK:
            backwards.append(ClockBack(count, latest.astimezone(LIMA), entry["at"].astimezone(LIMA)))
        latest = entry["at"]
    return TrailExam(count, _head_break(session, count, previous), tuple(backwards))


def trail_head(session: Session) -> TrailHead:
    """The head as the base has it now; nothing is checked."""
    head = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash).where(AuditHeadRow.id == 1)
    ).one_or_none()
    if head is None:
        return TrailHead(0, GENESIS, "")
    return TrailHead(head.entries, head.hash, hash_at(session, 1))


def hash_at(session: Session, entry: int) -> str:
    """The hash of one entry; "" when there is no such entry."""
    return session.scalar(select(AuditEntryRow.hash).where(AuditEntryRow.id == entry)) or ""


def _walk(session: Session) -> Iterator[dict[str, Any]]:
    """The entries as the base keeps them: a moment that nobody can read comes as None and stops no walk, an entry that
    cannot be read at all comes with its order alone."""
    last: int | None = None
    try:
        result = session.connection().exec_driver_sql(
            _WALK.format(where=""),
            execution_options={"stream_results": True, "max_row_buffer": _READ_AT_ONCE},
        )
        with closing(result):  # whoever walks may stop on the way
            for row in result:
                entry = _entry(row)
                last = entry["id"]
                yield entry
    except exc.DBAPIError:
        if session.connection().dialect.name != "sqlite":
            raise  # the server itself has checked its pages and its text
    else:
        return
    # The driver reads ahead: the fault may lie one row further than it was told.
    after = "" if last is None else f"WHERE id > {last}"
    for number in session.scalars(text(f"SELECT id FROM audit_entry {after} ORDER BY id")).all():  # noqa: S608
        try:
            yield _entry(
                session.connection().exec_driver_sql(_WALK.format(where=f"WHERE id = {number}")).one()
            )
        except exc.DBAPIError:
            yield {"id": number}


def _entry(row: Sequence[Any]) -> dict[str, Any]:
    entry = dict(zip((*HASHED, "hash"), row, strict=True))
    entry["at"] = _moment(entry["at"])
    return entry


def _moment(kept: Any) -> datetime | None:
    try:
        moment = kept if isinstance(kept, datetime) else datetime.fromisoformat(kept)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_own(entry: Mapping[str, Any], **other: Any) -> bool:
    """Whether the hash is that of the entry, or of the entry with `other` values."""
    wanted = {**entry, **other}
    try:
        return bool(wanted["at"] is not None and wanted["hash"] == entry_hash(wanted))
    except (TypeError, ValueError):  # bytes where text belongs, half a sign
        return False


# -- what is wrong ------------------------------------------------------------------------------------------


def _unreadable(entry: int) -> TrailBreak:
    return TrailBreak(
        entry, "unreadable", f"La anotación {entry} no se puede leer: el archivo está dañado ahí."
    )


def _diagnosis(session: Session, entry: Mapping[str, Any], order: int, previous: str) -> TrailBreak:
    """The entry at the place `order` of the chain does not belong there: why."""
    if entry["id"] < order:
        return TrailBreak(
            entry["id"], "appended", f"La anotación {entry['id']} fue agregada fuera del programa."
        )
    try:
        others = [one for one in _walk(session) if len(one) > 1]
    except exc.DBAPIError:
        others = []
    partner = _swapped_with(others, order, previous)
    if partner:
        return TrailBreak(
            order,
            "swapped",
            f"Las anotaciones {order} y {partner} fueron intercambiadas fuera del programa.",
        )
    if entry["id"] > order:
        last = entry["id"] - 1
        which = (
            f"La anotación {order} fue quitada"
            if last == order
            else f"Las anotaciones {order} a {last} fueron quitadas"
        )
        return TrailBreak(order, "removed", f"{which} fuera del programa.")
    if _is_own(entry) and entry["previous_hash"] == GENESIS:
        return TrailBreak(order, "removed", f"Falta lo que había antes de la anotación {order}.")
    if order == len(others) and _head_is(session, order - 1, previous):
        return TrailBreak(order, "appended", f"La anotación {order} fue agregada fuera del programa.")
    return TrailBreak(order, "changed", f"La anotación {order} fue cambiada fuera del programa.")


def _swapped_with(others: list[dict[str, Any]], order: int, previous: str) -> int:
    """The place where the entry of `order` lies now, or 0: whole entries, or all but their hashes, changed places."""
    here = next((one for one in others if one["id"] == order), None)
    for one in others:
        if one["id"] <= order:
            continue
        if one["previous_hash"] == previous and _is_own(one, id=order):
            return int(one["id"])
        kept = {"id": order, "previous_hash": previous}
        if here is not None and _is_own({**one, **kept, "hash": here["hash"]}):
            return int(one["id"])
    return 0


def _head_break(session: Session, count: int, last: str) -> TrailBreak | None:
    head = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash).where(AuditHeadRow.id == 1)
    ).one_or_none()
    if head is None:
        return TrailBreak(count + 1, "head", "Falta la cabeza de la cadena; alguien la quitó.")
    if (head.entries, head.hash) == (count, last):
        return None
    if head.entries > count and head.hash != last:
        return TrailBreak(
            count + 1,
            "removed",
            f"Faltan las anotaciones desde la {count + 1}: la cadena debía llegar a la {head.entries}.",
        )
    if head.entries < count and hash_at(session, head.entries) == head.hash:
        first = head.entries + 1
        return TrailBreak(first, "appended", f"La anotación {first} fue agregada fuera del programa.")
    return TrailBreak(count + 1, "head", "La cabeza de la cadena fue cambiada fuera del programa.")


def _head_is(session: Session, entries: int, last: str) -> bool:
    found = session.execute(
        select(AuditHeadRow.entries, AuditHeadRow.hash).where(AuditHeadRow.id == 1)
    ).one_or_none()
    return found is not None and (found.entries, found.hash) == (entries, last)
