"""What a plan de trabajo is made of. Amounts are soles as Decimal with céntimos; days are dates; 0 is "not told"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO = Decimal("0.00")


class PlanState(StrEnum):
    """A draft is edited; an approved one stays as the resolución printed it; a closed one is only read."""

    DRAFT = "borrador"
    APPROVED = "aprobado"
    CLOSED = "cerrado"

    @property
    def label(self) -> str:
        """The word on screens."""
        return self.value.capitalize()


class Phase(StrEnum):
    """The three phases of the minimum outline."""

    PREPARATION = "preparatoria"
    EXECUTION = "ejecucion"
    CLOSING = "cierre"

    @property
    def label(self) -> str:
        """The word on screens and papers."""
        return {"preparatoria": "Preparatoria", "ejecucion": "Ejecución", "cierre": "Cierre"}[self.value]


class SectionKind(StrEnum):
    """The sections of the minimum outline, and `other` for what an office adds."""

    COVER = "cover"
    INTRODUCTION = "introduction"
    JUSTIFICATION = "justification"
    LEGAL_FRAMEWORK = "legal_framework"
    OBJECTIVES = "objectives"
    ZONE = "zone"
    STRATEGY = "strategy"
    PHASES = "phases"
    STAFF = "staff"
    MATERIALS = "materials"
    MATRIX = "matrix"
    BUDGET = "budget"
    SCHEDULE = "schedule"
    FOLLOW_UP = "follow_up"
    ANNEXES = "annexes"
    OTHER = "other"


@dataclass(frozen=True)
class CodeName:
    """A code of the budget system, as text with its zeros, and its name."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class FunctionalChain:
    """One line of the estructura funcional programática with what is assigned to it; `product` may be empty."""

    programme: CodeName = CodeName()
    product: CodeName = CodeName()
    activity: CodeName = CodeName()
    function: CodeName = CodeName()
    division: CodeName = CodeName()
    group: CodeName = CodeName()
    source: CodeName = CodeName()
    rubro: CodeName = CodeName()
    generic: CodeName = CodeName()
    amount: Decimal = ZERO


@dataclass(frozen=True)
class AlignedObjective:
    """An objective of another instrument (PDLC, PEI) that the plan serves, or the plan's own."""

    instrument: str
    text: str
    code: str = ""
    instrument_name: str = ""


@dataclass(frozen=True)
class PlanSection:
    """A section in the plan's order; an empty line of `text` or a line end parts its paragraphs."""

    kind: SectionKind
    title: str
    text: str = ""


@dataclass(frozen=True)
class Zone:
    """A zone of intervention; `manzana` is the INEI code of a block, `households` the estimate."""

    name: str
    settlement: str = ""
    manzana: str = ""
    stratum: str = ""
    lot_type: str = ""
    households: int = 0
    route: str = ""
    priority: str = ""


@dataclass(frozen=True)
class Activity:
    """A task of the schedule: product, goal in its unit of measure, days, who answers and what it may spend."""

    phase: Phase
    activity: str
    task: str = ""
    product: str = ""
    measure: str = ""
    target: int = 0
    starts: date | None = None
    ends: date | None = None
    responsible: str = ""
    budget: Decimal = ZERO


@dataclass(frozen=True)
class BudgetLine:
    """What is spent under one clasificador (`2.3`, `2.3.2 9.1 1`)."""

    code: str
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Plan:
    """A whole plan; `version` guards all its parts, id 0 is one not yet kept.

    `households` is the goal, `estimated_households` what the directive's annex counts for the district under
    `annex_code`; `ubigeo` is of the INEI catalogue; `unit_id` is the office unit that proposes the plan. `held_by`
    is the number of the frozen act that printed it and waits for its signatures, empty when none does.
    """

    title: str
    year: int
    short_name: str = ""
    campaign: str = ""
    state: PlanState = PlanState.DRAFT
    district: str = ""
    ubigeo: str = ""
    annex_code: str = ""
    estimated_households: int = 0
    households: int = 0
    amount: Decimal = ZERO
    starts: date | None = None
    ends: date | None = None
    objective: str = ""
    unit_id: int | None = None
    executing_unit: str = ""
    cost_centre: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    matrix_id: int | None = None
    chains: tuple[FunctionalChain, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    objectives: tuple[AlignedObjective, ...] = ()
    activities: tuple[Activity, ...] = ()
    zones: tuple[Zone, ...] = ()
    sections: tuple[PlanSection, ...] = ()
    id: int = 0
    version: int = 0
    held_by: str = ""

    @property
    def can_edit(self) -> bool:
        return self.state is PlanState.DRAFT and not self.held_by

    @property
    def state_word(self) -> str:
        """Its state as it is told: what an act froze is no draft to whoever looks at it."""
        return _state_word(self.state, self.held_by)

    @property
    def budget_total(self) -> Decimal:
        return total(line.amount for line in self.budget)

    @property
    def chain_total(self) -> Decimal:
        return total(chain.amount for chain in self.chains)

    @property
    def zone_households(self) -> int:
        return sum(zone.households for zone in self.zones)


@dataclass(frozen=True)
class PlanLine:
    """A plan in the list."""

    id: int
    title: str
    short_name: str
    year: int
    district: str
    households: int
    amount: Decimal
    state: PlanState
    version: int
    held_by: str = ""

    @property
    def state_word(self) -> str:
        """As that of the plan."""
        return _state_word(self.state, self.held_by)


def _state_word(state: PlanState, held_by: str) -> str:
    return "Congelado" if held_by and state is PlanState.DRAFT else state.label


class Severity(StrEnum):
    """`blocks` keeps the plan out of a resolución; `warns` does not."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Finding:
    """Something the plan's figures, dates or texts do not agree on; `where` is the tab that cures it."""

    code: str
    severity: Severity
    where: str
    text: str


def cost_per_household(plan: Plan) -> Decimal | None:
    """Soles per household of the goal, to the céntimo; None without a goal."""
    if not plan.households:
        return None
    return (plan.amount / plan.households).quantize(ZERO, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Their sum, 0.00 for none."""
    return sum(amounts, ZERO)
