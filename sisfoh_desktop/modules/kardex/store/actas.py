"""Reads and writes of the kardex's papers and of the movements that they tell: takes a session, gives back facts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.orm import aliased

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.actas import (
    KINDS_OF_MOVEMENT,
    ActaDraft,
    ActaKind,
    ActaRoute,
    ToldMovement,
    ToldPiece,
)
from sisfoh_desktop.modules.kardex.rules.facts import AT_HAND, Condition, MovementKind
from sisfoh_desktop.modules.kardex.tables import (
    KardexActaMovementRow,
    KardexActaRow,
    KardexBalanceRow,
    KardexLineRow,
    KardexMovementRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_AT_A_TIME = 500


def add_acta(session: "Session", draft: ActaDraft, paper_id: int, *, now: datetime, user: str) -> int:
    """Keep that a paper is this acta, with its movements."""
    acta = KardexActaRow(
        campaign_id=draft.campaign_id,
        kind=draft.kind,
        dated=draft.dated,
        holder_id=draft.holder_id or None,
        route=draft.route,
        note=draft.note,
        paper_id=paper_id,
        made_at=now,
        made_by=user,
    )
    session.add(acta)
    session.flush()
    if draft.movement_ids:
        session.execute(
            insert(KardexActaMovementRow),
            [{"acta_id": acta.id, "movement_id": one} for one in draft.movement_ids],
        )
    return acta.id


# id, paper, kind, date, holder (0: none), who made it
ActaRecord = tuple[int, int, ActaKind, date, int, str]


def list_actas(session: "Session", campaign_id: int, limit: int) -> list[ActaRecord]:
    """The newest papers of the campaign."""
    query = select(KardexActaRow).where(KardexActaRow.campaign_id == campaign_id)
    return [_record(row) for row in session.scalars(query.order_by(KardexActaRow.id.desc()).limit(limit))]


def list_closings(session: "Session", campaign_id: int) -> list[ActaRecord]:
    """The closing actas of the campaign, living or not, the newest first."""
    query = select(KardexActaRow).where(
        KardexActaRow.campaign_id == campaign_id, KardexActaRow.kind == ActaKind.CLOSING.value
    )
    return [_record(row) for row in session.scalars(query.order_by(KardexActaRow.id.desc()))]


def load_acta(session: "Session", acta_id: int) -> ActaRecord:
    """One that is known to exist."""
    return _record(session.get_one(KardexActaRow, acta_id))


def find_by_paper(session: "Session", paper_id: int) -> int | None:
    """The acta that this paper is."""
    return session.scalar(select(KardexActaRow.id).where(KardexActaRow.paper_id == paper_id))


def load_route(session: "Session", acta_id: int) -> ActaRoute:
    """How the acta was meant to be signed when it was printed."""
    wanted = select(KardexActaRow.route).where(KardexActaRow.id == acta_id)
    return ActaRoute(session.scalars(wanted).one())


def paper_of(session: "Session", acta_id: int) -> int | None:
    return session.scalar(select(KardexActaRow.paper_id).where(KardexActaRow.id == acta_id))


def movements_of(session: "Session", acta_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The movements that each of these tells."""
    found: dict[int, list[int]] = {}
    for part in _parts(acta_ids):
        query = select(KardexActaMovementRow.acta_id, KardexActaMovementRow.movement_id)
        query = query.where(KardexActaMovementRow.acta_id.in_(part))
        for acta_id, movement_id in session.execute(query.order_by(KardexActaMovementRow.movement_id)):
            found.setdefault(acta_id, []).append(movement_id)
    return {acta_id: tuple(ids) for acta_id, ids in found.items()}


