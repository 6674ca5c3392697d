"""Where Tab goes in a window: every control that can be used, one after another, and round again.

Qt by itself enters a compound (a tab of a page, a list with its filters) at the part to which the compound hands the
cursor, and goes on from there: what stands before that part is jumped over, and is never reached by Tab. And it comes
to the filter in the head of a list after its rows, though it stands above them.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QWidget


def move_cursor(window: QWidget, *, forward: bool) -> bool:
    """The cursor to the next control of the window (or the one before); False when there is no other.

    For `focusNextPrevChild` of whatever is a window.
    """
    start = QApplication.focusWidget()
    if start is None or start.window() is not window:
        start = window
    target = _next_stop(start, window, forward=forward)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _next_stop(start: QWidget, window: QWidget, *, forward: bool) -> QWidget | None:
    """The next stop of Qt's round; the field in the head of a list changes places with the list."""
    above, below = _field_above(start, window), _list_below(start, window)
    if forward and below is not None:
        return below
    if not forward and above is not None:
        return above
    passed = above if forward else below
    at: QWidget | None = start
    while at is not None:
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()
        if at is None or at is start:
            break
        if at is not passed and _is_stop(at, window):
            return (_field_above(at, window) if forward else _list_below(at, window)) or at
    return None


def _list_below(field: QWidget, window: QWidget) -> QWidget | None:
    """The list in the head of which a field stands."""
    head = field.parentWidget()
    rows = head.parentWidget() if isinstance(head, QHeaderView) else None
    return rows if rows is not None and _is_stop(rows, window) else None


def _field_above(rows: QWidget, window: QWidget) -> QWidget | None:
    """The field in the head of a list."""
    if not isinstance(rows, QAbstractItemView):
        return None
    heads = rows.findChildren(QHeaderView)
    fields = (one for head in heads for one in head.children() if isinstance(one, QLineEdit))
    return next((one for one in fields if _is_stop(one, window)), None)


def _is_stop(one: QWidget, window: QWidget) -> bool:
    """What takes the cursor for itself; a compound hands it to a part, which is a stop of its own."""
    return (
        bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        and one.focusProxy() is None
        and one.isEnabled()
        and one.isVisible()
        and one is not window
        and one.window() is window
    )
