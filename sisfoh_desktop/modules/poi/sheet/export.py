"""The POI as a workbook with live sums: the quarter's table in the layout that offices keep, and the whole plan.

Both are read back by `sheet/importing.py` to the same plan. Quarters, totals and percentages are formulas with the
value they came to; a blank stays a blank.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sisfoh_desktop.modules.poi.rules.by_unit import Tally
from sisfoh_desktop.modules.poi.rules.facts import (
    MONTH_CODES,
    QUARTER_NAMES,
    Activity,
    ActivityYear,
    Direction,
    GoalKind,
    Months,
    Nature,
    PoiYear,
    value_to_date,
)
from sisfoh_desktop.modules.poi.rules.importing import TEXT_MEANINGS
from sisfoh_desktop.modules.poi.rules.quarter_table import QuarterRow, sum_told
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport
from sisfoh_desktop.modules.poi.rules.states import State
from sisfoh_desktop.sheets.live_workbook import (
    Formula,
    LiveColumn,
    LiveRow,
    LiveSheet,
    LiveValue,
    column_letters,
    live_workbook,
)

_MONEY, _PERCENT = "#,##0.00", "0.0%"
_WHOLE, _BROKEN = "#,##0", "General"  # "#,##0.##" would leave a point after whole figures
_HEAD = 3  # the first of the two rows of heads, under the title and a note
_FIRST = _HEAD + 2  # the first row of data
_LARGEST = "9.99E+307"
_NATURES = {Nature.ACTIVITY: "Actividad", Nature.INVESTMENT: "Inversión"}
_GOALS = {GoalKind.SUM: "Suma", GoalKind.STOCK: "Acumulado"}
_DIRECTIONS = {Direction.MORE: "Más es mejor", Direction.LESS: "Menos es mejor"}
_SUMS_NOTE = "El TOTAL suma unidades de medida distintas: sirve para comprobar la tabla, no para medir."


# --- the quarter's table ---


def report_xlsx(report: QuarterReport) -> bytes:
    """The table of a quarter with what each activity advanced, and the counts by unit and sums by unit of measure."""
    quarter = _QuarterSheet(report)
    return live_workbook(
        f"{report.title} ({report.version_words})",
        [quarter.sheet(), _units_sheet(report, quarter), _measures_sheet(report, quarter)],
    )


class _QuarterSheet:
    """Where each column of the quarter's table stands, from 1."""

    NAME = "POI"

    def __init__(self, report: QuarterReport) -> None:
        self.report = report
        count = report.table.until
        self.annual = 5
        self.programmed = 6
        self.executed = self.programmed + count
        self.quarters = self.executed + count
        self.to_date = self.quarters + 2 * len(report.table.quarters)
        self.last_row = _FIRST + len(report.table.rows) - 1
        self.number_format = _format_of(
            value
            for row in report.table.rows
            for value in (row.figures.annual, *row.figures.programmed, *row.figures.executed)
        )

    def cells_of(self, column: int) -> str:
        """A column's cells of data, for the formulas of other sheets: `POI!$E$4:$E$93`."""
        letters = column_letters(column)
        return f"{self.NAME}!${letters}${_FIRST}:${letters}${self.last_row}"

    def sheet(self) -> LiveSheet:
        widths = [24.0, 24.0, 46.0, 14.0, 9.0, *[6.5] * (self.to_date - 6), 9.0, 9.0, 10.0, 16.0]
        formats = ["@"] * 4 + [self.number_format] * (len(widths) - 6) + [_PERCENT, "@"]
        return LiveSheet(
            self.NAME,
            [LiveColumn(width, told) for width, told in zip(widths, formats, strict=True)],
            self._rows(),
            frozen=f"E{_FIRST}",
            head_rows=f"{_HEAD}:{_FIRST - 1}",
            head_columns="A:C",
            merges=self._merges(),
            paper="A4" if self.report.quarter < 4 else "A3",
        )

    def _rows(self) -> Iterator[LiveRow]:
        table = self.report.table
        months = [MONTH_CODES[month - 1] for month in table.months]
        count = len(months) - 1
        yield LiveRow([self.report.title], "title")
        yield LiveRow([f"{self.report.version_words}. {_SUMS_NOTE}"], "note")
        yield LiveRow(
            [
                *("UNIDAD ORGÁNICA", "MEF", "ACTIVIDAD POI", "UNIDAD DE MEDIDA", "META ANUAL"),
                *("PROGRAMADO", *[None] * count, "EJECUTADO", *[None] * count),
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
                *[None] * 5,
                *months,
                *months,
                *["PROG", "EJEC"] * len(table.quarters),
                *["% PROG", "% EJEC", "%"],
                None,
            ],
            "head",
        )
        for number, row in enumerate(table.rows, _FIRST):
            yield LiveRow(self._row(row, number))
        yield self._total()

    def _row(self, row: QuarterRow, number: int) -> list[LiveValue]:
        activity, figures, state = row.row.activity, row.figures, row.state
        cells: list[LiveValue] = [activity.unit_name, activity.category, activity.title, activity.measure]
        cells += [figures.annual, *figures.programmed, *figures.executed]
        for at, quarter in enumerate(figures.quarters):
            for first, value in ((self.programmed, quarter.programmed), (self.executed, quarter.executed)):
                cells.append(self._period(activity, number, first + 3 * at, first + 3 * at + 2, value))
        last = self.report.table.until - 1
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
        return _over(activity.goal_kind, cells, value)

    def _total(self) -> LiveRow:
        total = self.report.table.total
        pairs = [value for one in total.quarters for value in (one.programmed, one.executed)]
        values = [total.annual, *total.programmed, *total.executed, *pairs]
        cells: list[LiveValue] = ["TOTAL", None, None, None]
        for column, value in enumerate(values, self.annual):
            cells.append(
                _sum_of(f"{column_letters(column)}{_FIRST}:{column_letters(column)}{self.last_row}", value)
            )
        return LiveRow([*cells, None, None, None, None], "total")

    def _merges(self) -> list[str]:
        spans = [(self.programmed, self.executed - 1), (self.executed, self.quarters - 1)]
        spans += [(at, at + 1) for at in range(self.quarters, self.to_date, 2)]
        spans.append((self.to_date, self.to_date + 2))
        return [_head_span(first, last) for first, last in spans if first < last]


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
    formats = ["@", *[_WHOLE] * (len(shown) + 2), _PERCENT]
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

    formats = ["@", _WHOLE, *[quarter.number_format] * 3, _PERCENT, "@"]
    widths = [34.0, 13.0, 13.0, 13.0, 13.0, 13.0, 20.0]
    columns = [LiveColumn(width, told) for width, told in zip(widths, formats, strict=True)]
    return LiveSheet("Por medida", columns, rows(), frozen="B3", head_rows="1:2")


