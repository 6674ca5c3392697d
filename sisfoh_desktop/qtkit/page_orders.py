"""What the orders of every page do: ask the worker, change, say. What is ordered is the page's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk


class PageOrders(QObject):
    """Over a page or a tab. `busy_changed` brackets each change; `reload_asked` when what is on view is outdated.

    Subclasses name in `touches` the areas that their changes change.
    """

    busy_changed = Signal()
    reload_asked = Signal()

    touches: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk, self.over = desk, over
        self.busy = False

    def who(self) -> dict[str, Any]:
        """Who acts, and when, as services take it."""
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def say(self, text: str) -> None:
        """A word that goes by itself."""
        Toast.show_over(self.over, text)

    def query(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Ask on the worker; a refusal is shown."""
        self.desk.tasks.run_query(fn, done, self.on_refused, owner=self.over)

    def change(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], object],
        refused: Callable[[SisfohError], object] | None = None,
    ) -> None:
        """Change on the worker; every page that listens reloads. A refusal is shown unless `refused` takes it."""
        self.set_busy(True)
        self.desk.tasks.run_change(
            fn,
            self.touches,
            on_done=done,
            on_error=refused or self.on_refused,
            owner=self.over,
            on_end=partial(self.set_busy, False),
        )

    def save_from(self, dialog: TaskDialog, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Change as a dialog answers: it closes when it is done, and says why when it is refused."""

        def saved(result: Any) -> None:
            dialog.accept()
            done(result)

        self.change(fn, saved, dialog.refuse)

    def on_refused(self, error: SisfohError) -> None:
        """Show a refusal; what others changed meanwhile is loaded again."""
        show_error(self.over, error.sentence)
        if isinstance(error, StaleRow):
            self.reload_asked.emit()

    def set_busy(self, busy: bool) -> None:
        """While the worker writes, nothing else is ordered."""
        self.busy = busy
        self.busy_changed.emit()
