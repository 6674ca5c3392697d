"""The keys of the blank row: Intro registers, `+` and `-` move the date, `=` repeats, F7 notes, Esc empties, up leaves.

Ctrl+Z brings back what Esc emptied.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from sisfoh_desktop.modules.kardex.view.register_suggest import SuggestField

if TYPE_CHECKING:
    from sisfoh_desktop.modules.kardex.view.register_entry import EntryRow

_STRONG = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def answer_key(row: "EntryRow", field: QLineEdit, event: QKeyEvent) -> bool:
    """Whether the row used the key; those of an open list of proposals are the field's own."""
    name, key, text = field.objectName(), event.key(), event.text()
    with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    bare = not event.modifiers() & _STRONG
    if isinstance(field, SuggestField) and field.takes(event):
        return False
    if key in _ENTER and bare:
        row.leave_field(name)
        row.commit()
    elif key in (Qt.Key.Key_Semicolon, Qt.Key.Key_Comma) and with_control:
        row.set_today()
    elif text in ("+", "-") and not with_control and name == "day":
        return row.move_day(1 if text == "+" else -1)
    elif text == "=" and not with_control:
        return row.repeat(name)
    elif key == Qt.Key.Key_F7 and bare:
        row.write_note()
    elif key == Qt.Key.Key_Z and with_control:
        return row.restore()
    elif key == Qt.Key.Key_Up and bare:
        row.left_up.emit()
    elif key == Qt.Key.Key_Escape and bare:
        return row.cancel()
    else:
        return False
    return True
