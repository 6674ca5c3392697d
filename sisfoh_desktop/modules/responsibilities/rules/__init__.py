"""The matrix of responsibilities in plain Python: its facts and everything that is decided about them.

Nothing here reads a database or prints.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.rules.comparing import (
        Change,
        Difference,
        compare_matrices,
    )
    from sisfoh_desktop.modules.responsibilities.rules.directive import (
        DutyModel,
        ModelUnit,
        OfficeUnit,
        matrix_of_model,
        missing_rows,
        read_model,
        with_rows,
    )
    from sisfoh_desktop.modules.responsibilities.rules.editing import (
        duty_in,
        unit_in,
        with_duty,
        with_unit,
        without_duty,
        without_unit,
    )
    from sisfoh_desktop.modules.responsibilities.rules.evidence import (
        FILE_KINDS,
        MAX_FILE,
        Evidence,
        EvidenceKind,
        check_evidence_day,
        check_evidence_file,
        clean_evidence,
        clean_reason,
        proposed_frequency,
        proposed_link,
        state_after_evidence,
        with_proposals,
    )
    from sisfoh_desktop.modules.responsibilities.rules.facts import (
        HEADING,
        MAX_EVIDENCE,
        MAX_INTRO,
        MAX_LABEL,
        MAX_NORM,
        MAX_RESPONSIBLE,
        MAX_TEXT,
        MAX_TITLE,
        Duty,
        DutyLink,
        DutyState,
        Frequency,
        Matrix,
        MatrixLine,
        MatrixState,
        MatrixUnit,
        Progress,
    )
    from sisfoh_desktop.modules.responsibilities.rules.following import (
        DueDuty,
        due_duties,
        evidence_due,
        is_evidence_overdue,
        is_overdue,
        next_due,
    )
    from sisfoh_desktop.modules.responsibilities.rules.gaps import (
        Gap,
        GapKind,
        matrix_gaps,
    )
    from sisfoh_desktop.modules.responsibilities.rules.writing import (
        check_can_change_state,
        check_can_follow_up,
        check_can_print,
        check_can_rewrite,
        check_can_save,
        check_not_held,
        clean_duty,
        clean_heading,
        clean_matrix,
        clean_unit,
        copied,
        next_duty_state,
        numbered,
        printed_texts,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "comparing": "Change Difference compare_matrices",
            "directive": ("DutyModel ModelUnit OfficeUnit matrix_of_model missing_rows read_model with_rows"),
            "editing": "duty_in unit_in with_duty with_unit without_duty without_unit",
            "evidence": (
                "FILE_KINDS MAX_FILE Evidence EvidenceKind check_evidence_day check_evidence_file "
                "clean_evidence clean_reason proposed_frequency proposed_link state_after_evidence "
                "with_proposals"
            ),
            "facts": (
                "HEADING MAX_EVIDENCE MAX_INTRO MAX_LABEL MAX_NORM MAX_RESPONSIBLE MAX_TEXT MAX_TITLE "
                "Duty DutyLink DutyState Frequency Matrix MatrixLine MatrixState MatrixUnit Progress"
            ),
            "following": "DueDuty due_duties evidence_due is_evidence_overdue is_overdue next_due",
            "gaps": "Gap GapKind matrix_gaps",
            "writing": (
                "check_can_change_state check_can_follow_up check_can_print check_can_rewrite "
                "check_can_save check_not_held clean_duty clean_heading clean_matrix clean_unit copied "
                "next_duty_state numbered printed_texts"
            ),
        },
    )

__all__ = [
    "FILE_KINDS",
    "HEADING",
    "MAX_EVIDENCE",
    "MAX_FILE",
    "MAX_INTRO",
    "MAX_LABEL",
    "MAX_NORM",
    "MAX_RESPONSIBLE",
    "MAX_TEXT",
    "MAX_TITLE",
    "Change",
    "Difference",
    "DueDuty",
    "Duty",
    "DutyLink",
    "DutyModel",
    "DutyState",
    "Evidence",
    "EvidenceKind",
    "Frequency",
    "Gap",
    "GapKind",
    "Matrix",
    "MatrixLine",
    "MatrixState",
    "MatrixUnit",
    "ModelUnit",
    "OfficeUnit",
    "Progress",
    "check_can_change_state",
    "check_can_follow_up",
    "check_can_print",
    "check_can_rewrite",
    "check_can_save",
    "check_evidence_day",
    "check_evidence_file",
    "check_not_held",
    "clean_duty",
    "clean_evidence",
    "clean_heading",
    "clean_matrix",
    "clean_reason",
    "clean_unit",
    "compare_matrices",
    "copied",
    "due_duties",
    "duty_in",
    "evidence_due",
    "is_evidence_overdue",
    "is_overdue",
    "matrix_gaps",
    "matrix_of_model",
    "missing_rows",
    "next_due",
    "next_duty_state",
    "numbered",
    "printed_texts",
    "proposed_frequency",
    "proposed_link",
    "read_model",
    "state_after_evidence",
    "unit_in",
    "with_duty",
    "with_proposals",
    "with_rows",
    "with_unit",
    "without_duty",
    "without_unit",
]
