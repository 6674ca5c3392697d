"""What the office can do with an expediente: open it, register documents in any order, see who has it,
ask opinions and follow them, print its papers.

The module's only door.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.expedientes.service.documents import (
        register_document,
        save_document,
        withdraw_document,
    )
    from sisfoh_desktop.modules.expedientes.service.files import (
        attach_file,
        attachment_bytes,
        check_attachments,
    )
    from sisfoh_desktop.modules.expedientes.service.opinions import (
        Draft,
        ask_more,
        ask_opinions,
        chain_gaps,
        draft_bytes,
        list_open_opinions,
        list_opinions,
        opinions_answered_by,
        receive_opinion,
        remind_opinion,
        report_days,
        withdraw_opinion,
    )
    from sisfoh_desktop.modules.expedientes.service.papers import (
        caratula_pdf_bytes,
        hoja_ruta_pdf_bytes,
        linea_tiempo_pdf_bytes,
    )
    from sisfoh_desktop.modules.expedientes.service.past import (
        history,
    )
    from sisfoh_desktop.modules.expedientes.service.sequel import (
        register_sequel,
    )
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
else:
    __getattr__ = late_names(
        __name__,
        {
            "documents": "register_document save_document withdraw_document",
            "files": "attach_file attachment_bytes check_attachments",
            "opinions": (
                "Draft ask_more ask_opinions chain_gaps draft_bytes list_open_opinions list_opinions "
                "opinions_answered_by receive_opinion remind_opinion report_days withdraw_opinion"
            ),
            "papers": "caratula_pdf_bytes hoja_ruta_pdf_bytes linea_tiempo_pdf_bytes",
            "past": "history",
            "sequel": "register_sequel",
            "whole": (
                "ExpedienteView create_expediente list_expedientes load_expediente resolve_in "
                "save_expediente set_state view_expediente"
            ),
        },
    )

__all__ = [
    "Draft",
    "ExpedienteView",
    "ask_more",
    "ask_opinions",
    "attach_file",
    "attachment_bytes",
    "caratula_pdf_bytes",
    "chain_gaps",
    "check_attachments",
    "create_expediente",
    "draft_bytes",
    "history",
    "hoja_ruta_pdf_bytes",
    "linea_tiempo_pdf_bytes",
    "list_expedientes",
    "list_open_opinions",
    "list_opinions",
    "load_expediente",
    "opinions_answered_by",
    "receive_opinion",
    "register_document",
    "register_sequel",
    "remind_opinion",
    "report_days",
    "resolve_in",
    "save_document",
    "save_expediente",
    "set_state",
    "view_expediente",
    "withdraw_document",
    "withdraw_opinion",
]
