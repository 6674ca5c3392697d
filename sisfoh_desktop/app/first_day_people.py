"""The last pages of the first day: who works on the base, the first copy, and «Revise sus respuestas»."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)

from sisfoh_desktop.app.first_day_pages import FirstDayPage, FormPage, Kept, Setting, words_label
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.modules.people.rules import users as user_rules
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.rules.passwords import SHORTEST, check_new_password, check_typed_twice
from sisfoh_desktop.modules.people.rules.roles import ADMINISTRATOR
from sisfoh_desktop.modules.people.view.roles_field import RolesField
from sisfoh_desktop.modules.safekeeping.rules.backups import SHORTEST_PASSWORD, check_password
from sisfoh_desktop.qtkit.secret_fields import SecretField
from sisfoh_desktop.qtkit.theme import theme

ALONE, SEVERAL = "alone", "several"


@dataclass(frozen=True)
class FirstUser:
    """The first administrator of the base, with the password that they chose."""

    user: User
    password: str


@dataclass(frozen=True)
class FirstCopy:
    """Where the first copy goes, under which password ("" for none), and whether one is made at every closing."""

    folder: Path
    password: str
    on_close: bool


class _ChoicePage(FormPage):
    """Two ways, one of which needs the form below them."""

    ways: tuple[tuple[str, str], ...] = ()
    with_form = ""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for place, (key, text) in enumerate(self.ways):
            button = QRadioButton(text)
            self.buttons[key] = button
            self._group.addButton(button)
            self.column.insertWidget(place, button)
        self.column.addStretch(1)
        self.buttons[self.ways[0][0]].setChecked(True)
        self._group.buttonToggled.connect(self._on_way)

    @property
    def way(self) -> str:
        """Which way is chosen."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, way: str) -> None:
        """Choose a way."""
        self.buttons[way].setChecked(True)

    def typed(self) -> Kept:
        return {**super().typed(), "way": self.way}

    def type_again(self, kept: Kept) -> None:
        super().type_again(kept)
        if kept.get("way") in self.buttons:
            self.choose(str(kept["way"]))

    def wipe(self) -> None:
        """Forget the passwords."""
        for field in self.form.fields.values():
            if isinstance(field, SecretField):
                field.wipe()

    def _on_way(self) -> None:
        self._show_way()
        self.changed.emit()

    def _show_way(self) -> None:
        self.form.setVisible(self.way == self.with_form)


class UsersPage(_ChoicePage):
    """One person without a password, or users; the first of them is made here."""

    key = "users"
    title = "Usuarios"
    lead = "Con usuarios, cada quien entra con su contraseña, hace lo suyo y firma su historial."
    ways = (
        (ALONE, "Una sola persona usa este equipo: sin contraseña"),
        (SEVERAL, "Varias personas: cada una con su usuario"),
    )
    with_form = SEVERAL
    field_by_code: Mapping[str, str] = {
        "login_invalid": "login",
        "login_taken": "login",
        "first_administrator": "roles",
        "roles_missing": "roles",
        "password_missing": "password",
        "password_short": "password",
        "password_common": "password",
        "password_is_login": "password",
        "password_invalid": "password",
        "password_not_again": "again",
    }

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        form = self.form
        form.group("Quien administra los usuarios")
        name = form.text("name", "Nombres y apellidos", required=True, max_length=user_rules.LONGEST_NAME)
        self._login = form.text(
            "login",
            "Usuario",
            required=True,
            max_length=user_rules.LONGEST_LOGIN,
            hint="Ya no se cambia.",
        )
        form.add("password", SecretField("Contraseña", hint=f"Al menos {SHORTEST} signos."))
        form.add("again", SecretField("Otra vez"))
        form.add("roles", RolesField(), wide=True)
        form.set_values({"roles": (ADMINISTRATOR, "ule_head")})
        name.changed.connect(self._propose_login)
        self._proposed = ""
        if setting.has_users:
            for button in self.buttons.values():
                button.hide()
            form.hide()
            self.column.insertWidget(
                0, words_label("Esta base ya tiene usuarios: se administran en Personas.")
            )
        else:
            self._show_way()

    def user(self) -> FirstUser | None:
        """The first administrator; None for one person alone. RuleError as the record is checked."""
        if self.setting.has_users or self.way == ALONE:
            return None
        values = {name: field.checked_value() for name, field in self.form.fields.items()}
        check_typed_twice(values["password"], values["again"], undone="no se creó nada")
        office = self.setting.desk.actor.office
        user = user_rules.clean_user(User(values["login"], values["name"], office, roles=values["roles"]))
        user_rules.check_first_user(user, self.setting.desk.clock.now().date())
        return FirstUser(user, check_new_password(values["password"], login=user.login, name=user.name))

    def check(self) -> bool:
        if self.setting.has_users or self.way == ALONE:
            return True
        if not super().check():
            return False
        try:
            self.user()
        except RuleError as error:
            self.form.show_refusal(error, self.field_by_code)
            return False
        return True

    def told(self) -> list[tuple[str, str]]:
        if self.setting.has_users:
            return [("Usuarios", "La base ya los tiene")]
        if self.way == ALONE:
            return [("Usuarios", "Una sola persona, sin contraseña")]
        return [one for one in super().told() if one[0] not in ("Contraseña", "Otra vez")]

    def type_again(self, kept: Kept) -> None:
        super().type_again(kept)
        if "roles" in kept:
            self.form.fields["roles"].set_value(str(kept["roles"]).split())

    def typed(self) -> Kept:
        return {**super().typed(), "roles": " ".join(self.form.fields["roles"].raw())}

    def _propose_login(self) -> None:
        """While nobody typed another, the login follows the name."""
        if self._login.raw() == self._proposed:
            self._proposed = user_rules.proposed_login(str(self.form.fields["name"].raw()))
            self._login.set_value(self._proposed)


