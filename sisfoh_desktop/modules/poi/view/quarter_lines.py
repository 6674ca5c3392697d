"""The lists of a cut as lines ready to be shown: every text made once, on the worker, whatever the list's length.

How the figures are reckoned is in `rules`; what the columns are called is in `quarter_columns`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.modules.poi.rules.by_measure import MeasureLine, by_measure
from sisfoh_desktop.modules.poi.rules.by_unit import StateHead, UnitLine, by_unit, state_heads
from sisfoh_desktop.modules.poi.rules.exceptions import (
    ExceptionLine,
    Side,
    exceptions_of,
    side_counts,
    states_until,
)
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    ActivityYear,
    Execution,
    PoiYear,
)
from sisfoh_desktop.modules.poi.rules.percent import percent_text
from sisfoh_desktop.modules.poi.rules.quarter_table import (
    TOTAL_LABEL,
    QuarterTable,
    TableFigures,
    quarter_of,
    quarter_table,
)
from sisfoh_desktop.modules.poi.rules.remaining import RemainingLine, remaining_of
from sisfoh_desktop.modules.poi.rules.states import State


@dataclass(frozen=True)
class Shown:
    """A line of a list: its texts in the order of the columns and, beside them, what orders them.

    `state` paints the cell of the state; `key` tells lines apart after a reload.
    """

    key: int | str
    texts: tuple[str, ...]
    values: tuple[Decimal | int | None, ...]
    state: State | None
    row: ActivityYear | None = None


@dataclass(frozen=True)
class QuarterLists:
    """All that the tab shows of a cut: the year up to a month (1 to 12)."""

    year: PoiYear
    until: int
    exceptions: tuple[Shown, ...]
    table: tuple[Shown, ...]
    total_texts: tuple[str, ...]
    total: TableFigures
    units: tuple[Shown, ...]
    measures: tuple[Shown, ...]
    remaining: tuple[Shown, ...]
    heads: tuple[StateHead, ...]
    sides: Mapping[Side, int]
    begun: bool

    @property
    def quarter(self) -> int:
        """The quarter (1 to 4) that the cut is in."""
        return quarter_of(self.until)


def quarter_lists(
    year: PoiYear, until: int, motives: Mapping[str, str], *, begun: bool = True
) -> QuarterLists:
    """Reckon and write everything of a cut; `motives` gives the words of a motive by its code.

    Of a year that has not `begun` nothing departs and nothing is owed: its lines have no state.
    """
    states = states_until(year, until)
    deviating = exceptions_of(year, until, states) if begun else ()
    table = quarter_table(year, until, states)
    heads = state_heads(year.plan.bands)
    return QuarterLists(
        year=year,
        until=until,
        exceptions=tuple(_exception(line, motives) for line in deviating),
        table=tuple(_stateless(_table_lines(table), begun)),
        total_texts=("", TOTAL_LABEL, "", *_figure_texts(table.total), ""),
        total=table.total,
        units=tuple(_unit(line, begun) for line in by_unit(year, until, states)),
        measures=tuple(_stateless([_measure(line) for line in by_measure(year, until, states)], begun)),
        remaining=tuple(_remaining(line) for line in remaining_of(year, quarter_of(until), until)),
        heads=heads,
        sides=side_counts(deviating),
        begun=begun,
    )


def _stateless(lines: Sequence[Shown], begun: bool) -> Sequence[Shown]:
    """The lines of a year that has not begun say no state."""
    return lines if begun else [replace(line, state=None) for line in lines]


def motive_words(note: Execution, motives: Mapping[str, str]) -> str:
    """«Falta de personal: renunció el responsable», or whichever of both was told."""
    return ": ".join(part for part in (motives.get(note.motive, note.motive), note.motive_text) if part)


def _exception(line: ExceptionLine, motives: Mapping[str, str]) -> Shown:
    state, activity = line.state, line.row.activity
    told = _by_month([(note.month, motive_words(note, motives)) for note in line.notes])
    measures = (
        line.notes[0].corrective
        if told and len(line.notes) == 1  # the month is said already
        else _by_month([(note.month, note.corrective) for note in line.notes])
    )
    why = f"{told}{' · ' if told else ''}Medida: {measures}" if measures else told
    return Shown(
        activity.id,
        (
            state.label,
            activity.unit_name,
            activity.title,
            activity.measure,
            _figure(state.programmed),
            _figure(state.executed),
            signed(state.gap),
            percent_text(state.percent),
            why,
        ),
        (line.side, None, None, None, state.programmed, state.executed, state.gap, state.ratio, None),
        state,
        line.row,
    )


def _by_month(told: Sequence[tuple[int, str]]) -> str:
    """«MAR: …; ABR: …»; the month alone is left out where all months say the same."""
    listed = [(month, words) for month, words in told if words]
    if len({words for _month, words in listed}) == 1:
        return f"{', '.join(MONTH_CODES[month - 1] for month, _words in listed)}: {listed[0][1]}"
    return "; ".join(f"{MONTH_CODES[month - 1]}: {words}" for month, words in listed)


def _table_lines(table: QuarterTable) -> list[Shown]:
    return [
        Shown(
            line.row.activity.id,
            (
                line.row.activity.unit_name,
                line.row.activity.title,
                line.row.activity.measure,
                *_figure_texts(line.figures),
                line.state.label,
            ),
            (None, None, None, *_values(line.figures), line.state.ratio),
            line.state,
            line.row,
        )
        for line in table.rows
    ]


def _values(figures: TableFigures) -> list[Decimal | None]:
    quarters = [value for quarter in figures.quarters for value in quarter]
    return [figures.annual, *figures.programmed, *figures.executed, *quarters]


def _figure_texts(figures: TableFigures) -> list[str]:
    return [_figure(value) for value in _values(figures)]


def _unit(line: UnitLine, begun: bool) -> Shown:
    tally = line.tally
    counts = tally.counts if begun else (0,) * len(tally.counts)
    return Shown(
        line.unit_name,
        (
            line.unit_name,
            str(tally.activities),
            percent_text(tally.fulfilled_percent),
            percent_text(tally.advance),
            *(str(count) if count else "" for count in counts),
        ),
        (None, tally.activities, tally.fulfilled_percent, tally.advance, *counts),
        None,
    )


def _measure(line: MeasureLine) -> Shown:
    state = line.state
    return Shown(
        line.name,
        (
            line.name,
            str(line.tally.activities),
            _figure(line.annual),
            _figure(state.programmed),
            _figure(state.executed),
            percent_text(state.percent),
            state.label,
            str(line.tally.deviating),
        ),
        (
            None,
            line.tally.activities,
            line.annual,
            state.programmed,
            state.executed,
            state.ratio,
            state.ratio,
            line.tally.deviating,
        ),
        state,
    )


def _remaining(line: RemainingLine) -> Shown:
    activity = line.row.activity
    return Shown(
        activity.id,
        (
            activity.unit_name,
            activity.title,
            activity.measure,
            _figure(line.programmed),
            _figure(line.executed),
            _figure(line.missing),
            _figure(line.late) if line.late else "",
            _figure(line.to_come) if line.to_come else "",
            ", ".join(MONTH_CODES[month - 1] for month in line.owed_months),
        ),
        (
            *(None, None, None, line.programmed, line.executed),
            *(line.missing, line.late, line.to_come, -len(line.owed_months)),
        ),
        None,
        line.row,
    )


def signed(gap: Decimal) -> str:
    """`−6`, `+9`; "" for none."""
    if not gap:
        return ""
    return f"{'+' if gap > 0 else '−'}{_figure(abs(gap))}"


@cache
def _figure(value: Decimal | None) -> str:
    """A plan repeats few figures many times."""
    return format_quantity(value)
