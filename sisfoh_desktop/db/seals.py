"""Seals of the ledgers: rows of append-only tables bound to the trail in the transaction that adds them.

Every INSERT into a ledger is noticed, and before the COMMIT its new rows get their digests in an entry of the trail:
who later changes, removes or adds a row by hand also has to rewrite the trail. Rows that were there before without
a seal are never sealed along. Checked in seal_checks.py.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    String,
    Table,
    Text,
    bindparam,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.db.audit import AuditEntryRow, NewEntry, last_author, record_entries
from sisfoh_desktop.db.base import Base

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

LEDGERS: Mapping[str, tuple[str, ...]] = {
    "access_review": ("id",),
    "act_model_place": ("version_id", "position"),
    "act_model_text": ("version_id", "position"),
    "act_model_version": ("id",),
    "backup": ("id",),
    "duty_evidence": ("id",),
    "handover_line": ("id",),
    "kardex_acta": ("id",),
    "kardex_acta_movement": ("acta_id", "movement_id"),
    "kardex_approval": ("id",),
    "kardex_count": ("id",),
    "kardex_count_line": ("id",),
    "kardex_explanation": ("id",),
    "kardex_import": ("id",),
    "kardex_line": ("id",),
    "kardex_movement": ("id",),
    "kardex_sighting": ("id",),
    "opinion_reminder": ("id",),
    "poi_import": ("id",),
    "poi_month_event": ("id",),
    "poi_report": ("id",),
    "resolucion_acceptance": ("id",),
    "resolucion_version": ("resolucion_id", "draft_round"),
    "responsibility_snapshot": ("id",),
    "restore_rehearsal": ("id",),
}
"""Every append-only table but the trail itself, with the columns of its key."""

SCATTERED = frozenset(("resolucion_version",))
"""Ledgers whose first key does not grow: an old resolución gets new versions. They are small."""

SEAL, START = "ledger.seal", "ledger.start"
START_SUBJECT = "ledgers:all"
ROWS_IN_A_BLOCK = 100
FEWEST_FOR_BLOCKS = 300
HINT = 2  # figures of each row in the seal of a block

Key = tuple[int, ...]

_PROGRAM = Actor("programa")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NOTED = "sisfoh ledgers"
_INSERT = re.compile(r'\s*(?:insert(?:\s+or\s+\w+)?|replace)\s+into\s+"?(\w+)', re.IGNORECASE)


class SealedLedgerRow(Base):
    """How far a ledger is sealed; the seals themselves are entries of the trail."""

    __tablename__ = "sealed_ledger"

    ledger: Mapped[str] = mapped_column(String(63), primary_key=True, comment="Tabla que solo crece")
    last_id: Mapped[int] = mapped_column(BigInteger, comment="Última fila sellada")
    row_count: Mapped[int] = mapped_column(BigInteger, comment="Filas selladas")
    columns: Mapped[str] = mapped_column(
        Text, comment="Columnas que cubren los sellos desde el último, en JSON; vacío mientras no haya filas"
    )


_SEALED = cast(Table, SealedLedgerRow.__table__)
_ENTRY = cast(Table, AuditEntryRow.__table__)
_COUNT_ON = (
    update(_SEALED)
    .where(_SEALED.c.ledger == bindparam("named"))
    .values(last_id=bindparam("last"), row_count=_SEALED.c.row_count + bindparam("more"))
    .returning(_SEALED.c.columns)
)
_NEW_COLUMNS = (
    update(_SEALED).where(_SEALED.c.ledger == bindparam("named")).values(columns=bindparam("names"))
)
_BEGIN_LEDGER = insert(_SEALED)
_LAST_OF = {
    ledger: f"SELECT max({key[0]}) FROM {ledger}"  # noqa: S608 - names of this file
    for ledger, key in LEDGERS.items()
}


# -- rows as every database tells them ---------------------------------------------------------------------


class LedgerRow(NamedTuple):
    """A row of a ledger by its key, with its columns as SQLite keeps them, whichever database they are in."""

    key: Key
    names: tuple[str, ...]
    values: tuple[Any, ...]


class Digester:
    """Digests of rows of one ledger over some of its columns: 16 hexadecimal figures each."""

    def __init__(self, ledger: str, columns: Sequence[str]) -> None:
        self._ledger, self._columns = ledger, columns
        self._names: tuple[str, ...] = ()
        self._pick: Callable[[tuple[Any, ...]], Any] = tuple

    def digest(self, row: LedgerRow) -> str:
        """KeyError for a row that lacks one of the columns."""
        if row.names is not self._names:
            if not self._columns or not set(self._columns) <= set(row.names):
                raise KeyError(self._ledger)
            self._names = row.names
            self._pick = itemgetter(*[row.names.index(name) for name in self._columns])
        told = self._pick(row.values)
        try:
            return _digest(_json((self._ledger, told)))
        except TypeError:  # bytes that somebody put where text belongs
            return _digest(_json((self._ledger, [plain(value) for value in told])))


def read_rows(
    session: Session, ledger: str, *, where: str = "", parameters: tuple[Any, ...] = ()
) -> Iterator[LedgerRow]:
    """The rows of a ledger in the order of its key, read as they come; SQLAlchemy's errors as they are."""
    keys = LEDGERS[ledger]
    statement = f"SELECT * FROM {ledger} {where} ORDER BY {', '.join(keys)}"  # noqa: S608 - names of this file
    connection = session.connection()
    result = connection.exec_driver_sql(
        statement, parameters, execution_options={"stream_results": True, "max_row_buffer": 1_000}
    )
    with closing(result):
        names = tuple(result.keys())
        places = [names.index(key) for key in keys]
        key_of: Callable[[Any], Key] = itemgetter(*places) if len(places) > 1 else _alone(places[0])
        told_plainly = connection.dialect.name == "sqlite"
        for row in result:
            yield LedgerRow(key_of(row), names, tuple(row) if told_plainly else tuple(map(plain, row)))


