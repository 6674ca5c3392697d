"""The card «Primeros pasos» over the tray: what a new office still has to set up, and the one button that goes on."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.modules.inbox.rules.first_steps import FirstStep, all_done
from sisfoh_desktop.qtkit.chips import Chip


class FirstStepsCard(QFrame):
    """Hidden while there is nothing to set up; `go_on` opens the assistant of the first day."""

    def __init__(self, go_on: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Primeros pasos")
        self.title = QLabel()
        self.title.setProperty("role", "section")
        self.chips: list[Chip] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self.button = QPushButton("Continuar el primer día…")
        self.button.clicked.connect(lambda _checked=False: go_on())
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.title)
        words.addLayout(self._row)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addWidget(self.button)
        self.hide()

    def show_steps(self, steps: Sequence[FirstStep]) -> None:
        """Show what is done and what is not; gone once all is."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = []
        for step in steps:
            chip = Chip("ok" if step.done else "dim", step.title)
            chip.setAccessibleName(f"{step.title}: {'listo' if step.done else 'falta'}")
            self.chips.append(chip)
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self.title.setText(f"Primeros pasos: {sum(step.done for step in steps)} de {len(steps)}")
        self.setVisible(not all_done(steps))
