"""The quarter's table as a workbook with live sums, in the layout that offices keep; the plan's is in `plan_export`.

Both are read back by `importing` to the same plan. Quarters, totals and percentages are formulas with the value they
came to; a blank stays a blank.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.modules.poi.rules.by_unit import Tally
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    QUARTER_NAMES,
    Activity,
    Direction,
    GoalKind,
)
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS
from sisfoh_desktop.modules.poi.rules.quarter_table import QuarterRow
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport
from sisfoh_desktop.modules.poi.rules.states import State
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
    Formula,
    LiveColumn,
    LiveRow,
    LiveSheet,
    LiveValue,
    column_letters,
    live_workbook,
)

_PERCENT = "0.0%"
_TOLD: Mapping[str, Callable[[Activity], str]] = {
    "goal_kind": lambda one: GOALS[one.goal_kind],
    "direction": lambda one: DIRECTIONS[one.direction],
}
"""What a column tells where some row is not as most: months that are levels, less that is better."""


def report_xlsx(report: QuarterReport, progress: Progress = silent, *, mark: str = "") -> bytes:
    """The table of a quarter with what each activity advanced, and the counts by unit and sums by unit of measure."""
    quarter = _QuarterSheet(report, mark)
    return live_workbook(
        f"{report.title} ({report.version_words})",
        [quarter.sheet(), _units_sheet(report, quarter), _measures_sheet(report, quarter)],
        progress,
        mark=mark,
    )


def _told_apart(activities: Iterable[Activity]) -> tuple[str, ...]:
    """The meanings that need a column, so that whoever reads the table again adds it up as it is meant."""
    found = list(activities)
    levels = any(one.goal_kind is GoalKind.STOCK for one in found)
    less = any(one.direction is Direction.LESS for one in found)
    return tuple(meaning for meaning, told in (("goal_kind", levels), ("direction", less)) if told)


class _QuarterSheet:
    """Where each column of the quarter's table stands, from 1."""

    NAME = "POI"

    def __init__(self, report: QuarterReport, mark: str) -> None:
        self.report = report
        self._note = ". ".join(filter(None, (mark, report.version_words, SUMS_NOTE)))
        count = report.table.until
        self.told = _told_apart(row.row.activity for row in report.table.rows)
        self.annual = 5 + len(self.told)
        self.programmed = self.annual + 1
        self.executed = self.programmed + count
        self.quarters = self.executed + count
        self.to_date = self.quarters + 2 * len(report.table.quarters)
        self.last_row = FIRST + len(report.table.rows) - 1
        self.number_format = format_of(
            value
            for row in report.table.rows
            for value in (row.figures.annual, *row.figures.programmed, *row.figures.executed)
        )

    def cells_of(self, column: int) -> str:
        """A column's cells of data, for the formulas of other sheets: `POI!$E$4:$E$93`."""
        letters = column_letters(column)
        return f"{self.NAME}!${letters}${FIRST}:${letters}${self.last_row}"

    def sheet(self) -> LiveSheet:
        texts = [24.0, 24.0, 46.0, 14.0, *[14.0] * len(self.told)]
        total, places = self.report.table.total, 0 if self.number_format == WHOLE else 2
        pairs = [value for one in total.quarters for value in (one.programmed, one.executed)]
        year = figure_width(9.0, [total.annual, *pairs], places)
        month = figure_width(6.5, (*total.programmed, *total.executed), places)
        quarter = figure_width(6.5, pairs, places)
        months = [month] * (self.quarters - self.programmed)
        widths = [*texts, year, *months, *[quarter] * len(pairs), year, year, 10.0, 16.0]
        figures = len(widths) - len(texts) - 2
        formats = ["@"] * len(texts) + [self.number_format] * figures + [_PERCENT, "@"]
        return LiveSheet(
            self.NAME,
            [LiveColumn(width, told) for width, told in zip(widths, formats, strict=True)],
            self._rows(),
            frozen=f"{column_letters(self.annual)}{FIRST}",
            head_rows=f"{HEAD}:{FIRST - 1}",
            head_columns="A:C",
            merges=self._merges(),
            paper="A4" if self.report.table.until < 10 else "A3",
        )

    def _rows(self) -> Iterator[LiveRow]:
        table = self.report.table
        months = [MONTH_CODES[month - 1] for month in table.months]
        count = len(months) - 1
        yield LiveRow([self.report.title], "title")
        yield LiveRow([self._note], "note")
        yield LiveRow(
            [
                *("UNIDAD ORGÁNICA", "MEF", "ACTIVIDAD POI", "UNIDAD DE MEDIDA"),
                *(TEXT_MEANINGS[meaning].upper() for meaning in self.told),
                *("META ANUAL", "PROGRAMADO", *[None] * count, "EJECUTADO", *[None] * count),
                *(
                    cell
                    for quarter in table.quarters
                    for cell in (f"{QUARTER_NAMES[quarter - 1]} TRIMESTRE", None)
                ),
                *("% DE AVANCE", None, None, "ESTADO"),
            ],
            "head",
        )
        yield LiveRow(
            [
                *[None] * self.annual,
                *months,
                *months,
                *["PROG", "EJEC"] * len(table.quarters),
                *["% PROG", "% EJEC", "%"],
                None,
            ],
            "head",
        )
        for number, row in enumerate(table.rows, FIRST):
            yield LiveRow(self._row(row, number))
        yield self._total()

    def _row(self, row: QuarterRow, number: int) -> list[LiveValue]:
        activity, figures, state = row.row.activity, row.figures, row.state
        cells: list[LiveValue] = [activity.unit_name, activity.category, activity.title, activity.measure]
        cells += [_TOLD[meaning](activity) for meaning in self.told]
        cells += [figures.annual, *figures.programmed, *figures.executed]
        last = self.report.table.until - 1
        for at, quarter in enumerate(figures.quarters):
            for first, value in ((self.programmed, quarter.programmed), (self.executed, quarter.executed)):
                cells.append(
                    self._period(activity, number, first + 3 * at, first + min(3 * at + 2, last), value)
                )
        for first, value in ((self.programmed, state.programmed), (self.executed, state.executed)):
            cells.append(self._period(activity, number, first, first + last, value))
        at_date = column_letters(self.to_date), column_letters(self.to_date + 1)
        return [
            *cells,
            _ratio(activity, state, f"{at_date[0]}{number}", f"{at_date[1]}{number}"),
            state.label,
        ]

    def _period(
        self, activity: Activity, number: int, first: int, last: int, value: Decimal | None
    ) -> Formula:
        cells = f"{column_letters(first)}{number}:{column_letters(last)}{number}"
        return months_formula(activity.goal_kind, cells, value)

    def _total(self) -> LiveRow:
        total = self.report.table.total
        pairs = [value for one in total.quarters for value in (one.programmed, one.executed)]
        values = [total.annual, *total.programmed, *total.executed, *pairs]
        cells: list[LiveValue] = ["TOTAL", *[None] * (self.annual - 2)]
        for column, value in enumerate(values, self.annual):
            cells.append(
                sum_formula(f"{column_letters(column)}{FIRST}:{column_letters(column)}{self.last_row}", value)
            )
        return LiveRow([*cells, None, None, None, None], "total")

    def _merges(self) -> list[str]:
        spans = [(self.programmed, self.executed - 1), (self.executed, self.quarters - 1)]
        spans += [(at, at + 1) for at in range(self.quarters, self.to_date, 2)]
        spans.append((self.to_date, self.to_date + 2))
        return [head_span(first, last) for first, last in spans if first < last]


