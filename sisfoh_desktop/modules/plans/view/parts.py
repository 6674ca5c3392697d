"""The lists that a plan is made of: for each one its columns, its dialog, and what its foot adds up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import (
    ZERO,
    Activity,
    AlignedObjective,
    BudgetLine,
    CodeName,
    FunctionalChain,
    Phase,
    Plan,
    PlanSection,
    SectionKind,
    Zone,
)
from sisfoh_desktop.modules.plans.rules import writing as limits
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.row_table import Column

Foot = tuple[str, str]
"""The sum of a list and what is wrong with it ("" when it agrees)."""


@dataclass(frozen=True)
class Numbered:
    """An item with its place in the plan, from 1: what tells two equal rows apart."""

    number: int
    item: Any


@dataclass(frozen=True)
class Part:
    """A list of the plan: `name` is the attribute of Plan, `tab` the tab's word and its key in findings."""

    name: str
    tab: str
    where: str
    thing: str
    article: str
    noun: tuple[str, str]
    empty_text: str
    columns: Callable[[Plan], Sequence[Column]]
    build: Callable[[Form], object]
    values_of: Callable[[Any], dict[str, Any]]
    item_of: Callable[[dict[str, Any]], Any]
    blank: Callable[[Plan], Any]
    detail: Callable[[Any], str] = lambda _item: ""
    foot: Callable[[Plan], Foot] = lambda _plan: ("", "")
    form_columns: int = 1
    detail_share: int = 1  # of the height, where the list has 4


def _number() -> Column:
    return Column("N°", lambda row: str(row.number), lambda row: row.number, "right", 48)


def _own_values(item: Any) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in fields(item)}


def _amount_foot(found: Decimal, plan: Plan) -> Foot:
    difference = rules.difference_text(found, plan.amount)
    return f"Suma {format_amount(found)} de {format_amount(plan.amount)}", difference


# -- estructura funcional --------------------------------------------------------------------------


def _chain_columns(_plan: Plan) -> list[Column]:
    def code(key: str) -> Callable[[Numbered], str]:
        return lambda row: rules.level_of(row.item, key).code

    heads = {
        "programme": "Programa",
        "product": "Producto",
        "activity": "Actividad",
        "function": "Función",
        "division": "División",
        "group": "Grupo",
        "source": "Fuente",
        "rubro": "Rubro",
        "generic": "Genérica",
    }
    return [
        *(Column(heads[level.key], code(level.key), align="center", width=76) for level in rules.LEVELS),
        Column(
            "Asignación",
            lambda row: format_amount(row.item.amount),
            lambda row: row.item.amount,
            "right",
            130,
        ),
    ]


def _build_chain(form: Form) -> None:
    for level in rules.LEVELS:
        form.text(f"{level.key}_code", level.label, max_length=limits.MAX_CODE, placeholder=level.example)
        form.text(f"{level.key}_name", f"Nombre de {level.label.lower()}", max_length=limits.MAX_NAME)
    form.amount("amount", "Asignación", required=True)


def _chain_values(chain: FunctionalChain) -> dict[str, Any]:
    values: dict[str, Any] = {"amount": chain.amount or None}
    for level in rules.LEVELS:
        value = rules.level_of(chain, level.key)
        values[f"{level.key}_code"] = value.code
        values[f"{level.key}_name"] = value.name
    return values


def _chain_of(values: dict[str, Any]) -> FunctionalChain:
    levels = {
        level.key: CodeName(values[f"{level.key}_code"], values[f"{level.key}_name"])
        for level in rules.LEVELS
    }
    return rules.clean_chain(FunctionalChain(**levels, amount=values["amount"] or ZERO))


def _chain_detail(chain: FunctionalChain) -> str:
    lines = []
    for level in rules.LEVELS:
        value = rules.level_of(chain, level.key)
        if value.code or value.name:
            lines.append(f"{level.label}: {value.code} {value.name}".strip())
    return "\n".join([*lines, *(f"Atención: {fault}." for fault in rules.chain_faults(chain))])


# -- presupuesto -----------------------------------------------------------------------------------


