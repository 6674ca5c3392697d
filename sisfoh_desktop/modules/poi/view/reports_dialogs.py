"""What is asked before a report of the POI is emitted or withdrawn: who signs, its series, why.

Each stays open until the worker has done it; a refusal keeps what was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.papers.rules import MADE_BEFORE, REASON_LIMIT, example_of, mask_of
from sisfoh_desktop.qtkit.dialogs import FormDialog

_NOBODY = (0, "Nadie")


class ReportDialog(FormDialog):
    """A form that ends when the worker is done: `run(answer, dialog)` accepts it, or refuses with a sentence."""

    def __init__(
        self,
        title: str,
        *,
        primary: str,
        run: "Callable[[Any, ReportDialog], object]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, columns=1, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run = run

    def answer(self, values: dict[str, Any]) -> Any:
        """What was typed, as the service takes it; None after showing what is wrong."""
        raise NotImplementedError

    def asked(self) -> Any:
        """The answer as it stands now; None after showing what is missing."""
        values = self.form.checked()
        return None if values is None else self.answer(values)

    def submit(self) -> bool:
        answer = self.asked()
        if answer is not None:
            self.set_busy(True)
            self._run(answer, self)
        return False

    def accept(self) -> None:
        self.form.mark_saved()
        super().accept()

    def refuse(self, error: SisfohError) -> None:
        super().refuse(error)
        self.show()


@dataclass(frozen=True)
class RoundAnswer:
    """Who signs: the author, and the vistos buenos in their order."""

    author_id: int
    approvals: tuple[int, ...]


class EmitDialog(ReportDialog):
    """Who signs a report. `told` says what it will be; `officers` are those in force."""

    def __init__(
        self,
        title: str,
        told: str,
        officers: Sequence[tuple[int, str]],
        author_id: int,
        *,
        preview: "Callable[[RoundAnswer, EmitDialog], object]",
        run: Callable[[RoundAnswer, ReportDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary="Emitir", run=run, parent=parent)
        self.form.note(told)
        self.form.combo("author", "Firma como autor", list(officers), required=True)
        for place, label in ((1, "Primer visto bueno"), (2, "Segundo visto bueno")):
            self.form.combo(f"approval_{place}", label, [_NOBODY, *officers])
        self.form.set_values({"author": author_id or None, "approval_1": 0, "approval_2": 0})
        self.preview_button = self.add_button("Vista previa", lambda: self._on_preview(preview))

    def answer(self, values: dict[str, Any]) -> RoundAnswer | None:
        approvals = tuple(one for one in (values["approval_1"], values["approval_2"]) if one)
        everybody = [values["author"], *approvals]
        if len(set(everybody)) < len(everybody):
            self.form.set_errors({"approval_1": "Una misma persona firma dos veces; deje una sola."})
            return None
        return RoundAnswer(values["author"], approvals)

    def _on_preview(self, preview: "Callable[[RoundAnswer, EmitDialog], object]") -> None:
        answer = self.asked()
        if answer is not None:
            self.banner.show_sentence("")
            preview(answer, self)


@dataclass(frozen=True)
class SeriesAnswer:
    """The series as the clerk confirmed it."""

    title: str
    mask: str
    last_number: int
    reason: str


class SeriesDialog(ReportDialog):
    """Confirms how the reports are numbered, the first time that one is made."""

    def __init__(
        self,
        title: str,
        mask: str,
        year: int,
        *,
        run: Callable[[SeriesAnswer, ReportDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Serie de los informes del POI", primary="Crear la serie", run=run, parent=parent)
        self.form.note(
            "Todavía no hay una serie que numere los informes y fichas del POI. Escriba el primer número del año tal "
            "como se imprime y, si este año ya se hicieron sin el programa, el último."
        )
        self.form.text("title", "Nombre", required=True, max_length=200)
        self.form.text("mask", "Primer número", required=True, max_length=80)
        self.form.number(
            "last_number", "Último número ya usado este año", maximum=999_999, hint="Vacío o 0 si ninguno."
        )
        self.form.text("reason", "Dónde se hicieron esos números", max_length=REASON_LIMIT)
        self.form.set_values({"title": title, "mask": example_of(mask, year), "reason": MADE_BEFORE})

    def answer(self, values: dict[str, Any]) -> SeriesAnswer | None:
        try:
            mask = mask_of(values["mask"])
        except RuleError as error:
            self.form.set_errors({"mask": error.sentence})
            return None
        return SeriesAnswer(values["title"], mask, values["last_number"] or 0, values["reason"] or "")


class AnnulDialog(ReportDialog):
    """Why a report is withdrawn."""

    def __init__(
        self, name: str, *, run: Callable[[str, ReportDialog], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Anular {name}", primary="Anular", run=run, parent=parent)
        self.primary_button.setProperty("role", "danger")
        self.form.note("Su número queda anulado en el registro. No se puede deshacer.")
        self.form.long_text("reason", "Motivo", required=True, max_length=REASON_LIMIT, rows=3)

    def answer(self, values: dict[str, Any]) -> str:
        return str(values["reason"])
