"""Six steps over what somebody received: each line opens its record in the window behind, which stays free to use."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.modules.handover.rules.facts import Handover, TakenLine
from sisfoh_desktop.modules.handover.rules.walk import STEPS, lines_of_step, step_words
from sisfoh_desktop.modules.handover.service import taking
from sisfoh_desktop.modules.handover.view.rows import taken_columns
from sisfoh_desktop.modules.handover.view.showing import CHANGE
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme

DONE = "&Ya lo revisé todo"


class WalkDialog(TaskDialog):
    """`open_record` asks for a record; at the last step the receiver says that all was gone through; `put_off` when the
    receiver leaves it for another day."""

    open_record = Signal(str, int)
    put_off = Signal()

    def __init__(
        self,
        desk: Desk,
        handover: Handover,
        taken: Sequence[TakenLine],
        done_with: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        *,
        may_take: bool = True,
    ) -> None:
        super().__init__(
            f"Lo que recibió de {handover.leaver.name}",
            primary="Siguiente",
            cancel="Seguir otro día",
            parent=parent,
            wide=True,
        )
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.handover, self._taken, self._done_with = desk, handover, list(taken), done_with
        self._may_take = may_take
        self.number = 0
        self.where = QLabel()
        self.where.setProperty("role", "section")
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.told = QLabel()
        self.told.setProperty("tone", "dim")
        self.list = RowTable(
            taken_columns(),
            key=lambda one: one.line.id,
            name="Lo que recibió en este paso",
            noun=("línea", "líneas"),
            empty_text="No recibió nada de esto: pase al siguiente.",
            filterable=False,
        )
        self.list.setMinimumHeight(theme().px(200))
        self.list.activated.connect(self._open)
        self.list.selection_changed.connect(lambda _one: self._on_selected())
        self.open_button = QPushButton("A&brir lo elegido")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open_chosen)
        self.back_button = self.add_button("Atrás", self.go_back)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.where, self.advice, self.told):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_body(body)
        QShortcut(QKeySequence("F6"), self, self._to_window)
        self.show_step(0)

    def show_step(self, number: int) -> None:
        """Go to a step, from 0, and choose its first line that is still pending."""
        self.number = number
        step = STEPS[number]
        last = number == len(STEPS) - 1
        self.where.setText(f"Paso {number + 1} de {len(STEPS)}. {step.title}")
        self.advice.setText(step.advice)
        lines = lines_of_step(self._taken, step)
        self.told.setText(step_words(self._taken, step))
        self.list.set_rows(lines)
        if lines:
            self.list.select(lines[0].line.id)
        self.back_button.setEnabled(number > 0)
        words = DONE if self._may_take else "&Cerrar"
        self.primary_button.setText(words if last else "&Siguiente")
        self._on_selected()
        (self.list.view if lines else self.primary_button).setFocus()

    def go_back(self) -> None:
        """To the step before."""
        if self.number:
            self.show_step(self.number - 1)

    def submit(self) -> bool:
        if self.number < len(STEPS) - 1:
            self.show_step(self.number + 1)
            return False
        if not self._may_take:
            return True
        self.set_busy(True)
        self.desk.tasks.run_change(
            partial(
                taking.take_handover,
                self.desk.db,
                actor=self.desk.actor,
                now=self.desk.clock.now(),
                handover_id=self.handover.id,
                expected_version=self.handover.version,
            ),
            {CHANGE},
            on_done=self._on_taken,
            on_error=self.refuse,
            owner=self,
        )
        return False

    def reject(self) -> None:
        self.put_off.emit()
        super().reject()

    def sizeHint(self) -> QSize:
        wish = super().sizeHint()
        return QSize(max(wish.width(), theme().px(760)), wish.height())

    # -- inside ----------------------------------------------------------------------------------------

    def _to_window(self) -> None:
        """F6 goes to the record in the window behind; there it comes back here."""
        behind = self.parentWidget()
        if behind is not None:
            behind.window().activateWindow()

    def _on_taken(self, _result: object) -> None:
        self.accept()
        if self._done_with is not None:
            self._done_with()

    def _on_selected(self) -> None:
        chosen: TakenLine | None = self.list.selected()
        opens = chosen is not None and bool(chosen.line.kind)
        self.open_button.setEnabled(opens)
        due = chosen.line.due if chosen is not None else None
        self.open_button.setToolTip(f"Vence el {format_date(due)}" if due is not None else "")

    def _open_chosen(self) -> None:
        chosen: TakenLine | None = self.list.selected()
        if chosen is not None:
            self._open(chosen)

    def _open(self, chosen: TakenLine) -> None:
        if chosen.line.kind:
            self.open_record.emit(chosen.line.kind, chosen.line.record_id)
