"""Matriz de responsabilidades: which unit answers for what, how far it has come, and Anexo N° 01.

One matrix is on view; what changes in it line by line is in `editor`.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.modules.responsibilities import service
from sisfoh_desktop.modules.responsibilities.rules import (
    Gap,
    GapKind,
    Matrix,
    MatrixState,
)
from sisfoh_desktop.modules.responsibilities.view.bar import MatrixBar
from sisfoh_desktop.modules.responsibilities.view.dialogs import TOUCHES, CopyDialog, HeadingDialog
from sisfoh_desktop.modules.responsibilities.view.editor import MatrixEditor
from sisfoh_desktop.modules.responsibilities.view.evidence_orders import EvidenceOrders
from sisfoh_desktop.modules.responsibilities.view.gaps_dialog import GapsDialog
from sisfoh_desktop.modules.responsibilities.view.loading import Loaded, load_page
from sisfoh_desktop.modules.responsibilities.view.origins import MatrixOrigins
from sisfoh_desktop.modules.responsibilities.view.papers import MatrixPapers
from sisfoh_desktop.modules.responsibilities.view.rows import Key
from sisfoh_desktop.qtkit.history import HistoryDialog
from sisfoh_desktop.qtkit.messages import ask, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.saving_reason import SavingReason

EDIT = "matrix.edit"


class MatrixPage(Page):
    """The matrices of the office, one at a time."""

    title = "Matriz de responsabilidades"
    touches = frozenset({"responsibilities", "office"})
    kinds = frozenset({"responsibilities"})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.matrix: Matrix | None = None
        self.gaps: tuple[Gap, ...] = ()
        self._wanted_id = 0
        self._save_again = False
        self.bar = MatrixBar()
        self.bar.chosen.connect(self._on_matrix_chosen)
        self.bar.gaps_asked.connect(self.show_gaps)
        self.editor = MatrixEditor(desk, may_edit=may_any(desk.actor, EDIT))
        self.editor.changed.connect(self.save_matrix)
        self.evidence = EvidenceOrders(self)
        self.papers = MatrixPapers(self)
        self.origins = MatrixOrigins(self)
        self._build_actions()
        self.editor.list.set_empty_state(
            "Todavía no hay una matriz de responsabilidades.",
            "Nueva matriz" if self.editor.may_edit else "",
            self.new_action.trigger,
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
            partial(load_page, self.desk, self._wanted_id, self.today()),
            self._on_loaded,
            owner=self,
        )

    def table(self) -> RowTable:
        return self.editor.list

    def page_actions(self) -> list[QAction]:
        anexo, *papers = self.papers.actions
        start, *origins = self.origins.actions
        return [
            anexo,
            self.editor.add_duty_action,
            self.editor.add_unit_action,
            self.gaps_action,
            *papers,
            start,
            self.new_action,
            self.copy_action,
            *origins,
            self.heading_action,
            self.in_force_action,
            self.draft_action,
            self.archive_action,
            self.history_action,
        ]

    def show_record(self, kind: str, record_id: int) -> None:
        self._wanted_id = record_id
        self.reload()

    def has_unsaved(self) -> bool:
        return self.editor.panel.is_modified()

    def new_record(self) -> bool:
        return trigger_offered(self.new_action)

    def save(self) -> bool:
        may = self.editor.may_edit and self.editor.panel.duty is not None
        return may and self.editor.save_panel()

    def save_and_next(self) -> bool:
        return self.editor.may_edit and self.editor.save_and_add()

    def preview(self) -> bool:
        self.papers.show_anexo()
        return self.matrix is not None

    def cancel(self) -> bool:
        if self.editor.panel.duty is None:
            return False
        self.editor.discard()
        return True

    def next_step(self) -> NextStep | None:
        matrix = self.matrix
        if matrix is None:
            step = NextStep(
                "Prepare la matriz",
                "Escriba qué función cumple cada unidad orgánica; con ella se imprime el Anexo N°\u00a001.",
                "Crear desde la directiva",
                run=self.origins.start_action.trigger,
            )
            return step_for(self.desk.actor, EDIT, step)
        if not matrix.units:
            step = NextStep(
                "Agregue la primera unidad",
                "La matriz todavía no tiene unidades orgánicas.",
                "Nueva unidad",
                run=self.editor.add_unit_action.trigger,
            )
            return step_for(self.desk.actor, EDIT, step)
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
            run=self.papers.anexo_action.trigger,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def action(self, text: str, run: Callable[[], object]) -> QAction:
        """An order of the page for the top bar and its menu."""
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: run())
        return made

    @property
    def matrix_id(self) -> int:
        """The matrix on view, 0 while there is none."""
        return self.matrix.id if self.matrix else 0

    def show_gaps(self) -> None:
        """What is missing; the chosen gap leads to its line."""
        key = GapsDialog.ask(self.gaps, self.papers.show_gap_report, self)
        if key is not None:
            self.editor.go_to(key)

    def _build_actions(self) -> None:
        action = self.action
        self.new_action = action("&Nueva matriz…", self._on_new)
        self.copy_action = action("&Copiar esta matriz…", self._on_copy)
        self.heading_action = action("&Encabezado del anexo…", self._on_heading)
        self.in_force_action = action("Poner en &vigencia", partial(self._set_state, MatrixState.IN_FORCE))
        self.draft_action = action("&Devolver a borrador…", self._on_back_to_draft)
        self.archive_action = action("&Archivar…", self._on_archive)
        self.history_action = action("&Historial…", self._on_history)
        self.gaps_action = action("&Brechas…", self.show_gaps)
        self.gaps_action.setToolTip("Lo que falta: responsables, plazos, evidencia")
        states = (self.in_force_action, self.draft_action, self.archive_action)
        only_for(self.desk.actor, EDIT, self.new_action, self.copy_action, self.heading_action, *states)
        side = self.editor.panel.side
        only_for(self.desk.actor, EDIT, side.add_button, side.withdraw_button, side.source_button)
        sheet_action = action("Hoja de esta &unidad, con cargo…", self._on_unit_sheet)
        self.editor.list.menu_actions.append(sheet_action)

    def _on_loaded(self, loaded: Loaded) -> None:
        self.matrix, self.gaps = loaded.matrix, loaded.gaps
        self._wanted_id = loaded.matrix.id if loaded.matrix else 0
        self.bar.show_lines(loaded.lines, loaded.matrix, loaded.gaps)
        state = loaded.matrix.state if loaded.matrix else None
        free = loaded.matrix is not None and not loaded.matrix.held_by
        origins = self.origins
        on_any = (self.copy_action, self.gaps_action, self.history_action, origins.compare_action)
        for action in (*self.papers.actions, *on_any):
            action.setEnabled(state is not None)
        for action in (self.heading_action, self.in_force_action, origins.missing_action):
            action.setEnabled(free and state is MatrixState.DRAFT)
        origins.propose_action.setEnabled(state in (MatrixState.DRAFT, MatrixState.IN_FORCE))
        self.draft_action.setEnabled(free and state is MatrixState.IN_FORCE)
        self.archive_action.setEnabled(free and state in (MatrixState.DRAFT, MatrixState.IN_FORCE))
        self.editor.changed_by = loaded.changed_by
        self.editor.follow.set_officers(loaded.officers)
        self.editor.panel.side.set_evidence(loaded.evidence)
        self.editor.show_matrix(loaded.matrix, loaded.units)
        self.next_step_changed.emit()
        again, self._save_again = self._save_again, False
        if again and self.editor.panel.is_modified():
            self.editor.save_panel()

    def _on_history(self) -> None:
        if self.matrix is not None:
            told = partial(service.history, self.desk.db, self.matrix.id, self.today())
            HistoryDialog.show_for(self, self.desk.tasks, self.matrix.title, told)

    def _on_matrix_chosen(self, matrix_id: int) -> None:
        if matrix_id != self._wanted_id:
            if self.editor.panel.is_modified():
                self.editor.save_panel()
            self._wanted_id = matrix_id
            self.reload()

    def save_matrix(self, matrix: Matrix) -> None:
        """Keep the matrix on view as it is now."""
        assert self.matrix is not None
        self.run_change(
            partial(
                service.save_matrix,
                self.desk.db,
                **self.who(),
                matrix=matrix,
                expected_version=self.matrix.version,
            )
        )

    def run_change(self, change: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        """Change the base on the worker; a refusal is told and what waited for it does not happen."""
        self.desk.tasks.run_change(change, TOUCHES, on_done=done, on_error=self._on_refused, owner=self)

    def _on_refused(self, error: Exception) -> None:
        self.editor.forget_change()
        if isinstance(error, StaleRow):
            self._save_again = self.editor.panel.is_modified()
            self.reload()
            if self._save_again:  # over what somebody else saved, once it is here
                return
        show_error(self, str(error))

    def _on_new(self) -> None:
        def save(matrix: Matrix, token: str) -> int:
            return service.create_matrix(self.desk.db, **self.who(), matrix=matrix, token=token)

        dialog = HeadingDialog(self.desk, Matrix(""), save, self)
        dialog.saved.connect(self.want)
        dialog.ask()

    def _on_copy(self) -> None:
        matrix = self.matrix
        if matrix is None:
            return

        def save(title: str, token: str) -> int:
            return service.copy_matrix(
                self.desk.db, **self.who(), source_id=matrix.id, title=title, token=token
            )

        dialog = CopyDialog(self.desk, matrix.title, save, self)
        dialog.saved.connect(self.want)
        dialog.ask()

    def want(self, matrix_id: int) -> None:
        """Show this matrix when the page reloads."""
        self._wanted_id = matrix_id

    def _on_heading(self) -> None:
        if self.matrix is not None:
            HeadingDialog(self.desk, self.matrix, self.editor.save_whole, self).ask()

    def _on_back_to_draft(self) -> None:
        if self.matrix is None:
            return
        dialog = SavingReason(
            self.desk,
            "Devolver a borrador",
            "Sus unidades y funciones podrán editarse de nuevo. El motivo queda en el historial.",
            lambda reason, token: self._state_change(MatrixState.DRAFT, reason, token)(),
            primary="Devolver",
            touches=TOUCHES,
            subject=f"matrix:{self.matrix.id}",
            parent=self,
        )
        dialog.ask()

    def _on_archive(self) -> None:
        if self.matrix is not None and ask(
            self,
            "¿Archivar la matriz?",
            f"«{self.matrix.title}» quedará solo para consulta y para copiarla.",
            "Archivar",
        ):
            self._set_state(MatrixState.ARCHIVED)

    def _set_state(self, state: MatrixState) -> None:
        if self.matrix is not None:
            self.run_change(self._state_change(state))

    def _state_change(
        self, state: MatrixState, reason: str = "", token: str | None = None
    ) -> Callable[[], int]:
        assert self.matrix is not None
        return partial(
            service.set_matrix_state,
            self.desk.db,
            **self.who(),
            matrix_id=self.matrix.id,
            expected_version=self.matrix.version,
            state=state,
            reason=reason,
            token=token,
        )

    def _on_unit_sheet(self) -> None:
        row = self.editor.list.selected()
        if row is not None:
            self.papers.show_sheets(row.unit.id)

    # -- small things ----------------------------------------------------------------------------------

    def _gap_step(self, matrix: Matrix) -> NextStep | None:
        """The most pressing gap: units without duties in a draft, what is late or nobody's once in force."""
        wanted = {
            MatrixState.DRAFT: ((GapKind.NO_DUTIES, "Complete las unidades"),),
            MatrixState.IN_FORCE: (
                (GapKind.DUTY_OVERDUE, "Atienda lo vencido"),
                (GapKind.EVIDENCE_OVERDUE, "Registre la evidencia"),
                (GapKind.FILE_MISSING, "Recupere los archivos"),
                (GapKind.OWNER_GONE, "Cambie de responsable"),
                (GapKind.NO_OWNER, "Asigne responsables"),
            ),
            MatrixState.ARCHIVED: (),
        }
        for kind, title in wanted[matrix.state]:
            found = [gap for gap in self.gaps if gap.kind is kind]
            if found:
                first = found[0]
                key: Key = ("duty", first.duty_id) if first.duty_id else ("unit", first.unit_id)
                more = f" Hay {len(found) - 1} más." if len(found) > 1 else ""
                step = NextStep(
                    title, first.text + more, "Ir a la primera", run=partial(self.editor.go_to, key)
                )
                return step_for(self.desk.actor, EDIT, step)
        return None

    def who(self) -> dict[str, Any]:
        """Who changes and when, as every change is told."""
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def today(self) -> date:
        """The day by the desk's clock."""
        return self.desk.clock.now().date()
