"""Asks for the recovery phrase where an encrypted base is opened and this PC has not its key."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.phrase_field import PhraseField

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.tasks import Tasks

_LONGEST = 120


class UnlockDialog(FormDialog):
    """The eight groups of the envelope; accepted once the base's key is in the memory of this process."""

    usual_width = 540

    def __init__(self, path: Path, *, tasks: "Tasks", parent: QWidget | None = None) -> None:
        super().__init__("Abrir la base cifrada", primary="Abrir", parent=parent)
        self._path, self._tasks = path, tasks
        self.form.note(
            f"La base «{path.name}» está cifrada y este equipo no tiene su clave. Escriba los ocho grupos de la hoja "
            "que está en el sobre lacrado."
        )
        self._phrase = self.form.add(
            "phrase",
            PhraseField(
                "Frase de recuperación",
                max_length=_LONGEST,
                hint="Mayúsculas, espacios y guiones no cuentan. La comprobación tarda un par de segundos.",
            ),
        )
        self.form.check(
            "remember",
            "Recordar la clave en este equipo",
            hint="En el llavero del sistema; no se pedirá otra vez.",
        )
        self.form.set_values({"remember": True})

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.fit()
            return False
        from sisfoh_desktop.modules.safekeeping.service import encryption

        self.set_busy(True)
        self._tasks.run_query(
            partial(encryption.unlock_base, self._path, values["phrase"], remember=values["remember"]),
            lambda _kept: self.accept(),
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def has_unsaved(self) -> bool:
        return False

    def done(self, result: int) -> None:
        self._phrase.wipe()
        super().done(result)

    def _on_refused(self, error: SisfohError) -> None:
        self.set_busy(False)
        self.form.set_errors({"phrase" if isinstance(error, RuleError) else "": error.sentence})
        self.fit()


def offer_unlock(
    error: SisfohError,
    *,
    tasks: "Tasks",
    parent: QWidget,
    then: Callable[[], object],
    otherwise: Callable[[], object],
) -> bool:
    """Ask for the phrase if that is what the base was refused for; whether it was asked.

    `then` opens the base again, `otherwise` is what follows when the person leaves.
    """
    from sisfoh_desktop.db.cipher import KeyMissing

    if not isinstance(error, KeyMissing):
        return False
    dialog = UnlockDialog(error.path, tasks=tasks, parent=parent)

    def finished(result: int) -> None:
        dialog.deleteLater()
        (then if result == QDialog.DialogCode.Accepted else otherwise)()

    dialog.finished.connect(finished)
    dialog.open()
    return True
