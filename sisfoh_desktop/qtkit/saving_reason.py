"""Asks why before something that the trail must explain, and does it: the reason stays typed until the base took it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog


class SavingReason(SavingDialog):
    """One field, the reason, below what will happen (`told`, a paragraph each). The choice is the reason.

    `subject` tells the drafts of two records apart; `danger` paints what destroys; `shortest` is in letters.
    """

    field_by_code: ClassVar[Mapping[str, str]] = {
        "reason_missing": "reason",
        "text_missing": "reason",
        "text_too_long": "reason",
    }

    def __init__(
        self,
        desk: Desk,
        title: str,
        told: str | Iterable[str],
        save: Save,
        *,
        primary: str,
        touches: Iterable[str],
        subject: str = "",
        longest: int = 500,
        shortest: int = 0,
        too_short: str = "",
        required: bool = True,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, save, primary=primary, touches=touches, subject=subject, parent=parent)
        for sentence in (told,) if isinstance(told, str) else told:
            self.form.note(sentence)
        self.form.long_text("reason", "Motivo", required=required, max_length=longest, rows=3)
        self._shortest, self._too_short = shortest, too_short
        if danger:
            self.primary_button.setProperty("role", "danger")

    def choice_from(self, values: dict[str, Any]) -> str:
        reason = str(values["reason"] or "")
        if len(" ".join(reason.split())) < self._shortest:
            raise RuleError("reason_missing", self._too_short)
        return reason

    def draft_key(self) -> str:
        return f"{type(self).__name__}: {self.windowTitle()}, {self._subject}"
