"""Reads and writes of expedientes: takes a session, gives back facts; one file a subject."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.expedientes.store.chain import (
        add_document,
        add_expediente,
        count_replies,
        list_attachments,
        list_duplicates,
        list_expedientes,
        list_keys,
        load_document,
        load_expediente,
        record_attachment,
        record_document,
        record_heading,
        record_new_state,
        record_resolved,
        record_withdrawal,
        state_of,
    )
    from sisfoh_desktop.modules.expedientes.store.opinions import (
        add_reminder,
        add_request,
        count_linked_requests,
        list_drafts,
        list_open_requests,
        list_requests,
        load_request,
        record_answer,
        record_withdrawn_request,
        touch_request,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "chain": (
                "add_document add_expediente count_replies list_attachments list_duplicates "
                "list_expedientes list_keys load_document load_expediente record_attachment "
                "record_document record_heading record_new_state record_resolved record_withdrawal "
                "state_of"
            ),
            "opinions": (
                "add_reminder add_request count_linked_requests list_drafts list_open_requests "
                "list_requests load_request record_answer record_withdrawn_request touch_request"
            ),
        },
    )

__all__ = [
    "add_document",
    "add_expediente",
    "add_reminder",
    "add_request",
    "count_linked_requests",
    "count_replies",
    "list_attachments",
    "list_drafts",
    "list_duplicates",
    "list_expedientes",
    "list_keys",
    "list_open_requests",
    "list_requests",
    "load_document",
    "load_expediente",
    "load_request",
    "record_answer",
    "record_attachment",
    "record_document",
    "record_heading",
    "record_new_state",
    "record_resolved",
    "record_withdrawal",
    "record_withdrawn_request",
    "state_of",
    "touch_request",
]
