"""What came of an imported row that was held back."""

from enum import StrEnum


class RowState(StrEnum):
    """What came of a row in quarantine."""

    PENDING = "pendiente"
    REGISTERED = "registrada"
    DISCARDED = "descartada"
