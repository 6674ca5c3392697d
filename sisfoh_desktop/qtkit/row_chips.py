"""The chips above a list: what its columns are filtered by, each with the way to take it off."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import theme

_GAP = 4
_LONGEST_TOLD = 60


class FilterChips(QWidget):
    """A button for each filter, in as many lines as they need; hidden while there is none.

    `dropped` gives the title of the column whose filter goes, `cleared` tells that all of them go.
    """

    dropped = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Filtros puestos")
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_filters(self, filters: Mapping[str, str]) -> None:
        """Show these filters in words, by the titles of their columns."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._chip(title, told) for title, told in filters.items()]
        if self.buttons:
            clear = QPushButton("Quitar filtros", self)
            clear.setProperty("role", "link")
            clear.clicked.connect(self.cleared)
            self.buttons.append(clear)
        for button in self.buttons:
            button.setAutoDefault(False)
            button.show()
        self.setVisible(bool(filters))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _chip(self, title: str, told: str) -> QPushButton:
        shown = told if len(told) <= _LONGEST_TOLD else f"{told[: _LONGEST_TOLD - 1]}…"
        button = QPushButton(f"{shown}  ✕".replace("&", "&&"), self)
        button.setProperty("role", "filter")
        button.setToolTip(plain_tip(f"Quitar: {told}"))
        button.setAccessibleName(f"Quitar el filtro {told}")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.dropped.emit(title))
        return button

    def _place(self) -> None:
        left, top, height = 0, 0, 0
        for button in self.buttons:
            size = button.sizeHint()
            width = min(size.width(), max(self.width(), theme().px(80)))
            if left and left + width > self.width():
                left, top = 0, top + height + _GAP
            height = max(size.height(), theme().px(24))
            button.setGeometry(left, top, width, height)
            left += width + _GAP
        self.setFixedHeight(top + height if self.buttons else 0)
