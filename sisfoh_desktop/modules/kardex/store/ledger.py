"""The append-only ledger: movements with their numbers and lines, the balances beside them, sightings of lost forms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.balances import NewLine, Place
from sisfoh_desktop.modules.kardex.rules.facts import (
    Condition,
    LedgerLine,
    Movement,
    MovementKind,
    NewMovement,
)
from sisfoh_desktop.modules.kardex.rules.sightings import Sighting
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexCampaignRow,
    KardexFormRow,
    KardexFormTypeRow,
    KardexLineRow,
    KardexMovementRow,
    KardexSightingRow,
)

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

# Core statements made once: every movement passes here
_CAMPAIGNS = cast(Table, KardexCampaignRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_BALANCES = cast(Table, KardexBalanceRow.__table__)
_SIGHTINGS = cast(Table, KardexSightingRow.__table__)

_NEXT_NUMBER = (
    update(_CAMPAIGNS)
    .where(_CAMPAIGNS.c.id == bindparam("campaign"))
    .values(last_movement=_CAMPAIGNS.c.last_movement + 1)
    .returning(_CAMPAIGNS.c.last_movement)
)
_ADD_MOVEMENT = insert(_MOVEMENTS).returning(_MOVEMENTS.c.id)
_ADD_LINE = insert(_LINES).returning(_LINES.c.id)
_ADD_LINES = insert(_LINES).returning(_LINES.c.id, sort_by_parameter_order=True)
_AT_PLACE = (
    _BALANCES.c.form_type_id == bindparam("type_id"),
    _BALANCES.c.holder_id == bindparam("holder"),
    _BALANCES.c.condition == bindparam("state"),
)
_BALANCE = select(_BALANCES.c.form_count).where(*_AT_PLACE)
_CHANGE_BALANCE = (
    update(_BALANCES).where(*_AT_PLACE).values(form_count=_BALANCES.c.form_count + bindparam("change"))
)
_ADD_BALANCE = insert(_BALANCES)
_MOVEMENT = select(_MOVEMENTS).where(_MOVEMENTS.c.id == bindparam("wanted"))
_LINES_OF = select(_LINES).where(_LINES.c.movement_id == bindparam("wanted")).order_by(_LINES.c.id)
_REVERSAL_OF = select(_MOVEMENTS).where(_MOVEMENTS.c.reverses_id == bindparam("wanted"))
_LINE = select(_LINES.c.movement_id, _LINES.c.from_condition, _LINES.c.previous_id).where(
    _LINES.c.id == bindparam("wanted")
)


def add_movement(
    session: "Session",
    movement: NewMovement,
    lines: Sequence[NewLine],
    *,
    campaign_id: int,
    reverses_id: int | None,
    registered_at: datetime,
    registered_by: str,
) -> tuple[int, int, list[int]]:
    """Write a movement with the campaign's next number and its lines; (id, number, ids of the lines in their order).

    The number is taken in the caller's transaction: undone, it leaves no hole.
    """
    number = session.execute(_NEXT_NUMBER, {"campaign": campaign_id}).scalar_one()
    movement_id = session.execute(
        _ADD_MOVEMENT,
        movement_values(
            movement,
            lines,
            number=number,
            campaign_id=campaign_id,
            reverses_id=reverses_id,
            registered_at=registered_at,
            registered_by=registered_by,
        ),
    ).scalar_one()
    rows = [line_values(movement_id, line) for line in lines]
    if len(rows) == 1:
        return movement_id, number, [session.execute(_ADD_LINE, rows[0]).scalar_one()]
    return movement_id, number, list(session.scalars(_ADD_LINES, rows))


def movement_values(
    movement: NewMovement,
    lines: Sequence[NewLine],
    *,
    number: int,
    campaign_id: int,
    reverses_id: int | None,
    registered_at: datetime,
    registered_by: str,
) -> dict[str, Any]:
    """A movement as columns, without its id."""
    return {
        "campaign_id": campaign_id,
        "number": number,
        "kind": movement.kind.value,
        "form_type_id": movement.type_id,
        "moved_on": movement.moved_on,
        "from_holder_id": movement.from_holder_id,
        "to_holder_id": movement.to_holder_id,
        "form_count": sum(line.form_count for line in lines),
        "document": movement.document,
        "reason": movement.reason,
        "witness": movement.witness,
        "note": movement.note,
        "archive_box": movement.archive_box,
        "archive_folder": movement.archive_folder,
        "archive_folio": movement.archive_folio,
        "reverses_id": reverses_id,
        "registered_at": registered_at,
        "registered_by": registered_by,
    }


def line_values(movement_id: int, line: NewLine) -> dict[str, Any]:
    """A line of a movement as columns, without its id."""
    return {
        "movement_id": movement_id,
        "form_type_id": line.after.type_id,
        "first_number": None if line.forms is None else line.forms.first,
        "last_number": None if line.forms is None else line.forms.last,
        "form_count": line.form_count,
        "from_holder_id": line.before.holder_id,
        "from_condition": line.before.condition.value,
        "to_holder_id": line.after.holder_id,
        "to_condition": line.after.condition.value,
        "previous_id": line.previous_id,
    }


def change_balances(session: "Session", changes: Mapping[Place, int]) -> None:
    """Add each change to its balance; the database refuses one below nothing."""
    for place, change in changes.items():
        at = _at(place)
        updated = cast("CursorResult[Any]", session.execute(_CHANGE_BALANCE, {**at, "change": change}))
        if updated.rowcount == 0:
            session.execute(
                _ADD_BALANCE,
                {
                    "form_type_id": place.type_id,
                    "holder_id": place.holder_id,
                    "condition": place.condition.value,
                    "form_count": change,
                },
            )


def find_balance(session: "Session", place: Place) -> int:
    return session.scalar(_BALANCE, _at(place)) or 0


def day_changes(session: "Session", type_ids: Iterable[int]) -> dict[Place, dict[date, int]]:
    """By how much every balance of these types went up or down on each day."""
    wanted = list(type_ids)
    found: dict[Place, dict[date, int]] = {}
    for sign, holder, condition in (
        (-1, _LINES.c.from_holder_id, _LINES.c.from_condition),
        (1, _LINES.c.to_holder_id, _LINES.c.to_condition),
    ):
        sums = (
            select(
                _LINES.c.form_type_id, holder, condition, _MOVEMENTS.c.moved_on, func.sum(_LINES.c.form_count)
            )
            .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
            .where(_LINES.c.form_type_id.in_(wanted), condition != Condition.OUTSIDE.value)
            .group_by(_LINES.c.form_type_id, holder, condition, _MOVEMENTS.c.moved_on)
        )
        for type_id, holder_id, state, day, count in session.execute(sums):
            days = found.setdefault(Place(type_id, holder_id, Condition(state)), {})
            days[day] = days.get(day, 0) + sign * count
    return found


def _at(place: Place) -> dict[str, Any]:
    return {"type_id": place.type_id, "holder": place.holder_id, "state": place.condition.value}


def load_movement(session: "Session", movement_id: int) -> Movement:
    """With its lines; RuleError `movement_unknown`."""
    row = session.execute(_MOVEMENT, {"wanted": movement_id}).one_or_none()
    if row is None:
        raise RuleError("movement_unknown", "Ese movimiento no existe en esta base; actualice con F5.")
    return _movement(row, [_line(line) for line in session.execute(_LINES_OF, {"wanted": movement_id})])


def find_reversal(session: "Session", movement_id: int) -> Movement | None:
    """The movement that reverted it, without its lines."""
    row = session.execute(_REVERSAL_OF, {"wanted": movement_id}).one_or_none()
    return None if row is None else _movement(row, [])


def load_reception(session: "Session", line_id: int) -> Movement:
    """The movement by which the forms of a line came into the office, without its lines."""
    while True:
        line = session.execute(_LINE, {"wanted": line_id}).one()
        if line.from_condition == Condition.OUTSIDE.value or line.previous_id is None:
            row = session.execute(_MOVEMENT, {"wanted": line.movement_id}).one()
            return _movement(row, [])
        line_id = line.previous_id


def _movement(row: Any, lines: Iterable[LedgerLine]) -> Movement:
    return Movement(
        id=row.id,
        number=row.number,
        kind=MovementKind(row.kind),
        campaign_id=row.campaign_id,
        type_id=row.form_type_id,
        moved_on=row.moved_on,
        from_holder_id=row.from_holder_id,
        to_holder_id=row.to_holder_id,
        form_count=row.form_count,
        document=row.document,
        reason=row.reason,
        witness=row.witness,
        note=row.note,
        archive_box=row.archive_box,
        archive_folder=row.archive_folder,
        archive_folio=row.archive_folio,
        reverses_id=row.reverses_id,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        lines=tuple(lines),
    )


def _line(row: Any) -> LedgerLine:
    return LedgerLine(
        id=row.id,
        movement_id=row.movement_id,
        type_id=row.form_type_id,
        forms=None if row.first_number is None else FormRange(row.first_number, row.last_number),
        form_count=row.form_count,
        from_holder_id=row.from_holder_id,
        from_condition=Condition(row.from_condition),
        to_holder_id=row.to_holder_id,
        to_condition=Condition(row.to_condition),
        previous_id=row.previous_id,
    )


# --- sightings of lost forms ---


def seen_already(session: "Session", type_id: int, seen_in: str, seen_on: date) -> set[int]:
    """The numbers whose sighting there and then is recorded already."""
    return set(
        session.scalars(
            select(_SIGHTINGS.c.number).where(
                _SIGHTINGS.c.form_type_id == type_id,
                _SIGHTINGS.c.seen_on == seen_on,
                _SIGHTINGS.c.seen_in == seen_in,
            )
        )
    )


def add_sightings(
    session: "Session",
    type_id: int,
    numbers: Iterable[int],
    *,
    seen_in: str,
    seen_on: date,
    registered_at: datetime,
    registered_by: str,
) -> None:
    rows = [
        {
            "form_type_id": type_id,
            "number": number,
            "seen_in": seen_in,
            "seen_on": seen_on,
            "registered_at": registered_at,
            "registered_by": registered_by,
        }
        for number in numbers
    ]
    if rows:
        session.execute(insert(_SIGHTINGS), rows)


def list_open_sightings(session: "Session", campaign_id: int) -> list[Sighting]:
    """Those whose form is still lost, the newest first."""
    types, forms = KardexFormTypeRow, KardexFormRow
    query = (
        select(_SIGHTINGS)
        .join(types, types.id == _SIGHTINGS.c.form_type_id)
        .join(
            forms,
            (forms.form_type_id == _SIGHTINGS.c.form_type_id) & (forms.number == _SIGHTINGS.c.number),
        )
        .where(types.campaign_id == campaign_id, forms.condition == Condition.LOST.value)
        .order_by(_SIGHTINGS.c.id.desc())
    )
    return [
        Sighting(
            id=row.id,
            type_id=row.form_type_id,
            number=row.number,
            seen_in=row.seen_in,
            seen_on=row.seen_on,
            registered_at=row.registered_at,
            registered_by=row.registered_by,
        )
        for row in session.execute(query)
    ]
