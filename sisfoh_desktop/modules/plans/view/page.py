"""Planes de trabajo: the list of plans, and the chosen one with its tabs and its check.

What a plan looks like on screen is in `record`; here it is loaded, saved, copied and printed.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import StaleRow
from sisfoh_desktop.modules.plans import service
from sisfoh_desktop.modules.plans.rules import Plan, PlanLine, PlanState
from sisfoh_desktop.modules.plans.view.conflict import decided
from sisfoh_desktop.modules.plans.view.dialogs import TOUCHES, CopyChoice, CopyPlanDialog, NewPlanDialog
from sisfoh_desktop.modules.plans.view.loading import Loaded, load_page, plan_columns
from sisfoh_desktop.modules.plans.view.record import PlanRecord
from sisfoh_desktop.modules.plans.view.steps import RIGHT, step_in_list, step_in_record
from sisfoh_desktop.qtkit.actions import make_action
from sisfoh_desktop.qtkit.messages import Toast, ask, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep, Page
from sisfoh_desktop.qtkit.rights_of_widgets import may_any, only_for, trigger_offered
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.saving_reason import SavingReason


class PlansPage(Page):
    """The office's plans: a list, and one of them opened."""

    title = "Planes de trabajo"
    touches = frozenset({"plans", "responsibilities", "office"})
    kinds = frozenset({"plans"})
    has_example = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._open_id = 0
        self._saving = False
        self._build_actions()
        self.list = RowTable(
            plan_columns(),
            name="Planes de trabajo",
            noun=("plan", "planes"),
            empty_text="Todavía no hay planes de trabajo.",
            empty_button="Nuevo plan" if may_any(desk.actor, RIGHT) else "",
            on_empty=self.new_action.trigger,
        )
        self.list.menu_actions = [self.open_action, self.copy_action]
        self.list.activated.connect(lambda line: self.open_plan(line.id))
        self.list.selection_changed.connect(lambda _line: self._refresh())
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.pages)
        self.reload()

    @cached_property
    def record(self) -> PlanRecord:
        """The plan on view; its eight tabs are built when the first plan is opened, not with the page."""
        record = PlanRecord(self.desk.clock, may_edit=may_any(self.desk.actor, RIGHT))
        record.changed.connect(self._refresh)
        record.save_asked.connect(self.save)
        record.back_asked.connect(self.close_plan)
        self.pages.addWidget(record)
        return record

    # -- the page's answers ----------------------------------------------------------------------------

    def reload(self) -> None:
        self.desk.tasks.run_query(
            partial(load_page, self.desk.db, self._open_id, self._today()), self._on_loaded, owner=self
        )

    def table(self) -> RowTable | None:
        return self.record.table() if self._open_id else self.list

    def page_actions(self) -> list[QAction]:
        return [
            self.preview_action,
            self.copy_action,
            self.new_action,
            self.open_action,
            self.draft_action,
            self.close_action,
        ]

    def show_record(self, kind: str, record_id: int) -> None:
        if record_id == self._open_id or self._may_leave():
            self.open_plan(record_id)

    def has_unsaved(self) -> bool:
        return bool(self._open_id) and self.record.is_modified()

    def new_record(self) -> bool:
        return trigger_offered(self.new_action)

    def save(self) -> bool:
        """Keep the open plan as edited; whether there was something to keep."""
        record = self.record
        if not self._open_id or not record.is_modified() or self._saving or record.stored is None:
            return False
        plan = record.checked()
        if plan is not None:
            self._saving = True
            self._run(
                partial(
                    service.save_plan,
                    self.desk.db,
                    **self._who(),
                    plan=plan,
                    expected_version=record.stored.version,
                ),
                partial(self._on_saved, plan),
            )
        return True

    def preview(self) -> bool:
        if self.preview_action.isEnabled():
            self.preview_action.trigger()
            return True
        return False

    def cancel(self) -> bool:
        if not self._open_id:
            return False
        self.close_plan()
        return True

    def next_step(self) -> NextStep | None:
        if not self._open_id or self.record.draft is None:
            return step_in_list(self)
        return step_in_record(self, self.record.draft)

    # -- moving between list and record ----------------------------------------------------------------

    def open_plan(self, plan_id: int) -> None:
        """Show this plan."""
        self._open_id = plan_id
        self.reload()

    def close_plan(self) -> None:
        """Back to the list, after asking about what is not saved."""
        if self._may_leave():
            self._open_id = 0
            self.record.clear()
            self.pages.setCurrentIndex(0)
            self.list.setFocus()
            self._refresh()

    def _may_leave(self) -> bool:
        if not self.has_unsaved():
            return True
        leave = ask(
            self,
            "Hay cambios sin guardar",
            "El plan tiene cambios que todavía no se guardaron. Si sale ahora se pierden.",
            "Salir sin guardar",
        )
        if leave:
            self.record.discard()
        return leave

    def _on_loaded(self, loaded: Loaded) -> None:
        self.list.set_rows(loaded.lines)
        if loaded.plan is not None and loaded.plan.id == self._open_id:
            self.record.show_plan(loaded.plan, loaded.units, loaded.matrices)
            told = partial(service.history, self.desk.db, loaded.plan.id, self._today())
            self.record.history_tab.follow(self.desk.tasks, loaded.plan.id, told)
            self.pages.setCurrentIndex(1)
        elif self._open_id and loaded.plan is None:
            self._open_id = 0
            self.pages.setCurrentIndex(0)
        if self.list.selected() is None and loaded.lines:
            self.list.select(loaded.lines[0].id)
        self._refresh()

    # -- orders ----------------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        action = partial(make_action, self)

        self.preview_action = action(
            "&Vista previa", self._on_preview, icon="eye", tip="El plan como se imprimirá (Ctrl+P)"
        )
        self.copy_action = action(
            "&Copiar plan…", self._on_copy, icon="copy", tip="Un plan nuevo a partir de este"
        )
        self.new_action = action("&Nuevo plan…", self._on_new, icon="plus", tip="Ctrl+N")
        self.open_action = action("&Abrir el plan", self._on_open)
        self.draft_action = action("&Devolver a borrador…", partial(self._on_state, PlanState.DRAFT))
        self.close_action = action("C&errar el plan…", partial(self._on_state, PlanState.CLOSED))
        changing = (self.copy_action, self.new_action, self.draft_action, self.close_action)
        only_for(self.desk.actor, RIGHT, *changing)

    def _refresh(self) -> None:
        line = self.chosen()
        for action in (self.preview_action, self.copy_action, self.open_action):
            action.setEnabled(line is not None)
        self.open_action.setEnabled(line is not None and not self._open_id)
        free = line is not None and not line.held_by
        self.draft_action.setEnabled(free and line is not None and line.state is PlanState.APPROVED)
        self.close_action.setEnabled(free and line is not None and line.state is not PlanState.CLOSED)
        self.next_step_changed.emit()

    def chosen(self) -> PlanLine | None:
        """The open plan's line, or the one chosen in the list."""
        if self._open_id:
            return next((line for line in self.list.rows() if line.id == self._open_id), None)
        line: PlanLine | None = self.list.selected()
        return line

    def _run(self, change: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        self.desk.tasks.run_change(change, TOUCHES, on_done=done, on_error=self._on_refused, owner=self)

    def _on_refused(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, StaleRow) and self.has_unsaved():
            self.desk.tasks.run_query(self._read_again, self._decide, owner=self)
            return
        show_error(self, str(error))

    def _read_again(self) -> tuple[Plan, str]:
        """On the worker: the plan as somebody else saved it, and who did."""
        neighbours = self.desk.neighbours
        who = neighbours.last_to_change(f"plan:{self._open_id}") if neighbours is not None else ""
        return service.load_plan(self.desk.db, self._open_id), who

    def _decide(self, found: tuple[Plan, str]) -> None:
        theirs, who = found
        record = self.record
        if record.stored is None or record.draft is None or theirs.id != record.stored.id:
            return
        plan = decided(record.data_tab, record.stored, record.draft, theirs, who=who, parent=self)
        if plan is not None:
            record.show_decided(theirs, plan)
            if not self.save():
                Toast.show_over(self, "Quedó lo que guardó la otra persona.")

    def _on_saved(self, plan: Plan, version: int) -> None:
        self._saving = False
        if self._open_id == plan.id:
            self.record.mark_saved(plan, version)
        Toast.show_over(self, "Se guardó el plan.")

    def _on_open(self) -> None:
        line = self.chosen()
        if line is not None:
            self.open_plan(line.id)

    def _on_new(self) -> None:
        if self._may_leave():
            dialog = NewPlanDialog(self.desk, self._create, self)
            dialog.saved.connect(self._opens)
            dialog.ask()

    def _create(self, plan: Plan, token: str) -> int:
        return service.create_plan(self.desk.db, **self._who(), plan=plan, token=token)

    def _on_copy(self) -> None:
        line = self.chosen()
        if line is not None and self._may_leave():
            self.desk.tasks.run_query(
                partial(service.load_plan, self.desk.db, line.id), self._ask_copy, owner=self
            )

    def _ask_copy(self, plan: Plan) -> None:
        def copy(choice: CopyChoice, token: str) -> int:
            return service.copy_plan(
                self.desk.db,
                **self._who(),
                source_id=plan.id,
                title=choice.title,
                year=choice.year,
                keep_figures=choice.keep_figures,
                copy_matrix=choice.copy_matrix,
                token=token,
            )

        dialog = CopyPlanDialog(self.desk, plan, copy, self)
        dialog.saved.connect(self._opens)
        dialog.ask()

    def _opens(self, plan_id: int) -> None:
        self._open_id = plan_id

    def _on_state(self, state: PlanState) -> None:
        line = self.chosen()
        if line is None or not self._may_leave():
            return
        plan_id = line.id

        def change(reason: str, token: str) -> None:
            now = next((one for one in self.list.rows() if one.id == plan_id), line)
            service.set_plan_state(
                self.desk.db,
                **self._who(),
                plan_id=plan_id,
                expected_version=now.version,
                state=state,
                reason=reason,
                token=token,
            )

        draft = state is PlanState.DRAFT
        dialog = SavingReason(
            self.desk,
            "Devolver a borrador" if draft else "Cerrar el plan",
            "El plan podrá editarse de nuevo. El motivo queda en el historial."
            if draft
            else "El plan quedará solo para consulta y para copiarlo. El motivo queda en el historial.",
            change,
            primary="Devolver" if draft else "Cerrar el plan",
            touches=TOUCHES,
            subject=f"plan:{plan_id}",
            parent=self,
        )
        dialog.ask()

    def _on_preview(self) -> None:
        line = self.chosen()
        if line is None:
            return
        if self.has_unsaved():
            Toast.show_over(self, "La vista previa muestra lo guardado; guarde para ver sus cambios.")
        self.desk.tasks.run_query(
            partial(service.plan_pdf_bytes, self.desk.db, line.id, self._today()),
            partial(self._show_pdf, line),
            owner=self,
        )

    def _show_pdf(self, line: PlanLine, pdf: bytes) -> None:
        from sisfoh_desktop.documents import rendering
        from sisfoh_desktop.qtkit.preview import open_preview

        open_preview(
            rendering,
            self.desk.tasks,
            pdf,
            line.short_name or line.title,
            file_name=f"Plan de trabajo {line.year}.pdf",
            kind="plan",
            over=self,
        )

    # -- small things ----------------------------------------------------------------------------------

    def _who(self) -> dict[str, Any]:
        return {"actor": self.desk.actor, "now": self.desk.clock.now()}

    def _today(self) -> date:
        return self.desk.clock.now().date()
