"""The orders of «Seguimiento» that open a dialog: motive, evidence, closing and reopening, punctuality."""

from typing import TYPE_CHECKING, Any

from sisfoh_desktop.modules.poi.rules.closing import ClosingCheck
from sisfoh_desktop.modules.poi.rules.facts import MonthState
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.modules.poi.view.follow_rows import Ground
from sisfoh_desktop.qtkit.grid_model import CellChange, GridRow
from sisfoh_desktop.qtkit.messages import show_error

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab


class FollowOrders:
    """What can be asked of the month and the activity that the tab has on view."""

    def __init__(self, tab: "FollowTab") -> None:
        self._tab = tab

    def ask_motive(self, row: GridRow | None = None, part: str = "") -> bool:
        """F7: why figures depart from their programme; one step of undo. False when the person left.

        Of a block of several rows those that owe a motive get the same one. Of one row it is that row, or the one just
        typed, where Enter has gone on to the next.
        """
        tab, grid = self._tab, self._tab.grid
        if tab.ground is None or not grid.commit():
            return False
        if grid.model.read_only:
            grid.tell(grid.model.read_only, "warn")
            return False
        chosen = [row] if row is not None else self._rows_meant(tab.ground)
        return bool(chosen) and self._ask_for(tab.ground, chosen, part)

    def _rows_meant(self, ground: Ground) -> list[GridRow]:
        tab, chosen = self._tab, self._tab.grid.selected_rows()
        if len(chosen) > 1:
            owing = [row for row in chosen if ground.owes_motive(row, tab.month)]
            if not owing:
                tab.grid.tell("Ninguna de las filas elegidas debe un motivo.", "warn")
            return owing
        told = tab.told
        if chosen and told is not None and not ground.owes_motive(chosen[0], tab.month):
            is_there = told.number >= 0 and ground.owes_motive(told, tab.month)
            if is_there and not ground.motive_words(chosen[0], tab.month):
                tab.go_to(told)
                return [told]
        return chosen

    def _ask_for(self, ground: Ground, chosen: list[GridRow], part: str = "") -> bool:
        from sisfoh_desktop.modules.poi.view.follow_dialogs import MotiveDialog

        tab = self._tab
        told = MotiveDialog(
            chosen[0].fact.activity,
            rows.cell_of(chosen[0], tab.month),
            ground.motives,
            year=ground.plan.year,
            part=part,
            others=[row.fact.activity for row in chosen[1:]],
            parent=tab.window(),
        ).ask()
        if told is None:
            return False
        places = {rows.slot(tab.month, name): value for name, value in told.items()}
        changes = [
            CellChange(row, place, value)
            for row in chosen
            for place, value in places.items()
            if value != row.values[place]
        ]
        tab.grid.model.apply(changes, "anotar el motivo" if len(chosen) == 1 else "anotar los motivos")
        return True

    def ask_missing_motives(self) -> bool:
        """Before saving: offer to write the motives of what was typed; False: the person does not save now."""
        from sisfoh_desktop.modules.poi.view.follow_dialogs import MissingMotivesDialog

        tab, ground = self._tab, self._tab.ground
        assert ground is not None
        owing = [
            row
            for row in tab.grid.model.changed_rows()
            if rows.is_typed(row, tab.month) and ground.owes_motive(row, tab.month)
        ]
        if not owing:
            return True
        answer = MissingMotivesDialog(len(owing), parent=tab.window()).ask()
        if answer == MissingMotivesDialog.SAME:
            return self._ask_for(ground, owing)
        if answer != MissingMotivesDialog.WRITE:
            return answer == MissingMotivesDialog.WITHOUT
        for number, row in enumerate(owing, start=1):
            tab.go_to(row)
            if not self.ask_motive(row, f" {number} de {len(owing)}" if len(owing) > 1 else ""):
                return False
        return True

    def show_evidence(self) -> None:
        """What proves the chosen activity's month."""
        from sisfoh_desktop.modules.poi.view.follow_evidence import EvidenceDialog

        tab, ground = self._tab, self._tab.ground
        chosen = tab.grid.current_row()
        if chosen is not None and ground is not None:
            closed = ground.month(tab.month).closed
            dialog = EvidenceDialog(
                tab.desk,
                ground.plan,
                chosen.fact.activity,
                tab.month,
                locked=rows.month_locked(ground, tab.month) if closed else "",
                parent=tab.window(),
            )
            dialog.exec()
            dialog.deleteLater()

    def close_or_reopen(self) -> None:
        """Close the months up to the one on view, or open it again."""
        tab, ground = self._tab, self._tab.ground
        if ground is None or not tab.grid.commit():
            return
        if tab.has_unsaved():
            show_error(
                tab, "Hay celdas sin guardar; guárdelas o descártelas antes de cerrar o reabrir un mes."
            )
            return
        if ground.month(tab.month).closed:
            from sisfoh_desktop.modules.poi.view.follow_dialogs import ReopenDialog

            ReopenDialog(tab.desk, ground.plan, tab.month, parent=tab.window()).ask()
            return
        db, plan_id = tab.desk.db, ground.plan.id
        months = [one for one in ground.followed.months if one.month <= tab.month and not one.closed]
        tab.desk.tasks.run_query(
            lambda: [following.check_closing(db, plan_id=plan_id, month=one.month) for one in months],
            lambda checks: self._ask_closing(ground, months, checks),
            owner=tab,
        )

    def _ask_closing(self, ground: Ground, months: list[MonthState], checks: list[ClosingCheck]) -> None:
        from sisfoh_desktop.modules.poi.view.follow_dialogs import CloseDialog

        CloseDialog(self._tab.desk, ground.plan, months, checks, parent=self._tab.window()).ask()

    def show_punctuality(self) -> None:
        """Who reports on time."""
        from sisfoh_desktop.modules.poi.view.follow_punctuality import PunctualityDialog

        self._look(PunctualityDialog)

    def show_events(self) -> None:
        """How months were closed and opened."""
        from sisfoh_desktop.modules.poi.view.follow_punctuality import EventsDialog

        self._look(EventsDialog)

    def _look(self, dialog_class: Any) -> None:
        if self._tab.ground is not None:
            dialog = dialog_class(self._tab.desk, self._tab.ground.plan, parent=self._tab.window())
            dialog.exec()
            dialog.deleteLater()
