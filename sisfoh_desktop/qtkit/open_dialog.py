"""Forms that stay open, beside their page, until the worker has done what they ask; a refusal keeps what was typed.

Who saves, and how, is the caller's; a form that saves by itself is in `saving_dialog`.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.refuse_dialog import LONGEST_REASON


class OpenDialog(FormDialog):
    """A form that ends when the worker is done: `run(answer, dialog)` accepts it, or refuses with a sentence."""

    def __init__(
        self,
        title: str,
        *,
        primary: str,
        run: "Callable[[Any, OpenDialog], object]",
        clock: Clock | None = None,
        parent: QWidget | None = None,
        columns: int = 1,
    ) -> None:
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=clock)
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


class AnnulDialog(OpenDialog):
    """Why a paper is withdrawn; `told` says what follows. The answer is the reason."""

    def __init__(
        self,
        name: str,
        told: str,
        *,
        run: Callable[[str, OpenDialog], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"Anular {name}", primary="Anular", run=run, parent=parent)
        self.primary_button.setProperty("role", "danger")
        self.form.note(told)
        self.form.long_text("reason", "Motivo", required=True, max_length=LONGEST_REASON, rows=3)

    def answer(self, values: dict[str, Any]) -> str:
        return str(values["reason"])
