"""A row table whose figures are never cut: they get the room they need, what is left goes to the columns of words."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtGui import QFontMetrics

from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import theme

_MEASURED = 8  # the longest texts of a column
_NARROWEST = 64  # of a column of words
_LEAST = 48  # of one, before a figure goes out of sight


class FiguresTable(RowTable):
    """`words` are the columns that may be cut, by their titles, the most important first; all others fit.

    `lesser_share` of the words' room is kept for each of them that is not the first, if it needs so much.
    """

    # what the shortened titles of the kardex stand for
    WHOLE_TITLES: ClassVar[dict[str, str]] = {
        "Anul.": "Anulado",
        "Cant.": "Cantidad",
        "Det.": "Deteriorado",
        "Dev.": "Devuelto",
        "Digit.": "Digitado",
        "Extr.": "Extraviado",
        "Form.": "Formulario",
        "Mov.": "Movimiento",
        "Paq.": "Paquetes",
    }

    def __init__(
        self, columns: Sequence[Column], *, words: Sequence[str], lesser_share: float = 0.3, **more: Any
    ) -> None:
        self._words, self._lesser_share = tuple(words), lesser_share
        self._needs: tuple[object, list[int]] | None = None
        super().__init__(columns, **more)
        self.view.filter_header.whole_titles = self.WHOLE_TITLES

    def set_rows(self, facts: Sequence[Any]) -> None:
        self._needs = None
        super().set_rows(facts)

    def fit_columns(self) -> None:
        """Measure the figures, then share what is left among the words in their order."""
        self._fitting = True
        needs, seen = self._needed(), self.orders.columns_seen()
        titles = [column.title for column in self.model.columns]
        words = [number for title in self._words if (number := titles.index(title)) in seen]
        floor = theme().px(_NARROWEST)
        room = self.view.viewport().width() - sum(needs[number] for number in seen if number not in words)
        if words:  # where figures leave less than that, a name is cut shorter: no figure goes out of sight
            floor = max(theme().px(_LEAST), min(floor, room // len(words)))
        widths = {number: needs[number] for number in seen}
        for place, number in enumerate(words):
            share = int(room * self._lesser_share)
            reserved = sum(max(floor, min(needs[later], share)) for later in words[place + 1 :])
            widths[number] = max(floor, min(needs[number], room - reserved))
            room -= widths[number]
        if seen and room > 0:  # a list of figures alone gives it to its first column: a row reaches the frame
            widths[words[-1] if words else seen[0]] += room
        for number, width in widths.items():
            self.view.setColumnWidth(number, width)
        self._fitting = False

    def _needed(self) -> list[int]:
        """What each column needs for the rows and the font in use; measured once for them."""
        look = (theme().scale, self.view.font().key())
        if self._needs is None or self._needs[0] != look:
            facts = self.model.all_facts()
            self._needs = look, [self._need(column, facts) for column in self.model.columns]
        return self._needs[1]

    def _need(self, column: Column, facts: Sequence[Any]) -> int:
        """The width at which neither the title nor any cell is cut."""
        metrics = self.view.fontMetrics()
        texts = sorted({column.text(fact) for fact in facts}, key=len)[-_MEASURED:]
        mark = metrics.horizontalAdvance("▲ ") + 1 if column.tone is not None else 0
        cells = [metrics.horizontalAdvance(text[:300]) + mark for text in texts]
        head = QFontMetrics(theme().font(bold=True)).horizontalAdvance(column.title) + 2 * PADDING
        least = self.view.filter_header.minimumSectionSize() - 2  # the header would take more than was given
        return max([head, least, *(cell + 2 * PADDING for cell in cells)]) + 2


def select_first(table: RowTable) -> None:
    """Choose the first line where none is chosen, so that Enter works at once."""
    if table.model.rowCount() and table.selected() is None:
        table.view.select_row(0)
