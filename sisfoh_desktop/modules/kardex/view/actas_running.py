"""What every order of the actas' tab does: ask the worker, save what a dialog answers, show and keep PDFs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.errors import SisfohError, StaleRow
from sisfoh_desktop.basics.leaving import PaperOut, write_out
from sisfoh_desktop.modules.kardex.view.actas_dialogs import OpenDialog
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk

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
        from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer

        PreviewDialog(
            pdf,
            title,
            renderer=Renderer(rendering.page_count, rendering.render_page),
            tasks=self.desk.tasks,
            file_name=f"{name.replace('/', '-')}.pdf",
            parent=parent or self.tab,
        ).open()

    def query(self, fn: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Ask on the worker."""
        self.desk.tasks.run_query(fn, done, owner=self.tab)

    def show_made(self, dialog: OpenDialog, make: Callable[[], bytes], title: str, name: str) -> None:
        """Show what the worker makes; a refusal goes into the dialog, which stays open."""

        def show(pdf: bytes) -> None:
            dialog.set_busy(False)
            self.show_pdf(pdf, title, name, dialog)

        self.desk.tasks.run_query(make, show, dialog.refuse, owner=dialog)

    def save_workbook(self, dialog: OpenDialog, make: Callable[[], bytes], name: str) -> None:
        """Ask where, and write there what the worker makes."""
        chosen, _kind = QFileDialog.getSaveFileName(
            dialog, "Guardar libro de Excel", name, "Libro de Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")

        def saved(book: PaperOut) -> None:
            self.desk.tasks.paper_left.emit(book)
            Toast.show_over(self.tab, f"Se guardó «{path.name}».")

        self.desk.tasks.run_query(
            lambda: write_out(path, make(), Path(name).stem), saved, dialog.refuse, owner=dialog
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