def papers_of_movements(session: "Session", movement_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The papers, living or not, that tell each of these movements; the oldest first."""
    found: dict[int, list[int]] = {}
    for part in _parts(movement_ids):
        query = (
            select(KardexActaMovementRow.movement_id, KardexActaRow.paper_id)
            .join(KardexActaRow, KardexActaRow.id == KardexActaMovementRow.acta_id)
            .where(KardexActaMovementRow.movement_id.in_(part))
            .order_by(KardexActaRow.id)
        )
        for movement_id, paper_id in session.execute(query):
            found.setdefault(movement_id, []).append(paper_id)
    return {movement_id: tuple(ids) for movement_id, ids in found.items()}


def load_told(session: "Session", movement_ids: Sequence[int]) -> list[ToldMovement]:
    """Those of the movements that exist, with their lines, by number."""
    rows: list[KardexMovementRow] = []
    pieces: dict[int, list[ToldPiece]] = {}
    reverted: set[int] = set()
    for part in _parts(movement_ids):
        rows += session.scalars(select(KardexMovementRow).where(KardexMovementRow.id.in_(part)))
        reverted |= _reverted(session, part)
        lines = select(
            KardexLineRow.movement_id,
            KardexLineRow.first_number,
            KardexLineRow.last_number,
            KardexLineRow.form_count,
            KardexLineRow.to_condition,
        )
        for movement_id, first, last, count, condition in session.execute(
            lines.where(KardexLineRow.movement_id.in_(part)).order_by(KardexLineRow.id)
        ):
            forms = FormRange(first, last) if first is not None and last is not None else None
            pieces.setdefault(movement_id, []).append(ToldPiece(forms, count, Condition(condition)))
    told = [_told(row, row.id in reverted, pieces.get(row.id, ())) for row in rows]
    return sorted(told, key=lambda one: one.number)


def list_waiting(
    session: "Session", campaign_id: int, withdrawn: Collection[int], limit: int
) -> list[ToldMovement]:
    """The newest movements that an acta should tell and no living one does; without their lines.

    `withdrawn` are the papers that were annulled or observed.
    """
    kinds = [kind.value for told in KINDS_OF_MOVEMENT.values() for kind in told]
    reversal = aliased(KardexMovementRow)
    told = (
        select(KardexActaMovementRow.movement_id)
        .join(KardexActaRow, KardexActaRow.id == KardexActaMovementRow.acta_id)
        .where(KardexActaMovementRow.movement_id == KardexMovementRow.id)
    )
    if withdrawn:
        told = told.where(KardexActaRow.paper_id.not_in(sorted(withdrawn)))
    query = (
        select(KardexMovementRow)
        .where(
            KardexMovementRow.campaign_id == campaign_id,
            KardexMovementRow.kind.in_(kinds),
            ~told.exists(),
            ~select(reversal.id).where(reversal.reverses_id == KardexMovementRow.id).exists(),
        )
        .order_by(KardexMovementRow.number.desc())
        .limit(limit)
    )
    return [_told(row, False, ()) for row in session.scalars(query)]


def holds_anything(session: "Session", holder_id: int) -> bool:
    """Whether a holder has any sheet in hand, of any campaign."""
    query = select(KardexBalanceRow.form_type_id).where(
        KardexBalanceRow.holder_id == holder_id,
        KardexBalanceRow.form_count > 0,
        KardexBalanceRow.condition.in_([one.value for one in AT_HAND]),
    )
    return session.scalar(query.limit(1)) is not None


def holders_with_forms(
    session: "Session", type_ids: Sequence[int], holder_id: int = 0
) -> list[tuple[int, int, Condition, int]]:
    """Holder, type, condition and count of every sheet of these types that somebody (or one) has in hand."""
    query = select(
        KardexBalanceRow.holder_id,
        KardexBalanceRow.form_type_id,
        KardexBalanceRow.condition,
        KardexBalanceRow.form_count,
    ).where(
        KardexBalanceRow.form_type_id.in_(list(type_ids)),
        KardexBalanceRow.form_count > 0,
        KardexBalanceRow.condition.in_([one.value for one in AT_HAND]),
    )
    if holder_id:
        query = query.where(KardexBalanceRow.holder_id == holder_id)
    found = [
        (owner, type_id, Condition(condition), count)
        for owner, type_id, condition, count in session.execute(query)
    ]
    order = list(Condition)
    return sorted(found, key=lambda one: (one[0], one[1], order.index(one[2])))


def movements_of_day(session: "Session", campaign_id: int, holder_id: int, day: date) -> list[ToldMovement]:
    """What a holder gave, took or declared on a day."""
    ids: set[int] = set()
    for side in (KardexMovementRow.from_holder_id, KardexMovementRow.to_holder_id):
        query = select(KardexMovementRow.id).where(
            side == holder_id,
            KardexMovementRow.moved_on == day,
            KardexMovementRow.campaign_id == campaign_id,
        )
        ids.update(session.scalars(query))
    return load_told(session, sorted(ids))


def _record(row: KardexActaRow) -> ActaRecord:
    return row.id, row.paper_id, ActaKind(row.kind), row.dated, row.holder_id or 0, row.made_by


def _told(row: KardexMovementRow, reverted: bool, pieces: Iterable[ToldPiece]) -> ToldMovement:
    return ToldMovement(
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
        reverted=reverted,
        pieces=tuple(pieces),
    )


def _reverted(session: "Session", movement_ids: Sequence[int]) -> set[int]:
    query = select(KardexMovementRow.reverses_id).where(KardexMovementRow.reverses_id.in_(list(movement_ids)))
    return {one for one in session.scalars(query) if one is not None}


def _parts(ids: Sequence[int]) -> Iterable[list[int]]:
    """At most so many at once as every database takes in one query."""
    for start in range(0, len(ids), _AT_A_TIME):
        yield list(ids[start : start + _AT_A_TIME])