def _alone(place: int) -> Callable[[Any], Key]:
    return lambda row: (row[place],)


def plain(value: Any) -> Any:
    """A value as SQLite keeps it and JSON tells it: moments and days as text, truth as a number."""
    kind = type(value)
    if value is None or kind is int or kind is str:
        return value
    if kind is bool:
        return int(value)
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)  # bytes or a fraction: no column of a ledger has them, only somebody's hand


def block_seal(rows: Iterable[tuple[Key, str]]) -> str:
    """One digest for rows that follow one another, each with its key and own digest; then two figures of each row's
    own, so that the row that was touched can be pointed at."""
    told = list(rows)
    whole = _digest("\n".join([f"{key_text(key)}:{digest}" for key, digest in told]))
    return f"{whole}:{''.join([digest[:HINT] for _, digest in told])}"


def key_text(key: Key) -> str:
    """`12`, or `12.3` for a row that is known by two numbers."""
    return str(key[0]) if len(key) == 1 else ".".join([str(part) for part in key])


def read_key(text: str) -> Key:
    """What `key_text` wrote; ValueError for another text."""
    return tuple([int(part) for part in text.split(".")])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# -- noticing and sealing ------------------------------------------------------------------------------------


def watch_ledgers(engine: Engine) -> None:
    """Note from now on which ledgers a transaction of this engine adds to, and where each of them ended before."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.info.pop(_NOTED, None)

    @event.listens_for(engine, "before_cursor_execute")
    def _before(
        connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if statement[0] in "sSuU":  # nearly all of them
            return
        found = _INSERT.match(statement)
        if found is None:
            return
        ledger = found[1].lower()
        if ledger in LEDGERS:
            noted = connection.info.setdefault(_NOTED, {})
            if ledger not in noted:
                noted[ledger] = None  # the question below comes by here too
                noted[ledger] = _end_of(connection, ledger)


def seal_new_rows(session: Session) -> None:
    """Seal what this transaction added to the ledgers; the last thing before its COMMIT."""
    session.flush()
    noted: dict[str, Any] = session.connection().info.pop(_NOTED, None) or {}
    if not noted:
        return
    actor, now = last_author(session) or (_PROGRAM, datetime.now(UTC))
    entries = []
    for ledger in sorted(noted):
        rows = list(_rows_since(session, ledger, noted[ledger]))
        if rows:
            entries.append(_seal_entry(session, ledger, rows))
    record_entries(session, actor=actor, now=now, entries=entries)


def seal_all(db: "Database", now: datetime, *, actor: Actor = _PROGRAM) -> int:
    """Seal the ledgers of a base from before there were seals; the number of rows sealed.

    Each ledger is begun once and for all: a row found without a seal later is left to `comprobar`, which names it.
    """
    with db.reading() as session:
        if set(session.scalars(select(_SEALED.c.ledger))) >= LEDGERS.keys():
            return 0
    with db.transaction() as session:
        begun = begun_ledgers(session)
        missing = [ledger for ledger in LEDGERS if ledger not in begun]
        if not missing:
            return 0
        entries, count = [], 0
        for ledger in missing:
            if session.scalar(select(_ENTRY.c.id).where(_seals_of(ledger)).limit(1)) is None:
                rows = list(read_rows(session, ledger))
                if rows:
                    entries.append(_seal_entry(session, ledger, rows))
                    count += len(rows)
                    continue
            if session.scalar(select(_SEALED.c.ledger).where(_SEALED.c.ledger == ledger)) is None:
                session.execute(
                    _BEGIN_LEDGER, {"ledger": ledger, "last_id": 0, "row_count": 0, "columns": ""}
                )
        entries.append(NewEntry(START, START_SUBJECT, {"ledgers": sorted(missing)}))
        record_entries(session, actor=actor, now=now, entries=entries)
        return count


def begun_ledgers(session: Session) -> set[str]:
    """The ledgers that a start in the trail names; what the table of counts says counts for nothing."""
    starts = session.scalars(
        select(_ENTRY.c.after).where(_ENTRY.c.subject == START_SUBJECT, _ENTRY.c.action == START)
    )
    return {ledger for after in starts for ledger in json.loads(after or "{}").get("ledgers", ())}


def _seals_of(ledger: str) -> Any:
    named = _ENTRY.c.subject.startswith(f"{ledger}:", autoescape=True)
    return named & (_ENTRY.c.action == SEAL)


def _end_of(connection: Connection, ledger: str) -> Any:
    if ledger in SCATTERED:
        keys = ", ".join(LEDGERS[ledger])
        there = connection.exec_driver_sql(f"SELECT {keys} FROM {ledger}")  # noqa: S608 - names of this file
        return {tuple(row) for row in there}
    return connection.exec_driver_sql(_LAST_OF[ledger]).scalar()


def _rows_since(session: Session, ledger: str, end: Any) -> Iterator[LedgerRow]:
    if ledger in SCATTERED:
        return (row for row in read_rows(session, ledger) if row.key not in end)
    if end is None:
        return read_rows(session, ledger)
    mark = "?" if session.connection().dialect.paramstyle == "qmark" else "%s"
    return read_rows(session, ledger, where=f"WHERE {LEDGERS[ledger][0]} > {mark}", parameters=(end,))


def _seal_entry(session: Session, ledger: str, rows: Sequence[LedgerRow]) -> NewEntry:
    columns = sorted(rows[0].names)
    names = json.dumps(columns)
    values = {"named": ledger, "last": rows[-1].key[0], "more": len(rows)}
    earlier = session.execute(_COUNT_ON, values).scalar_one_or_none()
    if earlier is None:
        new = {"ledger": ledger, "last_id": rows[-1].key[0], "row_count": len(rows), "columns": names}
        session.execute(_BEGIN_LEDGER, new)
    elif earlier != names:
        session.execute(_NEW_COLUMNS, {"named": ledger, "names": names})
    after: dict[str, Any] = {"rows": _digests(ledger, rows, columns)}
    if earlier != names:
        after["columns"] = columns  # the seals that follow cover the same until another says otherwise
    subject = f"{ledger}:{key_text(rows[0].key)}-{key_text(rows[-1].key)}"
    return NewEntry(SEAL, subject, after)


def _digests(ledger: str, rows: Sequence[LedgerRow], columns: Sequence[str]) -> dict[str, str]:
    digest = Digester(ledger, columns).digest
    digests = [(row.key, digest(row)) for row in rows]
    if len(rows) < FEWEST_FOR_BLOCKS or ledger in SCATTERED:
        return {key_text(key): digest for key, digest in digests}
    blocks = [digests[start : start + ROWS_IN_A_BLOCK] for start in range(0, len(digests), ROWS_IN_A_BLOCK)]
    return {f"{key_text(block[0][0])}-{key_text(block[-1][0])}": block_seal(block) for block in blocks}
