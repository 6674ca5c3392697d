"""The panel "Siguiente paso": one primary button, what it does, and why it waits. Folds to a bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.icons import pixmap
from sisfoh_desktop.qtkit.page import NextStep
from sisfoh_desktop.qtkit.theme import theme

WIDTH = 280
BEFORE_WORK = NextStep("Para empezar", "Abra una base y entre: aquí se dirá qué sigue.", "")
_NOTHING = NextStep("Nada pendiente aquí", "Elija otro registro u otra página.", "")


def _label(role: str = "", tone: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    return label


class _StepView(QFrame):
    """What panel and bar share: the step on show and its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: NextStep | None = None
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.run)
        self.setAccessibleName("Siguiente paso")

    def run(self) -> None:
        """Do the step, if it may be done."""
        if self._step is not None and self._step.enabled and self._step.run is not None:
            self._step.run()

    def _show_button(self, step: NextStep | None) -> None:
        self._step = step
        text = step.button if step is not None else ""
        self.button.setText(text.replace("&", "&&"))
        self.button.setAccessibleName(text)
        self.button.setVisible(bool(text))
        self.button.setEnabled(step is not None and step.enabled and step.run is not None)
        reason = step.reason if step is not None and not step.enabled else ""
        self.button.setAccessibleDescription(reason)
        self.button.setToolTip(f"{text} (Alt+Intro)" if not reason else "")


class NextPanel(_StepView):
    """280 px at the right of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nextPanel")
        self._head = _label("caption")
        self._head.setText("Siguiente paso")
        self._title = _label("section")
        self._text = _label()
        self._reason_row = QWidget()
        self._lock = QLabel()
        self._lock.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._reason = _label(tone="dim")
        row = QHBoxLayout(self._reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._lock)
        row.addWidget(self._reason, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(8)
        layout.addWidget(self.button)
        layout.addWidget(self._reason_row)
        layout.addStretch(1)
        theme().changed.connect(self._resize)
        self._resize()
        self.show_step(None)

    def show_step(self, step: NextStep | None) -> None:
        """Show a step, or that nothing is due."""
        shown = step or _NOTHING
        self._title.setText(shown.title)
        self._text.setText(shown.text)
        self._text.setVisible(bool(shown.text))
        self._reason.setText(shown.reason)
        self._reason_row.setVisible(bool(shown.reason) and not shown.enabled)
        self._show_button(step)

    def _resize(self) -> None:
        self.setFixedWidth(theme().px(WIDTH))
        self._lock.setPixmap(pixmap("lock", "text_dim", theme().px(16)))


class NextBar(_StepView):
    """The same folded to one line at the foot of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nextBar")
        self._title = ElidedLabel()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._title, 1)
        row.addWidget(self.button)
        self.show_step(None)

    def show_step(self, step: NextStep | None) -> None:
        """Show a step, or that nothing is due."""
        shown = step or _NOTHING
        more = shown.reason if shown.reason and not shown.enabled else shown.text
        self._title.setText(f"Siguiente paso: {shown.title}. {more}".strip())
        self._title.setAccessibleName(self._title.text())
        self._show_button(step)
