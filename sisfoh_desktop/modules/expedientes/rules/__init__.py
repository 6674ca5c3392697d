"""Facts and checks of an expediente: its documents, how they are told, its timeline, who has it now,
opinions asked along it, where the time went, its folios, and what followed the chain.

How a resolución is drafted from the chain belongs to `resoluciones`. Plain Python; one file a subject.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.expedientes.rules.attachments import (
        check_attachment,
        damaged_file,
    )
    from sisfoh_desktop.modules.expedientes.rules.chain import (
        holder_of,
        in_chain_order,
        marks_of,
        next_expected,
        siglas_hint,
        timeline,
    )
    from sisfoh_desktop.modules.expedientes.rules.entry import (
        check_can_change_state,
        check_can_register,
        check_reason,
        clean_entry,
        clean_heading,
        document_key,
        is_duplicate,
    )
    from sisfoh_desktop.modules.expedientes.rules.facts import (
        Attachment,
        Detail,
        Document,
        DocumentEntry,
        DocumentKind,
        Duplicate,
        Expediente,
        ExpedienteLine,
        ExpedienteState,
        Holder,
        Mark,
        Opinion,
        Party,
        Step,
        parse_number,
    )
    from sisfoh_desktop.modules.expedientes.rules.folios import (
        UNCOUNTED,
        FolioLine,
        folio_index,
        in_file_order,
        total_folios,
    )
    from sisfoh_desktop.modules.expedientes.rules.opinion_checks import (
        MAX_DAYS,
        chain_gaps,
        check_can_answer,
        check_can_ask_more,
        check_chain_before_legal,
        check_is_open,
        check_not_asked_twice,
        clean_answer,
        clean_ask,
        clean_more,
        clean_reminder,
    )
    from sisfoh_desktop.modules.expedientes.rules.opinions import (
        OpinionAnswer,
        OpinionAsk,
        OpinionEvent,
        OpinionKind,
        OpinionLine,
        OpinionMore,
        OpinionRequest,
        OpinionState,
        Reminder,
        Standing,
        events_of,
        in_threads,
        lines_of,
        opinion_due_text,
        request_answered_by,
        standing,
    )
    from sisfoh_desktop.modules.expedientes.rules.sequel import (
        Sequel,
        SequelAct,
        SequelDeadline,
        SequelStep,
        deadline_words,
        not_registered,
    )
    from sisfoh_desktop.modules.expedientes.rules.telling import (
        considerando_citation,
        in_vistos_order,
        opening,
        readable,
        says,
        told_by,
        vistos_citation,
        vistos_issuer,
        vistos_registry,
        with_article,
        written,
    )
    from sisfoh_desktop.modules.expedientes.rules.time_spent import (
        HolderTime,
        LoopBack,
        Stay,
        TimeSpent,
        where_time_went,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "attachments": "check_attachment damaged_file",
            "chain": "holder_of in_chain_order marks_of next_expected siglas_hint timeline",
            "entry": (
                "check_can_change_state check_can_register check_reason clean_entry clean_heading "
                "document_key is_duplicate"
            ),
            "facts": (
                "Attachment Detail Document DocumentEntry DocumentKind Duplicate Expediente "
                "ExpedienteLine ExpedienteState Holder Mark Opinion Party Step parse_number"
            ),
            "folios": "UNCOUNTED FolioLine folio_index in_file_order total_folios",
            "opinion_checks": (
                "MAX_DAYS chain_gaps check_can_answer check_can_ask_more check_chain_before_legal "
                "check_is_open check_not_asked_twice clean_answer clean_ask clean_more clean_reminder"
            ),
            "opinions": (
                "OpinionAnswer OpinionAsk OpinionEvent OpinionKind OpinionLine OpinionMore "
                "OpinionRequest OpinionState Reminder Standing events_of in_threads lines_of "
                "opinion_due_text request_answered_by standing"
            ),
            "sequel": "Sequel SequelAct SequelDeadline SequelStep deadline_words not_registered",
            "telling": (
                "considerando_citation in_vistos_order opening readable says told_by vistos_citation "
                "vistos_issuer vistos_registry with_article written"
            ),
            "time_spent": "HolderTime LoopBack Stay TimeSpent where_time_went",
        },
    )

__all__ = [
    "MAX_DAYS",
    "UNCOUNTED",
    "Attachment",
    "Detail",
    "Document",
    "DocumentEntry",
    "DocumentKind",
    "Duplicate",
    "Expediente",
    "ExpedienteLine",
    "ExpedienteState",
    "FolioLine",
    "Holder",
    "HolderTime",
    "LoopBack",
    "Mark",
    "Opinion",
    "OpinionAnswer",
    "OpinionAsk",
    "OpinionEvent",
    "OpinionKind",
    "OpinionLine",
    "OpinionMore",
    "OpinionRequest",
    "OpinionState",
    "Party",
    "Reminder",
    "Sequel",
    "SequelAct",
    "SequelDeadline",
    "SequelStep",
    "Standing",
    "Stay",
    "Step",
    "TimeSpent",
    "chain_gaps",
    "check_attachment",
    "check_can_answer",
    "check_can_ask_more",
    "check_can_change_state",
    "check_can_register",
    "check_chain_before_legal",
    "check_is_open",
    "check_not_asked_twice",
    "check_reason",
    "clean_answer",
    "clean_ask",
    "clean_entry",
    "clean_heading",
    "clean_more",
    "clean_reminder",
    "considerando_citation",
    "damaged_file",
    "deadline_words",
    "document_key",
    "events_of",
    "folio_index",
    "holder_of",
    "in_chain_order",
    "in_file_order",
    "in_threads",
    "in_vistos_order",
    "is_duplicate",
    "lines_of",
    "marks_of",
    "next_expected",
    "not_registered",
    "opening",
    "opinion_due_text",
    "parse_number",
    "readable",
    "request_answered_by",
    "says",
    "siglas_hint",
    "standing",
    "timeline",
    "told_by",
    "total_folios",
    "vistos_citation",
    "vistos_issuer",
    "vistos_registry",
    "where_time_went",
    "with_article",
    "written",
]
