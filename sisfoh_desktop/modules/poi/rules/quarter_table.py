"""The table that the office has always kept: months programmed, months executed, and each quarter's two figures.

It ends at a month; the last quarter may not be whole yet. Nothing is divided here: states are in states.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, cast

from sisfoh_desktop.modules.poi.rules.exceptions import states_until
from sisfoh_desktop.modules.poi.rules.facts import (
    ActivityYear,
    GoalKind,
    Months,
    PoiYear,
    months_of_quarter,
    value_over,
)
from sisfoh_desktop.modules.poi.rules.states import State

TOTAL_LABEL = "TOTAL (suma de unidades distintas)"

_ZERO = Decimal(0)
Figures = tuple[Decimal | None, ...]


class QuarterFigures(NamedTuple):
    """What a quarter comes to, None where every month of it is blank."""

    programmed: Decimal | None
    executed: Decimal | None


@dataclass(frozen=True)
class TableFigures:
    """The figures of a row in the order of the columns."""

    annual: Decimal | None
    programmed: Figures
    executed: Figures
    quarters: tuple[QuarterFigures, ...]


@dataclass(frozen=True)
class QuarterRow:
    """An activity's row and its state from January to the last month of the table."""

    row: ActivityYear
    figures: TableFigures
    state: State


@dataclass(frozen=True)
class QuarterTable:
    """The table up to the month `until` (1 to 12). `total` adds unlike units, as the source does: say so beside it."""

    until: int
    rows: tuple[QuarterRow, ...]
    total: TableFigures

    @property
    def months(self) -> range:
        return range(1, self.until + 1)

    @property
    def quarters(self) -> range:
        """The quarters begun by then."""
        return range(1, quarter_of(self.until) + 1)


def quarter_of(month: int) -> int:
    """The quarter (1 to 4) of a month."""
    return (month + 2) // 3


def quarter_table(year: PoiYear, until: int, states: Sequence[State] | None = None) -> QuarterTable:
    """Every activity in plan order with its figures up to the month `until`, and the sum of each column.

    `states`: those of `states_until`, if at hand.
    """
    spans = _spans(until)
    told = states_until(year, until) if states is None else states
    rows = tuple(
        QuarterRow(one, _figures(one, until, spans), state)
        for one, state in zip(year.activities, told, strict=True)
    )
    return QuarterTable(until, rows, _total([row.figures for row in rows], until, len(spans)))


def _spans(until: int) -> tuple[range, ...]:
    """The months of each quarter begun, the last one cut at `until`."""
    return tuple(
        range(months.start, min(months.stop, until + 1))
        for months in map(months_of_quarter, range(1, quarter_of(until) + 1))
    )


def _figures(one: ActivityYear, until: int, spans: Sequence[range]) -> TableFigures:
    activity = one.activity
    kind = activity.goal_kind
    return TableFigures(
        activity.annual,
        activity.programmed[:until],
        one.executed[:until],
        tuple(
            QuarterFigures(_value(activity.programmed, span, kind), _value(one.executed, span, kind))
            for span in spans
        ),
    )


def _value(months: Months, span: range, kind: GoalKind) -> Decimal | None:
    """What neighbouring months come to; the short way where they add up and none of them is blank."""
    if kind is GoalKind.SUM:
        told = months[span.start - 1 : span.stop - 1]
        if None not in told:
            return sum(cast("tuple[Decimal, ...]", told), _ZERO)
    return value_over(months, span, kind)


def _total(rows: Sequence[TableFigures], until: int, quarters: int) -> TableFigures:
    return TableFigures(
        sum_told(row.annual for row in rows),
        tuple(sum_told(row.programmed[month] for row in rows) for month in range(until)),
        tuple(sum_told(row.executed[month] for row in rows) for month in range(until)),
        tuple(
            QuarterFigures(
                sum_told(row.quarters[at].programmed for row in rows),
                sum_told(row.quarters[at].executed for row in rows),
            )
            for at in range(quarters)
        ),
    )


def sum_told(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what was told; None where nothing was."""
    told = [value for value in values if value is not None]
    return sum(told, _ZERO) if told else None
