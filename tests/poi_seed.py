"""The table of the POI 2019 at its third quarter, read right: 90 activities whose quarters add up to its row of totals.

47 rows lost one executed figure between April and September; the quarters at the end of the row say which one. Where
several fit, the first is taken; the one row that no single figure mends keeps its quarters as programmed months do.
An activity's `id` is its line in the file, so that a test can name it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from sisfoh_desktop.modules.poi.rules.facts import (
    Activity,
    ActivityYear,
    Band,
    MonthState,
    PoiPlan,
    PoiVersion,
    PoiYear,
    Stage,
)

SEED = Path(__file__).parent / "data" / "poi_2019.txt"
BANDS = (
    Band("Crítico", Decimal(0), True, "bad", "square"),
    Band("En riesgo", Decimal(75), True, "warn", "triangle"),
    Band("Conforme", Decimal(95), True, "good", "circle"),
)
_TEXTS = 4
_COLUMNS = 29
_MONTHS = 9
_FIRST_GAP, _LAST_GAP = 12, 17
"""Executed April to September among the 24 figures after the annual goal."""


@cache
def seed_year() -> PoiYear:
    """The year of the seed: programmed and executed from January to September, a draft without its resolution."""
    plan = PoiPlan(1, 2019, "Plan Operativo Institucional 2019", BANDS, Decimal(0), Decimal(0))
    return PoiYear(
        plan,
        PoiVersion(1, plan.id, Stage.APPROVED, 0),
        tuple(_activity(line, fields, order) for order, (line, fields) in enumerate(seed_rows(), 1)),
        tuple(MonthState(plan.id, month, _due(2019, month)) for month in range(1, 13)),
    )


def seed_rows() -> Iterator[tuple[int, list[str]]]:
    """The activity rows of the file: their line (from 1) and their 29 fields, as they are."""
    for line, text in enumerate(SEED.read_text(encoding="utf-8").splitlines(), 1):
        fields = text.split("\t")
        if len(fields) == _COLUMNS and fields[0] not in ("", "TOTAL", "UNIDAD ORGÁNICA"):
            yield line, fields


def year_with(*, activities: tuple[ActivityYear, ...]) -> PoiYear:
    """A year with just these activities, under the seed's plan."""
    numbered = (
        one if one.activity.id else replace(one, activity=replace(one.activity, id=place, order=place))
        for place, one in enumerate(activities, 1)
    )
    return replace(seed_year(), activities=tuple(numbered))


def _activity(line: int, fields: list[str], order: int) -> ActivityYear:
    figures = [_figure(text) for text in fields[_TEXTS + 1 :]]
    if figures[-1] is None:
        figures = _mended(figures[:-1])
    rest = (None,) * (12 - _MONTHS)
    return ActivityYear(
        Activity(
            id=line,
            row_id=line,
            order=order,
            unit_name=fields[0],
            category=fields[1],
            title=fields[2],
            measure=fields[3],
            annual=_figure(fields[_TEXTS]),
            programmed=(*figures[:_MONTHS], *rest),
        ),
        executed=(*figures[_MONTHS : 2 * _MONTHS], *rest),
    )


def _mended(told: list[Decimal | None]) -> list[Decimal | None]:
    for gap in range(_FIRST_GAP, _LAST_GAP + 1):
        first = _MONTHS + (gap - _MONTHS) // 3 * 3
        whole = [*told[:gap], Decimal(0), *told[gap:]]
        quarter = whole[2 * _MONTHS + 1 + (first - _MONTHS) // 3 * 2]
        assert quarter is not None
        whole[gap] = quarter - _sum(whole[first : first + 3])
        if _adds_up(whole):
            return whole
    quarters = told[-6:]
    return [*told[:_MONTHS], *told[:_MONTHS], *quarters]


def _adds_up(figures: list[Decimal | None]) -> bool:
    """Every quarter is the sum of its months, and no figure is below zero."""
    quarters = figures[2 * _MONTHS :]
    return all(figure is not None and figure >= 0 for figure in figures) and all(
        _sum(figures[start : start + 3]) == quarters[at * 2 + side]
        for side, block in enumerate((0, _MONTHS))
        for at, start in enumerate(range(block, block + _MONTHS, 3))
    )


def _sum(figures: list[Decimal | None]) -> Decimal:
    return sum((figure for figure in figures if figure is not None), Decimal(0))


def _figure(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text else None


def _due(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 20)
