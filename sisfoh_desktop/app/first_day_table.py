"""A small table that is typed into, for the lists of the first day: units, officers, days off.

Its rows are plain words; what they mean is the page's. Rows that the base has already are shown and not touched.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.dialogs import Banner
from sisfoh_desktop.qtkit.mnemonics import with_mnemonic
from sisfoh_desktop.qtkit.plain_text import plain_tip
from sisfoh_desktop.qtkit.theme import current_tokens, theme

Row = dict[str, str | bool]
"""Words and ticks by the key of their column; keys without a column ride along unseen."""

LOCKED, OWN = "locked", "own"
_ROW = Qt.ItemDataRole.UserRole
_LEAST_LEFT = 160  # px at 100 % of the column that takes what is left: a name is seen while it is typed
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class TableColumn:
    """A column: `width` in px at 100 % (0: what is left), `kind` whether it is typed, ticked or only read.

    With `options` one of them is chosen instead of typed; the first stands where a row has none.
    """

    key: str
    title: str
    width: int = 0
    kind: Literal["text", "tick", "fixed"] = "text"
    options: tuple[str, ...] = ()


class _CellDelegate(QStyledItemDelegate):
    """The cell that takes the keys is framed: the row is chosen as a whole and would not tell which it is."""

    def __init__(self, columns: Sequence[TableColumn], parent: "EditTable") -> None:
        super().__init__(parent)
        self._columns = columns

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        column = self._columns[index.column()]
        if not column.options:
            editor = super().createEditor(parent, option, index)
        else:
            editor = QComboBox(parent)
            editor.addItems(column.options)
            editor.activated.connect(lambda _number: self.commitData.emit(editor))
        editor.setAccessibleName(column.title)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data()))
        else:
            super().setEditorData(editor, index)

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        table = self.parent()
        if isinstance(table, EditTable) and table.hasFocus() and table.currentIndex() == index:
            painter.save()
            painter.setPen(QPen(QColor(current_tokens().accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()


class EditTable(QTableWidget):
    """`edited` after every edit by the person. Tab leaves it, the arrows move in it, Space ticks, F2 edits; Enter in a
    cell ends it and goes down. The cursor starts in the column `start`, or in the first that is typed.
    """

    edited = Signal()

    def __init__(
        self, columns: Sequence[TableColumn], name: str, parent: QWidget | None = None, *, start: str = ""
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._columns = tuple(columns)
        self._start = start
        delegate = _CellDelegate(self._columns, self)
        self.setItemDelegate(delegate)
        delegate.closeEditor.connect(self._on_cell_ended)  # after the table's own answer to it
        self._filling = False
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([column.title for column in columns])
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.itemChanged.connect(self._on_item_changed)
        theme().changed.connect(self._measure)
        self._measure()

    def rows(self, *, locked: bool = True) -> list[Row]:
        """Every row as it stands; without `locked` those that the base does not have yet."""
        found = [self._read(number) for number in range(self.rowCount())]
        return [row for row in found if locked or not row.get(LOCKED)]

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows; it counts as no edit."""
        self._filling = True
        self.setRowCount(0)
        for row in rows:
            self._append(row)
        self._filling = False
        if self.rowCount():
            self.setCurrentCell(0, self._first_typed())

    def add_row(self, row: Row) -> None:
        """A row more, under the others, ready to be typed into."""
        self._filling = True
        self._append({**row, OWN: True})
        self._filling = False
        self.setCurrentCell(self.rowCount() - 1, self._first_typed())
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove_current(self) -> None:
        """Take the chosen row out, unless the base has it already."""
        number = self.currentRow()
        if number >= 0 and not self._read(number).get(LOCKED):
            self.removeRow(number)
            self.edited.emit()

    def point_at(self, row: Row) -> None:
        """Choose the row that something was said about."""
        for number in range(self.rowCount()):
            if self._read(number) == row:
                self.setCurrentCell(number, self._first_typed())
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- inside ----------------------------------------------------------------------------------------

    def _append(self, row: Row) -> None:
        number = self.rowCount()
        self.insertRow(number)
        locked = bool(row.get(LOCKED))
        for place, column in enumerate(self._columns):
            item = QTableWidgetItem()
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if column.kind == "tick":
                ticked = bool(row.get(column.key))
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                if not locked:
                    flags |= Qt.ItemFlag.ItemIsUserCheckable
            else:
                text = str(row.get(column.key, ""))
                item.setText(column.options[0] if column.options and text not in column.options else text)
                item.setToolTip(plain_tip(item.text()))
                if column.kind == "text" and not locked:
                    flags |= Qt.ItemFlag.ItemIsEditable
            if locked:
                item.setToolTip("Ya está en la base: se corrige en la página Oficina.")
                item.setForeground(QColor(current_tokens().text_dim))
            item.setFlags(flags)
            self.setItem(number, place, item)
        self._item(number, 0).setData(_ROW, dict(row))

    def _read(self, number: int) -> Row:
        row: Row = dict(self._item(number, 0).data(_ROW))
        for place, column in enumerate(self._columns):
            item = self._item(number, place)
            if column.kind == "tick":
                row[column.key] = item.checkState() == Qt.CheckState.Checked
            elif column.kind == "text":
                row[column.key] = item.text().strip()
        return row

    def _item(self, number: int, place: int) -> QTableWidgetItem:
        item = self.item(number, place)
        assert item is not None  # every row is filled whole
        return item

    def _first_typed(self) -> int:
        typed = [place for place, column in enumerate(self._columns) if column.kind == "text"]
        return next((place for place in typed if self._columns[place].key == self._start), typed[0])

    def _on_cell_ended(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        below = self.currentRow() + 1
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and below < self.rowCount():
            self.setCurrentCell(below, self.currentColumn())

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        if self._filling or self.item(item.row(), 0) is None:
            return
        if self._columns[item.column()].kind == "text":
            self._filling = True  # what follows is no edit of its own
            first = self._item(item.row(), 0)
            first.setData(_ROW, {**first.data(_ROW), OWN: True})
            item.setToolTip(plain_tip(item.text()))
            self._filling = False
        self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """What is left goes to the column without a width; with large letters it keeps its least."""
        left = self.viewport().width() - sum(theme().px(column.width) for column in self._columns)
        least = theme().px(_LEAST_LEFT)
        for place, column in enumerate(self._columns):
            if not column.width:
                enough = left >= least
                mode = QHeaderView.ResizeMode.Stretch if enough else QHeaderView.ResizeMode.Interactive
                self.horizontalHeader().setSectionResizeMode(place, mode)
                if not enough:
                    self.setColumnWidth(place, least)

    def _measure(self) -> None:
        head = self.horizontalHeader()
        for place, column in enumerate(self._columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(place, theme().px(column.width))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._share_out()
        self.verticalHeader().setDefaultSectionSize(theme().px(28))


def rows_of(kept: str | bool | None) -> list[Row] | None:
    """The rows that a draft kept; None for what is none."""
    if not isinstance(kept, str):
        return None
    try:
        found = json.loads(kept)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        return None
    return [{str(key): value for key, value in row.items() if isinstance(value, str | bool)} for row in found]


class Refusals:
    """What is wrong with a table: said above it, with the cursor on the row that it is about, until it is edited."""

    def __init__(self, banner: Banner, table: EditTable) -> None:
        self._banner, self._table = banner, table
        self._row: Row | None = None
        table.edited.connect(self.clear)

    def clear(self) -> None:
        self._banner.show_sentence("")

    def say(self, sentence: str) -> None:
        self._banner.show_sentence(sentence)
        if self._row is not None:
            self._table.point_at(self._row)

    @contextmanager
    def about(self, row: Row) -> Iterator[None]:
        """A RuleError of the block is about this row."""
        try:
            yield
        except RuleError:
            self._row = row
            raise

    def judged(self, read: Callable[[], _Read]) -> _Read | None:
        """What the rows make, or None: it has said what is wrong."""
        self.clear()
        self._row = None
        try:
            return read()
        except RuleError as error:
            self.say(error.sentence)
            return None


def order_row(letters: Iterable[str], *orders: tuple[str, Callable[[], object]]) -> QHBoxLayout:
    """The orders of a list, side by side; `letters` are taken already."""
    row = QHBoxLayout()
    row.setSpacing(8)
    taken = {letter.lower() for letter in letters}
    for text, run in orders:
        button = QPushButton(with_mnemonic(text, taken))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False, run=run: run())
        row.addWidget(button)
    row.addStretch(1)
    return row
