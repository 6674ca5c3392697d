"""Each form's row: where it is now, read as pieces of consecutive numbers, and moved by ranges.

Reading and moving go by the key (type, number), so that a hundred forms cost the same among a million.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, Table, bindparam, func, insert, select, update

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.balances import NewLine
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind, Piece
from sisfoh_desktop.modules.kardex.tables import KardexFormRow, KardexLineRow, KardexMovementRow

if TYPE_CHECKING:
    from sqlalchemy import CursorResult, Insert, Update
    from sqlalchemy.orm import Session

CHUNK = 10_000  # forms written at once, after which a long action may be cancelled
NEAR = 100  # numbers between two ranges that are read with them: sooner than a question more

# Core statements made once: every movement passes here
_FORMS = cast(Table, KardexFormRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)


# Forms as islands: consecutive numbers that the same line brought to the same state.
_numbered = (
    select(
        _FORMS.c.number,
        _FORMS.c.holder_id,
        _FORMS.c.condition,
        _FORMS.c.line_id,
        (
            _FORMS.c.number
            - func.row_number().over(
                partition_by=(_FORMS.c.line_id, _FORMS.c.holder_id, _FORMS.c.condition),
                order_by=_FORMS.c.number,
            )
        ).label("island"),
    )
    .where(
        _FORMS.c.form_type_id == bindparam("type_id"),
        _FORMS.c.number.between(bindparam("low"), bindparam("high")),
    )
    .subquery()
)
_islands = (
    select(
        func.min(_numbered.c.number).label("first"),
        func.max(_numbered.c.number).label("last"),
        _numbered.c.holder_id,
        _numbered.c.condition,
        _numbered.c.line_id,
    )
    .group_by(_numbered.c.line_id, _numbered.c.holder_id, _numbered.c.condition, _numbered.c.island)
    .subquery()
)
_PIECES = (
    select(
        _islands,
        _MOVEMENTS.c.id.label("movement_id"),
        _MOVEMENTS.c.number,
        _MOVEMENTS.c.kind,
        _MOVEMENTS.c.moved_on,
    )
    .join(_LINES, _LINES.c.id == _islands.c.line_id)
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .order_by(_islands.c.first)
)
_LINE_DAY = (
    select(_LINES.c.previous_id, _MOVEMENTS.c.kind, _MOVEMENTS.c.moved_on)
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .where(_LINES.c.id == bindparam("wanted"))
)
# The numbers from `low` to `high`, made by the database itself: nothing travels but the two ends.
_counter = select(bindparam("low", type_=BigInteger).label("number")).cte("counter", recursive=True)
_counter = _counter.union_all(
    select(_counter.c.number + 1).where(_counter.c.number < bindparam("high", type_=BigInteger))
)
_INSERT = insert(_FORMS).from_select(
    ["form_type_id", "number", "holder_id", "condition", "line_id"],
    select(
        bindparam("type_id", type_=_FORMS.c.form_type_id.type),
        _counter.c.number,
        bindparam("holder", type_=_FORMS.c.holder_id.type),
        bindparam("state", type_=_FORMS.c.condition.type),
        bindparam("line", type_=_FORMS.c.line_id.type),
    ),
)
_UPDATE = (
    update(_FORMS)
    .where(
        _FORMS.c.form_type_id == bindparam("type_id"),
        _FORMS.c.number.between(bindparam("low"), bindparam("high")),
        _FORMS.c.holder_id == bindparam("old_holder"),
        _FORMS.c.condition == bindparam("old_state"),
        _FORMS.c.line_id == bindparam("old_line"),
    )
    .values(holder_id=bindparam("holder"), condition=bindparam("state"), line_id=bindparam("line"))
)
_LOWEST = (
    select(_FORMS.c.number)
    .where(
        _FORMS.c.form_type_id == bindparam("type_id"),
        _FORMS.c.holder_id == bindparam("holder"),
        _FORMS.c.condition == Condition.BLANK.value,
    )
    .order_by(_FORMS.c.number)
    .limit(bindparam("most"))
)


def find_pieces(session: "Session", type_id: int, ranges: FormRanges) -> list[Piece]:
    """The present state of those numbers that the base knows, in order.

    Neighbouring ranges are read at once and cut afterwards. A join with the ranges is no way: it makes PostgreSQL read
    all forms of the type for each of them.
    """
    found: list[Piece] = []
    for together in _neighbours(ranges):
        ends = {"type_id": type_id, "low": together[0].first, "high": together[-1].last}
        pieces = [_piece(row) for row in session.execute(_PIECES, ends)]
        found += pieces if len(together) == 1 else _cut(pieces, together)
    return _freed(session, found)


def _freed(session: "Session", pieces: list[Piece]) -> list[Piece]:
    """The same, with the first free day of those that a reversal put back."""
    days: dict[int, date] = {}
    freed = []
    for piece in pieces:
        if piece.movement_kind is MovementKind.REVERSAL:
            if piece.line_id not in days:
                days[piece.line_id] = _free_from(session, piece.line_id)
            freed.append(replace(piece, free_from=days[piece.line_id]))
        else:
            freed.append(piece)
    return freed


def _free_from(session: "Session", line_id: int) -> date:
    """The day of the last line that still counts: a reversal dated like what it reverts leaves neither of the two."""
    while True:
        line = session.execute(_LINE_DAY, {"wanted": line_id}).one()
        if line.kind != MovementKind.REVERSAL.value:
            return cast(date, line.moved_on)
        reverted = session.execute(_LINE_DAY, {"wanted": line.previous_id}).one()
        if reverted.moved_on != line.moved_on:
            return cast(date, line.moved_on)
        if reverted.previous_id is None:
            return date.min
        line_id = reverted.previous_id


def _neighbours(ranges: FormRanges) -> Iterator[list[FormRange]]:
    """The ranges in groups that it pays to read with the few numbers between them."""
    group: list[FormRange] = []
    for one in ranges:
        if group and (one.first - group[-1].last > NEAR or one.last - group[0].first >= CHUNK):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _cut(pieces: Sequence[Piece], ranges: Sequence[FormRange]) -> Iterator[Piece]:
    """What of the pieces is within the ranges, both in order: what the ranges alone would have given."""
    at = 0
    for piece in pieces:
        while at < len(ranges) and ranges[at].last < piece.forms.first:
            at += 1
        for one in islice(ranges, at, None):
            if one.first > piece.forms.last:
                break
            ends = FormRange(max(one.first, piece.forms.first), min(one.last, piece.forms.last))
            yield replace(piece, forms=ends)


def _piece(row: Any) -> Piece:
    return Piece(
        forms=FormRange(row.first, row.last),
        holder_id=row.holder_id,
        condition=Condition(row.condition),
        line_id=row.line_id,
        movement_id=row.movement_id,
        movement_number=row.number,
        movement_kind=MovementKind(row.kind),
        moved_on=row.moved_on,
    )


def record_forms(
    session: "Session",
    lines: Sequence[NewLine],
    line_ids: Sequence[int],
    written: Callable[[int], None],
) -> None:
    """Bring the forms of each line to their new state; `written` hears after each part how many forms it was.

    StaleRow when a form is no longer as the line says that it was: the caller's transaction is to be undone.
    """
    parts = (part for line, line_id in zip(lines, line_ids, strict=True) for part in _parts(line, line_id))
    for batch in _batches(parts):
        statement, count = batch[0].statement, sum(part.count for part in batch)
        if statement is not None:
            done = cast("CursorResult[Any]", session.execute(statement, [part.values for part in batch]))
            if statement is _UPDATE and done.rowcount != count:
                raise moved_meanwhile()
        written(count)


@dataclass(frozen=True)
class _Part:
    """At most CHUNK forms of a line; nothing is to be written of articles without numbers (`statement` None)."""

    statement: "Insert | Update | None"
    values: dict[str, Any]
    count: int


def _parts(line: NewLine, line_id: int) -> Iterator[_Part]:
    if line.forms is None:
        yield _Part(None, {}, line.form_count)
        return
    state: dict[str, Any] = {
        "type_id": line.after.type_id,
        "holder": line.after.holder_id,
        "state": line.after.condition.value,
        "line": line_id,
    }
    statement: Insert | Update = _INSERT
    if line.previous_id is not None:
        statement = _UPDATE
        state |= {
            "old_holder": line.before.holder_id,
            "old_state": line.before.condition.value,
            "old_line": line.previous_id,
        }
    for low in range(line.forms.first, line.forms.last + 1, CHUNK):
        high = min(low + CHUNK - 1, line.forms.last)
        yield _Part(statement, {**state, "low": low, "high": high}, high - low + 1)


def _batches(parts: Iterable[_Part]) -> Iterator[list[_Part]]:
    """Parts with the same statement, to be sent at once; no more than CHUNK forms."""
    batch: list[_Part] = []
    count = 0
    for part in parts:
        if batch and (part.statement is not batch[0].statement or count + part.count > CHUNK):
            yield batch
            batch, count = [], 0
        batch.append(part)
        count += part.count
    if batch:
        yield batch


def moved_meanwhile() -> StaleRow:
    """A form is no longer as it was read: the caller's transaction is to be undone."""
    return StaleRow(
        "Otra persona movió estos formularios mientras usted los registraba; no se registró nada. "
        "Actualice con F5 y vuelva a intentar."
    )


def insert_forms(session: "Session", state: Mapping[str, Any]) -> None:
    """New forms from `low` to `high` of `type_id`, with their `holder`, `state` (condition) and `line`."""
    session.execute(_INSERT, state)


def lowest_blank(session: "Session", type_id: int, holder_id: int, most: int) -> FormRanges:
    """The lowest blank numbers of a holder, at most `most`."""
    numbers = session.scalars(_LOWEST, {"type_id": type_id, "holder": holder_id, "most": most})
    return FormRanges.of_numbers(numbers)
