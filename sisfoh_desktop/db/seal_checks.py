"""Do the ledgers still hold what was sealed: names the table and the row that was changed, removed or added.

The seals are read from the trail, whose own soundness trail.py tells.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exc, select
from sqlalchemy.orm import Session

from sisfoh_desktop.db.audit import AuditEntryRow
from sisfoh_desktop.db.seals import (
    HINT,
    LEDGERS,
    SEAL,
    Digester,
    Key,
    LedgerRow,
    SealedLedgerRow,
    begun_ledgers,
    block_seal,
    key_text,
    read_key,
    read_rows,
)


@dataclass(frozen=True)
class LedgerFault:
    """A row (or a block of up to a hundred, `last` > `first`) of a ledger that is not what was sealed.

    `kind`: changed, removed, added, unsealed (a base from before that was not opened yet), counted (the table of counts
    does not agree).
    """

    ledger: str
    kind: str
    first: Key
    last: Key
    sentence: str


@dataclass
class _Block:
    first: Key
    last: Key
    seal: str
    columns: list[str]
    rows: list[tuple[Key, str]] = field(default_factory=list)


@dataclass
class _Seals:
    """All seals of one ledger."""

    columns: list[str] = field(default_factory=list)
    rows: dict[Key, tuple[str, list[str]]] = field(default_factory=dict)
    blocks: list[_Block] = field(default_factory=list)

    def add(self, after: Mapping[str, Any]) -> None:
        self.columns = [str(name) for name in after.get("columns", self.columns)]
        for named, digest in after["rows"].items():
            first, _, last = named.partition("-")
            if last:
                self.blocks.append(_Block(read_key(first), read_key(last), digest, self.columns))
            else:
                self.rows[read_key(first)] = (digest, self.columns)


def examine_ledgers(session: Session) -> list[LedgerFault]:
    """Every fault of every ledger, in the order of their names and keys."""
    seals, begun = _read_seals(session), begun_ledgers(session)
    faults: list[LedgerFault] = []
    for ledger in LEDGERS:
        if ledger in begun or ledger in seals:
            faults += _examine(session, ledger, seals.get(ledger, _Seals()))
        else:
            faults += _unsealed(session, ledger)
    return faults


def _read_seals(session: Session) -> dict[str, _Seals]:
    seals: dict[str, _Seals] = {}
    entries = session.execute(
        select(AuditEntryRow.subject, AuditEntryRow.after)
        .where(AuditEntryRow.action == SEAL)
        .order_by(AuditEntryRow.id)
        .execution_options(yield_per=1_000)
    )
    for subject, after in entries:
        ledger = subject.partition(":")[0]
        try:
            seals.setdefault(ledger, _Seals()).add(json.loads(after or ""))
        except (TypeError, ValueError, KeyError, AttributeError):
            continue  # a seal that somebody spoilt: the trail is broken there, and its rows will be without seal
    return seals


def _examine(session: Session, ledger: str, seals: _Seals) -> Iterator[LedgerFault]:
    waiting = dict(seals.rows)
    blocks = sorted(seals.blocks, key=lambda block: block.first)
    starts = [block.first for block in blocks]
    digests = _Digests(ledger)
    for row in _rows_one_by_one(session, ledger):
        sealed = waiting.pop(row.key, None)
        if sealed is not None:
            if digests.of(row, sealed[1]) != sealed[0]:
                yield _fault(ledger, "changed", row.key)
            continue
        block = _block_of(blocks, starts, row.key)
        if block is None:
            yield _fault(ledger, "added", row.key)
        else:
            block.rows.append((row.key, digests.of(row, block.columns)))
    for block in blocks:
        if block_seal(block.rows) != block.seal:
            yield _block_fault(ledger, block)
    for key in sorted(waiting):
        yield _fault(ledger, "removed", key)
    counted = session.scalar(select(SealedLedgerRow.row_count).where(SealedLedgerRow.ledger == ledger)) or 0
    expected = len(seals.rows) + sum(len(_hints(block)) for block in blocks)
    if counted != expected:
        told = f"{ledger}: la cuenta de filas selladas dice {counted} y los sellos son {expected}"
        yield LedgerFault(ledger, "counted", (), (), told)


def _rows_one_by_one(session: Session, ledger: str) -> Iterator[LedgerRow]:
    """All rows; one that cannot be read comes without values and hides no other."""
    last: Key | None = None
    try:
        for row in read_rows(session, ledger):
            last = row.key
            yield row
    except exc.DBAPIError:
        if session.connection().dialect.name != "sqlite":
            raise  # the server itself has checked its pages and its text
    else:
        return
    # The driver reads ahead: the fault may lie one row further than it was told.
    columns = LEDGERS[ledger]
    named = ", ".join(columns)
    same = "WHERE " + " AND ".join(f"{name} = ?" for name in columns)
    keys = session.connection().exec_driver_sql(f"SELECT {named} FROM {ledger} ORDER BY {named}").all()  # noqa: S608
    for key in [tuple(row) for row in keys]:
        if last is None or key > last:
            try:
                yield from read_rows(session, ledger, where=same, parameters=key)
            except exc.DBAPIError:
                yield LedgerRow(key, (), ())


def _unsealed(session: Session, ledger: str) -> Iterator[LedgerFault]:
    rows = [row.key for row in read_rows(session, ledger)]
    if rows:
        told = f"{ledger}: sus {len(rows)} filas todavía no tienen sello; abra la base con el programa o use «migrar»"
        yield LedgerFault(ledger, "unsealed", rows[0], rows[-1], told)


def _block_of(blocks: list[_Block], starts: list[Key], key: Key) -> _Block | None:
    try:
        place = bisect_right(starts, key) - 1
        return blocks[place] if place >= 0 and key <= blocks[place].last else None
    except TypeError:  # somebody put text where the key has a number
        return None


class _Digests:
    """Digests of a ledger's rows over whichever columns their seals cover; "" where one of them is gone."""

    def __init__(self, ledger: str) -> None:
        self._ledger = ledger
        self._digesters: dict[int, Digester] = {}

    def of(self, row: LedgerRow, columns: list[str]) -> str:
        digester = self._digesters.get(id(columns))  # seals of one time share their list
        if digester is None:
            digester = self._digesters[id(columns)] = Digester(self._ledger, columns)
        try:
            return digester.digest(row)
        except KeyError:
            return ""


