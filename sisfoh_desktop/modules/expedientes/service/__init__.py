"""What the office can do with an expediente: open it, register documents in any order, see who has it.

The module's only door.
"""

from sisfoh_desktop.modules.expedientes.service.documents import (
    find_duplicates,
    register_document,
    save_document,
    withdraw_document,
)
from sisfoh_desktop.modules.expedientes.service.files import attach_file, attachment_bytes, check_attachments
from sisfoh_desktop.modules.expedientes.service.whole import (
    ExpedienteView,
    create_expediente,
    list_expedientes,
    load_expediente,
    resolve_in,
    save_expediente,
    set_state,
    view_expediente,
)

__all__ = [
    "ExpedienteView",
    "attach_file",
    "attachment_bytes",
    "check_attachments",
    "create_expediente",
    "find_duplicates",
    "list_expedientes",
    "load_expediente",
    "register_document",
    "resolve_in",
    "save_document",
    "save_expediente",
    "set_state",
    "view_expediente",
    "withdraw_document",
]
