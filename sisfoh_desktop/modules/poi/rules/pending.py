"""What the POI asks of the office on a day, for Mi bandeja. Plain Python over facts that the service gathered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.pending import Pending
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.closing import check_of
from sisfoh_desktop.modules.poi.rules.facts import Activity, Execution, MonthState, PoiPlan, PoiVersion
from sisfoh_desktop.modules.poi.rules.follow_up import has_begun, month_name

REMINDED_FROM = 10
"""Day of the month in which a month falls due from which its closing is asked for."""
_NAMED = 3


class PendingKind(StrEnum):
    """The record that a line opens, as the window names it: the month as 202402, the plan of rows in quarantine."""

    MONTH = "poi.month"
    VERSION = "poi.version"
    QUARANTINE = "poi.quarantine"


@dataclass(frozen=True)
class OwedMonth:
    """What the month to close owes, counted: units that reported nothing of what they had programmed, cells."""

    month: int
    silent_units: tuple[str, ...]
    pending: int
    unexplained: int


def owed_of(plan: PoiPlan, month: int, cells: Iterable[tuple[Activity, Execution | None]]) -> OwedMonth:
    """Of each activity of the version on view with what is recorded of it in the month (1 to 12)."""
    told = list(cells)
    check = check_of(plan, month, told)
    reported: dict[str, bool] = {}
    for activity, cell in told:
        if activity.programmed[month - 1]:
            has_told = cell is not None and cell.physical is not None
            reported[activity.unit_name] = reported.get(activity.unit_name, False) or has_told
    silent = tuple(name for name, has_told in reported.items() if not has_told)
    return OwedMonth(month, silent, len(check.pending), len(check.unexplained))


def month_asked(plan: PoiPlan, states: Sequence[MonthState], today: date) -> MonthState | None:
    """The first open month, once its closing is asked for: from the 10th of the month in which it falls due."""
    state = next((one for one in states if not one.closed), None)
    if state is None or not has_begun(plan.year, state.month, today) or today < _asked_from(state):
        return None
    return state


def to_close(plan: PoiPlan, state: MonthState, owed: OwedMonth) -> list[Pending]:
    """The closing of a month, and what it waits for: units that said nothing, deviations without motive."""
    name = month_name(state.month, plan.year)

    def line(title: str, detail: str) -> Pending:
        return Pending(PendingKind.MONTH, plan.year * 100 + state.month, title, detail, state.due_on)

    lines = [line(f"Cierre {name} del POI", _owed_words(owed) or "Está completo: solo falta cerrarlo")]
    if owed.silent_units:
        count = len(owed.silent_units)
        told = counted(count, "unidad no informó", "unidades no informaron")
        lines.append(line(f"{told} {name}", _listed(owed.silent_units)))
    if owed.unexplained:
        told = counted(owed.unexplained, "desvío", "desvíos")
        lines.append(
            line(f"{told} de {name} sin motivo", "Pregunte a la unidad y escríbalo en Seguimiento (F7)")
        )
    return lines


def to_settle(plan: PoiPlan, rows: int) -> list[Pending]:
    """Rows of imported tables that nobody has settled."""
    if not rows:
        return []
    return [
        Pending(
            PendingKind.QUARANTINE,
            plan.id,
            f"{counted(rows, 'fila', 'filas')} del POI {plan.year} en cuarentena",
            "No cuadran en el archivo; elija su lectura en Importación",
            None,
        )
    ]


def to_approve(plan: PoiPlan, draft: PoiVersion | None) -> list[Pending]:
    """A version that still is a draft: it has no resolution."""
    if draft is None:
        return []
    return [
        Pending(
            PendingKind.VERSION,
            draft.id,
            f"{draft.name} {plan.year} sin resolución",
            "Es un borrador; apruébelo en Versiones cuando tenga su resolución",
            None,
        )
    ]


def _asked_from(state: MonthState) -> date:
    return state.due_on.replace(day=min(REMINDED_FROM, state.due_on.day))


def _owed_words(owed: OwedMonth) -> str:
    parts = []
    if owed.pending:
        parts.append(counted(owed.pending, "actividad sin informar", "actividades sin informar"))
    if owed.unexplained:
        parts.append(counted(owed.unexplained, "desvío sin motivo", "desvíos sin motivo"))
    return "; ".join(parts)


def _listed(names: Sequence[str]) -> str:
    told = "; ".join(names[:_NAMED])
    return told + (f" y {len(names) - _NAMED} más" if len(names) > _NAMED else "")
