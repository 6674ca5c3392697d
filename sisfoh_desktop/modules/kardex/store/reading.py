"""What balances and ledger lines answer for the whole office: stock, flows by person, cards. Nothing is changed here.

Ranges in hand are in `held`, the life of one number in `trace`, pages of movements in `register`.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, bindparam, case, false, func, literal, or_, select, union

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.card import CardLine
from sisfoh_desktop.modules.kardex.rules.facts import Condition, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.flows import FlowSum
from sisfoh_desktop.modules.kardex.rules.stock import StockSum
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_BALANCES = cast(Table, KardexBalanceRow.__table__)
_TYPES = cast(Table, KardexFormTypeRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_REVERTED = _MOVEMENTS.alias("reverted")  # the movement that this one reverts
_REVERSAL = _MOVEMENTS.alias("reversal")  # the one that reverts this one
_PEOPLE = tuple(kind for kind in HolderKind if kind.is_person)
_BLANK = Condition.BLANK.value
_FLOWING = (Condition.BLANK.value, Condition.USED.value)

_STOCK = (
    select(_BALANCES.c.form_type_id, _HOLDERS.c.kind, _BALANCES.c.condition, func.sum(_BALANCES.c.form_count))
    .join(_HOLDERS, _HOLDERS.c.id == _BALANCES.c.holder_id)
    .join(_TYPES, _TYPES.c.id == _BALANCES.c.form_type_id)
    .where(_TYPES.c.campaign_id == bindparam("campaign"), _BALANCES.c.condition != Condition.OUTSIDE.value)
    .group_by(_BALANCES.c.form_type_id, _HOLDERS.c.kind, _BALANCES.c.condition)
)


def list_stock_sums(session: "Session", campaign_id: int) -> list[StockSum]:
    return [
        StockSum(type_id, HolderKind(kind), Condition(condition), int(count))
        for type_id, kind, condition, count in session.execute(_STOCK, {"campaign": campaign_id})
    ]


def list_balances(
    session: "Session", *, campaign_id: int = 0, holder_id: int = 0
) -> list[tuple[int, int, Condition, int]]:
    """Type, holder, condition and count of what is not 0, by type and holder."""
    query = (
        select(_BALANCES.c.form_type_id, _BALANCES.c.holder_id, _BALANCES.c.condition, _BALANCES.c.form_count)
        .where(_BALANCES.c.form_count > 0, _BALANCES.c.condition != Condition.OUTSIDE.value)
        .order_by(_BALANCES.c.form_type_id, _BALANCES.c.holder_id, _BALANCES.c.condition)
    )
    if campaign_id:
        types = select(_TYPES.c.id).where(_TYPES.c.campaign_id == campaign_id)
        query = query.where(_BALANCES.c.form_type_id.in_(types))
    if holder_id:
        query = query.where(_BALANCES.c.holder_id == holder_id)
    return [
        (type_id, holder, Condition(one), count) for type_id, holder, one, count in session.execute(query)
    ]


# --- flows ---


def list_flow_sums(
    session: "Session",
    *,
    campaign_id: int,
    holder_id: int = 0,
    type_id: int = 0,
    since: date | None = None,
    until: date | None = None,
) -> list[FlowSum]:
    """What the ledger did to blank and used forms of persons, summed by sort; in two passes over its lines."""
    found = []
    for leaves in (True, False):
        query = _flows(leaves, since)
        if type_id:
            query = query.where(_LINES.c.form_type_id == type_id)
        else:
            types = select(_TYPES.c.id).where(_TYPES.c.campaign_id == campaign_id)
            query = query.where(_LINES.c.form_type_id.in_(types))
        if holder_id:
            query = query.where(_HOLDERS.c.id == holder_id)
        if until is not None:
            query = query.where(_MOVEMENTS.c.moved_on <= until)
        found += [_flow(leaves, *row) for row in session.execute(query)]
    return found


def _flows(leaves: bool, since: date | None) -> Any:
    """Lines from each person (in place too), or lines to each person from another."""
    own, away = (
        (_LINES.c.from_holder_id, _LINES.c.to_holder_id)
        if leaves
        else (_LINES.c.to_holder_id, _LINES.c.from_holder_id)
    )
    condition = _LINES.c.from_condition if leaves else _LINES.c.to_condition
    other = _HOLDERS.alias("other")
    in_place = own == away if leaves else false()
    before = _MOVEMENTS.c.moved_on < since if since is not None else literal(False)
    columns: dict[str, Any] = {
        "holder": _HOLDERS.c.id,
        "type": _LINES.c.form_type_id,
        "kind": func.coalesce(_REVERTED.c.kind, _MOVEMENTS.c.kind),
        "reverts": _REVERTED.c.id.is_not(None),
        "in_place": in_place,
        "from": _LINES.c.from_condition,
        "to": _LINES.c.to_condition,
        "other": other.c.kind,
        "before": before,
    }
    query = (
        select(
            *(column.label(f"{name}_") for name, column in columns.items()),
            func.sum(_LINES.c.form_count).label("count_"),
        )
        .select_from(_HOLDERS)
        .join(_LINES, own == _HOLDERS.c.id)
        .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
        .outerjoin(_REVERTED, _REVERTED.c.id == _MOVEMENTS.c.reverses_id)
        .join(other, other.c.id == away)
        .where(_HOLDERS.c.kind.in_(_PEOPLE), or_(condition.in_(_FLOWING), own == away))
        .group_by(*(f"{name}_" for name in columns))
    )
    return query if leaves else query.where(own != away)


def _flow(
    leaves: bool,
    holder_id: int,
    type_id: int,
    kind: str,
    reverts: bool,
    in_place: bool,
    from_condition: str,
    to_condition: str,
    other_kind: str,
    before: bool,
    count: int,
) -> FlowSum:
    return FlowSum(
        holder_id=holder_id,
        type_id=type_id,
        kind=MovementKind(kind),
        reverts=bool(reverts),
        comes=bool(in_place) or not leaves,
        leaves=leaves,
        from_condition=Condition(from_condition),
        to_condition=Condition(to_condition),
        other_kind=HolderKind(other_kind),
        before=bool(before),
        form_count=int(count),
    )


# --- the card ---


def list_warehouses(session: "Session") -> list[int]:
    return list(session.scalars(select(_HOLDERS.c.id).where(_HOLDERS.c.kind == HolderKind.WAREHOUSE.value)))


def card_balance(
    session: "Session", type_id: int, holders: list[int], since: date | None, *, by_day: bool
) -> int:
    """The blank forms in those hands before `since`, by the ledger; 0 without a day. `by_day` as below."""
    if since is None:
        return 0
    now = session.scalar(
        select(func.coalesce(func.sum(_BALANCES.c.form_count), 0)).where(
            _BALANCES.c.form_type_id == type_id,
            _BALANCES.c.holder_id.in_(holders),
            _BALANCES.c.condition == _BLANK,
        )
    )
    came = case((_comes_to(holders), _LINES.c.form_count), else_=0)
    went = case((_goes_from(holders), _LINES.c.form_count), else_=0)
    change = session.scalar(
        select(func.coalesce(func.sum(came - went), 0))
        .select_from(_LINES)
        .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
        .where(_MOVEMENTS.c.moved_on >= since, *_on_the_card(type_id, holders, by_day=by_day))
    )
    return int(now or 0) - int(change or 0)


def list_card_lines(
    session: "Session",
    type_id: int,
    holders: list[int],
    since: date | None,
    until: date | None,
    *,
    by_day: bool,
) -> Iterator[CardLine]:
    """The ledger lines that brought blank forms into those hands or took them out, by day and movement.

    `by_day`: they are found by the days of the movements (hands through which most of them go), not by the hands.
    """
    came, went = _comes_to(holders), _goes_from(holders)
    giver, taker = _HOLDERS.alias("giver"), _HOLDERS.alias("taker")
    query = (
        select(
            _MOVEMENTS.c.id,
            _MOVEMENTS.c.number,
            _MOVEMENTS.c.moved_on,
            _MOVEMENTS.c.kind,
            _MOVEMENTS.c.document,
            _MOVEMENTS.c.reason,
            _LINES.c.first_number,
            _LINES.c.last_number,
            _LINES.c.form_count,
            case((came, 1), else_=0).label("came"),
            case((went, 1), else_=0).label("went"),
            case(
                (_LINES.c.from_holder_id == _LINES.c.to_holder_id, ""),
                (came, giver.c.name),
                else_=taker.c.name,
            ).label("counterpart"),
            _REVERTED.c.number.label("reverted_number"),
            _REVERTED.c.kind.label("reverted_kind"),
            _REVERSAL.c.number.label("reversal_number"),
        )
        .select_from(_LINES)
        .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
        .join(giver, giver.c.id == _LINES.c.from_holder_id)
        .join(taker, taker.c.id == _LINES.c.to_holder_id)
        .outerjoin(_REVERTED, _REVERTED.c.id == _MOVEMENTS.c.reverses_id)
        .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _MOVEMENTS.c.id)
        .where(*_on_the_card(type_id, holders, by_day=by_day))
        .order_by(_MOVEMENTS.c.moved_on, _MOVEMENTS.c.id, _LINES.c.id)
    )
    if since is not None:
        query = query.where(_MOVEMENTS.c.moved_on >= since)
    if until is not None:
        query = query.where(_MOVEMENTS.c.moved_on <= until)
    for row in session.execute(query):
        yield CardLine(
            movement_id=row.id,
            movement_number=row.number,
            moved_on=row.moved_on,
            kind=MovementKind(row.kind),
            forms=None if row.first_number is None else FormRange(row.first_number, row.last_number),
            received=row.form_count if row.came else 0,
            issued=row.form_count if row.went else 0,
            counterpart=row.counterpart,
            document=row.document,
            reason=row.reason,
            reverses=(row.reverted_number, MovementKind(row.reverted_kind)) if row.reverted_number else None,
            reverted_by=row.reversal_number or 0,
        )


def _on_the_card(type_id: int, holders: list[int], *, by_day: bool) -> list[Any]:
    came, went = _comes_to(holders), _goes_from(holders)
    if by_day:
        return [_MOVEMENTS.c.form_type_id == type_id, or_(came, went)]
    own = union(*(select(_LINES.c.id).where(_LINES.c.form_type_id == type_id, side) for side in (came, went)))
    return [_LINES.c.id.in_(own)]


def _comes_to(holders: list[int]) -> Any:
    return and_(_LINES.c.to_holder_id.in_(holders), _LINES.c.to_condition == _BLANK)


def _goes_from(holders: list[int]) -> Any:
    return and_(_LINES.c.from_holder_id.in_(holders), _LINES.c.from_condition == _BLANK)
