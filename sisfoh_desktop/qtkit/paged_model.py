"""The model under a long chronological list: one window of facts over it, oldest first, pages joined at both ends.

It never queries: it says that earlier or later facts are wanted, and whoever shows it brings them by key. However
long the list behind it, it holds no more than `most` facts; what lies furthest from the reader is let go.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from sisfoh_desktop.qtkit.row_filters import ColumnFilter
from sisfoh_desktop.qtkit.row_model import Column, FactModel

_Index = QModelIndex | QPersistentModelIndex


class PagedModel(FactModel):
    """Facts in the order in which they happened; `index.data(FACT_ROLE)` gives the fact of a row.

    `earlier` and `later` say whether the list goes on beyond the first and the last fact held here.
    """

    earlier_wanted = Signal()
    later_wanted = Signal()

    def __init__(
        self, columns: Sequence[Column], *, most: int = 2_000, parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
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
        return self._facts[row]

    # -- Qt's questions --------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._facts)
