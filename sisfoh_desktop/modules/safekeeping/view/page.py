"""The page of what keeps the base safe: copies, the base itself, the whole trail, personal data, incidents."""

from sisfoh_desktop.qtkit.tabbed_page import PageTab, TabbedPage, TabSpec


def _backups() -> type[PageTab]:
    from sisfoh_desktop.modules.safekeeping.view.backups_tab import BackupsTab

    return BackupsTab


def _base() -> type[PageTab]:
    from sisfoh_desktop.modules.safekeeping.view.base_tab import BaseTab

    return BaseTab


def _trail() -> type[PageTab]:
    from sisfoh_desktop.modules.safekeeping.view.trail_tab import TrailTab

    return TrailTab


def _privacy() -> type[PageTab]:
    from sisfoh_desktop.modules.safekeeping.view.privacy_tab import PrivacyTab

    return PrivacyTab


def _incidents() -> type[PageTab]:
    from sisfoh_desktop.modules.safekeeping.view.incidents_tab import IncidentsTab

    return IncidentsTab


_TAB_OF_KIND = {
    "safekeeping": "backups",
    "safekeeping.backup": "backups",
    "safekeeping.incident": "incidents",
    "safekeeping.privacy": "privacy",
    "safekeeping.trail": "trail",
}


class SafekeepingPage(TabbedPage):
    """What is kept, and how it is answered for."""

    title = "Resguardo"
    touches = frozenset({"safekeeping"})
    kinds = frozenset(_TAB_OF_KIND)
    specs = (
        TabSpec("backups", "&Respaldos", _backups),
        TabSpec("base", "&Base", _base),
        TabSpec("trail", "&Historial general", _trail),
        TabSpec("privacy", "&Datos personales", _privacy),
        TabSpec("incidents", "&Incidentes", _incidents),
    )
    parts_name = "Partes de Resguardo"

    def show_record(self, kind: str, record_id: int) -> None:
        """A copy or an incident by its id; the other tabs as they are."""
        self.show_tab(_TAB_OF_KIND.get(kind, "backups"), record_id)
