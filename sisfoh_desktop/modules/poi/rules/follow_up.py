"""Recording what was executed: what may stand in a cell, which months take it, when a motive is asked, evidence.

When a month is closed is in closing.py; the state that figures amount to, in states.py.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sisfoh_desktop.basics.cell_blocks import MAX_QUANTITY
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import MAX_AMOUNT
from sisfoh_desktop.basics.texts import clean_text, enumerated
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_NAMES,
    NO_MONTHS,
    Activity,
    Execution,
    Months,
    MonthState,
    PoiPlan,
    PoiVersion,
)

MOST_TEXT = 1_000
MOST_DOCUMENT = 200
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Motive:
    """One of the short list of motives of a deviation; `code` is what is stored."""

    code: str
    label: str


@dataclass(frozen=True)
class Evidence:
    """What proves an execution: a document named, a file kept under `sha256`, or both.

    `withdrawn` is why it no longer counts, empty while it does.
    """

    activity_id: int
    month: int
    document: str
    file_name: str = ""
    sha256: str = ""
    added_at: datetime | None = None
    added_by: str = ""
    withdrawn: str = ""
    id: int = 0
    version: int = 1


@dataclass(frozen=True)
class FollowedActivity:
    """An activity with everything told of its year: `cells` only the months somebody recorded, by month."""

    activity: Activity
    cells: dict[int, Execution]
    evidence: dict[int, int]
    """How many valid pieces of evidence each month has; months without any are not there."""

    def cell(self, month: int) -> Execution:
        """What is recorded of a month (1 to 12); version 0 where nothing is."""
        return self.cells.get(month) or Execution(self.activity.id, month)

    @property
    def executed(self) -> Months:
        """The twelve physical figures."""
        return _twelve({month: cell.physical for month, cell in self.cells.items()})

    @property
    def executed_money(self) -> Months:
        """The twelve amounts, in soles."""
        return _twelve({month: cell.money for month, cell in self.cells.items()})


@dataclass(frozen=True)
class FollowedPlan:
    """The plan as the month's grid needs it: one reading of one moment. Without version there are no activities."""

    plan: PoiPlan
    poi_version: PoiVersion | None
    months: tuple[MonthState, ...]
    activities: tuple[FollowedActivity, ...]


def _twelve(told: dict[int, Decimal | None]) -> Months:
    return tuple(told.get(month) for month in range(1, 13)) if told else NO_MONTHS


# -- months --------------------------------------------------------------------------------------------------


def has_begun(year: int, month: int, today: date) -> bool:
    """A month takes figures from its first day on."""
    return date(year, month, 1) <= today


def last_begun(year: int, today: date) -> int:
    """The last month (1 to 12) of a year that has begun; 0 where none has."""
    return 12 if today.year > year else today.month if today.year == year else 0


def open_months(months: Sequence[MonthState], year: int, today: date) -> list[int]:
    """The months (1 to 12) that take figures today, in order."""
    return [one.month for one in months if not one.closed and has_begun(year, one.month, today)]


def check_months_take(months: Sequence[MonthState], wanted: Collection[int], year: int, today: date) -> None:
    """RuleError `month_unknown`, `month_closed` or `month_not_begun`, naming the months that take nothing."""
    states = {one.month: one for one in months}
    if strange := [month for month in sorted(wanted) if month not in states]:
        raise RuleError(
            "month_unknown", f"{strange[0]} no es un mes del POI {year}; no se guardó nada. Actualice con F5."
        )
    if closed := [month for month in sorted(wanted) if states[month].closed]:
        raise RuleError(
            "month_closed",
            f"{_months_words(closed, 'está cerrado', 'están cerrados')} en el POI {year}; no se guardó nada. "
            "Si hay que corregir, reabra el mes con el documento que lo autoriza.",
        )
    check_months_begun(wanted, year, today)


def check_months_begun(wanted: Collection[int], year: int, today: date) -> None:
    """RuleError `month_not_begun`, naming the months that are still to come."""
    if strange := [month for month in sorted(wanted) if not 1 <= month <= len(MONTH_NAMES)]:
        raise RuleError("month_unknown", f"{strange[0]} no es un mes; no se guardó nada. Actualice con F5.")
    if early := [month for month in sorted(wanted) if not has_begun(year, month, today)]:
        raise RuleError(
            "month_not_begun",
            f"{_months_words(early, 'todavía no empieza', 'todavía no empiezan')}; no se guardó nada. "
            f"Se registra desde el {format_date(date(year, early[0], 1))}.",
        )


def month_name(month: int, year: int) -> str:
    """«marzo de 2024»."""
    return f"{MONTH_NAMES[month - 1]} de {year}"


def month_list(months: Sequence[int]) -> str:
    """«marzo», «marzo y abril», «enero, marzo y abril»."""
    return enumerated([MONTH_NAMES[month - 1] for month in months])


def _months_words(months: Sequence[int], one: str, many: str) -> str:
    words = month_list(months)
    return f"{words[0].upper()}{words[1:]} {one if len(months) == 1 else many}"


# -- cells ---------------------------------------------------------------------------------------------------


