"""A field for a password: covered while it is typed, taken as typed, shown only while its eye is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from sisfoh_desktop.qtkit.edge_button import EdgeButton
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.icons import set_icon

MOST_SIGNS = 200


class SecretField(TextField):
    """One line that nobody reads over the shoulder; a password may begin or end with a space."""

    def __init__(self, label: str, *, required: bool = True, hint: str = "") -> None:
        super().__init__(label, required=required, max_length=MOST_SIGNS, hint=hint)
        self.eye = QAction("Mostrar lo escrito", self.editor)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show_typed)
        set_icon(self.eye, "eye", "text_dim", "accent")
        self.eye_button = EdgeButton(self.editor, self.eye)
        self.editor.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._show_typed(False)

    def value(self) -> str:
        super().value()  # refuses what is too long
        return self.editor.text()

    def as_read(self) -> str:
        return "•" * len(self.editor.text())

    def typed(self) -> None:
        """No draft keeps a password, not even one that its eye shows."""

    def is_empty(self) -> bool:
        return not self.editor.text()

    def wipe(self) -> None:
        """Forget what was typed, undo included, and cover again."""
        self.editor.clear()
        self.eye.setChecked(False)

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.editor.setEchoMode(mode)
