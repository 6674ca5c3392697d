"""What the office can do with its matrices of responsibilities: the module's only door.

A matrix is changed as a whole that several people share: every change names the version it saw, and each one
leaves an entry in the trail with what was there before. Evidence is only added.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.service.evidence import (
        add_evidence,
        check_evidence_files,
        evidence_file,
        list_evidence,
        record_evidence_in,
        withdraw_evidence,
        withdraw_record_in,
    )
    from sisfoh_desktop.modules.responsibilities.service.gaps import (
        list_due_duties,
        list_gaps,
    )
    from sisfoh_desktop.modules.responsibilities.service.holding import (
        hold_matrix_in,
        put_in_force_in,
        release_matrix_in,
    )
    from sisfoh_desktop.modules.responsibilities.service.matrices import (
        copy_matrix,
        copy_matrix_in,
        create_matrix,
        create_matrix_in,
        list_matrices,
        load_matrix,
        save_matrix,
        set_matrix_state,
    )
    from sisfoh_desktop.modules.responsibilities.service.origins import (
        create_from_model,
        list_missing_rows,
        load_model,
        with_missing_rows,
    )
    from sisfoh_desktop.modules.responsibilities.service.papers import (
        anexo01_pdf_bytes,
        anexo01_story,
        can_print,
        comparison_workbook,
        duties_story,
        gap_report_pdf_bytes,
        matrix_workbook,
        unit_sheets_pdf_bytes,
    )
    from sisfoh_desktop.modules.responsibilities.service.past import (
        history,
    )
    from sisfoh_desktop.modules.responsibilities.service.snapshots import (
        MatrixVersion,
        compare_versions,
        list_versions,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "evidence": (
                "add_evidence check_evidence_files evidence_file list_evidence record_evidence_in "
                "withdraw_evidence withdraw_record_in"
            ),
            "gaps": "list_due_duties list_gaps",
            "holding": "hold_matrix_in put_in_force_in release_matrix_in",
            "matrices": (
                "copy_matrix copy_matrix_in create_matrix create_matrix_in list_matrices load_matrix "
                "save_matrix set_matrix_state"
            ),
            "origins": "create_from_model list_missing_rows load_model with_missing_rows",
            "papers": (
                "anexo01_pdf_bytes anexo01_story can_print comparison_workbook duties_story "
                "gap_report_pdf_bytes matrix_workbook unit_sheets_pdf_bytes"
            ),
            "past": "history",
            "snapshots": "MatrixVersion compare_versions list_versions",
        },
    )

__all__ = [
    "MatrixVersion",
    "add_evidence",
    "anexo01_pdf_bytes",
    "anexo01_story",
    "can_print",
    "check_evidence_files",
    "compare_versions",
    "comparison_workbook",
    "copy_matrix",
    "copy_matrix_in",
    "create_from_model",
    "create_matrix",
    "create_matrix_in",
    "duties_story",
    "evidence_file",
    "gap_report_pdf_bytes",
    "history",
    "hold_matrix_in",
    "list_due_duties",
    "list_evidence",
    "list_gaps",
    "list_matrices",
    "list_missing_rows",
    "list_versions",
    "load_matrix",
    "load_model",
    "matrix_workbook",
    "put_in_force_in",
    "record_evidence_in",
    "release_matrix_in",
    "save_matrix",
    "set_matrix_state",
    "unit_sheets_pdf_bytes",
    "with_missing_rows",
    "withdraw_evidence",
    "withdraw_record_in",
]
