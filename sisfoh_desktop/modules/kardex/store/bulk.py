"""Many movements written at once: ids taken in a block, rows in few statements. One by one they go through `ledger`.

Whoever writes has read the state of the forms in the same transaction, while no other writer could come between.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, text, update

from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import Piece
from sisfoh_desktop.modules.kardex.store.forms import CHUNK, insert_forms, moved_meanwhile
from sisfoh_desktop.modules.kardex.tables import (
    KardexCampaignRow,
    KardexFormRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

_ROWS = 5_000  # written by one statement

_CAMPAIGNS = cast(Table, KardexCampaignRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_FORMS = cast(Table, KardexFormRow.__table__)

_TAKE_NUMBERS = (
    update(_CAMPAIGNS)
    .where(_CAMPAIGNS.c.id == bindparam("campaign"))
    .values(last_movement=_CAMPAIGNS.c.last_movement + bindparam("count"))
    .returning(_CAMPAIGNS.c.last_movement)
)
_MOVE = (
    update(_FORMS)
    .where(
        _FORMS.c.form_type_id == bindparam("type_id"),
        _FORMS.c.number.between(bindparam("low"), bindparam("high")),
    )
    .values(holder_id=bindparam("holder"), condition=bindparam("state"), line_id=bindparam("line"))
)


def last_number(session: "Session", campaign_id: int) -> int:
    """The last number of a movement that the campaign gave."""
    wanted = select(_CAMPAIGNS.c.last_movement).where(_CAMPAIGNS.c.id == campaign_id)
    return int(session.execute(wanted).scalar_one())


def take_numbers(session: "Session", campaign_id: int, count: int) -> None:
    """Give out the next `count` numbers of movements, in the caller's transaction."""
    session.execute(_TAKE_NUMBERS, {"campaign": campaign_id, "count": count}).scalar_one()


def movement_ids(session: "Session", count: int) -> list[int]:
    """Ids for new movements, in order."""
    return _ids(session, _MOVEMENTS, count)


def line_ids(session: "Session", count: int) -> list[int]:
    """Ids for new lines, in order."""
    return _ids(session, _LINES, count)


def _ids(session: "Session", table: Table, count: int) -> list[int]:
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return list(range(last + 1, last + 1 + count))
    wanted = text(
        "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
    ).bindparams(table=table.name, count=count)
    return sorted(session.scalars(wanted))


def add_movements(session: "Session", rows: Sequence[Mapping[str, Any]]) -> None:
    """Movements with their ids and numbers, as columns."""
    _add(session, _MOVEMENTS, rows)


def add_lines(session: "Session", rows: Sequence[Mapping[str, Any]]) -> None:
    """Lines with their ids, as columns; a line comes after the one before it."""
    _add(session, _LINES, rows)


def _add(session: "Session", table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _ROWS):
        session.execute(insert(table), list(rows[start : start + _ROWS]))


def put_forms(
    session: "Session", type_id: int, pieces: Sequence[tuple[Piece, int]], new: FormRanges
) -> Iterable[int]:
    """Bring every form of the pieces to its state, each with the id of its line; those in `new` did not exist. Tells,
    part by part, how many.

    StaleRow when a form is missing that should be there: the caller's transaction is to be undone.
    """
    moved: list[dict[str, Any]] = []
    for piece, line_id in pieces:
        state = {"holder": piece.holder_id, "state": piece.condition.value, "line": line_id}
        own = FormRanges((piece.forms,))
        fresh = own & new
        for one in fresh:
            for low in range(one.first, one.last + 1, CHUNK):
                high = min(low + CHUNK - 1, one.last)
                insert_forms(session, {**state, "type_id": type_id, "low": low, "high": high})
                yield high - low + 1
        moved += [{**state, "type_id": type_id, "low": one.first, "high": one.last} for one in own - fresh]
    for start in range(0, len(moved), _ROWS):
        part = moved[start : start + _ROWS]
        updated = cast("CursorResult[Any]", session.connection().execute(_MOVE, part))
        count = sum(one["high"] - one["low"] + 1 for one in part)
        if updated.rowcount != count:
            raise moved_meanwhile()
        yield count
