"""What the page prints or writes: Anexo N° 01, sheets for the units, the report of gaps, workbooks."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import Difference
from sisfoh_desktop.qtkit.icons import set_icon

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
        db = self._page.desk.db
        self._save("Comparación de la matriz.xlsx", lambda: service.comparison_workbook(db, differences))

    def _preview(self, make: Callable[[], bytes], title: str) -> None:
        page = self._page
        if page.matrix_id:
            page.desk.tasks.run_query(
                make, lambda pdf: self._show_pdf(pdf, title, f"{title.replace(' N°', '')}.pdf"), owner=page
            )

    def _show_pdf(self, pdf: bytes, title: str, file_name: str) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self._page.desk.tasks,
            pdf,
            title,
            file_name=file_name,
            kind="responsibilities",
            over=self._page,
        )

    def _save(self, name: str, make: Callable[[], bytes]) -> None:
        from sisfoh_desktop.qtkit.workbook_saving import save_workbook

        page = self._page
        if page.matrix_id:
            save_workbook(
                page,
                page.desk.tasks,
                "Guardar libro de Excel",
                name,
                lambda _progress: make(),
                noun="funciones",
            )
