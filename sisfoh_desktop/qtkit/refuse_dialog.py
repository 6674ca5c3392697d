"""Asks who observes a paper and why, and observes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog

LONGEST_REASON = 500


@dataclass(frozen=True)
class RefuseChoice:
    """Who observes (`signer_id`) and the reason."""

    signer_id: int
    reason: str


class RefuseDialog(SavingDialog):
    """ "Observar": the version is closed, the text goes back to be corrected, the number stays."""

    field_by_code: ClassVar[Mapping[str, str]] = {"reason_missing": "reason", "text_too_long": "reason"}

    def __init__(
        self,
        desk: Desk,
        what: str,
        signers: Sequence[tuple[int, str]],
        chosen: int,
        signed: int,
        save: Save,
        touches: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, f"Observar {what}", save, primary="Observar", touches=touches, parent=parent)
        kept = {
            0: "",
            1: " La firma ya puesta queda en el archivo, pero no sirve para la versión nueva.",
        }.get(
            signed,
            f" Las {signed} firmas ya puestas quedan en el archivo, pero no sirven para la versión nueva.",
        )
        self.form.note(
            "El documento vuelve a quien lo redactó para que lo corrija, y la versión siguiente lleva el mismo número "
            f"y muestra qué cambió.{kept}"
        )
        self.form.combo("signer_id", "Quién observa", list(signers), required=True)
        self.form.long_text("reason", "Motivo", required=True, max_length=LONGEST_REASON, rows=4)
        self.form.set_values({"signer_id": chosen})
        self.primary_button.setProperty("role", "danger")

    def choice_from(self, values: dict[str, Any]) -> RefuseChoice:
        return RefuseChoice(values["signer_id"], str(values["reason"]))
