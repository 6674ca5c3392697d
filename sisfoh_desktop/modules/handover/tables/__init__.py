"""How handovers, their lists of systems and the lines of their actas lie in the database."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.handover.tables.act import (
        HandoverRow,
    )
    from sisfoh_desktop.modules.handover.tables.parts import (
        HandoverCredentialRow,
        HandoverLineRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "act": "HandoverRow",
            "parts": "HandoverCredentialRow HandoverLineRow",
        },
    )

__all__ = [
    "HandoverCredentialRow",
    "HandoverLineRow",
    "HandoverRow",
]
