"""Adjustments of the inventory: proposed by one person, approved by two others, and only then a movement. Pure."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges
from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.modules.kardex.rules.facts import Condition, MovementKind, NewMovement

APPROVALS = 2


class AdjustmentState(StrEnum):
    PROPOSED = "propuesto"
    APPROVED = "aprobado"
    WITHDRAWN = "retirado"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class NewAdjustment:
    """Forms that are not where the ledger says; `from_condition` None: whatever each one is in (with numbers only)."""

    type_id: int
    moved_on: date
    from_holder_id: int
    to_holder_id: int
    to_condition: Condition
    reason: str
    document: str = ""
    ranges: FormRanges = dataclasses.field(default_factory=FormRanges)
    count: int = 0
    from_condition: Condition | None = None

    @property
    def movement(self) -> NewMovement:
        """The movement that it becomes."""
        return NewMovement(
            kind=MovementKind.ADJUSTMENT,
            type_id=self.type_id,
            moved_on=self.moved_on,
            from_holder_id=self.from_holder_id,
            to_holder_id=self.to_holder_id,
            ranges=self.ranges,
            count=self.count,
            document=self.document,
            reason=self.reason,
            from_condition=self.from_condition,
            to_condition=self.to_condition,
        )


@dataclass(frozen=True)
class Approval:
    """`approver` by name; `document` is the paper by which they approved, `registered_by` who typed it."""

    approver: str
    position: str
    document: str
    approved_at: datetime
    registered_by: str


@dataclass(frozen=True)
class Adjustment:
    """An adjustment as recorded; `movement_id` once it was approved twice."""

    id: int
    asked: NewAdjustment
    state: AdjustmentState
    proposed_at: datetime
    proposed_by: str
    movement_id: int | None
    withdrawn_reason: str
    version: int
    approvals: tuple[Approval, ...] = ()

    @property
    def form_count(self) -> int:
        return self.asked.movement.form_count


def check_open(adjustment: Adjustment) -> None:
    """RuleError `adjustment_settled` once it was approved or withdrawn."""
    if adjustment.state is not AdjustmentState.PROPOSED:
        raise RuleError(
            "adjustment_settled",
            f"El ajuste {adjustment.id} ya está {adjustment.state.value}; no se cambió nada.",
        )


def check_approval(adjustment: Adjustment, approver: str, document: str, registered_by: str) -> None:
    """Two persons, neither of them the proposer: RuleError `approver_proposed`, `approver_repeated`.

    Who types the approval of somebody else after having proposed or typed the other one needs the paper by which that
    person approves: `approval_document_missing`.
    """
    if _same(approver, adjustment.proposed_by):
        raise RuleError(
            "approver_proposed",
            f"{approver} propuso este ajuste y no puede aprobarlo; deben aprobarlo otras dos personas.",
        )
    if any(_same(approver, one.approver) for one in adjustment.approvals):
        raise RuleError(
            "approver_repeated",
            f"{approver} ya aprobó este ajuste; la segunda aprobación es de otra persona.",
        )
    typed_before = {adjustment.proposed_by, *(one.registered_by for one in adjustment.approvals)}
    if registered_by in typed_before and not document:
        raise RuleError(
            "approval_document_missing",
            f"Falta el documento con que {approver} aprueba: usted ya propuso o registró otra aprobación de este "
            "ajuste.",
        )


def is_enough(approvals: Sequence[Approval]) -> bool:
    return len(approvals) >= APPROVALS


def _same(one: str, other: str) -> bool:
    return without_accents(" ".join(one.split())) == without_accents(" ".join(other.split()))
