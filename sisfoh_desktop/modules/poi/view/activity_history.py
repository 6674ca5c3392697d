"""The history of an activity of the POI: an order for the lists that show activities."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction

from sisfoh_desktop.modules.poi.rules.facts import Activity
from sisfoh_desktop.modules.poi.rules.programme import short_name
from sisfoh_desktop.modules.poi.service.history import history
from sisfoh_desktop.modules.poi.view.tab import PoiTab
from sisfoh_desktop.qtkit.history import HistoryDialog


def history_action(tab: PoiTab, chosen: Callable[[], Activity | None]) -> QAction:
    """«Historial»: what was planned, recorded and proved of the activity that `chosen` gives."""

    def show() -> None:
        activity = chosen()
        if activity is not None and activity.id:
            load = partial(history, tab.desk.db, f"poi_activity:{activity.id}")
            HistoryDialog.show_for(tab, tab.desk.tasks, short_name(activity), load)

    action = QAction("&Historial", tab)
    action.setToolTip("Lo que se cambió en la actividad elegida, quién y cuándo")
    action.triggered.connect(lambda _checked=False: show())
    return action
