"""The executive sheet of a unit: one page with its figures, what departs, what is left and why.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.documents.page import BuiltPaper, bookmark, build_paper, space
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.poi.report.charts import ActivityBars
from sisfoh_desktop.modules.poi.report.quarter_report import closing_words, paper_format
from sisfoh_desktop.modules.poi.report.report_tables import (
    aligned_percent,
    reasons_table,
    states_note,
)
from sisfoh_desktop.modules.poi.rules.quarter_table import QuarterRow
from sisfoh_desktop.modules.poi.rules.report_words import cut_words, sheet_title
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport
from sisfoh_desktop.modules.poi.rules.states import StateKind

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_MOST = ((14, 12), (12, 10), (12, 8), (10, 6), (8, 6), (8, 5), (6, 4), (5, 3), (4, 2), (2, 1))
"""Activities in the chart and rows of the list: the first that fit on one page."""


def unit_sheet_pdf(
    report: QuarterReport,
    letterhead: "Letterhead",
    *,
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
) -> BuiltPaper:
    """The sheet on one upright A4; what does not fit is counted and left to the quarter's report."""
    around = paper_format(report, letterhead, legend=legend, watermark=watermark, about=report.unit_name)
    for bars, rows in _fitting(report):
        built = build_paper(_story(report, slots, bars, rows), around)
        if built.pages == 1:
            break
    return built


def _fitting(report: QuarterReport) -> list[tuple[int, int]]:
    """From the most that are worth trying on: no more than there are, each only once."""
    tried = [(min(bars, len(report.table.rows)), min(rows, len(report.exceptions))) for bars, rows in _MOST]
    return list(dict.fromkeys(tried))


def _story(report: QuarterReport, slots: Sequence[SignatureSlot], bars: int, most: int) -> "list[Flowable]":
    place, cut = cut_words(report)
    number = f"{bold(f'FICHA N° {report.number}')}, " if report.number else ""
    shown = _worst_first(report)[:bars]
    told: list[Flowable] = [
        bookmark(report.title, "ficha"),
        paragraph(sheet_title(report), "act"),
        paragraph(report.unit_name, "title"),
        rich_paragraph(f"{number}{safe(place)}", "centred"),
        rich_paragraph(f"{bold('Versión del POI:')} {safe(report.version_words)}. {safe(cut)}", "table"),
        space(2),
        _figures(report),
        paragraph("Lo ejecutado contra lo programado al corte", "heading"),
        ActivityBars(shown),
        paragraph(states_note(report), "note"),
        *_left_out(len(report.table.rows) - bars),
        paragraph("Lo que se aparta, lo que falta y por qué", "heading"),
    ]
    if report.exceptions:
        told.append(reasons_table(report, report.exceptions[:most]))
        if most < len(report.exceptions):
            told += _left_out(len(report.exceptions) - most)
    else:
        told.append(paragraph("Nada: todas sus actividades ejecutaron lo programado al corte.", "left"))
    if slots:
        told += [paragraph(closing_words(report), "table"), signature_zone(slots)]
    return told


def _figures(report: QuarterReport) -> "Flowable":
    """Five figures under their names."""
    whole = report.whole
    pending = sum(row.state.kind is StateKind.PENDING for row in report.table.rows)
    names = ("Actividades", "Cumplidas", "Avance", "Se apartan", "Con registro pendiente")
    values = (
        format_number(whole.activities),
        f"{format_number(whole.fulfilled)} de {format_number(whole.programmed)}",
        aligned_percent(whole.advance),
        format_number(whole.deviating),
        format_number(pending),
    )
    columns = [Column(name, share=1.0, align="center") for name in names]
    return ruled_table(columns, [[Cell(value, bold=True) for value in values]], font_size=9)


def _worst_first(report: QuarterReport) -> list[QuarterRow]:
    """Those that depart, in their order, then the rest as in the plan."""
    places = {line.row.activity.id: place for place, line in enumerate(report.exceptions)}
    after = len(places)
    return sorted(report.table.rows, key=lambda row: places.get(row.row.activity.id, after))


def _left_out(count: int) -> "list[Flowable]":
    """How many activities the page had no room for."""
    if count <= 0:
        return []
    noun = "actividad" if count == 1 else "actividades"
    return [paragraph(f"Hay {format_number(count)} {noun} más en el informe del trimestre.", "note")]
