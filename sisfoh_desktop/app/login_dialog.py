"""Asks who works here: the log-in, and one's own new password. What counts as right is the module `people`'s.

Passwords leave these dialogs only for the service on the worker; they are wiped from the fields at the end.
"""

import platform
import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.tasks import Tasks

if TYPE_CHECKING:
    from sisfoh_desktop.app.forgotten_dialog import ForgottenDialog
    from sisfoh_desktop.modules.people.rules.facts import LoggedIn

LONGEST_LOGIN = 60


class LoginDialog(FormDialog):
    """User and password. `entered` is who came in once the dialog is accepted; `typed` goes to the forced change.

    `by_sheet`: they had forgotten the password, and used up their recovery sheet.
    """

    usual_width = 420

    def __init__(
        self,
        *,
        db: Any,
        tasks: Tasks,
        clock: Clock,
        base: str,
        login: str = "",
        sentence: str = "",
        other_base: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Entrar", primary="Entrar", parent=parent)
        self._db, self._tasks, self._clock = db, tasks, clock
        self.entered: LoggedIn | None = None
        self.typed = ""
        self.by_sheet = False
        self.form.note(f"La base «{base}» tiene usuarios: cada quien entra con el suyo.")
        self._login = self.form.text("login", "Usuario", required=True, max_length=LONGEST_LOGIN)
        self._secret = self.form.add("password", SecretField("Contraseña"))
        self.form.note(
            "Si la olvidó o es su primera vez, escriba aquí la clave que le imprimió quien administra."
        )
        self.form.set_values({"login": login})
        self.add_button("Olvidé mi contraseña…", self._ask_sheet)
        if other_base is not None:
            self.add_button("Cambiar de base…", partial(self._leave_for, other_base))
        self.banner.show_sentence(sentence)

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        from sisfoh_desktop.modules.people.service import access

        self.set_busy(True)
        self.typed = values["password"]
        self._tasks.run_query(
            partial(
                access.log_in,
                self._db,
                now=self._clock.now(),
                login=values["login"],
                password=self.typed,
                pc=platform.node(),
            ),
            self._on_entered,
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def has_unsaved(self) -> bool:
        return False

    def done(self, result: int) -> None:
        self._secret.wipe()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._login.is_empty():
            self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self, entered: "LoggedIn") -> None:
        self.entered = entered
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self.typed = ""
        self._secret.wipe()
        self.refuse(error)
        self._secret.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_sheet(self) -> None:
        from sisfoh_desktop.app.forgotten_dialog import ForgottenDialog

        dialog = ForgottenDialog(
            db=self._db,
            tasks=self._tasks,
            clock=self._clock,
            login=str(self._login.raw()),
            longest_login=LONGEST_LOGIN,
            parent=self,
        )
        dialog.accepted.connect(partial(self._on_entered_by_sheet, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_entered_by_sheet(self, dialog: "ForgottenDialog") -> None:
        if dialog.entered is not None:
            self.by_sheet = True
            self._on_entered(dialog.entered)

    def _leave_for(self, other_base: Callable[[], object]) -> None:
        self.reject()
        other_base()


class PasswordDialog(FormDialog):
    """One's own new password, twice. With `old` (just typed to come in) it is the change asked for before working."""

    usual_width = 420

    def __init__(
        self,
        *,
        db: Any,
        tasks: Tasks,
        clock: Clock,
        actor: Actor,
        old: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title = "Elija su contraseña" if old else "Cambiar mi contraseña"
        super().__init__(title, primary="Guardar y entrar" if old else "Cambiar", parent=parent)
        self._db, self._tasks, self._clock, self._actor, self._old = db, tasks, clock, actor, old
        self._token = str(uuid.uuid4())
        if old:
            self.form.note(
                f"{actor.user}: antes de seguir elija una contraseña que solo usted conozca. La clave con que "
                "entró deja de valer."
            )
            self.cancel_button.setText("&Salir de la sesión")
        else:
            self.form.add("old", SecretField("Contraseña actual"))
        self.form.add(
            "new",
            SecretField(
                "Contraseña nueva",
                hint="Al menos 10 signos. Sirve una frase corta que recuerde; no su usuario ni una muy usada.",
            ),
        )
        self.form.add("again", SecretField("Otra vez la nueva"))

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        from sisfoh_desktop.modules.people.rules.passwords import check_typed_twice

        try:
            check_typed_twice(values["new"], values["again"])
        except RuleError as error:
            self._show(error)
            return False
        from sisfoh_desktop.modules.people.service import access

        self.set_busy(True)
        self._tasks.run_query(
            partial(
                access.change_password,
                self._db,
                actor=self._actor,
                now=self._clock.now(),
                old=self._old or values["old"],
                new=values["new"],
                token=self._token,
            ),
            lambda _none: self.accept(),
            on_error=self._show,
            owner=self,
        )
        return False

    def has_unsaved(self) -> bool:
        return False

    def done(self, result: int) -> None:
        self._old = ""
        for field in self.form.fields.values():
            if isinstance(field, SecretField):
                field.wipe()
        super().done(result)

    def _show(self, error: SisfohError) -> None:
        self.set_busy(False)
        code = error.code if isinstance(error, RuleError) else ""
        field = {"access_refused": "old", "password_not_again": "again"}.get(code, "")
        if not field and code.startswith("password"):
            field = "new"
        if field in self.form.fields:
            self.form.set_errors({field: error.sentence})
            self.fit()
        else:
            self.refuse(error)
