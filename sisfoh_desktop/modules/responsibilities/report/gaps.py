"""The report of what is missing in a matrix: how many gaps of each kind, then each one. Loads reportlab: import it
inside functions.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.documents.fonts import REGULAR, register_fonts, shortened
from sisfoh_desktop.documents.page import PaperFormat, build_paper
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import one_line, paragraph
from sisfoh_desktop.modules.responsibilities.rules import Gap, GapKind, Matrix

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_TITLE = "INFORME DE BRECHAS DE LA MATRIZ DE RESPONSABILIDADES"
_COUNTS = (Column("BRECHA"), Column("CANTIDAD", width_mm=26, align="right"))
_NUMBER = Column("N°", width_mm=14, align="center")
_LACKING_MM, _OWNER_MM = 52.0, 36.0
_BODY_MM, _PADDING_MM = 165.0, 4.0
_FITS = 0.9  # of two lines: words are not cut where a line ends
_UNFIXED = "Sin plazo ni frecuencia"


def gaps_pdf(
    matrix: Matrix,
    gaps: Sequence[Gap],
    today: date,
    letterhead: "Letterhead",
    *,
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
        counts = [(_label(kind), sum(gap.kind is kind for gap in gaps)) for kind in GapKind]
        story += [
            paragraph("Resumen", "heading"),
            ruled_table(
                _COUNTS,
                [(label, str(count)) for label, count in counts if count],
                foot=[("Total", str(len(gaps)))],
            ),
            paragraph("Detalle", "heading"),
            _details(matrix, gaps),
        ]
    else:
        story.append(paragraph("No falta nada: cada función tiene responsable, plazo y su evidencia al día."))
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{_TITLE.capitalize()}: {matrix.title}",
        author=letterhead.entity,
        foot_number="Informe de brechas",
        watermark=watermark,
        continuation_head="Informe de brechas",
    )
    return build_paper(story, paper_format).pdf


def _details(matrix: Matrix, gaps: Sequence[Gap]) -> "Flowable":
    """A row for each unit, under it one for each of its functions with all that it lacks."""
    register_fonts()
    texts = {duty.id: duty.text for unit in matrix.units for duty in unit.duties}
    owned = any(gap.owner for gap in gaps)
    columns = [_NUMBER, Column("FUNCIÓN"), Column("LO QUE FALTA", width_mm=_LACKING_MM)]
    if owned:
        columns.append(Column("RESPONSABLE", width_mm=_OWNER_MM))
    two_lines = 2 * _FITS * mm * (_BODY_MM - 14 - _LACKING_MM - (_OWNER_MM if owned else 0) - _PADDING_MM)
    rows: list[Row] = []
    for (_unit_id, unit), of_unit in groupby(gaps, key=lambda gap: (gap.unit_id, gap.unit)):
        found = list(of_unit)
        rows.append((Cell(f"{found[0].code[:2]} {unit}", span=len(columns), bold=True, align="left"),))
        for code, of_duty in groupby(found, key=lambda gap: gap.code):
            lacking = list(of_duty)
            text = one_line(texts.get(lacking[0].duty_id, ""))
            row = (code, _begun(text, two_lines), [_detail(gap) for gap in lacking])
            rows.append((*row, lacking[0].owner) if owned else row)
    return ruled_table(columns, rows)


def _begun(text: str, width: float) -> str:
    """The text, or its first whole words and an ellipsis; `width` in points."""
    shown = shortened(text, REGULAR, 9, width)
    return shown if shown == text else f"{shown.rpartition(' ')[0] or shown.rstrip('…')}…"


def _label(kind: GapKind) -> str:
    return _UNFIXED if kind is GapKind.NO_DUE else kind.label


def _detail(gap: Gap) -> str:
    """The gap's sentence without its place, which stands in a column of its own."""
    if gap.kind is GapKind.NO_DUE:
        return f"{_UNFIXED}."
    return gap.detail
