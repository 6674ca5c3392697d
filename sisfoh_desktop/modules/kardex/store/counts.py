"""Counts, explanations and what the cuadre reads of the ledger: straight column queries, nothing of it ever edited."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, bindparam, exists, func, insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.counting import Count, CountKind, CountLine, CountListLine
from sisfoh_desktop.modules.kardex.rules.differences import Explanation
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind
from sisfoh_desktop.modules.kardex.rules.standing import PastLine
from sisfoh_desktop.modules.kardex.tables import (
    KardexBalanceRow,
    KardexCampaignRow,
    KardexCountLineRow,
    KardexCountRow,
    KardexExplanationRow,
    KardexFormRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

_COUNTS = cast(Table, KardexCountRow.__table__)
_COUNT_LINES = cast(Table, KardexCountLineRow.__table__)
_EXPLANATIONS = cast(Table, KardexExplanationRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_BALANCES = cast(Table, KardexBalanceRow.__table__)
_CAMPAIGNS = cast(Table, KardexCampaignRow.__table__)
_FORMS = cast(Table, KardexFormRow.__table__)
_TYPES = cast(Table, KardexFormTypeRow.__table__)
_HOLDERS = cast(Table, KardexHolderRow.__table__)
_LATER = _COUNTS.alias("later")

_STANDS = ~exists().where(_LATER.c.replaces_id == _COUNTS.c.id)

_PAST_LINES = (
    select(
        _LINES.c.id,
        _MOVEMENTS.c.number,
        _MOVEMENTS.c.kind,
        _MOVEMENTS.c.moved_on,
        _LINES.c.first_number,
        _LINES.c.last_number,
        _LINES.c.form_count,
        _LINES.c.from_holder_id,
        _LINES.c.from_condition,
        _LINES.c.to_holder_id,
        _LINES.c.to_condition,
        _LINES.c.previous_id,
    )
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .where(_LINES.c.form_type_id == bindparam("type_id"))
    .order_by(_LINES.c.id)
)

_BALANCES_OF_TYPE = select(_BALANCES.c.holder_id, _BALANCES.c.condition, _BALANCES.c.form_count).where(
    _BALANCES.c.form_type_id == bindparam("type_id")
)


# --- counts ---


def add_count(
    session: "Session",
    *,
    kind: CountKind,
    type_id: int,
    holder_id: int | None,
    counted_on: date,
    source: str,
    sha256: str,
    replaces_id: int | None,
    registered_at: datetime,
    registered_by: str,
    lines: Iterable[CountLine],
) -> int:
    """A new count with its lines; its id."""
    count_id = session.execute(
        insert(_COUNTS)
        .values(
            kind=kind.value,
            form_type_id=type_id,
            holder_id=holder_id,
            counted_on=counted_on,
            source=source,
            sha256=sha256,
            replaces_id=replaces_id,
            registered_at=registered_at,
            registered_by=registered_by,
        )
        .returning(_COUNTS.c.id)
    ).scalar_one()
    rows = [
        {
            "count_id": count_id,
            "first_number": line.forms.first if line.forms else None,
            "last_number": line.forms.last if line.forms else None,
            "form_count": line.form_count,
            "condition": line.condition.value,
            "day": line.day,
            "person": line.person,
            "person_id": line.person_id,
            "row": line.row,
        }
        for line in lines
    ]
    if rows:
        session.execute(insert(_COUNT_LINES), rows)
    return int(count_id)


def list_counts(session: "Session", campaign_id: int) -> list[CountListLine]:
    """The counts of a campaign, the newest first."""
    forms = (
        select(_COUNT_LINES.c.count_id, func.sum(_COUNT_LINES.c.form_count).label("forms"))
        .join(_COUNTS, _COUNTS.c.id == _COUNT_LINES.c.count_id)
        .join(_TYPES, _TYPES.c.id == _COUNTS.c.form_type_id)
        .where(_TYPES.c.campaign_id == campaign_id)
        .group_by(_COUNT_LINES.c.count_id)
        .subquery()
    )
    query = (
        select(
            _COUNTS,
            _TYPES.c.code,
            _HOLDERS.c.name.label("holder_name"),
            func.coalesce(forms.c.forms, 0).label("forms"),
            _STANDS.label("stands"),
        )
        .join(_TYPES, _TYPES.c.id == _COUNTS.c.form_type_id)
        .outerjoin(_HOLDERS, _HOLDERS.c.id == _COUNTS.c.holder_id)
        .outerjoin(forms, forms.c.count_id == _COUNTS.c.id)
        .where(_TYPES.c.campaign_id == campaign_id)
        .order_by(_COUNTS.c.id.desc())
    )
    return [
        CountListLine(
            id=row.id,
            kind=CountKind(row.kind),
            type_id=row.form_type_id,
            type_code=row.code,
            holder_id=row.holder_id,
            holder_name=row.holder_name or "",
            counted_on=row.counted_on,
            source=row.source,
            form_count=int(row.forms),
            registered_at=row.registered_at,
            registered_by=row.registered_by,
            stands=bool(row.stands),
        )
        for row in session.execute(query)
    ]


def standing_counts(session: "Session", type_ids: Collection[int]) -> dict[int, list[Count]]:
    """The counts that no later one replaced, with their lines, by type and in the order registered."""
    query = select(_COUNTS).where(_COUNTS.c.form_type_id.in_(type_ids), _STANDS).order_by(_COUNTS.c.id)
    rows = session.execute(query).all()
    lines = _lines_of(session, [row.id for row in rows])
    counts: defaultdict[int, list[Count]] = defaultdict(list)
    for row in rows:
        counts[row.form_type_id].append(_count(row, lines.get(row.id, ())))
    return counts


def load_count(session: "Session", count_id: int) -> Count:
    """RuleError `count_unknown`."""
    row = session.execute(select(_COUNTS).where(_COUNTS.c.id == count_id)).one_or_none()
    if row is None:
        raise RuleError("count_unknown", "Ese conteo ya no está en la base; actualice con F5.")
    return _count(row, _lines_of(session, [count_id]).get(count_id, ()))


def find_replacement(session: "Session", count_id: int) -> int | None:
    """The count that replaced this one, if any."""
    query = select(_COUNTS.c.id).where(_COUNTS.c.replaces_id == count_id)
    return session.execute(query).scalar_one_or_none()


def find_same_file(session: "Session", type_id: int, sha256: str) -> date | None:
    """The day of the standing count that came from these very bytes, if any."""
    query = (
        select(_COUNTS.c.counted_on)
        .where(_COUNTS.c.form_type_id == type_id, _COUNTS.c.sha256 == sha256, _STANDS)
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


_LINES_AT_ONCE = 500  # ids in one question


def _lines_of(session: "Session", count_ids: Sequence[int]) -> dict[int, tuple[CountLine, ...]]:
    lines: defaultdict[int, list[CountLine]] = defaultdict(list)
    conditions = {one.value: one for one in Condition}
    for start in range(0, len(count_ids), _LINES_AT_ONCE):
        query = (
            select(
                _COUNT_LINES.c.count_id,
                _COUNT_LINES.c.first_number,
                _COUNT_LINES.c.last_number,
                _COUNT_LINES.c.form_count,
                _COUNT_LINES.c.condition,
                _COUNT_LINES.c.day,
                _COUNT_LINES.c.person,
                _COUNT_LINES.c.person_id,
                _COUNT_LINES.c.row,
            )
            .where(_COUNT_LINES.c.count_id.in_(count_ids[start : start + _LINES_AT_ONCE]))
            .order_by(_COUNT_LINES.c.id)
        )
        for count_id, first, last, form_count, condition, day, person, person_id, row in session.execute(
            query
        ):
            forms = FormRange(first, last) if first is not None else None
            lines[count_id].append(
                CountLine(forms, form_count, conditions[condition], day, person, person_id, row)
            )
    return {count_id: tuple(some) for count_id, some in lines.items()}


def _count(row: "Row[tuple[object, ...]]", lines: tuple[CountLine, ...]) -> Count:
    return Count(
        id=row.id,
        kind=CountKind(row.kind),
        type_id=row.form_type_id,
        holder_id=row.holder_id,
        counted_on=row.counted_on,
        source=row.source,
        sha256=row.sha256,
        replaces_id=row.replaces_id,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        lines=lines,
    )


# --- explanations ---


def add_explanation(
    session: "Session",
    *,
    campaign_id: int,
    difference: str,
    text: str,
    document: str,
    explained_at: datetime,
    explained_by: str,
) -> None:
    session.execute(
        insert(_EXPLANATIONS).values(
            campaign_id=campaign_id,
            difference=difference,
            text=text,
            document=document,
            explained_at=explained_at,
            explained_by=explained_by,
        )
    )


def last_explanations(session: "Session", campaign_id: int) -> dict[str, Explanation]:
    """What was last said of each difference ever explained, by its fingerprint."""
    query = (
        select(
            _EXPLANATIONS.c.difference,
            _EXPLANATIONS.c.text,
            _EXPLANATIONS.c.document,
            _EXPLANATIONS.c.explained_at,
            _EXPLANATIONS.c.explained_by,
        )
        .where(_EXPLANATIONS.c.campaign_id == campaign_id)
        .order_by(_EXPLANATIONS.c.id)
    )
    return {
        difference: Explanation(text, document, explained_at, explained_by)
        for difference, text, document, explained_at, explained_by in session.execute(query)
    }


# --- what the cuadre reads of the ledger ---


def past_lines(session: "Session", type_id: int) -> list[PastLine]:
    """Every ledger line of a type with its movement, in order of registration."""
    conditions = {one.value: one for one in Condition}
    kinds = {one.value: one for one in MovementKind}
    return [
        PastLine(
            line_id,
            number,
            kinds[kind],
            moved_on,
            first,
            last,
            form_count,
            from_holder,
            conditions[before],
            to_holder,
            conditions[after],
            previous_id,
        )
        for (
            line_id,
            number,
            kind,
            moved_on,
            first,
            last,
            form_count,
            from_holder,
            before,
            to_holder,
            after,
            previous_id,
        ) in session.execute(_PAST_LINES, {"type_id": type_id})
    ]


def last_changes(session: "Session", campaign_id: int) -> tuple[int, int, int]:
    """The last movement of a campaign by number, the last count and the last explanation by id; 0 for none."""
    last_count = (
        select(func.max(_COUNTS.c.id))
        .join(_TYPES, _TYPES.c.id == _COUNTS.c.form_type_id)
        .where(_TYPES.c.campaign_id == campaign_id)
        .scalar_subquery()
    )
    last_said = (
        select(func.max(_EXPLANATIONS.c.id))
        .where(_EXPLANATIONS.c.campaign_id == campaign_id)
        .scalar_subquery()
    )
    query = select(_CAMPAIGNS.c.last_movement, last_count, last_said).where(_CAMPAIGNS.c.id == campaign_id)
    movement, count, said = session.execute(query).one()
    return movement, count or 0, said or 0


def balances_of_type(session: "Session", type_id: int) -> dict[tuple[int, Condition], int]:
    """What the balances say that each holder has, by condition."""
    return {
        (holder_id, Condition(condition)): form_count
        for holder_id, condition, form_count in session.execute(_BALANCES_OF_TYPE, {"type_id": type_id})
    }


def lost_forms(session: "Session", type_id: int) -> FormRanges:
    """The numbers of a type that are lost."""
    balances = balances_of_type(session, type_id)
    holders = [
        holder for (holder, condition), count in balances.items() if condition is Condition.LOST and count
    ]
    if not holders:
        return FormRanges()
    query = select(_FORMS.c.number).where(
        _FORMS.c.form_type_id == type_id,
        _FORMS.c.holder_id.in_(holders),
        _FORMS.c.condition == Condition.LOST.value,
    )
    return FormRanges.of_numbers(session.execute(query).scalars())
