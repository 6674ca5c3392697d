"""How the kardex lies in the database."""

from sisfoh_desktop.modules.kardex.tables.actas import KardexActaMovementRow, KardexActaRow
from sisfoh_desktop.modules.kardex.tables.catalogue import (
    KardexCampaignRow,
    KardexFormTypeRow,
    KardexHolderRow,
)
from sisfoh_desktop.modules.kardex.tables.counts import (
    KardexCountLineRow,
    KardexCountRow,
    KardexExplanationRow,
    KardexImportRow,
    KardexQuarantineRow,
)
from sisfoh_desktop.modules.kardex.tables.ledger import (
    KardexAdjustmentRow,
    KardexApprovalRow,
    KardexBalanceRow,
    KardexFormRow,
    KardexLineRow,
    KardexMovementRow,
    KardexSightingRow,
)

__all__ = [
    "KardexActaMovementRow",
    "KardexActaRow",
    "KardexAdjustmentRow",
    "KardexApprovalRow",
    "KardexBalanceRow",
    "KardexCampaignRow",
    "KardexCountLineRow",
    "KardexCountRow",
    "KardexExplanationRow",
    "KardexFormRow",
    "KardexFormTypeRow",
    "KardexHolderRow",
    "KardexImportRow",
    "KardexLineRow",
    "KardexMovementRow",
    "KardexQuarantineRow",
    "KardexSightingRow",
]
