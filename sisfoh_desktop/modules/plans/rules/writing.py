"""What a clerk types into a plan: cleaned, measured, or refused with a sentence; and last year's plan as a template.

Only what could not be stored or read again is refused here; whether the figures agree is in `checks`.
"""

from collections.abc import Sized
from dataclasses import replace
from decimal import Decimal

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import MAX_AMOUNT, format_amount, format_number
from sisfoh_desktop.basics.texts import clean_text
from sisfoh_desktop.modules.plans.rules import chain as functional
from sisfoh_desktop.modules.plans.rules.facts import (
    ZERO,
    Activity,
    AlignedObjective,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Plan,
    PlanSection,
    PlanState,
    Zone,
    total,
)
from sisfoh_desktop.modules.plans.rules.period import in_year

MAX_TITLE = 500
MAX_SHORT_NAME = 160
MAX_LINE = 300
MAX_NAME = 400
MAX_OBJECTIVE = 4_000
MAX_TASK = 1_000
MAX_SECTION = 60_000
MAX_COUNT = 10_000_000
MAX_CODE = 20
FIRST_YEAR, LAST_YEAR = 2000, 2100

MAX_CHAINS = 30
MAX_BUDGET_LINES = 300
MAX_OBJECTIVES = 30
MAX_ACTIVITIES = 600
MAX_ZONES = 2_000
MAX_SECTIONS = 60


def clean_plan(plan: Plan) -> Plan:
    """The plan as it will be kept.

    RuleError `text_missing`, `text_too_long`, `text_unprintable`, `year_invalid`, `count_invalid`,
    `amount_invalid`, `sum_too_large` or `too_many`.
    """
    if not FIRST_YEAR <= plan.year <= LAST_YEAR:
        raise RuleError(
            "year_invalid",
            f"El año {plan.year} no es válido: escriba uno entre {FIRST_YEAR} y {LAST_YEAR}. No se guardó nada.",
        )
    _check_size(plan.chains, MAX_CHAINS, "cadenas funcionales")
    _check_size(plan.budget, MAX_BUDGET_LINES, "partidas")
    _check_size(plan.objectives, MAX_OBJECTIVES, "objetivos")
    _check_size(plan.activities, MAX_ACTIVITIES, "actividades")
    _check_size(plan.zones, MAX_ZONES, "zonas")
    _check_size(plan.sections, MAX_SECTIONS, "secciones")
    cleaned = replace(
        plan,
        title=_line(plan.title, "el título del plan", MAX_TITLE, required=True),
        short_name=_line(plan.short_name, "el nombre corto", MAX_SHORT_NAME),
        campaign=_line(plan.campaign, "la campaña", MAX_LINE),
        district=_line(plan.district, "el distrito", MAX_LINE),
        ubigeo=_line(plan.ubigeo, "el ubigeo", MAX_CODE),
        annex_code=_line(plan.annex_code, "el código del anexo", MAX_CODE),
        estimated_households=_count(plan.estimated_households, "Los hogares estimados"),
        households=_count(plan.households, "La meta de hogares"),
        amount=clean_amount(plan.amount, "El monto asignado"),
        objective=clean_text(plan.objective, what="el objetivo", limit=MAX_OBJECTIVE),
        executing_unit=_line(plan.executing_unit, "la unidad ejecutora", MAX_LINE),
        cost_centre=_line(plan.cost_centre, "el centro de costo", MAX_LINE),
        prepared_by=_line(plan.prepared_by, "quién lo elaboró", MAX_LINE),
        reviewed_by=_line(plan.reviewed_by, "quién lo revisó", MAX_LINE),
        chains=tuple(clean_chain(chain) for chain in plan.chains),
        budget=tuple(clean_budget_line(line) for line in plan.budget),
        objectives=tuple(clean_objective(objective) for objective in plan.objectives),
        activities=tuple(clean_activity(activity) for activity in plan.activities),
        zones=tuple(clean_zone(zone) for zone in plan.zones),
        sections=tuple(clean_section(section) for section in plan.sections),
    )
    _check_sum(cleaned.chain_total, "la estructura funcional")
    _check_sum(cleaned.budget_total, "el presupuesto")
    _check_sum(total(activity.budget for activity in cleaned.activities), "las actividades")
    return cleaned


