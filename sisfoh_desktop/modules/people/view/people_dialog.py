"""The forms of Personas: they save on the worker and stay open when refused; pressed twice they store once.

What each asks is in `user_dialogs` and `absence_dialog`.
"""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.people.view.people_tab import CHANGE
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

Save = Callable[[Any, str], Any]  # what was chosen and the dialog's token


class PeopleDialog(FormDialog):
    """A form for one record; subclasses build it and make what is saved in `choice_from`."""

    field_by_code: ClassVar[Mapping[str, str]] = {}

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
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=desk.clock)
        self.desk = desk
        self.choice: Any = None
        self.result_of_save: Any = None
        self.open_record: OpenRecord | None = None
        self._save = save
        self._token = str(uuid.uuid4())

    def choice_from(self, values: dict[str, Any]) -> Any:
        """What the checked values make; RuleError keeps the dialog open."""
        raise NotImplementedError

    def follow(
        self, subject: str, record: Any, fresh: Callable[[], Any], fill: Callable[[Any], object], what: str
    ) -> None:
        """The dialog edits a stored record: what somebody else saves meanwhile is compared field by field."""
        self.open_record = OpenRecord(
            self, self.desk, subject=subject, record=record, fresh=fresh, fill=fill, what=what
        )

    def version(self) -> int:
        """The version of the record that the save must name."""
        assert self.open_record is not None
        return self.open_record.version

    def ask(self) -> Any:
        """Show the dialog; what was chosen once the base has taken it, or None if the person left."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return self.choice if accepted else None

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        try:
            choice = self.choice_from(values)
        except RuleError as error:
            self._on_refused(error)
            return False
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(self._save, choice, self._token),
            touches={CHANGE},
            on_done=partial(self._on_saved, choice),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def has_unsaved(self) -> bool:
        return self.form.is_modified() and self.choice is None

    def _on_saved(self, choice: Any, result: Any) -> None:
        self.choice, self.result_of_save = choice, result
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        if self.open_record is not None and self.open_record.meets(error):
            return
        known = {code: name for code, name in self.field_by_code.items() if name in self.form.fields}
        self.form.show_refusal(error, known)
        self.fit()


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, save, primary=primary, columns=1, parent=parent)
        self.form.note(consequence)
        self.form.text(
            "reason", "Motivo", required=True, max_length=200, hint="Queda en el historial del usuario."
        )

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["reason"])
