"""What the office can do with an act after its signature: notify it, send it, prove that it was published."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.service.delivery.cargos import (
        code_of,
        open_cargo,
        print_cargos,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.evidence import (
        NamedFile,
        check_delivery_files,
        evidence_bytes,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.gathering import (
        DeliveryView,
        channels,
        view_delivery,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.lists import (
        list_deliveries,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.notifications import (
        attach_cargo,
        close_notification,
        correct_notification,
        prepare_notifications,
        propose_recipients,
        record_outcome,
        retry_notification,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.publication import (
        CONSTANCIA_KIND,
        freeze_constancia,
        is_archived_copy,
        preview_constancia,
        record_publication,
    )
    from sisfoh_desktop.modules.resoluciones.service.delivery.remission import (
        LETTER_KIND,
        create_letter_series,
        first_letter,
        freeze_letter,
        letter_series,
        preview_letter,
        record_sending,
        series_proposal,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "cargos": "code_of open_cargo print_cargos",
            "evidence": "NamedFile check_delivery_files evidence_bytes",
            "gathering": "DeliveryView channels view_delivery",
            "lists": "list_deliveries",
            "notifications": (
                "attach_cargo close_notification correct_notification prepare_notifications "
                "propose_recipients record_outcome retry_notification"
            ),
            "publication": (
                "CONSTANCIA_KIND freeze_constancia is_archived_copy preview_constancia record_publication"
            ),
            "remission": (
                "LETTER_KIND create_letter_series first_letter freeze_letter letter_series "
                "preview_letter record_sending series_proposal"
            ),
        },
    )

__all__ = [
    "CONSTANCIA_KIND",
    "LETTER_KIND",
    "DeliveryView",
    "NamedFile",
    "attach_cargo",
    "channels",
    "check_delivery_files",
    "close_notification",
    "code_of",
    "correct_notification",
    "create_letter_series",
    "evidence_bytes",
    "first_letter",
    "freeze_constancia",
    "freeze_letter",
    "is_archived_copy",
    "letter_series",
    "list_deliveries",
    "open_cargo",
    "prepare_notifications",
    "preview_constancia",
    "preview_letter",
    "print_cargos",
    "propose_recipients",
    "record_outcome",
    "record_publication",
    "record_sending",
    "retry_notification",
    "series_proposal",
    "view_delivery",
]
