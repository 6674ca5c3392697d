"""Movements of forms: recorded with all their consequences in one commit, or refused whole.

The checks are made inside the transaction, where every writer stands in one line: what they saw still holds when the
forms change hands. A movement is never edited; `reverse_movement` undoes one by another.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.kardex.rules import moving
from sisfoh_desktop.modules.kardex.rules.custody import FormLost
from sisfoh_desktop.modules.kardex.rules.facts import MovementKind, NewMovement
from sisfoh_desktop.modules.kardex.rules.sightings import Sighting
from sisfoh_desktop.modules.kardex.service.adjusting import (
    approve_adjustment,
    list_adjustments,
    propose_adjustment,
    withdraw_adjustment,
)
from sisfoh_desktop.modules.kardex.service.bulk_registering import BulkDesk
from sisfoh_desktop.modules.kardex.service.checking import check_kardex
from sisfoh_desktop.modules.kardex.service.registering import MovementDesk
from sisfoh_desktop.modules.kardex.store import forms, ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = [
    "approve_adjustment",
    "check_kardex",
    "list_adjustments",
    "list_sightings",
    "lowest_free",
    "propose_adjustment",
    "record_sighting",
    "record_sighting_in",
    "register_in_bulk",
    "register_movement",
    "register_movements",
    "register_movements_in",
    "reverse_movement",
    "withdraw_adjustment",
]


def register_movement(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    movement: NewMovement,
    token: str | None = None,
    progress: Progress = silent,
) -> int:
    """Record one movement and give back its id; RuleError says why not, in Spanish, and nothing was recorded.

    A movement refused because a form is lost (`form_lost`) leaves its sighting behind. `progress` may raise Cancelled,
    which undoes the whole.
    """
    [movement_id] = register_movements(
        db, actor=actor, now=now, movements=[movement], token=token, progress=progress
    )
    return movement_id


def register_movements(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    movements: Sequence[NewMovement],
    token: str | None = None,
    progress: Progress = silent,
) -> list[int]:
    """Record several movements, in their order, in one commit: all of them or none; their ids."""

    def change(session: "Session") -> list[Any]:
        return register_movements_in(session, actor=actor, now=now, movements=movements, progress=progress)

    try:
        return db.run_once(token, change)
    except FormLost as lost:
        record_sighting(db, actor=actor, now=now, lost=lost)
        raise


def register_movements_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    movements: Sequence[NewMovement],
    progress: Progress = silent,
) -> list[int]:
    """The same in the caller's transaction, which must be undone on any error; each movement leaves its trail.

    Of a `FormLost` the caller records the sighting (`record_sighting`) once its own transaction is undone.
    """
    _refuse_adjustments(movements)
    desk = MovementDesk(session, actor, now, progress, _forms_of(movements))
    return [desk.register(movement) for movement in movements]


def register_in_bulk(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    movements: Sequence[NewMovement],
    progress: Progress = silent,
) -> list[int]:
    """As `register_movements_in` for very many, in few statements; the caller leaves one entry of the trail for all."""
    _refuse_adjustments(movements)
    return BulkDesk(session, actor, now, progress, _forms_of(movements)).register_all(movements)


def _refuse_adjustments(movements: Sequence[NewMovement]) -> None:
    if any(movement.kind is MovementKind.ADJUSTMENT for movement in movements):
        raise moving.refused(
            "adjustment_apart", "Un ajuste necesita dos aprobaciones: propóngalo en Cuadre, Ajustes"
        )


def _forms_of(movements: Sequence[NewMovement]) -> int:
    return sum(movement.form_count for movement in movements)


def reverse_movement(
    db: Database,
    *,
    actor: Actor,
    now: datetime,
    movement_id: int,
    reason: str,
    document: str = "",
    moved_on: date | None = None,
    token: str | None = None,
) -> int:
    """Undo a movement by another one while nothing happened to any of its forms since; the new movement's id.

    It bears the day of the movement that it reverts unless another is given, so that the right one can be recorded
    for that day. RuleError `reversal_later` names what came after.
    """

    def change(session: "Session") -> int:
        movement = ledger.load_movement(session, movement_id)
        desk = MovementDesk(session, actor, now, silent, movement.form_count)
        return desk.reverse(movement, reason, document, moved_on or movement.moved_on)

    return db.run_once(token, change)


def lowest_free(db: Database, *, type_id: int, holder_id: int, count: int) -> FormRanges:
    """The lowest blank numbers that the holder has, `count` of them or all where there are fewer."""
    if count <= 0:
        return FormRanges()
    with db.reading() as session:
        return forms.lowest_blank(session, type_id, holder_id, min(count, moving.MOST_FORMS))


# --- lost forms that reappear ---


def list_sightings(db: Database, campaign_id: int) -> list[Sighting]:
    """Where lost forms reappeared, the newest first; those that were found and put right are left out."""
    with db.reading() as session:
        return ledger.list_open_sightings(session, campaign_id)


def record_sighting(db: Database, *, actor: Actor, now: datetime, lost: FormLost) -> None:
    """Remember, after a refusal, which lost forms somebody wanted to move."""

    def change(session: "Session") -> None:
        record_sighting_in(
            session,
            actor=actor,
            now=now,
            type_id=lost.type_id,
            ranges=lost.ranges,
            seen_in=lost.seen_in,
            seen_on=lost.seen_on,
        )

    db.run_once(None, change)


def record_sighting_in(
    session: "Session",
    *,
    actor: Actor,
    now: datetime,
    type_id: int,
    ranges: FormRanges,
    seen_in: str,
    seen_on: date,
) -> None:
    """Remember that lost forms reappeared; the same place and day is told once for each number."""
    seen = ledger.seen_already(session, type_id, seen_in, seen_on)
    ledger.add_sightings(
        session,
        type_id,
        (number for number in ranges.numbers() if number not in seen),
        seen_in=seen_in,
        seen_on=seen_on,
        registered_at=now,
        registered_by=actor.user,
    )
