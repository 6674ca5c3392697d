"""Asks for the settings of this PC: who works here, for which office, with which look."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.settings import LEAST_MINUTES, MOST_MINUTES, PcSettings
from sisfoh_desktop.qtkit.dialogs import FormDialog

_THEMES = (("system", "Como el sistema"), ("light", "Claro"), ("dark", "Oscuro"))


class PcSettingsDialog(FormDialog):
    """ "Ajustes de este equipo"; `ask` gives the new values by the names of `PcSettings`.

    In a session (the base has users) who works is known from the log-in and not asked here.
    """

    def __init__(self, settings: PcSettings, parent: QWidget | None = None, *, session: bool = False) -> None:
        super().__init__("Ajustes de este equipo", parent=parent)
        if not session:
            self.form.text(
                "user",
                "Su nombre de usuario",
                required=True,
                max_length=60,
                hint="Así figura en el historial de lo que usted haga.",
            )
            self.form.text("office", "Siglas de su oficina", max_length=60, hint="Por ejemplo SGDSyPV.")
        self.form.combo("theme", "Colores", _THEMES, required=True)
        if session:
            self.form.number(
                "lock_minutes",
                "Bloquear tras estos minutos sin uso",
                required=True,
                minimum=LEAST_MINUTES,
                maximum=MOST_MINUTES,
                hint="Sin una tecla ni un clic; para seguir se escribe la contraseña.",
            )
        known = {name: getattr(settings, name) for name in self.form.fields}
        if session:
            known["lock_minutes"] = settings.minutes_to_lock
        self.form.set_values(known)

    @classmethod
    def ask(
        cls, settings: PcSettings, parent: QWidget | None = None, *, session: bool = False
    ) -> dict[str, object] | None:
        """The new values, or None if the person left."""
        dialog = cls(settings, parent, session=session)
        values = dialog.ask_values()
        dialog.deleteLater()
        return values
