"""Importación: the files that were brought in, and their rows that wait for a person, with the readings they allow."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.import_plan import ImportLine, QuarantineLine
from sisfoh_desktop.modules.poi.rules.importing import Reading
from sisfoh_desktop.modules.poi.service import importing, quarantine
from sisfoh_desktop.modules.poi.view.import_rows import (
    QUARANTINE_COLUMNS,
    SheetNames,
    numbers_words,
    result_words,
)
from sisfoh_desktop.modules.poi.view.quarantine_detail import LineDetail
from sisfoh_desktop.modules.poi.view.quarantine_dialogs import DiscardDialog, ManyDialog
from sisfoh_desktop.modules.poi.view.quarantine_hand import HandDialog
from sisfoh_desktop.modules.poi.view.tab import PLAN, PoiTab
from sisfoh_desktop.qtkit.messages import Toast, show_error
from sisfoh_desktop.qtkit.page import Desk, NextStep
from sisfoh_desktop.qtkit.rights_of_widgets import only_for, step_for, trigger_offered
from sisfoh_desktop.qtkit.row_table import RowTable
from sisfoh_desktop.qtkit.theme import theme

_MOST_FILES = 3
_LOW = 560  # px at 100 %: below this height each part gets its least
_LEAST_LIST = 142  # px at 100 %: head, filter, two rows and the count


@dataclass(frozen=True)
class _Loaded:
    plan_id: int
    imports: list[ImportLine]
    lines: list[QuarantineLine]


def _load(db: Any, plan_id: int, pending_only: bool) -> _Loaded:
    if not plan_id:
        return _Loaded(0, [], [])
    return _Loaded(
        plan_id,
        importing.list_imports(db, plan_id),
        quarantine.list_quarantine(db, plan_id, pending_only=pending_only),
    )


class QuarantineTab(PoiTab):
    """The rows that wait above; below, the chosen one as in its file with its readings."""

    key = "quarantine"
    title = "Importación"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = 0
        self._several_files = False
        self._imported = False
        self.sheets = SheetNames()
        self.files = QLabel()
        self.files.setTextFormat(Qt.TextFormat.PlainText)
        self.files.setWordWrap(True)
        self.files.setProperty("role", "caption")
        self.files.setAccessibleName("Archivos importados")
        self.settled = QCheckBox("&Mostrar también las resueltas")
        self.settled.toggled.connect(lambda _on: self.reload())
        self.list = RowTable(
            self.sheets.columns(QUARANTINE_COLUMNS),
            name="Filas en cuarentena",
            noun=("fila", "filas"),
            whole_rows=True,
        )
        self.list.selection_changed.connect(lambda _line: self._show_chosen())
        self.list.activated.connect(lambda _line: self._enter_detail())
        self.detail = LineDetail()
        self.detail.settle_asked.connect(self.settle)
        self.detail.hand_asked.connect(self.read_by_hand)
        self.detail.discard_asked.connect(self.discard)
        self.detail.left.connect(self.list.view.setFocus)
        self.import_action = QAction("Imp&ortar…", self)
        self.import_action.setToolTip("Traer el POI de una hoja de cálculo o un texto (Ctrl+N)")
        self.import_action.triggered.connect(lambda: self.bring_file())
        self.many_action = QAction("&Resolver con una sola lectura…", self)
        self.many_action.triggered.connect(lambda: self.settle_many())
        deciding = (self.detail.reason, self.detail.settle_button, self.detail.hand_button)
        only_for(
            desk.actor, PLAN, self.import_action, self.many_action, *deciding, self.detail.discard_button
        )
        self._build_layout()
        self._show(_Loaded(0, [], []))

    # -- the tab's answers -----------------------------------------------------------------------------

    def reload(self) -> None:
        plan_id = self.plan.id if self.plan is not None else 0
        self.desk.tasks.run_query(
            partial(_load, self.desk.db, plan_id, not self.settled.isChecked()), self._on_loaded, owner=self
        )

    def show_part(self, part: Any) -> None:
        """Choose the row in quarantine with this id."""
        if isinstance(part, int) and not self.list.select(part):
            self._wanted = part

    def next_step(self) -> NextStep | None:
        waiting = self._waiting()
        if not waiting:
            return self._step_onwards() if self._imported else None
        single = self._single()
        if len(single) > 1:
            step = NextStep(
                f"Resuelva {counted(len(single), 'fila', 'filas')} de una vez",
                "Admiten una sola lectura que hace cuadrar sus sumas. Se listan para que usted las confirme; las "
                f"otras {len(waiting) - len(single)} se miran una por una."
                if len(waiting) > len(single)
                else "Admiten una sola lectura que hace cuadrar sus sumas. Se listan para que usted las confirme.",
                f"Resolver las {len(single)}",
                run=self.settle_many,
            )
            return step_for(self.desk.actor, PLAN, step)
        step = NextStep(
            f"{counted(len(waiting), 'fila espera', 'filas esperan')} su lectura",
            "Elija la lectura correcta con Intro, o léala a mano con el documento a la vista.",
            "Leer la primera",
            run=self._enter_first,
        )
        return step_for(self.desk.actor, PLAN, step)

    def _step_onwards(self) -> NextStep:
        return NextStep(
            "Mire cómo va el trimestre",
            "Ninguna fila importada espera: las excepciones se ven en «Trimestre».",
            "Ir a Trimestre",
            run=partial(self.open_tab.emit, "quarter", None),
        )

    def actions_of_tab(self) -> list[QAction]:
        return [self.import_action, self.many_action]

    def table(self) -> RowTable:
        return self.list

    def new_record(self) -> bool:
        """Ctrl+N: bring in a file."""
        return trigger_offered(self.import_action)

    def bring_file(self) -> None:
        """Ask for a file and bring in its rows."""
        from sisfoh_desktop.modules.poi.view.import_dialog import ImportDialog

        result = ImportDialog.ask(self.desk, self.plan.year if self.plan is not None else 0, self)
        if result is not None:
            if self.plan is None or result.plan_id != self.plan.id:
                self.open_record.emit("poi.quarantine", result.plan_id)  # the file was of another year
            Toast.show_over(self, result_words(result))

    def cancel(self) -> bool:
        if self.detail.isAncestorOf(self.focusWidget() or self):
            self.list.view.setFocus()
            return True
        return False

    # -- orders ----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Store the chosen row by the reading under the cursor, and go on to the next one."""
        line, reading = self.detail.line, self.detail.readings.reading()
        if not self.desk.actor.may(PLAN):
            return  # Enter on a reading, which everybody may look at
        if line is None or not line.pending or reading is None or not self.detail.settle_button.isEnabled():
            return
        self.detail.settle_button.setEnabled(False)
        self._keep_place(line)
        self.desk.tasks.run_change(
            partial(self._settle, line, reading, self.detail.reason.text()),
            {"poi"},
            on_done=lambda _id: Toast.show_over(self, f"La fila {line.row.row} quedó registrada."),
            on_error=self._on_refused,
            owner=self,
        )

    def _settle(self, line: QuarantineLine, reading: Reading, reason: str) -> int:
        """On the worker."""
        return quarantine.settle(
            self.desk.db,
            actor=self.desk.actor,
            now=self.desk.clock.now(),
            line_id=line.id,
            reading=reading,
            expected_version=line.version,
            reason=reason,
        )

    def settle_many(self) -> None:
        """Ask once for all rows that allow one reading only."""
        lines = self._single()
        if not lines:
            return
        dialog = ManyDialog(self.desk, lines, self)
        dialog.exec()
        if dialog.settled:
            done = counted(dialog.settled, "fila quedó registrada", "filas quedaron registradas")
            Toast.show_over(self, f"{done}.")
        dialog.deleteLater()

    def read_by_hand(self) -> None:
        """Type the figures of the chosen row, starting from the reading under the cursor."""
        line = self.detail.line
        if line is not None and line.pending:
            self._keep_place(line)
            dialog = HandDialog(self.desk, line, self.detail.readings.reading(), self)
            dialog.exec()
            dialog.deleteLater()

    def discard(self) -> None:
        """Ask for a reason and take the chosen row out."""
        line = self.detail.line
        if line is not None and line.pending:
            self._keep_place(line)
            dialog = DiscardDialog(self.desk, line, self)
            dialog.exec()
            dialog.deleteLater()

    # -- inside ----------------------------------------------------------------------------------------

    def _waiting(self) -> list[QuarantineLine]:
        return [line for line in self.list.rows() if line.pending]

    def _single(self) -> list[QuarantineLine]:
        return [line for line in self._waiting() if line.only_reading is not None]

    def _on_refused(self, error: SisfohError) -> None:
        self._wanted = 0
        self.detail.settle_button.setEnabled(True)
        show_error(self, error.sentence)
        self.reload()

    def _keep_place(self, line: QuarantineLine) -> None:
        """Remember the row after this one as seen, to go on there when this one is gone."""
        seen: list[QuarantineLine] = self.list.model.facts_seen()
        at = next((number for number, one in enumerate(seen) if one.id == line.id), 0)
        later = [one for one in (*seen[at + 1 :], *seen[:at]) if one.pending]
        self._wanted = later[0].id if later else 0

    def _on_loaded(self, loaded: _Loaded) -> None:
        if loaded.plan_id == (self.plan.id if self.plan is not None else 0):
            self._show(loaded)

    def _show(self, loaded: _Loaded) -> None:
        inside = self.detail.isAncestorOf(self.focusWidget() or self)
        self.sheets.look(loaded.lines)
        self.files.setText(_files_words(loaded.imports))
        self._say_empty(loaded)
        self._several_files = len(loaded.imports) > 1
        self._imported = bool(loaded.imports)
        self.list.set_rows(loaded.lines)
        if not (self._wanted and self.list.select(self._wanted)) and self.list.selected() is None:
            self._select_first()
        self._wanted = 0
        self._show_chosen()
        if inside:  # the detail goes with the last row: the cursor stays in the tab
            self.detail.enter() if self.detail.line is not None else self.list.view.setFocus()
        single = len(self._single())
        self.many_action.setEnabled(single > 0)
        how_many = f"las {single} " if single > 1 else ""
        self.many_action.setText(f"&Resolver {how_many}con una sola lectura…")
        self.settled.setVisible(bool(loaded.imports))
        self.actions_changed.emit()
        self.next_step_changed.emit()

    def _say_empty(self, loaded: _Loaded) -> None:
        if loaded.imports:
            self.list.set_empty_state("Ninguna fila espera: todo lo importado está resuelto.")
        else:
            self.list.set_empty_state(
                "Traiga aquí el POI de la hoja de cálculo o el texto en que la oficina lo lleva.",
                "Importar un archivo…" if self.import_action.isVisible() else "",
                self.new_record,
            )

    def _select_first(self) -> None:
        if self.list.model.rowCount():
            self.list.view.select_row(0)

    def _show_chosen(self) -> None:
        line = self.list.selected()
        self.detail.show_line(
            line if isinstance(line, QuarantineLine) else None, several_files=self._several_files
        )

    def _enter_detail(self) -> None:
        if self.detail.line is not None:
            self.detail.enter()

    def _enter_first(self) -> None:
        if not self.list.selected():
            self._select_first()
        self._enter_detail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.set_low(self.height() < theme().px(_LOW))
        self.list.setMinimumHeight(theme().px(_LEAST_LIST))

    def _build_layout(self) -> None:
        top = QWidget()
        box = QVBoxLayout(top)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.files, 1)
        head.addWidget(self.settled, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(top)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.list)


def _files_words(imports: list[ImportLine]) -> str:
    told = [f"{one.file_name} ({one.imported_at:%d/%m/%Y}): {numbers_words(one.numbers)}." for one in imports]
    if len(told) > _MOST_FILES:
        more = counted(len(told) - _MOST_FILES, "archivo anterior", "archivos anteriores")
        told = [*told[:_MOST_FILES], f"… y {more}."]
    return "\n".join(told)
