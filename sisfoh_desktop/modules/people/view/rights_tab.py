"""The tab "Permisos": which role may do what, to be read; a role is given in "Usuarios"."""

from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.rights import RIGHTS, Right
from sisfoh_desktop.modules.people.rules.facts import Role, Standing, UserLine
from sisfoh_desktop.modules.people.rules.roles import ROLES
from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.modules.people.view.people_tab import PeopleTab, dim_line
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import Column, RowTable

_SHORT = {
    "administrator": "Adm.",
    "ule_head": "ULE",
    "expedientes_clerk": "Exp.",
    "kardex_clerk": "Kardex",
    "poi_clerk": "POI",
    "planner": "Planif.",
    "legal": "Legal",
    "signer": "Firma",
    "auditor": "Audit.",
    "reader": "Cons.",
}
_TOLD = (
    "Los permisos vienen con el rol y no se dan uno por uno. Un usuario puede tener varios roles y reúne los permisos "
    "de todos. Sin usuarios en la base, quien abre el programa puede hacerlo todo."
)
_GONE = frozenset({Standing.LEFT, Standing.SUSPENDED, Standing.ENDED})


class RightsTab(PeopleTab):
    """Rights down, roles across; below, who has the chosen right."""

    key = "rights"
    title = "Permisos"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: list[UserLine] = []
        told = QLabel(_TOLD)
        told.setWordWrap(True)
        told.setProperty("tone", "dim")
        self.rights = RowTable(
            [
                Column(
                    "Permiso", lambda right: right.title, tip=lambda right: f"{right.group}: {right.title}"
                ),
                *(_role_column(role) for role in ROLES),
            ],
            key=lambda right: right.key,
            name="Permisos de cada rol",
            noun=("permiso", "permisos"),
        )
        self.rights.selection_changed.connect(lambda _right: self._tell())
        self.detail = dim_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(told)
        layout.addWidget(self.rights, 1)
        layout.addWidget(self.detail)
        self.setFocusProxy(self.rights)

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(users.list_users, self.desk.db, self.today()), self._on_loaded, owner=self
        )

    def actions_of_tab(self) -> list[QAction]:
        return []

    def table(self) -> RowTable:
        return self.rights

    def _on_loaded(self, lines: list[UserLine]) -> None:
        self._lines = lines
        self.rights.set_rows(RIGHTS)
        if self.rights.selected() is None:
            self.rights.view.select_row(0)
        self._tell()

    def _tell(self) -> None:
        """Which roles give the chosen right, and who has one of them and has not left."""
        right: Right | None = self.rights.selected()
        if right is None:
            self.detail.clear()
            return
        roles = [role for role in ROLES if right.key in role.rights]
        keys = {role.key for role in roles}
        people = [
            line.user.name
            for line in self._lines
            if line.standing not in _GONE and keys & set(line.user.roles)
        ]
        whose = f"Lo dan: {', '.join(role.title for role in roles)}." if roles else "Ningún rol lo da."
        who = f" Lo tienen: {', '.join(people)}." if people else ""
        if self._lines and not people:
            who = " Nadie lo tiene ahora."
        self.detail.setText(f"{right.group}. {whose}{who}")


def _role_column(role: Role) -> Column:
    def has(right: Any) -> str:
        return "Sí" if right.key in role.rights else ""

    return Column(
        _SHORT.get(role.key, role.title), has, align="center", width=58, tip=lambda _right: role.title
    )
