"""Under the differences: the whole sentence of the chosen one, what was said of it, and the two things to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.view.cuadre_explain import said_text
from sisfoh_desktop.modules.kardex.view.custody_panel import TABS_TAKE
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic

_NONE_CHOSEN = "Elija una diferencia para leer qué se encontró, dónde está en el libro y qué hacer."


class DifferenceDetail(QWidget):
    """`explain_asked` and `trace_asked` are about the difference on show."""

    explain_asked = Signal()
    trace_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Difference | None = None
        self.sentence = _line("")
        self.said = _line("dim")
        taken = set(TABS_TAKE) | set("o")
        self.explain_button = QPushButton(with_mnemonic("Expl&icar…", taken))
        self.explain_button.clicked.connect(lambda: self.explain_asked.emit())
        self.trace_button = QPushButton(with_mnemonic("&Ver en Rastreo", taken))
        self.trace_button.clicked.connect(self._on_trace_clicked)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self.sentence)
        texts.addWidget(self.said)
        texts.addStretch(1)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.explain_button)
        buttons.addWidget(self.trace_button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addLayout(buttons)
        self.show_difference(None, writable=False)

    def show_difference(self, one: Difference | None, *, writable: bool) -> None:
        """Show it; without one, say how to choose."""
        self._shown = one
        self.sentence.setText(one.sentence if one else _NONE_CHOSEN)
        self.sentence.setProperty("tone", "" if one else "dim")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.said.setText(said_text(one))
        self.said.setVisible(bool(self.said.text()))
        self.explain_button.setEnabled(one is not None and writable)
        number = one.number_text if one else ""
        self.trace_button.setEnabled(bool(number))
        self.trace_button.setToolTip(f"Toda la vida del N° {number}" if number else "")

    def _on_trace_clicked(self) -> None:
        if self._shown is not None and self._shown.number_text:
            self.trace_asked.emit(self._shown.number_text)


def _line(tone: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if tone:
        label.setProperty("tone", tone)
    return label
