"""How much room a window has on its screen.

`QWidget.screen()` is not asked: the binding takes the screen it gives for a part of the widget, and destroys it
together with a dialog that nobody holds any more.
"""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_BESIDE, _ABOVE = 48, 64  # px of the screen that a window leaves free: its frame, its title, others behind it


def screen_room(widget: QWidget) -> QRect:
    """The part of the widget's screen that windows may cover, in logical pixels."""
    over = QGuiApplication.screenAt(widget.frameGeometry().center())
    return (over or QGuiApplication.primaryScreen()).availableGeometry()


def show_whole(window: QWidget) -> None:
    """Show a window; one that its screen would not hold with its title and its frame fills the screen."""
    room = screen_room(window)
    if window.width() > room.width() - _BESIDE or window.height() > room.height() - _ABOVE:
        window.showMaximized()
    else:
        window.show()


def largest(dialog: QWidget) -> QSize:
    """How large a dialog may be on its screen: its title and its frame are seen too."""
    room = screen_room(dialog)
    return QSize(room.width() - _BESIDE, room.height() - _ABOVE)
