"""What does not fit between balances, forms, ledger and numbering: set-based queries, flat Python over their sums.

Each gives back the first few offenders; none repairs anything.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, and_, case, func, or_, select, union_all

from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexCampaignRow,
    KardexFormRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Subquery
    from sqlalchemy.orm import Session

MOST_TOLD = 5
_OUTSIDE = Condition.OUTSIDE.value

_CAMPAIGNS = cast(Table, KardexCampaignRow.__table__)
_TYPES = cast(Table, KardexFormTypeRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_FORMS = cast(Table, KardexFormRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_BALANCES = cast(Table, KardexBalanceRow.__table__)
_Place = tuple[int, int, str]  # type, holder, condition
_BEFORE = _LINES.alias("before")


@dataclass(frozen=True)
class BalanceSums:
    """One type, holder and condition: what the balance, the ledger and the forms (None: no numbers) say."""

    type_code: str
    holder: str
    condition: str
    balance: int
    ledger: int
    forms: int | None


@dataclass(frozen=True)
class ReceivedSums:
    """One type: what came in and did not go out again, and what there is of it in any condition."""

    type_code: str
    received: int
    there: int


@dataclass(frozen=True)
class BadForm:
    """A form whose row is not what its ledger line says."""

    type_code: str
    number_width: int
    prefix: str
    number: int


@dataclass(frozen=True)
class BadMovement:
    """A movement with a line that does not fit: `number` of `campaign`."""

    campaign: str
    number: int


@dataclass(frozen=True)
class Numbering:
    """The movements of a campaign against its counter."""

    campaign: str
    last_given: int
    movements: int
    highest: int
    first_missing: int | None


def balances_that_differ(session: "Session") -> list[BalanceSums]:
    """Every place of which balance, ledger and forms do not say the same."""
    balances: dict[_Place, int] = {}
    replayed: dict[_Place, int] = defaultdict(int)
    counted: dict[_Place, int] = {}
    for row in session.execute(select(_BALANCES)):
        balances[(row.form_type_id, row.holder_id, row.condition)] = row.form_count
    for sign, holder, condition in (
        (-1, _LINES.c.from_holder_id, _LINES.c.from_condition),
        (1, _LINES.c.to_holder_id, _LINES.c.to_condition),
    ):
        sums = (
            select(_LINES.c.form_type_id, holder, condition, func.sum(_LINES.c.form_count))
            .where(condition != _OUTSIDE)
            .group_by(_LINES.c.form_type_id, holder, condition)
        )
        for type_id, holder_id, state, count in session.execute(sums):
            replayed[(type_id, holder_id, state)] += sign * int(count)
    forms = (
        select(_FORMS.c.form_type_id, _FORMS.c.holder_id, _FORMS.c.condition, func.count())
        .where(_FORMS.c.condition != _OUTSIDE)
        .group_by(_FORMS.c.form_type_id, _FORMS.c.holder_id, _FORMS.c.condition)
    )
    for type_id, holder_id, state, count in session.execute(forms):
        counted[(type_id, holder_id, state)] = count
    types = {row.id: row for row in session.execute(select(_TYPES))}
    names = {row.id: row.name for row in session.execute(select(_HOLDERS.c.id, _HOLDERS.c.name))}
    different = []
    for key in sorted({*balances, *replayed, *counted}):
        type_id, holder_id, state = key
        form_type = types.get(type_id)
        with_numbers = form_type is None or form_type.serialised or key in counted
        sums_of = BalanceSums(
            type_code=form_type.code if form_type else f"formulario {type_id}",
            holder=names.get(holder_id, f"N° {holder_id}"),
            condition=state,
            balance=balances.get(key, 0),
            ledger=replayed.get(key, 0),
            forms=counted.get(key, 0) if with_numbers else None,
        )
        if sums_of.balance != sums_of.ledger or sums_of.forms not in (None, sums_of.balance):
            different.append(sums_of)
    return different


def receptions_that_differ(session: "Session") -> list[ReceivedSums]:
    """Every type of which what was received is not what there is."""
    came_in = case((_LINES.c.from_condition == _OUTSIDE, _LINES.c.form_count), else_=0)
    went_out = case((_LINES.c.to_condition == _OUTSIDE, _LINES.c.form_count), else_=0)
    received = dict(
        session.execute(
            select(_LINES.c.form_type_id, func.sum(came_in - went_out)).group_by(_LINES.c.form_type_id)
        ).all()
    )
    there = dict(
        session.execute(
            select(_BALANCES.c.form_type_id, func.sum(_BALANCES.c.form_count)).group_by(
                _BALANCES.c.form_type_id
            )
        ).all()
    )
    codes = dict(session.execute(select(_TYPES.c.id, _TYPES.c.code)).all())
    return [
        ReceivedSums(
            codes.get(key, f"formulario {key}"), int(received.get(key) or 0), int(there.get(key) or 0)
        )
        for key in sorted({*received, *there})
        if int(received.get(key) or 0) != int(there.get(key) or 0)
    ]


def forms_off_their_line(session: "Session") -> list[BadForm]:
    """Forms whose ledger line is missing, is of other forms or left them elsewhere."""
    query = (
        select(_TYPES.c.code, _TYPES.c.number_width, _TYPES.c.prefix, _FORMS.c.number)
        .select_from(
            _FORMS.outerjoin(_LINES, _LINES.c.id == _FORMS.c.line_id).join(
                _TYPES, _TYPES.c.id == _FORMS.c.form_type_id
            )
        )
        .where(
            or_(
                _LINES.c.id.is_(None),
                _LINES.c.first_number.is_(None),
                _LINES.c.form_type_id != _FORMS.c.form_type_id,
                _LINES.c.first_number > _FORMS.c.number,
                _LINES.c.last_number < _FORMS.c.number,
                _LINES.c.to_holder_id != _FORMS.c.holder_id,
                _LINES.c.to_condition != _FORMS.c.condition,
            )
        )
        .limit(MOST_TOLD)
    )
    return [BadForm(*row) for row in session.execute(query)]


def lines_off_their_chain(session: "Session") -> list[BadMovement]:
    """Movements with a line that does not begin where its previous one ended, or that is not of its movement."""
    joined = _LINES.join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id).outerjoin(
        _BEFORE, _BEFORE.c.id == _LINES.c.previous_id
    )
    broken = or_(
        _LINES.c.form_type_id != _MOVEMENTS.c.form_type_id,
        and_(_LINES.c.previous_id.is_not(None), _BEFORE.c.id.is_(None)),
        and_(
            _LINES.c.previous_id.is_(None),
            _LINES.c.first_number.is_not(None),
            _LINES.c.from_condition != _OUTSIDE,
        ),
        _BEFORE.c.id >= _LINES.c.id,
        _BEFORE.c.form_type_id != _LINES.c.form_type_id,
        _BEFORE.c.to_holder_id != _LINES.c.from_holder_id,
        _BEFORE.c.to_condition != _LINES.c.from_condition,
        _BEFORE.c.first_number > _LINES.c.first_number,
        _BEFORE.c.last_number < _LINES.c.last_number,
    )
    return _movements(session, session.scalars(select(_MOVEMENTS.c.id).select_from(joined).where(broken)))


def lines_not_passed_on_once(session: "Session") -> list[BadMovement]:
    """Movements with a line whose forms went on twice or are gone: those still there and those passed on differ."""
    amounts = union_all(
        select(_LINES.c.id.label("id"), _LINES.c.form_count.label("amount")).where(
            _LINES.c.first_number.is_not(None)
        ),
        select(_FORMS.c.line_id, -func.count()).group_by(_FORMS.c.line_id),
        select(_LINES.c.previous_id, -_LINES.c.form_count).where(_LINES.c.previous_id.is_not(None)),
    ).subquery()
    wrong = _not_zero(session, amounts)
    query = select(_LINES.c.movement_id).where(_LINES.c.id.in_(wrong))
    return _movements(session, session.scalars(query))


def movements_off_their_lines(session: "Session") -> list[BadMovement]:
    """Movements whose lines are not as many forms as they say, or reversals of nothing or of another type."""
    amounts = union_all(
        select(_MOVEMENTS.c.id.label("id"), _MOVEMENTS.c.form_count.label("amount")),
        select(_LINES.c.movement_id, -_LINES.c.form_count),
    ).subquery()
    reverted = _MOVEMENTS.alias("reverted")
    is_reversal = _MOVEMENTS.c.kind == MovementKind.REVERSAL.value
    reversals = (
        select(_MOVEMENTS.c.id)
        .select_from(_MOVEMENTS.outerjoin(reverted, reverted.c.id == _MOVEMENTS.c.reverses_id))
        .where(
            or_(is_reversal, _MOVEMENTS.c.reverses_id.is_not(None)),
            or_(
                ~is_reversal,
                reverted.c.id.is_(None),
                reverted.c.form_type_id != _MOVEMENTS.c.form_type_id,
                reverted.c.form_count != _MOVEMENTS.c.form_count,
            ),
        )
    )
    return _movements(session, {*_not_zero(session, amounts), *session.scalars(reversals)})


def _not_zero(session: "Session", amounts: "Subquery") -> list[int]:
    """The first ids whose amounts do not add up to nothing.

    Added up in one pass: of joins between sums PostgreSQL expects few rows and compares each with each.
    """
    query = select(amounts.c.id).group_by(amounts.c.id).having(func.sum(amounts.c.amount) != 0)
    return sorted(session.scalars(query))[:MOST_TOLD]


def _movements(session: "Session", ids: Iterable[int]) -> list[BadMovement]:
    """The first of these, by name; `ids` were asked for without a limit, which would mislead PostgreSQL's planner."""
    query = (
        select(_CAMPAIGNS.c.name, _MOVEMENTS.c.number)
        .join(_CAMPAIGNS, _CAMPAIGNS.c.id == _MOVEMENTS.c.campaign_id)
        .where(_MOVEMENTS.c.id.in_(sorted(set(ids))[:MOST_TOLD]))
        .order_by(_MOVEMENTS.c.id)
    )
    return [BadMovement(*row) for row in session.execute(query)]


