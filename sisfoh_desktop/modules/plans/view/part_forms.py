"""The form of each item of a plan, what it shows of a stored item, and the item that it makes."""

from dataclasses import fields
from typing import Any

from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import (
    ZERO,
    Activity,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Phase,
    SectionKind,
    Zone,
)
from sisfoh_desktop.modules.plans.rules import writing as limits
from sisfoh_desktop.qtkit.forms import Form


def own_values(item: Any) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in fields(item)}


def build_chain(form: Form) -> None:
    for level in rules.LEVELS:
        form.text(f"{level.key}_code", level.label, max_length=limits.MAX_CODE, placeholder=level.example)
        form.text(f"{level.key}_name", f"Nombre de {level.label.lower()}", max_length=limits.MAX_NAME)
    form.amount("amount", "Asignación", required=True)


def chain_values(chain: FunctionalChain) -> dict[str, Any]:
    values: dict[str, Any] = {"amount": chain.amount or None}
    for level in rules.LEVELS:
        value = rules.level_of(chain, level.key)
        values[f"{level.key}_code"] = value.code
        values[f"{level.key}_name"] = value.name
    return values


def chain_of(values: dict[str, Any]) -> FunctionalChain:
    levels = {
        level.key: CodeName(values[f"{level.key}_code"], values[f"{level.key}_name"])
        for level in rules.LEVELS
    }
    return rules.clean_chain(FunctionalChain(**levels, amount=values["amount"] or ZERO))


def build_budget(form: Form) -> None:
    form.text(
        "code",
        "Clasificador de gasto",
        required=True,
        max_length=limits.MAX_CODE,
        hint="Por ejemplo 2.3.2 9.1 1, o la genérica sola: 2.3.",
    )
    form.text("name", "Descripción", required=True, max_length=limits.MAX_NAME)
    form.amount("amount", "Monto", required=True)


def budget_line_of(values: dict[str, Any]) -> BudgetLine:
    return rules.clean_budget_line(BudgetLine(values["code"], values["name"], values["amount"] or ZERO))


def build_objective(form: Form) -> None:
    form.text("instrument", "Instrumento", required=True, max_length=limits.MAX_LINE, placeholder="PEI")
    form.text("code", "Código", max_length=limits.MAX_CODE, placeholder="OEI 05")
    form.text("instrument_name", "Nombre del instrumento", max_length=limits.MAX_LINE, wide=True)
    form.long_text("text", "Objetivo", required=True, max_length=limits.MAX_TASK, rows=4)


def build_activity(form: Form) -> None:
    form.combo("phase", "Fase", [(phase, phase.label) for phase in Phase], required=True)
    form.text("responsible", "Responsable", max_length=limits.MAX_LINE)
    form.long_text("activity", "Actividad", required=True, max_length=limits.MAX_TASK, rows=2)
    form.long_text("task", "Tarea", max_length=limits.MAX_TASK, rows=2)
    form.text("product", "Producto", max_length=limits.MAX_LINE)
    form.text("measure", "Unidad de medida", max_length=limits.MAX_LINE)
    form.number("target", "Meta", maximum=limits.MAX_COUNT)
    form.amount("budget", "Presupuesto")
    form.date("starts", "Inicio")
    form.date("ends", "Fin")


def activity_values(activity: Activity) -> dict[str, Any]:
    values = own_values(activity)
    return {**values, "target": activity.target or None, "budget": activity.budget or None}


def activity_of(values: dict[str, Any]) -> Activity:
    numbers = {"target": values["target"] or 0, "budget": values["budget"] or ZERO}
    return rules.clean_activity(Activity(**{**values, **numbers}))


def build_zone(form: Form) -> None:
    form.text("name", "Zona o sector", required=True, max_length=limits.MAX_LINE, wide=True)
    form.text("settlement", "Barrio o asentamiento humano", max_length=limits.MAX_LINE)
    form.text("manzana", "Código de manzana (INEI)", max_length=limits.MAX_CODE)
    form.text("stratum", "Estrato", max_length=limits.MAX_LINE, suggestions=("bajo", "medio bajo", "medio"))
    form.text(
        "lot_type",
        "Tipo de lotización",
        max_length=limits.MAX_LINE,
        suggestions=("dispersa", "sin infraestructura", "con servicios"),
    )
    form.number("households", "Hogares estimados", maximum=limits.MAX_COUNT)
    form.text("route", "Ruta", max_length=limits.MAX_LINE)
    form.text("priority", "Prioridad", max_length=limits.MAX_LINE)


def zone_values(zone: Zone) -> dict[str, Any]:
    return {**own_values(zone), "households": zone.households or None}


def zone_of(values: dict[str, Any]) -> Zone:
    return rules.clean_zone(Zone(**{**values, "households": values["households"] or 0}))


def build_section(form: Form) -> None:
    titles = dict(rules.OUTLINE)
    form.combo(
        "kind",
        "Clase de sección",
        [(kind, titles.get(kind, "Otra")) for kind in SectionKind],
        required=True,
        hint="Decide qué cuadro del plan se imprime después del texto.",
    )
    form.text("title", "Título", required=True, max_length=limits.MAX_LINE)
    form.long_text("text", "Texto", max_length=limits.MAX_SECTION, rows=16)