# --- the whole plan ---


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
    ("goal_kind", lambda one: _GOALS[one.goal_kind], 12.0),
    ("direction", lambda one: _DIRECTIONS[one.direction], 14.0),
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


def plan_xlsx(year: PoiYear, version_words: str) -> bytes:
    """Every field and the twelve months of each activity, programmed and executed, in units and in soles."""
    return live_workbook(f"POI {year.plan.year} ({version_words})", [_plan_sheet(year, version_words)])


def _plan_sheet(year: PoiYear, version_words: str) -> LiveSheet:
    goals = len(_FIELDS) + 1
    starts = [goals + 2 + 13 * at for at in range(len(_BLOCKS))]
    last_row = _FIRST + len(year.activities) - 1
    columns = [LiveColumn(width, "@") for _meaning, _told, width in _FIELDS]
    quantity = _format_of(
        value
        for one in year.activities
        for value in (one.activity.annual, *one.activity.programmed, *one.executed)
    )
    columns += [LiveColumn(10.0, quantity), LiveColumn(13.0, _MONEY)]
    for block in _BLOCKS:
        columns += [LiveColumn(11.0, _MONEY) if block.money else LiveColumn(8.0, quantity)] * 13
    merges = [_head_span(start, start + 12) for start in starts]
    return LiveSheet(
        "POI",
        columns,
        _plan_rows(year, version_words, starts, last_row),
        frozen=f"E{_FIRST}",
        head_rows=f"{_HEAD}:{_FIRST - 1}",
        head_columns="A:C",
        merges=merges,
        paper="A3",
    )


def _plan_rows(year: PoiYear, version_words: str, starts: Sequence[int], last_row: int) -> Iterator[LiveRow]:
    title = " ".join(year.plan.title.split()).upper()
    yield LiveRow([title], "title")
    yield LiveRow([f"{version_words}. {_SUMS_NOTE}"], "note")
    names = [TEXT_MEANINGS[meaning].upper() for meaning, _told, _width in _FIELDS]
    over = [cell for block in _BLOCKS for cell in (block.title, *[None] * 12)]
    yield LiveRow([*names, "META ANUAL", "META ANUAL (S/)", *over], "head")
    yield LiveRow([*[None] * (len(names) + 2), *[*MONTH_CODES, "TOTAL"] * len(_BLOCKS)], "head")
    for number, one in enumerate(year.activities, _FIRST):
        activity = one.activity
        cells: list[LiveValue] = [told(activity) for _meaning, told, _width in _FIELDS]
        cells += [activity.annual, activity.annual_money]
        for block, start in zip(_BLOCKS, starts, strict=True):
            months = block.months(one)
            kind = GoalKind.SUM if block.money else activity.goal_kind
            span = f"{column_letters(start)}{number}:{column_letters(start + 11)}{number}"
            cells += [*months, _over(kind, span, value_to_date(months, 12, kind))]
        yield LiveRow(cells)
    yield _plan_total(year, starts, last_row)


def _plan_total(year: PoiYear, starts: Sequence[int], last_row: int) -> LiveRow:
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
        cells.append(_sum_of(f"{letters}{_FIRST}:{letters}{last_row}", value))
    return LiveRow(cells, "total")


def _head_span(first: int, last: int) -> str:
    """A group's cell over its columns."""
    return f"{column_letters(first)}{_HEAD}:{column_letters(last)}{_HEAD}"


def _format_of(values: Iterable[Decimal | None]) -> str:
    """Thousands set apart where every figure is whole."""
    whole = all(value is None or value == value.to_integral_value() for value in values)
    return _WHOLE if whole else _BROKEN


# --- formulas ---


def _over(kind: GoalKind, cells: str, value: Decimal | None) -> Formula:
    """What some months come to: their sum, or the last level told; nothing where all are blank."""
    told = f"SUM({cells})" if kind is GoalKind.SUM else f"LOOKUP({_LARGEST},{cells})"
    return Formula(f'IF(COUNT({cells})=0,"",{told})', "" if value is None else value)


def _sum_of(cells: str, value: Decimal | None) -> Formula:
    return Formula(f'IF(COUNT({cells})=0,"",SUM({cells}))', "" if value is None else value)


def _ratio(activity: Activity, state: State, programmed: str, executed: str) -> Formula:
    """Executed over programmed; the other way round, and one at the most, where less is better."""
    known = f"OR(N({programmed})=0,COUNT({executed})=0)"
    value: Decimal | str = "" if state.ratio is None else state.ratio
    if activity.direction is Direction.LESS:
        told = f"IF({executed}<={programmed},1,{programmed}/{executed})"
    else:
        told = f"{executed}/{programmed}"
    return Formula(f'IF({known},"",{told})', value)
