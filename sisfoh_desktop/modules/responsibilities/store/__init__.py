"""Reads and writes of matrices: takes a session, gives back facts. Rules and the trail are the service's affair."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.store.evidence import (
        DutyPlace,
        add_evidence,
        add_reversal,
        claim_duty,
        claim_linked,
        list_all_files,
        list_kept_files,
        list_of_matrix,
        list_of_record,
        load_evidence,
        proved_duties,
        record_duty_state,
    )
    from sisfoh_desktop.modules.responsibilities.store.matrices import (
        add_matrix,
        claim_hold,
        claim_version,
        list_matrices,
        load_in_force,
        load_matrix,
        record_changes,
        record_hold,
        record_state,
    )
    from sisfoh_desktop.modules.responsibilities.store.snapshots import (
        add_snapshot,
        list_snapshots,
        load_snapshot,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "evidence": (
                "DutyPlace add_evidence add_reversal claim_duty claim_linked list_all_files "
                "list_kept_files list_of_matrix list_of_record load_evidence proved_duties "
                "record_duty_state"
            ),
            "matrices": (
                "add_matrix claim_hold claim_version list_matrices load_in_force load_matrix "
                "record_changes record_hold record_state"
            ),
            "snapshots": "add_snapshot list_snapshots load_snapshot",
        },
    )

__all__ = [
    "DutyPlace",
    "add_evidence",
    "add_matrix",
    "add_reversal",
    "add_snapshot",
    "claim_duty",
    "claim_hold",
    "claim_linked",
    "claim_version",
    "list_all_files",
    "list_kept_files",
    "list_matrices",
    "list_of_matrix",
    "list_of_record",
    "list_snapshots",
    "load_evidence",
    "load_in_force",
    "load_matrix",
    "load_snapshot",
    "proved_duties",
    "record_changes",
    "record_duty_state",
    "record_hold",
    "record_state",
]
