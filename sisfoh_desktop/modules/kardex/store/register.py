"""Pages of the register by key: the movements of a campaign in the order of their numbers, some at a time.

Numbers have no holes within a campaign and follow the order of registration, so a page is a look-up in the index of
(campaign, number). A filter by one column walks an index of its own; what no index helps (texts, days, several columns
at once) looks through at most STRETCH movements per page.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, func, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import FormType, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import MovementLine, RegisterFilter, RegisterPage
from sisfoh_desktop.modules.kardex.rules.stock import ranges_in_a_cell
from sisfoh_desktop.modules.kardex.store.register_filter import TEXTS, RegisterSearch
from sisfoh_desktop.modules.kardex.tables import (
    KardexCampaignRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STRETCH = 40_000  # movements that one page of a filter without an index of its own looks through

_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_GIVER, _TAKER = _HOLDERS.alias("giver"), _HOLDERS.alias("taker")
_REVERTED, _REVERSAL = _MOVEMENTS.alias("reverted"), _MOVEMENTS.alias("reversal")
_LAST_NUMBER = select(KardexCampaignRow.last_movement).where(KardexCampaignRow.id == bindparam("campaign"))


def read_page(
    session: "Session",
    campaign_id: int,
    form_types: Sequence[FormType],
    wanted: RegisterFilter,
    *,
    before_id: int | None,
    after_id: int | None,
    limit: int,
) -> RegisterPage:
    """At most `limit` movements just before or after one of them (the newest ones without either, the oldest ones
    after 0)."""
    backwards = after_id is None
    search = RegisterSearch(session, campaign_id, form_types, wanted)
    low, high = search.bounds(session.scalar(_LAST_NUMBER, {"campaign": campaign_id}) or 0)
    if after_id:
        low = max(low, _number_of(session, after_id) + 1)
    elif before_id is not None:
        high = min(high, _number_of(session, before_id) - 1)
    rows: list[Any] = []
    reached, left = 0, STRETCH
    while low <= high and len(rows) <= limit and (left > 0 or search.is_indexed):
        first, last = (low, high) if search.is_indexed else _stretch(low, high, left, backwards)
        asked = limit + 1 - len(rows)
        candidates = _rows(session, search, first, last, asked, backwards)
        rows += filter(search.fits, candidates)
        far_end = first if backwards else last
        reached = candidates[-1].number if len(candidates) == asked else far_end
        left -= (last - reached if backwards else reached - first) + 1
        low, high = (low, reached - 1) if backwards else (reached + 1, high)
    more = low <= high or len(rows) > limit
    if len(rows) > limit:
        rows = rows[:limit]
        reached = rows[-1].number
    nearest = rows[0].number if rows else reached
    oldest, newest = (reached, nearest) if backwards else (nearest, reached)
    ids = {row.number: row.id for row in rows}
    return RegisterPage(
        lines=tuple(_lines(session, form_types, rows if not backwards else rows[::-1])),
        earlier=more if backwards else bool(after_id),
        later=before_id is not None if backwards else more,
        oldest_id=ids.get(oldest) or _id_of(session, campaign_id, oldest),
        newest_id=ids.get(newest) or _id_of(session, campaign_id, newest),
    )


def count_fitting(
    session: "Session", campaign_id: int, form_types: Sequence[FormType], wanted: RegisterFilter
) -> int:
    """How many movements fit; at once without a filter, else by looking at all."""
    newest = session.scalar(_LAST_NUMBER, {"campaign": campaign_id}) or 0
    if wanted.shows_all:
        return newest
    search = RegisterSearch(session, campaign_id, form_types, wanted)
    low, high = search.bounds(newest)
    if not search.words:
        chosen = search.numbers(low, high, None, backwards=True).subquery()
        return session.scalar(select(func.count()).select_from(chosen)) or 0
    candidates = _rows(session, search, low, high, high - low + 1, backwards=True)
    return sum(map(search.fits, candidates))


def _stretch(low: int, high: int, count: int, backwards: bool) -> tuple[int, int]:
    return (max(low, high - count + 1), high) if backwards else (low, min(high, low + count - 1))


def _number_of(session: "Session", movement_id: int) -> int:
    number = session.scalar(select(_MOVEMENTS.c.number).where(_MOVEMENTS.c.id == movement_id))
    if number is None:
        raise RuleError("movement_unknown", "Ese movimiento no existe en esta base; actualice con F5.")
    return int(number)


def _id_of(session: "Session", campaign_id: int, number: int) -> int:
    same = (_MOVEMENTS.c.campaign_id == campaign_id, _MOVEMENTS.c.number == number)
    return int(session.scalar(select(_MOVEMENTS.c.id).where(*same)) or 0)


def _rows(
    session: "Session", search: RegisterSearch, low: int, high: int, limit: int, backwards: bool
) -> Sequence[Any]:
    """Movements with the names that their lines show, in the order in which the page is filled."""
    if low > high:
        return []
    chosen = search.numbers(low, high, limit, backwards=backwards).subquery("chosen")
    query = (
        select(
            _MOVEMENTS.c.id,
            _MOVEMENTS.c.number,
            _MOVEMENTS.c.kind,
            _MOVEMENTS.c.form_type_id,
            _MOVEMENTS.c.moved_on,
            _MOVEMENTS.c.from_holder_id,
            _GIVER.c.name.label("from_name"),
            _MOVEMENTS.c.to_holder_id,
            _TAKER.c.name.label("to_name"),
            _MOVEMENTS.c.form_count,
            *(_MOVEMENTS.c[name] for name in TEXTS),
            _MOVEMENTS.c.registered_at,
            _MOVEMENTS.c.registered_by,
            _REVERTED.c.number.label("reverses_number"),
            _REVERSAL.c.number.label("reverted_by_number"),
        )
        .select_from(chosen)
        .join(_MOVEMENTS, _MOVEMENTS.c.id == chosen.c.id)
        .join(_GIVER, _GIVER.c.id == _MOVEMENTS.c.from_holder_id)
        .join(_TAKER, _TAKER.c.id == _MOVEMENTS.c.to_holder_id)
        .outerjoin(_REVERTED, _REVERTED.c.id == _MOVEMENTS.c.reverses_id)
        .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _MOVEMENTS.c.id)
        .order_by(chosen.c.number.desc() if backwards else chosen.c.number)
    )
    return session.execute(query).all()


def _lines(session: "Session", form_types: Sequence[FormType], rows: Sequence[Any]) -> list[MovementLine]:
    types = {form_type.id: form_type for form_type in form_types}
    ranges = _ranges(session, [row.id for row in rows])
    lines = []
    for row in rows:
        form_type = types[row.form_type_id]
        told = ranges_in_a_cell(form_type, FormRanges.of(ranges[row.id])) if row.id in ranges else ""
        lines.append(
            MovementLine(
                id=row.id,
                number=row.number,
                kind=MovementKind(row.kind),
                type_id=row.form_type_id,
                type_code=form_type.code,
                moved_on=row.moved_on,
                from_holder_id=row.from_holder_id,
                from_name=row.from_name,
                to_holder_id=row.to_holder_id,
                to_name=row.to_name,
                form_count=row.form_count,
                ranges_text=told,
                **{name: getattr(row, name) for name in TEXTS},
                reverses_number=row.reverses_number or 0,
                reverted_by_number=row.reverted_by_number or 0,
                registered_at=row.registered_at,
                registered_by=row.registered_by,
            )
        )
    return lines


def _ranges(session: "Session", movement_ids: Sequence[int]) -> dict[int, list[FormRange]]:
    found: dict[int, list[FormRange]] = {}
    query = select(_LINES.c.movement_id, _LINES.c.first_number, _LINES.c.last_number).where(
        _LINES.c.movement_id.in_(movement_ids), _LINES.c.first_number.is_not(None)
    )
    for movement_id, first, last in session.execute(query) if movement_ids else ():
        found.setdefault(movement_id, []).append(FormRange(first, last))
    return found
