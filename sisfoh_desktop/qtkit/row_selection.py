"""The selected row of a list stays selected while its rows are filtered, ordered or read again."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.row_table import RowTable


class SelectionKept:
    """While the model is reset: remembers what is selected and selects it again.

    The same facts in another order are told apart by their number alone; `other_facts`, by their key.
    """

    def __init__(self, table: "RowTable", other_facts: bool) -> None:
        self._table, self._other_facts = table, other_facts
        self._kept: Hashable | None = None
        self._had = False

    def __enter__(self) -> None:
        row = self._table.selected_row()
        if row is not None:
            model = self._table.model
            self._had = True
            self._kept = self._table.key_of(model.fact(row)) if self._other_facts else model.number_at(row)

    def __exit__(self, *_error: object) -> None:
        table = self._table
        if self._had and not self._select():
            table.selection_changed.emit(table.selected())

    def _select(self) -> bool:
        if self._other_facts:
            return self._table.select_seen(self._kept)
        row = self._table.model.row_of(cast(int, self._kept))
        if row is not None:
            self._table.view.select_row(row)
        return row is not None
