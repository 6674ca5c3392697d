"""The bar over the list: which matrix is on view, its state, how big it is and how far it has come."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from sisfoh_desktop.modules.responsibilities.rules import DutyState, Gap, Matrix, MatrixLine, MatrixState
from sisfoh_desktop.qtkit.chips import Chip
from sisfoh_desktop.qtkit.elided_combo import ElidedCombo
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import Tone

_TONES: dict[MatrixState, Tone] = {
    MatrixState.DRAFT: "dim",
    MatrixState.IN_FORCE: "ok",
    MatrixState.ARCHIVED: "warn",
}


def counted(count: int, one: str, many: str) -> str:
    """`1 unidad`, `6 unidades`."""
    return f"{count} {one if count == 1 else many}"


class MatrixBar(QWidget):
    """Chooses the matrix; `chosen` gives the id of another one, `gaps_asked` leads to what is missing."""

    chosen = Signal(int)
    gaps_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = ElidedCombo()
        self.combo.setAccessibleName("Matriz")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(20)
        self.combo.setPlaceholderText("Todavía no hay matrices")
        self.combo.currentIndexChanged.connect(self._on_index_changed)
        self.chip = Chip()
        self.counts = QLabel()
        self.counts.setProperty("role", "caption")
        self.gaps_button = QPushButton()
        self.gaps_button.setProperty("role", "link")
        self.gaps_button.setToolTip("Ver lo que falta en la matriz")
        self.gaps_button.clicked.connect(self.gaps_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.combo, 1)
        row.addWidget(self.chip)
        row.addWidget(self.counts)
        row.addWidget(self.gaps_button)

    def show_lines(self, lines: Sequence[MatrixLine], matrix: Matrix | None, gaps: Sequence[Gap]) -> None:
        """Offer these matrices and tell about the one on view."""
        self.combo.blockSignals(True)
        self.combo.clear()
        for number, line in enumerate(lines):
            self.combo.addItem(line.title, line.id)
            self.combo.setItemData(number, plain_tip(line.title), Qt.ItemDataRole.ToolTipRole)
        self.combo.setCurrentIndex(self.combo.findData(matrix.id) if matrix else -1)
        self.combo.setEnabled(bool(lines))
        self.combo.setToolTip(plain_tip(self.combo.currentText()))
        self.combo.blockSignals(False)
        late = sum(gap.kind.is_late for gap in gaps)
        told = counted(len(gaps), "brecha", "brechas")
        self.gaps_button.setText(f"{told}, {counted(late, 'vencida', 'vencidas')}" if late else told)
        self.gaps_button.setVisible(matrix is not None and bool(gaps))
        if matrix is None:
            self.chip.set_state("dim", "")
            self.counts.setText("")
            return
        frozen = matrix.held_by and matrix.state is MatrixState.DRAFT
        self.chip.set_state("warn" if frozen else _TONES[matrix.state], matrix.state_word)
        done = sum(duty.state is DutyState.DONE for unit in matrix.units for duty in unit.duties)
        self.counts.setText(
            " · ".join(
                (
                    counted(len(matrix.units), "unidad", "unidades"),
                    counted(matrix.duty_count, "función", "funciones"),
                    counted(done, "cumplida", "cumplidas"),
                )
            )
        )

    def _on_index_changed(self) -> None:
        matrix_id = self.combo.currentData()
        if matrix_id is not None:
            self.chosen.emit(matrix_id)
