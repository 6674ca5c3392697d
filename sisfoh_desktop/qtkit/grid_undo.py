"""The steps of a grid that can be undone: cells changed, rows added or taken away, a row's fact replaced.

Steps hold rows, not their places: a filter or another set of columns between doing and undoing does no harm.
"""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from sisfoh_desktop.qtkit.grid_model import GridModel, GridRow


class CellChange(NamedTuple):
    """A new value for one cell of a row: `slot` is the place in its values."""

    row: "GridRow"
    slot: int
    value: Any


class ColumnChange(NamedTuple):
    """New values for one cell each of several rows."""

    slot: int
    rows: "Sequence[GridRow]"
    values: Sequence[Any]


class _Step(QUndoCommand):
    """A step that knows whether it runs for the first time."""

    def __init__(self, model: "GridModel", words: str) -> None:
        super().__init__(words)
        self._model = model
        self._again = False

    def redo(self) -> None:
        self.do(again=self._again)
        self._again = True

    def do(self, *, again: bool) -> None:
        raise NotImplementedError


class CellsCommand(_Step):
    """Cells changed at once, kept column by column: a paste of thousands is one of these."""

    def __init__(self, model: "GridModel", columns: Sequence[ColumnChange], words: str) -> None:
        super().__init__(model, words)
        self._columns = columns
        self._before = [[row.values[slot] for row in rows] for slot, rows, _values in columns]
        self._rows = list(dict.fromkeys(chain.from_iterable(rows for _slot, rows, _values in columns)))
        self._slots = {slot for slot, _rows, _values in columns}

    def do(self, *, again: bool) -> None:
        for slot, rows, values in self._columns:
            for row, value in zip(rows, values, strict=True):
                row.values[slot] = value
        self._model.tell_edited(self._rows, self._slots, again=again)

    def undo(self) -> None:
        for (slot, rows, _values), before in zip(self._columns, self._before, strict=True):
            for row, value in zip(rows, before, strict=True):
                row.values[slot] = value
        self._model.tell_edited(self._rows, self._slots, again=True)


class RowsCommand(_Step):
    """Rows added or taken away."""

    def __init__(
        self, model: "GridModel", places: Sequence[tuple[int, "GridRow"]], *, added: bool, words: str
    ) -> None:
        super().__init__(model, words)
        self._places, self._added = list(places), added

    def do(self, *, again: bool) -> None:
        self._run(put=self._added)

    def undo(self) -> None:
        self._run(put=not self._added)

    def _run(self, *, put: bool) -> None:
        if put:
            self._model.put_rows(self._places)
        else:
            self._model.take_rows(self._places)


class FactCommand(_Step):
    """A row with another fact."""

    def __init__(self, model: "GridModel", row: "GridRow", fact: Any, values: list[Any], words: str) -> None:
        super().__init__(model, words)
        self._row = row
        self._after = (fact, values)
        self._before = (row.fact, list(row.values))

    def do(self, *, again: bool) -> None:
        self._model.put_fact(self._row, *self._after, again=again)

    def undo(self) -> None:
        self._model.put_fact(self._row, *self._before, again=True)
