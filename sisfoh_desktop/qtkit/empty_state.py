"""What an empty list says: one sentence, and the one thing to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.theme import theme

_WIDEST_SAID = 520


class EmptyState(QWidget):
    """One sentence and one button in the middle of an empty list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.setSpacing(12)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("tone", "dim")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        box.addWidget(self.label)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_state(self, sentence: str, button: str) -> None:
        """Say this and offer that (no button with "")."""
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._widen()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        """One line where it fits: left to itself a label would rather be high than wide."""
        wish = min(
            self.label.fontMetrics().horizontalAdvance(self.label.text()) + 8, theme().px(_WIDEST_SAID)
        )
        self.label.setFixedWidth(max(1, min(wish, self.width())))
