"""New matrices from the directive or an earlier one, rows that are missing, links proposed, versions compared."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Difference, DutyModel, Matrix, MatrixLine, ModelUnit
from sisfoh_desktop.modules.responsibilities.service import MatrixVersion
from sisfoh_desktop.modules.responsibilities.view.compare_dialog import CompareDialog
from sisfoh_desktop.modules.responsibilities.view.dialogs import stored_matrix
from sisfoh_desktop.modules.responsibilities.view.origin_dialogs import MissingUnitsDialog, Start, StartDialog
from sisfoh_desktop.qtkit.messages import Toast, show_notice
from sisfoh_desktop.qtkit.rights_of_widgets import only_for

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.view.page import MatrixPage


class MatrixOrigins:
    """Orders that bring texts into a matrix, or compare where they came from."""

    def __init__(self, page: "MatrixPage") -> None:
        self._page = page
        self.start_action = page.action("C&rear desde la directiva o una anterior…", self.start)
        self.missing_action = page.action("Agregar unidades que fal&tan…", self.offer_missing)
        self.propose_action = page.action("&Proponer enlaces y frecuencias", self.propose)
        self.compare_action = page.action("Co&mparar versiones…", self.compare)
        changing = (self.start_action, self.missing_action, self.propose_action)
        only_for(page.desk.actor, "matrix.edit", *changing)

    @property
    def actions(self) -> list[QAction]:
        return [self.start_action, self.missing_action, self.propose_action, self.compare_action]

    def start(self) -> None:
        """A new matrix from the directive's model or an earlier matrix."""
        page, db = self._page, self._page.desk.db

        def load() -> tuple[DutyModel, list[MatrixLine]]:
            return service.load_model(), service.list_matrices(db)

        page.desk.tasks.run_query(load, lambda found: self._ask_start(*found), owner=page)

    def offer_missing(self) -> None:
        """Rows of the model whose unit the matrix lacks."""
        page, matrix = self._page, self._page.matrix
        if matrix is not None:
            page.desk.tasks.run_query(
                partial(service.list_missing_rows, page.desk.db, matrix, page.today()),
                partial(self._ask_missing, matrix),
                owner=page,
            )

    def propose(self) -> None:
        """Link and frequency from each duty's text, where it has none."""
        page, matrix = self._page, self._page.matrix
        if matrix is None:
            return
        proposed = rules.with_proposals(matrix)
        if proposed == matrix:
            Toast.show_over(page, "No hay enlaces ni frecuencias que proponer.")
        else:
            page.save_matrix(proposed)

    def compare(self) -> None:
        """With another matrix, or with what this one said before."""
        page = self._page
        if page.matrix is not None:
            page.desk.tasks.run_query(
                partial(service.list_versions, page.desk.db, page.matrix.id), self._show_versions, owner=page
            )

    def _ask_start(self, model: DutyModel, lines: list[MatrixLine]) -> None:
        page = self._page

        def create(wanted: Start, token: str) -> int:
            means = {**page.who(), "title": wanted.title, "token": token}
            if wanted.source_id:
                return service.copy_matrix(page.desk.db, **means, source_id=wanted.source_id)
            return service.create_from_model(page.desk.db, **means, roles=wanted.roles)

        dialog = StartDialog(page.desk, model, lines, create, page)
        dialog.saved.connect(page.want)
        dialog.ask()

    def _ask_missing(self, matrix: Matrix, rows: Sequence[ModelUnit]) -> None:
        page = self._page
        if not rows:
            show_notice(page, "Unidades que faltan", "La matriz tiene todas las unidades del modelo.")
            return

        def add(roles: tuple[str, ...], token: str) -> int:
            stored = stored_matrix(page.desk, matrix.id)
            return service.save_matrix(
                page.desk.db,
                **page.who(),
                matrix=service.with_missing_rows(page.desk.db, stored, roles, page.today()),
                expected_version=stored.version,
                token=token,
            )

        MissingUnitsDialog(page.desk, rows, add, page).ask()

    def _show_versions(self, versions: list[MatrixVersion]) -> None:
        page = self._page
        if not versions:
            show_notice(
                page,
                "Comparar versiones",
                "Todavía no hay otra matriz ni otra versión de esta con qué comparar.",
            )
            return
        dialog = CompareDialog(versions, self._load, page.papers.save_comparison, page)
        self._dialog = dialog
        dialog.open()

    def _load(self, version: MatrixVersion, show: Callable[[Sequence[Difference]], None]) -> None:
        page = self._page
        page.desk.tasks.run_query(
            partial(service.compare_versions, page.desk.db, page.matrix_id, version, page.today()),
            show,
            owner=page,
        )
