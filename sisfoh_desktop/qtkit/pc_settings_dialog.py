"""Asks for the settings of this PC: who works here, for which office, with which look."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.dialogs import FormDialog

_THEMES = (("system", "Como el sistema"), ("light", "Claro"), ("dark", "Oscuro"))


class PcSettingsDialog(FormDialog):
    """ "Ajustes de este equipo"; `ask` changes and saves `settings`, or leaves them alone."""

    def __init__(self, settings: PcSettings, parent: QWidget | None = None) -> None:
        super().__init__("Ajustes de este equipo", parent=parent)
        self.form.text(
            "user",
            "Su nombre de usuario",
            required=True,
            max_length=60,
            hint="Así figura en el historial de lo que usted haga.",
        )
        self.form.text("office", "Siglas de su oficina", max_length=60, hint="Por ejemplo SGDSyPV.")
        self.form.combo("theme", "Colores", _THEMES, required=True)
        self.form.set_values({"user": settings.user, "office": settings.office, "theme": settings.theme})

    @classmethod
    def ask(cls, settings: PcSettings, parent: QWidget | None = None) -> dict[str, object] | None:
        """The new values (user, office, theme), or None if the person left."""
        dialog = cls(settings, parent)
        values = dialog.ask_values()
        dialog.deleteLater()
        return values
