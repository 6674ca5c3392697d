"""Asks who observes a paper and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.qtkit.dialogs import FormDialog

LONGEST_REASON = 500


@dataclass(frozen=True)
class RefuseChoice:
    """Who observes (`signer_id`) and the reason."""

    signer_id: int
    reason: str


class RefuseDialog(FormDialog):
    """ "Observar": the version is closed, the text goes back to be corrected, the number stays."""

    def __init__(
        self,
        what: str,
        signers: Sequence[tuple[int, str]],
        chosen: int,
        signed: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Observar {what}", primary="Observar", parent=parent)
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

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        what: str,
        signers: Sequence[tuple[int, str]],
        *,
        chosen: int,
        signed: int = 0,
    ) -> RefuseChoice | None:
        """Who and why, or None if the person left."""
        dialog = cls(what, signers, chosen, signed, parent)
        values = dialog.ask_values()
        dialog.deleteLater()
        if values is None:
            return None
        signer_id = values["signer_id"]
        assert isinstance(signer_id, int)
        return RefuseChoice(signer_id, str(values["reason"]))
