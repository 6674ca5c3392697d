"""Asks which base to work on: practice, a new file, an existing file, or the server of the office.

What was chosen is opened on the worker; a refusal stays in this dialog with everything typed.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.app import wiring
from sisfoh_desktop.app.wiring import OpenedBase
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.tasks import Tasks

PRACTICE, NEW_FILE, OLD_FILE, SERVER = "practice", "new", "old", "server"
_CHOICES = (
    (PRACTICE, "Abrir la &práctica", "El caso real de Tacna 2024, sin valor: para aprender sin riesgo."),
    (NEW_FILE, "&Empezar una base nueva en este equipo", "Un archivo local; no necesita red."),
    (OLD_FILE, "Abrir una base que &ya existe", "Un archivo .db de este equipo, no de una carpeta de red."),
    (SERVER, "Conectarse al &servidor de la oficina (LAN)", "Varios equipos sobre la misma base."),
)


class ConnectionDialog(TaskDialog):
    """ "Elegir la base de trabajo"; `opened` holds the open base after it was accepted."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        settings: PcSettings,
        clock: Clock,
        sentence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Elegir la base de trabajo", primary="Abrir", cancel="Cancelar", parent=parent)
        self._tasks, self._settings, self._clock = tasks, settings, clock
        self.opened: OpenedBase | None = None
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(4)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        for kind, text, detail in _CHOICES:
            button = QRadioButton(text)
            button.setAccessibleDescription(detail)
            self.choices[kind] = button
            self._group.addButton(button)
            note = QLabel(detail)
            note.setProperty("role", "caption")
            note.setIndent(24)
            layout.addWidget(button)
            layout.addWidget(note)
            layout.addSpacing(4)
        self._taken = [*self.button_letters, *letters_of(text for _kind, text, _detail in _CHOICES)]
        self.forms = {NEW_FILE: self._new_form(), OLD_FILE: self._old_form(), SERVER: self._server_form()}
        self.person = Form(columns=2, taken_letters=self._taken)
        self.person.text(
            "user",
            "Su nombre de usuario",
            required=True,
            max_length=60,
            hint="Firma el historial de cambios.",
        )
        self.person.text("office", "Siglas de su oficina", max_length=60, hint="Por ejemplo SGDSyPV.")
        self.person.set_values({"user": settings.user or wiring.system_user(), "office": settings.office})
        layout.addSpacing(8)
        for form in (*self.forms.values(), self.person):
            layout.addWidget(form)
        layout.addStretch(1)
        self.set_body(body)
        self._group.buttonToggled.connect(lambda: self._show_kind())
        self.choices[self._first_kind()].setChecked(True)
        self._show_kind()
        self.banner.show_sentence(sentence)
        self.fit()

    @property
    def kind(self) -> str:
        """Which of the four ways is chosen."""
        return next(kind for kind, button in self.choices.items() if button.isChecked())

    def choose(self, kind: str) -> None:
        """Choose one of the four ways."""
        self.choices[kind].setChecked(True)

    def submit(self) -> bool:
        person = self.person.checked()
        form = self.forms.get(self.kind)
        values = form.checked() if form is not None else {}
        if person is None or values is None:
            return False
        chosen = replace(self._settings, user=person["user"], office=person["office"])
        if self.kind == SERVER:
            chosen.archive_folder = values["archive_folder"]
        self.set_busy(True)
        self._tasks.run_query(
            self._opener(values, chosen),
            partial(self._on_opened, chosen),
            on_error=self._on_refused,
            owner=self,
            on_end=lambda: self.set_busy(False),
        )
        return False

    def _opener(self, values: dict[str, str], settings: PcSettings) -> Callable[[], OpenedBase]:
        now = self._clock.now()
        if self.kind == PRACTICE:
            return partial(wiring.open_practice, settings=settings, now=now)
        if self.kind == NEW_FILE:
            return partial(wiring.create_base, Path(values["path"]), settings=settings, now=now)
        if self.kind == OLD_FILE:
            return partial(wiring.open_base, values["path"], settings=settings, now=now)
        password = self.forms[SERVER].fields["password"].raw()
        return partial(wiring.open_base, values["url"], settings=settings, now=now, password=password)

    def _on_opened(self, chosen: PcSettings, opened: OpenedBase) -> None:
        self.opened = opened
        for name in ("user", "office", "archive_folder"):
            setattr(self._settings, name, getattr(chosen, name))
        self.forms[SERVER].fields["password"].set_value("")
        self.done(QDialog.DialogCode.Accepted)

    def _on_refused(self, error: SisfohError) -> None:
        self.refuse(error)

    # -- the three forms -------------------------------------------------------------------------------

    def _new_form(self) -> Form:
        form = Form(taken_letters=self._taken)
        form.text(
            "path", "Archivo nuevo", required=True, max_length=1000, accessory=self._browse(self._pick_new)
        )
        form.set_values({"path": str(user_data_dir() / "oficina.db")})
        return form

    def _old_form(self) -> Form:
        form = Form(taken_letters=self._taken)
        form.text(
            "path",
            "Archivo de la base",
            required=True,
            max_length=1000,
            accessory=self._browse(self._pick_old),
        )
        if self._settings.database and "://" not in self._settings.database:
            form.set_values({"path": self._settings.database})
        return form

    def _server_form(self) -> Form:
        form = Form(taken_letters=self._taken)
        form.text(
            "url",
            "Dirección",
            required=True,
            max_length=500,
            placeholder="postgresql://usuario@servidor/base",
            hint="Se la da su técnico; sin contraseña.",
        )
        form.text("password", "Contraseña", max_length=500, hint="No se guarda: se pide cada vez.")
        form.text(
            "archive_folder",
            "Carpeta del archivo de papeles",
            required=True,
            max_length=1000,
            accessory=self._browse(self._pick_folder),
        )
        editor = form.fields["password"].editor
        assert isinstance(editor, QLineEdit)
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        if "://" in self._settings.database:
            form.set_values({"url": self._settings.database, "archive_folder": self._settings.archive_folder})
        return form

    def _first_kind(self) -> str:
        if not self._settings.database:
            return PRACTICE
        return SERVER if "://" in self._settings.database else OLD_FILE

    def _show_kind(self) -> None:
        for kind, form in self.forms.items():
            form.setVisible(kind == self.kind)
        self.banner.show_sentence("")
        self.fit()

    # -- choosing files --------------------------------------------------------------------------------

    def _browse(self, pick: Callable[[], str]) -> QPushButton:
        button = QPushButton("Elegir…")
        button.setAutoDefault(False)
        button.setAccessibleName("Elegir en el disco")
        button.clicked.connect(lambda: self._put(pick()))
        return button

    def _put(self, chosen: str) -> None:
        if chosen:
            field = self.forms[self.kind].fields["archive_folder" if self.kind == SERVER else "path"]
            assert isinstance(field, TextField)
            field.set_value(chosen)

    def _pick_new(self) -> str:
        start = self.forms[NEW_FILE].fields["path"].raw()
        return QFileDialog.getSaveFileName(self, "Archivo nuevo", start, "Bases de SISFOH (*.db)")[0]

    def _pick_old(self) -> str:
        start = self.forms[OLD_FILE].fields["path"].raw() or str(user_data_dir())
        return QFileDialog.getOpenFileName(self, "Abrir la base", start, "Bases de SISFOH (*.db)")[0]

    def _pick_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "Carpeta del archivo de papeles")
