"""The trial of a server's connection on screen: each step with its verdict and its one sentence, as it ends."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.theme import Tone

if TYPE_CHECKING:
    from sisfoh_desktop.db.server_steps import Step

_VERDICTS: dict[str, tuple[Tone, str]] = {
    "ok": ("ok", "Bien"),
    "warning": ("warn", "Atención"),
    "failed": ("danger", "Falla"),
    "skipped": ("dim", "Sin probar"),
}


class StepList(QWidget):
    """Rows of steps; `show_step` adds one or replaces the row of the same key. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Prueba de la conexión")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.steps: dict[str, Step] = {}
        self.first_to_read: QWidget | None = None  # the row of the first step that failed
        self.hide()

    def clear(self) -> None:
        """Forget the last trial."""
        self.first_to_read = None
        self.steps.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()

    def show_step(self, step: "Step") -> None:
        """Add what a step found."""
        row = len(self.steps)
        self.steps[step.key] = step
        tone, word = _VERDICTS[step.state]
        title = QLabel(step.title)
        title.setProperty("role", "caption")
        words = QLabel(step.sentence)
        words.setWordWrap(True)
        for label in (title, words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{step.title}: {word}. {step.sentence}")
        told = QWidget()
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(title)
        lines.addWidget(words)
        self._grid.addWidget(Chip(tone, word), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(told, row, 1)
        if step.state == "failed" and self.first_to_read is None:
            self.first_to_read = told
        self.show()

    @property
    def failed(self) -> "Step | None":
        """The first step that failed, if any."""
        return next((step for step in self.steps.values() if step.state == "failed"), None)


class StepMessenger(QObject):
    """Carries steps from the worker to the window as they end."""

    arrived = Signal(object)

    def relay(self, trial: "Callable[[], Iterator[Step]]") -> Callable[[], "list[Step]"]:
        """A job for the worker that runs the trial and tells of each step at once."""

        def run() -> "list[Step]":
            steps = []
            for step in trial():
                steps.append(step)
                with suppress(RuntimeError):  # the dialog was left meanwhile
                    self.arrived.emit(step)
            return steps

        return run