def _budget_columns(plan: Plan) -> list[Column]:
    def share(row: Numbered) -> str:
        return f"{row.item.amount * 100 / plan.amount:.2f} %" if plan.amount else ""

    return [
        _number(),
        Column("Clasificador", lambda row: row.item.code, width=120),
        Column("Descripción", lambda row: row.item.name),
        Column(
            "Monto", lambda row: format_amount(row.item.amount), lambda row: row.item.amount, "right", 140
        ),
        Column("%", share, lambda row: row.item.amount, "right", 88),
    ]


def _build_budget(form: Form) -> None:
    form.text(
        "code",
        "Clasificador de gasto",
        required=True,
        max_length=limits.MAX_CODE,
        hint="Por ejemplo 2.3.2 9.1 1, o la genérica sola: 2.3.",
    )
    form.text("name", "Descripción", required=True, max_length=limits.MAX_NAME)
    form.amount("amount", "Monto", required=True)


def _budget_line_of(values: dict[str, Any]) -> BudgetLine:
    return rules.clean_budget_line(BudgetLine(values["code"], values["name"], values["amount"] or ZERO))


# -- objetivos -------------------------------------------------------------------------------------


def _objective_columns(_plan: Plan) -> list[Column]:
    return [
        Column("Instrumento", lambda row: row.item.instrument, width=120),
        Column("Código", lambda row: row.item.code, width=96),
        Column("Objetivo", lambda row: row.item.text),
    ]


def _build_objective(form: Form) -> None:
    form.text("instrument", "Instrumento", required=True, max_length=limits.MAX_LINE, placeholder="PEI")
    form.text("code", "Código", max_length=limits.MAX_CODE, placeholder="OEI 05")
    form.text("instrument_name", "Nombre del instrumento", max_length=limits.MAX_LINE, wide=True)
    form.long_text("text", "Objetivo", required=True, max_length=limits.MAX_TASK, rows=4)


# -- actividades -----------------------------------------------------------------------------------


def _activity_columns(_plan: Plan) -> list[Column]:
    def goal(row: Numbered) -> str:
        target = format_number(row.item.target) if row.item.target else ""
        return f"{target} {row.item.measure}".strip()

    def day(name: str) -> Column:
        title = {"starts": "Inicio", "ends": "Fin"}[name]
        return Column(
            title,
            lambda row: format_date(getattr(row.item, name)) if getattr(row.item, name) else "",
            lambda row: getattr(row.item, name),
            "center",
            88,
        )

    return [
        _number(),
        Column(
            "Fase", lambda row: row.item.phase.label, lambda row: list(Phase).index(row.item.phase), width=104
        ),
        Column("Actividad", lambda row: row.item.activity),
        Column("Meta", goal, lambda row: row.item.target, width=104),
        day("starts"),
        day("ends"),
        Column("Responsable", lambda row: row.item.responsible, width=104),
        Column(
            "Presupuesto",
            lambda row: format_amount(row.item.budget) if row.item.budget else "",
            lambda row: row.item.budget,
            "right",
            116,
        ),
    ]


def _build_activity(form: Form) -> None:
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


def _activity_values(activity: Activity) -> dict[str, Any]:
    values = _own_values(activity)
    return {**values, "target": activity.target or None, "budget": activity.budget or None}


def _activity_of(values: dict[str, Any]) -> Activity:
    numbers = {"target": values["target"] or 0, "budget": values["budget"] or ZERO}
    return rules.clean_activity(Activity(**{**values, **numbers}))


def _activity_foot(plan: Plan) -> Foot:
    spread = rules.total(activity.budget for activity in plan.activities)
    return _amount_foot(spread, plan) if spread else ("", "")


# -- zonas -----------------------------------------------------------------------------------------


def _zone_columns(_plan: Plan) -> list[Column]:
    return [
        _number(),
        Column("Zona o sector", lambda row: row.item.name),
        Column("Barrio o AA. HH.", lambda row: row.item.settlement),
        Column("Manzana", lambda row: row.item.manzana, width=88),
        Column("Estrato", lambda row: row.item.stratum, width=136),
        Column(
            "Hogares",
            lambda row: format_number(row.item.households) if row.item.households else "",
            lambda row: row.item.households,
            "right",
            88,
        ),
    ]


def _build_zone(form: Form) -> None:
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


def _zone_values(zone: Zone) -> dict[str, Any]:
    return {**_own_values(zone), "households": zone.households or None}


def _zone_of(values: dict[str, Any]) -> Zone:
    return rules.clean_zone(Zone(**{**values, "households": values["households"] or 0}))


