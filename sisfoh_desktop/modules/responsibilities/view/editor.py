"""The list of units and duties with its panel and its keys: what changes in one matrix.

What is changed in the list goes as a whole matrix to the page (`changed`); until the base has answered
(`show_matrix`) further changes wait. What a dialog asks is kept by the dialog (`save_whole`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.ordinals import list_letter
from sisfoh_desktop.modules.office.rules import Unit
from sisfoh_desktop.modules.responsibilities import rules, service
from sisfoh_desktop.modules.responsibilities.rules import Duty, Matrix, MatrixUnit
from sisfoh_desktop.modules.responsibilities.view.bar import counted
from sisfoh_desktop.modules.responsibilities.view.dialogs import UnitDialog
from sisfoh_desktop.modules.responsibilities.view.duty_panel import DutyPanel
from sisfoh_desktop.modules.responsibilities.view.follow_up import FollowUpOrders
from sisfoh_desktop.modules.responsibilities.view.rows import (
    Key,
    MatrixRow,
    UnitBands,
    matrix_columns,
    rows_of,
)
from sisfoh_desktop.qtkit.conflict_dialog import ConflictDialog
from sisfoh_desktop.qtkit.icons import set_icon
from sisfoh_desktop.qtkit.messages import ask_destroy, show_error
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.scroll_room import roomy

Place = tuple[int, int]
"""A unit's number and a duty's place in it, from 1; 0 is the unit's own band."""


