"""What a plan's parts must agree on before a resolución may carry it: figures, codes, dates, texts.

A draft is kept whatever it says; these findings are shown while it is edited and asked for before it is used.
"""

import re
from decimal import Decimal

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.plans.rules import chain as functional
from sisfoh_desktop.modules.plans.rules.facts import ZERO, Finding, Plan, PlanState, Severity, total
from sisfoh_desktop.modules.plans.rules.outline import missing_sections

DATA, CHAIN, BUDGET, ACTIVITIES, ZONES, SECTIONS = (
    "datos",
    "estructura",
    "presupuesto",
    "actividades",
    "zonas",
    "secciones",
)


def check_plan(plan: Plan) -> list[Finding]:
    """Every finding, those that block first; empty when the plan holds together."""
    findings = [
        *_data(plan),
        *_chain(plan),
        *_budget(plan),
        *_activities(plan),
        *_zones(plan),
        *_sections(plan),
    ]
    return sorted(findings, key=lambda finding: finding.severity is not Severity.BLOCKS)


def check_can_use_in_resolucion(plan: Plan) -> None:
    """RuleError `plan_not_ready` naming the first finding that blocks, `plan_closed` for one that is over."""
    if plan.state is PlanState.CLOSED:
        raise RuleError(
            "plan_closed", "El plan está cerrado; cópielo para aprobar uno nuevo. No se cambió nada."
        )
    blocking = [finding for finding in check_plan(plan) if finding.severity is Severity.BLOCKS]
    if blocking:
        more = len(blocking) - 1
        rest = f" Y {more} observación más." if more == 1 else f" Y {more} observaciones más." if more else ""
        raise RuleError(
            "plan_not_ready",
            f"El plan todavía no puede ir a una resolución: {_lowered(blocking[0].text)}{rest} "
            "Corríjalo en Planes de trabajo, pestaña Revisión.",
        )


def difference_text(found: Decimal, wanted: Decimal) -> str:
    """`faltan S/ 1 200.00`, `sobran S/ 0.50`, or an empty text when both agree."""
    if found == wanted:
        return ""
    word = "faltan" if found < wanted else "sobran"
    return f"{word} {format_amount(abs(wanted - found))}"


def households_text(found: int, wanted: int) -> str:
    """`faltan 391 hogares`, `sobra 1 hogar`, or an empty text when both agree."""
    if found == wanted:
        return ""
    count = abs(wanted - found)
    word = "falta" if found < wanted else "sobra"
    return f"{word} 1 hogar" if count == 1 else f"{word}n {format_number(count)} hogares"


def _blocks(code: str, where: str, text: str) -> Finding:
    return Finding(code, Severity.BLOCKS, where, text)


def _warns(code: str, where: str, text: str) -> Finding:
    return Finding(code, Severity.WARNS, where, text)


def _data(plan: Plan) -> list[Finding]:
    findings = []
    if not plan.district:
        findings.append(_blocks("district_missing", DATA, "Falta el distrito."))
    if not re.fullmatch("[0-9]{6}", plan.ubigeo):
        findings.append(_blocks("ubigeo_invalid", DATA, "El ubigeo (INEI) debe tener seis cifras."))
    if not plan.households:
        findings.append(_blocks("households_missing", DATA, "Falta la meta de hogares."))
    if not plan.amount:
        findings.append(_blocks("amount_missing", DATA, "Falta el monto asignado al plan."))
    if plan.starts is None or plan.ends is None:
        findings.append(_blocks("period_missing", DATA, "Faltan los meses de inicio y de fin."))
    elif plan.ends < plan.starts:
        findings.append(
            _blocks(
                "period_order",
                DATA,
                f"El plan termina ({format_date(plan.ends)}) antes de empezar ({format_date(plan.starts)}).",
            )
        )
    elif plan.year not in range(plan.starts.year, plan.ends.year + 1):
        findings.append(
            _warns("period_year", DATA, f"El plan es del año {plan.year} y su plazo no toca ese año.")
        )
    if not plan.objective:
        findings.append(_blocks("objective_missing", DATA, "Falta el objetivo del plan."))
    if not plan.objectives:
        findings.append(
            _warns(
                "objectives_missing", DATA, "No se indicó con qué objetivos (PDLC, PEI) guarda coherencia."
            )
        )
    if plan.matrix_id is None:
        findings.append(
            _warns("matrix_missing", DATA, "No tiene matriz de responsabilidades: no habrá Anexo N° 01.")
        )
    return findings


def _chain(plan: Plan) -> list[Finding]:
    if not plan.chains:
        return [_blocks("chain_missing", CHAIN, "Falta la estructura funcional programática.")]
    findings = []
    for number, chain in enumerate(plan.chains, start=1):
        faults = functional.chain_faults(chain)
        if faults:
            head = f"Cadena {number}: " if len(plan.chains) > 1 else "Estructura funcional: "
            findings.append(_blocks("chain_incomplete", CHAIN, f"{head}{'; '.join(faults)}."))
    if plan.chain_total != plan.amount:
        findings.append(
            _blocks(
                "chain_sum",
                CHAIN,
                f"La estructura funcional asigna {format_amount(plan.chain_total)} y el monto del plan es "
                f"{format_amount(plan.amount)}: {difference_text(plan.chain_total, plan.amount)}.",
            )
        )
    return findings


