"""A form that saves on the worker and stays open, with what was typed, until the base has taken it.

What is saved, and into which record, is the caller's; two people at one record are `open_record`'s.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, ClassVar, Self

from PySide6.QtWidgets import QDialog

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

Save = Callable[[dict[str, Any], Any, str], Any]
"""Runs on the worker with the checked values, the stored record that was edited (None for a new one) and a token."""


class SavingDialog(FormDialog):
    """Subclasses build the form. `saving_with` says how it is saved, `edits` which stored record it holds.

    The token stays the same until the base has answered yes: pressed again it stores once.
    """

    field_by_code: ClassVar[Mapping[str, str]] = {}

    _save: Save | None = None
    _desk: Desk
    _touches: frozenset[str]
    _open: OpenRecord | None = None
    _subject = ""
    _then: Callable[[Any], object] | None = None

    def saving_with(
        self, desk: Desk, save: Save, touches: Iterable[str], then: Callable[[Any], object] | None = None
    ) -> Self:
        """The dialog, ready to save. `touches` are the areas that change; `then` gets what the save answered, before
        their pages are told."""
        self._desk, self._save, self._touches, self._then = desk, save, frozenset(touches), then
        self._token = str(uuid.uuid4())
        return self

    def edits(self, record: Any, subject: str, fresh: Callable[[], Any], what: str) -> Self:
        """It holds `record`, which is stored: somebody else may have it open or save it first."""
        self._subject = subject
        self._open = OpenRecord(
            self, self._desk, subject=subject, record=record, fresh=fresh, fill=self.fill, what=what
        )
        return self

    def fill(self, record: Any) -> object:
        """Show a stored record in the form."""
        raise NotImplementedError

    def refuses(self, values: dict[str, Any]) -> bool:
        """Whether the values do not go together; it has said why."""
        return False

    def ask_saved(self) -> bool:
        """Show the dialog; whether the base took it."""
        saved = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return saved

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None or self.refuses(values):
            self.resize(self.size().expandedTo(self.sizeHint()))
            return False
        assert self._save is not None
        self.set_busy(True)
        record = self._open.record if self._open is not None else None
        self._desk.tasks.run_change(
            partial(self._save, values, record, self._token),
            self._touches,
            on_done=partial(self._on_saved, values),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def draft_key(self) -> str:
        return f"{type(self).__name__}: {self._subject or self.windowTitle()}"

    def _on_saved(self, values: dict[str, object], result: Any) -> None:
        self.values = values
        self.accept()
        if self._then is not None:
            self._then(result)

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        if self._open is not None and self._open.meets(error):
            return
        known = {code: name for code, name in self.field_by_code.items() if name in self.form.fields}
        self.form.show_refusal(error, known)
        self.fit()
