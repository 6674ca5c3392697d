"""Facts and checks of what follows the signature: notification, remission, publication. Plain Python."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.resoluciones.rules.delivery.cargo import (
        PREFIX,
        Cargo,
        CargoCode,
        cargo_code,
        check_code,
        read_code,
        unknown_cargo,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.channels import (
        Channel,
        ChannelTable,
        Remedy,
        channel_table,
        effective_on,
        first_counted_day,
        term_of,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.notification import (
        MAX_NOTE,
        OUTCOMES,
        Notification,
        NotificationState,
        Outcome,
        all_settled,
        check_can_become,
        check_can_deliver,
        check_can_retry,
        clean_outcome,
        clean_reason,
        last_served,
        waiting,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.owed import (
        DeliveryLine,
        DeliveryWhat,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.progress import (
        DeliveryStep,
        letter_open,
        next_delivery_step,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.publication import (
        MAX_URL,
        Publication,
        PublicationEntry,
        archived_label,
        clean_publication,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.recipients import (
        MAX_RECIPIENTS,
        Proposal,
        Recipient,
        RecipientOrigin,
        check_recipients,
        clean_recipient,
        propose,
        without_repeated,
    )
    from sisfoh_desktop.modules.resoluciones.rules.delivery.remission import (
        LETTER_SERIES,
        UNKNOWN_POST,
        Events,
        Letter,
        LetterData,
        PrintedLetter,
        Remission,
        RemissionClock,
        Sending,
        clean_letter,
        clean_sending,
        lateness,
        lateness_words,
        printed_letter,
        remission_clock,
        series_proposal,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "cargo": "PREFIX Cargo CargoCode cargo_code check_code read_code unknown_cargo",
            "channels": ("Channel ChannelTable Remedy channel_table effective_on first_counted_day term_of"),
            "notification": (
                "MAX_NOTE OUTCOMES Notification NotificationState Outcome all_settled check_can_become "
                "check_can_deliver check_can_retry clean_outcome clean_reason last_served waiting"
            ),
            "owed": "DeliveryLine DeliveryWhat",
            "progress": "DeliveryStep letter_open next_delivery_step",
            "publication": "MAX_URL Publication PublicationEntry archived_label clean_publication",
            "recipients": (
                "MAX_RECIPIENTS Proposal Recipient RecipientOrigin check_recipients clean_recipient "
                "propose without_repeated"
            ),
            "remission": (
                "LETTER_SERIES UNKNOWN_POST Events Letter LetterData PrintedLetter Remission "
                "RemissionClock Sending clean_letter clean_sending lateness lateness_words "
                "printed_letter remission_clock series_proposal"
            ),
        },
    )

__all__ = [
    "LETTER_SERIES",
    "MAX_NOTE",
    "MAX_RECIPIENTS",
    "MAX_URL",
    "OUTCOMES",
    "PREFIX",
    "UNKNOWN_POST",
    "Cargo",
    "CargoCode",
    "Channel",
    "ChannelTable",
    "DeliveryLine",
    "DeliveryStep",
    "DeliveryWhat",
    "Events",
    "Letter",
    "LetterData",
    "Notification",
    "NotificationState",
    "Outcome",
    "PrintedLetter",
    "Proposal",
    "Publication",
    "PublicationEntry",
    "Recipient",
    "RecipientOrigin",
    "Remedy",
    "Remission",
    "RemissionClock",
    "Sending",
    "all_settled",
    "archived_label",
    "cargo_code",
    "channel_table",
    "check_can_become",
    "check_can_deliver",
    "check_can_retry",
    "check_code",
    "check_recipients",
    "clean_letter",
    "clean_outcome",
    "clean_publication",
    "clean_reason",
    "clean_recipient",
    "clean_sending",
    "effective_on",
    "first_counted_day",
    "last_served",
    "lateness",
    "lateness_words",
    "letter_open",
    "next_delivery_step",
    "printed_letter",
    "propose",
    "read_code",
    "remission_clock",
    "series_proposal",
    "term_of",
    "unknown_cargo",
    "waiting",
    "without_repeated",
]
