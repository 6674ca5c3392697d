"""How matrices, their units and their duties lie in the database.

The matrix is the whole that people share: its `version` guards its units and duties as well. Evidence and
snapshots are only ever added; the database itself refuses to change or delete them.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.tables.evidence import (
        DutyEvidenceRow,
    )
    from sisfoh_desktop.modules.responsibilities.tables.matrix import (
        ResponsibilityDutyRow,
        ResponsibilityMatrixRow,
        ResponsibilityUnitRow,
    )
    from sisfoh_desktop.modules.responsibilities.tables.snapshots import (
        ResponsibilitySnapshotRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "evidence": "DutyEvidenceRow",
            "matrix": "ResponsibilityDutyRow ResponsibilityMatrixRow ResponsibilityUnitRow",
            "snapshots": "ResponsibilitySnapshotRow",
        },
    )

__all__ = [
    "DutyEvidenceRow",
    "ResponsibilityDutyRow",
    "ResponsibilityMatrixRow",
    "ResponsibilitySnapshotRow",
    "ResponsibilityUnitRow",
]