class CopyPage(_ChoicePage):
    """The first copy of the office: on a stick or in another folder."""

    key = "copy"
    title = "Primera copia"
    lead = "Si el equipo se daña, la oficina vuelve desde una copia. Lo mejor es una memoria USB."
    NOW, LATER = "now", "later"
    ways = ((NOW, "Hacer la primera copia al terminar"), (LATER, "La haré después, en Resguardo"))
    with_form = NOW
    field_by_code: Mapping[str, str] = {"password_short": "password", "password_differs": "again"}

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        browse = QPushButton("Elegir…")
        browse.setAutoDefault(False)
        browse.setAccessibleName("Elegir la carpeta de la copia")
        browse.clicked.connect(self._pick)
        form = self.form
        self._folder = form.text(
            "folder", "Carpeta o memoria", required=True, max_length=1000, wide=True, accessory=browse
        )
        form.add(
            "password",
            SecretField(
                "Contraseña de la copia",
                required=False,
                hint=f"Puede quedar vacía. Al menos {SHORTEST_PASSWORD} signos; si se olvida, la copia no se abre.",
            ),
        )
        form.add("again", SecretField("La misma otra vez", required=False))
        form.check("on_close", "Respaldar también al cerrar el programa", wide=True)
        settings = setting.desk.settings
        form.set_values({"folder": settings.backup_folder if settings is not None else "", "on_close": True})
        self._may = setting.desk.actor.may("backup.make")
        if setting.has_copy or not self._may:
            self.choose(self.LATER)
        if not self._may:
            for button in self.buttons.values():
                button.hide()
            form.hide()
            self.column.insertWidget(
                0, words_label("Las copias las hace quien tiene ese permiso, en Resguardo.")
            )
        else:
            self._show_way()

    def copy(self) -> FirstCopy | None:
        """What was asked for; None for later. RuleError `password_short`, `password_differs`, `folder_missing`."""
        if not self._may or self.way == self.LATER:
            return None
        values = {name: field.checked_value() for name, field in self.form.fields.items()}
        password = check_password(values["password"], values["again"])
        return FirstCopy(Path(values["folder"]), password, bool(values["on_close"]))

    def check(self) -> bool:
        if not self._may or self.way == self.LATER:
            return True
        if not super().check():
            return False
        try:
            made = self.copy()
        except RuleError as error:
            self.form.show_refusal(error, self.field_by_code)
            return False
        if made is not None and not made.folder.is_dir():
            self.tell_folder(
                "No se encuentra esa carpeta: conecte la memoria, elija otra o haga la copia después."
            )
            return False
        return True

    def tell_folder(self, sentence: str) -> None:
        """Say under the folder what is wrong with it."""
        self._folder.set_error(sentence)
        self.form.jump_to("folder")

    def told(self) -> list[tuple[str, str]]:
        if not self._may:
            return [("Copia", "La hace quien tiene ese permiso")]
        if self.way == self.LATER:
            return [("Copia", "Después, en Resguardo")]
        secret = "con contraseña" if self.form.fields["password"].raw() else "sin contraseña"
        folder = self._folder.raw() or "(falta la carpeta)"
        closing = "sí" if self.form.fields["on_close"].raw() else "no"
        return [("Copia al terminar", f"{folder}, {secret}"), ("Otra al cerrar el programa", closing)]

    def _pick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Carpeta de la copia", str(self._folder.raw()))
        if chosen:
            self._folder.set_value(chosen)


class ReviewPage(FirstDayPage):
    """«Revise sus respuestas»: everything at once, each part a click from its page."""

    key = "review"
    title = "Revise sus respuestas"
    lead = "Nada se ha guardado todavía en la base. Corrija lo que haga falta y guárdelo todo a la vez."
    jump_asked = Signal(str)

    def __init__(self, setting: Setting, pages: Callable[[], Sequence[FirstDayPage]]) -> None:
        super().__init__(setting)
        self._pages = pages
        self.links: dict[str, QPushButton] = {}
        self._body = QWidget()
        self.column.addWidget(self._body)
        self.column.addStretch(1)

    def on_shown(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.links.clear()
        line = 0
        for page in self._pages():
            head = QLabel(page.title)
            head.setProperty("role", "section")
            if line:
                head.setContentsMargins(0, theme().px(8), 0, 0)
            link = QPushButton("Cambiar")
            link.setProperty("role", "link")
            link.setAutoDefault(False)
            link.setAccessibleName(f"Cambiar: {page.title}")
            link.clicked.connect(lambda _checked=False, key=page.key: self.jump_asked.emit(key))
            self.links[page.key] = link
            grid.addWidget(head, line, 0, 1, 2)
            grid.addWidget(link, line, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            for place, (label, text) in enumerate(page.told() or [("", "Nada escrito todavía")], start=1):
                caption, words = words_label(label), words_label(text)
                caption.setProperty("tone", "dim")
                caption.setMinimumWidth(theme().px(150))
                grid.addWidget(caption, line + place, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(words, line + place, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
            line = grid.rowCount()
        self.column.replaceWidget(self._body, body)
        self._body.hide()  # it goes a little later; until then it would stand under the new one
        self._body.deleteLater()
        self._body = body
