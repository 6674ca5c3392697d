"""The last step of a handover: «Revise», with a way back to each part, and how the acta will be numbered."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.document_numbers import example_of
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.handover.rules.facts import Handover
from sisfoh_desktop.modules.papers.rules import REASON_LIMIT
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.series_form import MADE_BEFORE


@dataclass(frozen=True)
class NewSeries:
    """How the actas are to be numbered from now on, as typed."""

    title: str
    first: str
    last_number: int
    reason: str


class ReviewStep(QWidget):
    """What was answered, each with «Corregir»; `series` asks how actas are numbered where nobody has said yet."""

    title = "Revise"

    def __init__(
        self,
        go_to: Callable[[int], object],
        series: tuple[str, str] | None,
        year: int,
        taken_letters: list[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the cursor begins at what is read, on no button
        self.answers: list[QLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        words = (("Entrega y recibe", 0), ("Fecha y motivo", 0), ("Qué se entrega", 1), ("Sistemas", 2))
        for row, (label, step) in enumerate(words):
            name, answer = QLabel(label), QLabel()
            name.setProperty("tone", "dim")
            answer.setWordWrap(True)
            answer.setTextFormat(Qt.TextFormat.PlainText)
            button = QPushButton("Corregir")
            button.setAccessibleName(f"Corregir: {label}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, step=step: go_to(step))
            for column, widget in enumerate((name, answer, button)):
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
            self.answers.append(answer)
        told = QLabel(
            "Al emitir el acta se fija lo que está pendiente en este momento; la firman primero quien recibe y después "
            "quien entrega, desde Papeles, con certificado o en tinta. Nadie pierde su acceso por emitirla."
        )
        told.setWordWrap(True)
        told.setProperty("tone", "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(16)
        layout.addLayout(grid)
        self.form: Form | None = None
        if series is not None:
            self.form = self._series_form(series, year, taken_letters)
            layout.addWidget(self.form)
        layout.addWidget(told)
        layout.addStretch(1)

    def show_answers(self, handover: Handover, pending: str) -> None:
        """What will be kept; `pending` tells the lines in words."""
        self.answers[0].setText(f"{handover.leaver.told}\na {handover.receiver.told}")
        self.answers[1].setText(
            f"Desde el {format_date(handover.handed_on)}. {handover.reason}"
            + (f". {handover.document}" if handover.document else "")
            + (".\nSe propone cesar el acceso de quien entrega." if handover.proposes_end else "")
        )
        self.answers[2].setText(f"{counted(len(handover.sections), 'parte', 'partes')}: {pending}")
        self.answers[3].setText(
            counted(len(handover.credentials), "sistema o llave", "sistemas o llaves")
            if handover.credentials
            else "Ninguno"
        )
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(". ".join(answer.text() for answer in self.answers))

    def new_series(self) -> NewSeries | None:
        """How actas are numbered; None where that is known already, or while something is missing."""
        values = self.form.checked() if self.form is not None else None
        if values is None:
            return None
        return NewSeries(values["title"], values["mask"], values["last_number"] or 0, values["reason"] or "")

    def _series_form(self, series: tuple[str, str], year: int, taken_letters: list[str]) -> Form:
        form = Form(columns=2, taken_letters=taken_letters)
        form.group("Serie de las actas de entrega de cargo")
        form.note(
            "Todavía no hay una serie que numere estas actas. Escriba el primer número del año tal como se imprime y, "
            "si este año ya se hicieron sin el programa, el último."
        )
        form.text("title", "Nombre", required=True, max_length=200)
        form.text("mask", "Primer número", required=True, max_length=80)
        form.number(
            "last_number", "Último número ya usado este año", maximum=999_999, hint="Vacío o 0 si ninguno."
        )
        form.text("reason", "Dónde se hicieron esos números", max_length=REASON_LIMIT)
        form.set_values({"title": series[0], "mask": example_of(series[1], year), "reason": MADE_BEFORE})
        return form
