"""How each list of a plan reads: its columns, the text below the chosen row, what its foot adds up."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import (
    FunctionalChain,
    Phase,
    Plan,
)
from sisfoh_desktop.qtkit.row_table import Column

Foot = tuple[str, str]
"""The sum of a list and what is wrong with it ("" when it agrees)."""


@dataclass(frozen=True)
class Numbered:
    """An item with its place in the plan, from 1: what tells two equal rows apart."""

    number: int
    item: Any


def number_column() -> Column:
    return Column("N°", lambda row: str(row.number), lambda row: row.number, "right", 48)


def amount_foot(found: Decimal, plan: Plan) -> Foot:
    difference = rules.difference_text(found, plan.amount)
    return f"Suma {format_amount(found)} de {format_amount(plan.amount)}", difference


def chain_columns(_plan: Plan) -> list[Column]:
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


def chain_detail(chain: FunctionalChain) -> str:
    lines = []
    for level in rules.LEVELS:
        value = rules.level_of(chain, level.key)
        if value.code or value.name:
            lines.append(f"{level.label}: {value.code} {value.name}".strip())
    return "\n".join([*lines, *(f"Atención: {fault}." for fault in rules.chain_faults(chain))])


def budget_columns(plan: Plan) -> list[Column]:
    def share(row: Numbered) -> str:
        return f"{row.item.amount * 100 / plan.amount:.2f} %" if plan.amount else ""

    return [
        number_column(),
        Column("Clasificador", lambda row: row.item.code, width=120),
        Column("Descripción", lambda row: row.item.name),
        Column(
            "Monto", lambda row: format_amount(row.item.amount), lambda row: row.item.amount, "right", 140
        ),
        Column("%", share, lambda row: row.item.amount, "right", 88),
    ]


def objective_columns(_plan: Plan) -> list[Column]:
    return [
        Column("Instrumento", lambda row: row.item.instrument, width=120),
        Column("Código", lambda row: row.item.code, width=96),
        Column("Objetivo", lambda row: row.item.text),
    ]


def activity_columns(_plan: Plan) -> list[Column]:
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
        number_column(),
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


def activity_foot(plan: Plan) -> Foot:
    spread = rules.total(activity.budget for activity in plan.activities)
    return amount_foot(spread, plan) if spread else ("", "")


def zone_columns(_plan: Plan) -> list[Column]:
    return [
        number_column(),
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


def zone_foot(plan: Plan) -> Foot:
    if not plan.zone_households:
        return "", ""
    return (
        f"Suman {format_number(plan.zone_households)} de {format_number(plan.households)} hogares",
        rules.households_text(plan.zone_households, plan.households),
    )


def section_columns(_plan: Plan) -> list[Column]:
    return [
        number_column(),
        Column("Sección", lambda row: row.item.title, width=220),
        Column("Texto", lambda row: " ".join(row.item.text[:400].split())),
        Column(
            "Estado",
            lambda row: "Con texto" if row.item.text else "Sin texto",
            tone=lambda row: "ok" if row.item.text else "dim",
            width=120,
        ),
    ]
