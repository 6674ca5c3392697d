"""The plan de trabajo on paper: cover, its sections in order, and the tables that its data fill.

A section's text is printed as it was written; the table that belongs to its kind follows it. Loads reportlab:
import it inside functions.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date, long_date
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.words import amount_in_words
from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper, page_break, space
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import Activity, Plan, PlanSection, SectionKind

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_MOST_WEEKS = 26  # columns of the schedule; a longer plan is drawn by months
_SMALL = 8.0  # points, for tables of many columns


def plan_pdf(
    plan: Plan,
    letterhead: "Letterhead",
    *,
    on: date,
    unit_name: str = "",
    duties: "Sequence[Flowable]" = (),
    watermark: str = "",
) -> bytes:
    """The whole plan; `duties` is the table of responsibilities, `unit_name` who proposes it as of `on`."""
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=plan.title,
        author=letterhead.entity,
        foot_number="Plan de Trabajo",
        watermark=watermark,
        continuation_head=plan.short_name or plan.title,
    )
    story = [*_cover(plan, letterhead, on, unit_name), page_break()]
    for number, section in enumerate(plan.sections, start=1):
        story += _section(plan, section, number, letterhead, unit_name, duties)
    return build_paper(story, paper_format).pdf


def _cover(plan: Plan, letterhead: "Letterhead", on: date, unit_name: str) -> "list[Flowable]":
    signed = [
        ("Elaborado por", plan.prepared_by or unit_name),
        ("Revisado por", plan.reviewed_by),
        ("Aprobado por", plan.approved_by),
    ]
    return [
        bookmark("Portada", "portada"),
        space(45),
        paragraph("PLAN DE TRABAJO", "act"),
        space(6),
        paragraph(plan.title, "act"),
        space(10),
        *(paragraph(line, "centred") for line in _cover_lines(plan, letterhead)),
        space(45),
        ruled_table(
            [Column("", width_mm=42), Column("")], [(Cell(head, bold=True), text) for head, text in signed]
        ),
        space(4),
        paragraph(f"Versión {max(plan.version, 1)}, {long_date(on)}", "centred"),
    ]


def _cover_lines(plan: Plan, letterhead: "Letterhead") -> list[str]:
    place = f"Distrito de {plan.district}" if plan.district else ""
    if plan.ubigeo:
        place = f"{place} (ubigeo INEI {plan.ubigeo})".strip()
    lines = [letterhead.entity, place, plan.campaign, rules.period_text(plan)]
    return [line for line in lines if line]


def _section(
    plan: Plan,
    section: PlanSection,
    number: int,
    letterhead: "Letterhead",
    unit_name: str,
    duties: "Sequence[Flowable]",
) -> "list[Flowable]":
    title = f"{number}. {section.title}"
    story = [bookmark(title, f"seccion{number}"), paragraph(title, "heading")]
    story += [paragraph(text) for text in rules.paragraphs_of(section)]
    if section.kind is SectionKind.COVER:
        return story + _general_data(plan, letterhead, unit_name)
    if section.kind is SectionKind.STRATEGY and duties:
        lead = "Las unidades orgánicas responden por las funciones siguientes:"
        return [*story, paragraph(lead), *duties]
    tables: dict[SectionKind, Callable[[Plan], list[Flowable]]] = {
        SectionKind.OBJECTIVES: _objectives,
        SectionKind.ZONE: _zones,
        SectionKind.PHASES: _phases,
        SectionKind.MATRIX: _physical_financial,
        SectionKind.BUDGET: _budget,
        SectionKind.SCHEDULE: _schedule,
    }
    table = tables.get(section.kind)
    return story + (table(plan) if table else [])


def _general_data(plan: Plan, letterhead: "Letterhead", unit_name: str) -> "list[Flowable]":
    amount = f"{format_amount(plan.amount)} ({amount_in_words(plan.amount)})"
    lines = [
        ("Municipalidad", letterhead.entity),
        ("Distrito", plan.district),
        ("Ubigeo (INEI)", plan.ubigeo),
        ("Campaña", plan.campaign),
        ("Año fiscal", str(plan.year)),
        ("Plazo de ejecución", rules.period_text(plan)),
        ("Meta", f"{format_number(plan.households)} hogares" if plan.households else ""),
        ("Monto asignado", amount if plan.amount else ""),
        ("Unidad que lo propone", unit_name),
        ("Unidad que lo ejecuta", plan.executing_unit),
        ("Centro de costo", plan.cost_centre),
    ]
    rows = [(Cell(head, bold=True), text) for head, text in lines if text]
    return [ruled_table([Column("", width_mm=45), Column("")], rows)]


def _objectives(plan: Plan) -> "list[Flowable]":
    story: list[Flowable] = []
    if plan.objective:
        story.append(paragraph(f"Objetivo del plan: {plan.objective}"))
    if plan.objectives:
        columns = [Column("INSTRUMENTO", width_mm=55), Column("CÓDIGO", width_mm=22), Column("OBJETIVO")]
        rows = [
            (objective.instrument_name or objective.instrument, objective.code, objective.text)
            for objective in plan.objectives
        ]
        story.append(ruled_table(columns, rows))
    if plan.households or plan.amount:
        story.append(_goals(plan))
    return story


def _goals(plan: Plan) -> "Flowable":
    columns = [
        Column("DISTRITO"),
        Column("CÓDIGO", width_mm=20, align="center"),
        Column("HOGARES ESTIMADOS", width_mm=28, align="right"),
        Column("HOGARES PROGRAMADOS", width_mm=32, align="right"),
        Column("MONTO ASIGNADO", width_mm=32, align="right"),
        Column("COSTO POR HOGAR", width_mm=24, align="right"),
    ]
    cost = rules.cost_per_household(plan)
    row = (
        plan.district,
        plan.annex_code,
        format_number(plan.estimated_households) if plan.estimated_households else "",
        format_number(plan.households),
        format_amount(plan.amount),
        format_amount(cost) if cost is not None else "",
    )
    return ruled_table(columns, [row])


def _zones(plan: Plan) -> "list[Flowable]":
    if not plan.zones:
        return []
    columns = [
        _TextColumn(Column("ZONA O SECTOR", share=2), [zone.name for zone in plan.zones]),
        _TextColumn(Column("BARRIO O AA. HH.", share=1.6), [zone.settlement for zone in plan.zones]),
        _TextColumn(Column("MANZANA", width_mm=18), [zone.manzana for zone in plan.zones]),
        _TextColumn(Column("ESTRATO", share=1.1), [zone.stratum for zone in plan.zones]),
        _TextColumn(Column("LOTIZACIÓN", share=1.1), [zone.lot_type for zone in plan.zones]),
        _TextColumn(Column("RUTA", share=0.8), [zone.route for zone in plan.zones]),
        _TextColumn(Column("PRIORIDAD", width_mm=18), [zone.priority for zone in plan.zones]),
        _TextColumn(
            Column("HOGARES", width_mm=19, align="right"),
            [format_number(zone.households) if zone.households else "" for zone in plan.zones],
        ),
    ]
    counted = plan.zone_households > 0

    def foot(head: str, count: int) -> Row:
        reached = sum(zone.households for zone in plan.zones[:count])
        return _sum_row(head, format_number(reached), width)

    filled = _filled(columns)
    width = len(filled) + 1
    return [
        _numbered_table(
            filled,
            foot=[foot("TOTAL", len(plan.zones))] if counted else [],
            carry=foot if counted else None,
        )
    ]


def _phases(plan: Plan) -> "list[Flowable]":
    activities = plan.activities
    if not activities:
        return []
    columns = [
        _TextColumn(Column("FASE", width_mm=20), [activity.phase.label for activity in activities]),
        _TextColumn(Column("ACTIVIDAD", share=1.4), [activity.activity for activity in activities]),
        _TextColumn(Column("TAREA", share=1.4), [activity.task for activity in activities]),
        _TextColumn(Column("PRODUCTO"), [activity.product for activity in activities]),
        _TextColumn(Column("META Y UNIDAD", width_mm=21), [_goal(activity) for activity in activities]),
        _TextColumn(
            Column("INICIO Y FIN", width_mm=18, align="center"), [_span(activity) for activity in activities]
        ),
        _TextColumn(Column("RESPONSABLE", width_mm=26), [activity.responsible for activity in activities]),
    ]
    return [_numbered_table(_filled(columns))]


def _physical_financial(plan: Plan) -> "list[Flowable]":
    activities = plan.activities
    if not activities:
        return []
    spread = rules.total(activity.budget for activity in activities)
    columns = [
        _TextColumn(Column("ACTIVIDAD", share=1.4), [activity.activity for activity in activities]),
        _TextColumn(Column("TAREA", share=1.4), [activity.task for activity in activities]),
        _TextColumn(Column("PRODUCTO"), [activity.product for activity in activities]),
        _TextColumn(Column("META", width_mm=20), [_goal(activity) for activity in activities]),
        _TextColumn(
            Column("CRONOGRAMA", width_mm=24, align="center"), [_span(activity) for activity in activities]
        ),
        _TextColumn(Column("RESPONSABLE", width_mm=26), [activity.responsible for activity in activities]),
        _TextColumn(
            Column("PRESUPUESTO ASIGNADO", width_mm=27, align="right"),
            [format_amount(one.budget) if one.budget else "" for one in activities],
        ),
    ]
    filled = _filled(columns)
    foot = [_sum_row("TOTAL", format_amount(spread), len(filled) + 1)] if spread else []
    return [_numbered_table(filled, foot=foot)]


def _budget(plan: Plan) -> "list[Flowable]":
    story: list[Flowable] = []
    for number, chain in enumerate(plan.chains, start=1):
        many = f" {number}" if len(plan.chains) > 1 else ""
        story.append(paragraph(f"Estructura funcional programática{many}", "heading"))
        levels = [(level, rules.level_of(chain, level.key)) for level in rules.LEVELS]
        rows: list[Row] = [
            (Cell(level.label, bold=True), value.code, value.name)
            for level, value in levels
            if value.code or value.name
        ]
        rows.append(
            (Cell(f"Asignación {plan.year}", bold=True), Cell(format_amount(chain.amount), span=2, bold=True))
        )
        story.append(ruled_table([Column("", width_mm=48), Column("", width_mm=24), Column("")], rows))
    if plan.budget:
        story.append(_budget_lines(plan))
    return story


def _budget_lines(plan: Plan) -> "Flowable":
    columns = [
        Column("CLASIFICADOR", width_mm=30),
        Column("DESCRIPCIÓN"),
        Column("MONTO", width_mm=34, align="right"),
        Column("%", width_mm=18, align="right"),
    ]
    rows = [
        (line.code, line.name, format_amount(line.amount), _percent(line.amount, plan.amount))
        for line in plan.budget
    ]

    def sums(head: str, count: int) -> Row:
        reached = rules.total(line.amount for line in plan.budget[:count])
        return (
            Cell(head, span=2, bold=True),
            Cell(format_amount(reached), bold=True),
            _percent(reached, plan.amount),
        )

    return ruled_table(columns, rows, foot=[sums("TOTAL", len(plan.budget))], carry=sums)


def _schedule(plan: Plan) -> "list[Flowable]":
    weeks = rules.schedule_weeks(plan)
    dated = [activity for activity in plan.activities if activity.starts and activity.ends]
    if not weeks or not dated:
        return []
    months = list(dict.fromkeys(week.month for week in weeks))
    by_week = len(weeks) <= _MOST_WEEKS
    head = Column("ACTIVIDAD")
    if by_week:
        columns = [head, *(Column(str(week.number), width_mm=4.4, align="center") for week in weeks)]
        above: list[Row] = [
            (
                "",
                *(
                    Cell(_month_head(month, span), span=span, align="center", bold=True)
                    for month, span in Counter(week.month for week in weeks).items()
                ),
            )
        ]
    else:
        columns = [head, *(Column(_short_month(month), width_mm=9, align="center") for month in months)]
        above = []
    rows: list[Row] = []
    for activity in dated:
        busy = [rules.runs_in(activity, week) for week in weeks]
        if not by_week:
            busy = [
                any(on for on, week in zip(busy, weeks, strict=True) if week.month == month)
                for month in months
            ]
        rows.append((activity.activity, *("■" if on else "" for on in busy)))
    unit = "semanas del plan" if by_week else "meses"
    return [
        ruled_table(columns, rows, above_head=above, font_size=_SMALL),
        paragraph(f"Cronograma por {unit}; ■ señala cuándo se ejecuta cada actividad.", "note"),
    ]


@dataclass(frozen=True)
class _TextColumn:
    """A column with its cells, left out of the table when all of them are empty."""

    column: Column
    cells: list[str]


def _filled(columns: Sequence[_TextColumn]) -> list[_TextColumn]:
    return [column for column in columns if any(column.cells)]


def _numbered_table(
    columns: Sequence[_TextColumn],
    *,
    foot: Sequence[Row] = (),
    carry: Callable[[str, int], Row] | None = None,
) -> "Flowable":
    rows = [
        (str(number), *cells)
        for number, cells in enumerate(zip(*(one.cells for one in columns), strict=True), start=1)
    ]
    heads = [Column("N°", width_mm=9, align="center"), *(one.column for one in columns)]
    return ruled_table(heads, rows, foot=foot, carry=carry, font_size=_SMALL)


def _sum_row(head: str, text: str, width: int) -> Row:
    return (Cell(head, span=width - 1, bold=True), Cell(text, bold=True))


def _goal(activity: Activity) -> str:
    return (
        f"{format_number(activity.target)} {activity.measure}".strip()
        if activity.target
        else activity.measure
    )


def _span(activity: Activity) -> str:
    return "\n".join(format_date(day) for day in (activity.starts, activity.ends) if day)


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part * 100 / whole:.2f} %" if whole else ""


def _month_head(month: tuple[int, int], weeks: int) -> str:
    """What fits over so many narrow columns."""
    if weeks < 2:
        return ""
    return rules.month_text(month) if weeks > 3 else rules.month_text(month)[:3]


def _short_month(month: tuple[int, int]) -> str:
    return f"{rules.month_text(month)[:3]} {month[0] % 100:02d}"
