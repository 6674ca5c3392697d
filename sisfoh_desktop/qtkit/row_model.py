"""The model under a row table: facts in memory, filtered and sorted in one Python pass. Never queries.

No QSortFilterProxyModel: over a Python model it asks once per cell and takes seconds where this takes
milliseconds. The model is reset once for every change of filter or order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from sisfoh_desktop.qtkit import row_filters, row_order
from sisfoh_desktop.qtkit.chips import marked
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.theme import Tone, current_tokens

FACT_ROLE = Qt.ItemDataRole.UserRole
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column of a row table.

    `text` gives the cell's text (also what is searched, copied and exported); `sort_key` a comparable value
    or None (sorted last), by default the text in Spanish order. `align`: left for text, right for numbers,
    center for dates. `width` in pixels at 100 % text size; without it the column fits its content, and the
    left-aligned ones share what is left. `tone` gives the state chip's tone ("ok", "warn", "danger", "dim",
    "accent") for the fact, or None for plain text; `mark` the sign that tells the state without colour, where it is not
    that of its tone. `tip` is what a short text stands for (a unit's name behind its
    siglas): told by the tooltip and to a screen reader. `personal`: the column shows personal data, so that its list
    is exported only with a right and a reason.
    """

    title: str
    text: Callable[[Any], str]
    sort_key: Callable[[Any], Any] | None = None
    align: str = "left"
    width: int | None = None
    tone: Callable[[Any], Tone | None] | None = None
    tip: Callable[[Any], str] | None = None
    mark: Callable[[Any], str] | None = None
    personal: bool = False


def personal_titles(model: object) -> list[str]:
    """The titles of the columns that show personal data, of any model that has columns."""
    return [one.title for one in getattr(model, "columns", ()) if getattr(one, "personal", False)]


class FactModel(QAbstractTableModel):
    """One fact a row, under its columns; subclasses say which fact a row holds, and how many rows there are."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def fact(self, row: int) -> Any:
        """The fact in a row as seen."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> tuple[str, Tone | None]:
        """Text and tone of a cell as seen, with the shape of its tone; the view paints with it."""
        spec = self.columns[column]
        fact = self.fact(row)
        text = spec.text(fact)
        if "\n" in text:
            text = text.replace("\n", " ")
        tone = spec.tone(fact) if spec.tone is not None else None
        if tone and text:
            text = f"{spec.mark(fact)} {text}" if spec.mark is not None else marked(tone, text)
        return text, tone

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        fact = self.fact(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())[0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column.align]
        if role == Qt.ItemDataRole.ForegroundRole and column.tone:
            tone = column.tone(fact)
            return QBrush(QColor(current_tokens().tone(tone))) if tone else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (column.tip(fact) if column.tip is not None else "") or column.text(fact)
        if role == FACT_ROLE:
            return fact
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[self.columns[section].align]
        return None


