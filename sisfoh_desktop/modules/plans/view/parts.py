"""The lists that a plan is made of, in the order of their tabs: part_columns and part_forms say how each is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import (
    ZERO,
    Activity,
    AlignedObjective,
    BudgetLine,
    FunctionalChain,
    Phase,
    Plan,
    PlanSection,
    SectionKind,
    Zone,
)
from sisfoh_desktop.modules.plans.view import part_columns as seen
from sisfoh_desktop.modules.plans.view import part_forms as forms
from sisfoh_desktop.modules.plans.view.part_columns import Foot
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.row_table import Column


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


PARTS: tuple[Part, ...] = (
    Part(
        name="objectives",
        tab="Objetivos",
        where="objetivos",
        thing="objetivo",
        article="el",
        noun=("objetivo", "objetivos"),
        empty_text="Anote con qué objetivos del PDLC o del PEI guarda coherencia el plan.",
        columns=seen.objective_columns,
        build=forms.build_objective,
        values_of=forms.own_values,
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
        columns=seen.chain_columns,
        build=forms.build_chain,
        values_of=forms.chain_values,
        item_of=forms.chain_of,
        blank=lambda plan: FunctionalChain(amount=max(ZERO, plan.amount - plan.chain_total)),
        detail=seen.chain_detail,
        detail_share=4,
        foot=lambda plan: seen.amount_foot(plan.chain_total, plan),
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
        columns=seen.budget_columns,
        build=forms.build_budget,
        values_of=lambda line: {**forms.own_values(line), "amount": line.amount or None},
        item_of=forms.budget_line_of,
        blank=lambda plan: BudgetLine("", "", max(ZERO, plan.amount - plan.budget_total)),
        foot=lambda plan: seen.amount_foot(plan.budget_total, plan),
    ),
    Part(
        name="activities",
        tab="Actividades",
        where="actividades",
        thing="actividad",
        article="la",
        noun=("actividad", "actividades"),
        empty_text="El plan todavía no tiene actividades.",
        columns=seen.activity_columns,
        build=forms.build_activity,
        values_of=forms.activity_values,
        item_of=forms.activity_of,
        blank=lambda plan: Activity(Phase.PREPARATION, "", starts=plan.starts, ends=plan.ends),
        detail=lambda one: "\n".join(text for text in (one.activity, one.task, one.product) if text),
        foot=seen.activity_foot,
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
        columns=seen.zone_columns,
        build=forms.build_zone,
        values_of=forms.zone_values,
        item_of=forms.zone_of,
        blank=lambda _plan: Zone(""),
        foot=seen.zone_foot,
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
        columns=seen.section_columns,
        build=forms.build_section,
        values_of=forms.own_values,
        item_of=lambda values: rules.clean_section(PlanSection(**values)),
        blank=lambda _plan: PlanSection(SectionKind.OTHER, ""),
        detail=lambda section: section.text,
        detail_share=3,
        form_columns=2,
    ),
)
