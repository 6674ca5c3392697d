"""What is asked before a report of the POI is emitted: who signs it.

The dialog stays open until the worker has done it; a refusal keeps what was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.open_dialog import OpenDialog

_NOBODY = (0, "Nadie")


@dataclass(frozen=True)
class RoundAnswer:
    """Who signs: the author, and the vistos buenos in their order."""

    author_id: int
    approvals: tuple[int, ...]


class EmitDialog(OpenDialog):
    """Who signs a report. `told` says what it will be; `officers` are those in force."""

    def __init__(
        self,
        title: str,
        told: str,
        officers: Sequence[tuple[int, str]],
        author_id: int,
        *,
        preview: "Callable[[RoundAnswer, EmitDialog], object]",
        run: Callable[[RoundAnswer, OpenDialog], object],
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
