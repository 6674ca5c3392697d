"""The tab "Revisión": everything that the plan's parts do not agree on; Enter goes to the tab that cures it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.modules.plans.rules import Finding, Severity
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

WHERE_WORDS = {
    "datos": "Datos",
    "objetivos": "Objetivos",
    "estructura": "Estructura funcional",
    "presupuesto": "Presupuesto",
    "actividades": "Actividades",
    "zonas": "Zonas",
    "secciones": "Secciones",
}
_SEVERITIES: dict[Severity, tuple[Tone, str]] = {
    Severity.BLOCKS: ("danger", "Impide"),
    Severity.WARNS: ("warn", "Aviso"),
}


class ReviewTab(QWidget):
    """The findings; `jump_asked` names the tab (`Finding.where`)."""

    jump_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RowTable(
            [
                Column(
                    "Gravedad",
                    lambda finding: _SEVERITIES[finding.severity][1],
                    lambda finding: list(Severity).index(finding.severity),
                    tone=lambda finding: _SEVERITIES[finding.severity][0],
                    width=112,
                ),
                Column("Dónde", lambda finding: WHERE_WORDS[finding.where], width=160),
                Column("Observación", lambda finding: finding.text),
            ],
            key=lambda finding: finding,
            name="Observaciones del plan",
            noun=("observación", "observaciones"),
            empty_text="El plan no tiene observaciones: puede ir a una resolución.",
        )
        self.list.activated.connect(lambda finding: self.jump_asked.emit(finding.where))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(self.list)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what `rules.check_plan` found."""
        self.list.set_rows(findings)
