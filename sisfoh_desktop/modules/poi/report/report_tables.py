"""Tables that the POI's papers share: what departs, units by state, units of measure, what is left.

Loads reportlab: import it inside functions.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from sisfoh_desktop.basics.cell_blocks import format_quantity
from sisfoh_desktop.basics.money import NBSP, format_number
from sisfoh_desktop.documents.fonts import REGULAR, text_width
from sisfoh_desktop.documents.tables import Cell, Column, Labelled, Row, ruled_table
from sisfoh_desktop.modules.poi.rules.by_unit import Tally
from sisfoh_desktop.modules.poi.rules.exceptions import ExceptionLine, Side
from sisfoh_desktop.modules.poi.rules.facts import QUARTER_NAMES
from sisfoh_desktop.modules.poi.rules.percent import percent_figure
from sisfoh_desktop.modules.poi.rules.remaining import RemainingLine
from sisfoh_desktop.modules.poi.rules.report_words import month_run, why_words
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport
from sisfoh_desktop.modules.poi.rules.states import SHAPE_SIGNS, State

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_SIZE, _SMALL = 8.0, 7.5
_BREAK_OVER_MM = 60.0
_PADDED_MM = 2.6  # blank at both sides of a cell, and a hair more
_APART = f"{NBSP * 3} "  # blanks that are not made one
_MANY_STATES = 4  # columns of states from which on they are narrower


def exceptions_table(report: QuarterReport) -> "Flowable":
    """What departs, in the order in which a reader should see it."""
    rows = [_exception_row(number, line, report) for number, line in enumerate(report.exceptions, 1)]
    figures = [
        Column(title, width_mm=figures_mm(rows, at, 14, _SMALL), align="right")
        for at, title in enumerate(("Progr.", "Ejec.", "Difer.", "Avance"), 4)
    ]
    silent = not any(line.notes or line.side is Side.PENDING for line in report.exceptions)
    columns = [
        Column("N°", width_mm=8, align="right"),
        Column("Unidad orgánica", share=0.9),
        Column("Actividad POI", share=1.35),
        Column("U. de medida", width_mm=22.5),
        *figures,
        Column("Estado", width_mm=28),
        Column("Motivo y medida", width_mm=32 if silent else None, share=1.2),
    ]
    return ruled_table(columns, rows, font_size=_SMALL, break_rows_over_mm=_BREAK_OVER_MM)


def reasons_table(report: QuarterReport, lines: Sequence[ExceptionLine]) -> "Flowable":
    """What departs with what it still lacks and its reasons: its figures stand in the chart above.

    «Falta» is what is left by the end of the quarter; «de antes», how much of it comes from the quarters before.
    """
    left = {one.row.activity.id: one for one in report.remaining}
    rows: list[Row] = [
        (
            line.row.activity.title,
            signed(line.state.gap),
            *_left(left.get(line.row.activity.id)),
            state_cell(line.state),
            why_words(line, report),
        )
        for line in lines
    ]
    columns = [
        Column("Actividad POI", share=1.0),
        *(
            Column(title, width_mm=figures_mm(rows, at, width, _SIZE), align="right")
            for at, (title, width) in enumerate((("Difer.", 13), ("Falta", 12), ("De antes", 17)), 1)
        ),
        Column("Estado", width_mm=28),
        Column("Motivo y medida correctiva", share=1.1),
    ]
    return ruled_table(columns, rows, font_size=_SIZE, break_rows_over_mm=_BREAK_OVER_MM)


def units_table(report: QuarterReport) -> "Flowable":
    """Units with how many of their activities are in each state that any of them is in."""
    shown = [place for place, count in enumerate(report.whole.counts) if count]
    heads = [report.heads[place] for place in shown]
    wide = 21 if len(heads) > _MANY_STATES else 24
    columns = [
        Column("Unidad orgánica"),
        Column("Actividades", width_mm=20, align="right"),
        *(
            Column(f"{SHAPE_SIGNS.get(head.shape, '')} {head.label}".strip(), width_mm=wide, align="right")
            for head in heads
        ),
        Column("Se apartan", width_mm=18, align="right"),
        Column("Cumplidas", width_mm=22, align="right"),
        Column("Avance", width_mm=18, align="right"),
    ]
    rows = [_tally_row(line.unit_name, line.tally, shown) for line in report.units]
    total = [
        Cell(text, bold=True) if isinstance(text, str) else text
        for text in _tally_row("TOTAL", report.whole, shown)
    ]
    return ruled_table(columns, rows, foot=[total], font_size=_SIZE)


def measures_table(report: QuarterReport) -> "Flowable":
    """Units of measure with their sums up to the cut."""
    rows: list[Row] = [
        (
            line.name,
            format_number(line.tally.activities),
            format_quantity(line.annual),
            format_quantity(line.state.programmed),
            format_quantity(line.state.executed),
            aligned_percent(line.state.percent),
            state_cell(line.state),
        )
        for line in report.measures
    ]
    columns = [
        Column("Unidad de medida"),
        Column("Actividades", width_mm=20, align="right"),
        *(
            Column(title, width_mm=figures_mm(rows, at, 24, _SIZE), align="right")
            for at, title in enumerate(("Meta anual", "Programado", "Ejecutado", "Avance"), 2)
        ),
        Column("Estado", width_mm=46),
    ]
    return ruled_table(columns, rows, font_size=_SIZE)


def states_note(report: QuarterReport) -> str:
    """What each sign of the last column means, as far as the table uses it, and until when it is reckoned."""
    used = [head for head, count in zip(report.heads, report.whole.counts, strict=True) if count]
    signs = _APART.join(f"{SHAPE_SIGNS.get(head.shape, '')} {head.label}" for head in used)
    cut = "corte" if report.is_partial else f"{QUARTER_NAMES[report.quarter - 1]} trimestre"
    return f"Estado al {cut} ({month_run(tuple(report.table.months))}):{_APART}{signs}"


def state_cell(state: State) -> list[Labelled]:
    """Sign and word, read in greys and without seeing the sign; a word of two lines hangs beside its sign."""
    return [Labelled(f"{NBSP}{state.sign}", state.label)]


def figures_mm(rows: Sequence[Row], at: int, least: float, size: float) -> float:
    """Width of the column `at`, in millimetres: no figure of it is broken."""
    texts = (text for row in rows if isinstance(text := row[at], str))
    widest = max((text_width(text, REGULAR, size) for text in texts), default=0.0)
    return max(least, widest / mm + _PADDED_MM)


def _exception_row(number: int, line: ExceptionLine, report: QuarterReport) -> Row:
    activity, state = line.row.activity, line.state
    return [
        str(number),
        activity.unit_name,
        activity.title,
        activity.measure,
        format_quantity(state.programmed),
        format_quantity(state.executed),
        signed(state.gap),
        aligned_percent(state.percent),
        state_cell(state),
        why_words(line, report),
    ]


def aligned_percent(percent: Decimal | None) -> str:
    """With one place always, so that figures stand one under the other; a dash where there is none."""
    if percent is None:
        return "—"
    told = percent_figure(percent)
    return f"{told if '.' in told else f'{told}.0'}{NBSP}%"


def signed(value: Decimal) -> str:
    """`+9`, `−6` with the sign of subtraction, `0`."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{format_quantity(abs(value))}"


def _left(line: RemainingLine | None) -> tuple[str, str]:
    if line is None:
        return "—", "—"
    return format_quantity(line.missing), format_quantity(line.arrears) if line.arrears else "—"


def _tally_row(name: str, tally: Tally, shown: Iterable[int]) -> Row:
    done = f"{format_number(tally.fulfilled)} de {format_number(tally.programmed)}"
    return [
        name,
        format_number(tally.activities),
        *(format_number(tally.counts[place]) if tally.counts[place] else "—" for place in shown),
        format_number(tally.deviating) if tally.deviating else "—",
        done if tally.programmed else "—",
        aligned_percent(tally.advance),
    ]
