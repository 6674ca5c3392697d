"""The questions about evidence: what proves a duty, which norm asks for the duty."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix
from sisfoh_desktop.modules.responsibilities.view.dialogs import TOUCHES, stored_matrix
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog


@dataclass(frozen=True)
class NewEvidence:
    """A note, with the file that proves it if there is one."""

    text: str
    day: date
    file: Path | None = None


class EvidenceDialog(SavingDialog):
    """A note of what was done and when, with a file or without."""

    touches = TOUCHES
    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "text", "text_too_long": "text"}

    def __init__(self, desk: Desk, code: str, duty: Duty, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            f"Evidencia de {code}",
            save,
            primary="Registrar",
            subject=f"matrix_duty:{duty.id}",
            parent=parent,
        )
        self.file: Path | None = None
        shown = duty.text if len(duty.text) <= 200 else duty.text[:199] + "…"
        self.form.note(shown)
        if duty.evidence:
            self.form.note(f"Se espera: {duty.evidence}")
        self.form.long_text(
            "text", "Qué se hizo o qué se adjunta", required=True, max_length=rules.MAX_EVIDENCE, rows=3
        )
        self.form.date("day", "Fecha del hecho", required=True)
        self.file_note = self.form.note("Sin archivo.")
        self.form.set_values({"day": desk.clock.now().date()})
        self.file_button = self.add_button("Elegir &archivo…", self.choose_file)

    def choose_file(self) -> None:
        """Ask for the file; its name is the text where none was typed."""
        kinds = " ".join(f"*.{kind}" for kind in rules.FILE_KINDS)
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Elegir el archivo", "", f"Evidencia ({kinds});;Todos (*)"
        )
        if chosen:
            self.file = Path(chosen)
            self.file_note.setText(f"Archivo: {self.file.name}")
            text = self.form.fields["text"]
            if text.is_empty():
                text.set_value(self.file.stem)

    def choice_from(self, values: dict[str, Any]) -> NewEvidence:
        return NewEvidence(values["text"], values["day"], self.file)


class SourceDialog(SavingDialog):
    """The norm that asks for a duty; the annex does not print it. The choice is the matrix with it."""

    touches = TOUCHES

    def __init__(
        self, desk: Desk, matrix: Matrix, code: str, duty: Duty, save: Save, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, f"Norma de {code}", save, parent=parent)
        self._duty_id = duty.id
        self.form.note("El Anexo N° 01 no la imprime: queda a la vista de quien sigue la función.")
        self.form.text("source_norm", "Norma y numeral", max_length=rules.MAX_NORM)
        self.form.long_text("source_text", "Lo que dice", max_length=rules.MAX_TEXT, rows=6)
        self.fill(matrix)
        fresh = partial(stored_matrix, desk, matrix.id, duty_id=duty.id)
        self.edits(matrix, f"matrix:{matrix.id}", "la norma de la función", fresh)

    def fill(self, matrix: Matrix) -> None:
        _unit, duty = rules.duty_in(matrix, self._duty_id)
        self.form.set_values({"source_norm": duty.source_norm, "source_text": duty.source_text})

    def choice_from(self, values: dict[str, Any]) -> Matrix:
        unit, duty = rules.duty_in(self.record, self._duty_id)
        return rules.clean_matrix(rules.with_duty(self.record, unit.id, replace(duty, **values)))

    def draft_key(self) -> str:
        return f"{super().draft_key()}, duty:{self._duty_id}"
