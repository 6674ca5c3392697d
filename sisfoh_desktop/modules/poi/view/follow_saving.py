"""Saving what was typed in «Seguimiento»: all of it, in every month, in one commit."""

import uuid
from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.service import following
from sisfoh_desktop.modules.poi.view import follow_rows as rows
from sisfoh_desktop.qtkit.messages import show_error

if TYPE_CHECKING:
    from sisfoh_desktop.modules.poi.view.follow_tab import FollowTab


class FollowSaving:
    """The saving of a FollowTab. While it lasts the grid waits; refused, what was typed stays."""

    def __init__(self, tab: "FollowTab") -> None:
        self._tab = tab
        self.busy = False
        self._attempt: tuple[object, str] = ((), "")

    def save(self) -> None:
        """Deviations are asked for their motives first."""
        tab = self._tab
        ground = tab.ground
        if ground is None or self.busy or not tab.grid.commit() or not tab.has_unsaved():
            return
        if not tab.orders.ask_missing_motives():
            return
        entries = rows.changed_cells(tab.grid.model.changed_rows())
        # The same cells tried again (after an answer that was lost on the line) are the same order: stored once.
        if self._attempt[0] != entries:
            self._attempt = (entries, str(uuid.uuid4()))
        self.busy = True
        tab.grid.setEnabled(False)
        tab.draft.hold(True)
        tab.desk.tasks.run_change(
            partial(
                following.record_execution,
                tab.desk.db,
                actor=tab.desk.actor,
                now=tab.desk.clock.now(),
                plan_id=ground.plan.id,
                entries=entries,
                token=self._attempt[1],
            ),
            touches={"poi"},
            on_done=lambda _none: self._on_saved(len(entries)),
            on_error=self._on_refused,
            owner=tab,
            on_end=self._on_ended,
        )

    def _on_saved(self, count: int) -> None:
        tab = self._tab
        self._attempt = ((), "")
        tab.grid.model.mark_saved()
        tab.draft.keep()
        tab.grid.tell(
            f"Se {'guardó' if count == 1 else 'guardaron'} {counted(count, 'celda', 'celdas')}.", "ok"
        )
        tab.refresh()

    def _on_refused(self, error: SisfohError) -> None:
        show_error(self._tab, error.sentence)
        if isinstance(error, StaleRow):
            self._tab.reload()

    def _on_ended(self) -> None:
        self.busy = False
        self._tab.grid.setEnabled(True)
        self._tab.draft.hold(False)
        self._tab.grid.view.setFocus()
