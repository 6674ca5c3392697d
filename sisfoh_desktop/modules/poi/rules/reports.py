"""Papers of the POI: their kinds, what each prints, how lists show them. Plain Python.

Their sentences are in `report_words.py`; numbers, rounds and archive are the papers module's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.document_numbers import proposed_mask
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.poi.rules.by_measure import MeasureLine, by_measure
from sisfoh_desktop.modules.poi.rules.by_unit import (
    StateHead,
    Tally,
    UnitLine,
    by_unit,
    state_heads,
    tally_of,
)
from sisfoh_desktop.modules.poi.rules.exceptions import (
    ExceptionLine,
    exceptions_of,
    states_until,
)
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_NAMES,
    QUARTER_NAMES,
    MonthState,
    PoiPlan,
    PoiVersion,
    PoiYear,
    months_of_quarter,
)
from sisfoh_desktop.modules.poi.rules.quarter_table import QuarterTable, quarter_table
from sisfoh_desktop.modules.poi.rules.remaining import RemainingLine, remaining_of

REPORT_SERIES = "poi_report"


class ReportKind(StrEnum):
    """What a paper of the POI is; the value is what the database holds."""

    QUARTER = "trimestral"
    UNIT = "ficha"

    @property
    def label(self) -> str:
        """The name on screens."""
        return "Informe trimestral" if self is ReportKind.QUARTER else "Ficha ejecutiva"

    @property
    def paper_kind(self) -> str:
        """Its key among the papers of the office."""
        return f"poi_{self.value}"


class ChartKind(StrEnum):
    """What a chart shows."""

    MONTHS = "meses"
    CUMULATIVE = "acumulado"
    HEAT = "mapa"


@dataclass(frozen=True)
class ReportLine:
    """A paper of the POI as lists show it; `living` until it is annulled or observed."""

    id: int
    paper_id: int
    kind: ReportKind
    quarter: int
    unit_name: str
    number_text: str
    title: str
    dated: date
    made_by: str
    version_name: str
    subject: str
    state: str
    living: bool
    signed_count: int
    signer_count: int
    next_signer: str


@dataclass(frozen=True)
class QuarterReport:
    """What a report prints: the year up to a quarter (1 to 4), the whole plan or one unit of it.

    Its figures reach to `table.until`; `waiting` are the months of the quarter after it, which nobody owes yet, and
    `terms` until when those that have not come due may be told.
    `number` is its number as printed, empty on a copy for work; `place` where it is dated; `motives` the words of the
    short list by their code.
    """

    plan: PoiPlan
    poi_version: PoiVersion
    quarter: int
    unit_name: str
    dated: date
    table: QuarterTable
    exceptions: tuple[ExceptionLine, ...]
    units: tuple[UnitLine, ...]
    measures: tuple[MeasureLine, ...]
    remaining: tuple[RemainingLine, ...]
    heads: tuple[StateHead, ...]
    whole: Tally
    open_months: tuple[int, ...]
    waiting: tuple[MonthState, ...]
    terms: Mapping[int, date]
    motives: Mapping[str, str]
    number: str = ""
    place: str = ""
    quarantined: int = 0
    """Rows of imported tables that still wait for somebody's reading: they are not in the report."""

    @property
    def title(self) -> str:
        return f"{report_title(self.plan, self.quarter)}{self.advance_words.upper()}"

    @property
    def is_partial(self) -> bool:
        """Whether the figures end before the quarter does."""
        return self.table.until < months_of_quarter(self.quarter)[-1]

    @property
    def advance_words(self) -> str:
        """« (avance a febrero)» in titles of a quarter that is not over; nothing otherwise."""
        return f" (avance a {MONTH_NAMES[self.table.until - 1]})" if self.is_partial else ""

    @property
    def version_words(self) -> str:
        return version_words(self.poi_version)


def report_of(
    year: PoiYear,
    quarter: int,
    *,
    dated: date,
    motives: Mapping[str, str],
    unit_name: str = "",
    number: str = "",
    place: str = "",
    quarantined: int = 0,
) -> QuarterReport:
    """The report of a quarter, reckoned in one pass over the states.

    RuleError `quarter_unknown`, `report_empty` (no activity) or `unit_unknown`.
    """
    check_quarter(quarter)
    kept = year if not unit_name else _of_unit(year, unit_name)
    if not kept.activities:
        raise RuleError(
            "report_empty",
            f"El POI {year.plan.year} no tiene actividades; no se hizo el informe. Impórtelas o escríbalas primero.",
        )
    until = reported_until(year, quarter, dated)
    states = states_until(kept, until)
    heads = state_heads(kept.plan.bands)
    return QuarterReport(
        plan=kept.plan,
        poi_version=kept.poi_version,
        quarter=quarter,
        unit_name=unit_name,
        dated=dated,
        table=quarter_table(kept, until, states),
        exceptions=exceptions_of(kept, until, states),
        units=by_unit(kept, until, states),
        measures=by_measure(kept, until, states),
        remaining=remaining_of(kept, quarter),
        heads=heads,
        whole=tally_of(states, heads),
        open_months=tuple(one.month for one in year.months if one.month <= until and not one.closed),
        waiting=tuple(one for one in year.months if until < one.month <= months_of_quarter(quarter)[-1]),
        terms={one.month: one.due_on for one in year.months if not one.closed and one.due_on >= dated},
        motives=motives,
        number=number,
        place=place,
        quarantined=quarantined,
    )


