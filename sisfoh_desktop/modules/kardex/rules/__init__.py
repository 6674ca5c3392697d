"""Facts and checks of the kardex. Plain Python."""

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
