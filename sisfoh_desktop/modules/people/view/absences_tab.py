"""The tab "Ausencias": who is on vacation or leave, and therefore may not come in."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.people.rules.facts import Absence, AbsenceLine, UserLine, UserState
from sisfoh_desktop.modules.people.service import absences, users
from sisfoh_desktop.modules.people.view.absence_dialog import AbsenceDialog
from sisfoh_desktop.modules.people.view.people_dialog import ReasonDialog
from sisfoh_desktop.modules.people.view.people_tab import PeopleTab
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable
from sisfoh_desktop.qtkit.theme import Tone

_NONE = "No hay ausencias anotadas: quien está de vacaciones o de licencia no entra en esos días."
_NO_USERS = "Esta base no tiene usuarios: primero cree el primer administrador en «Usuarios»."


@dataclass(frozen=True)
class _Loaded:
    """The absences, and the users to choose from."""

    lines: list[AbsenceLine] = field(default_factory=list)
    users: list[UserLine] = field(default_factory=list)


def _load(db: Any, today: date) -> _Loaded:
    return _Loaded(absences.list_absences(db), users.list_users(db, today))


class AbsencesTab(PeopleTab):
    """The absences of everybody, the last first."""

    key = "absences"
    title = "Ausencias"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loaded: _Loaded | None = None
        self.new_action = self.action("&Nueva ausencia…", self.new_record, "plus")
        self.edit_action = self.action("&Editar…", self._on_edit, "pencil")
        self.withdraw_action = self.action("&Dejar sin efecto…", self._on_withdraw)
        self.absences = RowTable(
            [
                Column("Nombre", lambda line: line.name),
                Column("Usuario", lambda line: line.login, width=120),
                _day_column("Primer día", "first_day"),
                _day_column("Último día", "last_day"),
                Column("Motivo", lambda line: line.absence.reason),
                Column(
                    "Estado",
                    lambda line: self._state(line)[1],
                    tone=lambda line: self._state(line)[0],
                    width=136,
                ),
            ],
            key=lambda line: line.absence.id,
            name="Ausencias",
            noun=("ausencia", "ausencias"),
            empty_text=_NONE,
        )
        self.absences.menu_actions = [self.edit_action, self.withdraw_action]
        self.absences.activated.connect(lambda _line: self._on_edit())
        self.absences.selection_changed.connect(lambda _line: self._refresh())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.absences, 1)
        self.setFocusProxy(self.absences)
        edit_key = QShortcut(QKeySequence("F2"), self, self._on_edit)
        edit_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._refresh()

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(partial(_load, self.desk.db, self.today()), self._on_loaded, owner=self)

    def table(self) -> RowTable:
        return self.absences

    def show_part(self, part: Any) -> None:
        """An absence by its id."""
        if isinstance(part, int):
            self.absences.select(part)

    def new_record(self) -> bool:
        if not self.new_action.isVisible():
            return False
        if self.new_action.isEnabled():
            AbsenceDialog(self.desk, self._add, people=self._people(), parent=self).ask()
        return True

    # -- inside ----------------------------------------------------------------------------------------

    def _people(self) -> list[tuple[int, str]]:
        lines = self._loaded.users if self._loaded is not None else []
        return [
            (line.user.id, f"{line.user.name} ({line.user.login})")
            for line in lines
            if line.user.state is not UserState.LEFT
        ]

    def _add(self, choice: tuple[Absence, int], token: str) -> int:
        return absences.add_absence(
            self.desk.db, actor=self.desk.actor, now=self.desk.clock.now(), absence=choice[0], token=token
        )

    def _save(self, choice: tuple[Absence, int], token: str) -> None:
        absences.save_absence(
            self.desk.db,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            absence=choice[0],
            expected_version=choice[1],
            token=token,
        )

    def _on_edit(self) -> None:
        line: AbsenceLine | None = self.absences.selected()
        if line is not None and self.edit_action.isEnabled():
            AbsenceDialog(self.desk, self._save, absence=line.absence, whose=line.login, parent=self).ask()

    def _on_withdraw(self) -> None:
        line: AbsenceLine | None = self.absences.selected()
        if line is None:
            return
        save = self.saver(
            absences.withdraw_absence,
            "reason",
            absence_id=line.absence.id,
            expected_version=line.absence.version,
        )
        ReasonDialog(
            self.desk,
            f"Dejar sin efecto la ausencia de {line.login}",
            f"{line.name} podrá entrar también en los días que van del {format_date(line.absence.first_day)} al "
            f"{format_date(line.absence.last_day)}. La ausencia queda en la lista.",
            save,
            primary="Dejar sin efecto",
            parent=self,
        ).ask()

    def _state(self, line: AbsenceLine) -> tuple[Tone, str]:
        absence, today = line.absence, self.today()
        if absence.withdrawn:
            return ("dim", "Sin efecto")
        if absence.covers(today):
            return ("warn", "En curso")
        return ("accent", "Próxima") if absence.first_day > today else ("dim", "Pasada")

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        if not loaded.users:
            self.absences.set_empty_state(
                _NO_USERS,
                "Ir a Usuarios" if self.may_manage else "",
                lambda: self.open_tab.emit("users", None),
            )
        else:
            self.absences.set_empty_state(
                _NONE,
                "Nueva ausencia…" if self.may_manage else "",
                self.new_record if self.may_manage else None,
            )
        self.absences.set_rows(loaded.lines)
        if loaded.lines and self.absences.selected() is None:
            self.absences.view.select_row(0)
        self._refresh()
        self.actions_changed.emit()

    def _refresh(self) -> None:
        line: AbsenceLine | None = self.absences.selected()
        stands = line is not None and not line.absence.withdrawn
        self.new_action.setEnabled(bool(self._people()))
        self.edit_action.setEnabled(stands)
        self.withdraw_action.setEnabled(stands)


def _day_column(title: str, name: str) -> Column:
    def day(line: Any) -> date:
        found: date = getattr(line.absence, name)
        return found

    return Column(title, lambda line: format_date(day(line)), day, align="center", width=112)
