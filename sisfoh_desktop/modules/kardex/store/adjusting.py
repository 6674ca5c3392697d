"""Reads and writes of adjustments and their approvals."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, format_ranges
from sisfoh_desktop.db.versions import update_version
from sisfoh_desktop.modules.kardex.rules.adjusting import (
    Adjustment,
    AdjustmentState,
    Approval,
    NewAdjustment,
)
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType
from sisfoh_desktop.modules.kardex.tables import (
    KardexAdjustmentRow,
    KardexApprovalRow,
    KardexFormTypeRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def add_adjustment(
    session: "Session", asked: NewAdjustment, form_type: FormType, *, proposed_at: datetime, proposed_by: str
) -> int:
    row = KardexAdjustmentRow(
        form_type_id=asked.type_id,
        moved_on=asked.moved_on,
        ranges=format_ranges(asked.ranges, form_type.number_width),
        form_count=asked.movement.form_count,
        from_holder_id=asked.from_holder_id,
        from_condition=asked.from_condition.value if asked.from_condition else "",
        to_holder_id=asked.to_holder_id,
        to_condition=asked.to_condition.value,
        reason=asked.reason,
        document=asked.document,
        state=AdjustmentState.PROPOSED.value,
        proposed_at=proposed_at,
        proposed_by=proposed_by,
        movement_id=None,
        withdrawn_reason="",
        version=1,
    )
    session.add(row)
    session.flush()
    return row.id


def load_adjustment(session: "Session", adjustment_id: int) -> Adjustment:
    """With its approvals; RuleError `adjustment_unknown`."""
    query = select(KardexAdjustmentRow).where(KardexAdjustmentRow.id == adjustment_id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise RuleError("adjustment_unknown", "Ese ajuste no existe en esta base; actualice con F5.")
    approvals = _approvals(session, [adjustment_id])
    return _adjustment(found, approvals[adjustment_id])


def list_adjustments(session: "Session", campaign_id: int) -> list[Adjustment]:
    """Of a campaign, the newest first."""
    query = (
        select(KardexAdjustmentRow)
        .join(KardexFormTypeRow, KardexFormTypeRow.id == KardexAdjustmentRow.form_type_id)
        .where(KardexFormTypeRow.campaign_id == campaign_id)
        .order_by(KardexAdjustmentRow.id.desc())
    )
    found = session.scalars(query).all()
    approvals = _approvals(session, [row.id for row in found])
    return [_adjustment(row, approvals[row.id]) for row in found]


def add_approval(session: "Session", adjustment_id: int, approval: Approval) -> None:
    session.execute(
        insert(KardexApprovalRow),
        {
            "adjustment_id": adjustment_id,
            "approver": approval.approver,
            "position": approval.position,
            "document": approval.document,
            "approved_at": approval.approved_at,
            "registered_by": approval.registered_by,
        },
    )


def record_state(
    session: "Session",
    adjustment: Adjustment,
    state: AdjustmentState,
    *,
    movement_id: int | None = None,
    withdrawn_reason: str = "",
) -> None:
    update_version(
        session,
        KardexAdjustmentRow,
        adjustment.id,
        adjustment.version,
        {"state": state.value, "movement_id": movement_id, "withdrawn_reason": withdrawn_reason},
    )


def _approvals(session: "Session", ids: Iterable[int]) -> dict[int, tuple[Approval, ...]]:
    query = (
        select(KardexApprovalRow)
        .where(KardexApprovalRow.adjustment_id.in_(list(ids)))
        .order_by(KardexApprovalRow.id)
    )
    found: dict[int, tuple[Approval, ...]] = defaultdict(tuple)
    for row in session.scalars(query):
        one = Approval(row.approver, row.position, row.document, row.approved_at, row.registered_by)
        found[row.adjustment_id] += (one,)
    return found


def _adjustment(row: KardexAdjustmentRow, approvals: tuple[Approval, ...]) -> Adjustment:
    ranges = _ranges(row.ranges)
    return Adjustment(
        id=row.id,
        asked=NewAdjustment(
            type_id=row.form_type_id,
            moved_on=row.moved_on,
            from_holder_id=row.from_holder_id,
            to_holder_id=row.to_holder_id,
            to_condition=Condition(row.to_condition),
            reason=row.reason,
            document=row.document,
            ranges=ranges,
            count=0 if ranges else row.form_count,
            from_condition=Condition(row.from_condition) if row.from_condition else None,
        ),
        state=AdjustmentState(row.state),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        movement_id=row.movement_id,
        withdrawn_reason=row.withdrawn_reason,
        version=row.version,
        approvals=approvals,
    )


def _ranges(text: str) -> FormRanges:
    """What `format_ranges` wrote without prefix: a type's width may have changed since, and nobody typed this."""
    ends = [part.partition("-") for part in text.split(", ") if part]
    return FormRanges.of(FormRange(int(first), int(last or first)) for first, _, last in ends)
