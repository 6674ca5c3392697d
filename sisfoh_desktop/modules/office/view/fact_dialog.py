"""Dialogs that hold one fact of the office: they save it on the worker and stay open when it is refused.

What is typed is never lost by a refusal; the same dialog pressed twice stores once (one token each).
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar, Self

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.saving_dialog import SavingDialog

TRUST_MARKS = ("Leído", "Extracto", "Fuente secundaria", "Por verificar")

Save = Callable[..., object]
"""The fact and the dialog's token; of a stored fact also `expected_version` when it is no longer the first one."""
Fresh = Callable[[], Any]  # the stored fact as it is now; runs on the worker


class FactDialog(SavingDialog):
    """A form for one fact. Subclasses build the form, fill it, and make the fact in `choice_from`."""

    touches = frozenset({"office"})

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        primary: str = "Guardar",
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, primary=primary, columns=columns, parent=parent)

    def edits(self, record: Any, subject: str, what: str, fresh: Fresh | None) -> Self:
        """As in its base; with nothing to read it again by, the fact is taken as it is."""
        return self if fresh is None else super().edits(record, subject, what, fresh)

    def ask_and_save(self, save: Save) -> Any:
        """Show the dialog; the fact once the base has taken it, or None if the person left."""
        return self.saving_with(save).ask()

    def job(self, choice: Any) -> Callable[[], Any]:
        later = {"expected_version": self._open.version} if self._open and self._open.rebased else {}
        return partial(super().job(choice), **later)

    def add_validity(self, *, since: str = "Desde", until: str = "Hasta") -> None:
        """The two dates of every dated fact."""
        self.form.group("Vigencia")
        self.form.date("valid_from", since, hint="Vacío si no se conoce")
        self.form.date("valid_to", until, hint="Vacío si sigue vigente")

    def add_trust(self, present: str) -> None:
        """How the office knows it, among the usual marks and the present one."""
        marks = dict.fromkeys((*TRUST_MARKS, present) if present else TRUST_MARKS)
        self.form.combo("trust", "Cómo se sabe", [(mark, mark) for mark in marks])

    def refusal_fields(self) -> Mapping[str, str]:
        return {"dates_upside_down": "valid_to", "date_out_of_range": "valid_from", **self.field_by_code}


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
    def ask_for(cls, parent: QWidget, desk: Desk, what: str, consequence: str, save: Save) -> date | None:
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
