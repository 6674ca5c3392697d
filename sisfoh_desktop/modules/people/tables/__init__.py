"""How users, their roles, absences, recovery sheets and the reviews of accesses lie in the database."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.people.tables.absences import (
        UserAbsenceRow,
    )
    from sisfoh_desktop.modules.people.tables.reviews import (
        AccessReviewRow,
    )
    from sisfoh_desktop.modules.people.tables.sheets import (
        RecoverySheetRow,
    )
    from sisfoh_desktop.modules.people.tables.users import (
        UserRoleRow,
        UserRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "absences": "UserAbsenceRow",
            "reviews": "AccessReviewRow",
            "sheets": "RecoverySheetRow",
            "users": "UserRoleRow UserRow",
        },
    )

__all__ = [
    "AccessReviewRow",
    "RecoverySheetRow",
    "UserAbsenceRow",
    "UserRoleRow",
    "UserRow",
]
