"""Words that went and came, in one running text: struck through and underlined, never by colour alone."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from sisfoh_desktop.basics.word_changes import Stretch, StretchKind
from sisfoh_desktop.qtkit.theme import current_tokens, mixed, theme

LEGEND = "Tachado: se quitó. Subrayado: se agregó."
_WORDS = {StretchKind.REMOVED: "se quitó", StretchKind.ADDED: "se agregó"}


class ChangeText(QTextEdit):
    """Shows the stretches of one part; read only, and readable aloud."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Qué cambió en la parte elegida")
        self.document().setDocumentMargin(8)
        self._shown: Sequence[Stretch] = ()
        theme().changed.connect(self._redraw)

    def show_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show a text with its changes."""
        self._shown = stretches
        self.clear()
        cursor = self.textCursor()
        for stretch in stretches:
            cursor.insertText(stretch.text, _format(stretch.kind))
        self.moveCursor(cursor.MoveOperation.Start)
        self.setAccessibleDescription(told(stretches))

    def _redraw(self) -> None:
        self.show_stretches(self._shown)


def told(stretches: Sequence[Stretch]) -> str:
    """The changes alone, in words: `se quitó «tres»; se agregó «cinco»`."""
    return "; ".join(f"{_WORDS[one.kind]} «{one.text.strip()}»" for one in stretches if one.kind in _WORDS)


def _format(kind: StretchKind) -> QTextCharFormat:
    tokens = current_tokens()
    made = QTextCharFormat()
    made.setForeground(QColor(tokens.text))
    if kind is StretchKind.REMOVED:
        made.setFontStrikeOut(True)
        made.setForeground(QColor(tokens.danger))
        made.setBackground(QColor(mixed(tokens.danger, tokens.surface, 0.08)))
    elif kind is StretchKind.ADDED:
        made.setFontUnderline(True)
        made.setForeground(QColor(tokens.ok))
        made.setBackground(QColor(mixed(tokens.ok, tokens.surface, 0.08)))
    return made
