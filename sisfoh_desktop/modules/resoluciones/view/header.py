"""The head of an act's record: the way back, its name, its state, and a line of what it is about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.resoluciones.rules import Resolucion, State
from sisfoh_desktop.modules.resoluciones.view.chain_line import ChainLine
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.dialogs import Banner
from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.theme import Tone

STATE_TONES: dict[State, Tone] = {
    State.DRAFT: "dim",
    State.FROZEN: "warn",
    State.SIGNING: "accent",
    State.SIGNED: "ok",
    State.NOTIFIED: "ok",
}


class RecordHeader(QWidget):
    """Two lines, the chain of rectifications, and a bar when somebody else saved meanwhile."""

    back_asked = Signal()
    compare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = QPushButton(" Reso&luciones")
        set_icon(self.back_button, "chevron-left")
        self.back_button.setToolTip("Volver a la lista de resoluciones (Esc)")
        self.back_button.clicked.connect(lambda: self.back_asked.emit())
        self.title = ElidedLabel()
        self.title.setProperty("role", "section")
        self.unsaved = Chip("warn", "Sin guardar")
        self.state = Chip("dim", State.DRAFT.label)
        self.about = ElidedLabel()
        self.about.setProperty("role", "caption")
        self.chain = ChainLine()
        self.banner = Banner()
        self.compare_button = QPushButton("Comparar…")
        self.compare_button.setProperty("role", "link")
        self.compare_button.clicked.connect(lambda: self.compare_asked.emit())
        inner = self.banner.layout()
        assert isinstance(inner, QHBoxLayout)
        inner.setStretch(0, 1)
        inner.addWidget(self.compare_button)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.back_button)
        top.addWidget(self.title, 1)
        top.addWidget(self.unsaved)
        top.addWidget(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.about)
        layout.addWidget(self.chain)
        layout.addWidget(self.banner)

    def show_act(self, act: Resolucion, matter: str, expediente: str) -> None:
        """Name, state and facts of an act."""
        self.title.setText(act.title)
        self.state.set_state(STATE_TONES[act.state], act.state.label)
        facts = [
            format_date(act.dated),
            "con Anexo N° 01" if act.with_annex else "sin anexo",
            f"expediente: {expediente}",
            f"sobre {matter}",
        ]
        if act.draft_round > 1:
            facts.insert(1, f"versión {act.draft_round}")
        self.about.setText("  ·  ".join(facts))

    def show_unsaved(self, unsaved: bool) -> None:
        self.unsaved.setVisible(unsaved)

    def show_conflict(self, sentence: str) -> None:
        """Say that somebody else saved; "" takes the bar away."""
        self.banner.show_sentence(sentence)
