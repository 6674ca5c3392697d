"""What the page asks the base for, and the columns of its list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.workdays import Calendar
from sisfoh_desktop.modules.expedientes import service
from sisfoh_desktop.modules.expedientes.rules import ExpedienteLine
from sisfoh_desktop.modules.expedientes.view.party_field import Correspondents
from sisfoh_desktop.modules.expedientes.view.record import STATE_TONES
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.plans import service as plans
from sisfoh_desktop.modules.plans.rules import PlanLine
from sisfoh_desktop.qtkit.row_table import Column


@dataclass(frozen=True)
class Loaded:
    """What one visit to the base brings."""

    lines: list[ExpedienteLine]
    plans: list[PlanLine]
    correspondents: Correspondents
    view: service.ExpedienteView | None
    calendar: Calendar
    report_days: int | None


def load_all(db: Any, wanted: int, today: date) -> Loaded:
    """The list, the plans, whom the office writes with, and the expediente `wanted` if it is there."""
    lines = service.list_expedientes(db)
    known = any(line.id == wanted for line in lines)
    return Loaded(
        lines,
        plans.list_plans(db),
        Correspondents(office.list_units(db, today), office.list_bodies(db, today)),
        service.view_expediente(db, wanted, today) if known else None,
        office.calendar(db),
        _report_days(db, today),
    )


def _report_days(db: Any, today: date) -> int | None:
    """The usual term of an opinion; None where the office ended it without another."""
    try:
        return service.report_days(db, today)
    except RuleError:
        return None


def list_columns() -> list[Column]:
    """Subject, code, last document, who has it since when, state."""
    return [
        Column("Asunto", lambda line: line.title),
        Column("Código", lambda line: line.code or line.registry, width=96),
        Column("Último documento", lambda line: line.last_document, width=196),
        Column("Lo tiene", lambda line: line.holder, width=96),
        Column("Desde", _since, lambda line: line.since, "center", 92),
        Column(
            "Estado",
            lambda line: line.state.label,
            tone=lambda line: STATE_TONES[line.state],
            width=132,
        ),
    ]


def _since(line: ExpedienteLine) -> str:
    return format_date(line.since) if line.since else ""
