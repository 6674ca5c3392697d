"""How the kardex lies in the database."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.kardex.tables.actas import (
        KardexActaMovementRow,
        KardexActaRow,
    )
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
else:
    __getattr__ = late_names(
        __name__,
        {
            "actas": "KardexActaMovementRow KardexActaRow",
            "catalogue": "KardexCampaignRow KardexFormTypeRow KardexHolderRow",
            "counts": (
                "KardexCountLineRow KardexCountRow KardexExplanationRow KardexImportRow KardexQuarantineRow"
            ),
            "ledger": (
                "KardexAdjustmentRow KardexApprovalRow KardexBalanceRow KardexFormRow KardexLineRow "
                "KardexMovementRow KardexSightingRow"
            ),
        },
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
