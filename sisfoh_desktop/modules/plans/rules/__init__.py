"""Facts and checks of a plan de trabajo: figures, codes, dates, sections. Plain Python; one file a subject."""

from typing import TYPE_CHECKING

from sisfoh_desktop.basics.late_names import late_names

if TYPE_CHECKING:
    from sisfoh_desktop.modules.plans.rules.chain import (
        LEVELS,
        ChainLevel,
        belongs_to,
        chain_faults,
        clean_code,
        is_classifier,
        level_of,
    )
    from sisfoh_desktop.modules.plans.rules.checks import (
        check_can_use_in_resolucion,
        check_plan,
        difference_text,
        households_text,
    )
    from sisfoh_desktop.modules.plans.rules.facts import (
        ZERO,
        Activity,
        AlignedObjective,
        BudgetLine,
        CodeName,
        Finding,
        FunctionalChain,
        Phase,
        Plan,
        PlanLine,
        PlanSection,
        PlanState,
        SectionKind,
        Severity,
        Zone,
        cost_per_household,
        total,
    )
    from sisfoh_desktop.modules.plans.rules.outline import (
        OUTLINE,
        missing_sections,
        outline_sections,
        paragraphs_of,
    )
    from sisfoh_desktop.modules.plans.rules.period import (
        Week,
        month_text,
        period_text,
        runs_in,
        schedule_weeks,
    )
    from sisfoh_desktop.modules.plans.rules.writing import (
        check_can_change_state,
        check_can_edit,
        check_not_held,
        clean_activity,
        clean_budget_line,
        clean_chain,
        clean_objective,
        clean_plan,
        clean_section,
        clean_zone,
        copied,
    )
else:
    __getattr__ = late_names(
        __name__,
        {
            "chain": "LEVELS ChainLevel belongs_to chain_faults clean_code is_classifier level_of",
            "checks": "check_can_use_in_resolucion check_plan difference_text households_text",
            "facts": (
                "ZERO Activity AlignedObjective BudgetLine CodeName Finding FunctionalChain Phase Plan "
                "PlanLine PlanSection PlanState SectionKind Severity Zone cost_per_household total"
            ),
            "outline": "OUTLINE missing_sections outline_sections paragraphs_of",
            "period": "Week month_text period_text runs_in schedule_weeks",
            "writing": (
                "check_can_change_state check_can_edit check_not_held clean_activity clean_budget_line "
                "clean_chain clean_objective clean_plan clean_section clean_zone copied"
            ),
        },
    )

__all__ = [
    "LEVELS",
    "OUTLINE",
    "ZERO",
    "Activity",
    "AlignedObjective",
    "BudgetLine",
    "ChainLevel",
    "CodeName",
    "Finding",
    "FunctionalChain",
    "Phase",
    "Plan",
    "PlanLine",
    "PlanSection",
    "PlanState",
    "SectionKind",
    "Severity",
    "Week",
    "Zone",
    "belongs_to",
    "chain_faults",
    "check_can_change_state",
    "check_can_edit",
    "check_can_use_in_resolucion",
    "check_not_held",
    "check_plan",
    "clean_activity",
    "clean_budget_line",
    "clean_chain",
    "clean_code",
    "clean_objective",
    "clean_plan",
    "clean_section",
    "clean_zone",
    "copied",
    "cost_per_household",
    "difference_text",
    "households_text",
    "is_classifier",
    "level_of",
    "missing_sections",
    "month_text",
    "outline_sections",
    "paragraphs_of",
    "period_text",
    "runs_in",
    "schedule_weeks",
    "total",
]