def reported_until(year: PoiYear, quarter: int, today: date) -> int:
    """The last month (1 to 12) of the report of a quarter on a day.

    The last one of which anything was told, was closed, or is overdue: what is not due yet is not called owed.
    """
    end = months_of_quarter(quarter)[-1]
    due = max((one.month for one in year.months if one.closed or one.due_on < today), default=0)
    return min(end, max(year.last_executed, due, 1))


def check_quarter(quarter: int) -> None:
    """RuleError `quarter_unknown`."""
    if quarter not in range(1, 5):
        raise RuleError("quarter_unknown", "El trimestre va de 1 a 4; no se hizo el informe.")


def check_can_freeze(report: QuarterReport) -> None:
    """A quarter of which nothing at all was told is not reported. RuleError `quarter_not_executed`."""
    months = months_of_quarter(report.quarter)
    told = any(row.row.executed[month - 1] is not None for row in report.table.rows for month in months)
    if not told:
        raise RuleError(
            "quarter_not_executed",
            f"Del {QUARTER_NAMES[report.quarter - 1]} trimestre de {report.plan.year} no se registró ningún mes; no se "
            "hizo el informe. Registre la ejecución o elija otro trimestre.",
        )


def subject_of(report: QuarterReport, kind: ReportKind) -> str:
    """What a paper is about, the same for the one that replaces it after it was annulled or observed.

    The number is below zero, so that it is no report's id: the plan, or the unit's first activity, then the quarter.
    """
    unit = kind is ReportKind.UNIT
    key = min(row.row.activity.id for row in report.table.rows) if unit else report.plan.id
    return f"poi.report:-{(2 * key + unit) * 10 + report.quarter}"


def plan_or_activity(part: int) -> tuple[int, bool]:
    """What a number of `subject_of` is about: the plan's id, or an activity's and True."""
    key, unit = divmod(-part // 10, 2)
    return key, bool(unit)


def paper_title(report: QuarterReport, kind: ReportKind) -> str:
    """«Informe del POI 2019 al III trimestre», «Ficha ejecutiva del POI 2019 al III trimestre: GERENCIA…»."""
    word = "Informe" if kind is ReportKind.QUARTER else kind.label
    about = f": {report.unit_name}" if report.unit_name else ""
    quarter = f"{QUARTER_NAMES[report.quarter - 1]} trimestre{report.advance_words}"
    return f"{word} del POI {report.plan.year} al {quarter}{about}"


def report_title(plan: PoiPlan, quarter: int) -> str:
    """«PLAN OPERATIVO INSTITUCIONAL 2019 - EJECUCIÓN AL III TRIMESTRE», as the offices have always headed it."""
    title = " ".join((plan.title or f"Plan Operativo Institucional {plan.year}").split()).upper()
    return f"{title} - EJECUCIÓN AL {QUARTER_NAMES[quarter - 1]} TRIMESTRE"


def version_words(version: PoiVersion) -> str:
    """Which version is told and what approved it."""
    name = version.name
    if not version.document:
        return f"{name}, sin resolución registrada"
    day = f" del {format_date(version.document_date)}" if version.document_date else ""
    return f"{name}, {version.document}{day}"


def series_proposal(entity_siglas: str, unit_siglas: str) -> tuple[str, str]:
    """Title and mask proposed for the series of reports: `{n:03d}-{year}-OPP/MPT`."""
    return "Informes del POI", proposed_mask(unit_siglas or "POI", entity_siglas)


def _of_unit(year: PoiYear, unit_name: str) -> PoiYear:
    kept = tuple(one for one in year.activities if one.activity.unit_name == unit_name)
    if not kept:
        raise RuleError(
            "unit_unknown",
            f"La unidad «{unit_name}» no tiene actividades en el POI {year.plan.year}; no se hizo la ficha. "
            "Actualice con F5 y elija otra.",
        )
    return replace(year, activities=kept)