def _check_sum(amount: Decimal, what: str) -> None:
    """Parts that fit one by one may add up to more than a paper can tell."""
    if amount > MAX_AMOUNT:
        raise RuleError(
            "sum_too_large",
            f"La suma de {what} pasa de {format_amount(MAX_AMOUNT)}; no se guardó nada. Revise si a algún monto "
            "le sobran cifras.",
        )


def clean_chain(chain: FunctionalChain) -> FunctionalChain:
    """The chain with its codes and names as they will be kept."""
    values = {}
    for level in functional.LEVELS:
        value = functional.level_of(chain, level.key)
        name = level.label.lower()
        values[level.key] = CodeName(
            _code(value.code, f"el código de {name}"), _line(value.name, f"el nombre de {name}", MAX_NAME)
        )
    return replace(chain, **values, amount=clean_amount(chain.amount, "La asignación de la cadena"))


def clean_budget_line(line: BudgetLine) -> BudgetLine:
    """The line with its code and name as they will be kept; the code is required."""
    return BudgetLine(
        code=_code(line.code, "el clasificador", required=True),
        name=_line(line.name, "el nombre de la partida", MAX_NAME, required=True),
        amount=clean_amount(line.amount, "El monto de la partida"),
    )


def clean_objective(objective: AlignedObjective) -> AlignedObjective:
    """The objective as it will be kept; its text is required."""
    return AlignedObjective(
        instrument=_line(objective.instrument, "el instrumento", MAX_LINE, required=True),
        text=clean_text(objective.text, what="el texto del objetivo", limit=MAX_TASK, required=True),
        code=_line(objective.code, "el código del objetivo", MAX_CODE),
        instrument_name=_line(objective.instrument_name, "el nombre del instrumento", MAX_LINE),
    )


def clean_activity(activity: Activity) -> Activity:
    """The activity as it will be kept; its name is required."""
    return replace(
        activity,
        activity=clean_text(activity.activity, what="la actividad", limit=MAX_TASK, required=True),
        task=clean_text(activity.task, what="la tarea", limit=MAX_TASK),
        product=_line(activity.product, "el producto", MAX_LINE),
        measure=_line(activity.measure, "la unidad de medida", MAX_LINE),
        target=_count(activity.target, "La meta de la actividad"),
        responsible=_line(activity.responsible, "el responsable", MAX_LINE),
        budget=clean_amount(activity.budget, "El presupuesto de la actividad"),
    )


def clean_zone(zone: Zone) -> Zone:
    """The zone as it will be kept; its name is required."""
    return Zone(
        name=_line(zone.name, "el nombre de la zona", MAX_LINE, required=True),
        settlement=_line(zone.settlement, "el barrio o asentamiento", MAX_LINE),
        manzana=_line(zone.manzana, "el código de manzana", MAX_CODE),
        stratum=_line(zone.stratum, "el estrato", MAX_LINE),
        lot_type=_line(zone.lot_type, "el tipo de lotización", MAX_LINE),
        households=_count(zone.households, "Los hogares de la zona"),
        route=_line(zone.route, "la ruta", MAX_LINE),
        priority=_line(zone.priority, "la prioridad", MAX_LINE),
    )


def clean_section(section: PlanSection) -> PlanSection:
    """The section as it will be kept; its title is required."""
    return replace(
        section,
        title=_line(section.title, "el título de la sección", MAX_LINE, required=True),
        text=clean_text(section.text, what="el texto de la sección", limit=MAX_SECTION),
    )


def clean_amount(amount: Decimal, what: str) -> Decimal:
    """Soles and céntimos between 0.00 and the most the words reach; RuleError `amount_invalid`."""
    in_range = amount.is_finite() and ZERO <= amount <= MAX_AMOUNT
    if not in_range or amount != amount.quantize(ZERO):
        raise RuleError(
            "amount_invalid",
            f"{what} debe estar entre {format_amount(ZERO)} y {format_amount(MAX_AMOUNT)}, con dos decimales; "
            "no se guardó nada.",
        )
    return amount.quantize(ZERO)


