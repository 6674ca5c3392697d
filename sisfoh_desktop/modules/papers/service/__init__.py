"""What the office can do with an emitted paper: number it, freeze it, sign it in turn, verify it, annul it.

The module's only door. Hooks (`on_frozen`, `on_signed`, `on_annulled`) let the module that wrote the paper
change its own row in the same commit; they touch nothing but the session.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.papers.service.certificates import (
        certificate_card,
        certificate_file,
        chosen_certificate,
        warm_signing,
    )
    from sisfoh_desktop.modules.papers.service.changes import (
        VersionChanges,
        changes_since_previous,
    )
    from sisfoh_desktop.modules.papers.service.hooks import (
        Hook,
        KindHooks,
        Moment,
        register_kind,
    )
    from sisfoh_desktop.modules.papers.service.ink import (
        ink_scan,
        record_ink_signature,
    )
    from sisfoh_desktop.modules.papers.service.issuing import (
        annul_paper,
        find_paper,
        find_paper_by_sha256,
        freeze_paper,
        list_papers,
        load_paper,
        paper_bytes,
    )
    from sisfoh_desktop.modules.papers.service.numbered import annul_numbered, issue_numbered
    from sisfoh_desktop.modules.papers.service.numbers import (
        annul_number,
        check_numbers,
        create_series,
        find_series,
        find_series_by_id,
        keep_scan,
        list_series,
        list_series_years,
        next_number,
        number_kept,
        number_register,
        numbers_pdf,
        numbers_workbook,
        register_outside,
        reserve_number,
        start_series_after,
    )
    from sisfoh_desktop.modules.papers.service.outside import (
        ExportedPaper,
        bring_back_paper,
        export_for_signing,
    )
    from sisfoh_desktop.modules.papers.service.past import (
        history,
        series_history,
        subjects_of,
    )
    from sisfoh_desktop.modules.papers.service.refusing import (
        refuse_paper,
    )
    from sisfoh_desktop.modules.papers.service.signing import (
        SignOutcome,
        SignRequest,
        sign_paper,
        sign_papers,
    )
    from sisfoh_desktop.modules.papers.service.verifying import (
        ACCREDITATION_NOTE,
        PaperVerification,
        check_archive,
        verify_bytes,
        verify_paper,
    )
    from sisfoh_desktop.modules.papers.service.waiting import (
        list_round_people,
        list_waiting,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "certificates": "certificate_card certificate_file chosen_certificate warm_signing",
            "changes": "VersionChanges changes_since_previous",
            "hooks": "Hook KindHooks Moment register_kind",
            "ink": "ink_scan record_ink_signature",
            "issuing": (
                "annul_paper find_paper find_paper_by_sha256 freeze_paper list_papers load_paper paper_bytes"
            ),
            "numbers": (
                "annul_number check_numbers create_series find_series find_series_by_id keep_scan "
                "list_series list_series_years next_number number_kept number_register numbers_pdf "
                "numbers_workbook register_outside reserve_number start_series_after"
            ),
            "numbered": "annul_numbered issue_numbered",
            "outside": "ExportedPaper bring_back_paper export_for_signing",
            "past": "history series_history subjects_of",
            "refusing": "refuse_paper",
            "signing": "SignOutcome SignRequest sign_paper sign_papers",
            "verifying": ("ACCREDITATION_NOTE PaperVerification check_archive verify_bytes verify_paper"),
            "waiting": "list_round_people list_waiting",
        },
    )

__all__ = [
    "ACCREDITATION_NOTE",
    "ExportedPaper",
    "Hook",
    "KindHooks",
    "Moment",
    "PaperVerification",
    "SignOutcome",
    "SignRequest",
    "VersionChanges",
    "annul_number",
    "annul_numbered",
    "annul_paper",
    "bring_back_paper",
    "certificate_card",
    "certificate_file",
    "changes_since_previous",
    "check_archive",
    "check_numbers",
    "chosen_certificate",
    "create_series",
    "export_for_signing",
    "find_paper",
    "find_paper_by_sha256",
    "find_series",
    "find_series_by_id",
    "freeze_paper",
    "history",
    "ink_scan",
    "issue_numbered",
    "keep_scan",
    "list_papers",
    "list_round_people",
    "list_series",
    "list_series_years",
    "list_waiting",
    "load_paper",
    "next_number",
    "number_kept",
    "number_register",
    "numbers_pdf",
    "numbers_workbook",
    "paper_bytes",
    "record_ink_signature",
    "refuse_paper",
    "register_kind",
    "register_outside",
    "reserve_number",
    "series_history",
    "sign_paper",
    "sign_papers",
    "start_series_after",
    "subjects_of",
    "verify_bytes",
    "verify_paper",
    "warm_signing",
]
