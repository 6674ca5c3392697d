"""Asks which base to work on: practice, a new file, an existing file, or the server of the office (`server_form`).

What was chosen is opened on the worker; a refusal stays in this dialog with everything typed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.app import wiring
from sisfoh_desktop.app.server_form import ServerChoice, ServerForm
from sisfoh_desktop.app.unlock_dialog import offer_unlock
from sisfoh_desktop.app.wiring import OpenedBase
from sisfoh_desktop.basics.clock import Clock
from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.paths import user_data_dir
from sisfoh_desktop.basics.settings import PcSettings
from sisfoh_desktop.qtkit.dialogs import WIDEST, TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.mnemonics import letters_of
from sisfoh_desktop.qtkit.tasks import Tasks
from sisfoh_desktop.qtkit.theme import theme

PRACTICE, NEW_FILE, OLD_FILE, SERVER = "practice", "new", "old", "server"
_CHOICES = (
    (PRACTICE, "Abrir la &práctica", "El caso real de Tacna 2024, sin valor: para aprender sin riesgo."),
    (NEW_FILE, "&Empezar una base nueva en este equipo", "Un archivo local; no necesita red."),
    (OLD_FILE, "Abrir una base que &ya existe", "Un archivo .db de este equipo, no de una carpeta de red."),
    (SERVER, "Conectarse al &servidor de la oficina (LAN)", "Varios equipos sobre la misma base."),
)


class ConnectionDialog(TaskDialog):
    """ "Elegir la base de trabajo"; `opened` holds the base after it was accepted, `was_made` whether it is new."""

    usual_width = WIDEST

    def __init__(
        self,
        *,
        tasks: Tasks,
        settings: PcSettings,
        clock: Clock,
        usual: str = "",
        sentence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Elegir la base de trabajo", primary="Abrir", cancel="Cancelar", parent=parent)
        self._tasks, self._settings, self._clock = tasks, settings, clock
        self._usual = usual or settings.database  # the way back from practice
        self.opened: OpenedBase | None = None
        self.was_made = False
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(4)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self._notes: dict[str, QLabel] = {}
        for kind, text, detail in _CHOICES:
            button = QRadioButton(text)
            button.setAccessibleDescription(detail)
            self.choices[kind] = button
            self._group.addButton(button)
            note = QLabel(detail)
            note.setProperty("role", "caption")
            note.setIndent(theme().px(24))
            self._notes[kind] = note
            layout.addWidget(button)
            layout.addWidget(note)
            layout.addSpacing(4)
        self._taken = [*self.button_letters, *letters_of(text for _kind, text, _detail in _CHOICES)]
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
        self._taken += letters_of(field.label.text() for field in self.person.fields.values())
        self.file_forms = {NEW_FILE: self._new_form(), OLD_FILE: self._old_form()}
        self.server = ServerForm(
            tasks=tasks, settings=settings, taken_letters=self._taken, on_grown=lambda: self.fit()
        )
        layout.addSpacing(8)
        for form in (*self.file_forms.values(), self.server):
            layout.addWidget(form)
        layout.addSpacing(8)
        layout.addWidget(self.person)
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
        form = self.file_forms.get(self.kind)
        values = form.checked() if form is not None else {}
        server = self.server.checked() if self.kind == SERVER else None
        if person is None or values is None or (self.kind == SERVER and server is None):
            self.fit()
            return False
        chosen = replace(self._settings, user=person["user"], office=person["office"])
        if server is not None:
            chosen.archive_folder = server.archive_folder
            chosen.server_certificate = server.address.certificate
        self.set_busy(True)
        self._tasks.run_query(
            self._opener(values, server, chosen),
            partial(self._on_opened, chosen, server),
            on_error=self._on_refused,
            owner=self,
            on_end=lambda: self.set_busy(False),
        )
        return False

    def _opener(
        self, values: dict[str, str], server: ServerChoice | None, settings: PcSettings
    ) -> Callable[[], OpenedBase]:
        now = self._clock.now()
        if server is not None:
            return partial(_open_server, server, settings=settings, now=now)
        if self.kind == PRACTICE:
            return partial(wiring.open_practice, settings=settings, now=now)
        if self.kind == NEW_FILE:
            return partial(wiring.create_base, Path(values["path"]), settings=settings, now=now)
        return partial(wiring.open_base, values["path"], settings=settings, now=now)

    def _on_opened(self, chosen: PcSettings, server: ServerChoice | None, opened: OpenedBase) -> None:
        self.opened = opened
        self.was_made = self.kind == NEW_FILE
        kept = ["user", "office"]
        if server is not None:
            kept += ["archive_folder", "server_certificate"]
        for name in kept:
            setattr(self._settings, name, getattr(chosen, name))
        self.server.password.wipe()
        self.done(QDialog.DialogCode.Accepted)

    def _on_refused(self, error: SisfohError) -> None:
        if not offer_unlock(
            error,
            tasks=self._tasks,
            parent=self,
            then=self.try_submit,
            otherwise=partial(self.refuse, error),
        ):
            self.refuse(error)

    # -- the forms -------------------------------------------------------------------------------

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
        if self._usual and "://" not in self._usual:
            form.set_values({"path": self._usual})
        return form

    def _first_kind(self) -> str:
        if not self._usual:
            return PRACTICE
        return SERVER if "://" in self._usual else OLD_FILE

    def _show_kind(self) -> None:
        for kind, form in self.file_forms.items():
            form.setVisible(kind == self.kind)
        self.server.setVisible(self.kind == SERVER)
        for kind, note in self._notes.items():  # the server's form needs their room
            note.setVisible(self.kind != SERVER or kind == SERVER)
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
            field = self.file_forms[self.kind].fields["path"]
            assert isinstance(field, TextField)
            field.set_value(chosen)

    def _pick_new(self) -> str:
        start = self.file_forms[NEW_FILE].fields["path"].raw()
        return QFileDialog.getSaveFileName(self, "Archivo nuevo", start, "Bases de SISFOH (*.db)")[0]

    def _pick_old(self) -> str:
        start = self.file_forms[OLD_FILE].fields["path"].raw() or str(user_data_dir())
        return QFileDialog.getOpenFileName(self, "Abrir la base", start, "Bases de SISFOH (*.db)")[0]


def _open_server(server: ServerChoice, *, settings: PcSettings, now: datetime) -> OpenedBase:
    """On the worker: open the base of the server and, once it let in, keep or forget the password as asked."""
    from sisfoh_desktop.basics.secrets import NoKeyring, forget_secret, remember_secret
    from sisfoh_desktop.db.server import secret_name

    target = server.address.target
    opened = wiring.open_base(target, settings=settings, now=now, password=server.password)
    try:
        if not server.remember:
            forget_secret(secret_name(target))
        elif server.password:
            remember_secret(secret_name(target), server.password)
    except NoKeyring as refused:  # the base is open all the same
        opened = replace(opened, notice=f"{opened.notice} {refused.sentence}".strip())
    return opened