def _zone_foot(plan: Plan) -> Foot:
    if not plan.zone_households:
        return "", ""
    return (
        f"Suman {format_number(plan.zone_households)} de {format_number(plan.households)} hogares",
        rules.households_text(plan.zone_households, plan.households),
    )


# -- secciones -------------------------------------------------------------------------------------


def _section_columns(_plan: Plan) -> list[Column]:
    return [
        _number(),
        Column("Sección", lambda row: row.item.title, width=220),
        Column("Texto", lambda row: " ".join(row.item.text[:400].split())),
        Column(
            "Estado",
            lambda row: "Con texto" if row.item.text else "Sin texto",
            tone=lambda row: "ok" if row.item.text else "dim",
            width=120,
        ),
    ]


def _build_section(form: Form) -> None:
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


PARTS: tuple[Part, ...] = (
    Part(
        name="objectives",
        tab="Objetivos",
        where="objetivos",
        thing="objetivo",
        article="el",
        noun=("objetivo", "objetivos"),
        empty_text="Anote con qué objetivos del PDLC o del PEI guarda coherencia el plan.",
        columns=_objective_columns,
        build=_build_objective,
        values_of=_own_values,
        item_of=lambda values: rules.clean_objective(AlignedObjective(**values)),
        blank=lambda _plan: AlignedObjective("", ""),
        detail=lambda objective: f"{objective.instrument_name}\n{objective.text}".strip(),
        form_columns=2,
    ),
    Part(
        name="chains",
        tab="Estructura funcional",
        where="estructura",
        thing="cadena funcional",
        article="la",
        noun=("cadena", "cadenas"),
        empty_text="Falta la estructura funcional programática que afecta el gasto.",
        columns=_chain_columns,
        build=_build_chain,
        values_of=_chain_values,
        item_of=_chain_of,
        blank=lambda plan: FunctionalChain(amount=max(ZERO, plan.amount - plan.chain_total)),
        detail=_chain_detail,
        detail_share=4,
        foot=lambda plan: _amount_foot(plan.chain_total, plan),
        form_columns=2,
    ),
    Part(
        name="budget",
        tab="Presupuesto",
        where="presupuesto",
        thing="partida",
        article="la",
        noun=("partida", "partidas"),
        empty_text="El presupuesto todavía no tiene partidas.",
        columns=_budget_columns,
        build=_build_budget,
        values_of=lambda line: {**_own_values(line), "amount": line.amount or None},
        item_of=_budget_line_of,
        blank=lambda plan: BudgetLine("", "", max(ZERO, plan.amount - plan.budget_total)),
        foot=lambda plan: _amount_foot(plan.budget_total, plan),
    ),
    Part(
        name="activities",
        tab="Actividades",
        where="actividades",
        thing="actividad",
        article="la",
        noun=("actividad", "actividades"),
        empty_text="El plan todavía no tiene actividades.",
        columns=_activity_columns,
        build=_build_activity,
        values_of=_activity_values,
        item_of=_activity_of,
        blank=lambda plan: Activity(Phase.PREPARATION, "", starts=plan.starts, ends=plan.ends),
        detail=lambda one: "\n".join(text for text in (one.activity, one.task, one.product) if text),
        foot=_activity_foot,
        form_columns=2,
    ),
    Part(
        name="zones",
        tab="Zonas",
        where="zonas",
        thing="zona",
        article="la",
        noun=("zona", "zonas"),
        empty_text="Todavía no se indicaron las zonas de intervención.",
        columns=_zone_columns,
        build=_build_zone,
        values_of=_zone_values,
        item_of=_zone_of,
        blank=lambda _plan: Zone(""),
        foot=_zone_foot,
        form_columns=2,
    ),
    Part(
        name="sections",
        tab="Secciones",
        where="secciones",
        thing="sección",
        article="la",
        noun=("sección", "secciones"),
        empty_text="El plan no tiene secciones.",
        columns=_section_columns,
        build=_build_section,
        values_of=_own_values,
        item_of=lambda values: rules.clean_section(PlanSection(**values)),
        blank=lambda _plan: PlanSection(SectionKind.OTHER, ""),
        detail=lambda section: section.text,
        detail_share=3,
        form_columns=2,
    ),
)
