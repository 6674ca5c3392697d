"""The view of a grid: leading columns that stay, one block of cells selected, everything painted in one pass.

What keys do is in `grid_keys`, typing in `grid_editor`; the fields around the view are in `grid_table`.
"""

import html
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from sisfoh_desktop.qtkit.grid_editor import CellEditor
from sisfoh_desktop.qtkit.grid_header import GridHeader
from sisfoh_desktop.qtkit.grid_keys import run_key
from sisfoh_desktop.qtkit.grid_paint import GridInk, paint_cells
from sisfoh_desktop.qtkit.grid_widths import WIDEST_FIGURE, fitted_widths
from sisfoh_desktop.qtkit.row_view import PADDING
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, theme

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_model import GridModel, GridRow

_ONLY_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_ONLY_MOVE = QItemSelectionModel.SelectionFlag.NoUpdate


class GridView(QTableView):
    """Cells of a GridModel. The current cell is the one that typing goes into; `reach` is the other corner of the
    selected block.

    `block_changed`: another cell or block; `refused` gives the sentence why something was not done; the `..._asked`
    are orders that the grid carries out (they need the clipboard, a preview or a step of undo).
    """

    block_changed = Signal()
    refused = Signal(str)
    copy_asked = Signal(bool)  # with heads
    cut_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()
    fill_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    filter_asked = Signal()
    row_entered = Signal(object)  # double click on a row's cell that is not for typing

    def __init__(self, model: "GridModel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self.reach = (-1, -1)
        self.tab_start = -1  # the column where Tab began, where Enter goes back to
        self.editor: CellEditor | None = None
        self.grid_header = GridHeader(self)
        self.setHorizontalHeader(self.grid_header)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)  # Tab comes as a key; Ctrl+Tab leaves (grid_keys)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.grid_header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelAboutToBeReset.connect(self._on_reset_begins)
        model.modelReset.connect(self._on_reset)
        model.replayed.connect(self._on_replayed)
        theme().changed.connect(self._on_theme_changed)
        self._asked: dict[int, int] = {}
        self._grow_later = QTimer(self)
        self._grow_later.setSingleShot(True)
        self._grow_later.setInterval(0)
        self._grow_later.timeout.connect(self._grow)
        self._on_theme_changed()

    # -- places ----------------------------------------------------------------------------------------

    @property
    def frozen_width(self) -> int:
        """Pixels that the columns which stay take."""
        if not self.cells.frozen:
            return 0
        last = min(self.cells.frozen, len(self.cells.columns)) - 1
        return self.grid_header.sectionPosition(last) + self.columnWidth(last)

    def column_left(self, column: int) -> int:
        """Where a column begins in the viewport; a frozen one always at the same place."""
        return (
            self.grid_header.sectionPosition(column)
            if column < self.cells.frozen
            else self.columnViewportPosition(column)
        )

    def visualRect(self, index: Any) -> QRect:
        if not index.isValid():
            return QRect()
        row, column = index.row(), index.column()
        return QRect(
            self.column_left(column),
            self.rowViewportPosition(row),
            self.columnWidth(column),
            self.rowHeight(row),
        )

    def indexAt(self, place: QPoint) -> QModelIndex:
        if place.x() < self.frozen_width:
            row, column = self.rowAt(place.y()), self.grid_header.frozen_at(place.x())
            return self.cells.index(row, column) if row >= 0 and column >= 0 else QModelIndex()
        return super().indexAt(place)

    def scrollTo(
        self, index: Any, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not index.isValid() or index.column() < self.cells.frozen:
            bar.setValue(before)
            return
        left, wide = self.grid_header.sectionPosition(index.column()), self.columnWidth(index.column())
        start, end = self.frozen_width, self.viewport().width()
        at = before
        if left - at + wide > end:
            at = left + wide - end
        if left - at < start:
            at = left - start
        bar.setValue(at)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewport().update()  # the frozen columns did not move with the others
        self.grid_header.viewport().update()
        self.place_editor()

    # -- the block -------------------------------------------------------------------------------------

    def active(self) -> tuple[int, int]:
        """Row and column of the current cell; (-1, -1) for none."""
        index = self.currentIndex()
        return index.row(), index.column()

    def block(self) -> tuple[int, int, int, int] | None:
        """Top, left, bottom, right of the selected block; None for none."""
        row, column = self.active()
        if row < 0:
            return None
        other_row, other_column = self.reach if self.reach[0] >= 0 else (row, column)
        return (
            min(row, other_row),
            min(column, other_column),
            max(row, other_row),
            max(column, other_column),
        )

    def select_cell(self, row: int, column: int) -> None:
        """Make one cell the current one."""
        self.select_block((row, column), (row, column))

    def select_block(self, active: tuple[int, int], reach: tuple[int, int], *, show: bool = True) -> None:
        """Select the cells between two corners; typing goes into the first, the second is brought into sight."""
        rows, columns = self.cells.rowCount(), self.cells.columnCount()
        if not rows or not columns:
            return
        row, column = min(max(0, active[0]), rows - 1), min(max(0, active[1]), columns - 1)
        self.reach = min(max(0, reach[0]), rows - 1), min(max(0, reach[1]), columns - 1)
        chooser = self.selectionModel()
        chooser.setCurrentIndex(self.cells.index(row, column), _ONLY_MOVE)
        top, left, bottom, right = cast("tuple[int, int, int, int]", self.block())
        chooser.select(
            QItemSelection(self.cells.index(top, left), self.cells.index(bottom, right)), _ONLY_SELECT
        )
        if show:
            self.scrollTo(self.cells.index(*self.reach))
        self.viewport().update()
        self.grid_header.viewport().update()
        self.block_changed.emit()

    def selectAll(self) -> None:
        """Ctrl+E: every cell."""
        if self.cells.rowCount():
            last = (self.cells.rowCount() - 1, self.cells.columnCount() - 1)
            self.select_block((0, 0), last, show=False)

    # -- typing ----------------------------------------------------------------------------------------

    def begin_edit(self, text: str | None = None) -> bool:
        """Open the current cell for typing: with what was typed (it replaces), or with what it holds (None)."""
        row, column = self.active()
        if row < 0 or not self.commit_edit():
            return False
        reason = self.cells.why_locked(row, column)
        if reason:
            self.refused.emit(reason)
            return False
        self.scrollTo(self.currentIndex())
        held = self.cells.columns[column].plain(self.cells.row(row))
        self.editor = CellEditor(self, held if text is None else text, typed=text is not None)
        self.place_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def commit_edit(self) -> bool:
        """Put into its cell what is being typed; False where it is refused: it stays open, the reason is told."""
        return self.editor is None or self.editor.commit()

    def place_editor(self) -> None:
        """Lay the editor over its cell; out of sight together with it."""
        if self.editor is None:
            return
        where = self.visualRect(self.currentIndex())
        hidden = self.currentIndex().column() >= self.cells.frozen and where.left() < self.frozen_width
        self.editor.setGeometry(where if not hidden else QRect(-1000, -1000, where.width(), where.height()))

    # -- what Qt asks ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if run_key(self, event):
            event.accept()
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() and self.begin_edit(event.commitString()):
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not self.commit_edit() or not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.tab_start = -1
        place = (index.row(), index.column())
        if event.button() == Qt.MouseButton.LeftButton:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.active()[0] >= 0
            self.select_block(self.active() if shift else place, place)
        elif not self.selectionModel().isSelected(index):
            self.select_cell(*place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton or self.active()[0] < 0:
            return
        room = self.viewport().rect().adjusted(1, 1, -2, -2)
        place = event.position().toPoint()
        inside = QPoint(
            min(max(place.x(), room.left()), room.right()), min(max(place.y(), room.top()), room.bottom())
        )
        index = self.indexAt(inside)
        if index.isValid() and (index.row(), index.column()) != self.reach:
            self.select_block(self.active(), (index.row(), index.column()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        if self.cells.columns[index.column()].kind is None:
            self.row_entered.emit(self.cells.row(index.row()))
        else:
            self.begin_edit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.reach[0] < 0 and self.cells.rowCount():
            self.select_cell(0, self.first_column())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def leave(self, *, forward: bool) -> None:
        """Ctrl+Tab: on to the next control, so that the grid is no trap for who has no mouse."""
        if self.commit_edit():
            self.setTabKeyNavigation(False)  # Qt's own way out, which Tab itself does not take here
            self.focusNextPrevChild(forward)
            self.setTabKeyNavigation(True)

    def first_column(self) -> int:
        """Where a row's typing begins: its first cell that may be typed, else the first one that scrolls."""
        for column, spec in enumerate(self.cells.columns):
            if spec.kind is not None and (spec.locked is None or not self.cells.why_locked(0, column)):
                return column
        return min(self.cells.frozen, self.cells.columnCount() - 1)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            shown = self._tip(index) if index.isValid() else ""
            # Escaped: a cell may hold text that looks like markup.
            QToolTip.showText(event.globalPos(), f"<qt>{html.escape(shown)}</qt>" if shown else "", self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cells(self, event.rect(), self._ink)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    # -- widths ----------------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        """Give figures what they need, and the columns that stretch what is left."""
        for number, width in enumerate(fitted_widths(self)):
            if self.columnWidth(number) != width:
                self.setColumnWidth(number, width)
        self.place_editor()

    def ask_room(self, column: int, wide: int) -> None:
        """A figure that is to be seen does not fit: its column grows, so that none is ever cut."""
        wish = min(wide, theme().px(WIDEST_FIGURE))
        if wish > max(self.columnWidth(column), self._asked.get(column, 0)):
            self._asked[column] = wish
            self._grow_later.start()

    def _grow(self) -> None:
        asked, self._asked = self._asked, {}
        for column, wide in asked.items():
            if column < self.cells.columnCount():
                self.setColumnWidth(column, wide)

    # -- inside ----------------------------------------------------------------------------------------

    def _tip(self, index: QModelIndex) -> str:
        spec, row = self.cells.columns[index.column()], self.cells.row(index.row())
        text = self.cells.cell(index.row(), index.column())[0]
        whole = (spec.tip(row) if spec.tip is not None else "") or text
        cut = self.fontMetrics().horizontalAdvance(text) > self.columnWidth(index.column()) - 2 * PADDING
        locked = "" if spec.kind is None else self.cells.why_locked(index.row(), index.column())
        return "\n".join(part for part in (whole if cut or whole != text else "", locked) if part)

    def _on_theme_changed(self) -> None:
        self._ink = GridInk()
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme().px(ROW_HEIGHT))
        rows.setDefaultSectionSize(theme().px(ROW_HEIGHT))
        self.grid_header.fit_height()
        self.fit_columns()
        self.viewport().update()

    def _on_reset_begins(self) -> None:
        row, column = self.active()
        self._kept: tuple[Any, int, int] | None = (self.cells.row(row).key, row, column) if row >= 0 else None
        if self.editor is not None:
            self.editor.drop()

    def _on_reset(self) -> None:
        self.reach = (-1, -1)
        self.fit_columns()
        if self._kept is None:
            return
        key, row, column = self._kept
        found = (number for number in range(self.cells.rowCount()) if self.cells.row(number).key == key)
        self.select_cell(next(found, row), column)

    def _on_replayed(self, rows: "list[GridRow]", slots: set[int]) -> None:
        """Undo shows what it undid."""
        numbers = [row.number for row in rows if row.number >= 0]
        columns = [number for number, spec in enumerate(self.cells.columns) if spec.slot in slots]
        if numbers:
            left, right = (min(columns), max(columns)) if columns else (self.active()[1], self.active()[1])
            self.select_block((min(numbers), left), (max(numbers), right))
