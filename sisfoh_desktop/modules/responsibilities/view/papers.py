"""What the page prints or writes: Anexo N° 01, sheets for the units, the report of gaps, workbooks."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from sisfoh_desktop.basics.leaving import PaperOut, write_out
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Difference
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.view.page import MatrixPage


class MatrixPapers:
    """The papers of the matrix on view."""

    def __init__(self, page: "MatrixPage") -> None:
        self._page = page
        self.anexo_action = page.action("Ane&xo N° 01", self.show_anexo)
        self.anexo_action.setToolTip("Vista previa del anexo (Ctrl+P)")
        set_icon(self.anexo_action, "scroll-text")
        self.sheets_action = page.action("Hoja&s por unidad, con cargo…", self.show_sheets)
        self.gaps_action = page.action("&Informe de brechas…", self.show_gap_report)
        self.workbook_action = page.action("&Guardar libro de Excel…", self.save_workbook)

    @property
    def actions(self) -> list[QAction]:
        return [self.anexo_action, self.sheets_action, self.gaps_action, self.workbook_action]

    def show_anexo(self) -> None:
        """The annex as it prints today."""
        page, matrix_id = self._page, self._page.matrix_id
        self._preview(lambda: service.anexo01_pdf_bytes(page.desk.db, matrix_id, page.today()), "Anexo N° 01")

    def show_sheets(self, unit_row_id: int = 0) -> None:
        """The sheets of all units, or of one."""
        page, matrix_id = self._page, self._page.matrix_id
        self._preview(
            lambda: service.unit_sheets_pdf_bytes(page.desk.db, matrix_id, page.today(), unit_row_id),
            "Hojas por unidad",
        )

    def show_gap_report(self) -> None:
        """What is missing, to be printed."""
        page, matrix_id = self._page, self._page.matrix_id
        desk = page.desk
        self._preview(
            lambda: service.gap_report_pdf_bytes(desk.db, matrix_id, page.today(), desk.archive),
            "Informe de brechas",
        )

    def show_file(self, pdf: bytes, name: str) -> None:
        """A PDF kept as evidence."""
        self._show_pdf(pdf, name, name)

    def save_workbook(self) -> None:
        """The matrix with its follow-up."""
        page, matrix_id = self._page, self._page.matrix_id
        self._save(
            "Matriz de responsabilidades.xlsx",
            lambda: service.matrix_workbook(page.desk.db, matrix_id, page.today()),
        )

    def save_comparison(self, differences: Sequence[Difference]) -> None:
        """Two versions compared."""
        self._save("Comparación de la matriz.xlsx", lambda: service.comparison_workbook(differences))

    def _preview(self, make: Callable[[], bytes], title: str) -> None:
        page = self._page
        if page.matrix_id:
            page.desk.tasks.run_query(
                make, lambda pdf: self._show_pdf(pdf, title, f"{title.replace(' N°', '')}.pdf"), owner=page
            )

    def _show_pdf(self, pdf: bytes, title: str, file_name: str) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer

        PreviewDialog(
            pdf,
            title,
            renderer=Renderer(rendering.page_count, rendering.render_page),
            tasks=self._page.desk.tasks,
            file_name=file_name,
            parent=self._page,
        ).open()

    def _save(self, name: str, make: Callable[[], bytes]) -> None:
        page = self._page
        chosen, _kind = QFileDialog.getSaveFileName(
            page, "Guardar libro de Excel", name, "Libro de Excel (*.xlsx)"
        )
        if page.matrix_id and chosen:
            path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")

            def saved(book: PaperOut) -> None:
                page.desk.tasks.paper_left.emit(book)
                Toast.show_over(page, f"Se guardó «{path.name}».")

            page.desk.tasks.run_query(lambda: write_out(path, make(), Path(name).stem), saved, owner=page)