def _budget(plan: Plan) -> list[Finding]:
    findings = []
    if plan.budget_total != plan.amount:
        code = "budget_short" if plan.budget_total < plan.amount else "budget_over"
        findings.append(
            _blocks(
                code,
                BUDGET,
                f"El presupuesto suma {format_amount(plan.budget_total)} y lo asignado es "
                f"{format_amount(plan.amount)}: {difference_text(plan.budget_total, plan.amount)}.",
            )
        )
    generics = {clean for chain in plan.chains if (clean := chain.generic.code)}
    for line in plan.budget:
        if not functional.is_classifier(line.code):
            findings.append(
                _blocks(
                    "classifier_form",
                    BUDGET,
                    f"«{line.code}» no es un clasificador de gasto; escríbalo como 2.3.2 9.1 1.",
                )
            )
        elif generics and not any(functional.belongs_to(line.code, generic) for generic in generics):
            findings.append(
                _blocks(
                    "classifier_outside",
                    BUDGET,
                    f"El clasificador {line.code} no pertenece a la genérica "
                    f"{' ni a la '.join(sorted(generics))} de la estructura funcional.",
                )
            )
    findings += _generic_sums(plan)
    return findings


def _generic_sums(plan: Plan) -> list[Finding]:
    """With several generics the total may agree while each one does not."""
    assigned: dict[str, Decimal] = {}
    for chain in plan.chains:
        assigned[chain.generic.code] = assigned.get(chain.generic.code, ZERO) + chain.amount
    if len(assigned) < 2 or plan.budget_total != plan.amount:
        return []
    findings = []
    for generic, amount in assigned.items():
        spent = total(line.amount for line in plan.budget if functional.belongs_to(line.code, generic))
        if spent != amount:
            findings.append(
                _blocks(
                    "generic_sum",
                    BUDGET,
                    f"En la genérica {generic} hay {format_amount(spent)} y se le asignó "
                    f"{format_amount(amount)}: {difference_text(spent, amount)}.",
                )
            )
    return findings


def _activities(plan: Plan) -> list[Finding]:
    if not plan.activities:
        return [_warns("activities_missing", ACTIVITIES, "El plan no tiene actividades ni cronograma.")]
    findings = []
    undated = nobody = 0
    for number, activity in enumerate(plan.activities, start=1):
        nobody += not activity.responsible
        if activity.starts is None or activity.ends is None:
            undated += 1
        elif activity.ends < activity.starts:
            findings.append(
                _blocks(
                    "activity_order",
                    ACTIVITIES,
                    f"La actividad {number} termina ({format_date(activity.ends)}) antes de empezar "
                    f"({format_date(activity.starts)}).",
                )
            )
        elif plan.starts and plan.ends and not plan.starts <= activity.starts <= activity.ends <= plan.ends:
            findings.append(
                _blocks(
                    "activity_outside",
                    ACTIVITIES,
                    f"La actividad {number} va del {format_date(activity.starts)} al "
                    f"{format_date(activity.ends)}, fuera del plazo del plan "
                    f"({format_date(plan.starts)} a {format_date(plan.ends)}).",
                )
            )
    if undated:
        findings.append(
            _warns(
                "activity_undated", ACTIVITIES, f"{counted(undated, 'actividad', 'actividades')} sin fechas."
            )
        )
    if nobody:
        findings.append(
            _warns(
                "activity_without_responsible",
                ACTIVITIES,
                f"{counted(nobody, 'actividad', 'actividades')} sin responsable.",
            )
        )
    spread = total(activity.budget for activity in plan.activities)
    if spread > plan.amount:
        findings.append(
            _blocks(
                "activities_over",
                ACTIVITIES,
                f"Las actividades suman {format_amount(spread)}, más que lo asignado: "
                f"{difference_text(spread, plan.amount)}.",
            )
        )
    elif ZERO < spread < plan.amount:
        findings.append(
            _warns(
                "activities_short",
                ACTIVITIES,
                f"Las actividades reparten {format_amount(spread)} de {format_amount(plan.amount)}: "
                f"{difference_text(spread, plan.amount)}.",
            )
        )
    return findings


def _zones(plan: Plan) -> list[Finding]:
    if not plan.zones:
        return [_warns("zones_missing", ZONES, "No se indicaron las zonas de intervención.")]
    if not plan.zone_households:
        return [_warns("zones_without_households", ZONES, "Las zonas no dicen cuántos hogares tienen.")]
    difference = households_text(plan.zone_households, plan.households)
    if not difference:
        return []
    return [
        _blocks(
            "zones_sum",
            ZONES,
            f"Las zonas suman {format_number(plan.zone_households)} hogares y la meta es "
            f"{format_number(plan.households)}: {difference}.",
        )
    ]


def _sections(plan: Plan) -> list[Finding]:
    missing = missing_sections(plan.sections)
    if not missing:
        return []
    return [
        _warns("sections_missing", SECTIONS, f"Del contenido mínimo falta desarrollar: {', '.join(missing)}.")
    ]


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
