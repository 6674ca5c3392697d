"""What several papers of the kardex start with or end in. Loads reportlab: import it inside functions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from sisfoh_desktop.documents.fonts import REGULAR, fitted_size, register_fonts, shortened
from sisfoh_desktop.documents.tables import Cell, Column, Row, ruled_table
from sisfoh_desktop.documents.text import one_line
from sisfoh_desktop.modules.kardex.rules.acta_words import whole_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sisfoh_desktop.modules.kardex.rules.control_sheets import ExplainedDifference

_LABEL = 30.0
_TABLE_START = 23 * mm
_TALL_ROW = 9 * mm  # two lines
_HALF_A_PAGE = 125 * mm
_DIFFERENCES = (
    Column("N°", width_mm=9, align="center"),
    Column("Diferencia"),
    Column("Explicación y sustento"),
)


def facts_block(facts: Sequence[tuple[str, str]]) -> Flowable:
    """Label and value, two to a line."""
    rows: list[Row] = []
    for start in range(0, len(facts), 2):
        pair = [*facts[start : start + 2], ("", "")][:2]
        rows.append([cell for label, value in pair for cell in (Cell(label, bold=True), value)])
    columns = [Column("", width_mm=_LABEL), Column(""), Column("", width_mm=_LABEL), Column("")]
    return ruled_table(columns, rows, font_size=8.5)


def differences_table(differences: "Iterable[ExplainedDifference]") -> Flowable:
    """Differences of the cuadre, numbered, with what was said of each and by which document."""
    rows = [
        (
            str(number),
            whole_numbers(one.sentence),
            [whole_numbers(text) for text in (one.explanation, one.document) if text] or "Sin explicar.",
        )
        for number, one in enumerate(differences, start=1)
    ]
    return ruled_table(_DIFFERENCES, rows, font_size=8.5)


def room_for_a_table(rows: int, *, then_mm: float = 0.0) -> Flowable:
    """A new page unless a title, a table's head, this many rows and what comes after them still fit on this one.

    No more than half a page is ever asked for.
    """
    return CondPageBreak(min(_TABLE_START + rows * _TALL_ROW + then_mm * mm, _HALF_A_PAGE))


class SignLines(Flowable):
    """Lines to sign on by hand, side by side, each with what stands under it; not parted from one another.

    `with_notes` leaves room for what is to be noted by hand above them.
    """

    MOST_MM = 46.0  # its height with notes
    _ROOM = 20 * mm  # to sign in
    _NOTES = 14 * mm
    _BELOW = 24.0

    def __init__(self, captions: "Iterable[tuple[str, str]]", *, with_notes: bool = False) -> None:
        super().__init__()
        self._captions = tuple(captions)
        self._notes = self._NOTES if with_notes else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        register_fonts()
        self.width, self.height = width, self._notes + self._ROOM + self._BELOW
        return width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        each = self.width / len(self._captions)
        if self._notes:
            canvas.setFont(REGULAR, 9)
            canvas.drawString(0, self.height - 10, "Observaciones:")
        for number, (upper, lower) in enumerate(self._captions):
            middle, wide = each * (number + 0.5), min(each - 6 * mm, 75 * mm)
            canvas.setLineWidth(0.5)
            canvas.line(middle - wide / 2, self._BELOW, middle + wide / 2, self._BELOW)
            for line, text in enumerate((upper, lower)):
                name = one_line(text)
                size = fitted_size(name, REGULAR, 8, wide, 4.5)
                canvas.setFont(REGULAR, size)
                told = shortened(name, REGULAR, size, wide)
                canvas.drawCentredString(middle, self._BELOW - 9 - 10 * line, told)
