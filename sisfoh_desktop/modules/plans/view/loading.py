"""What one visit of the page to the base brings (on the worker), and how its list shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import Plan, PlanLine, PlanState
from sisfoh_desktop.modules.plans.view.record import state_tone
from sisfoh_desktop.modules.responsibilities import service as responsibilities
from sisfoh_desktop.modules.responsibilities.rules import MatrixLine
from sisfoh_desktop.qtkit.row_table import Column


@dataclass(frozen=True)
class Loaded:
    """What one visit to the base brings."""

    lines: list[PlanLine]
    plan: Plan | None
    units: list[Unit]
    matrices: list[MatrixLine]


def load_page(db: Any, plan_id: int, today: date) -> Loaded:
    """The list, the plan `plan_id` if there is one, and what its fields offer."""
    lines = service.list_plans(db)
    known = any(line.id == plan_id for line in lines)
    return Loaded(
        lines,
        service.load_plan(db, plan_id) if known else None,
        office.list_units(db, today),
        responsibilities.list_matrices(db),
    )


def plan_columns() -> list[Column]:
    """The list of plans."""
    return [
        Column("Año", lambda line: str(line.year), lambda line: line.year, "center", 72),
        Column("Plan", lambda line: line.short_name or line.title),
        Column("Distrito", lambda line: line.district, width=104),
        Column(
            "Hogares",
            lambda line: format_number(line.households),
            lambda line: line.households,
            "right",
            80,
        ),
        Column(
            "Monto asignado",
            lambda line: format_amount(line.amount),
            lambda line: line.amount,
            "right",
            136,
        ),
        Column(
            "Estado",
            lambda line: line.state_word,
            lambda line: list(PlanState).index(line.state),
            tone=state_tone,
            width=120,
        ),
    ]
