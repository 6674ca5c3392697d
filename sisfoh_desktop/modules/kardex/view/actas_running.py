"""What every order of the actas' tab does beside asking the worker: show and keep PDFs."""

from collections.abc import Callable
from typing import Any

from sisfoh_desktop.basics.progress import Progress
from sisfoh_desktop.modules.kardex.view.tab import KardexTab
from sisfoh_desktop.qtkit.open_dialog import OpenDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.page_orders import PageOrders
from sisfoh_desktop.qtkit.progress_dialog import ProgressDialog
from sisfoh_desktop.qtkit.workbook_saving import save_workbook


class PaperOrders(PageOrders):
    """Base of the orders over the tab."""

    touches = frozenset({"kardex", "papers", "responsibilities"})

    def __init__(self, desk: Desk, tab: KardexTab) -> None:
        super().__init__(desk, tab)
        self.tab = tab

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
