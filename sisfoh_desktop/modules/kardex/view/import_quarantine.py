"""The quarantine of imported files: every row that waits is recorded once corrected, or discarded with a reason."""

from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.modules.kardex.rules.importing import (
    FIELDS,
    LAYOUT_FIELDS,
    QuarantineLine,
    QuarantineState,
)
from sisfoh_desktop.modules.kardex.service import importing
from sisfoh_desktop.modules.kardex.view.import_detail import RowDetail
from sisfoh_desktop.modules.kardex.view.import_rows import (
    QUARANTINE_COLUMNS,
    SheetNames,
    untold_proposals,
    why,
)
from sisfoh_desktop.qtkit.dialogs import FormDialog, TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.row_table import RowTable

_LONGEST_CELL, _LONGEST_REASON = 300, 500


class QuarantineDialog(TaskDialog):
    """The rows that wait, of all files of the campaign; Enter corrects the one chosen."""

    usual_width = 980

    def __init__(self, desk: Desk, campaign_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            "Filas en cuarentena", primary="Corregir y registrar…", cancel="Cerrar", parent=parent, wide=True
        )
        self._desk, self._campaign_id = desk, campaign_id
        self.sheets = SheetNames()
        self.table = RowTable(
            self.sheets.columns(QUARANTINE_COLUMNS),
            name="Filas en cuarentena",
            noun=("fila", "filas"),
            empty_text="Ninguna fila espera: todo lo importado está resuelto.",
        )
        self.table.setMinimumHeight(320)
        self.table.selection_changed.connect(lambda _fact: self._refresh_buttons())
        self.detail = RowDetail(self.sheets)
        self.table.selection_changed.connect(self.detail.show_row)
        self.table.activated.connect(lambda _fact: self.correct())
        self.settled = QCheckBox("&Mostrar también las resueltas")
        self.settled.toggled.connect(lambda _on: self.reload())
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.settled)
        self.set_body(body)
        self.discard_button = self.add_button("Descartar…", self.discard)
        desk.tasks.changed.connect(self._on_changed)
        self._refresh_buttons()
        self.table.setFocus()
        self.reload()

    @classmethod
    def show_for(cls, desk: Desk, campaign_id: int, parent: QWidget | None = None) -> None:
        """Show the dialog until the person leaves it."""
        dialog = cls(desk, campaign_id, parent)
        dialog.exec()
        dialog.deleteLater()

    def reload(self) -> None:
        self._desk.tasks.run_query(
            partial(
                importing.list_quarantine,
                self._desk.db,
                self._campaign_id,
                pending_only=not self.settled.isChecked(),
            ),
            self._on_loaded,
            on_error=self.refuse,
            owner=self,
        )

    def submit(self) -> bool:
        self.correct()
        return False

    def correct(self) -> None:
        """Ask for the row's cells and record it."""
        line = self._waiting()
        if line is not None:
            dialog = CorrectDialog(self._desk, line, self)
            dialog.exec()
            dialog.deleteLater()

    def discard(self) -> None:
        """Ask for a reason and take the row out."""
        line = self._waiting()
        if line is not None:
            dialog = DiscardDialog(self._desk, line, self)
            dialog.exec()
            dialog.deleteLater()

    def _waiting(self) -> QuarantineLine | None:
        line = self.table.selected()
        return line if isinstance(line, QuarantineLine) and line.state is QuarantineState.PENDING else None

    def _on_loaded(self, lines: list[QuarantineLine]) -> None:
        self.sheets.look(lines)
        self.table.set_rows(lines)
        self.detail.show_row(self.table.selected())
        self._refresh_buttons()

    def _on_changed(self, names: set[str]) -> None:
        if "kardex" in names:
            self.reload()

    def _refresh_buttons(self) -> None:
        waits = self._waiting() is not None
        self.primary_button.setEnabled(waits)
        self.discard_button.setEnabled(waits)


class _SettleDialog(FormDialog):
    """A form whose primary settles one row on the worker and closes when it is done."""

    def __init__(
        self, desk: Desk, line: QuarantineLine, title: str, primary: str, parent: QWidget, columns: int
    ) -> None:
        super().__init__(title, primary=primary, columns=columns, parent=parent, clock=desk.clock)
        self._desk, self.line, self._token = desk, line, str(uuid4())
        self._on_submit = self._settle
        self.form.note(why(line.findings))
        meant = untold_proposals(line.findings)
        if meant:
            self.form.note(f"Propuesta. {meant}.")

    def job(self, values: dict[str, Any]) -> Any:
        """What is done on the worker."""
        raise NotImplementedError

    def _settle(self, values: dict[str, object]) -> bool:
        self.values = None
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(self.job, dict(values)),
            {"kardex"},
            on_done=self._on_settled,
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def _on_settled(self, _result: object) -> None:
        self.form.mark_saved()
        self.set_busy(False)
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self._token = str(uuid4())
        self.refuse(error)


class CorrectDialog(_SettleDialog):
    """The cells of a row, as they came, to correct them; recorded only if the whole row adds up."""

    def __init__(self, desk: Desk, line: QuarantineLine, parent: QWidget) -> None:
        super().__init__(
            desk, line, f"Corregir la fila {line.row} de {line.file_name}", "Registrar", parent, columns=2
        )
        names = LAYOUT_FIELDS[line.layout]
        for name in names:
            self.form.text(name, FIELDS[name], max_length=_LONGEST_CELL)
        self.form.set_values({name: line.texts.get(name, "") for name in names})
        self.form.mark_saved()
        for one in line.findings:
            field = self.form.fields.get(one.field)
            if one.candidates and isinstance(field, TextField):
                field.set_suggestions(one.candidates)
        self._wrong = next((one.field for one in line.findings if one.field in names), "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wrong:  # the cell that is wrong is where the person begins
            self.form.jump_to(self._wrong)

    def job(self, values: dict[str, Any]) -> int:
        return importing.settle_quarantine(
            self._desk.db,
            actor=self._desk.actor,
            now=self._desk.clock.now(),
            quarantine_id=self.line.id,
            expected_version=self.line.version,
            texts={name: str(value or "") for name, value in values.items()},
            token=self._token,
        )


class DiscardDialog(_SettleDialog):
    """Why a row is left out."""

    def __init__(self, desk: Desk, line: QuarantineLine, parent: QWidget) -> None:
        super().__init__(
            desk, line, f"Descartar la fila {line.row} de {line.file_name}", "Descartar", parent, columns=1
        )
        self.form.long_text("reason", "Motivo", required=True, max_length=_LONGEST_REASON, rows=3)
        self.primary_button.setProperty("role", "danger")

    def job(self, values: dict[str, Any]) -> None:
        importing.discard_quarantine(
            self._desk.db,
            actor=self._desk.actor,
            now=self._desk.clock.now(),
            quarantine_id=self.line.id,
            expected_version=self.line.version,
            reason=str(values["reason"]),
            token=self._token,
        )
