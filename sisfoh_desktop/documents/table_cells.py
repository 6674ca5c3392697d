"""One row of a ruled table: its cells laid out, measured, cut in two and drawn (loads reportlab).

Which rows go on which page is decided in `table_flow.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from sisfoh_desktop.documents.fonts import BOLD, REGULAR
from sisfoh_desktop.documents.tables import Cell, Column, Labelled, Row
from sisfoh_desktop.documents.text import clean, plain_paragraph

PADDING_X = 3.0
PADDING_Y = 2.5
_LABEL_INDENT = 14.0
_BETWEEN_ENTRIES = 2.0
_TALLEST_WHOLE_ENTRY = 500.0  # points; a taller one may be cut inside where entries stay whole
_ALIGNMENT = {"left": 0, "center": 1, "right": 2}


@dataclass
class LaidCell:
    """A cell with its place in the row: either one plain line or paragraphs (heights in points)."""

    x: float
    width: float
    align: str
    line: str = ""
    font: str = REGULAR
    paragraphs: list[Any] = field(default_factory=list)
    height: float = 0.0


@dataclass
class LaidRow:
    """The cells of a row and its height, padding included, in points; `names` are the texts that stand again where
    it is cut, by their column."""

    cells: list[LaidCell]
    height: float
    names: dict[int, str] = field(default_factory=dict)


class CellPress:
    """Lays rows out over fixed columns. A line that fits is drawn as it is: a Paragraph costs three times as much."""

    def __init__(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        font_size: float,
        named_again: Mapping[int, str],
    ) -> None:
        self._columns = columns
        self._widths = widths
        self._named_again = named_again
        self._size = font_size
        self._leading = font_size * 1.28
        self._styles: dict[tuple[str, str, float], ParagraphStyle] = {}

    @property
    def leading(self) -> float:
        return self._leading

    def row(self, row: Row, *, head: bool = False) -> LaidRow:
        """Lay one row out; the cells must fill the columns exactly (else ValueError: the caller's mistake)."""
        cells: list[LaidCell] = []
        column = 0
        x = 0.0
        for content in row:
            cell = content if isinstance(content, Cell) else Cell(content)
            if column + cell.span > len(self._columns):
                raise ValueError(f"the row has more cells than the {len(self._columns)} columns")
            width = sum(self._widths[column : column + cell.span])
            own = self._columns[column].align
            align = cell.align or ("center" if head and own != "right" else own)
            cells.append(self._cell(cell, x, width, align, BOLD if cell.bold or head else REGULAR))
            x += width
            column += cell.span
        if column != len(self._columns):
            raise ValueError(f"the row fills {column} of {len(self._columns)} columns")
        names: dict[int, str] = {}
        if not head and len(row) == len(self._columns):
            names = {column: str(row[column]) for column in self._named_again}
        return LaidRow(cells, max(cell.height for cell in cells) + 2 * PADDING_Y, names)

    def _cell(self, cell: Cell, x: float, width: float, align: str, font: str) -> LaidCell:
        laid = LaidCell(x, width, align, font=font)
        room = width - 2 * PADDING_X
        content = cell.content
        if isinstance(content, str):
            text = clean(content)
            if "\n" not in text and stringWidth(text, font, self._size) <= room:
                laid.line = text
                laid.height = self._leading if text else 0.0
                return laid
            laid.paragraphs = [plain_paragraph(content, self._style(font, align, 0))]
        else:
            laid.paragraphs = [self._entry(entry, font, align) for entry in content]
        laid.height = _stack_height(laid.paragraphs, room)
        return laid

    def _entry(self, entry: str | Labelled, font: str, align: str) -> Any:
        if isinstance(entry, Labelled):
            return plain_paragraph(entry.text, self._style(font, align, _LABEL_INDENT), entry.label)
        return plain_paragraph(entry, self._style(font, align, 0))

    def _style(self, font: str, align: str, indent: float) -> ParagraphStyle:
        key = (font, align, indent)
        if key not in self._styles:
            self._styles[key] = ParagraphStyle(
                "cell",
                fontName=font,
                fontSize=self._size,
                leading=self._leading,
                alignment=_ALIGNMENT[align],
                leftIndent=indent,
                bulletFontName=font,
                bulletFontSize=self._size,
                allowWidows=0,
                allowOrphans=0,
            )
        return self._styles[key]

    def cut(self, row: LaidRow, height: float) -> tuple[LaidRow, LaidRow] | None:
        """Cut a row so that its first part is at most `height` points high; None when no line of it fits."""
        room = height - 2 * PADDING_Y
        if row.names:
            return self._cut_named(row, room)
        firsts: list[LaidCell] = []
        seconds: list[LaidCell] = []
        for cell in row.cells:
            first, second = self._cut_cell(cell, room)
            firsts.append(first)
            seconds.append(second)
        first_height = max(cell.height for cell in firsts)
        second_height = max(cell.height for cell in seconds)
        if first_height <= 0 or second_height <= 0:
            return None
        return LaidRow(firsts, first_height + 2 * PADDING_Y), LaidRow(seconds, second_height + 2 * PADDING_Y)

    def _cut_named(self, row: LaidRow, room: float) -> tuple[LaidRow, LaidRow] | None:
        """Cut between entries, so that the second part says again whose it is."""
        if any(row.cells[column].height > room for column in row.names):
            return None
        names = {
            column: text if text.endswith(self._named_again[column]) else text + self._named_again[column]
            for column, text in row.names.items()
        }
        again = self.row([names.get(column, "") for column in range(len(row.cells))])
        firsts, seconds = list(row.cells), list(again.cells)
        moved = False
        for column, cell in enumerate(row.cells):
            if column not in row.names:
                firsts[column], seconds[column] = self._cut_between_entries(cell, room)
                moved = moved or seconds[column].height > 0
        if not moved or all(cell.height <= 0 for cell in self._unnamed(firsts, row.names)):
            return None
        return (
            LaidRow(firsts, max(cell.height for cell in firsts) + 2 * PADDING_Y, row.names),
            LaidRow(seconds, max(cell.height for cell in seconds) + 2 * PADDING_Y, names),
        )

    def _unnamed(self, cells: Sequence[LaidCell], names: Mapping[int, str]) -> list[LaidCell]:
        return [cell for column, cell in enumerate(cells) if column not in names]

    def _cut_between_entries(self, cell: LaidCell, room: float) -> tuple[LaidCell, LaidCell]:
        if cell.height <= room or not cell.paragraphs:
            return self._cut_cell(cell, room)
        width = cell.width - 2 * PADDING_X
        fitting, used = 0, 0.0
        for entry in cell.paragraphs:
            tall = entry.wrap(width, 1e6)[1]
            if used + tall > room:
                if tall > _TALLEST_WHOLE_ENTRY:
                    return self._cut_cell(cell, room)
                break
            used += tall + _BETWEEN_ENTRIES
            fitting += 1
        return self._stacked(cell, cell.paragraphs[:fitting]), self._stacked(cell, cell.paragraphs[fitting:])

    def _stacked(self, cell: LaidCell, entries: list[Any]) -> LaidCell:
        height = _stack_height(entries, cell.width - 2 * PADDING_X)
        return LaidCell(cell.x, cell.width, cell.align, font=cell.font, paragraphs=entries, height=height)

    def _cut_cell(self, cell: LaidCell, room: float) -> tuple[LaidCell, LaidCell]:
        empty = LaidCell(cell.x, cell.width, cell.align, font=cell.font)
        if cell.height <= room:
            return cell, empty
        if not cell.paragraphs:
            return empty, cell
        width = cell.width - 2 * PADDING_X
        before: list[Any] = []
        after = list(cell.paragraphs)
        left = room
        while after:
            high = after[0].wrap(width, 1e6)[1]
            if high > left:
                parts = after[0].split(width, left) if left >= self._leading else []
                if len(parts) == 2:
                    before.append(parts[0])
                    after[0] = parts[1]
                break
            before.append(after.pop(0))
            left -= high + _BETWEEN_ENTRIES
        return self._stacked(cell, before), self._stacked(cell, after)

    def draw(self, canvas: Any, row: LaidRow, top: float) -> None:
        """Draw a row whose upper edge is at `top`, from x = 0."""
        for cell in row.cells:
            if cell.paragraphs:
                y = top - PADDING_Y
                for paragraph in cell.paragraphs:
                    y -= paragraph.wrap(cell.width - 2 * PADDING_X, 1e6)[1]
                    paragraph.drawOn(canvas, cell.x + PADDING_X, y)
                    y -= _BETWEEN_ENTRIES
            elif cell.line:
                self._draw_line(canvas, cell, top - PADDING_Y - self._size * 0.95)

    def _draw_line(self, canvas: Any, cell: LaidCell, baseline: float) -> None:
        canvas.setFont(cell.font, self._size)
        if cell.align == "right":
            canvas.drawRightString(cell.x + cell.width - PADDING_X, baseline, cell.line)
        elif cell.align == "center":
            canvas.drawCentredString(cell.x + cell.width / 2, baseline, cell.line)
        else:
            canvas.drawString(cell.x + PADDING_X, baseline, cell.line)


def text_lines(row: LaidRow) -> int:
    """How many lines of text the tallest cell of a row holds."""
    return max(
        sum(len(p.blPara.lines) for p in cell.paragraphs) if cell.paragraphs else int(bool(cell.line))
        for cell in row.cells
    )


def _stack_height(paragraphs: Sequence[Any], width: float) -> float:
    if not paragraphs:
        return 0.0
    heights = [paragraph.wrap(width, 1e6)[1] for paragraph in paragraphs]
    return float(sum(heights) + _BETWEEN_ENTRIES * (len(heights) - 1))
