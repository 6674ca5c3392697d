"""The model under a grid: rows of typed cells in memory, what may be edited, one undo for each thing done.

What a grid is made of, for whoever builds one:

    columns = [
        GridColumn("Actividad", text=lambda row: row.fact.title, stretch=True),            # read only
        GridColumn("Meta", slot=0, kind=QUANTITY, name="Meta anual"),                        # typed
        GridColumn("ENE", slot=1, kind=QUANTITY, name="enero", locked=lambda row: "Enero está cerrado."),
        GridColumn("Total", text=lambda row: format_quantity(total(row.values[1:13])), align="right"),  # live
    ]
    grid = Grid(columns, frozen=2, name="Metas por actividad")                               # qtkit.grid_table
    grid.set_rows([GridRow(activity.id, activity, [activity.annual, *activity.programmed]) for ...])
    grid.model.edited.connect(...)          # after each edit, paste, undo: the rows that changed
    grid.model.changed_rows()               # what there is to save; then set_rows (or mark_saved) when it is

A column reads from the row; an editable one has a `slot`, the place of its value in `row.values`, and a `kind` that
parses and shows it. Facts stay as they came: what is typed lives in `values` until it is saved. Nothing here queries
or draws; rows and columns are in `grid_cells`, kinds of cells in `grid_kinds`, pasting in `grid_paste`, the view in
`grid_view`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoStack

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit import row_order
from sisfoh_desktop.qtkit.chips import marked
from sisfoh_desktop.qtkit.grid_cells import GridColumn, GridRow
from sisfoh_desktop.qtkit.grid_kinds import MONEY, QUANTITY, CellKind, text_kind
from sisfoh_desktop.qtkit.grid_undo import CellChange, CellsCommand, ColumnChange, FactCommand, RowsCommand
from sisfoh_desktop.qtkit.theme import Tone

__all__ = [
    "MONEY",
    "QUANTITY",
    "CellChange",
    "CellKind",
    "ColumnChange",
    "GridColumn",
    "GridModel",
    "GridRow",
    "text_kind",
]

_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_MOST_UNDONE = 200
_Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """Rows and columns of a grid. `read_only` is the sentence why nothing may be edited ("": it may).

    `edited` gives the rows (list[GridRow]) whose cells, fact or presence changed; `replayed` gives the rows and slots
    that an undo or redo touched, so that the view can show them.
    """

    edited = Signal(object)
    replayed = Signal(object, object)

    def __init__(
        self, columns: Sequence[GridColumn], *, frozen: int = 0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.frozen = frozen
        self.read_only = ""
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_MOST_UNDONE)
        self._rows: list[GridRow] = []
        self._seen: list[GridRow] = []
        self._filter = ""
        self._condition: Callable[[GridRow], bool] | None = None
        self._folded: list[str] | None = None
        self._removed: list[GridRow] = []

    # -- content ---------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[GridRow]) -> None:
        """Show these rows as they are saved; what could be undone is forgotten, the filter stays."""
        self.beginResetModel()
        self._rows = list(rows)
        self._removed = []
        self._folded = None
        self.undo_stack.clear()
        self._rebuild()
        self.endResetModel()

    def restore_rows(self, rows: Iterable[GridRow], removed: Iterable[GridRow]) -> None:
        """Show rows put aside with their unsaved edits (`rows`, and those taken away and not saved)."""
        self.set_rows(rows)
        self._removed = list(removed)

    def set_columns(self, columns: Sequence[GridColumn], *, frozen: int | None = None) -> None:
        """Show the same rows by other columns (another unit, the year's money); undo stays."""
        self.beginResetModel()
        self.columns = tuple(columns)
        if frozen is not None:
            self.frozen = frozen
        self.endResetModel()

    def set_read_only(self, sentence: str) -> None:
        """Refuse every edit with this sentence, or allow them ("")."""
        self.read_only = sentence
        self._tell_range(0, len(self._seen) - 1)

    def set_filter(self, typed: str) -> None:
        """Show only rows whose texts (not their figures and states) hold every word typed."""
        if typed != self._filter:
            self.beginResetModel()
            self._filter = typed
            self._rebuild()
            self.endResetModel()

    def set_condition(self, condition: Callable[[GridRow], bool] | None) -> None:
        """Show only rows for which this holds (as they stand now: a row corrected later stays in sight)."""
        self.beginResetModel()
        self._condition = condition
        self._rebuild()
        self.endResetModel()

    def row(self, number: int) -> GridRow:
        """The row at a place as seen."""
        return self._seen[number]

    def seen(self) -> list[GridRow]:
        """The rows as seen: filtered, in order."""
        return list(self._seen)

    def rows_between(self, first: int, last: int) -> list[GridRow]:
        """The rows at these places as seen, both included."""
        return self._seen[first : last + 1]

    def rows(self) -> list[GridRow]:
        """Every row, filtered or not."""
        return list(self._rows)

    @property
    def total(self) -> int:
        return len(self._rows)

    @property
    def filter_text(self) -> str:
        return self._filter

    @property
    def is_filtered(self) -> bool:
        """Whether there are rows that are not shown."""
        return len(self._seen) < len(self._rows)

    def why_locked(self, number: int, column: int) -> str:
        """Why the cell cannot be changed; "" if it can."""
        spec = self.columns[column]
        if spec.kind is None:
            return spec.why_locked(self._seen[number])
        return self.read_only or spec.why_locked(self._seen[number])

    # -- changes, each of them one step of undo ---------------------------------------------------------

    def apply(self, changes: Sequence[CellChange], words: str) -> None:
        """Change cells as one step, called `words` ("pegar 48 celdas"): undo says «Deshacer pegar 48 celdas»."""
        columns: dict[int, tuple[list[GridRow], list[Any]]] = {}
        for row, slot, value in changes:
            rows, values = columns.setdefault(slot, ([], []))
            rows.append(row)
            values.append(value)
        self.apply_columns([ColumnChange(slot, *lists) for slot, lists in columns.items()], words)

    def apply_columns(self, columns: Sequence[ColumnChange], words: str) -> None:
        """The same for many cells, column by column."""
        if columns:
            self.undo_stack.push(CellsCommand(self, columns, words))

    def type_text(self, number: int, column: int, text: str) -> bool:
        """Put what was typed into a cell; whether it differs from what was there. RuleError with the reason if it
        cannot be put there (`cell_locked`, or the kind's own)."""
        reason = self.why_locked(number, column)
        if reason:
            raise RuleError("cell_locked", reason)
        spec, row = self.columns[column], self._seen[number]
        assert spec.kind is not None
        value = spec.kind.read(text)
        if value == row.values[spec.slot]:
            return False
        self.apply([CellChange(row, spec.slot, value)], f"escribir en {spec.words}")
        return True

    def insert_row(self, row: GridRow, words: str, *, at: int | None = None) -> None:
        """Add a row (by default the last of all, and in sight whatever the filter says) as one step."""
        place = len(self._rows) if at is None else at
        self.undo_stack.push(RowsCommand(self, [(place, row)], added=True, words=words))

    def remove_rows(self, rows: Sequence[GridRow], words: str) -> None:
        """Take rows away as one step."""
        gone = set(map(id, rows))
        places = [(place, row) for place, row in enumerate(self._rows) if id(row) in gone]
        if places:
            self.undo_stack.push(RowsCommand(self, places, added=False, words=words))

    def change_fact(self, row: GridRow, fact: Any, words: str, values: Sequence[Any] | None = None) -> None:
        """Give a row another fact (and values) as one step."""
        after = row.values if values is None else values
        if fact != row.fact or list(after) != row.values:
            self.undo_stack.push(FactCommand(self, row, fact, list(after), words))

    # -- what there is to save ---------------------------------------------------------------------------

    def changed_rows(self) -> list[GridRow]:
        """The rows of the grid that differ from what is saved, the new ones included."""
        return [row for row in self._rows if row.is_changed]

    def removed_rows(self) -> list[GridRow]:
        """The saved rows that were taken away."""
        return [row for row in self._removed if not row.is_new]

    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.removed_rows()) or any(row.is_changed for row in self._rows)

    def mark_saved(self) -> None:
        """What stands in the rows now is saved; what could be undone is forgotten."""
        for row in self._rows:
            row.saved, row.saved_fact = tuple(row.values), row.fact
        self._removed = []
        self.undo_stack.clear()
        self._tell_range(0, len(self._seen) - 1)

    # -- what the undo commands do -----------------------------------------------------------------------

    def tell_edited(self, rows: list[GridRow], slots: set[int], *, again: bool) -> None:
        """One notice for all cells that a step changed."""
        numbers = [row.number for row in rows if row.number >= 0]
        if numbers:
            self._tell_range(min(numbers), max(numbers))
        self.edited.emit(rows)
        if again:
            self.replayed.emit(rows, slots)

    def put_rows(self, places: Sequence[tuple[int, GridRow]]) -> None:
        """Rows at their places, ascending."""
        self.beginResetModel()
        for place, row in places:
            self._rows.insert(place, row)
        put = {id(row) for _place, row in places}
        self._removed = [row for row in self._removed if id(row) not in put]
        self._folded = None
        self._rebuild(also=put)
        self.endResetModel()
        self.edited.emit([row for _place, row in places])
        self.replayed.emit([row for _place, row in places], set())

    def take_rows(self, places: Sequence[tuple[int, GridRow]]) -> None:
        """The rows at these places away."""
        self.beginResetModel()
        taken = {id(row) for _place, row in places}
        self._rows = [row for row in self._rows if id(row) not in taken]
        self._removed += [row for _place, row in places]
        for _place, row in places:
            row.number = -1
        self._folded = None
        self._rebuild()
        self.endResetModel()
        self.edited.emit([row for _place, row in places])

    def put_fact(self, row: GridRow, fact: Any, values: list[Any], *, again: bool) -> None:
        """Another fact and other values in a row."""
        row.fact, row.values = fact, list(values)
        self._folded = None
        self.tell_edited([row], set(), again=again)

    # -- inside ----------------------------------------------------------------------------------------

    def _tell_range(self, first: int, last: int) -> None:
        if 0 <= first <= last and self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _searchable(self) -> list[str]:
        if self._folded is None:
            told = [column for column in self.columns if column.aligned == "left" and not column.tone]
            texts = [column.text for column in told if column.text is not None]
            self._folded = row_order.fold_texts(
                ["\x1f".join([text(row) for text in texts]) for row in self._rows]
            )
        return self._folded

    def _rebuild(self, also: set[int] | None = None) -> None:
        for row in self._seen:
            row.number = -1
        self._seen = self._rows[:]
        kept = also or set()
        if self._filter:
            found = set(row_order.matching_rows(self._searchable(), self._filter))
            self._seen = [row for place, row in enumerate(self._rows) if place in found or id(row) in kept]
        if self._condition is not None:
            holds = self._condition
            self._seen = [row for row in self._seen if id(row) in kept or holds(row)]
        for number, row in enumerate(self._seen):
            row.number = number

    # -- Qt's questions --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._seen)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if index.isValid() and not self.why_locked(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def cell(self, number: int, column: int) -> tuple[str, Tone | None]:
        """Text and tone of a cell as seen, with the shape of its tone; the view paints with it."""
        spec, row = self.columns[column], self._seen[number]
        text = spec.shown(row)
        if "\n" in text:
            text = text.replace("\n", " ")
        tone = spec.tone(row) if spec.tone is not None else None
        if tone and text:
            text = f"{spec.mark(row)} {text}" if spec.mark is not None else marked(tone, text)
        return text, tone

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        spec = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())[0]
        if role == Qt.ItemDataRole.EditRole:
            return spec.plain(self._seen[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[spec.aligned]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.why_locked(index.row(), index.column())
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What a screen reader or a test puts into a cell, as if it were typed; False where it is refused."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        try:
            self.type_text(index.row(), index.column(), str(value))
        except RuleError:
            return False
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if not 0 <= section < len(self.columns):
            return None
        spec = self.columns[section]
        return spec.title if role == Qt.ItemDataRole.DisplayRole else spec.words

    def _spoken(self, number: int, column: int) -> str:
        """`enero: 7 · Empadronar hogares`: the column, the value, the row."""
        spec, row = self.columns[column], self._seen[number]
        told = (spec.tip(row) if spec.tip is not None else "") or self.cell(number, column)[0] or "en blanco"
        names = [one for one in self.columns[: self.frozen] if one.text is not None and one.stretch]
        called = " · ".join(one.shown(row) for one in names if one is not spec)
        return f"{spec.words}: {told}" + (f" · {called}" if called else "")
