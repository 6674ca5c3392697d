"""The pages of the window, in menu order. Each names its module's page and imports it only when asked.

The importing functions run on the worker, after the window has been painted.
"""

from sisfoh_desktop.basics.rights import RIGHTS_OF_PAGE
from sisfoh_desktop.qtkit.page import Page, PageSpec


def _inbox() -> type[Page]:
    from sisfoh_desktop.modules.inbox.view import InboxPage

    return InboxPage


def _expedientes() -> type[Page]:
    import sisfoh_desktop.modules.resoluciones.service.sequel  # noqa: F401 - gives the act to the file's papers
    from sisfoh_desktop.modules.expedientes.view import ExpedientesPage

    return ExpedientesPage


def _plans() -> type[Page]:
    from sisfoh_desktop.modules.plans.view import PlansPage

    return PlansPage


def _responsibilities() -> type[Page]:
    from sisfoh_desktop.modules.responsibilities.view import MatrixPage

    return MatrixPage


def _resoluciones() -> type[Page]:
    from sisfoh_desktop.modules.resoluciones.view import ResolucionesPage

    return ResolucionesPage


def _kardex() -> type[Page]:
    from sisfoh_desktop.modules.kardex.view import KardexPage

    return KardexPage


def _poi() -> type[Page]:
    from sisfoh_desktop.modules.poi.view import PoiPage

    return PoiPage


def _papers() -> type[Page]:
    import sisfoh_desktop.modules.handover.service.issuing
    import sisfoh_desktop.modules.kardex.service.actas
    import sisfoh_desktop.modules.people.service.reviews
    import sisfoh_desktop.modules.poi.service.reports
    import sisfoh_desktop.modules.resoluciones.service.delivery.publication
    import sisfoh_desktop.modules.resoluciones.service.delivery.remission
    import sisfoh_desktop.modules.resoluciones.service.signing
    import sisfoh_desktop.modules.safekeeping.service.extracts
    import sisfoh_desktop.modules.safekeeping.service.privacy_papers  # noqa: F401 - says what follows its signatures
    from sisfoh_desktop.modules.papers.view import PapersPage

    return PapersPage


def _office() -> type[Page]:
    from sisfoh_desktop.modules.office.view import OfficePage

    return OfficePage


def _people() -> type[Page]:
    from sisfoh_desktop.modules.people.view import PeoplePage

    return PeoplePage


def _safekeeping() -> type[Page]:
    # the trail is told in the words of every part, and «Comprobar» reaches into every part
    import sisfoh_desktop.app.all_words
    import sisfoh_desktop.app.base_checks  # noqa: F401
    from sisfoh_desktop.modules.safekeeping.view import SafekeepingPage

    return SafekeepingPage


def _handover() -> type[Page]:
    from sisfoh_desktop.modules.handover.view import HandoverPage

    return HandoverPage


_KARDEX_RECORDS = frozenset(
    f"kardex.{kind}" for kind in ("acta", "adjustment", "campaign", "holder", "movement", "number", "type")
)
_POI_RECORDS = frozenset(f"poi.{kind}" for kind in ("activity", "month", "quarantine", "report", "version"))
_OFFICE_RECORDS = frozenset({"unit", "officer", "norm"})
_PEOPLE_RECORDS = frozenset({"people.user", "people.review"})
_KEPT_RECORDS = frozenset(f"safekeeping.{kind}" for kind in ("backup", "incident", "privacy", "trail"))
PAGES: tuple[PageSpec, ...] = (
    PageSpec("inbox", "Inicio", "inbox", _inbox),
    PageSpec("expedientes", "Expedientes", "folder-open", _expedientes, rights=RIGHTS_OF_PAGE["expedientes"]),
    PageSpec("plans", "Planes", "clipboard-list", _plans, rights=RIGHTS_OF_PAGE["plans"]),
    PageSpec(
        "responsibilities",
        "Matriz",
        "table-properties",
        _responsibilities,
        rights=RIGHTS_OF_PAGE["responsibilities"],
    ),
    PageSpec(
        "resoluciones",
        "Resoluciones",
        "scroll-text",
        _resoluciones,
        frozenset({"expediente.resolucion"}),
        RIGHTS_OF_PAGE["resoluciones"],
    ),
    PageSpec("kardex", "Kardex", "boxes", _kardex, _KARDEX_RECORDS, RIGHTS_OF_PAGE["kardex"]),
    PageSpec("poi", "POI", "chart-column", _poi, _POI_RECORDS, RIGHTS_OF_PAGE["poi"]),
    PageSpec("papers", "Papeles", "files", _papers),
    PageSpec("office", "Oficina", "landmark", _office, _OFFICE_RECORDS, RIGHTS_OF_PAGE["office"]),
    PageSpec("people", "Personas", "users", _people, _PEOPLE_RECORDS, RIGHTS_OF_PAGE["people"]),
    PageSpec(
        "safekeeping", "Resguardo", "shield-check", _safekeeping, _KEPT_RECORDS, RIGHTS_OF_PAGE["safekeeping"]
    ),
    PageSpec("handover", "Entrega de cargo", "handshake", _handover, rights=RIGHTS_OF_PAGE["handover"]),
)
