"""The model under a long chronological list: one window of facts over it, oldest first, pages joined at both ends.

It never queries: it says that earlier or later facts are wanted, and whoever shows it brings them by key. However
long the list behind it, it holds no more than `most` facts; what lies furthest from the reader is let go.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from sisfoh_desktop.qtkit.chips import marked
from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_model import FACT_ROLE, Column
from sisfoh_desktop.qtkit.theme import Tone, current_tokens

_Index = QModelIndex | QPersistentModelIndex
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class PagedModel(QAbstractTableModel):
    """Facts in the order in which they happened; `index.data(FACT_ROLE)` gives the fact of a row.

    `earlier` and `later` say whether the list goes on beyond the first and the last fact held here.
    """

    earlier_wanted = Signal()
    later_wanted = Signal()

    def __init__(
        self, columns: Sequence[Column], *, most: int = 2_000, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.earlier = False
        self.later = False
        self._most = most
        self._facts: list[Any] = []
        self._waiting = False
        self.column_filters: dict[str, ColumnFilter] = {}  # by titles; who brings the facts goes by them

    # -- content ---------------------------------------------------------------------------------------

    def set_page(self, facts: Sequence[Any], *, earlier: bool, later: bool = False) -> None:
        """Show these facts alone."""
        self.beginResetModel()
        self._facts = list(facts)
        self.earlier, self.later = earlier, later
        self._waiting = False
        self.endResetModel()

    def add_earlier(self, facts: Sequence[Any], *, earlier: bool) -> None:
        """Join facts that come before the first one; the last ones are let go where there are too many."""
        self._waiting = False
        self.earlier = earlier
        if not facts:
            return
        self.beginInsertRows(QModelIndex(), 0, len(facts) - 1)
        self._facts[:0] = facts
        self.endInsertRows()
        excess = len(self._facts) - max(self._most, len(facts))
        if excess > 0:
            self.beginRemoveRows(QModelIndex(), len(self._facts) - excess, len(self._facts) - 1)
            del self._facts[-excess:]
            self.later = True
            self.endRemoveRows()

    def add_later(self, facts: Sequence[Any], *, later: bool) -> None:
        """Join facts that come after the last one; the first ones are let go where there are too many."""
        self._waiting = False
        self.later = later
        if not facts:
            return
        start = len(self._facts)
        self.beginInsertRows(QModelIndex(), start, start + len(facts) - 1)
        self._facts += facts
        self.endInsertRows()
        excess = len(self._facts) - max(self._most, len(facts))
        if excess > 0:
            self.beginRemoveRows(QModelIndex(), 0, excess - 1)
            del self._facts[:excess]
            self.earlier = True
            self.endRemoveRows()

    def want_earlier(self) -> None:
        """Ask for earlier facts, once until they come; nothing where there are none."""
        if self.earlier and not self._waiting:
            self._waiting = True
            self.earlier_wanted.emit()

    def want_later(self) -> None:
        """Ask for later facts, once until they come; nothing where there are none."""
        if self.later and not self._waiting:
            self._waiting = True
            self.later_wanted.emit()

    def stop_waiting(self) -> None:
        """What was asked for will not come: it may be asked for again."""
        self._waiting = False

    @property
    def facts(self) -> list[Any]:
        """What is held here, oldest first."""
        return list(self._facts)

    @property
    def order(self) -> tuple[int | None, bool]:
        """Facts stand in the order in which they happened, by no column."""
        return None, False

    def fact(self, row: int) -> Any:
        """The fact in a row."""
        return self._facts[row]

    def cell(self, row: int, column: int) -> tuple[str, Tone | None]:
        """Text and tone of a cell, with the shape of its tone; the view paints with it."""
        spec = self.columns[column]
        fact = self._facts[row]
        text = spec.text(fact).replace("\n", " ")
        tone = spec.tone(fact) if spec.tone is not None else None
        return (marked(tone, text) if tone and text else text), tone

    # -- Qt's questions --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._facts)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())[0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.align] | Qt.AlignmentFlag.AlignVCenter
        fact = self._facts[index.row()]
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
            return _SIDES[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None
