"""The chosen row of an import in full: what it says, why it does not add up, what may have been meant."""

from typing import Any

from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from sisfoh_desktop.modules.kardex.view.import_rows import SheetNames, detail_words
from sisfoh_desktop.qtkit.theme import theme

_LINES = 4


class RowDetail(QPlainTextEdit):
    """Whole sentences under a list that has only room for their beginnings; what is longer scrolls here."""

    def __init__(self, names: SheetNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme().changed.connect(self._fit)
        self._fit()

    def show_row(self, row: Any) -> None:
        """A row of any of the lists, or None."""
        words = detail_words(row)
        if words and self._names.several:
            words = f"Hoja {self._names.name(row).replace(', ', ', fila ', 1)}. {words}"
        self.setPlainText(words)
        self.setAccessibleName(words or "Fila elegida")

    def text(self) -> str:
        """What it says now."""
        return self.toPlainText()

    def _fit(self) -> None:
        self.ensurePolished()
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + theme().px(12))
