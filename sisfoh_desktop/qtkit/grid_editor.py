"""The field in which a cell of a grid is typed, laid over the cell while it is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.grid_keys import after_typing

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_view import GridView

_LONGEST = 2_000
_AWAY = {
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
}
_SIDES = {Qt.Key.Key_Left, Qt.Key.Key_Right}
_STAY_OPEN = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class CellEditor(QLineEdit):
    """Typed over a cell (`typed`: arrows to the sides leave it, as in Excel) or opened with F2 (they move inside)."""

    def __init__(self, view: "GridView", text: str, *, typed: bool) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._row, self._column = view.active()
        self._typed = typed
        self._done = False
        spec = view.cells.columns[self._column]
        self.setMaxLength(_LONGEST)
        self.setProperty("fit", "cell")
        self.setStyleSheet("QLineEdit { min-height: 1px; border-radius: 0; }")  # the cell says how high it is
        self.setAlignment(
            Qt.AlignmentFlag.AlignRight if spec.aligned == "right" else Qt.AlignmentFlag.AlignLeft
        )
        self.setAccessibleName(
            str(view.cells.index(self._row, self._column).data(Qt.ItemDataRole.AccessibleTextRole))
        )
        self.setText(text)

    def commit(self) -> bool:
        """Put the text into the cell and close; False: it was refused, the reason told, and it stays open."""
        if self._done:
            return True
        try:
            self._view.cells.type_text(self._row, self._column, self.text())
        except RuleError as error:
            self.setProperty("state", "error")
            self.style().unpolish(self)
            self.style().polish(self)
            self.setAccessibleDescription(error.sentence)
            self._view.refused.emit(error.sentence)
            return False
        self.drop()
        return True

    def drop(self) -> None:
        """Close without a change."""
        if self._done:
            return
        self._done = True
        self._view.editor = None
        if self.hasFocus():  # before it hides: Qt would pass the focus on as if Tab had been pressed
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
        self._view.viewport().update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
                event.accept()  # the window's own keys wait while a cell is typed
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.keyPressEvent(event)  # Qt itself would move the focus
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.drop()
        elif key == Qt.Key.Key_F2:
            self._typed = not self._typed
        elif key in _AWAY or (key in _SIDES and self._typed and not event.modifiers() & _CTRL_SHIFT):
            if self.commit():
                after_typing(self._view, event)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A cell whose text is refused is not closed by a look elsewhere; one that left for good keeps its old value.
        if not self._done and event.reason() not in _STAY_OPEN and not self.commit():
            self.drop()


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _is_ours(event: QKeyEvent) -> bool:
    return not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
