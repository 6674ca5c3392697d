"""What every order of the actas' tab does: ask the worker, save what a dialog answers, show and keep PDFs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.view.actas_dialogs import OpenDialog
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.workbook_saving import save_workbook

CHANGES = frozenset({"kardex", "papers", "responsibilities"})


class PaperOrders(QObject):
    """Over the tab; `busy_changed` while the worker writes."""

    busy_changed = Signal()
    reload_asked = Signal()

    def __init__(self, desk: Desk, tab: KardexTab) -> None:
        super().__init__(tab)
        self.desk, self.tab = desk, tab
        self.busy = False

    def change(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Change on the worker; every page that listens reloads."""
        self._change(fn, done, self._on_refused)

    def who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def say(self, text: str) -> None:
        Toast.show_over(self.tab, text)

    def show_pdf(self, pdf: bytes, title: str, name: str, parent: Any = None) -> None:
        """Show a PDF; `name` is proposed when it is saved."""
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            title,
            file_name=f"{name}.pdf",
            kind="acta",
            over=parent or self.tab,
        )

    def query(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Ask on the worker."""
        self.desk.tasks.run_query(fn, done, owner=self.tab)

    def show_made(
        self,
        dialog: OpenDialog,
        make: Callable[[Progress], bytes],
        title: str,
        name: str,
        *,
        noun: str = "movimientos",
    ) -> None:
        """Show what the worker makes, with its count where it lasts; a refusal goes into the dialog, which stays."""

        def show(pdf: bytes) -> None:
            dialog.set_busy(False)
            self.show_pdf(pdf, title, name, dialog)

        def made(progress: Progress) -> bytes:
            pdf = make(progress)
            progress(0, 0)  # what was cancelled is not shown, however late
            return pdf

        ProgressDialog.run_change(
            dialog,
            self.desk.tasks,
            title,
            made,
            (),  # the base stays as it is; it only takes long
            on_done=show,
            on_error=dialog.refuse,
            noun=noun,
        )

    def save_workbook(self, dialog: OpenDialog, make: Callable[[Progress], bytes], name: str) -> None:
        """Ask where, and write there what the worker makes; a refusal goes into the dialog, which stays."""
        save_workbook(
            dialog,
            self.desk.tasks,
            "Guardar libro de Excel",
            name,
            make,
            noun="movimientos",
            toast_over=self.tab,
            on_error=dialog.refuse,
        )

    def save(self, dialog: OpenDialog, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Change as a dialog answers: it closes when it is done, and says why when it is refused."""

        def saved(result: Any) -> None:
            dialog.accept()
            done(result)

        self._change(fn, saved, dialog.refuse)

    def _change(
        self,
        fn: Callable[[], Any],
        done: Callable[[Any], object],
        refused: Callable[[SisfohError], object],
    ) -> None:
        self._set_busy(True)
        self.desk.tasks.run_change(
            fn,
            set(CHANGES),
            on_done=done,
            on_error=refused,
            owner=self.tab,
            on_end=partial(self._set_busy, False),
        )

    def _on_refused(self, error: SisfohError) -> None:
        show_error(self.tab, error.sentence)
        if isinstance(error, StaleRow):
            self.reload_asked.emit()

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit()
