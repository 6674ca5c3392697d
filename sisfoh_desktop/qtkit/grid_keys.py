"""What keys do in a grid, as in Excel: moving, selecting, typing, and the orders that the grid carries out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_view import GridView

_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def run_key(view: "GridView", event: QKeyEvent) -> bool:
    """Do what a key asks; whether it was one of the grid's."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    if event.key() in _TABS and ctrl:
        view.leave(forward=not (shift or event.key() == Qt.Key.Key_Backtab))
        return True
    if not view.cells.rowCount():
        if event.key() in _TABS:  # nothing to go through: it leaves
            view.leave(forward=not shift and event.key() == Qt.Key.Key_Tab)
            return True
        return False
    if view.active()[0] < 0:
        view.select_cell(0, view.first_column())
    if ctrl and not alt:
        return _run_ctrl(view, event.key(), shift=shift)
    if alt and not ctrl:
        return False
    if event.key() in (*_ENTER, *_TABS):
        _go_on(view, event.key(), shift=shift)
        return True
    return _run_move(view, event.key(), shift=shift) or _run_typing(view, event, shift=shift)


def after_typing(view: "GridView", event: QKeyEvent) -> None:
    """Go where the key that ended a cell's typing leads."""
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _TABS:
        view.leave(forward=not (shift or event.key() == Qt.Key.Key_Backtab))
    elif event.key() in (*_ENTER, *_TABS):
        _go_on(view, event.key(), shift=shift)
    else:
        _run_move(view, event.key(), shift=False)


def _go_on(view: "GridView", key: int, *, shift: bool) -> None:
    """Enter goes down (to the column where Tab began), Tab to the next cell that may be typed."""
    row, column = view.active()
    if key in _ENTER:
        start = view.tab_start if view.tab_start >= 0 else column
        view.tab_start = -1
        view.select_cell(row + (-1 if shift else 1), start)
        return
    if view.tab_start < 0:
        view.tab_start = column
    view.select_cell(*_next_open(view, row, column, -1 if shift or key == Qt.Key.Key_Backtab else 1))


def _next_open(view: "GridView", row: int, column: int, step: int) -> tuple[int, int]:
    """The next cell of the row that may be typed, then of the row after it; the next cell where none may."""
    cells, count = view.cells, view.cells.columnCount()
    for line in (row, row + step):
        if not 0 <= line < cells.rowCount():
            break
        start = column + step if line == row else (0 if step > 0 else count - 1)
        for place in range(start, count if step > 0 else -1, step):
            if not cells.why_locked(line, place):
                return line, place
    return row, min(max(0, column + step), count - 1)


def _run_move(view: "GridView", key: int, *, shift: bool) -> bool:
    page = max(1, view.viewport().height() // max(1, view.rowHeight(0)) - 1)
    row, column = view.reach if shift and view.reach[0] >= 0 else view.active()
    step = _STEPS.get(Qt.Key(key))
    if step is not None:
        target = (row + step[0], column + step[1])
    elif key == Qt.Key.Key_PageDown:
        target = (row + page, column)
    elif key == Qt.Key.Key_PageUp:
        target = (row - page, column)
    elif key == Qt.Key.Key_Home:
        target = (row, view.cells.frozen if column > view.cells.frozen else 0)
    elif key == Qt.Key.Key_End:
        target = (row, view.cells.columnCount() - 1)
    elif key == Qt.Key.Key_Space and shift:
        last = view.cells.columnCount() - 1
        view.select_block((view.active()[0], 0), (view.reach[0], last), show=False)
        return True
    else:
        return False
    _move_to(view, target, extend=shift)
    return True


def _move_to(view: "GridView", target: tuple[int, int], *, extend: bool) -> None:
    view.tab_start = -1
    view.select_block(view.active() if extend else target, target)


def _run_ctrl(view: "GridView", key: int, *, shift: bool) -> bool:
    cells = view.cells
    step = _STEPS.get(Qt.Key(key))
    corner = view.reach if shift and view.reach[0] >= 0 else view.active()
    if step is not None:
        _move_to(view, _edge(view, corner, step), extend=shift)
    elif key == Qt.Key.Key_Home:
        _move_to(view, (0, min(cells.frozen, cells.columnCount() - 1)), extend=shift)
    elif key == Qt.Key.Key_End:
        _move_to(view, (cells.rowCount() - 1, cells.columnCount() - 1), extend=shift)
    elif key == Qt.Key.Key_Space:
        view.select_block((0, view.active()[1]), (cells.rowCount() - 1, view.reach[1]), show=False)
    elif key == Qt.Key.Key_C:
        view.copy_asked.emit(shift)
    elif key == Qt.Key.Key_Insert and not shift:
        view.copy_asked.emit(False)
    elif key in (Qt.Key.Key_E, Qt.Key.Key_A) and not shift:
        view.selectAll()
    elif key in (Qt.Key.Key_F, Qt.Key.Key_B) and not shift:
        view.filter_asked.emit()
    elif key == Qt.Key.Key_Z and shift:
        view.redo_asked.emit()
    elif not shift and key in _ORDERS:
        getattr(view, _ORDERS[Qt.Key(key)]).emit()
    else:
        return False
    return True


_ORDERS = {
    Qt.Key.Key_X: "cut_asked",
    Qt.Key.Key_V: "paste_asked",
    Qt.Key.Key_D: "fill_asked",
    Qt.Key.Key_Z: "undo_asked",
    Qt.Key.Key_Y: "redo_asked",
}


def _edge(view: "GridView", start: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    """Ctrl+arrow: to the last cell of a filled stretch, over blanks to the next filled one, else to the border."""
    cells = view.cells
    row, column = start
    rows, columns = cells.rowCount(), cells.columnCount()

    def inside(one: int, other: int) -> bool:
        return 0 <= one < rows and 0 <= other < columns

    def filled(one: int, other: int) -> bool:
        return bool(cells.columns[other].plain(cells.row(one)))

    down, right = step
    if not inside(row + down, column + right):
        return start
    run = filled(row, column) and filled(row + down, column + right)
    while inside(row + down, column + right):
        if run and not filled(row + down, column + right):
            break
        row, column = row + down, column + right
        if not run and filled(row, column):
            break
    return row, column


def _run_typing(view: "GridView", event: QKeyEvent, *, shift: bool) -> bool:
    key, text = event.key(), event.text()
    if key == Qt.Key.Key_F2:
        view.begin_edit()
    elif key == Qt.Key.Key_Delete and not shift:
        view.clear_asked.emit()
    elif key == Qt.Key.Key_Delete:
        view.cut_asked.emit()
    elif key == Qt.Key.Key_Insert and shift:
        view.paste_asked.emit()
    elif key == Qt.Key.Key_Backspace:
        view.begin_edit("")
    elif text and text.isprintable():
        view.begin_edit(text)
    else:
        return False
    return True
