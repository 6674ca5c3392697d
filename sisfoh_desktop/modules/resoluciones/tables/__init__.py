"""How resoluciones lie in the database: the act itself, its review, its delivery, the models acts begin with."""

from sisfoh_desktop.modules.resoluciones.tables.act import (
    ResolucionBlockRow,
    ResolucionPlaceRow,
    ResolucionRow,
    ResolucionWordingRow,
)

__all__ = ["ResolucionBlockRow", "ResolucionPlaceRow", "ResolucionRow", "ResolucionWordingRow"]
