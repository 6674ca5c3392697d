"""Facts and checks of emitted papers: series and numbers, the round of signers, states. Plain Python."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.papers.rules.changes import (
        Change,
        ChangeKind,
        passages,
        text_changes,
    )
    from sisfoh_desktop.modules.papers.rules.ink import (
        check_ink,
        check_scan_pages,
        check_signed_pages,
        pages_text,
        parse_pages,
    )
    from sisfoh_desktop.modules.papers.rules.numbers import (
        TITLE_LIMIT,
        NumberEntry,
        NumberLine,
        NumberState,
        OutsideDocument,
        ReservedNumber,
        Series,
        SeriesYear,
        check_number_open,
        check_series,
        check_series_start,
        checked_outside,
        count_states,
        register_lines,
        series_text,
    )
    from sisfoh_desktop.modules.papers.rules.paper import (
        NOT_ACCREDITED,
        GivenSignature,
        NewSigner,
        Paper,
        PaperLine,
        PaperSigner,
        PaperState,
        Route,
        SignerRole,
        signer_of,
    )
    from sisfoh_desktop.modules.papers.rules.reasons import (
        REASON_LIMIT,
        check_reason,
    )
    from sisfoh_desktop.modules.papers.rules.series_start import (
        first_to_come,
    )
    from sisfoh_desktop.modules.papers.rules.turns import (
        OPEN_STATES,
        check_can_annul,
        check_can_refuse,
        check_can_sign,
        check_returned_identity,
        check_round,
        check_signer_identity,
        last_signer,
        next_signer,
        place_in_ink,
        state_after_signing,
    )
    from sisfoh_desktop.modules.papers.rules.verdict import (
        SignatureLine,
        ink_line,
        integrity_words,
        revocation_words,
        route_words,
        trust_words,
    )
    from sisfoh_desktop.modules.papers.rules.waiting import (
        RoundPerson,
        WaitingPaper,
        people_of,
        person_key,
        waiting_places,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "changes": "Change ChangeKind passages text_changes",
            "ink": "check_ink check_scan_pages check_signed_pages pages_text parse_pages",
            "numbers": (
                "TITLE_LIMIT NumberEntry NumberLine NumberState OutsideDocument ReservedNumber Series "
                "SeriesYear check_number_open check_series check_series_start checked_outside "
                "count_states register_lines series_text"
            ),
            "paper": (
                "NOT_ACCREDITED GivenSignature NewSigner Paper PaperLine PaperSigner PaperState Route "
                "SignerRole signer_of"
            ),
            "reasons": "REASON_LIMIT check_reason",
            "series_start": "first_to_come",
            "turns": (
                "OPEN_STATES check_can_annul check_can_refuse check_can_sign check_returned_identity "
                "check_round check_signer_identity last_signer next_signer place_in_ink state_after_signing"
            ),
            "verdict": ("SignatureLine ink_line integrity_words revocation_words route_words trust_words"),
            "waiting": "RoundPerson WaitingPaper people_of person_key waiting_places",
        },
    )

__all__ = [
    "NOT_ACCREDITED",
    "OPEN_STATES",
    "REASON_LIMIT",
    "TITLE_LIMIT",
    "Change",
    "ChangeKind",
    "GivenSignature",
    "NewSigner",
    "NumberEntry",
    "NumberLine",
    "NumberState",
    "OutsideDocument",
    "Paper",
    "PaperLine",
    "PaperSigner",
    "PaperState",
    "ReservedNumber",
    "RoundPerson",
    "Route",
    "Series",
    "SeriesYear",
    "SignatureLine",
    "SignerRole",
    "WaitingPaper",
    "check_can_annul",
    "check_can_refuse",
    "check_can_sign",
    "check_ink",
    "check_number_open",
    "check_reason",
    "check_returned_identity",
    "check_round",
    "check_scan_pages",
    "check_series",
    "check_series_start",
    "check_signed_pages",
    "check_signer_identity",
    "checked_outside",
    "count_states",
    "first_to_come",
    "ink_line",
    "integrity_words",
    "last_signer",
    "next_signer",
    "pages_text",
    "parse_pages",
    "passages",
    "people_of",
    "person_key",
    "place_in_ink",
    "register_lines",
    "revocation_words",
    "route_words",
    "series_text",
    "signer_of",
    "state_after_signing",
    "text_changes",
    "trust_words",
    "waiting_places",
]
