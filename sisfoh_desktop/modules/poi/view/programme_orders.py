"""The orders of «Programación» on activities of a draft: add one, change its data, take some out."""

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.facts import Activity
from sisfoh_desktop.modules.poi.rules.programme import short_name
from sisfoh_desktop.modules.poi.view.programme_dialog import ActivityDialog
from sisfoh_desktop.modules.poi.view.programme_measure import MeasureDialog
from sisfoh_desktop.modules.poi.view.programme_rows import GOAL_COLUMN, activity_of, values_of
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.messages import ask_destroy

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.programme_tab import ProgrammeTab


class ProgrammeOrders:
    """What can be asked of the activities that a ProgrammeTab has on view; nothing is saved yet: the grid is."""

    def __init__(self, tab: "ProgrammeTab") -> None:
        self._tab = tab
        self._measures: list[str] = []
        self._new_keys = count(1)

    def offer_measures(self, names: Sequence[str]) -> None:
        """The units of measure that the dialog of an activity offers."""
        self._measures = list(names)

    def add_activity(self) -> bool:
        """A new activity at the end, its data by the dialog; its months are written in the grid."""
        tab, grid = self._tab, self._tab.grid
        if not tab.add_action.isEnabled() or not grid.commit():
            return False
        made = self._ask_activity(None)
        if made is not None:
            row = GridRow(("nueva", next(self._new_keys)), made, values_of(made), new=True)
            grid.model.insert_row(row, f"agregar «{short_name(made)}»")
            grid.select(row.key, GOAL_COLUMN)
            grid.setFocus()
        return True

    def edit_activity(self) -> None:
        """All fields of the activity that has the cursor."""
        tab, grid = self._tab, self._tab.grid
        row = grid.current_row()
        if row is None or not tab.edit_action.isEnabled() or not grid.commit():
            return
        before = activity_of(row)
        after = self._ask_activity(before)
        if after is not None and after != before:
            grid.model.change_fact(
                row, after, f"cambiar los datos de «{short_name(after)}»", values_of(after)
            )

    def remove_activities(self) -> None:
        """Take the chosen activities out of the draft; undo brings them back until it is saved."""
        tab, grid = self._tab, self._tab.grid
        rows = grid.selected_rows()
        if not rows or not tab.remove_action.isEnabled() or not grid.commit():
            return
        one = f"la actividad «{short_name(rows[0].fact)}»"
        what = one if len(rows) == 1 else f"{len(rows)} actividades"
        if ask_destroy(
            tab,
            what,
            "Sale de este borrador cuando lo guarde; las versiones aprobadas la conservan. Hasta entonces Ctrl+Z "
            "la trae de vuelta."
            if len(rows) == 1
            else "Salen de este borrador cuando lo guarde; las versiones aprobadas las conservan. Hasta entonces "
            "Ctrl+Z las trae de vuelta.",
            "Quitar",
        ):
            grid.model.remove_rows(rows, f"quitar {counted(len(rows), 'actividad', 'actividades')}")

    # -- inside ----------------------------------------------------------------------------------------

    def _ask_activity(self, activity: Activity | None) -> Activity | None:
        return ActivityDialog.ask(
            self._tab.desk,
            activity,
            others=[row.fact for row in self._tab.grid.model.rows()],
            measures=self._measures,
            add_measure=self._ask_measure,
            parent=self._tab,
        )

    def _ask_measure(self, parent: QWidget) -> str:
        added = MeasureDialog(self._tab.desk, parent).ask()
        if added is None:
            return ""
        self._measures.append(added.name)
        return str(added.name)
