"""The forms of Personas: they save on the worker and stay open when refused; pressed twice they store once.

What each asks is in `user_dialogs` and `absence_dialog`.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.people.view.people_tab import CHANGE
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import Save, SavingDialog


class PeopleDialog(SavingDialog):
    """A form for one record; subclasses build it and make what is saved in `choice_from`."""

    touches = frozenset({CHANGE})

    def __init__(
        self,
        desk: Desk,
        title: str,
        save: Save,
        *,
        primary: str = "Guardar",
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, save, primary=primary, columns=columns, parent=parent)

    def follow(
        self, subject: str, record: Any, fresh: Callable[[], Any], fill: Callable[[Any], object], what: str
    ) -> None:
        """The dialog edits a stored record: what somebody else saves meanwhile is compared field by field."""
        self._fill = fill
        self.edits(record, subject, what, fresh)

    def fill(self, record: Any) -> object:
        return self._fill(record)

    def version(self) -> int:
        """The version of the record that the save must name."""
        version: int = self.record.version
        return version

    def draft_key(self) -> str:
        return ""  # names, DNI and passwords of people are not left on the disk


class ReasonDialog(PeopleDialog):
    """Says what is about to be done to somebody's access and asks why; the choice is the reason."""

    field_by_code: ClassVar[Mapping[str, str]] = {"text_missing": "reason", "text_too_long": "reason"}

    def __init__(
        self,
        desk: Desk,
        title: str,
        consequence: str,
        save: Save,
        *,
        primary: str,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, save, primary=primary, columns=1, parent=parent)
        if danger:
            self.primary_button.setProperty("role", "danger")
        self.form.note(consequence)
        self.form.text(
            "reason", "Motivo", required=True, max_length=200, hint="Queda en el historial del usuario."
        )

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["reason"])
