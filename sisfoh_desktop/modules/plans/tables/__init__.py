"""How plans and their parts lie in the database.

The plan is the whole that people share: its `version` guards its parts, which are replaced with it. Texts have
the length that `rules.writing` allows.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.plans.tables.parts import (
        PlanActivityRow,
        PlanBudgetLineRow,
        PlanChainRow,
        PlanObjectiveRow,
        PlanSectionRow,
        PlanZoneRow,
    )
    from sisfoh_desktop.modules.plans.tables.plan import (
        PlanRow,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "parts": (
                "PlanActivityRow PlanBudgetLineRow PlanChainRow PlanObjectiveRow PlanSectionRow PlanZoneRow"
            ),
            "plan": "PlanRow",
        },
    )

__all__ = [
    "PlanActivityRow",
    "PlanBudgetLineRow",
    "PlanChainRow",
    "PlanObjectiveRow",
    "PlanRow",
    "PlanSectionRow",
    "PlanZoneRow",
]
