"""The page of the people who work with the base: their accesses, absences, what each role may do, the reviews."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.people.service import users
from sisfoh_desktop.qtkit.page import Desk, NextStep, RecordHit
from sisfoh_desktop.qtkit.row_order import fold_text
from sisfoh_desktop.qtkit.tabbed_page import PageTab, TabbedPage, TabSpec


def _users() -> type[PageTab]:
    from sisfoh_desktop.modules.people.view.users_tab import UsersTab

    return UsersTab


def _absences() -> type[PageTab]:
    from sisfoh_desktop.modules.people.view.absences_tab import AbsencesTab

    return AbsencesTab


def _rights() -> type[PageTab]:
    from sisfoh_desktop.modules.people.view.rights_tab import RightsTab

    return RightsTab


def _reviews() -> type[PageTab]:
    from sisfoh_desktop.modules.people.view.reviews_tab import ReviewsTab

    return ReviewsTab


_TAB_OF_KIND = {"people": "users", "people.review": "reviews", "people.user": "users"}


class PeoplePage(TabbedPage):
    """Who may come in and do what."""

    title = "Personas"
    touches = frozenset({"people"})
    kinds = frozenset(_TAB_OF_KIND)
    specs = (
        TabSpec("users", "&Usuarios", _users),
        TabSpec("absences", "&Ausencias", _absences),
        TabSpec("rights", "&Permisos", _rights),
        TabSpec("reviews", "&Revisión de accesos", _reviews),
    )
    parts_name = "Partes de Personas"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, QWidget(), parent)
        self.reload()

    def reload(self) -> None:
        self.show_loaded()

    def next_step(self) -> NextStep | None:
        tab = self.tab()
        return tab.next_step() if tab is not None else None

    @classmethod
    def find_records(cls, desk: Desk, text: str) -> list[RecordHit]:
        needle = fold_text(text)
        lines = users.list_users(desk.db, desk.clock.now().date())
        return [
            RecordHit(
                "people.user",
                line.user.id,
                line.user.name,
                f"Usuario {line.user.login} · {line.standing.label}",
            )
            for line in lines
            if needle in fold_text(f"{line.user.name} {line.user.login}")
        ]

    def show_record(self, kind: str, record_id: int) -> None:
        """A user by its id, or the reviews."""
        self.show_tab(_TAB_OF_KIND.get(kind, "users"), record_id)
