"""The report of what is missing in a matrix: how many gaps of each kind, then each one. Loads reportlab: import it
inside functions.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.responsibilities.rules import Gap, GapKind, Matrix

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "INFORME DE BRECHAS DE LA MATRIZ DE RESPONSABILIDADES"
_COUNTS = (Column("BRECHA"), Column("CANTIDAD", width_mm=26, align="right"))
_GAPS = (
    Column("N°", width_mm=14, align="center"),
    Column("LO QUE FALTA"),
    Column("RESPONSABLE", width_mm=50),
)


def gaps_pdf(
    matrix: Matrix,
    gaps: Sequence[Gap],
    today: date,
    letterhead: "Letterhead",
    *,
    legend: str = "",
    watermark: str = "",
) -> bytes:
    """The gaps of a named matrix as of `today`; a matrix without any says so."""
    story = [
        paragraph(_TITLE, "act"),
        paragraph(matrix.title, "title"),
        paragraph(
            f"Al {format_date(today)} la matriz, {matrix.state.label.lower()}, tiene {len(matrix.units)} unidades "
            f"orgánicas y {matrix.duty_count} funciones."
        ),
    ]
    if gaps:
        counts = [(kind.label, sum(gap.kind is kind for gap in gaps)) for kind in GapKind]
        story += [
            paragraph("Resumen", "heading"),
            ruled_table(
                _COUNTS,
                [(label, str(count)) for label, count in counts if count],
                foot=[("Total", str(len(gaps)))],
            ),
            paragraph("Detalle", "heading"),
            ruled_table(_GAPS, _rows(gaps)),
        ]
    else:
        story.append(paragraph("No falta nada: cada función tiene responsable, plazo y su evidencia al día."))
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{_TITLE.capitalize()}: {matrix.title}",
        author=letterhead.entity,
        foot_number="Informe de brechas",
        legend=legend,
        watermark=watermark,
        continuation_head="Informe de brechas",
    )
    return build_paper(story, paper_format).pdf


def _rows(gaps: Sequence[Gap]) -> list[Row]:
    """A row for each unit, under it one for each of its functions with all that it lacks."""
    rows: list[Row] = []
    for (_unit_id, unit), of_unit in groupby(gaps, key=lambda gap: (gap.unit_id, gap.unit)):
        found = list(of_unit)
        rows.append((Cell(f"{found[0].code[:2]} {unit}", span=3, bold=True, align="left"),))
        for code, of_duty in groupby(found, key=lambda gap: gap.code):
            lacking = list(of_duty)
            rows.append((code, [_detail(gap) for gap in lacking], lacking[0].owner))
    return rows


def _detail(gap: Gap) -> str:
    """The gap's sentence without its place, which stands in a column of its own."""
    said = gap.text.partition(": ")[2]
    return said[:1].upper() + said[1:]