def check_cell(cell: Execution, motives: Collection[str]) -> Execution:
    """The cell as it will be kept.

    RuleError `quantity_invalid`, `amount_invalid`, `motive_unknown`, or for a text that is too long.
    """
    if cell.physical is not None:
        check_quantity(cell.physical)
    if cell.money is not None:
        _check_amount(cell.money)
    if cell.motive and cell.motive not in motives:
        raise RuleError(
            "motive_unknown", "Ese motivo no está en la lista; no se guardó nada. Elija uno de la lista."
        )
    return replace(
        cell,
        motive_text=clean_text(cell.motive_text, what="el motivo", limit=MOST_TEXT),
        corrective=clean_text(cell.corrective, what="la medida correctiva", limit=MOST_TEXT),
    )


def check_quantity(value: Decimal) -> None:
    """A physical figure is zero or more, with four decimals at most. RuleError `quantity_invalid`."""
    if not value.is_finite() or not 0 <= value <= MAX_QUANTITY or value != round(value, 4):
        raise RuleError(
            "quantity_invalid",
            "La cantidad va de 0 a 999 999 999 999, con cuatro decimales como máximo; no se guardó nada. Corríjala.",
        )


def _check_amount(value: Decimal) -> None:
    if not value.is_finite() or not 0 <= value <= MAX_AMOUNT or value != round(value, 2):
        raise RuleError(
            "amount_invalid",
            "El monto va de 0 a 999 999 999 999.99 soles, con dos decimales como máximo; no se guardó nada. Corríjalo.",
        )


def over(before: Execution, told: Execution) -> Execution:
    """What a file tells laid over what is recorded: where the file is blank, the record stands."""
    return replace(
        before,
        physical=before.physical if told.physical is None else told.physical,
        money=before.money if told.money is None else told.money,
        motive=told.motive or before.motive,
        motive_text=told.motive_text or before.motive_text,
        corrective=told.corrective or before.corrective,
    )


def is_blank(cell: Execution) -> bool:
    """Whether nothing at all is told."""
    return (
        cell.physical is None
        and cell.money is None
        and not (cell.motive or cell.motive_text or cell.corrective)
    )


def told_alike(one: Execution, other: Execution) -> bool:
    """Whether two cells say the same, whoever recorded them and when."""
    return (one.physical, one.money, one.motive, one.motive_text, one.corrective) == (
        other.physical, other.money, other.motive, other.motive_text, other.corrective,
    )  # fmt: skip


# -- deviations ----------------------------------------------------------------------------------------------


def needs_motive(plan: PoiPlan, programmed: Decimal | None, executed: Decimal | None) -> bool:
    """Whether a month's figure is so far from what was programmed for it that a motive is asked.

    Nothing is asked of a blank: it is owed, not departed. Anything executed where nothing was programmed is asked.
    """
    if executed is None:
        return False
    if not programmed:
        return bool(executed)
    least = programmed * (_HUNDRED - plan.tolerance_below)
    most = programmed * (_HUNDRED + plan.tolerance_above)
    return not least <= executed * _HUNDRED <= most


def owes_motive(plan: PoiPlan, activity: Activity, cell: Execution) -> bool:
    """Whether a motive is asked of the cell and none is told: neither one of the list nor words."""
    told = cell.motive or cell.motive_text
    return not told and needs_motive(plan, activity.programmed[cell.month - 1], cell.physical)


def deviation_words(programmed: Decimal | None, executed: Decimal) -> str:
    """«por debajo de lo programado», «por encima de lo programado» or «ejecutado sin programación»."""
    if not programmed:
        return "ejecutado sin programación"
    return "por debajo de lo programado" if executed < programmed else "por encima de lo programado"


# -- evidence ------------------------------------------------------------------------------------------------


def check_evidence(evidence: Evidence) -> Evidence:
    """The evidence as it will be kept: its document or description is required; of a file, its name and no folder."""
    return replace(
        evidence,
        document=clean_text(
            evidence.document,
            what="el documento o la descripción de la evidencia",
            limit=MOST_DOCUMENT,
            required=True,
            one_line=True,
        ),
        file_name=clean_text(
            re.split(r"[/\\]", evidence.file_name)[-1],
            what="el nombre del archivo",
            limit=200,
            one_line=True,
        ),
    )


def check_can_withdraw(evidence: Evidence, months: Sequence[MonthState], reason: str) -> str:
    """The reason as it is kept. RuleError `evidence_withdrawn`, `month_closed`, or for the reason."""
    if evidence.withdrawn:
        raise RuleError(
            "evidence_withdrawn", "Esa evidencia ya estaba retirada; no se cambió nada. Actualice con F5."
        )
    if any(one.closed for one in months if one.month == evidence.month):
        raise RuleError(
            "month_closed",
            f"{_months_words([evidence.month], 'está cerrado', '')}; su evidencia no se retira. Reabra el mes con el "
            "documento que lo autoriza.",
        )
    return clean_text(reason, what="el motivo", limit=MOST_TEXT, required=True)


def conflict_sentence(count: int) -> str:
    """What is said when somebody else saved some of the cells first."""
    cells = "una de estas celdas" if count == 1 else f"{count} de estas celdas"
    return (
        f"Otra persona guardó {cells} mientras usted escribía; lo de ella se conserva y lo suyo no se guardó. "
        "Compare y vuelva a guardar."
    )
