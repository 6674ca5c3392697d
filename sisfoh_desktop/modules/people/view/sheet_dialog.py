"""The recovery sheet of who administers the users: asked for with the password, shown once, kept in an envelope."""

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.actor import Actor
from sisfoh_desktop.modules.people.service import sheets
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog
from sisfoh_desktop.modules.people.view.people_tab import show_pdf
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.secret_fields import SecretField

TOLD = (
    "Se imprime una clave que vale una sola vez y no vence. Guárdela en un sobre cerrado, en la caja fuerte: si olvida "
    "su contraseña, con ella entra usted sin pedirla a nadie. La hoja anterior, si la hay, deja de valer."
)


class SheetDialog(PeopleDialog):
    """Asks for one's own password; `answer` is the sheet's PDF."""

    field_by_code: ClassVar[dict[str, str]] = {"access_refused": "password", "access_locked": "password"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Hoja de recuperación",
            partial(_make, desk.db, desk.actor, desk.clock),
            primary="Hacer la hoja",
            columns=1,
            parent=parent,
        )
        self.form.note(TOLD)
        self._secret = self.form.add("password", SecretField("Su contraseña"))

    def choice_from(self, values: dict[str, Any]) -> str:
        return str(values["password"])

    def done(self, result: int) -> None:
        self._secret.wipe()
        super().done(result)


def ask_sheet(desk: Desk, parent: QWidget) -> bool:
    """Ask for the password and show the sheet; whether one was made."""
    dialog = SheetDialog(desk, parent)
    if dialog.ask() is None:
        return False
    show_pdf(parent, desk, dialog.answer, f"Hoja de recuperación de {desk.actor.user}", "hoja.pdf")
    return True


def _make(db: Any, actor: Actor, clock: Any, password: str, _token: str) -> bytes:
    return sheets.sheet_pdf(db, sheets.make_sheet(db, actor=actor, now=clock.now(), password=password))