def _units_sheet(report: QuarterReport, quarter: _QuarterSheet) -> LiveSheet:
    """Units with how many of their activities are in each state."""
    shown = [place for place, count in enumerate(report.whole.counts) if count]
    states = quarter.cells_of(quarter.to_date + 3)
    names = quarter.cells_of(1)

    def rows() -> Iterator[LiveRow]:
        heads = [report.heads[place].label for place in shown]
        yield LiveRow(["Por unidad orgánica: actividades según su estado"], "title")
        yield LiveRow(["UNIDADES", "ACTIVIDADES", *heads, "CUMPLIDAS", "% DE CUMPLIDAS"], "head")
        for number, line in enumerate(report.units, 3):
            counted: list[LiveValue] = [
                Formula(
                    f"SUMPRODUCT(({names}=$A{number})*({states}={column_letters(3 + at)}$2))",
                    line.tally.counts[place],
                )
                for at, place in enumerate(shown)
            ]
            yield LiveRow(
                [
                    line.unit_name,
                    *_tallied(line.tally, counted, number, f"SUMPRODUCT(({names}=$A{number})*1)"),
                ]
            )
        last = 2 + len(report.units)
        sums: list[LiveValue] = [
            Formula(
                f"SUM({column_letters(3 + at)}3:{column_letters(3 + at)}{last})", report.whole.counts[place]
            )
            for at, place in enumerate(shown)
        ]
        yield LiveRow(["TOTAL", *_tallied(report.whole, sums, last + 1, f"SUM(B3:B{last})")], "total")

    widths = [44.0, 13.0, *[15.0] * len(shown), 13.0, 13.0]
    formats = ["@", *[WHOLE] * (len(shown) + 2), _PERCENT]
    columns = [LiveColumn(width, told) for width, told in zip(widths, formats, strict=True)]
    return LiveSheet("Por unidad", columns, rows(), frozen="B3", head_rows="1:2")


