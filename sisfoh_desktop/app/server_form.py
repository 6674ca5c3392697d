"""What it takes to enter the office's server: address, user, password, security, archive; and its trial.

Nothing here opens the base. The password goes to the trial and to who opens, never to a setting.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sisfoh_desktop.app.connection_steps import StepList, StepMessenger
from sisfoh_desktop.basics.secrets import find_secret, has_keyring
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.db.server import USUAL_PORT, Security, ServerAddress, secret_name
from sisfoh_desktop.db.server_steps import Step, try_server
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import letters_of, with_mnemonic
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.tasks import Tasks

_SECURITIES = (
    (Security.VERIFY_FULL, "Cifrada, y solo con el servidor de la oficina (recomendada)"),
    (Security.REQUIRE, "Cifrada, sin comprobar con qué servidor se habla"),
    (Security.DISABLE, "Sin cifrar"),
)
_SECURITY_WORDS = {
    Security.VERIFY_FULL: "Comprueba el nombre y el certificado del servidor: nadie puede ponerse en medio.",
    Security.REQUIRE: "Protege de quien escucha la red, no de un equipo que se haga pasar por el servidor.",
    Security.DISABLE: "La contraseña y los datos personales viajan a la vista. Solo en el mismo equipo del servidor.",
}
_KEYRING_WORDS = {
    True: "En el llavero del sistema, nunca en un archivo.",
    False: "Este sistema no tiene llavero: se pedirá cada vez.",
}


@dataclass(frozen=True)
class ServerChoice:
    """What was entered."""

    address: ServerAddress
    password: str
    remember: bool
    archive_folder: str


class ServerForm(QWidget):
    """The form of the server with «Probar la conexión» and, under it, what each step found."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        settings: PcSettings,
        taken_letters: Sequence[str],
        on_grown: Callable[[], object],
    ) -> None:
        super().__init__()
        self._tasks, self._on_grown, self._keyring = tasks, on_grown, has_keyring()
        self.form = Form(columns=2, taken_letters=taken_letters)
        self._add_fields()
        labels = [field.label.text() for field in self.form.fields.values()]
        self._try_words = with_mnemonic("Probar la conexión", letters_of(labels) | set(taken_letters))
        self.try_button = QPushButton(self._try_words)
        self.try_button.setAutoDefault(False)
        self.try_button.clicked.connect(lambda: self.try_connection())
        self.steps = StepList()
        self._messenger = StepMessenger(self)
        self._messenger.arrived.connect(self._on_step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.form)
        layout.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.steps)
        self.form.fields["security"].changed.connect(self._on_security_changed)
        self.fill(settings)

    @property
    def password(self) -> SecretField:
        field = self.form.fields["password"]
        assert isinstance(field, SecretField)
        return field

    def fill(self, settings: PcSettings) -> None:
        """Show what this PC remembers."""
        values: dict[str, Any] = {"port": str(USUAL_PORT), "security": Security.VERIFY_FULL}
        values |= {"remember": self._keyring, "certificate": settings.server_certificate}
        if "://" in settings.database:
            address = ServerAddress.parse(settings.database, settings.server_certificate)
            values |= {
                "host": address.host,
                "port": str(address.port),
                "base": address.base,
                "user": address.user,
            }
            values |= {"security": address.security, "archive_folder": settings.archive_folder}
        self.form.set_values(values)
        self._on_security_changed()

    def checked(self) -> ServerChoice | None:
        """What was entered, or None after showing what is wrong."""
        values = self.form.checked()
        if values is None:
            return None
        security, certificate, port = values["security"], values["certificate"], _port(values["port"])
        wrong = {}
        if port is None:
            wrong["port"] = f"Escriba un número de 1 a 65535; casi siempre es {USUAL_PORT}."
        if security is Security.VERIFY_FULL and not certificate:
            wrong["certificate"] = "Elija el archivo del certificado que le dio su técnico."
        if wrong or port is None:
            self.form.set_errors(wrong)
            return None
        address = ServerAddress(
            host=values["host"],
            port=port,
            base=values["base"],
            user=values["user"],
            security=security,
            certificate=certificate if security is Security.VERIFY_FULL else "",
        )
        return ServerChoice(address, values["password"], values["remember"], values["archive_folder"])

    def try_connection(self) -> None:
        """Run the steps on the worker with what was entered; each shows as it ends."""
        choice = self.checked()
        if choice is None:
            return
        self.steps.clear()
        self.try_button.setEnabled(False)
        self.try_button.setText("Probando…")
        self._tasks.run_query(
            self._messenger.relay(partial(_trial, choice)),
            lambda _steps: None,
            owner=self,
            on_end=self._on_tried,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _add_fields(self) -> None:
        form = self.form
        form.text(
            "host",
            "Servidor",
            required=True,
            max_length=253,
            hint="Su nombre en la red, como lo da su técnico.",
        )
        form.text("port", "Puerto", required=True, max_length=20)
        form.text("base", "Base", required=True, max_length=63)
        form.text("user", "Usuario de la base", required=True, max_length=63)
        form.add("password", SecretField("Contraseña", required=False))
        form.check("remember", "Recordarla en este equipo", hint=_KEYRING_WORDS[self._keyring])
        form.combo("security", "Seguridad de la conexión", _SECURITIES, required=True, wide=True)
        form.text(
            "certificate",
            "Certificado de la autoridad",
            max_length=1000,
            wide=True,
            accessory=self._browse("certificate", self._pick_certificate),
        )
        form.text(
            "archive_folder",
            "Carpeta del archivo de papeles",
            required=True,
            max_length=1000,
            wide=True,
            hint="La misma para toda la oficina.",
            accessory=self._browse("archive_folder", self._pick_folder),
        )
        form.fields["remember"].editor.setEnabled(self._keyring)

    def _on_security_changed(self) -> None:
        field = self.form.fields["security"]
        security = field.value()
        field.hint_label.setText(_SECURITY_WORDS.get(security, ""))
        field.hint_label.setVisible(security is not None)
        self.form.fields["certificate"].setVisible(security is Security.VERIFY_FULL)
        self._on_grown()

    def _on_step(self, step: object) -> None:
        self.steps.show_step(step)  # type: ignore[arg-type]
        self._on_grown()

    def _on_tried(self) -> None:
        self.try_button.setText(self._try_words)
        self.try_button.setEnabled(True)
        QTimer.singleShot(0, self, self._show_findings)  # when the rows have their place

    def _show_findings(self) -> None:
        """The whole of what was found comes into view; on a low screen, what failed first."""
        scroll: QWidget | None = self
        while scroll is not None and not isinstance(scroll, QScrollArea):
            scroll = scroll.parentWidget()
        if scroll is not None:
            scroll.ensureWidgetVisible(self.steps, 0, 0)
            scroll.ensureWidgetVisible(self.steps.first_to_read or self.steps, 0, 0)

    def _browse(self, name: str, pick: Callable[[], str]) -> QPushButton:
        button = QPushButton("Elegir…")
        button.setAutoDefault(False)
        button.setAccessibleName("Elegir en el disco")

        def choose() -> None:
            chosen = pick()
            if chosen:
                self.form.fields[name].set_value(chosen)

        button.clicked.connect(choose)
        return button

    def _pick_certificate(self) -> str:
        return QFileDialog.getOpenFileName(
            self, "Certificado de la autoridad", "", "Certificados (*.crt *.pem *.cer)"
        )[0]

    def _pick_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "Carpeta del archivo de papeles")


def _trial(choice: ServerChoice) -> Iterator[Step]:
    """On the worker (a keyring may wait for its person): the steps, with the password typed or else the one kept."""
    password = choice.password or find_secret(secret_name(choice.address.target)) or ""
    return try_server(choice.address, password=password, archive_folder=choice.archive_folder)


def _port(text: str) -> int | None:
    """The port as typed, or None when a server cannot listen there."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if 1 <= number <= 65_535 else None
