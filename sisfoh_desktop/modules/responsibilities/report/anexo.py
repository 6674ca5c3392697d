"""Anexo N° 01 on paper: title, introduction and the table of units with their lettered duties.

The same story stands alone or at the end of a resolución. The follow-up (who, when, how far) is never printed
here: it belongs to the screen and the workbook. Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING

from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper
from sisfoh_desktop.documents.tables import Column, Labelled, Row, ruled_table
from sisfoh_desktop.documents.text import paragraph
from sisfoh_desktop.modules.responsibilities.rules import Matrix

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

ANNEX = "ANEXO N° 01"

_COLUMNS = (
    Column("N°", width_mm=11, align="center"),
    Column("UNIDAD ORGÁNICA", width_mm=44),
    Column("FUNCIONES"),
)
_CONTINUED = {0: "", 1: " (continuación)"}
_KEPT_WHOLE_MM = 60  # a unit that is not taller goes whole to the next page


def anexo01_pdf(matrix: Matrix, letterhead: "Letterhead", *, watermark: str = "") -> bytes:
    """The annex by itself, on the office's paper."""
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{ANNEX}: {matrix.title}",
        author=letterhead.entity,
        foot_number=ANNEX,
        watermark=watermark,
        continuation_head=ANNEX,
    )
    return build_paper(anexo01_story(matrix), paper_format).pdf


def anexo01_story(matrix: Matrix) -> "list[Flowable]":
    """Bookmark `anexo01`, title, heading, introduction and table; units carry the names they print."""
    story = [
        bookmark("Anexo N° 01", "anexo01"),
        paragraph(ANNEX, "act"),
        paragraph(matrix.title, "title"),
        paragraph(matrix.heading, "heading"),
    ]
    story += [paragraph(part) for part in matrix.intro.split("\n") if part.strip()]
    return story + duties_story(matrix)


def duties_story(matrix: Matrix) -> "list[Flowable]":
    """The table N° | UNIDAD ORGÁNICA | FUNCIONES.

    A unit that crosses pages is cut between two duties, its number and name stand again with "(continuación)".
    """
    rows: list[Row] = [
        (
            f"{unit.number:02d}",
            unit.name,
            [Labelled(f"{duty.letter}.", duty.text) for duty in unit.duties],
        )
        for unit in matrix.units
    ]
    return [ruled_table(_COLUMNS, rows, break_rows_over_mm=_KEPT_WHOLE_MM, named_again=_CONTINUED)]
