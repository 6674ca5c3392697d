"""What still stops the freeze, and which documents of the chain the text does not tell yet; Enter goes to the place."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.modules.resoluciones.rules import block_names
from sisfoh_desktop.modules.resoluciones.service import ResolucionView
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone
from sisfoh_desktop.qtkit.top_bar import ActionButton


@dataclass(frozen=True)
class Finding:
    """One thing to see to; `block` is where, -1 when it is not in the text."""

    number: int
    tone: Tone
    weight: str
    where: str
    sentence: str
    block: int = -1
    signers: bool = False


def findings_of(view: ResolucionView) -> list[Finding]:
    """Everything found, what stops the freeze first."""
    names = block_names(view.resolucion.blocks)
    found: list[Finding] = []
    for problem in view.problems:
        at = -1 if problem.block is None else problem.block
        signers = problem.code.startswith("author")
        where = names[at] if at >= 0 else "Firmas" if signers else "Acto"
        sentence = problem.sentence.removeprefix(f"{where}: ")
        found.append(
            Finding(len(found), "danger", "Impide", where, sentence[:1].upper() + sentence[1:], at, signers)
        )
    found += [
        Finding(
            len(found) + place,
            "warn",
            "Aviso",
            "Expediente",
            f"{title} se registró después y el texto no lo cuenta.",
        )
        for place, title in enumerate(view.untold)
    ]
    return found


class FindingsTab(QWidget):
    """The list of findings of a draft."""

    go_to_asked = Signal(object)

    def __init__(self, bring_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = RowTable(
            [
                Column("Gravedad", lambda one: one.weight, tone=lambda one: one.tone, width=104),
                Column("Dónde", lambda one: one.where, width=150),
                Column("Qué falta", lambda one: one.sentence),
            ],
            key=lambda one: one.number,
            name="Observaciones",
            noun=("observación", "observaciones"),
            empty_text="No hay observaciones: la resolución se puede congelar.",
            filterable=False,
        )
        self.list.activated.connect(self.go_to_asked.emit)
        self.list.selection_changed.connect(lambda one: self.detail.setText(one.sentence if one else ""))
        self.note = QLabel("Intro lleva al lugar. Se revisa al abrir y al guardar.")
        self.note.setProperty("role", "caption")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(ActionButton(bring_action))
        foot.addWidget(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.detail)
        layout.addLayout(foot)

    def show_findings(self, found: list[Finding]) -> None:
        """Show these; the first is chosen, so that its whole sentence is read."""
        self.list.set_rows(found)
        if self.list.selected() is None and found:
            self.list.select(found[0].number)
        self.detail.setVisible(bool(found))
