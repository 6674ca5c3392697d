"""The tab "Usuarios": who may come in today, with which roles, and what may be done about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.people.rules.facts import RecoverySlip, User, UserLine, UserState
from sisfoh_desktop.modules.people.rules.roles import ADMINISTRATOR
from sisfoh_desktop.modules.people.rules.users import ended, restored
from sisfoh_desktop.modules.people.service import history, recovery, sheets, users
from sisfoh_desktop.modules.people.view.people_dialog import ReasonDialog
from sisfoh_desktop.modules.people.view.people_tab import CHANGE, PeopleTab, dim_line, show_pdf, standing_tone
from sisfoh_desktop.modules.people.view.sheet_dialog import ask_sheet
from sisfoh_desktop.modules.people.view.user_dialogs import NewUser, NewUserDialog, RolesDialog, UserDialog
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.messages import ask
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.undo_offer import WHY_UNDONE, offer_undo

_ALONE = (
    "Esta base no tiene usuarios: quien abre el programa en este equipo puede hacerlo todo, sin contraseña."
)
_FIRST = "Crear el primer administrador…"


@dataclass(frozen=True)
class _Loaded:
    """The users as of today, the siglas of the units, which the forms propose, and whose recovery sheet is of when."""

    lines: list[UserLine] = field(default_factory=list)
    offices: tuple[str, ...] = ()
    sheets: Mapping[int, datetime] = field(default_factory=dict)


def _load(db: Any, today: Any) -> _Loaded:
    offices = tuple(unit.siglas for unit in office.list_units(db, today) if unit.siglas)
    return _Loaded(users.list_users(db, today), offices, sheets.sheets_made(db))


class UsersTab(PeopleTab):
    """The users of the base, those who left too."""

    key = "users"
    title = "Usuarios"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self._wanted = 0
        self.new_action = self.action("&Nuevo usuario…", self.new_record, "plus")
        self.edit_action = self.action("&Editar…", self._on_edit, "pencil")
        self.roles_action = self.action("R&oles…", self._on_roles)
        self.code_action = self.action(
            "&Clave de un solo uso…",
            self._on_code,
            tip="Para quien entra por primera vez u olvidó su contraseña: se imprime y vale 24 horas",
        )
        self.sheet_action = self.action(
            "&Hoja de recuperación…",
            self._on_sheet,
            tip="Para entrar si usted olvida su contraseña: se guarda en sobre cerrado",
        )
        self.suspend_action = self.action("Sus&pender…", self._on_suspend)
        self.restore_action = self.action("Res&tablecer…", self._on_restore)
        self.end_action = self.action("Ce&sar…", self._on_end)
        self.history_action = self.action("&Historial", self._on_history, reading=True)
        self.users = RowTable(
            [
                Column("Nombre", lambda line: line.user.name),
                Column("Usuario", lambda line: line.user.login, width=96),
                Column("Oficina", lambda line: line.user.office, width=80),
                Column("Roles", lambda line: ", ".join(line.role_titles)),
                Column("Acceso hoy", lambda line: line.standing.label, tone=standing_tone, width=132),
                Column(
                    "Última entrada",
                    _last_login,
                    lambda line: line.user.last_login_at,
                    align="center",
                    width=136,
                ),
            ],
            key=lambda line: line.user.id,
            name="Usuarios",
            noun=("usuario", "usuarios"),
            empty_text=_ALONE,
            empty_button=_FIRST if self.may_manage else "",
            on_empty=self.new_record if self.may_manage else None,
        )
        self.users.menu_actions = [one for one in self.actions_made if one is not self.new_action]
        self.users.activated.connect(lambda _line: self._on_edit())
        self.users.selection_changed.connect(lambda _line: self._refresh())
        self.detail = dim_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.users, 1)
        layout.addWidget(self.detail)
        self.setFocusProxy(self.users)
        edit_key = QShortcut(QKeySequence("F2"), self, self._on_edit)
        edit_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.today()), self._on_loaded, owner=self)

    def table(self) -> RowTable:
        return self.users

    def show_part(self, part: Any) -> None:
        """A user by its id."""
        if isinstance(part, int):
            self._wanted = 0 if self.users.select(part) else part

    def new_record(self) -> bool:
        loaded = self._loaded
        if loaded is None or not self.new_action.isVisible():
            return False
        first = not loaded.lines
        dialog = NewUserDialog(self.desk, self._add, loaded.offices, first=first, parent=self)
        made: NewUser | None = dialog.ask()
        if made is not None and not first:
            self._wanted = dialog.answer
            self._make_code(dialog.answer, made.user.name)
        return True

    def next_step(self) -> NextStep | None:
        if self._loaded is None or not self.may_manage:
            return None
        if not self._loaded.lines:
            return NextStep(
                "Usuario único de este equipo",
                "Mientras la base no tenga usuarios no se pide contraseña y todo queda a nombre de "
                f"«{self.desk.actor.user or 'sin nombre'}».",
                "Crear el primer administrador",
                run=self.new_record,
            )
        own = next((one.user for one in self._loaded.lines if one.user.login == self.desk.actor.user), None)
        if own is not None and ADMINISTRATOR in own.roles and own.id not in self._loaded.sheets:
            return NextStep(
                "Su hoja de recuperación",
                "Usted administra los usuarios y no tiene hoja: si olvida su contraseña, quizá nadie pueda devolverle "
                "el acceso.",
                "Imprimir la hoja",
                run=self._on_sheet,
            )
        return None

    # -- orders ----------------------------------------------------------------------------------------

    def _add(self, made: NewUser, token: str) -> int:
        return users.add_user(
            self.desk.db,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            user=made.user,
            roles=made.user.roles,
            password=made.password,
            token=token,
        )

    def _on_edit(self) -> None:
        user = self._user()
        if user is None or not self.edit_action.isEnabled():
            return

        def saved(choice: tuple[User, int], token: str) -> None:
            users.save_user(
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                user=choice[0],
                expected_version=choice[1],
                token=token,
            )

        offices = self._loaded.offices if self._loaded is not None else ()
        UserDialog(self.desk, user, offices, saved, self).ask()

    def _on_roles(self) -> None:
        user = self._user()
        if user is None:
            return

        def saved(choice: tuple[tuple[str, ...], int], token: str) -> None:
            users.set_roles(
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                user_id=user.id,
                roles=choice[0],
                expected_version=choice[1],
                token=token,
            )

        RolesDialog(self.desk, user, saved, self).ask()

    def _on_code(self) -> None:
        user = self._user()
        if user is not None and ask(
            self,
            f"Clave de un solo uso para {user.login}",
            f"{user.name} entrará con una clave que se imprime ahora y vale 24 horas; al entrar elige su "
            "contraseña." + (" La que tiene deja de valer." if user.has_password else ""),
            "Hacer la clave",
        ):
            self._make_code(user.id, user.name)

    def _on_sheet(self) -> None:
        if self.sheet_action.isEnabled():
            ask_sheet(self.desk, self)

    def _make_code(self, user_id: int, name: str) -> None:
        """A new code and its slip, which is the only place where it can be read."""
        db, actor, now = self.desk.db, self.desk.actor, self.desk.clock.now()

        def make() -> tuple[RecoverySlip, bytes]:
            slip = recovery.recover(db, actor=actor, now=now, user_id=user_id)
            return slip, recovery.recovery_pdf(db, slip)

        self.desk.tasks.run_change(
            make,
            {CHANGE},
            on_done=lambda made: show_pdf(
                self, self.desk, made[1], f"Clave de un solo uso de {name}", "clave.pdf"
            ),
            owner=self,
        )

    def _on_suspend(self) -> None:
        user = self._ask_reason(
            users.suspend_user,
            "Suspender a {login}",
            "{name} no podrá entrar hasta que se le restablezca el acceso. Lo que hizo queda como está.",
            "Suspender",
        )
        if user is not None:
            suspended = replace(user, state=UserState.SUSPENDED)
            self._offer_back(user, suspended, "Se suspendió a {name}.", "{name} tiene otra vez su acceso.")

    def _on_restore(self) -> None:
        self._ask_reason(
            users.restore_user,
            "Restablecer el acceso de {login}",
            "{name} podrá entrar otra vez con sus mismos roles. Si había cesado, hágale además una clave de un solo "
            "uso.",
            "Restablecer",
        )

    def _on_end(self) -> None:
        user = self._ask_reason(
            users.end_user,
            "Cesar a {login}",
            "{name} ya no podrá entrar y su contraseña se borra. Su nombre y lo que hizo quedan en el historial.",
            "Cesar",
            danger=True,
        )
        if user is not None:
            self._offer_back(
                user,
                ended(user, self.today()),
                "Se cesó a {name}.",
                "{name} tiene otra vez su acceso. Hágale una clave de un solo uso: su contraseña se borró.",
            )

    def _offer_back(self, before: User, after: User, said: str, undone: str) -> None:
        """Offer the access back, but not where restoring would give other days than there were."""
        if restored(after, self.today()) != before:
            return
        back = self.saver(
            users.restore_user, "reason", user_id=before.id, expected_version=before.version + 1
        )
        offer_undo(
            self,
            self.desk.tasks,
            said.format(name=before.name),
            partial(back, WHY_UNDONE),
            {CHANGE},
            undone=undone.format(name=before.name),
        )

    def _ask_reason(
        self, verb: Callable[..., Any], title: str, told: str, button: str, *, danger: bool = False
    ) -> User | None:
        """Ask why and do it; the user as it was before, None where nothing was done."""
        user = self._user()
        if user is None:
            return None
        words = {"login": user.login, "name": user.name}
        save = self.saver(verb, "reason", user_id=user.id, expected_version=user.version)
        dialog = ReasonDialog(
            self.desk,
            title.format(**words),
            told.format(**words),
            save,
            primary=button,
            danger=danger,
            parent=self,
        )
        return user if dialog.ask() is not None else None

    def _on_history(self) -> None:
        user = self._user()
        if user is not None:
            load = partial(history.history, self.desk.db, f"user:{user.id}")
            HistoryDialog.show_for(self, self.desk.tasks, user.name, load)

    # -- inside ----------------------------------------------------------------------------------------

    def _user(self) -> User | None:
        line: UserLine | None = self.users.selected()
        return line.user if line is not None else None

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.users.set_rows(loaded.lines)
        if self._wanted and self.users.select(self._wanted):
            self._wanted = 0
        if loaded.lines and self.users.selected() is None:
            self.users.view.select_row(0)
        self._refresh()
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _refresh(self) -> None:
        line: UserLine | None = self.users.selected()
        user = line.user if line is not None else None
        active = user is not None and user.state is UserState.ACTIVE
        gone = user is not None and user.state is UserState.LEFT
        own = user is not None and user.login == self.desk.actor.user
        self.edit_action.setEnabled(user is not None)
        self.roles_action.setEnabled(user is not None and not gone)
        for action, enabled, why in (
            (self.code_action, active, "Solo para quien tiene el acceso activo"),
            (self.suspend_action, active, "Ya está suspendido o cesado"),
            (
                self.restore_action,
                user is not None and (not active or user.valid_to is not None),
                "Su acceso no terminó",
            ),
            (self.end_action, user is not None and not gone, "Ya cesó"),
        ):
            action.setEnabled(enabled and not own)
            if user is not None:
                tip = "" if enabled else why
                action.setToolTip("Su propio acceso lo cambia otro administrador" if own else tip)
        self.history_action.setEnabled(user is not None)
        self.sheet_action.setEnabled(self.desk.actor.rights is not None)
        made = self._loaded.sheets.get(user.id) if self._loaded is not None and user is not None else None
        told = _details(line, self.desk.clock.now(), made) if line is not None else []
        self.detail.setText("  ·  ".join(told))


def _last_login(line: UserLine) -> str:
    at = line.user.last_login_at
    return at.astimezone(LIMA).strftime("%d/%m/%Y %H:%M") if at is not None else "nunca"


def _details(line: UserLine, now: Any, sheet: datetime | None) -> list[str]:
    user = line.user
    parts = [user.position, f"Autorizado por {user.document}" if user.document else ""]
    if user.valid_from is not None or user.valid_to is not None:
        since = f"desde el {format_date(user.valid_from)}" if user.valid_from else ""
        until = f"hasta el {format_date(user.valid_to)}" if user.valid_to else ""
        parts.append(f"Acceso {' '.join(filter(None, (since, until)))}")
    if line.absent_until is not None:
        parts.append(f"Ausente hasta el {format_date(line.absent_until)}")
    if user.locked_until is not None and user.locked_until > now:
        parts.append(
            f"Sin más intentos hasta las {user.locked_until.astimezone(LIMA):%H:%M} por contraseñas erradas"
        )
    if user.recovery_until is not None and not user.has_password:
        valid = user.recovery_until > now
        moment = f"{user.recovery_until.astimezone(LIMA):%d/%m/%Y %H:%M}"
        parts.append(f"Clave de un solo uso {'vale hasta' if valid else 'venció'} el {moment}")
    if sheet is not None:
        parts.append(f"Hoja de recuperación impresa el {format_date(sheet.astimezone(LIMA).date())}")
    return [part for part in parts if part]
