"""The report of a quarter: first what departs from the programme, then the table, then the sums that have a meaning.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.documents.page import A4, BuiltPaper, PaperFormat, Sheet, bookmark, build_paper
from sisfoh_desktop.documents.signature_zone import SignatureSlot, signature_zone
from sisfoh_desktop.documents.text import bold, paragraph, rich_paragraph, safe
from sisfoh_desktop.modules.poi.report.quarter_grid import QuarterGrid
from sisfoh_desktop.modules.poi.report.report_tables import (
    exceptions_table,
    measures_table,
    states_note,
    units_table,
)
from sisfoh_desktop.modules.poi.rules.report_words import (
    cut_words,
    exceptions_heading,
    exceptions_sentence,
    grid_heading,
)
from sisfoh_desktop.modules.poi.rules.reports import QuarterReport

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_ROOM_FOR_GRID = 70 * mm
_ROOM_FOR_ROWS = 42 * mm  # a title, the head of its table and a few rows


def quarter_report_pdf(
    report: QuarterReport,
    letterhead: "Letterhead",
    *,
    slots: Sequence[SignatureSlot] = (),
    legend: str = "",
    watermark: str = "",
    progress: Progress = silent,
) -> BuiltPaper:
    """The report on A4 on its side, or on A3 where the table would not be read; without slots it is a working copy."""
    grid, sheet = QuarterGrid.of(report.table, progress)
    story: list[Flowable] = [
        *report_head(report, f"{bold(exceptions_heading(report))}. {safe(exceptions_sentence(report))}"),
        bookmark("Actividades que se apartan de lo programado", "excepciones"),
    ]
    if report.exceptions:
        story.append(exceptions_table(report))
    story += [
        CondPageBreak(_ROOM_FOR_GRID),  # where it ends early on its page, the table may follow
        bookmark("Ejecución por actividad", "ejecucion"),
        paragraph(grid_heading(report), "heading"),
        grid,
        paragraph(states_note(report), "note"),
        CondPageBreak(_ROOM_FOR_ROWS),
        bookmark("Por unidad orgánica", "unidades"),
        paragraph("Por unidad orgánica: actividades según su estado", "heading"),
        units_table(report),
        paragraph(
            "Cumplidas: las que ejecutaron todo lo programado al corte. Avance: promedio de lo que cada actividad "
            "ejecutó de lo programado, 100 % como máximo por actividad.",
            "note",
        ),
        CondPageBreak(_ROOM_FOR_ROWS),
        bookmark("Por unidad de medida", "medidas"),
        paragraph("Por unidad de medida", "heading"),
        measures_table(report),
        paragraph("Solo se suma lo que tiene la misma unidad de medida.", "note"),
    ]
    if slots:
        story += [paragraph(closing_words(report)), signature_zone(slots)]
    around = paper_format(report, letterhead, legend=legend, watermark=watermark, sheet=sheet)
    return build_paper(story, around)


def report_head(report: QuarterReport, told: str) -> "list[Flowable]":
    """Title, number, place and date, the version and its cut, and what is `told` (markup) of the whole."""
    head: list[Flowable] = [bookmark(report.title, "informe"), paragraph(report.title, "act")]
    place, cut = cut_words(report)
    number = f"{bold(f'INFORME N° {report.number}')}, " if report.number else ""
    return [
        *head,
        rich_paragraph(f"{number}{safe(place)}", "centred"),
        rich_paragraph(
            f"{bold('Versión del POI:')} {safe(report.version_words)}. {safe(cut)}<br/>{told}", "left"
        ),
    ]


def closing_words(report: QuarterReport) -> str:
    """What whoever signs vouches for: two lines at least stand above the signatures."""
    return (
        f"Las cifras de este documento son las registradas en el {report.poi_version.name} del año "
        f"{report.plan.year} hasta la fecha en que se emitió. Los espacios en blanco son meses que no se registraron; "
        "un cero es un dato. Los meses sin cerrar pueden cambiar todavía."
    )


def paper_format(
    report: QuarterReport,
    letterhead: "Letterhead",
    *,
    legend: str,
    watermark: str,
    about: str = "",
    sheet: Sheet = A4,
) -> PaperFormat:
    """What surrounds the pages of a report; `about` names the unit of a sheet."""
    word = "Ficha" if about else "Informe"
    foot = f"{word} N° {report.number}" if report.number else f"{word} del POI"
    return PaperFormat(
        letterhead=letterhead,
        title=f"{report.title}{f': {about}' if about else ''}",
        author=letterhead.entity,
        foot_number=foot,
        version_code=report.version_words if not report.poi_version.document else report.poi_version.name,
        legend=legend,
        watermark=watermark,
        continuation_head=f"{report.title}\n{about or foot}",
        sheet=sheet,
    )
