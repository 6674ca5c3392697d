"""What an empty list says: one sentence, the one thing to do about it, and where to see how a full one looks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.page import Page
from sisfoh_desktop.qtkit.theme import theme

_WIDEST_SAID = 520
_OF_FILTERS = (
    "Quitar"  # how the button begins that takes filters away: there is something, it only does not show
)


class EmptyState(QWidget):
    """One sentence and one button in the middle of an empty list; on a page with an example, a way to see it."""

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
        self.example_button = QPushButton("Ver ejemplo")
        self.example_button.setProperty("role", "link")
        self.example_button.setToolTip("Abre la práctica: otra base, con marco de otro color y sin valor")
        self.example_button.clicked.connect(self._on_example)
        self.example_button.hide()
        box.addWidget(self.label)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.example_button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_state(self, sentence: str, button: str) -> None:
        """Say this and offer that (no button with "")."""
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        offered = bool(button) and not button.startswith(_OF_FILTERS)
        self.example_button.setVisible(offered and self._example() is not None)
        self._widen()
        self.show()

    def least_height(self) -> int:
        """The height (px) with which the sentence and its buttons are whole at this width; 0 while it says nothing."""
        box = self.layout()
        assert box is not None
        if self.isHidden():
            return 0
        self._widen()  # while the window is not seen yet, no resizing has told its width
        margins = box.contentsMargins()
        high = margins.top() + margins.bottom() + self.label.heightForWidth(self.label.minimumWidth()) + 4
        for button in (self.button, self.example_button):
            if not button.isHidden():
                high += box.spacing() + button.sizeHint().height()
        return high

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        """One line where it fits: left to itself a label would rather be high than wide."""
        wish = min(
            self.label.fontMetrics().horizontalAdvance(self.label.text()) + 8, theme().px(_WIDEST_SAID)
        )
        margins = self.contentsMargins() + self.layout().contentsMargins()  # type: ignore[union-attr]
        self.label.setFixedWidth(max(1, min(wish, self.width() - margins.left() - margins.right())))

    def _example(self) -> Callable[[], object] | None:
        """How the page of this list opens its example; None in a dialog, in practice, or where there is none."""
        widget: QWidget | None = self
        while widget is not None and not isinstance(widget, Page):
            widget = None if widget.isWindow() else widget.parentWidget()
        return widget.desk.see_example if widget is not None and widget.has_example else None

    def _on_example(self) -> None:
        run = self._example()
        if run is not None:
            run()