class RowTableModel(FactModel):
    """Facts and their columns; `index.data(FACT_ROLE)` gives the fact of a row."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._facts: list[Any] = []
        self._seen: list[int] = []  # indexes into _facts, filtered and sorted
        self._filter = ""
        self._column_filters: dict[str, ColumnFilter] = {}  # by the column's title
        self._sorted_by: int | None = None
        self._descending = False
        self._folded: list[str] = []  # searchable texts of the first facts; all of them once complete
        self._keys: dict[int, list[Any]] = {}
        self._texts: dict[int, list[str]] = {}  # of the columns that are filtered

    # -- content ---------------------------------------------------------------------------------------

    def set_rows(self, facts: Sequence[Any]) -> None:
        """Show these facts, keeping filter and order."""
        self.beginResetModel()
        self._facts = list(facts)
        self._folded = []
        self._keys = {}
        self._texts = {}
        self._rebuild()
        self.endResetModel()

    def set_filter(self, typed: str) -> None:
        """Show only rows that hold every word typed, in any column."""
        if typed == self._filter:
            return
        # A longer text can only narrow what is already shown.
        narrows = bool(self._filter) and typed.startswith(self._filter)
        self.beginResetModel()
        self._filter = typed
        if narrows:
            self._seen = row_order.matching_rows(self._searchable(), typed, self._seen)
        else:
            self._rebuild()
        self.endResetModel()

    def set_column_filters(self, wanted: Mapping[str, ColumnFilter]) -> None:
        """Show only rows that every one of these lets through; by the titles of the columns."""
        self.beginResetModel()
        self._column_filters = {title: one for title, one in wanted.items() if one.asks}
        self._rebuild()
        self.endResetModel()

    def sort_by(self, column: int | None, *, descending: bool = False) -> None:
        """Order by a column, or as the facts came (None)."""
        self.beginResetModel()
        self._sorted_by, self._descending = column, descending
        self._rebuild()
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many facts there are without the filter."""
        return len(self._facts)

    @property
    def filter_text(self) -> str:
        return self._filter

    @property
    def column_filters(self) -> dict[str, ColumnFilter]:
        """What the columns are filtered by now, by their titles, in the order in which it was asked."""
        return dict(self._column_filters)

    @property
    def order(self) -> tuple[int | None, bool]:
        """Column sorted by (None: as the facts came) and whether descending."""
        return self._sorted_by, self._descending

    def fact(self, row: int) -> Any:
        """The fact in a row as seen."""
        return self._facts[self._seen[row]]

    def number_at(self, row: int) -> int:
        """Which of the facts given stands in a row as seen."""
        return self._seen[row]

    def row_of(self, number: int) -> int | None:
        """In which row the fact of this number is seen now; None while it is filtered out."""
        try:
            return self._seen.index(number)
        except ValueError:
            return None

    def facts_seen(self) -> list[Any]:
        """The facts as seen: filtered, in order."""
        return [self._facts[index] for index in self._seen]

    def all_facts(self) -> list[Any]:
        """Every fact, in the order in which they were given."""
        return list(self._facts)

    def texts_of(self, column: int) -> list[str]:
        """The texts of a column, of every fact; kept until other facts come."""
        texts = self._texts.get(column)
        if texts is None:
            text = self.columns[column].text
            texts = self._texts[column] = [text(fact) for fact in self._facts]
        return texts

    def keys_of(self, column: int) -> list[Any]:
        """What the column's cells are sorted by, of every fact; None where a column sorts by its text."""
        key = self.columns[column].sort_key
        return [key(fact) for fact in self._facts] if key is not None else [None] * len(self._facts)

    def prepare_search(self, rows: int) -> bool:
        """Fold the next `rows` texts (in an idle moment), so that the first key does not pay; whether all are."""
        facts = self._facts[len(self._folded) :][:rows]
        # column by column, so that no loop of ours goes over the cells: a third faster
        texts = [map(column.text, facts) for column in self.columns]
        self._folded += row_order.fold_texts(list(map("\x1f".join, zip(*texts, strict=True))))
        return len(self._folded) >= len(self._facts)

    def _searchable(self) -> list[str]:
        self.prepare_search(len(self._facts))
        return self._folded

    def _sort_keys(self, column: int) -> list[Any]:
        keys = self._keys.get(column)
        if keys is None:
            spec = self.columns[column]
            if spec.sort_key is None:
                keys = row_order.order_keys([spec.text(fact) for fact in self._facts])
            else:
                keys = [spec.sort_key(fact) for fact in self._facts]
                if any(key is None for key in keys):
                    keys = [(key is None, key) for key in keys]
            self._keys[column] = keys
        return keys

    def _rebuild(self) -> None:
        rows: list[int] = list(range(len(self._facts)))
        if self._filter:
            rows = row_order.matching_rows(self._searchable(), self._filter)
        if self._column_filters:
            rows = self._passing(rows)
        if self._sorted_by is not None:
            rows.sort(key=self._sort_keys(self._sorted_by).__getitem__, reverse=self._descending)
        self._seen = rows

    def _passing(self, rows: list[int]) -> list[int]:
        """The rows that the columns' filters let through; one for a column that is not here asks nothing."""
        for number, column in enumerate(self.columns):
            wanted = self._column_filters.get(column.title)
            if wanted is not None:
                rows = row_filters.passing(
                    wanted, rows, partial(self.texts_of, number), partial(self.keys_of, number)
                )
        return rows

    # -- Qt's questions --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._seen)
