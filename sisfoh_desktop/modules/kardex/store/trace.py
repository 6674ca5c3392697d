"""The life of one number: from the form's own line back through the line before each, by keys alone."""

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, literal_column, select

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.facts import Condition, Holder, HolderKind, MovementKind
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
    select(_FORMS.c.line_id, literal_column("0").label("back"))
    .join(_TYPES, _TYPES.c.id == _FORMS.c.form_type_id)
    .where(_TYPES.c.campaign_id == bindparam("campaign"), _FORMS.c.number == bindparam("number"))
    .cte("life", recursive=True)
)
_life = _life.union_all(
    select(_LINES.c.previous_id, _life.c.back + 1)
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
_HOLDER_FIELDS = ("id", "name", "dni", "valid_from", "valid_until", "document", "chief_id", "version")
_STEPS = (
    select(
        _LINES.c.form_type_id,
        _LINES.c.id.label("line_id"),
        _LINES.c.movement_id,
        _MOVEMENTS.c.number.label("movement_number"),
        _MOVEMENTS.c.kind,
        _MOVEMENTS.c.moved_on,
        _LINES.c.first_number,
        _LINES.c.last_number,
        _LINES.c.from_condition,
        _LINES.c.to_condition,
        *(_MOVEMENTS.c[name] for name in _MOVEMENT_FIELDS),
        _REVERTED.c.number.label("reverses_number"),
        _REVERSAL.c.number.label("reverted_by_number"),
        *(
            holder.c[name].label(f"{holder.name}_{name}")
            for holder in (_GIVER, _TAKER)
            for name in (*_HOLDER_FIELDS, "kind")
        ),
    )
    .select_from(_life)
    .join(_LINES, _LINES.c.id == _life.c.line_id)
    .join(_MOVEMENTS, _MOVEMENTS.c.id == _LINES.c.movement_id)
    .join(_GIVER, _GIVER.c.id == _LINES.c.from_holder_id)
    .join(_TAKER, _TAKER.c.id == _LINES.c.to_holder_id)
    .outerjoin(_REVERTED, _REVERTED.c.id == _MOVEMENTS.c.reverses_id)
    .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _MOVEMENTS.c.id)
    .order_by(_LINES.c.form_type_id, _life.c.back.desc())
)

_MOVED_BY = select(_LINES.c.movement_id).join(_life, _life.c.line_id == _LINES.c.id)


def list_steps(session: "Session", campaign_id: int, number: int) -> dict[int, list[TraceStep]]:
    """The steps of a number in every type of the campaign that has it, the newest last."""
    found: dict[int, list[TraceStep]] = {}
    for row in session.execute(_STEPS, {"campaign": campaign_id, "number": number}).mappings():
        found.setdefault(row["form_type_id"], []).append(
            TraceStep(
                line_id=row["line_id"],
                movement_id=row["movement_id"],
                movement_number=row["movement_number"],
                kind=MovementKind(row["kind"]),
                moved_on=row["moved_on"],
                forms=FormRange(row["first_number"], row["last_number"]),
                from_holder=_holder(row, "giver"),
                from_condition=Condition(row["from_condition"]),
                to_holder=_holder(row, "taker"),
                to_condition=Condition(row["to_condition"]),
                **{name: row[name] for name in _MOVEMENT_FIELDS},
                reverses_number=row["reverses_number"] or 0,
                reverted_by_number=row["reverted_by_number"] or 0,
            )
        )
    return found


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


def _holder(row: Any, side: str) -> Holder:
    values = {name: row[f"{side}_{name}"] for name in _HOLDER_FIELDS}
    return Holder(kind=HolderKind(row[f"{side}_kind"]), **values)
