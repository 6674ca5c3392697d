"""What the office can do with a resolución: draft it, edit it, freeze it, sign it, verify it. The only door."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.service.drafts import (
        ResolucionView,
        bring_documents,
        create_resolucion,
        draft_pdf,
        find_by_number,
        load_resolucion,
        preview_pdf,
        save_resolucion,
        view_resolucion,
    )
    from sisfoh_desktop.modules.resoluciones.service.exchange import (
        apply_read_back,
        draft_docx,
        read_back,
    )
    from sisfoh_desktop.modules.resoluciones.service.issuing import (
        PAPER_KIND,
        annul_freeze,
        freeze_resolucion,
        resolucion_bytes,
        verify_resolucion,
    )
    from sisfoh_desktop.modules.resoluciones.service.lists import (
        list_resoluciones,
    )
    from sisfoh_desktop.modules.resoluciones.service.models import (
        ModelUse,
        bring_models,
        list_model_versions,
        list_models,
        load_model,
        model_data,
        model_from_act,
        model_of_act,
        model_pdf,
        model_use,
        retire_model,
        save_model,
        series_for_model,
    )
    from sisfoh_desktop.modules.resoluciones.service.past import (
        history,
    )
    from sisfoh_desktop.modules.resoluciones.service.rectifying import (
        RectifiableAct,
        base_on,
        change_errors,
        create_rectification,
        list_rectifications,
        rectifiable_act,
        rectifications_of,
    )
    from sisfoh_desktop.modules.resoluciones.service.review import (
        accept_finding,
        accept_findings,
        find_for_review,
        list_acceptances,
        review_resolucion,
        withdraw_acceptance,
    )
    from sisfoh_desktop.modules.resoluciones.service.sequel import (
        sequel_of,
    )
    from sisfoh_desktop.modules.resoluciones.service.signing import (
        bring_back_resolucion,
        export_resolucion,
        record_ink_on_resolucion,
        refuse_resolucion,
        sign_resolucion,
    )
    from sisfoh_desktop.modules.resoluciones.service.sources import (
        draft_source,
    )
    from sisfoh_desktop.modules.resoluciones.service.versions import (
        compare_versions,
        list_versions,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "drafts": (
                "ResolucionView bring_documents create_resolucion draft_pdf find_by_number "
                "load_resolucion preview_pdf save_resolucion view_resolucion"
            ),
            "exchange": "apply_read_back draft_docx read_back",
            "issuing": "PAPER_KIND annul_freeze freeze_resolucion resolucion_bytes verify_resolucion",
            "lists": "list_resoluciones",
            "models": (
                "ModelUse bring_models list_model_versions list_models load_model model_data "
                "model_from_act model_of_act model_pdf model_use retire_model save_model "
                "series_for_model"
            ),
            "past": "history",
            "rectifying": (
                "RectifiableAct base_on change_errors create_rectification list_rectifications "
                "rectifiable_act rectifications_of"
            ),
            "review": (
                "accept_finding accept_findings find_for_review list_acceptances review_resolucion "
                "withdraw_acceptance"
            ),
            "sequel": "sequel_of",
            "signing": (
                "bring_back_resolucion export_resolucion record_ink_on_resolucion refuse_resolucion "
                "sign_resolucion"
            ),
            "sources": "draft_source",
            "versions": "compare_versions list_versions",
        },
    )

__all__ = [
    "PAPER_KIND",
    "ModelUse",
    "RectifiableAct",
    "ResolucionView",
    "accept_finding",
    "accept_findings",
    "annul_freeze",
    "apply_read_back",
    "base_on",
    "bring_back_resolucion",
    "bring_documents",
    "bring_models",
    "change_errors",
    "compare_versions",
    "create_rectification",
    "create_resolucion",
    "draft_docx",
    "draft_pdf",
    "draft_source",
    "export_resolucion",
    "find_by_number",
    "find_for_review",
    "freeze_resolucion",
    "history",
    "list_acceptances",
    "list_model_versions",
    "list_models",
    "list_rectifications",
    "list_resoluciones",
    "list_versions",
    "load_model",
    "load_resolucion",
    "model_data",
    "model_from_act",
    "model_of_act",
    "model_pdf",
    "model_use",
    "preview_pdf",
    "read_back",
    "record_ink_on_resolucion",
    "rectifiable_act",
    "rectifications_of",
    "refuse_resolucion",
    "resolucion_bytes",
    "retire_model",
    "review_resolucion",
    "save_model",
    "save_resolucion",
    "sequel_of",
    "series_for_model",
    "sign_resolucion",
    "verify_resolucion",
    "view_resolucion",
    "withdraw_acceptance",
]
