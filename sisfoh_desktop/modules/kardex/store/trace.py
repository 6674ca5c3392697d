"""The life of one number: from the form's own line back through the line before each, by keys alone."""

from dataclasses import fields
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, bindparam, func, literal_column, select

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType, Holder, HolderKind, MovementKind
from sisfoh_desktop.modules.kardex.rules.reading import TraceSighting, TraceStep
from sisfoh_desktop.modules.kardex.tables import (
    KardexFormRow,
    KardexFormTypeRow,
    KardexHolderRow,
    KardexLineRow,
    KardexMovementRow,
    KardexSightingRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FORMS = cast(Table, KardexFormRow.__table__)
_TYPES = cast(Table, KardexFormTypeRow.__table__)
_LINES = cast(Table, KardexLineRow.__table__)
_MOVEMENTS = cast(Table, KardexMovementRow.__table__)
_SIGHTINGS = cast(Table, KardexSightingRow.__table__)
_GIVER = cast(Table, KardexHolderRow.__table__).alias("giver")
_TAKER = cast(Table, KardexHolderRow.__table__).alias("taker")
_REVERTED = _MOVEMENTS.alias("reverted")
_REVERSAL = _MOVEMENTS.alias("reversal")

_life = (
    select(_FORMS.c.form_type_id, _FORMS.c.line_id, literal_column("0").label("back"))
    .join(_TYPES, _TYPES.c.id == _FORMS.c.form_type_id)
    .where(_TYPES.c.campaign_id == bindparam("campaign"), _FORMS.c.number == bindparam("number"))
    .cte("life", recursive=True)
)
_life = _life.union_all(
    select(_life.c.form_type_id, _LINES.c.previous_id, _life.c.back + 1)
    .join(_life, _life.c.line_id == _LINES.c.id)
    .where(_LINES.c.previous_id.is_not(None))
)
_MOVEMENT_FIELDS = (
    "document",
    "reason",
    "witness",
    "note",
    "archive_box",
    "archive_folder",
    "archive_folio",
    "registered_at",
    "registered_by",
)
_HOLDER_FIELDS = ("id", "kind", "name", "dni", "valid_from", "valid_until", "document", "chief_id", "version")
_TYPE_FIELDS = tuple(field.name for field in fields(FormType))
_LINE_AT = len(_TYPE_FIELDS)
_MOVEMENT_AT = _LINE_AT + 9
_GIVER_AT = _MOVEMENT_AT + len(_MOVEMENT_FIELDS) + 2
_TAKER_AT = _GIVER_AT + len(_HOLDER_FIELDS)
# read by place, in the order of `TraceStep`: a trace is a handful of rows and their names would cost more than they
_STEPS = (
    select(
        *(_TYPES.c[name] for name in _TYPE_FIELDS),
        _LINES.c.id,
        _LINES.c.movement_id,
        _MOVEMENTS.c.number,
        _MOVEMENTS.c.kind,
        _MOVEMENTS.c.moved_on,
        _LINES.c.first_number,
        _LINES.c.last_number,
        _LINES.c.from_condition,
        _LINES.c.to_condition,
        *(_MOVEMENTS.c[name] for name in _MOVEMENT_FIELDS),
        func.coalesce(_REVERTED.c.number, 0),
        func.coalesce(_REVERSAL.c.number, 0),
        *(holder.c[name] for holder in (_GIVER, _TAKER) for name in _HOLDER_FIELDS),
    )
    .select_from(_life)
    .join(_TYPES, _TYPES.c.id == _life.c.form_type_id)
    .join(_LINES, _LINES.c.id == _life.c.line_id)
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .join(_GIVER, _GIVER.c.id == _LINES.c.from_holder_id)
    .join(_TAKER, _TAKER.c.id == _LINES.c.to_holder_id)
    .outerjoin(_REVERTED, _REVERTED.c.id == _MOVEMENTS.c.reverses_id)
    .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _MOVEMENTS.c.id)
    .order_by(_life.c.form_type_id, _life.c.back.desc())
)

_NUMBERED = (
    select(*(_TYPES.c[name] for name in _TYPE_FIELDS))
    .where(_TYPES.c.campaign_id == bindparam("campaign"), _TYPES.c.serialised)
    .order_by(_TYPES.c.id)
)
_MOVED_BY = select(_LINES.c.movement_id).join(_life, _life.c.line_id == _LINES.c.id)


def list_numbered_types(session: "Session", campaign_id: int) -> list[FormType]:
    """The types of the campaign whose forms bear numbers."""
    return [FormType(*row) for row in session.execute(_NUMBERED, {"campaign": campaign_id})]


def list_lives(session: "Session", campaign_id: int, number: int) -> list[tuple[FormType, list[TraceStep]]]:
    """The steps of a number in every type of the campaign that has it, the newest last."""
    found: dict[FormType, list[TraceStep]] = {}
    holders: dict[int, Holder] = {}
    for row in session.execute(_STEPS, {"campaign": campaign_id, "number": number}):
        form_type = FormType(*row[:_LINE_AT])
        line_id, movement_id, movement_number, kind, day, first, last, before, after = row[
            _LINE_AT:_MOVEMENT_AT
        ]
        giver, taker = row[_GIVER_AT:_TAKER_AT], row[_TAKER_AT:]
        for holder_id, holder_kind, *rest in (giver, taker):
            if holder_id not in holders:
                values = dict(zip(_HOLDER_FIELDS[2:], rest, strict=True))
                holders[holder_id] = Holder(id=holder_id, kind=HolderKind(holder_kind), **values)
        found.setdefault(form_type, []).append(
            TraceStep(
                line_id,
                movement_id,
                movement_number,
                MovementKind(kind),
                day,
                FormRange(first, last),
                holders[giver[0]],
                Condition(before),
                holders[taker[0]],
                Condition(after),
                *row[_MOVEMENT_AT:_GIVER_AT],
            )
        )
    return list(found.items())


def list_movement_ids(session: "Session", campaign_id: int, number: int) -> list[int]:
    """The movements that a number went through, in every type of the campaign that has it."""
    return list(session.scalars(_MOVED_BY, {"campaign": campaign_id, "number": number}))


def list_sightings(session: "Session", type_id: int, number: int) -> list[TraceSighting]:
    """When and where the number was seen although it was lost, in order."""
    query = (
        select(
            _SIGHTINGS.c.seen_in,
            _SIGHTINGS.c.seen_on,
            _SIGHTINGS.c.registered_at,
            _SIGHTINGS.c.registered_by,
        )
        .where(_SIGHTINGS.c.form_type_id == type_id, _SIGHTINGS.c.number == number)
        .order_by(_SIGHTINGS.c.id)
    )
    return [TraceSighting(*row) for row in session.execute(query)]
