"""What the office can do with a resolución: draft it, edit it, freeze it, sign it, verify it. The only door."""

from sisfoh_desktop.modules.resoluciones.service.drafts import (
    ResolucionView,
    bring_documents,
    create_resolucion,
    draft_pdf,
    draft_source,
    find_by_number,
    list_resoluciones,
    load_resolucion,
    preview_pdf,
    save_resolucion,
    view_resolucion,
)
from sisfoh_desktop.modules.resoluciones.service.issuing import (
    PAPER_KIND,
    annul_freeze,
    freeze_resolucion,
    resolucion_bytes,
    sign_resolucion,
    verify_resolucion,
)

__all__ = [
    "PAPER_KIND",
    "ResolucionView",
    "annul_freeze",
    "bring_documents",
    "create_resolucion",
    "draft_pdf",
    "draft_source",
    "find_by_number",
    "freeze_resolucion",
    "list_resoluciones",
    "load_resolucion",
    "preview_pdf",
    "resolucion_bytes",
    "save_resolucion",
    "sign_resolucion",
    "verify_resolucion",
    "view_resolucion",
]
