"""What is asked before a copy is made, tried or restored, and before an office is moved to another base."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.modules.safekeeping.rules.backups import SHORTEST_PASSWORD, SUFFIX, check_password
from sisfoh_desktop.modules.safekeeping.service.packages import needs_password
from sisfoh_desktop.qtkit.dialogs import FormDialog
from sisfoh_desktop.qtkit.file_asking import ask_save
from sisfoh_desktop.qtkit.secret_fields import SecretField

_PACKAGES = f"Respaldos (*{SUFFIX})"
_BASES = "Bases (*.db)"
_LONGEST_PATH = 1_000


class BackupDialog(FormDialog):
    """Where the copy goes, whether with a password, and whether one is made at every closing."""

    def __init__(
        self,
        folder: str,
        on_close: bool,
        *,
        run: Callable[["BackupDialog"], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Respaldar ahora", primary="Respaldar", on_submit=self._checked, parent=parent)
        self._run = run
        self.form.note(
            "Se copia la base con todos sus papeles en un solo archivo, y se vuelve a abrir para compararlo. Lleve la "
            "copia fuera de este equipo: una memoria USB o un disco externo."
        )
        self.form.text(
            "folder",
            "Carpeta o memoria",
            required=True,
            max_length=_LONGEST_PATH,
            accessory=_browse("Carpeta", lambda: self._pick()),
        )
        self.form.fields["folder"].set_value(folder)
        self.form.add(
            "password",
            SecretField(
                "Contraseña de la copia",
                required=False,
                hint=f"Al menos {SHORTEST_PASSWORD} signos. Si se olvida, la copia no se abre nunca más.",
            ),
        )
        self.form.add("again", SecretField("La misma contraseña otra vez", required=False))
        self.form.check(
            "on_close",
            "Respaldar también al cerrar el programa",
            hint="En esta carpeta y sin contraseña, si hubo cambios.",
        )
        self.form.fields["on_close"].set_value(on_close)

    def _pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, "Carpeta de los respaldos", str(self.form.fields["folder"].raw())
        )
        if chosen:
            self.form.fields["folder"].set_value(chosen)

    def _checked(self, values: dict[str, object]) -> bool:
        try:
            check_password(str(values["password"]), str(values["again"]))
        except RuleError as error:
            self.values = None
            self.refuse(error)
            return False
        self.set_busy(True)
        self._run(self)
        return False


class PackageDialog(FormDialog):
    """A package and its password; with `target` also where it is restored."""

    def __init__(
        self,
        title: str,
        told: str,
        primary: str,
        *,
        package: str = "",
        target: bool = False,
        run: Callable[["PackageDialog"], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, primary=primary, on_submit=self._checked, parent=parent)
        self._run = run
        self.form.note(told)
        self.form.text(
            "package",
            "Respaldo",
            required=True,
            max_length=_LONGEST_PATH,
            accessory=_browse("Respaldo", lambda: self._pick_package()),
        )
        self.password = self.form.add(
            "password",
            SecretField("Contraseña de la copia", required=False, hint="Solo si la copia lleva una."),
        )
        if target:
            self.form.text(
                "target",
                "Base nueva",
                required=True,
                max_length=_LONGEST_PATH,
                hint="Un archivo .db en una carpeta vacía; los papeles quedan en «archivo», a su lado.",
                accessory=_browse("Base", lambda: self._pick_target()),
            )
        self.form.fields["package"].set_value(package)

    def _pick_package(self) -> None:
        start = str(self.form.fields["package"].raw())
        chosen, _kind = QFileDialog.getOpenFileName(self, "Elegir el respaldo", start, _PACKAGES)
        if chosen:
            self.form.fields["package"].set_value(chosen)

    def _pick_target(self) -> None:
        path = ask_save(self, "Base nueva", "restaurada.db", _BASES, folder=user_data_dir())
        if path is not None:
            self.form.fields["target"].set_value(str(path))

    def _checked(self, values: dict[str, object]) -> bool:
        if not values["password"] and needs_password(Path(str(values["package"]))):
            self.values = None
            self.password.set_error("Esta copia lleva contraseña: escríbala.")
            self.form.jump_to("password")
            return False
        self.set_busy(True)
        self._run(self)
        return False


class TransferDialog(FormDialog):
    """Where the office goes: a new file of this PC or an empty database of a server."""

    def __init__(
        self, *, on_server: bool, run: Callable[["TransferDialog"], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("Trasladar la oficina", primary="Trasladar", on_submit=self._checked, parent=parent)
        self._run = run
        self.form.note(
            "Se copia todo a una base nueva y se comparan tabla por tabla. La base de ahora no cambia. Haga antes un "
            "respaldo y pida que nadie trabaje mientras dura: lo que se escriba después no pasa a la nueva."
        )
        self.form.text(
            "target",
            "Base nueva" if on_server else "Base del servidor",
            required=True,
            max_length=_LONGEST_PATH,
            hint=(
                "Un archivo .db que todavía no existe."
                if on_server
                else "postgresql://usuario@servidor/base, creada y vacía; sin contraseña en la dirección."
            ),
            accessory=_browse("Base", lambda: self._pick()) if on_server else None,
        )
        if not on_server:
            self.form.add(
                "password",
                SecretField(
                    "Contraseña del servidor", required=False, hint="Vacía: la que guarda este equipo."
                ),
            )
            self.form.text(
                "papers",
                "Carpeta de los papeles",
                required=True,
                max_length=_LONGEST_PATH,
                hint="La que verán todos los equipos de la oficina.",
                accessory=_browse("Carpeta", lambda: self._pick_folder()),
            )

    def _pick(self) -> None:
        path = ask_save(self, "Base nueva", "oficina.db", _BASES, folder=user_data_dir())
        if path is not None:
            self.form.fields["target"].set_value(str(path))

    def _pick_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Carpeta de los papeles")
        if chosen:
            self.form.fields["papers"].set_value(chosen)

    def _checked(self, values: dict[str, object]) -> bool:
        self.set_busy(True)
        self._run(self)
        return False


def _browse(what: str, run: Callable[[], object]) -> QPushButton:
    button = QPushButton("Elegir…")
    button.setAutoDefault(False)
    button.setAccessibleName(f"Elegir: {what}")
    button.clicked.connect(lambda: run())
    return button