def _fault(ledger: str, kind: str, key: Key) -> LedgerFault:
    words = {
        "changed": "fue cambiada fuera del programa",
        "removed": "fue quitada fuera del programa",
        "added": "no tiene sello: fue agregada fuera del programa",
    }
    return LedgerFault(ledger, kind, key, key, f"{ledger}: la fila {key_text(key)} {words[kind]}")


def _block_fault(ledger: str, block: _Block) -> LedgerFault:
    """The row where the block stops being what was sealed, or the whole block if that cannot be told."""
    hints = _hints(block)
    found = [digest[:HINT] for _, digest in block.rows]
    differs = next(
        (at for at, (hint, own) in enumerate(zip(hints, found, strict=False)) if hint != own),
        min(len(hints), len(found)),
    )
    inside = f"entre las filas {key_text(block.first)} y {key_text(block.last)}"
    if len(found) < len(hints):
        gone = len(hints) - len(found)
        after = f"después de la fila {key_text(block.rows[differs - 1][0])}" if differs else "al comienzo"
        told = f"{ledger}: {inside} faltan {gone}, la primera {after}: se quitaron fuera del programa"
        return LedgerFault(ledger, "removed", block.first, block.last, told)
    if differs == len(found):
        told = f"{ledger}: {inside} hay una que fue cambiada fuera del programa"
        return LedgerFault(ledger, "changed", block.first, block.last, told)
    key = block.rows[differs][0]
    return _fault(ledger, "added" if len(found) > len(hints) else "changed", key)


def _hints(block: _Block) -> list[str]:
    kept = block.seal.partition(":")[2]
    return [kept[at : at + HINT] for at in range(0, len(kept), HINT)]
