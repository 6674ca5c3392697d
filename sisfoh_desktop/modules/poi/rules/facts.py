"""Facts of the POI: the plan of a year, its versions, activities and their months, what was executed, closed months.

Twelve values always stand in a tuple, January first; None is a blank, and a blank is not a zero. What is reckoned from
them is in the other files of this folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Months = tuple[Decimal | None, ...]

NO_MONTHS: Months = (None,) * 12
MONTH_CODES = ("ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC")
MONTH_NAMES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
QUARTER_NAMES = ("I", "II", "III", "IV")


class Stage(StrEnum):
    """What a version of the POI is, in the order of its life (guide of CEPLAN, RPCD 0055-2024)."""

    APPROVED = "aprobado"
    ADJUSTED = "ajustado"
    CONSISTENT = "consistente"
    MODIFIED = "modificado"


class Nature(StrEnum):
    """An operating activity (AOI…) or an investment (CUI)."""

    ACTIVITY = "actividad"
    INVESTMENT = "inversion"


class GoalKind(StrEnum):
    """Whether months add up to the goal, or each tells the level reached so far («acumulado»)."""

    SUM = "suma"
    STOCK = "acumulado"


class Direction(StrEnum):
    """Whether more is better, or less (complaints, days of delay)."""

    MORE = "mas"
    LESS = "menos"


@dataclass(frozen=True)
class Band:
    """A band of the semaphore: from `lower` per cent on (itself included or not) up to the next one.

    `tone` is a token of colour (bad, warn, good, info, mute) and `shape` a sign that tells it without colour
    (square, triangle, circle, diamond, ring, cross).
    """

    label: str
    lower: Decimal
    inclusive: bool
    tone: str
    shape: str


@dataclass(frozen=True)
class PoiPlan:
    """The POI of a year. Tolerances are in per cent of what was programmed: beyond them a motive is asked."""

    id: int
    year: int
    title: str
    bands: tuple[Band, ...]
    tolerance_below: Decimal
    tolerance_above: Decimal
    version: int = 1


@dataclass(frozen=True)
class PoiVersion:
    """A full snapshot of the plan. Without `approved_at` it is a draft; `number` counts the modified ones (else 0).

    `first_month` is the first one it may change (1: the whole year); `document` its resolution, in words.
    """

    id: int
    plan_id: int
    stage: Stage
    number: int
    first_month: int = 1
    document: str = ""
    document_date: date | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    note: str = ""
    based_on_id: int | None = None
    version: int = 1

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None

    @property
    def name(self) -> str:
        """«POI aprobado», «POI modificado 2»."""
        return f"POI {self.stage.value} {self.number}" if self.number else f"POI {self.stage.value}"


@dataclass(frozen=True)
class MeasureUnit:
    """A unidad de medida of the catalogue; `code` is CEPLAN's own number, often unknown."""

    id: int
    code: str
    name: str
    version: int = 1


@dataclass(frozen=True)
class Activity:
    """An activity as one version programmes it: `id` is the activity's own in every version, `row_id` this version's.

    `annual` is the physical goal of the year, `annual_money` the financial one in soles. Codes are text.
    """

    unit_name: str
    title: str
    measure: str
    annual: Decimal | None = None
    programmed: Months = NO_MONTHS
    annual_money: Decimal | None = None
    programmed_money: Months = NO_MONTHS
    code: str = ""
    nature: Nature = Nature.ACTIVITY
    goal_kind: GoalKind = GoalKind.SUM
    direction: Direction = Direction.MORE
    oei: str = ""
    aei: str = ""
    centro_costo: str = ""
    category: str = ""
    product: str = ""
    budget_activity: str = ""
    function: str = ""
    division: str = ""
    group: str = ""
    budget_goal: str = ""
    ubigeo: str = ""
    priority: str = ""
    measure_id: int = 0
    order: int = 0
    id: int = 0
    row_id: int = 0
    version: int = 1


@dataclass(frozen=True)
class Execution:
    """What was executed of an activity in a month (1 to 12), with why it departed from what was programmed.

    A blank `physical` with a motive is a month whose figure is still owed. `imported`: it came from a file, so that
    the day it was reported is not known.
    """

    activity_id: int
    month: int
    physical: Decimal | None = None
    money: Decimal | None = None
    motive: str = ""
    motive_text: str = ""
    corrective: str = ""
    imported: bool = False
    registered_at: datetime | None = None
    registered_by: str = ""
    version: int = 0


@dataclass(frozen=True)
class MonthState:
    """A month of the plan: until when it should be closed, and since when it is."""

    plan_id: int
    month: int
    due_on: date
    closed_at: datetime | None = None
    closed_by: str = ""
    version: int = 1

    @property
    def closed(self) -> bool:
        return self.closed_at is not None


@dataclass(frozen=True)
class ActivityYear:
    """An activity with its year: programmed by the version on view, executed so far."""

    activity: Activity
    executed: Months = NO_MONTHS
    executed_money: Months = NO_MONTHS
    notes: tuple[Execution, ...] = ()
    """Only the months that tell a motive or a corrective measure."""


@dataclass(frozen=True)
class PoiYear:
    """All of a year that screens, charts and papers reckon from: one reading of the database."""

    plan: PoiPlan
    poi_version: PoiVersion
    activities: tuple[ActivityYear, ...]
    months: tuple[MonthState, ...] = field(default=())

    @property
    def last_executed(self) -> int:
        """The last month (1 to 12) with anything executed; 0 for none."""
        return max((last_month(one.executed) for one in self.activities), default=0)


def last_month(months: Sequence[Decimal | None]) -> int:
    """The last month (1 to 12) that is not blank; 0 where all are."""
    return next((number for number in range(12, 0, -1) if months[number - 1] is not None), 0)


def months_of_quarter(quarter: int) -> range:
    """The months of a quarter (1 to 4): 3 -> 7, 8, 9."""
    return range(3 * quarter - 2, 3 * quarter + 1)


def value_over(months: Sequence[Decimal | None], wanted: Sequence[int], kind: GoalKind) -> Decimal | None:
    """What some months (1 to 12, ascending) come to: their sum, or the last level told; None where all are blank."""
    told = [value for value in (months[number - 1] for number in wanted) if value is not None]
    if not told:
        return None
    return sum(told, Decimal(0)) if kind is GoalKind.SUM else told[-1]


def quarter_value(months: Sequence[Decimal | None], quarter: int, kind: GoalKind) -> Decimal | None:
    """What a quarter (1 to 4) comes to."""
    return value_over(months, months_of_quarter(quarter), kind)


def value_to_date(months: Sequence[Decimal | None], month: int, kind: GoalKind) -> Decimal | None:
    """What the year comes to up to a month (1 to 12), itself included."""
    return value_over(months, range(1, month + 1), kind)
