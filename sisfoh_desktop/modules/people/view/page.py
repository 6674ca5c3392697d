"""The page of the people who work with the base: their accesses, absences, what each role may do, the reviews."""

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

    def show_record(self, kind: str, record_id: int) -> None:
        """A user by its id, or the reviews."""
        self.show_tab(_TAB_OF_KIND.get(kind, "users"), record_id)
