"""Matriz de responsabilidades: which unit answers for what, how far it has come, and Anexo N° 01.

One matrix is on view; what changes in it line by line is in `editor`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.modules.office import service as office
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Matrix, MatrixLine, MatrixState
from sisfoh_desktop.modules.responsibilities.view.bar import MatrixBar
from sisfoh_desktop.modules.responsibilities.view.dialogs import (
    CopyDialog,
    HeadingDialog,
    ReasonDialog,
)
from sisfoh_desktop.modules.responsibilities.view.editor import MatrixEditor
from sisfoh_desktop.modules.responsibilities.view.rows import Key
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import Toast, ask, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page, RecordHit
from sisfoh_desktop.qtkit.row_table import RowTable

_TOUCHES = {"responsibilities"}


@dataclass(frozen=True)
class _Loaded:
    """What one visit to the base brings: the list, the chosen matrix, the office's units of today."""

    lines: list[MatrixLine]
    matrix: Matrix | None
    units: list[Unit]


def _load(db: Any, wanted: int, today: date) -> _Loaded:
    lines = service.list_matrices(db)
    ids = [line.id for line in lines]
    chosen = wanted if wanted in ids else (ids[0] if ids else 0)
    matrix = service.load_matrix(db, chosen, today) if chosen else None
    return _Loaded(lines, matrix, office.list_units(db, today))


