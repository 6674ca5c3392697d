"""The chosen row of an import in full: what it says, why it does not add up, what may have been meant."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sisfoh_desktop.modules.kardex.view.import_rows import detail_words

_LINES = 3


class RowDetail(QLabel):
    """Whole sentences under a list that has only room for their beginnings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())

    def show_row(self, row: Any) -> None:
        """A row of any of the lists, or None."""
        words = detail_words(row)
        self.setText(words)
        self.setAccessibleName(words)