def list_numbering(session: "Session") -> list[Numbering]:
    """Each campaign's counter beside its movements; `first_missing` is the lowest number that no movement bears."""
    sums: dict[int, Any] = {
        row.campaign_id: row
        for row in session.execute(
            select(
                _MOVEMENTS.c.campaign_id,
                func.count().label("movements"),
                func.max(_MOVEMENTS.c.number).label("highest"),
            ).group_by(_MOVEMENTS.c.campaign_id)
        )
    }
    found = []
    for row in session.execute(
        select(_CAMPAIGNS.c.id, _CAMPAIGNS.c.name, _CAMPAIGNS.c.last_movement).order_by(_CAMPAIGNS.c.id)
    ):
        own = sums.get(row.id)
        movements, highest = (own.movements, own.highest) if own else (0, 0)
        missing = _first_missing(session, row.id) if movements != highest else None
        found.append(Numbering(row.name, row.last_movement, movements, highest, missing))
    return found


def _first_missing(session: "Session", campaign_id: int) -> int | None:
    numbers = select(_MOVEMENTS.c.number).where(_MOVEMENTS.c.campaign_id == campaign_id)
    given = enumerate(session.scalars(numbers.order_by(_MOVEMENTS.c.number)), start=1)
    return next((expected for expected, number in given if number != expected), None)
