"""Asks for what somebody needs personal data, and shows a datum that was asked for so. It knows no record."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

LONGEST_REASON = 300
SHORTEST_REASON = 8
_TOO_SHORT = f"Escriba para qué los necesita, con {SHORTEST_REASON} letras al menos."


class ReasonDialog(FormDialog):
    """One field: the reason. `told` says what will be done and that it is noted.

    `act(reason, dialog)` begins the work and in the end calls `accept` of the dialog, or `refuse`: then the reason
    still stands there.
    """

    def __init__(
        self,
        title: str,
        told: str,
        act: "Callable[[str, ReasonDialog], object]",
        *,
        primary: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, parent=parent)
        self._act = act
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.form.note(told)
        self.form.long_text("reason", "Motivo", required=True, max_length=LONGEST_REASON, rows=3)

    def submit(self) -> bool:
        values = self.form.checked()
        if values is None:
            self.resize(self.size().expandedTo(self.sizeHint()))
            return False
        if len(" ".join(str(values["reason"]).split())) < SHORTEST_REASON:
            self.form.set_errors({"reason": _TOO_SHORT})
            self.resize(self.size().expandedTo(self.sizeHint()))
            return False
        self._act(" ".join(str(values["reason"]).split()), self)
        return False

    def has_unsaved(self) -> bool:
        return False

    def refuse(self, error: SisfohError) -> None:
        self.set_busy(False)
        super().refuse(error)
        self.fit()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        told: str,
        act: "Callable[[str, ReasonDialog], object]",
        *,
        primary: str,
    ) -> None:
        """Show it until its work is done or the person leaves."""
        dialog = cls(title, told, act, primary=primary, parent=parent)
        dialog.exec()
        dialog.deleteLater()


class ShownDatum(TaskDialog):
    """A datum on view until it is closed: large, selectable, with its copy button."""

    usual_width = 400

    def __init__(self, title: str, datum: str, told: str, parent: QWidget | None = None) -> None:
        super().__init__(title, primary="Cerrar", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        self.datum = QLabel(datum)
        self.datum.setTextFormat(Qt.TextFormat.PlainText)
        self.datum.setProperty("role", "title")
        self.datum.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.datum.setContentsMargins(0, theme().px(8), 0, theme().px(8))
        self.datum.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.datum.setAccessibleName(title)
        note = QLabel(told)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setProperty("tone", "dim")
        body = QFrame()
        column = QVBoxLayout(body)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(8)
        column.addWidget(self.datum)
        column.addWidget(note)
        column.addStretch(1)
        self.set_body(body)
        self.copy_button = self.add_button("Copiar", lambda: QGuiApplication.clipboard().setText(datum))


def reveal_dni(parent: QWidget, tasks: Tasks, person: str, reveal: Callable[[str], str]) -> None:
    """Ask why, note it and show the whole DNI of `person`; `reveal(reason)` runs on the worker and may refuse."""

    def act(reason: str, dialog: ReasonDialog) -> None:
        def shown(dni: str) -> None:
            dialog.accept()
            ShownDatum(
                f"DNI de {person}", str(dni), "La consulta quedó anotada con su motivo.", parent
            ).open()

        dialog.set_busy(True)
        tasks.run_change(
            lambda: reveal(reason), {"safekeeping"}, on_done=shown, on_error=dialog.refuse, owner=dialog
        )

    ReasonDialog.ask(
        parent,
        "Ver el DNI completo",
        f"Se mostrará el DNI de {person}. Quedará anotado en el historial que usted lo vio, cuándo y para qué.",
        act,
        primary="Ver el DNI",
    )