def _tallied(tally: Tally, counted: Sequence[LiveValue], number: int, activities: str) -> list[LiveValue]:
    done = column_letters(3 + len(counted))
    percent = Decimal(tally.fulfilled) / tally.programmed if tally.programmed else ""
    share: LiveValue = Formula(f'IF(B{number}=0,"",{done}{number}/B{number})', percent)
    if tally.programmed != tally.activities:  # some had nothing to do: the share is of the others
        share = Formula(f'IF({tally.programmed}=0,"",{done}{number}/{max(1, tally.programmed)})', percent)
    return [Formula(activities, tally.activities), *counted, tally.fulfilled, share]


def _measures_sheet(report: QuarterReport, quarter: _QuarterSheet) -> LiveSheet:
    """Units of measure with their sums up to the cut; levels and «less is better» stand apart from the sums."""
    measures = quarter.cells_of(4)

    def rows() -> Iterator[LiveRow]:
        yield LiveRow(["Por unidad de medida"], "title")
        yield LiveRow(
            ["MEDIDAS", "ACTIVIDADES", "% META", "% PROG", "% EJEC", "% DE AVANCE", "ESTADO"], "head"
        )
        alone = {line.key.measure for line in report.measures}
        mixed = {name for name in alone if sum(line.key.measure == name for line in report.measures) > 1}
        for number, line in enumerate(report.measures, 3):
            values = (line.annual, line.state.programmed, line.state.executed)
            told: list[LiveValue] = list(values)
            if line.key.measure not in mixed:
                columns = (quarter.annual, quarter.to_date, quarter.to_date + 1)
                told = [
                    Formula(f"SUMPRODUCT(({measures}=$A{number})*1,{quarter.cells_of(column)})", value or 0)
                    for column, value in zip(columns, values, strict=True)
                ]
            ratio: LiveValue = line.state.ratio
            if line.key.direction is Direction.MORE and line.state.ratio is not None:
                ratio = Formula(f'IF(D{number}=0,"",E{number}/D{number})', line.state.ratio)
            yield LiveRow([line.name, line.tally.activities, *told, ratio, line.state.label])

    formats = ["@", WHOLE, *[quarter.number_format] * 3, _PERCENT, "@"]
    widths = [34.0, 13.0, 13.0, 13.0, 13.0, 13.0, 20.0]
    columns = [LiveColumn(width, told) for width, told in zip(widths, formats, strict=True)]
    return LiveSheet("Por medida", columns, rows(), frozen="B3", head_rows="1:2")


def _ratio(activity: Activity, state: State, programmed: str, executed: str) -> Formula:
    """Executed over programmed; the other way round, and one at the most, where less is better."""
    known = f"OR(N({programmed})=0,COUNT({executed})=0)"
    value: Decimal | str = "" if state.ratio is None else state.ratio
    if activity.direction is Direction.LESS:
        told = f"IF({executed}<={programmed},1,{programmed}/{executed})"
    else:
        told = f"{executed}/{programmed}"
    return Formula(f'IF({known},"",{told})', value)