def check_not_held(plan: Plan) -> None:
    """What a frozen act printed waits for its signatures as it is; RuleError `plan_held`."""
    if plan.held_by:
        raise RuleError(
            "plan_held",
            f"El plan está congelado en la {plan.held_by} y no se cambia; no se guardó nada. Anule la versión "
            "congelada de la resolución para corregirlo.",
        )


def check_can_edit(state: PlanState) -> None:
    """Only a draft is edited: an approved plan stays as the resolución printed it; RuleError `plan_not_draft`."""
    if state is not PlanState.DRAFT:
        raise RuleError(
            "plan_not_draft",
            f"El plan está {state.label.lower()} y ya no se edita; cópielo para preparar otro, o devuélvalo a "
            "borrador indicando el motivo. No se guardó nada.",
        )


_NEXT_STATES: dict[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.CLOSED,),
    PlanState.APPROVED: (PlanState.DRAFT, PlanState.CLOSED),
    PlanState.CLOSED: (),
}


def check_can_change_state(state: PlanState, new: PlanState, reason: str) -> None:
    """By hand a plan goes back to draft or is closed, always with a reason; a resolución approves it.

    RuleError `state_forbidden` or `reason_missing`.
    """
    if new not in _NEXT_STATES[state]:
        raise RuleError(
            "state_forbidden",
            f"El plan está {state.label.lower()} y no puede pasar a {new.label.lower()}. No se cambió nada.",
        )
    if not reason.strip():
        raise RuleError("reason_missing", "Escriba el motivo del cambio de estado. No se cambió nada.")


def copied(plan: Plan, *, title: str, year: int, keep_figures: bool = False) -> Plan:
    """A draft for `year` from another plan: texts, codes and tasks stay, days move by whole years.

    Amounts, households and targets start at zero unless `keep_figures`: last year's figures that nobody looked
    at would add up and still be false. The matrix is not carried over; the service copies it.
    """
    shift = year - plan.year
    template = replace(
        plan,
        id=0,
        version=0,
        held_by="",
        state=PlanState.DRAFT,
        title=title,
        year=year,
        short_name=plan.short_name.replace(str(plan.year), str(year)),
        campaign=plan.campaign.replace(str(plan.year), str(year)),
        starts=in_year(plan.starts, shift),
        ends=in_year(plan.ends, shift),
        approved_by="",
        matrix_id=None,
        activities=tuple(
            replace(activity, starts=in_year(activity.starts, shift), ends=in_year(activity.ends, shift))
            for activity in plan.activities
        ),
    )
    if keep_figures:
        return template
    return replace(
        template,
        amount=ZERO,
        households=0,
        estimated_households=0,
        chains=tuple(replace(chain, amount=ZERO) for chain in template.chains),
        budget=tuple(replace(line, amount=ZERO) for line in template.budget),
        zones=tuple(replace(zone, households=0) for zone in template.zones),
        activities=tuple(replace(activity, target=0, budget=ZERO) for activity in template.activities),
    )


def _line(text: str, what: str, limit: int, *, required: bool = False) -> str:
    return clean_text(text, what=what, limit=limit, required=required, one_line=True)


def _code(code: str, what: str, *, required: bool = False) -> str:
    return functional.clean_code(_line(code, what, MAX_CODE, required=required))


def _count(number: int, what: str) -> int:
    if not 0 <= number <= MAX_COUNT:
        raise RuleError(
            "count_invalid",
            f"{what}: escriba un número entre 0 y {format_number(MAX_COUNT)}. No se guardó nada.",
        )
    return number


def _check_size(items: Sized, most: int, what: str) -> None:
    if len(items) > most:
        raise RuleError(
            "too_many",
            f"El plan admite hasta {format_number(most)} {what} y tendría {format_number(len(items))}. "
            "No se guardó nada; quite las que sobren.",
        )
