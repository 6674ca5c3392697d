"""A problem on screen: its sentence, and what can be done about it, each with a line that says what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.app.start_problems import Problem
from sisfoh_desktop.qtkit import icons
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog
from sisfoh_desktop.qtkit.mnemonics import letters_of, with_mnemonic


@dataclass(frozen=True)
class Way:
    """One way out. `run` gets the dialog and closes it (`accept`) once it has come to an end."""

    text: str
    note: str
    run: Callable[["ProblemDialog"], object]


class ProblemDialog(TaskDialog):
    """The first way is the primary button; the others stand in the body. Leaving it rejects the dialog."""

    usual_width = WIDEST

    def __init__(
        self,
        problem: Problem,
        ways: Sequence[Way],
        *,
        cancel: str = "Seguir así",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(problem.title, primary=ways[0].text, cancel=cancel, parent=parent)
        self.problem, self.ways = problem, tuple(ways)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.way_buttons: dict[str, QPushButton] = {}
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("triangle-alert", "warn", 24))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(picture)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._words(problem.title, "section"))
        texts.addWidget(self._words(problem.sentence))
        if ways[0].note:
            texts.addWidget(self._words(ways[0].note, "caption"))
        taken = letters_of((self.primary_button.text(), self.cancel_button.text()))
        for way in ways[1:]:
            texts.addSpacing(8)
            texts.addWidget(self._button(way, taken), 0, Qt.AlignmentFlag.AlignLeft)
            texts.addWidget(self._words(way.note, "caption"))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        self.set_body(body)
        self.setAccessibleDescription(problem.sentence)

    def submit(self) -> bool:
        self.ways[0].run(self)
        return False

    @staticmethod
    def _words(text: str, role: str = "") -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        return label

    def _button(self, way: Way, taken: set[str]) -> QPushButton:
        button = QPushButton(with_mnemonic(way.text, taken))
        taken.update(letters_of((button.text(),)))
        button.setAutoDefault(False)
        button.setAccessibleDescription(way.note)
        button.clicked.connect(lambda: way.run(self))
        self.way_buttons[way.text] = button
        return button
