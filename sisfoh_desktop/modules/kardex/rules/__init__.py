"""Facts and checks of the kardex. Plain Python."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.kardex.rules.facts import (
        Campaign,
        Condition,
        FormType,
        Holder,
        HolderKind,
        LedgerLine,
        Movement,
        MovementKind,
        NewMovement,
        Piece,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "facts": (
                "Campaign Condition FormType Holder HolderKind LedgerLine Movement MovementKind "
                "NewMovement Piece"
            ),
        },
    )

__all__ = [
    "Campaign",
    "Condition",
    "FormType",
    "Holder",
    "HolderKind",
    "LedgerLine",
    "Movement",
    "MovementKind",
    "NewMovement",
    "Piece",
]
