"""How resoluciones lie in the database: the act itself, its review, its delivery, the models acts begin with."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.tables.act import (
        ResolucionRow,
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
    from sisfoh_desktop.modules.resoluciones.tables.parts import (
        ResolucionBlockRow,
        ResolucionPlaceRow,
        ResolucionWordingRow,
    )
    from sisfoh_desktop.modules.resoluciones.tables.rectifying import (
        ResolucionRectificationRow,
    )
    from sisfoh_desktop.modules.resoluciones.tables.review import (
        ResolucionAcceptanceRow,
    )
    from sisfoh_desktop.modules.resoluciones.tables.versions import (
        ResolucionVersionRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "act": "ResolucionRow",
            "delivery": "ResolucionNotificationRow ResolucionPublicationRow ResolucionRemissionRow",
            "models": "ActModelPlaceRow ActModelRow ActModelTextRow ActModelVersionRow",
            "parts": "ResolucionBlockRow ResolucionPlaceRow ResolucionWordingRow",
            "rectifying": "ResolucionRectificationRow",
            "review": "ResolucionAcceptanceRow",
            "versions": "ResolucionVersionRow",
        },
    )

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
