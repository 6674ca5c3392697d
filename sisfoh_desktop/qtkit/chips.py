"""State chips: shape + word + colour, so that a state is read in grey and by a colour-blind reader."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sisfoh_desktop.qtkit.theme import Tone

SHAPES: dict[Tone, str] = {
    "ok": "●",
    "warn": "▲",
    "danger": "■",
    "dim": "◌",
    "accent": "◆",
    "practice": "◆",
}


def marked(tone: Tone, word: str) -> str:
    """The word with the shape of its tone before it: "● Vigente"."""
    return f"{SHAPES[tone]} {word}"


class Chip(QLabel):
    """A small label that shows one state; with an empty word it takes no colour."""

    def __init__(self, tone: Tone = "dim", word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._word = ""
        self.set_state(tone, word)

    def set_state(self, tone: Tone, word: str) -> None:
        """Show another state."""
        self._word = word
        self.setText(marked(tone, word) if word else "")
        self.setAccessibleName(f"Estado: {word}" if word else "")
        self.setProperty("chip", tone if word else "")
        self.style().unpolish(self)
        self.style().polish(self)

    @property
    def word(self) -> str:
        """The state in words."""
        return self._word
