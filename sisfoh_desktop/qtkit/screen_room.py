"""How much room a window has on its screen.

`QWidget.screen()` is not asked: the binding takes the screen it gives for a part of the widget, and destroys it
together with a dialog that nobody holds any more.
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def screen_room(widget: QWidget) -> QRect:
    """The part of the widget's screen that windows may cover, in logical pixels."""
    over = QGuiApplication.screenAt(widget.frameGeometry().center())
    return (over or QGuiApplication.primaryScreen()).availableGeometry()
