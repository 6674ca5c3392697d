"""«Olvidé mi contraseña…»: who administers the users gets in by their recovery sheet; the others are told whom to ask.

What counts as right is the module `people`'s. What was typed is wiped at the end.
"""

import platform
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.phrase_field import PhraseField
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.tasks import Tasks

if TYPE_CHECKING:
    from sisfoh_desktop.modules.people.rules.facts import LoggedIn

_LONGEST_CODE = 40


class ForgottenDialog(FormDialog):
    """User, the sheet's code, a new password twice. `entered` is who came in with it once the dialog is accepted."""

    usual_width = 460

    def __init__(
        self,
        *,
        db: Any,
        tasks: Tasks,
        clock: Clock,
        login: str = "",
        longest_login: int = 60,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Olvidé mi contraseña", primary="Cambiar y entrar", parent=parent)
        self._db, self._tasks, self._clock = db, tasks, clock
        self.entered: LoggedIn | None = None
        self.form.note(
            "Pida a quien administra los usuarios una clave de un solo uso: se escribe en el lugar de la contraseña."
        )
        self.form.note(
            "Si es usted quien los administra, abra el sobre de su hoja de recuperación y escriba su clave, que vale "
            "una sola vez."
        )
        self.form.text("login", "Usuario", required=True, max_length=longest_login)
        code = PhraseField(
            "Clave de la hoja",
            max_length=_LONGEST_CODE,
            hint="16 signos; los guiones y las mayúsculas dan igual.",
        )
        self._secrets = (
            self.form.add("code", code),
            self.form.add("new", SecretField("Contraseña nueva", hint="Al menos 10 signos.")),
            self.form.add("again", SecretField("Otra vez la nueva")),
        )
        self.form.set_values({"login": login})

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        from sisfoh_desktop.modules.people.rules.passwords import check_typed_twice

        try:
            check_typed_twice(values["new"], values["again"])
        except RuleError as error:
            self._on_refused(error)
            return False
        self.set_busy(True)
        self._tasks.run_query(
            partial(_enter, self._db, self._clock, values),
            self._on_entered,
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def draft_key(self) -> str:
        return ""  # the code of a sheet is not left on the disk

    def has_unsaved(self) -> bool:
        return False

    def done(self, result: int) -> None:
        for secret in self._secrets:
            secret.wipe()
        super().done(result)

    def _on_entered(self, entered: "LoggedIn") -> None:
        self.entered = entered
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        code = error.code if isinstance(error, RuleError) else ""
        field = {"sheet_refused": "code", "access_locked": "code", "password_not_again": "again"}.get(
            code, ""
        )
        if not field and code.startswith("password"):
            field = "new"
        if field:
            self.form.set_errors({field: error.sentence})
            self.form.jump_to(field)
            self.fit()
        else:
            self.refuse(error)


def _enter(db: Any, clock: Clock, values: dict[str, Any]) -> "LoggedIn":
    """The new password by the sheet, and in with it; on the worker."""
    from sisfoh_desktop.modules.people.service import access, sheets

    login, new, pc = values["login"], values["new"], platform.node()
    sheets.recover_by_sheet(db, now=clock.now(), login=login, code=values["code"], new=new, pc=pc)
    return access.log_in(db, now=clock.now(), login=login, password=new, pc=pc)
