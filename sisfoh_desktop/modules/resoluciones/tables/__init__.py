"""How resoluciones lie in the database: the act itself, its review, its delivery, the models acts begin with."""

from sisfoh_desktop.modules.resoluciones.tables.act import (
    ResolucionBlockRow,
    ResolucionPlaceRow,
    ResolucionRow,
    ResolucionWordingRow,
)
from sisfoh_desktop.modules.resoluciones.tables.delivery import (
    ResolucionNotificationRow,
    ResolucionPublicationRow,
    ResolucionRemissionRow,
)
from sisfoh_desktop.modules.resoluciones.tables.models import (
    ActModelPlaceRow,
    ActModelRow,
    ActModelTextRow,
    ActModelVersionRow,
)
from sisfoh_desktop.modules.resoluciones.tables.rectifying import ResolucionRectificationRow
from sisfoh_desktop.modules.resoluciones.tables.review import ResolucionAcceptanceRow
from sisfoh_desktop.modules.resoluciones.tables.versions import ResolucionVersionRow

__all__ = [
    "ActModelPlaceRow",
    "ActModelRow",
    "ActModelTextRow",
    "ActModelVersionRow",
    "ResolucionAcceptanceRow",
    "ResolucionBlockRow",
    "ResolucionNotificationRow",
    "ResolucionPlaceRow",
    "ResolucionPublicationRow",
    "ResolucionRectificationRow",
    "ResolucionRemissionRow",
    "ResolucionRow",
    "ResolucionVersionRow",
    "ResolucionWordingRow",
]
