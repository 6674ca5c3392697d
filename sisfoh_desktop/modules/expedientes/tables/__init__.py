"""How expedientes lie in the database: the chain of documents, and the opinions asked along it."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.expedientes.tables.chain import (
        ExpedienteDocumentRow,
        ExpedienteRow,
    )
    from sisfoh_desktop.modules.expedientes.tables.details import (
        ExpedienteDetailRow,
    )
    from sisfoh_desktop.modules.expedientes.tables.opinions import (
        OpinionReminderRow,
        OpinionRequestRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "chain": "ExpedienteDocumentRow ExpedienteRow",
            "details": "ExpedienteDetailRow",
            "opinions": "OpinionReminderRow OpinionRequestRow",
        },
    )

__all__ = [
    "ExpedienteDetailRow",
    "ExpedienteDocumentRow",
    "ExpedienteRow",
    "OpinionReminderRow",
    "OpinionRequestRow",
]
