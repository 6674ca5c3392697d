"""The forms of a user: the first administrator of a base, a new user, its data, its roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.people.rules import users as rules
from sisfoh_desktop.modules.people.rules.facts import User
from sisfoh_desktop.modules.people.rules.passwords import check_typed_twice
from sisfoh_desktop.modules.people.rules.roles import ADMINISTRATOR
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.modules.people.view.people_dialog import PeopleDialog, Save
from sisfoh_desktop.modules.people.view.roles_field import RolesField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.secret_fields import SecretField

_CODES = {
    "login_invalid": "login",
    "login_taken": "login",
    "dates_upside_down": "valid_to",
    "date_out_of_range": "valid_from",
    "last_administrator": "valid_to",
    "first_administrator": "roles",
    "roles_missing": "roles",
    "password_missing": "password",
    "password_short": "password",
    "password_common": "password",
    "password_is_login": "password",
    "password_invalid": "password",
    "password_not_again": "again",
}


@dataclass(frozen=True)
class NewUser:
    """A user to be made; `password` is "" unless it is the first of the base, who chooses it now."""

    user: User
    password: str = ""


class NewUserDialog(PeopleDialog):
    """A user that is not there yet. `first`: the base has none, and whoever this is becomes its administrator."""

    field_by_code: ClassVar[Mapping[str, str]] = _CODES

    def __init__(
        self,
        desk: Desk,
        save: Save,
        offices: Sequence[str],
        *,
        first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            "El primer administrador" if first else "Nuevo usuario",
            save,
            primary="Crear",
            parent=parent,
        )
        form = self.form
        self._first = first
        if first:
            form.note(
                "Desde ahora esta base pedirá usuario y contraseña. El primero administra los usuarios y crea a los "
                "demás; si además trabaja en la oficina, márquele también ese rol."
            )
        name = form.text(
            "name", "Nombres y apellidos", required=True, max_length=rules.LONGEST_NAME, wide=True
        )
        self._login = form.text(
            "login",
            "Usuario",
            required=True,
            max_length=rules.LONGEST_LOGIN,
            hint="Con él entra y firma su historial; ya no se cambia.",
        )
        _add_office(form, offices)
        form.text("position", "Cargo", max_length=rules.LONGEST_POSITION)
        form.text(
            "document",
            "Documento que autoriza su acceso",
            max_length=rules.LONGEST_DOCUMENT,
            placeholder="Memorando 012-2024-ULE",
        )
        if first:
            form.add("password", SecretField("Contraseña", hint="Al menos 10 signos."))
            form.add("again", SecretField("Otra vez"))
            form.add("roles", RolesField(), wide=True)
            form.set_values({"office": desk.actor.office, "roles": (ADMINISTRATOR, "ule_head")})
        else:
            _add_days(form)
            form.add("roles", RolesField(), wide=True)
            form.note("Al crearlo se imprime su clave de un solo uso: con ella entra y elige su contraseña.")
        name.changed.connect(self._propose_login)
        self._proposed = ""

    def choice_from(self, values: dict[str, Any]) -> NewUser:
        password = values.get("password", "")
        check_typed_twice(password, values.get("again", ""), undone="no se creó nada")
        user = User(
            values["login"],
            values["name"],
            values["office"],
            values["position"],
            values["document"],
            values.get("valid_from"),
            values.get("valid_to"),
            values["roles"],
        )
        return NewUser(rules.clean_user(user), password)

    def done(self, result: int) -> None:
        for field in self.form.fields.values():
            if isinstance(field, SecretField):
                field.wipe()
        super().done(result)

    def _propose_login(self) -> None:
        """While nobody typed another, the login follows the name."""
        if self._login.raw() == self._proposed:
            self._proposed = rules.proposed_login(self.form.fields["name"].raw())
            self._login.set_value(self._proposed)


class UserDialog(PeopleDialog):
    """The data and days of a stored user."""

    field_by_code: ClassVar[Mapping[str, str]] = _CODES

    def __init__(
        self, desk: Desk, user: User, offices: Sequence[str], save: Save, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, f"Editar al usuario {user.login}", save, parent=parent)
        self._user = user
        form = self.form
        form.text("name", "Nombres y apellidos", required=True, max_length=rules.LONGEST_NAME, wide=True)
        _add_office(form, offices)
        form.text("position", "Cargo", max_length=rules.LONGEST_POSITION)
        form.text(
            "document", "Documento que autoriza su acceso", max_length=rules.LONGEST_DOCUMENT, wide=True
        )
        _add_days(form)
        self._fill(user)
        self.follow(
            f"user:{user.id}",
            user,
            partial(users.load_user, desk.db, user.id),
            self._fill,
            f"al usuario {user.login}",
        )

    def choice_from(self, values: dict[str, Any]) -> tuple[User, int]:
        return rules.clean_user(replace(self._user, **values)), self.version()

    def _fill(self, user: User) -> None:
        self.form.set_values({name: getattr(user, name) for name in self.form.fields})


class RolesDialog(PeopleDialog):
    """The roles of a stored user; the choice is (roles, version)."""

    field_by_code: ClassVar[Mapping[str, str]] = {
        "roles_missing": "roles",
        "last_administrator": "roles",
    }

    def __init__(self, desk: Desk, user: User, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(desk, f"Roles de {user.login}", save, parent=parent)
        self.form.note(
            f"{user.name} reúne los permisos de todos los roles marcados; valen desde su siguiente acción. En "
            "«Permisos» se ve qué puede hacer cada rol."
        )
        self.form.add("roles", RolesField(), wide=True)
        self._fill(user)
        self.follow(
            f"user:{user.id}",
            user,
            partial(users.load_user, desk.db, user.id),
            self._fill,
            f"al usuario {user.login}",
        )

    def choice_from(self, values: dict[str, Any]) -> tuple[tuple[str, ...], int]:
        return values["roles"], self.version()

    def _fill(self, user: User) -> None:
        self.form.set_values({"roles": user.roles})


def _add_office(form: Form, offices: Sequence[str]) -> None:
    form.text(
        "office",
        "Siglas de su oficina",
        max_length=rules.LONGEST_OFFICE,
        suggestions=offices,
        placeholder="ULE",
    )


def _add_days(form: Form) -> None:
    form.date("valid_from", "Primer día de acceso", hint="Vacío: desde ahora")
    form.date("valid_to", "Último día de acceso", hint="Vacío: sin fecha de fin")
