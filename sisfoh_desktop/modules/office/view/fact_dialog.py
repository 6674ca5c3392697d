"""Dialogs that hold one fact of the office: they save it on the worker and stay open when it is refused.

What is typed is never lost by a refusal; the same dialog pressed twice stores once (one token each).
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, Self

from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.open_record import OpenRecord
from sisfoh_desktop.qtkit.page import Desk

CHANGE = "office"
TRUST_MARKS = ("Leído", "Extracto", "Fuente secundaria", "Por verificar")

Save = Callable[..., object]
"""The fact and the dialog's token; of a stored fact also `expected_version` when it is no longer the first one."""
Fresh = Callable[[], Any]  # the stored fact as it is now; runs on the worker


class FactDialog(FormDialog):
    """A form for one fact. Subclasses build the form, fill it, and make the fact in `choice_from`."""

    field_by_code: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        primary: str = "Guardar",
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=desk.clock)
        self.desk = desk
        self.choice: Any = None
        self._saver: Save | None = None
        self._open: OpenRecord | None = None
        self._token = str(uuid.uuid4())

    def choice_from(self, values: dict[str, Any]) -> Any:
        """The fact that the checked values make; RuleError keeps the dialog open."""
        raise NotImplementedError

    def fill(self, fact: Any) -> None:
        """Show a stored fact; what is saved is made from it."""
        raise NotImplementedError

    def edits(self, fact: Any, subject: str, what: str, fresh: Fresh | None) -> Self:
        """The dialog holds `fact`, which is stored: somebody else may have it open or save it first."""
        if fresh is not None:
            self._open = OpenRecord(
                self, self.desk, subject=subject, record=fact, fresh=fresh, fill=self.fill, what=what
            )
        return self

    def ask_and_save(self, save: Save) -> Any:
        """Show the dialog; the fact once the base has taken it, or None if the person left.

        `save(fact, token)` runs on the worker.
        """
        self._saver = save
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return self.choice if accepted else None

    def saving_with(self, save: Save) -> Self:
        """The dialog, ready to save when submitted without being shown modally."""
        self._saver = save
        return self

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None or self._saver is None:
            return False
        try:
            choice = self.choice_from(values)
        except RuleError as error:
            self._on_refused(error)
            return False
        self.set_busy(True)
        later = {"expected_version": self._open.version} if self._open and self._open.rebased else {}
        self.desk.tasks.run_change(
            partial(self._saver, choice, self._token, **later),
            touches={CHANGE},
            on_done=lambda _result: self._on_saved(choice),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def draft_key(self) -> str:
        return f"{type(self).__name__}: {self.windowTitle()}"

    def has_unsaved(self) -> bool:
        return self.form.is_modified() and self.choice is None

    def add_validity(self, *, since: str = "Desde", until: str = "Hasta") -> None:
        """The two dates of every dated fact."""
        self.form.group("Vigencia")
        self.form.date("valid_from", since, hint="Vacío si no se conoce")
        self.form.date("valid_to", until, hint="Vacío si sigue vigente")

    def add_trust(self, present: str) -> None:
        """How the office knows it, among the usual marks and the present one."""
        marks = dict.fromkeys((*TRUST_MARKS, present) if present else TRUST_MARKS)
        self.form.combo("trust", "Cómo se sabe", [(mark, mark) for mark in marks])

    def _on_saved(self, choice: Any) -> None:
        self.choice = choice
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        if self._open is not None and self._open.meets(error):
            return
        codes = {"dates_upside_down": "valid_to", "date_out_of_range": "valid_from", **self.field_by_code}
        self.form.show_refusal(
            error, {code: name for code, name in codes.items() if name in self.form.fields}
        )


class EndDialog(FactDialog):
    """Asks for the last day of something and ends it."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "dates_upside_down": "last_day",
        "date_out_of_range": "last_day",
        "unit_unknown": "last_day",
    }

    def __init__(self, desk: Desk, what: str, consequence: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Poner fin a {what}", primary="Poner fin", columns=1, parent=parent)
        self.form.note(consequence)
        self.form.date("last_day", "Último día de vigencia", required=True)
        self.form.set_values({"last_day": desk.clock.now().date()})

    def choice_from(self, values: dict[str, Any]) -> date:
        last_day: date = values["last_day"]
        return last_day

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, what: str, consequence: str, save: Save) -> date | None:
        """End `what` ("la unidad OGAJ") on the day chosen; None if the person left."""
        last_day: date | None = cls(desk, what, consequence, parent).ask_and_save(save)
        return last_day


def stored_fact(load: Callable[..., Any], db: Any, fact_id: int) -> Any:
    """The fact of a list as the base has it now; RuleError `fact_gone`. Runs on the worker."""
    fact = next((one for one in load(db) if one.id == fact_id), None)
    if fact is None:
        raise RuleError(
            "fact_gone",
            "Otra persona retiró este registro mientras usted lo editaba; lo suyo no se guardó. "
            "Cópielo si lo necesita y cierre esta ventana.",
        )
    return fact
