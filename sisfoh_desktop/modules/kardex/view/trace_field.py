"""Where a number is typed to be traced: one big line, its neighbours by the arrows, the numbers looked up before.

What the number means is found out by the tab.
"""

import re
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.theme import theme

_MOST_REMEMBERED = 30
_LAST_NUMBER = re.compile(r"(?<!\w)(\d+)\s*$")
_WIDTH = 320


def neighbour(text: str, step: int) -> str:
    """The typed text with its last number `step` further and as many digits; "" where there is no such number."""
    found = _LAST_NUMBER.search(text)
    if found is None or int(found[1]) + step < 1:
        return ""
    return f"{text[: found.start()]}{int(found[1]) + step:0{len(found[1])}d}"


class _NumberLine(QLineEdit):
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            event.accept()
            return
        super().keyPressEvent(event)


class TraceField(QWidget):
    """`asked` carries the text to look up: on Enter, by the button, or chosen among those of this session."""

    asked = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered: list[str] = []
        self.line = _NumberLine()
        self.line.setAccessibleName("Número de formulario")
        self.line.setAccessibleDescription(
            "Escriba un número y pulse Intro. Las flechas van al número anterior y al siguiente."
        )
        self.line.setPlaceholderText("004517 o FSU 4517")
        self.line.setMaxLength(60)
        self.line.setClearButtonEnabled(True)
        label = QLabel("&Número de formulario")
        label.setBuddy(self.line)
        self.button = QPushButton("&Buscar")
        self.button.setToolTip("Intro")
        self.recent_button = QPushButton("Buscados en esta &sesión")
        self.recent_button.setToolTip("Números que ya buscó desde que abrió el programa")
        self.recent_menu = QMenu(self.recent_button)
        self.recent_button.setMenu(self.recent_menu)
        self.recent_button.setEnabled(False)
        hint = QLabel("Intro busca. Las flechas ↑ y ↓ van al número anterior y al siguiente.")
        hint.setProperty("role", "caption")

        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addWidget(self.recent_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addLayout(row)
        layout.addWidget(hint)
        self.setFocusProxy(self.line)
        self.line.returnPressed.connect(self.ask)
        self.line.stepped.connect(self.stepped)
        self.button.clicked.connect(self.ask)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show this text; nothing is looked up."""
        self.line.setText(text)

    def ask(self) -> None:
        """Look up what stands in the field, if anything does."""
        if self.text:
            self.asked.emit(self.text)

    def remember(self, text: str) -> None:
        """Offer this number again, the latest first."""
        self._remembered = [text, *(one for one in self._remembered if one != text)][:_MOST_REMEMBERED]
        self.recent_menu.clear()
        for one in self._remembered:
            self.recent_menu.addAction(one).triggered.connect(partial(self._look_again, one))
        self.recent_button.setEnabled(True)

    @property
    def remembered(self) -> tuple[str, ...]:
        """What was looked up, the latest first."""
        return tuple(self._remembered)

    def _look_again(self, text: str, _checked: bool = False) -> None:
        self.set_text(text)
        self.ask()

    def _fit(self) -> None:
        self.line.setFont(theme().font("title"))
        self.line.setMinimumWidth(theme().px(_WIDTH))
