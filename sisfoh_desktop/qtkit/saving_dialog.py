"""A form that saves on the worker and stays open, with what was typed, until the base has taken it.

What is saved, and how, is the caller's; two people at one record are `open_record`'s. A form that only asks why is in
`saving_reason`.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, ClassVar, Self

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from sisfoh_desktop.basics.errors import RuleError, SisfohError, StaleRow
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

Save = Callable[[Any, str], Any]
"""Runs on the worker with the choice that the form made and a token; what it gives is the dialog's `answer`."""


class SavingDialog(FormDialog):
    """Subclasses build the form and make what is saved in `choice_from`; `touches` are the areas that a save changes.

    The token stays the same until the base has said yes: pressed again it stores once. `saved` carries what the save
    answered, once the dialog is closed and before the pages are told.
    """

    saved = Signal(object)

    field_by_code: ClassVar[Mapping[str, str]] = {}
    touches: frozenset[str] = frozenset()

    def __init__(
        self,
        desk: Desk,
        title: str,
        save: Save | None = None,
        *,
        primary: str = "Guardar",
        columns: int = 1,
        touches: Iterable[str] | None = None,
        subject: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=desk.clock)
        self.desk = desk
        self.choice: Any = None
        self.answer: Any = None
        if touches is not None:
            self.touches = frozenset(touches)
        self._subject = subject
        self._save = save
        self._open: OpenRecord | None = None
        self._done = False
        self._had_focus: QWidget | None = None
        self._token = str(uuid.uuid4())

    # -- for the caller --------------------------------------------------------------------------------

    def saving_with(self, save: Save) -> Self:
        """The dialog, ready to save."""
        self._save = save
        return self

    def edits(self, record: Any, subject: str, what: str, fresh: Callable[[], Any]) -> Self:
        """It holds `record`, which is stored: somebody else may have it open or save it first.

        `subject` names it as the trail does ("unit:3"), `what` in words; `fresh()` reads it again on the worker.
        """
        self._subject = subject
        self._open = OpenRecord(
            self, self.desk, subject=subject, record=record, fresh=fresh, fill=self.fill, what=what
        )
        return self

    def ask(self) -> Any:
        """Show the dialog; the choice once the base has taken it, or None if the person left."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return self.choice if accepted else None

    # -- for subclasses --------------------------------------------------------------------------------

    def choice_from(self, values: dict[str, Any]) -> Any:
        """What the checked values make; RuleError keeps the dialog open."""
        return values

    def fill(self, record: Any) -> object:
        """Show a stored record in the form."""
        raise NotImplementedError

    def job(self, choice: Any) -> Callable[[], Any]:
        """What the worker does with the choice."""
        assert self._save is not None
        return partial(self._save, choice, self._token)

    def refusal_fields(self) -> Mapping[str, str]:
        """Under which field each refusal stands, by its code; in the summary where the form has no such field."""
        return self.field_by_code

    @property
    def record(self) -> Any:
        """The stored record that the form holds, as the person last agreed to it; None for a new one."""
        return self._open.record if self._open is not None else None

    # -- saving ----------------------------------------------------------------------------------------

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.resize(self.size().expandedTo(self.sizeHint()))
            return False
        try:
            choice = self.choice_from(values)
        except RuleError as error:
            self._on_refused(error)
            return False
        self._had_focus = self.focusWidget()
        self.set_busy(True)
        self.desk.tasks.run_change(
            self.job(choice),
            self.touches,
            on_done=partial(self._on_saved, values, choice),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def draft_key(self) -> str:
        return f"{type(self).__name__}: {self._subject or self.windowTitle()}"

    def has_unsaved(self) -> bool:
        return self.form.is_modified() and not self._done

    def _on_saved(self, values: dict[str, Any], choice: Any, answer: Any) -> None:
        self._done = True
        self.values, self.choice, self.answer = values, choice, answer
        self.accept()
        self.saved.emit(answer)

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        if self._had_focus is not None and isValid(self._had_focus):
            self._had_focus.setFocus()  # waiting for the worker took it away
        if self._open is not None and self._open.meets(error):
            return
        known = {code: name for code, name in self.refusal_fields().items() if name in self.form.fields}
        self.form.show_refusal(error, known)
        self.fit()
        if isinstance(error, StaleRow):
            self.desk.tasks.tell_changed_elsewhere(self.touches)  # the pages behind show what is there now
