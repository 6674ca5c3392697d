"""Anexo N° 01 on paper: title, introduction and the table of units with their lettered duties.

The same story stands alone or at the end of a resolución. The follow-up (who, when, how far) is never printed
here: it belongs to the screen and the workbook. Loads reportlab: import it inside functions.
"""

from typing import TYPE_CHECKING, Any

from sisfoh_desktop.documents.page import PaperFormat, bookmark, build_paper
from sisfoh_desktop.documents.table_cells import PADDING_X, PADDING_Y, CellPress, LaidCell, LaidRow
from sisfoh_desktop.documents.table_flow import TableDesign, TableFlow
from sisfoh_desktop.documents.tables import Column, Labelled, Row
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
_NUMBER, _UNIT, _DUTIES = range(3)
_CONTINUED = " (continuación)"
_KEPT_WHOLE_MM = 60  # a unit that is not taller goes whole to the next page
_BETWEEN_DUTIES = 2.0  # points, as the table kit stacks the entries of a cell
_TALLEST_KEPT_DUTY = 500.0  # points; a taller duty may be cut inside, any other goes whole to the next page


def anexo01_pdf(matrix: Matrix, letterhead: "Letterhead", *, legend: str = "", watermark: str = "") -> bytes:
    """The annex by itself, on the office's paper."""
    paper_format = PaperFormat(
        letterhead=letterhead,
        title=f"{ANNEX}: {matrix.title}",
        author=letterhead.entity,
        foot_number=ANNEX,
        legend=legend,
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
    design = _DutyDesign(
        columns=_COLUMNS,
        rows=rows,
        above_head=(),
        foot=(),
        repeat_head=True,
        break_rows_over_mm=_KEPT_WHOLE_MM,
        carry=None,
        font_size=9.0,
    )
    return [TableFlow(design)]


class _DutyDesign(TableDesign):
    """A ruled table whose rows are cut between duties."""

    def prepare(self, width: float) -> CellPress:
        plain = super().prepare(width)
        if not isinstance(plain, _DutyPress):
            self._press = plain = _DutyPress(plain._columns, plain._widths, self.font_size)
        return plain


class _UnitRow(LaidRow):
    """A laid out unit that remembers its number and name, to print them again after a cut."""

    def __init__(self, cells: list[LaidCell], height: float, number: str, name: str) -> None:
        super().__init__(cells, height)
        self.number = number
        self.name = name


class _DutyPress(CellPress):
    """Cuts a unit between two duties, and inside one only when that duty is nearly a page tall."""

    def row(self, row: Row, *, head: bool = False) -> LaidRow:
        laid = super().row(row, head=head)
        if head:
            return laid
        return _UnitRow(laid.cells, laid.height, str(row[_NUMBER]), str(row[_UNIT]))

    def cut(self, row: LaidRow, height: float) -> tuple[LaidRow, LaidRow] | None:
        assert isinstance(row, _UnitRow)
        number, unit, duties = row.cells
        room = height - 2 * PADDING_Y
        if unit.height > room:
            return None
        before, after = self._cut_duties(duties, room)
        if not before.paragraphs or not after.paragraphs:
            return None
        name = row.name if row.name.endswith(_CONTINUED) else row.name + _CONTINUED
        again = super().row((row.number, name, ""))
        return (
            _as_row([number, unit, before], row.number, row.name),
            _as_row([*again.cells[:_DUTIES], after], row.number, name),
        )

    def _cut_duties(self, cell: LaidCell, room: float) -> tuple[LaidCell, LaidCell]:
        width = cell.width - 2 * PADDING_X
        fitting, used = 0, 0.0
        for entry in cell.paragraphs:
            tall = entry.wrap(width, 1e6)[1]
            if used + tall > room:
                if tall > _TALLEST_KEPT_DUTY:
                    return self._cut_cell(cell, room)
                break
            used += tall + _BETWEEN_DUTIES
            fitting += 1
        return self._holding(cell, cell.paragraphs[:fitting]), self._holding(cell, cell.paragraphs[fitting:])

    def _holding(self, cell: LaidCell, entries: list[Any]) -> LaidCell:
        heights = [entry.wrap(cell.width - 2 * PADDING_X, 1e6)[1] for entry in entries]
        gaps = _BETWEEN_DUTIES * max(0, len(entries) - 1)
        return LaidCell(
            cell.x, cell.width, cell.align, font=cell.font, paragraphs=entries, height=sum(heights) + gaps
        )


def _as_row(cells: list[LaidCell], number: str, name: str) -> _UnitRow:
    height = max(cell.height for cell in cells) + 2 * PADDING_Y
    return _UnitRow(cells, height, number, name)
