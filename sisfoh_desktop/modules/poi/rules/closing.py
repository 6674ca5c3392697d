"""When a month may be closed and opened again: in order, with nothing owed or with a reason, with a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.texts import clean_text, counted
from sisfoh_desktop.modules.poi.rules.facts import MONTH_NAMES, Activity, Execution, MonthState, PoiPlan
from sisfoh_desktop.modules.poi.rules.follow_up import has_begun, month_name, owes_motive

_NAMED = 3  # activities in the sentence of a refusal
MOST_REASON = 1_000
MOST_DOCUMENT = 200


class EventKind(StrEnum):
    """What happened to a month."""

    CLOSING = "cierre"
    REOPENING = "reapertura"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class MonthEvent:
    """A closing or a reopening; counts are of what was still owed at that moment."""

    plan_id: int
    month: int
    kind: EventKind
    reason: str
    document: str
    pending: int
    unexplained: int
    happened_at: datetime
    happened_by: str


@dataclass(frozen=True)
class ClosingCheck:
    """What a month still owes: names of activities without a figure, and of those whose deviation nobody explained."""

    month: int
    pending: tuple[str, ...]
    unexplained: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not (self.pending or self.unexplained)


def check_of(plan: PoiPlan, month: int, cells: Iterable[tuple[Activity, Execution | None]]) -> ClosingCheck:
    """Of a month (1 to 12): each activity of the version on view with what is recorded of it, None where nothing."""
    pending, unexplained = [], []
    for activity, cell in cells:
        if cell is None or cell.physical is None:
            if activity.programmed[month - 1]:
                pending.append(activity_name(activity))
        elif owes_motive(plan, activity, cell):
            unexplained.append(activity_name(activity))
    return ClosingCheck(month, tuple(pending), tuple(unexplained))


def activity_name(activity: Activity) -> str:
    """The activity told apart: several units may have one of the same name."""
    return f"{activity.title} ({activity.unit_name})"


def next_to_close(months: Sequence[MonthState], year: int, today: date) -> int | None:
    """The first month that is neither closed nor still to come; None where there is none."""
    first = next((one.month for one in months if not one.closed), None)
    return first if first is not None and has_begun(year, first, today) else None


def check_can_close(
    months: Sequence[MonthState],
    month: int,
    *,
    plan: PoiPlan,
    today: date,
    check: ClosingCheck,
    reason: str,
) -> str:
    """The reason as it is kept; one is required only where something is owed.

    RuleError `month_unknown`, `month_closed`, `month_order`, `month_not_begun`, `month_incomplete` (naming what is
    owed), or for the reason.
    """
    state = state_of_month(months, month, plan.year)
    if state.closed:
        raise RuleError(
            "month_closed",
            f"{_capital(month_name(month, plan.year))} ya está cerrado; no se cambió nada. Actualice con F5.",
        )
    if not has_begun(plan.year, month, today):
        raise RuleError(
            "month_not_begun",
            f"{_capital(month_name(month, plan.year))} todavía no empieza; no se cerró. Espere a que termine.",
        )
    earlier = next((one.month for one in months if one.month < month and not one.closed), None)
    if earlier is not None:
        raise RuleError(
            "month_order",
            f"Los meses se cierran en orden y {MONTH_NAMES[earlier - 1]} sigue abierto; no se cerró nada. "
            f"Cierre primero {MONTH_NAMES[earlier - 1]}.",
        )
    kept = clean_text(reason, what="el motivo de cerrar con pendientes", limit=MOST_REASON)
    if not check.complete and not kept:
        raise RuleError("month_incomplete", incomplete_sentence(check, plan.year))
    return kept


def check_can_reopen(
    months: Sequence[MonthState], month: int, *, plan: PoiPlan, document: str, reason: str
) -> tuple[str, str]:
    """Document and reason as they are kept. RuleError `month_unknown`, `month_open`, or for what is missing."""
    if not state_of_month(months, month, plan.year).closed:
        raise RuleError(
            "month_open",
            f"{_capital(month_name(month, plan.year))} está abierto; no hay nada que reabrir. Actualice con F5.",
        )
    return (
        clean_text(
            document,
            what="el documento que autoriza reabrir",
            limit=MOST_DOCUMENT,
            required=True,
            one_line=True,
        ),
        clean_text(reason, what="el motivo de reabrir", limit=MOST_REASON, required=True),
    )


def state_of_month(months: Sequence[MonthState], month: int, year: int) -> MonthState:
    """The state of a month; RuleError `month_unknown`."""
    found = next((one for one in months if one.month == month), None)
    if found is None:
        raise RuleError(
            "month_unknown", f"{month} no es un mes del POI {year}; no se cambió nada. Actualice con F5."
        )
    return found


def incomplete_sentence(check: ClosingCheck, year: int) -> str:
    """Names the first activities of each sort."""
    parts = []
    if check.pending:
        told = counted(len(check.pending), "actividad no tiene", "actividades no tienen")
        parts.append(f"{told} ejecución registrada ({_names(check.pending)})")
    if check.unexplained:
        told = counted(len(check.unexplained), "desvío no tiene", "desvíos no tienen")
        parts.append(f"{told} motivo ({_names(check.unexplained)})")
    return (
        f"{_capital(month_name(check.month, year))} no se cerró: {'; '.join(parts)}. Complételo, o escriba por qué se "
        "cierra así."
    )


def _names(names: Sequence[str]) -> str:
    told = "; ".join(name if len(name) <= 90 else f"{name[:89]}…" for name in names[:_NAMED])
    return told + (f" y {len(names) - _NAMED} más" if len(names) > _NAMED else "")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