class MatrixPage(Page):
    """The matrices of the office, one at a time."""

    title = "Matriz de responsabilidades"
    touches = frozenset({"responsibilities", "office"})
    kinds = frozenset({"responsibilities"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._matrix: Matrix | None = None
        self._wanted_id = 0
        self.bar = MatrixBar()
        self.bar.chosen.connect(self._on_matrix_chosen)
        self.editor = MatrixEditor(desk.clock)
        self.editor.changed.connect(self._save)
        self._build_actions()
        self.editor.list.set_empty_state(
            "Todavía no hay una matriz de responsabilidades.", "Nueva matriz", self.new_action.trigger
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.editor, 1)
        self.reload()

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, self._wanted_id, self._today()), self._on_loaded, owner=self
        )

    def table(self) -> RowTable:
        return self.editor.list

    def page_actions(self) -> list[QAction]:
        return [
            self.anexo_action,
            self.editor.add_duty_action,
            self.editor.add_unit_action,
            self.new_action,
            self.copy_action,
            self.heading_action,
            self.in_force_action,
            self.draft_action,
            self.archive_action,
            self.workbook_action,
        ]

    def show_record(self, kind: str, record_id: int) -> None:
        self._wanted_id = record_id
        self.reload()

    @classmethod
    def find_records(cls, desk: Desk, text: str) -> list[RecordHit]:
        needle = text.casefold()
        return [
            RecordHit("responsibilities", line.id, line.title, f"Matriz {line.state.label.lower()}")
            for line in service.list_matrices(desk.db)
            if needle in line.title.casefold()
        ]

    def has_unsaved(self) -> bool:
        return self.editor.panel.is_modified()

    def new_record(self) -> bool:
        self.new_action.trigger()
        return True

    def save(self) -> bool:
        return self.editor.panel.duty is not None and self.editor.save_panel()

    def save_and_next(self) -> bool:
        return self.editor.save_and_add()

    def preview(self) -> bool:
        self.anexo_action.trigger()
        return self._matrix is not None

    def cancel(self) -> bool:
        if self.editor.panel.duty is None:
            return False
        self.editor.discard()
        return True

    def next_step(self) -> NextStep | None:
        matrix = self._matrix
        if matrix is None:
            return NextStep(
                "Prepare la matriz",
                "Escriba qué función cumple cada unidad orgánica; con ella se imprime el Anexo N° 01.",
                "Nueva matriz",
                run=self.new_action.trigger,
            )
        if not matrix.units:
            return NextStep(
                "Agregue la primera unidad",
                "La matriz todavía no tiene unidades orgánicas.",
                "Nueva unidad",
                run=self.editor.add_unit_action.trigger,
            )
        gap = self._gap_step(matrix)
        if gap is not None:
            return gap
        if matrix.held_by:
            return NextStep(
                f"Congelada en la {matrix.held_by}",
                "Sus textos no se cambian hasta que firme el autor; para corregirlos, anule la versión congelada.",
                "Ir a Resoluciones",
                run=partial(self.open_record.emit, "resoluciones", 0),
            )
        return NextStep(
            "Revise el Anexo N° 01",
            f"{matrix.duty_count} funciones de {len(matrix.units)} unidades, tal como se imprimirán.",
            "Ver el Anexo N° 01",
            run=self.anexo_action.trigger,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        def action(text: str, run: Callable[[], object]) -> QAction:
            made = QAction(text, self)
            made.triggered.connect(lambda _checked=False: run())
            return made

        self.anexo_action = action("Ane&xo N° 01", self._show_anexo)
        self.anexo_action.setToolTip("Vista previa del anexo (Ctrl+P)")
        set_icon(self.anexo_action, "scroll-text")
        self.new_action = action("&Nueva matriz…", self._on_new)
        self.copy_action = action("&Copiar esta matriz…", self._on_copy)
        self.heading_action = action("&Encabezado del anexo…", self._on_heading)
        self.in_force_action = action("Poner en &vigencia", partial(self._set_state, MatrixState.IN_FORCE))
        self.draft_action = action("&Devolver a borrador…", self._on_back_to_draft)
        self.archive_action = action("&Archivar…", self._on_archive)
        self.workbook_action = action("&Guardar libro de Excel…", self._on_workbook)

    def _on_loaded(self, loaded: _Loaded) -> None:
        self._matrix = loaded.matrix
        self._wanted_id = loaded.matrix.id if loaded.matrix else 0
        self.bar.show_lines(loaded.lines, loaded.matrix)
        state = loaded.matrix.state if loaded.matrix else None
        free = loaded.matrix is not None and not loaded.matrix.held_by
        for action in (self.anexo_action, self.copy_action, self.workbook_action):
            action.setEnabled(state is not None)
        for action in (self.heading_action, self.in_force_action):
            action.setEnabled(free and state is MatrixState.DRAFT)
        self.draft_action.setEnabled(free and state is MatrixState.IN_FORCE)
        self.archive_action.setEnabled(free and state in (MatrixState.DRAFT, MatrixState.IN_FORCE))
        self.editor.show_matrix(loaded.matrix, loaded.units)
        self.next_step_changed.emit()

    def _on_matrix_chosen(self, matrix_id: int) -> None:
        if matrix_id != self._wanted_id:
            if self.editor.panel.is_modified():
                self.editor.save_panel()
            self._wanted_id = matrix_id
            self.reload()

    def _save(self, matrix: Matrix) -> None:
        assert self._matrix is not None
        self._run(
            partial(
                service.save_matrix,
                self.desk.db,
                **self._who(),
                matrix=matrix,
                expected_version=self._matrix.version,
            )
        )

    def _run(self, change: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        self.desk.tasks.run_change(change, _TOUCHES, on_done=done, on_error=self._on_refused, owner=self)

    def _on_refused(self, error: Exception) -> None:
        self.editor.forget_change()
        show_error(self, str(error))

    def _on_new(self) -> None:
        answer = HeadingDialog.ask(Matrix(""), self)
        if answer is not None:
            self._run(
                partial(
                    service.create_matrix,
                    self.desk.db,
                    **self._who(),
                    matrix=Matrix(answer.title, answer.heading, answer.intro),
                ),
                self._want,
            )

    def _on_copy(self) -> None:
        if self._matrix is None:
            return
        title = CopyDialog.ask(self._matrix.title, self)
        if title is not None:
            self._run(
                partial(
                    service.copy_matrix, self.desk.db, **self._who(), source_id=self._matrix.id, title=title
                ),
                self._want,
            )

    def _want(self, matrix_id: int) -> None:
        self._wanted_id = matrix_id

    def _on_heading(self) -> None:
        if self._matrix is None:
            return
        answer = HeadingDialog.ask(self._matrix, self)
        if answer is not None:
            self._save(replace(self._matrix, title=answer.title, heading=answer.heading, intro=answer.intro))

    def _on_back_to_draft(self) -> None:
        reason = ReasonDialog.ask(self)
        if reason is not None:
            self._set_state(MatrixState.DRAFT, reason)

    def _on_archive(self) -> None:
        if self._matrix is not None and ask(
            self,
            "¿Archivar la matriz?",
            f"«{self._matrix.title}» quedará solo para consulta y para copiarla.",
            "Archivar",
        ):
            self._set_state(MatrixState.ARCHIVED)

    def _set_state(self, state: MatrixState, reason: str = "") -> None:
        if self._matrix is None:
            return
        self._run(
            partial(
                service.set_matrix_state,
                self.desk.db,
                **self._who(),
                matrix_id=self._matrix.id,
                expected_version=self._matrix.version,
                state=state,
                reason=reason,
            )
        )

    def _show_anexo(self) -> None:
        if self._matrix is None:
            return
        self.desk.tasks.run_query(
            partial(service.anexo01_pdf_bytes, self.desk.db, self._matrix.id, self._today()),
            self._show_pdf,
            owner=self,
        )

    def _show_pdf(self, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import PreviewDialog, Renderer

        PreviewDialog(
            pdf,
            "Anexo N° 01",
            renderer=Renderer(rendering.page_count, rendering.render_page),
            tasks=self.desk.tasks,
            file_name="Anexo 01.pdf",
            parent=self,
        ).open()

    def _on_workbook(self) -> None:
        if self._matrix is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Guardar libro de Excel", "Matriz de responsabilidades.xlsx", "Libro de Excel (*.xlsx)"
        )
        if chosen:
            path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".xlsx")
            db, matrix_id, today = self.desk.db, self._matrix.id, self._today()
            self.desk.tasks.run_query(
                lambda: atomic_write(path, service.matrix_workbook(db, matrix_id, today)),
                lambda _none: Toast.show_over(self, f"Se guardó «{path.name}»."),
                owner=self,
            )

    # -- small things ----------------------------------------------------------------------------------

    def _gap_step(self, matrix: Matrix) -> NextStep | None:
        """The most pressing gap: units without duties in a draft, what is late or nobody's once in force."""
        wanted = {
            MatrixState.DRAFT: (("unit_without_duties", "Complete las unidades"),),
            MatrixState.IN_FORCE: (
                ("duty_overdue", "Atienda lo vencido"),
                ("duty_without_responsible", "Asigne responsables"),
            ),
            MatrixState.ARCHIVED: (),
        }
        gaps = rules.matrix_gaps(matrix, self._today())
        for code, title in wanted[matrix.state]:
            found = [gap for gap in gaps if gap.code == code]
            if found:
                first = found[0]
                key: Key = ("duty", first.duty_id) if first.duty_id else ("unit", first.unit_id)
                more = f" Hay {len(found) - 1} más." if len(found) > 1 else ""
                return NextStep(
                    title, first.text + more, "Ir a la primera", run=partial(self.editor.go_to, key)
                )
        return None

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def _today(self) -> date:
        return self.desk.clock.now().date()
