"""A field for a recovery phrase or a group of it: seen while it is copied from paper, kept by no draft."""

from PySide6.QtCore import Qt

from sisfoh_desktop.qtkit.fields import TextField


class PhraseField(TextField):
    """One line that is left uncovered, since it is compared letter by letter."""

    def __init__(self, label: str, *, max_length: int, hint: str = "") -> None:
        super().__init__(label, required=True, max_length=max_length, hint=hint)
        self.editor.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
        )

    def typed(self) -> None:
        """No draft keeps what opens a base."""

    def wipe(self) -> None:
        """Forget what was typed, undo included."""
        self.editor.clear()
