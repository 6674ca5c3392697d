"""The orders of the encryption on the tab "Base": on, off, another phrase."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.modules.safekeeping.rules.base_state import BaseState
from sisfoh_desktop.modules.safekeeping.service import encryption
from sisfoh_desktop.modules.safekeeping.service.encryption import Encrypted, NewPhrase
from sisfoh_desktop.modules.safekeeping.view.cipher_dialog import CipherDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, ask, show_error, show_notice
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog

_TOUCHES = ("safekeeping",)
_ON_SERVER = "La base está en el servidor: su disco lo cifra quien lo administra."


class CipherOrders(QObject):
    """Three actions; `done` tells that the base is another one than before."""

    done = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self._over = desk, over
        self.encrypt_action = self._action("Ci&frar la base…", lambda: self._prepare(renewing=False), "lock")
        self.renew_action = self._action("Frase &nueva…", lambda: self._prepare(renewing=True), "printer")
        self.decrypt_action = self._action("&Quitar el cifrado…", self._ask_decrypt, "")
        self.actions = [self.encrypt_action, self.renew_action, self.decrypt_action]

    def show_state(self, state: BaseState) -> None:
        """Offer what the state of the base allows."""
        for action, allowed, reason in (
            (self.encrypt_action, not state.encrypted, "La base ya está cifrada."),
            (self.renew_action, state.encrypted, "La base no está cifrada."),
            (self.decrypt_action, state.encrypted, "La base no está cifrada."),
        ):
            action.setEnabled(state.local and allowed)
            action.setToolTip(
                action.text() if action.isEnabled() else (reason if state.local else _ON_SERVER)
            )

    # -- on, and another phrase ------------------------------------------------------------------------

    def _prepare(self, *, renewing: bool) -> None:
        desk = self.desk
        self.desk.tasks.run_query(
            partial(encryption.prepare_phrase, desk.db, actor=desk.actor, now=desk.clock.now()),
            partial(self._show_assistant, renewing),
            owner=self._over,
        )

    def _show_assistant(self, renewing: bool, phrase: NewPhrase) -> None:
        dialog = CipherDialog(
            self.desk,
            phrase,
            renewing=renewing,
            on_confirmed=self._renew if renewing else self._encrypt,
            parent=self._over,
        )
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def _encrypt(self, phrase: NewPhrase, dialog: CipherDialog) -> None:
        desk = self.desk

        def done(result: Encrypted) -> None:
            dialog.accept()
            self.done.emit()
            show_notice(self._over, "La base quedó cifrada", encrypted_words(result))

        ProgressDialog.run_change(
            dialog,
            desk.tasks,
            "Cifrar la base",
            lambda progress: encryption.encrypt_base(
                desk.db, actor=desk.actor, now=desk.clock.now(), phrase=phrase, progress=progress
            ),
            _TOUCHES,
            on_done=done,
            on_error=dialog.refuse,
            noun="filas",
        )

    def _renew(self, phrase: NewPhrase, dialog: CipherDialog) -> None:
        desk = self.desk

        def done(_none: None) -> None:
            dialog.accept()
            self.done.emit()
            Toast.show_over(self._over, "La frase nueva ya abre la base; destruya la hoja anterior.")

        desk.tasks.run_change(
            partial(encryption.renew_phrase, desk.db, actor=desk.actor, now=desk.clock.now(), phrase=phrase),
            set(_TOUCHES),
            on_done=done,
            on_error=dialog.refuse,
            owner=dialog,
        )

    # -- off -------------------------------------------------------------------------------------------

    def _ask_decrypt(self) -> None:
        if not ask(
            self._over,
            "¿Quitar el cifrado de la base?",
            "Cualquiera que copie el archivo podrá leer los datos personales. Guarde el sobre lacrado: "
            "los respaldos hechos hasta hoy se siguen abriendo con su frase.",
            "Quitar el cifrado",
            danger=True,
        ):
            return
        desk = self.desk
        ProgressDialog.run_change(
            self._over,
            desk.tasks,
            "Quitar el cifrado",
            lambda progress: encryption.decrypt_base(
                desk.db, actor=desk.actor, now=desk.clock.now(), progress=progress
            ),
            _TOUCHES,
            on_done=self._on_decrypted,
            on_error=self._on_refused,
            noun="filas",
        )

    def _on_decrypted(self, result: Encrypted) -> None:
        self.done.emit()
        Toast.show_over(self._over, f"La base quedó sin cifrar. {compared_words(result)}")

    def _on_refused(self, error: SisfohError) -> None:
        show_error(self._over, error.sentence)

    def _action(self, text: str, run: object, icon: str) -> QAction:
        made = QAction(text, self._over)
        made.setEnabled(False)
        made.triggered.connect(lambda _checked=False: run())  # type: ignore[operator]
        if icon:
            set_icon(made, icon)
        return made


def compared_words(result: Encrypted) -> str:
    """What was compared before the new file counted."""
    done = result.compared
    return f"Se compararon {format_number(done.rows)} filas de {done.tables} tablas y coinciden."


def encrypted_words(result: Encrypted) -> str:
    """What the person must know after the base was encrypted."""
    words = [compared_words(result)]
    words.append(
        "La clave está en el llavero de este equipo."
        if result.key_kept
        else "Este equipo no tiene llavero: al abrir la base se pedirá la frase."
    )
    words.append(
        "Selle ahora el sobre con la hoja y haga un respaldo nuevo: los anteriores no están cifrados."
    )
    if result.plain_copies:
        words.append(
            f"Al lado de la base quedan copias sin cifrar: {', '.join(result.plain_copies)}. "
            "Bórrelas o llévelas a un lugar seguro."
        )
    if not result.compared.wiped:
        words.append("El archivo anterior se borró, pero este disco no permitió sobrescribirlo.")
    return " ".join(words)
