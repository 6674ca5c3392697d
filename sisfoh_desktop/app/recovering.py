"""After a crash or a power cut: the drafts of the person who works now are offered again, once for each opening."""

from functools import partial
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.drafts import Draft, DraftBox
from sisfoh_desktop.qtkit.draft_keeper import RecoveredDialog, use_drafts
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.record_draft import RecordDraft

if TYPE_CHECKING:
    from sisfoh_desktop.app.main_window import MainWindow


class Recovering:
    """Whose drafts the window keeps: `follow` a desk (None: nobody's)."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._told: set[tuple[str, str]] = set()

    def follow(self, desk: Desk | None) -> None:
        """Keep the drafts of this desk from now on, and offer what its last run left."""
        if desk is None:
            use_drafts(None)
            return
        base = str(desk.db.path or desk.db.label)
        owner = (base, desk.actor.user)
        box = None if _is_encrypted(desk) else DraftBox(*owner)
        use_drafts(box, desk.clock)
        if box is None or owner in self._told:
            return
        self._told.add(owner)
        desk.tasks.run_query(partial(box.list, desk.clock.now()), self._offer, owner=self._window)

    def leave(self) -> None:
        """The pages are left by a person who was asked about what is not saved: nothing of it is offered again."""
        for one in self._window.stack.findChildren(RecordDraft):
            one.leave()

    def _offer(self, found: list[Draft]) -> None:
        if found:
            from PySide6.QtCore import Qt

            dialog = RecoveredDialog(found, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()


def _is_encrypted(desk: Desk) -> bool:
    """Of an encrypted base no readable copy may lie about."""
    from sisfoh_desktop.db.cipher import is_encrypted

    return desk.db.path is not None and is_encrypted(desk.db.path)
