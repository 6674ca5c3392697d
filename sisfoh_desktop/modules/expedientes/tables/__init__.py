"""How expedientes lie in the database: the chain of documents, and the opinions asked along it."""

from sisfoh_desktop.modules.expedientes.tables.chain import (
    ExpedienteDetailRow,
    ExpedienteDocumentRow,
    ExpedienteRow,
)
from sisfoh_desktop.modules.expedientes.tables.opinions import OpinionReminderRow, OpinionRequestRow

__all__ = [
    "ExpedienteDetailRow",
    "ExpedienteDocumentRow",
    "ExpedienteRow",
    "OpinionReminderRow",
    "OpinionRequestRow",
]
