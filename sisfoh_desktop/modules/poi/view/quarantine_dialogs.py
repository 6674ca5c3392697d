"""Dialogs of the quarantine: discarding a row, settling many that allow one reading only."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.poi.rules.import_plan import QuarantineLine
from sisfoh_desktop.modules.poi.service import quarantine
from sisfoh_desktop.modules.poi.view.quarantine_marks import short_reading
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_model import Column
from sisfoh_desktop.qtkit.row_table import RowTable

_LONGEST_REASON = 500


class DiscardDialog(FormDialog):
    """Why a row is left out."""

    def __init__(self, desk: Desk, line: QuarantineLine, parent: QWidget | None = None) -> None:
        super().__init__(
            f"Descartar la fila {line.row.row} de {line.file_name}", primary="Descartar", parent=parent
        )
        self._desk, self.line, self._token = desk, line, str(uuid4())
        self._on_submit = self._discard
        self.form.note(f"«{line.title}» no entrará al POI. La fila queda en el historial con su motivo.")
        self.form.long_text("reason", "Motivo", required=True, max_length=_LONGEST_REASON, rows=3)
        self.primary_button.setProperty("role", "danger")

    def _discard(self, values: dict[str, object]) -> bool:
        self.values = None
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(
                quarantine.discard,
                self._desk.db,
                actor=self._desk.actor,
                now=self._desk.clock.now(),
                line_id=self.line.id,
                expected_version=self.line.version,
                reason=str(values["reason"]),
                token=self._token,
            ),
            {"poi"},
            on_done=self._on_done,
            on_error=self.refuse,
            owner=self,
        )
        return False

    def _on_done(self, _result: object) -> None:
        self.form.mark_saved()
        self.set_busy(False)
        self.accept()


MANY_COLUMNS = (
    Column("Fila", lambda line: str(line.row.row), sort_key=lambda line: line.row.row, align="right"),
    Column("Lectura", lambda line: short_reading(line.readings[0])),
    Column("Actividad", lambda line: line.title, width=220),
    Column("Unidad orgánica", lambda line: line.unit_name, width=120),
)


class ManyDialog(TaskDialog):
    """The rows that allow one reading only, each with it; the person confirms them once."""

    usual_width = 900

    def __init__(self, desk: Desk, lines: Sequence[QuarantineLine], parent: QWidget | None = None) -> None:
        one = len(lines) == 1
        super().__init__(
            "Resolver las filas con una sola lectura",
            primary="Resolver esta fila" if one else f"Resolver las {len(lines)}",
            parent=parent,
            wide=True,
        )
        self._desk, self.lines, self._token = desk, list(lines), str(uuid4())
        self.settled = 0
        words = QLabel(
            f"{counted(len(lines), 'fila admite', 'filas admiten')} una sola lectura que hace cuadrar sus sumas. "
            "Mírelas: quedará registrado que usted las aceptó, y cuál es cada una."
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.table = RowTable(MANY_COLUMNS, name="Filas con una sola lectura", noun=("fila", "filas"))
        self.table.setMinimumHeight(320)
        self.table.set_rows(self.lines)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        self.set_body(body)
        self.table.setFocus()

    def submit(self) -> bool:
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(
                quarantine.settle_many,
                self._desk.db,
                actor=self._desk.actor,
                now=self._desk.clock.now(),
                lines=[(line.id, line.version) for line in self.lines],
                token=self._token,
            ),
            {"poi"},
            on_done=self._on_done,
            on_error=self.refuse,
            owner=self,
        )
        return False

    def _on_done(self, count: int) -> None:
        self.settled = count
        self.set_busy(False)
        self.accept()
