"""The small button inside a line of text, at its right edge: the calendar of a date, the eye of a password.

Qt makes one of an action by itself, but always of 16 px: at 160 % it stays as small as at 100 %.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton

from sisfoh_desktop.qtkit.theme import theme

_ICON, _AIR = 16, 4  # px at 100 %: the icon, and what stays free around it


class EdgeButton(QToolButton):
    """Does what its action does; it takes no stop of Tab, so the action needs a key or another way of its own."""

    def __init__(self, editor: QLineEdit, action: QAction) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setDefaultAction(action)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setProperty("role", "mark")
        self.setAccessibleName(action.text())
        editor.installEventFilter(self)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        icon, air = theme().px(_ICON), theme().px(_AIR)
        self.setIconSize(QSize(icon, icon))
        self.resize(icon + 2 * air, icon + 2 * air)
        self._editor.setTextMargins(0, 0, self.width(), 0)
        self._stand()

    def _stand(self) -> None:
        room = self._editor.rect()
        self.move(room.right() - self.width() - theme().px(_AIR) // 2, (room.height() - self.height()) // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)
