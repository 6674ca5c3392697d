"""What every tab of the POI is: a widget over the desk that loads itself when shown and answers the page's keys."""

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.poi.rules.facts import PoiPlan
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.tabbed_page import PageTab

NO_PLAN = "Todavía no hay POI: impórtelo del Excel o del texto en que la oficina lo lleva."
NO_ACTIVITIES = "Este POI no tiene actividades todavía: impórtelas o escríbalas en «Programación»."
TOUCHES = frozenset({"poi", "papers"})
# The rights of the POI.
PLAN, RECORD, CLOSE, REPORT = "poi.plan", "poi.record", "poi.close", "poi.report"


class PoiTab(PageTab):
    """A tab. `plan` is the POI on view (None: none yet); the page sets it and calls `reload`.

    `show_part` takes an activity's id, a unit's name.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.plan: PoiPlan | None = None
