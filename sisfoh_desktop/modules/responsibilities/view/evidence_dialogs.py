"""The questions about evidence: what proves a duty, why an entry no longer counts, which norm asks for the duty."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Duty
from sisfoh_desktop.qtkit.dialogs import FormDialog


@dataclass(frozen=True)
class NewEvidence:
    """A note, with the file that proves it if there is one."""

    text: str
    day: date
    file: Path | None = None


class EvidenceDialog(FormDialog):
    """A note of what was done and when, with a file or without."""

    def __init__(self, code: str, duty: Duty, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(f"Evidencia de {code}", primary="Registrar", parent=parent, clock=clock)
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
        self.form.set_values({"day": clock.now().date()})
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

    @classmethod
    def ask(cls, code: str, duty: Duty, clock: Clock, parent: QWidget | None = None) -> NewEvidence | None:
        """What was entered, or None."""
        dialog = cls(code, duty, clock, parent)
        values = dialog.ask_values()
        if values is None:
            return None
        day = values["day"]
        assert isinstance(day, date)
        return NewEvidence(str(values["text"]), day, dialog.file)


class WithdrawDialog(FormDialog):
    """Why an entry no longer counts."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("Anular la evidencia", primary="Anular", parent=parent)
        self.form.note(f"«{text}» dejará de contar. Sigue a la vista con el motivo; no se borra.")
        self.form.long_text("reason", "Motivo", required=True, max_length=500, rows=3)

    @classmethod
    def ask(cls, text: str, parent: QWidget | None = None) -> str | None:
        """The reason, or None."""
        values = cls(text, parent).ask_values()
        return None if values is None else str(values["reason"])


class SourceDialog(FormDialog):
    """The norm that asks for a duty; the annex does not print it."""

    def __init__(self, code: str, duty: Duty, parent: QWidget | None = None) -> None:
        super().__init__(f"Norma de {code}", primary="Guardar", parent=parent)
        self.form.note("El Anexo N° 01 no la imprime: queda a la vista de quien sigue la función.")
        self.form.text("source_norm", "Norma y numeral", max_length=rules.MAX_NORM)
        self.form.long_text("source_text", "Lo que dice", max_length=rules.MAX_TEXT, rows=6)
        self.form.set_values({"source_norm": duty.source_norm, "source_text": duty.source_text})

    @classmethod
    def ask(cls, code: str, duty: Duty, parent: QWidget | None = None) -> tuple[str, str] | None:
        """Norm and text, or None."""
        values = cls(code, duty, parent).ask_values()
        return None if values is None else (str(values["source_norm"]), str(values["source_text"]))
