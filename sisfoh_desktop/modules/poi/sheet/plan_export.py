"""The workbook of a whole plan: every field and the twelve months, to be worked on outside and imported again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    Activity,
    ActivityYear,
    GoalKind,
    Months,
    Nature,
    PoiYear,
    value_to_date,
)
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS
from sisfoh_desktop.modules.poi.rules.quarter_table import sum_told
from sisfoh_desktop.modules.poi.sheet.export_cells import (
    DIRECTIONS,
    FIRST,
    GOALS,
    HEAD,
    SUMS_NOTE,
    WHOLE,
    figure_width,
    format_of,
    head_span,
    months_formula,
    sum_formula,
)
from sisfoh_desktop.sheets.live_workbook import (
    LiveColumn,
    LiveRow,
    LiveSheet,
    LiveValue,
    column_letters,
    live_workbook,
)

_MONEY = "#,##0.00"
_NATURES = {Nature.ACTIVITY: "Actividad", Nature.INVESTMENT: "Inversión"}


@dataclass(frozen=True)
class _Block:
    """Twelve months of one side, in units or in soles, and what stands over them."""

    title: str
    months: Callable[[ActivityYear], Months]
    money: bool


_BLOCKS = (
    _Block("PROGRAMADO", lambda one: one.activity.programmed, False),
    _Block("EJECUTADO", lambda one: one.executed, False),
    _Block("PROGRAMADO (S/)", lambda one: one.activity.programmed_money, True),
    _Block("EJECUTADO (S/)", lambda one: one.executed_money, True),
)
_FIELDS: tuple[tuple[str, Callable[[Activity], str], float], ...] = (
    ("unit_name", lambda one: one.unit_name, 24.0),
    ("code", lambda one: one.code, 18.0),
    ("title", lambda one: one.title, 46.0),
    ("measure", lambda one: one.measure, 14.0),
    ("nature", lambda one: _NATURES[one.nature], 12.0),
    ("goal_kind", lambda one: GOALS[one.goal_kind], 12.0),
    ("direction", lambda one: DIRECTIONS[one.direction], 14.0),
    ("oei", lambda one: one.oei, 12.0),
    ("aei", lambda one: one.aei, 12.0),
    ("centro_costo", lambda one: one.centro_costo, 16.0),
    ("category", lambda one: one.category, 18.0),
    ("product", lambda one: one.product, 18.0),
    ("budget_activity", lambda one: one.budget_activity, 18.0),
    ("function", lambda one: one.function, 12.0),
    ("division", lambda one: one.division, 12.0),
    ("group", lambda one: one.group, 12.0),
    ("budget_goal", lambda one: one.budget_goal, 12.0),
    ("ubigeo", lambda one: one.ubigeo, 9.0),
    ("priority", lambda one: one.priority, 10.0),
)


def plan_xlsx(year: PoiYear, version_words: str, progress: Progress = silent, *, mark: str = "") -> bytes:
    """Every field and the twelve months of each activity, programmed and executed, in units and in soles."""
    note = ". ".join(filter(None, (mark, version_words, SUMS_NOTE)))
    sheets = [_plan_sheet(year, note)]
    return live_workbook(f"POI {year.plan.year} ({version_words})", sheets, progress, mark=mark)


def _plan_sheet(year: PoiYear, note: str) -> LiveSheet:
    goals = len(_FIELDS) + 1
    starts = [goals + 2 + 13 * at for at in range(len(_BLOCKS))]
    last_row = FIRST + len(year.activities) - 1
    columns = [LiveColumn(width, "@") for _meaning, _told, width in _FIELDS]
    quantity = format_of(
        value
        for one in year.activities
        for value in (one.activity.annual, *one.activity.programmed, *one.executed)
    )
    places = 0 if quantity == WHOLE else 2
    goal = [sum_told(one.activity.annual for one in year.activities)]
    goal_money = [sum_told(one.activity.annual_money for one in year.activities)]
    columns += [
        LiveColumn(figure_width(10.0, goal, places), quantity),
        LiveColumn(figure_width(13.0, goal_money, 2), _MONEY),
    ]
    for block in _BLOCKS:
        wide = LiveColumn(figure_width(8.0, goal, places), quantity)
        columns += [LiveColumn(figure_width(11.0, goal_money, 2), _MONEY) if block.money else wide] * 13
    merges = [head_span(start, start + 12) for start in starts]
    return LiveSheet(
        "POI",
        columns,
        _plan_rows(year, note, starts, last_row),
        frozen=f"E{FIRST}",
        head_rows=f"{HEAD}:{FIRST - 1}",
        head_columns="A:C",
        merges=merges,
        paper="A3",
    )


def _plan_rows(year: PoiYear, note: str, starts: Sequence[int], last_row: int) -> Iterator[LiveRow]:
    title = " ".join(year.plan.title.split()).upper()
    yield LiveRow([title], "title")
    yield LiveRow([note], "note")
    names = [TEXT_MEANINGS[meaning].upper() for meaning, _told, _width in _FIELDS]
    over = [cell for block in _BLOCKS for cell in (block.title, *[None] * 12)]
    yield LiveRow([*names, "META ANUAL", "META ANUAL (S/)", *over], "head")
    yield LiveRow([*[None] * (len(names) + 2), *[*MONTH_CODES, "TOTAL"] * len(_BLOCKS)], "head")
    for number, one in enumerate(year.activities, FIRST):
        activity = one.activity
        cells: list[LiveValue] = [told(activity) for _meaning, told, _width in _FIELDS]
        cells += [activity.annual, activity.annual_money]
        for block, start in zip(_BLOCKS, starts, strict=True):
            months = block.months(one)
            kind = GoalKind.SUM if block.money else activity.goal_kind
            span = f"{column_letters(start)}{number}:{column_letters(start + 11)}{number}"
            cells += [*months, months_formula(kind, span, value_to_date(months, 12, kind))]
        yield LiveRow(cells)
    yield _plan_total(year, last_row)


def _plan_total(year: PoiYear, last_row: int) -> LiveRow:
    goals = len(_FIELDS) + 1
    cells: list[LiveValue] = ["TOTAL", *[None] * (len(_FIELDS) - 1)]
    values = [
        sum_told(one.activity.annual for one in year.activities),
        sum_told(one.activity.annual_money for one in year.activities),
    ]
    for block in _BLOCKS:
        listed = [block.months(one) for one in year.activities]
        values += [sum_told(months[at] for months in listed) for at in range(12)]
        kinds = [GoalKind.SUM if block.money else one.activity.goal_kind for one in year.activities]
        totals = [value_to_date(months, 12, kind) for months, kind in zip(listed, kinds, strict=True)]
        values.append(sum_told(totals))
    for column, value in enumerate(values, goals):
        letters = column_letters(column)
        cells.append(sum_formula(f"{letters}{FIRST}:{letters}{last_row}", value))
    return LiveRow(cells, "total")
