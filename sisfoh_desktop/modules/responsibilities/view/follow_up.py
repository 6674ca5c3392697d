"""Following duties up from the list: who answers (F4), evidence (F7), state (Space), the same for those below (Ctrl+D).

Owners, dates and states leave as a whole changed matrix through the editor, evidence as a question to the page.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from sisfoh_desktop.basics.errors import RuleError, SisfohError, StaleRow
from sisfoh_desktop.modules.office.rules import OfficerLine
from sisfoh_desktop.modules.responsibilities import rules
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixState
from sisfoh_desktop.modules.responsibilities.view.bar import counted
from sisfoh_desktop.modules.responsibilities.view.dialogs import TOUCHES
from sisfoh_desktop.modules.responsibilities.view.evidence_dialogs import SourceDialog
from sisfoh_desktop.modules.responsibilities.view.owner_dialog import Owner, OwnerDialog
from sisfoh_desktop.modules.responsibilities.view.rows import MatrixRow
from sisfoh_desktop.qtkit.messages import Toast, show_error

if TYPE_CHECKING:
    from sisfoh_desktop.modules.responsibilities.view.editor import MatrixEditor


class FollowUpOrders:
    """The orders of the editor that do not touch what the annex prints."""

    def __init__(self, editor: "MatrixEditor") -> None:
        self._editor = editor
        self.officers: Sequence[OfficerLine] = ()
        self.state_action = editor.list_action("Cambiar es&tado", self.turn_state, "Space")
        self.owner_action = editor.list_action("Elegir &responsable…", self.choose_owner, "F4")
        self.down_action = editor.list_action(
            "Copiar responsable y plazo hacia &abajo", self.fill_down, "Ctrl+D"
        )
        self.evidence_action = editor.list_action("Registrar e&videncia…", self.add_evidence, "F7")
        self.source_action = editor.list_action("&Norma que la manda…", self.edit_source, "")
        panel = editor.panel
        panel.responsible.editor.addAction(self.owner_action)
        for field in panel.fields.values():
            field.editor.addAction(self.evidence_action)
        panel.side.list.view.addAction(self.evidence_action)
        panel.side.add_asked.connect(self.add_evidence)
        panel.side.source_asked.connect(self.edit_source)

    @property
    def actions(self) -> list[QAction]:
        """For the list's menu."""
        return [
            self.state_action,
            self.owner_action,
            self.down_action,
            self.evidence_action,
            self.source_action,
        ]

    def set_officers(self, officers: Sequence[OfficerLine]) -> None:
        """The officers in force today."""
        self.officers = officers
        names: dict[str, int] = {}
        for line in officers:
            names.setdefault(line.officer.full_name, line.officer.id)
        self._editor.panel.set_officers(names)

    def refresh(self, matrix: Matrix | None, row: MatrixRow | None) -> None:
        """Which orders can be given now."""
        open_ = matrix is not None and matrix.state is not MatrixState.ARCHIVED
        for action in self.actions:
            action.setEnabled(open_ and row is not None and row.duty is not None)

    # -- the orders ------------------------------------------------------------------------------------

    def turn_state(self) -> None:
        """The next state of the chosen duty."""
        row = self._row()
        if row is not None and row.duty is not None and not self._editor.panel.is_modified():
            self._change([row], lambda duty: replace(duty, state=rules.next_duty_state(duty.state)))

    def choose_owner(self) -> None:
        """Who answers for the chosen duties; from the panel's own field, for the one being typed."""
        panel = self._editor.panel
        if panel.responsible.editor.hasFocus() and panel.duty is not None:
            owner = OwnerDialog.ask(
                self.officers,
                Owner(panel.duty.officer_id, panel.duty.responsible),
                "la función",
                self._editor,
            )
            if owner is not None:
                panel.set_owner(owner)
            return
        rows = self._duty_rows()
        if not rows or not self._settled(self.choose_owner):
            return
        first = rows[0].duty
        assert first is not None
        what = rows[0].code if len(rows) == 1 else counted(len(rows), "función", "funciones")
        OwnerDialog.ask(
            self.officers,
            Owner(first.officer_id, first.responsible),
            what,
            self._editor,
            keep=partial(self._keep_owner, [row.duty.id for row in rows if row.duty is not None]),
        )

    def _keep_owner(self, duty_ids: Sequence[int], owner: Owner, dialog: OwnerDialog) -> None:
        """Store the owner of these duties; the dialog goes when the base has taken it."""
        editor = self._editor
        matrix, tasks = editor.matrix, editor.desk.tasks
        if matrix is None:
            return
        try:
            for duty_id in duty_ids:
                unit, duty = rules.duty_in(matrix, duty_id)
                given = replace(duty, responsible=owner.name, officer_id=owner.officer_id)
                matrix = rules.with_duty(matrix, unit.id, given)
            matrix = rules.clean_matrix(matrix)
        except RuleError as error:
            dialog.refuse(error)
            return

        def refused(error: SisfohError) -> None:
            dialog.refuse(error)
            if isinstance(error, StaleRow):
                tasks.tell_changed_elsewhere(TOUCHES)  # pressed again it goes over what is there now

        dialog.set_busy(True)
        tasks.run_change(
            partial(editor.save_whole, matrix, str(uuid.uuid4())),
            TOUCHES,
            on_done=lambda _version: dialog.accept(),
            on_error=refused,
            owner=dialog,
        )

    def fill_down(self) -> None:
        """Owner, due date and frequency of the first chosen duty into the others; of one alone, from the one above."""
        if not self._settled(self.fill_down):
            return
        rows = self._duty_rows()
        if len(rows) == 1:
            seen = [row for row in self._editor.list.model.facts_seen() if row.duty is not None]
            place = [row.key for row in seen].index(rows[0].key)
            rows = seen[max(0, place - 1) : place + 1]
        if len(rows) < 2 or rows[0].duty is None:
            return
        source = rows[0].duty
        self._change(
            rows[1:],
            lambda duty: replace(
                duty,
                responsible=source.responsible,
                officer_id=source.officer_id,
                due=source.due,
                frequency=source.frequency,
            ),
        )
        told = counted(len(rows) - 1, "función", "funciones")
        Toast.show_over(self._editor, f"Responsable y plazo de {rows[0].code} copiados a {told}.")

    def add_evidence(self) -> None:
        """Ask for evidence of the chosen duty; what is being typed is kept first."""
        row = self._row()
        if row is not None and row.duty is not None and self._settled(self.add_evidence):
            self._editor.evidence_asked.emit(row.code, row.duty)

    def edit_source(self) -> None:
        """The norm that asks for the chosen duty."""
        row = self._row()
        if row is None or row.duty is None or not self._settled(self.edit_source):
            return
        editor = self._editor
        if editor.matrix is not None:
            SourceDialog(editor.desk, editor.matrix, row.code, row.duty, editor.save_whole, editor).ask()

    # -- inside ----------------------------------------------------------------------------------------

    def _row(self) -> MatrixRow | None:
        row: MatrixRow | None = self._editor.list.selected()
        return row

    def _duty_rows(self) -> list[MatrixRow]:
        return [row for row in self._editor.list.selected_rows() if row.duty is not None]

    def _settled(self, again: Callable[[], object]) -> bool:
        """Whether nothing typed waits to be kept; else it is kept, and `again` follows once the base has answered."""
        return self._editor.settle_then(again)

    def _change(self, rows: Sequence[MatrixRow], changed: Callable[[Duty], Duty]) -> None:
        matrix = self._editor.matrix
        if matrix is None:
            return
        for row in rows:
            if row.duty is not None:
                matrix = rules.with_duty(matrix, row.unit.id, changed(row.duty))
        try:
            self._editor.hand_over(rules.clean_matrix(matrix))
        except RuleError as error:
            show_error(self._editor, error.sentence)
