"""Reading a row by hand: its figures typed as the document says, and whether they add up told while typing."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sisfoh_desktop.basics.cell_blocks import plain_quantity
from sisfoh_desktop.basics.errors import RuleError, SisfohError
from sisfoh_desktop.modules.poi.rules.import_plan import QuarantineLine, read_by_hand, repaired_row
from sisfoh_desktop.modules.poi.rules.import_words import place_words
from sisfoh_desktop.modules.poi.rules.importing import FileRow, Reading
from sisfoh_desktop.modules.poi.rules.row_checks import check_row
from sisfoh_desktop.modules.poi.service import quarantine
from sisfoh_desktop.modules.poi.view.import_rows import why
from sisfoh_desktop.modules.poi.view.quarantine_marks import bare_text, row_grid
from sisfoh_desktop.modules.poi.view.quarantine_row import fit_columns
from sisfoh_desktop.qtkit.dialogs import TaskDialog
from sisfoh_desktop.qtkit.fields import TextField
from sisfoh_desktop.qtkit.forms import Form
from sisfoh_desktop.qtkit.page import Desk
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import ROW_HEIGHT, theme
from sisfoh_desktop.sheets.cells import read_number

_LONGEST_REASON, _LONGEST_TITLE, _LONGEST_NAME = 500, 2_000, 200
_TEXTS = (("unit_name", "Unidad orgánica"), ("title", "Actividad"), ("measure", "Unidad de medida"))
_MEANING = Qt.ItemDataRole.UserRole


class FiguresSheet(QTableWidget):
    """Months across, sides down; typing replaces a figure, Enter and Tab go to the next one."""

    typed = Signal()

    def __init__(self, row: FileRow, start: Reading | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cifras de la fila, para escribirlas")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        grid = row_grid(row, (), None)
        texts = {one.meaning: one.text.strip() for one in row.numbers}
        values = start.values if start is not None else {}
        self.setColumnCount(len(grid.heads))
        self.setRowCount(len(grid.lines))
        self.setHorizontalHeaderLabels(list(grid.heads))
        self.setVerticalHeaderLabels([line.label for line in grid.lines])
        height = theme().px(ROW_HEIGHT)
        for number, line in enumerate(grid.lines):
            self.setRowHeight(number, height)
            for column, cell in enumerate(line.cells):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if cell.meaning:
                    told = values.get(cell.meaning)
                    item.setText(plain_quantity(told) if cell.meaning in values else texts[cell.meaning])
                    item.setData(_MEANING, cell.meaning)
                    item.setToolTip(plain_tip(f"{place_words(cell.meaning)}; {cell.spoken}"))
                else:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.setItem(number, column, item)
        fit_columns(self, grid)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(len(grid.lines) * height + self.horizontalHeader().sizeHint().height() + bar + 4)
        self.setMinimumWidth(
            self.horizontalHeader().length() + self.verticalHeader().sizeHint().width() + theme().px(12)
        )
        self.itemChanged.connect(lambda _item: self.typed.emit())

    def figures(self) -> dict[str, str]:
        """What stands in each cell."""
        return {item.data(_MEANING): item.text().strip() for item in self._cells()}

    def write(self, meaning: str, text: str) -> None:
        """Put a figure in its cell."""
        next(item for item in self._cells() if item.data(_MEANING) == meaning).setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._step()
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentItem() is not None:
            self.currentItem().setText("")
            return
        super().keyPressEvent(event)

    def _step(self) -> None:
        cells = list(self._cells())
        here = self.currentItem()
        at = next((number for number, item in enumerate(cells) if item is here), -1)
        self.setCurrentItem(cells[(at + 1) % len(cells)])

    def _cells(self) -> list[QTableWidgetItem]:
        found = []
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is not None and item.data(_MEANING):
                    found.append(item)
        return found


class HandDialog(TaskDialog):
    """The texts and figures of one row; stored only if they add up."""

    usual_width = 900

    def __init__(
        self, desk: Desk, line: QuarantineLine, start: Reading | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            f"Leer a mano la fila {line.row.row} de {line.file_name}",
            primary="Guardar esta lectura",
            parent=parent,
            wide=True,
        )
        self._desk, self.line, self._token = desk, line, str(uuid4())
        self._touched = False
        self.form = Form(columns=2, taken_letters=self.button_letters)
        self.form.note(why(line.findings))
        for name, label in _TEXTS:
            limit = _LONGEST_TITLE if name == "title" else _LONGEST_NAME
            self.form.text(name, label, max_length=limit)
        self.form.text("reason", "Motivo (opcional)", max_length=_LONGEST_REASON)
        self.form.set_values({name: line.row.text(name) for name, _ in _TEXTS})
        self.form.mark_saved()
        meant = [name for one in line.findings if one.rule == "activity_unknown" for name in one.candidates]
        title = self.form.fields["title"]
        if meant and isinstance(title, TextField):
            title.set_suggestions(meant)
        self.sheet = FiguresSheet(line.row, start)
        self.verdict = QLabel()
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName("Si las cifras cuadran")
        self.verdict.setMinimumHeight(theme().px(40))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(12)
        layout.addWidget(self.form)
        layout.addWidget(self.sheet)
        layout.addWidget(self.verdict)
        self.set_body(body)
        self.sheet.typed.connect(self._on_typed)
        for field in self.form.fields.values():
            field.changed.connect(self._judge)
        self._judge()
        self.sheet.setCurrentCell(0, 0)
        self.sheet.setFocus()

    def reading(self) -> Reading:
        """What is typed; RuleError for a text that is no figure."""
        values: dict[str, Decimal | None] = {}
        for meaning, text in self.sheet.figures().items():
            try:
                values[meaning] = read_number(text) if text else None
            except RuleError as error:
                raise RuleError(error.code, f"{place_words(meaning)}: {error.sentence}") from error
        return read_by_hand(self.line.row, values)

    def has_unsaved(self) -> bool:
        return self._touched or self.form.is_modified()

    def submit(self) -> bool:
        try:
            reading = self.reading()
        except RuleError as error:
            self.refuse(error)
            return False
        self.set_busy(True)
        self._desk.tasks.run_change(
            partial(self._settle, reading, self._texts(), self._text("reason")),
            {"poi"},
            on_done=self._on_settled,
            on_error=self._on_refused,
            owner=self,
        )
        return False

    def _settle(self, reading: Reading, texts: dict[str, str], reason: str) -> int:
        """On the worker."""
        return quarantine.settle(
            self._desk.db,
            actor=self._desk.actor,
            now=self._desk.clock.now(),
            line_id=self.line.id,
            reading=reading,
            expected_version=self.line.version,
            reason=reason,
            texts=texts,
            token=self._token,
        )

    def _text(self, name: str) -> str:
        editor: Any = self.form.fields[name].editor
        return str(editor.text()).strip()

    def _texts(self) -> dict[str, str]:
        return {name: self._text(name) for name, _ in _TEXTS if self._text(name) != self.line.row.text(name)}

    def _on_typed(self) -> None:
        self._touched = True
        self._judge()

    def _judge(self) -> None:
        try:
            row = repaired_row(self.line.row, self.reading(), self._texts())
        except RuleError as error:
            self._say(error.sentence, "danger")
            return
        found = check_row(row, self.line.mapping, self.line.habits)
        more = f" (y {len(found) - 1} más)" if len(found) > 1 else ""
        self._say(
            f"■ {bare_text(found[0]).rstrip('.')}{more}." if found else "● Las cifras cuadran.",
            "danger" if found else "ok",
        )

    def _say(self, words: str, tone: str) -> None:
        self.verdict.setText(words)
        self.verdict.setProperty("tone", tone)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _on_settled(self, _result: object) -> None:
        self._touched = False
        self.form.mark_saved()
        self.set_busy(False)
        self.accept()

    def _on_refused(self, error: SisfohError) -> None:
        self._token = str(uuid4())
        self.refuse(error)
