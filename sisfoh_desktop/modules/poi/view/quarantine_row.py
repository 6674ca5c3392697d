"""The row of a file as the quarantine shows it: months across, sides down, doubtful figures by colour and sign."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from sisfoh_desktop.modules.poi.rules.importing import FileRow, Finding, Reading
from sisfoh_desktop.modules.poi.view.quarantine_marks import GridCell, GridLine, Mark, RowGrid, row_grid
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, current_tokens, mixed, theme

_GROUND: dict[Mark, tuple[str, float]] = {
    Mark.DOUBT: ("warn", 0.22),
    Mark.MOVED: ("warn", 0.10),
    Mark.EXTRA: ("danger", 0.20),
    Mark.HOLE: ("ok", 0.28),
    Mark.PUT_RIGHT: ("ok", 0.28),
}
_FEWEST = 3  # lines: two sides of the file and how one would be read
_NARROWEST, _AROUND = 42, 16  # px at 100 %


class RowSheet(QTableWidget):
    """Read only; the arrows walk over its cells, and each tells what it is when it is heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = RowGrid((), ())
        self._low = False
        self._line = ROW_HEIGHT - 4  # px at 100 %
        self.setAccessibleName("Cifras de la fila")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self._paint_again)

    def show_row(
        self, row: FileRow | None, findings: Sequence[Finding] = (), reading: Reading | None = None
    ) -> None:
        """Show a row with a reading of it (None: as it came)."""
        self._grid = row_grid(row, findings, reading) if row is not None else RowGrid((), ())
        self._paint_again()

    def set_low(self, low: bool) -> None:
        """Whether the window is low: lines a little closer together, and those beyond the third scroll."""
        if low != self._low:
            self._low, self._line = low, ROW_HEIGHT - (7 if low else 4)
            needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(needed if low else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._paint_again()

    def texts(self) -> list[list[str]]:
        """What it shows, line by line, the label first."""
        return [[line.label, *(cell.text for cell in line.cells)] for line in self._grid.lines]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.ignore()  # they belong to the tab
            return
        super().keyPressEvent(event)

    def _paint_again(self) -> None:
        grid = self._grid
        self.clear()
        self.setRowCount(len(grid.lines))
        self.setColumnCount(len(grid.heads))
        self.setHorizontalHeaderLabels(list(grid.heads))
        self.setVerticalHeaderLabels([line.label for line in grid.lines])
        height = theme().px(self._line)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        for number, line in enumerate(grid.lines):
            self.setRowHeight(number, height)
            for column, cell in enumerate(line.cells):
                self.setItem(number, column, _item(line, cell))
        fit_columns(self, grid)
        self.setFixedHeight(self._height())
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        shown = _FEWEST if self._low else max(_FEWEST, len(self._grid.lines))
        lines = shown * theme().px(self._line)
        wide = self.verticalHeader().sizeHint().width() + self.horizontalHeader().length()
        bar = self.horizontalScrollBar().sizeHint().height() if wide > self.width() else 0
        return lines + self.horizontalHeader().sizeHint().height() + bar + 2


def fit_columns(table: QTableWidget, grid: RowGrid) -> None:
    """Columns as wide as their heads and figures."""
    plain, bold = QFontMetrics(theme().font()), QFontMetrics(theme().font(bold=True))
    for column, head in enumerate(grid.heads):
        texts = [bold.horizontalAdvance(head)]
        texts += [plain.horizontalAdvance(line.cells[column].text) for line in grid.lines]
        table.setColumnWidth(column, max(theme().px(_NARROWEST), max(texts) + theme().px(_AROUND)))


def _item(line: GridLine, cell: GridCell) -> QTableWidgetItem:
    tokens = current_tokens()
    item = QTableWidgetItem(cell.text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.spoken or "sin columna en el archivo")
    if cell.spoken:
        item.setToolTip(plain_tip(cell.spoken))
    ground = _GROUND.get(cell.mark)
    if ground is not None and not tokens.high_contrast:
        tone, share = ground
        item.setBackground(QBrush(QColor(mixed(getattr(tokens, tone), tokens.surface, share))))
    if line.reading and cell.mark is Mark.SAME:
        item.setForeground(QBrush(QColor(tokens.text_dim)))
    if cell.mark in (Mark.HOLE, Mark.PUT_RIGHT, Mark.EXTRA, Mark.DOUBT):
        item.setFont(theme().font(bold=True))
    return item