class MatrixEditor(QWidget):
    """Edits one matrix line by line. `changed` carries the matrix as it should become, `evidence_asked` the place and
    the duty to be proved."""

    changed = Signal(object)
    evidence_asked = Signal(str, object)
    row_changed = Signal()

    def __init__(self, desk: Desk, *, may_edit: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_edit = may_edit
        self.desk = desk
        self.matrix: Matrix | None = None
        self.changed_by = ""  # who changed it last in the base, with the time
        self._units: Sequence[Unit] = ()
        self._wanted: Place | None = None
        self._after: Callable[[], object] | None = None
        self._waiting = False
        self.list = RowTable(
            matrix_columns(),
            key=lambda row: row.key,
            name="Unidades y funciones",
            noun=("renglón", "renglones"),
        )
        UnitBands(self.list)
        self.list.selection_changed.connect(self._on_row_selected)
        self.list.activated.connect(lambda _row: self.edit_action.trigger())
        self.panel = DutyPanel(desk.clock, may_edit=may_edit)
        self.panel.save_asked.connect(self.save_panel)
        self.panel.discard_asked.connect(self.discard)
        self._build_actions()
        self._line = QFrame()
        self._line.setProperty("role", "line")
        layout = QVBoxLayout(roomy(self))
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._line)
        layout.addWidget(self.panel)

    def _build_actions(self) -> None:
        self.add_duty_action = self.list_action("Nueva &función", self._on_add_duty, "Ins")
        set_icon(self.add_duty_action, "plus")
        self.add_unit_action = QAction("Nueva &unidad…", self)
        self.add_unit_action.triggered.connect(lambda: self._ask_unit(MatrixUnit()))
        self.edit_action = self.list_action("&Editar", self._on_edit, "F2")
        self.up_action = self.list_action("&Subir", partial(self._on_move, -1), "Alt+Up")
        self.down_action = self.list_action("&Bajar", partial(self._on_move, 1), "Alt+Down")
        self.remove_action = self.list_action("&Quitar…", self._on_remove, "Del")
        self.unit_up_action = self.list_action("Unidad anterior", partial(self._on_jump, -1), "Ctrl+Up")
        self.unit_down_action = self.list_action("Unidad siguiente", partial(self._on_jump, 1), "Ctrl+Down")
        self.follow = FollowUpOrders(self)
        changing = (self.add_duty_action, self.edit_action, self.up_action, self.down_action)
        for action in (*changing, self.add_unit_action, self.remove_action, *self.follow.actions):
            action.setVisible(self.may_edit)  # nobody shows them later; what is hidden answers no key
        self.list.menu_actions = [
            self.edit_action,
            self.add_duty_action,
            *self.follow.actions,
            self.up_action,
            self.down_action,
            self.remove_action,
            self.unit_up_action,
            self.unit_down_action,
        ]

    def list_action(self, text: str, run: Callable[[], object], keys: str) -> QAction:
        """An order of the list: its key works while the list has the focus."""
        action = QAction(text, self)
        action.triggered.connect(lambda _checked=False: run())
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setToolTip(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.view.addAction(action)
        return action

    # -- for the page ----------------------------------------------------------------------------------

    def show_matrix(self, matrix: Matrix | None, units: Sequence[Unit]) -> None:
        """Show the matrix as the base has it now; text still being typed in its panel stays."""
        another = matrix is None or self.matrix is None or matrix.id != self.matrix.id
        keep_typed = not another and not self._waiting and self.panel.is_modified()
        self.matrix, self._units = matrix, units
        for one in (self._line, self.panel):  # without a matrix there is no function to follow
            one.setVisible(matrix is not None)
        self._waiting = True  # choosing lines below is not the person's doing and saves nothing
        rows = rows_of(matrix, self._today()) if matrix else []
        if matrix is not None:
            self.list.set_empty_state(
                "La matriz todavía no tiene unidades orgánicas.",
                "Nueva unidad" if matrix.can_rewrite and self.may_edit else "",
                self.add_unit_action.trigger,
            )
        row: MatrixRow | None = self.list.selected()
        self.list.set_rows(rows)
        self._choose(self._wanted_key(rows) or (row.key if row else None), rows)
        if not keep_typed:
            self._show_row(self.list.selected())
        elif matrix is not None:
            self._rebase_panel(matrix)
        self._waiting = False
        self._refresh_actions()
        after, self._after = self._after, None
        if after is not None:
            after()

    def forget_change(self) -> None:
        """The last change was refused: what waited for it does not happen."""
        self._waiting = False
        self._wanted = self._after = None

    def save_panel(self) -> bool:
        """Ask to keep what stands in the panel; False when it cannot be kept (it has said why)."""
        matrix, unit = self.matrix, self.panel.unit
        if self.panel.clashes and not self._decided():
            return False
        duty = self.panel.checked()
        if matrix is None or unit is None or duty is None or self._waiting:
            return False
        if duty == self.panel.duty and duty.id:
            return True
        try:
            changed = rules.clean_matrix(rules.with_duty(matrix, unit.id, duty))
            rules.check_can_save(matrix, changed)
        except RuleError as error:
            show_error(self, error.sentence)
            return False
        self.hand_over(changed, None if duty.id else (unit.number, len(unit.duties) + 1))
        return True

    def _decided(self) -> bool:
        """Whether the person chose what stays of what somebody else changed in the same fields."""
        sides = ConflictDialog.ask(self.panel.clashes, who=self.changed_by, what="la función", parent=self)
        if sides is None:
            return False
        self.panel.decide(sides)
        return True

    def save_and_add(self) -> bool:
        """Keep the panel's duty and start the next one of the same unit."""
        unit = self.panel.unit
        if unit is None or self.panel.duty is None or not self.save_panel():
            return False
        if self._waiting:
            self._after = partial(self.start_duty, unit.id)
        else:
            self.start_duty(unit.id)
        return True

    def discard(self) -> None:
        """Show again what is kept, and go back to the list."""
        self._show_row(self.list.selected())
        self.list.view.setFocus()

    def go_to(self, key: Key) -> None:
        """Choose a line and put the cursor there."""
        self._choose(key, self.list.rows())
        self.list.view.setFocus()

    def start_duty(self, unit_row_id: int) -> None:
        """Begin a new duty of this unit in the panel."""
        matrix = self.matrix
        if matrix is None or self._waiting or (self.panel.is_modified() and not self.save_panel()):
            return
        if self._waiting:
            self._after = partial(self.start_duty, unit_row_id)
            return
        self.panel.show_duty(rules.unit_in(matrix, unit_row_id), Duty(""), matrix)
        self.panel.focus_text()

    def settle_then(self, again: Callable[[], object]) -> bool:
        """Whether nothing typed waits to be kept. Otherwise it is kept, and `again` runs once the base has answered."""
        if self._waiting:
            return False
        if not self.panel.is_modified():
            return True
        if self.save_panel():
            self._after = again
        return False

    # -- the chosen line -------------------------------------------------------------------------------

    def _wanted_key(self, rows: Sequence[MatrixRow]) -> Key | None:
        place, self._wanted = self._wanted, None
        if place is None:
            return None
        letter = list_letter(place[1]) if place[1] else ""
        for row in rows:
            if row.unit.number == place[0] and (row.duty.letter if row.duty else "") == letter:
                return row.key
        return None

    def _choose(self, key: Key | None, rows: Sequence[MatrixRow]) -> None:
        """Choose this line alone (else the first duty), whichever keys are held down meanwhile."""
        keys = [row.key for row in rows]
        if key not in keys:
            key = keys[min(1, len(keys) - 1)] if keys else None
        seen = [row.key for row in self.list.model.facts_seen()]
        if key is None:
            return
        if key not in seen:
            self.list.set_filter("")
            seen = [row.key for row in self.list.model.facts_seen()]
        view = self.list.view
        index = self.list.model.index(seen.index(key), 0)
        flag = QItemSelectionModel.SelectionFlag
        view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        view.scrollTo(index)

    def _on_row_selected(self, row: MatrixRow | None) -> None:
        self._refresh_actions()
        self.row_changed.emit()
        duty = self.panel.duty
        same = duty is not None and row is not None and row.duty is not None and row.duty.id == duty.id
        if self._waiting or same:
            return
        if duty is not None and self.panel.is_modified() and not self.save_panel():
            if duty.id:
                self._choose(("duty", duty.id), self.list.rows())  # what cannot be kept stays in sight
            return
        if not self._waiting:
            self._show_row(row)

    def _rebase_panel(self, matrix: Matrix) -> None:
        """What is being typed stays; what the base changed meanwhile in the same duty is taken over."""
        known = self.panel.duty.id if self.panel.duty else 0
        for unit in matrix.units:
            for duty in unit.duties:
                if known and duty.id == known:
                    self.panel.rebase(unit, duty, matrix)

    def _show_row(self, row: MatrixRow | None) -> None:
        matrix = self.matrix
        if matrix is None or row is None:
            self.panel.show_nothing("")
        elif row.duty is not None:
            self.panel.show_duty(row.unit, row.duty, matrix)
        else:
            gaps = rules.matrix_gaps(matrix, self._today())
            self.panel.show_unit(row.unit, [gap.text for gap in gaps if gap.unit_id == row.unit.id])

    def _refresh_actions(self) -> None:
        draft = self.matrix is not None and self.matrix.can_rewrite
        row: MatrixRow | None = self.list.selected()
        self.add_unit_action.setEnabled(draft)
        for action in (self.add_duty_action, self.up_action, self.down_action, self.remove_action):
            action.setEnabled(draft and row is not None)
        self.edit_action.setEnabled(row is not None and (draft or row.duty is not None))
        self.follow.refresh(self.matrix, row)

    def _on_jump(self, step: int) -> None:
        """To the band of the unit before or after; from a duty, back to its own unit first."""
        row: MatrixRow | None = self.list.selected()
        if row is None or self.matrix is None:
            return
        number = row.unit.number + (0 if row.duty is not None and step < 0 else step)
        number = max(1, min(number, len(self.matrix.units)))
        self.go_to(("unit", self.matrix.units[number - 1].id))

    # -- changes ---------------------------------------------------------------------------------------

    def hand_over(self, matrix: Matrix, place: Place | None = None) -> None:
        """Give the changed matrix to the page; afterwards the line at `place` is chosen."""
        if not self._waiting:
            self._waiting = True
            self._wanted = place
            self.changed.emit(matrix)

    def _on_edit(self) -> None:
        row: MatrixRow | None = self.list.selected()
        if row is None:
            return
        if row.duty is None:
            self._ask_unit(row.unit)
        else:
            self.panel.focus_text()

    def _on_add_duty(self) -> None:
        row: MatrixRow | None = self.list.selected()
        if row is not None:
            self.start_duty(row.unit.id)

    def _ask_unit(self, unit: MatrixUnit) -> None:
        if self.matrix is None:
            return
        dialog = UnitDialog(self.desk, self.matrix, unit, self._units, self.save_whole, self)
        dialog.saved.connect(lambda _version: self._want_unit(dialog.choice, unit.id))
        dialog.ask()

    def _want_unit(self, matrix: Matrix, unit_row_id: int) -> None:
        """The row is chosen when the matrix is shown again; a new one stands last."""
        row = rules.unit_in(matrix, unit_row_id) if unit_row_id else matrix.units[-1]
        self._wanted = (matrix.units.index(row) + 1, 0)

    def save_whole(self, matrix: Matrix, token: str) -> int:
        """On the worker, for a dialog: keep the matrix as it is now."""
        return service.save_matrix(
            self.desk.db,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            matrix=matrix,
            expected_version=matrix.version,
            token=token,
        )

    def _on_move(self, step: int) -> None:
        """One place up or down; a duty at the edge of its unit passes to the neighbour."""
        row: MatrixRow | None = self.list.selected()
        matrix = self.matrix
        if matrix is None or row is None or self.panel.is_modified():
            return
        neighbour = row.unit.number + step
        beyond = not 1 <= neighbour <= len(matrix.units)
        if row.duty is None:
            if not beyond:
                self.hand_over(rules.with_unit(matrix, row.unit, neighbour))
            return
        place = row.unit.duties.index(row.duty) + 1 + step
        if 1 <= place <= len(row.unit.duties):
            self.hand_over(rules.with_duty(matrix, row.unit.id, row.duty, place))
        elif not beyond:
            target = matrix.units[neighbour - 1]
            end = 1 if step > 0 else len(target.duties) + 1
            self.hand_over(rules.with_duty(matrix, target.id, row.duty, end))

    def _on_remove(self) -> None:
        row: MatrixRow | None = self.list.selected()
        matrix = self.matrix
        if matrix is None or row is None:
            return
        if row.duty is not None:
            what, consequence = f"la función {row.code}", row.duty.text
            changed = rules.without_duty(matrix, row.duty.id)
            place = row.unit.duties.index(row.duty) + 1
            after = (row.unit.number, min(place, len(row.unit.duties) - 1))
        else:
            what = f"la unidad {row.code} {row.unit.name}"
            consequence = f"Se quita con {counted(len(row.unit.duties), 'función', 'funciones')}."
            changed = rules.without_unit(matrix, row.unit.id)
            after = (min(row.unit.number, len(matrix.units) - 1), 0)
        if ask_destroy(self, what, f"{consequence}\n\nLo quitado queda en el historial.", "Quitar"):
            self.hand_over(changed, after)

    def _today(self) -> date:
        return self.desk.clock.now().date()
