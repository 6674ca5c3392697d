"""What every tab of the POI is: a widget over the desk that loads itself when shown and answers the page's keys."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.modules.poi.rules.facts import PoiPlan
from sisfoh_desktop.qtkit.page import Desk, NextStep, SeenList

NO_PLAN = "Todavía no hay POI: impórtelo del Excel o del texto en que la oficina lo lleva."
NO_ACTIVITIES = "Este POI no tiene actividades todavía: impórtelas o escríbalas en «Programación»."
TOUCHES = frozenset({"poi", "papers"})


class PoiTab(QWidget):
    """A tab. `plan` is the POI on view (None: none yet); the page sets it and calls `reload`.

    `open_tab` asks the page for another tab by its key, with what that one takes in `show_part` (an activity's id, a
    unit's name); `actions_changed` tells that `actions_of_tab` gives others than before.
    """

    key = ""
    title = ""

    next_step_changed = Signal()
    actions_changed = Signal()
    open_tab = Signal(str, object)
    open_record = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.plan: PoiPlan | None = None
        self.setAccessibleName(self.title)

    def reload(self) -> None:
        """Fetch again what the tab shows (a query on the worker)."""

    def show_part(self, part: Any) -> None:
        """Show what another tab or the search asked for."""

    def next_step(self) -> NextStep | None:
        return None

    def actions_of_tab(self) -> list[QAction]:
        """Its own actions for the top bar, most used first."""
        return []

    def table(self) -> SeenList | None:
        """The list that Ctrl+F filters and Ctrl+Shift+E exports; None where there is none."""
        return None

    def export_list(self) -> bool:
        """Ctrl+Shift+E where the list is longer than what `table` holds; False: export the table as seen."""
        return False

    def has_unsaved(self) -> bool:
        return False

    def new_record(self) -> bool:
        """Ctrl+N."""
        return False

    def save(self) -> bool:
        """Ctrl+S or Ctrl+G."""
        return False

    def preview(self) -> bool:
        """Ctrl+P."""
        return False

    def cancel(self) -> bool:
        """Esc."""
        return False
