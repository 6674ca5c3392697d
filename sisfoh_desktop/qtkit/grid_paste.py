"""What a paste would do to a grid: each cell that changes, old and new, and each one refused with its reason.

Nothing is changed here; the preview is in `grid_paste_dialog`, the change itself one step of the model's undo.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sisfoh_desktop.basics.cell_blocks import Block
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.qtkit.grid_model import CellChange, ColumnChange, GridColumn, GridModel, GridRow
from sisfoh_desktop.qtkit.row_order import fold_text

Area = tuple[int, int, int, int]
_OUTSIDE = "Cae fuera de la cuadrícula: no hay fila o columna para él."
_MOST_OUTSIDE = 200  # cells beyond the border that are listed one by one


@dataclass(frozen=True)
class PlannedChange:
    """A cell that would change, with both texts as they are seen."""

    change: CellChange
    row_name: str
    column_name: str
    before: str
    after: str


@dataclass(frozen=True)
class RejectedCell:
    """A copied cell that cannot be put where it falls."""

    row_name: str
    column_name: str
    text: str
    reason: str


@dataclass(frozen=True)
class PastePlan:
    """`area` is the block that the paste covers inside the grid; `outside` counts the cells beyond its border."""

    area: Area
    columns: tuple[ColumnChange, ...]
    rejected: tuple[RejectedCell, ...]
    unchanged: int
    outside: int = 0
    heads_dropped: bool = False

    @property
    def cells(self) -> int:
        """How many cells would change."""
        return sum(len(one.rows) for one in self.columns)

    @property
    def changes(self) -> list[CellChange]:
        """The same, cell by cell."""
        return [
            CellChange(row, slot, value)
            for slot, rows, values in self.columns
            for row, value in zip(rows, values, strict=True)
        ]


def plan_paste(model: GridModel, block: Block, selected: Area) -> PastePlan:
    """Where a copied block goes when pasted over a selected one: one value, or a block that divides the selected one,
    fills it; any other block begins at its top left corner. A first line that repeats the heads is dropped."""
    top, left, bottom, right = selected
    heads_dropped = _repeats_heads(model, block, left)
    if heads_dropped:
        block = block[1:]
    high, wide = len(block), len(block[0]) if block else 0
    if not high or not wide:
        return PastePlan(selected, (), (), 0, heads_dropped=heads_dropped)
    chosen_high, chosen_wide = bottom - top + 1, right - left + 1
    fills = chosen_high % high == 0 and chosen_wide % wide == 0
    rows = chosen_high if fills else high
    columns = chosen_wide if fills else wide
    area = (
        top,
        left,
        min(top + rows, model.rowCount()) - 1,
        min(left + columns, model.columnCount()) - 1,
    )
    taken = area[2] - top + 1
    changed: list[ColumnChange] = []
    rejected: list[RejectedCell] = []
    unchanged = 0
    copied = list(zip(*block, strict=True))
    seen = model.rows_between(top, area[2])
    for column in range(left, area[3] + 1):
        spec = model.columns[column]
        texts = copied[(column - left) % wide]
        found = _read_column(model, column, seen, (texts * -(-taken // high))[:taken])
        rejected += [
            RejectedCell(row_name(model, row), spec.words, text.strip(), reason)
            for row, text, reason in found.refused
        ]
        unchanged += taken - len(found.rows) - len(found.refused)
        if found.rows:
            changed.append(ColumnChange(spec.slot, found.rows, found.values))
    beyond, outside = _beyond(block, model, top, left, rows, columns)
    return PastePlan(
        area, tuple(changed), (*rejected, *beyond), unchanged, outside=outside, heads_dropped=heads_dropped
    )


def planned_changes(model: GridModel, changes: Sequence[CellChange]) -> list[PlannedChange]:
    """The changes in words, row by row as they are seen."""
    columns = {spec.slot: spec for spec in model.columns if spec.kind is not None}
    order = {spec.slot: place for place, spec in enumerate(model.columns)}
    names: dict[int, str] = {}
    told = []
    for change in sorted(changes, key=lambda one: (one.row.number, order[one.slot])):
        spec = columns[change.slot]
        name = names.get(id(change.row))
        if name is None:
            name = names[id(change.row)] = row_name(model, change.row)
        told.append(
            PlannedChange(change, name, spec.words, spec.shown(change.row), _shown(spec, change.value))
        )
    return told


def row_name(model: GridModel, row: GridRow) -> str:
    """What a row is called: its number and the column that names it, where one does."""
    named = next((one for one in model.columns if one.names_row), None)
    return f"{row.number + 1}. {named.shown(row)}" if named is not None else f"Fila {row.number + 1}"


def area_changes(
    model: GridModel, area: Area, value_of: Callable[[GridColumn, int, int], Any]
) -> tuple[list[CellChange], list[str]]:
    """The changes that put `value_of(column, row number, column number)` into every cell of a block, and the reasons
    of those cells that cannot be changed. Cells that are not for typing are passed over."""
    changes: list[CellChange] = []
    refused: list[str] = []
    for column in range(area[1], area[3] + 1):
        spec = model.columns[column]
        if spec.kind is None:
            continue
        for number in range(area[0], area[2] + 1):
            row = model.row(number)
            value = value_of(spec, number, column)
            if row.values[spec.slot] == value:
                continue
            reason = model.why_locked(number, column)
            if reason:
                refused.append(reason)
            else:
                changes.append(CellChange(row, spec.slot, value))
    return changes, refused


@dataclass
class _Read:
    """What was read of one copied column: the rows that change and their values, and the texts refused."""

    rows: list[GridRow] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    refused: list[tuple[GridRow, str, str]] = field(default_factory=list)


def _read_column(model: GridModel, column: int, rows: list[GridRow], texts: Sequence[str]) -> _Read:
    spec = model.columns[column]
    if spec.kind is None:
        refused = [
            (row, text, spec.why_locked(row))
            for row, text in zip(rows, texts, strict=True)
            if text.strip() and not _alike(text, spec.plain(row)) and not _alike(text, spec.shown(row))
        ]
        return _Read(refused=refused)
    values = spec.kind.parse_many(texts) if spec.kind.parse_many is not None else None
    if values is not None and spec.locked is None and not model.read_only:
        slot = spec.slot
        pairs = [(row, value) for row, value in zip(rows, values, strict=True) if row.values[slot] != value]
        return _Read([row for row, _value in pairs], [value for _row, value in pairs])
    return _read_cells(model, column, rows, texts)


def _read_cells(model: GridModel, column: int, rows: list[GridRow], texts: Sequence[str]) -> _Read:
    """One by one; a text that comes again is not parsed again."""
    spec, found = model.columns[column], _Read()
    assert spec.kind is not None
    known: dict[str, tuple[Any, str]] = {}
    for row, text in zip(rows, texts, strict=True):
        if text not in known:
            try:
                known[text] = (spec.kind.read(text), "")
            except RuleError as error:
                known[text] = (None, error.sentence)
        value, reason = known[text]
        if not reason and value == row.values[spec.slot]:
            continue
        reason = reason or model.why_locked(row.number, column)
        if reason:
            found.refused.append((row, text, reason))
        else:
            found.rows.append(row)
            found.values.append(value)
    return found


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _shown(spec: GridColumn, value: Any) -> str:
    return "" if value is None or spec.kind is None else spec.kind.shown(value)


def _repeats_heads(model: GridModel, block: Block, left: int) -> bool:
    """Whether the first copied line is the heads of the columns it falls on (or of most of them)."""
    if len(block) < 2:
        return False
    titles = model.columns[left : left + len(block[0])]
    pairs = [(fold_text(text.strip()), spec) for text, spec in zip(block[0], titles, strict=False)]
    told = [(text, spec) for text, spec in pairs if text]
    hits = sum(text in (fold_text(spec.title), fold_text(spec.words)) for text, spec in told)
    return hits > 0 and hits * 2 > len(told)


def _beyond(
    block: Block, model: GridModel, top: int, left: int, rows: int, columns: int
) -> tuple[list[RejectedCell], int]:
    """The copied cells that fall outside the grid and are not blank: the first ones by name, and how many."""
    last_row, last_column = model.rowCount(), model.columnCount()
    if top + rows <= last_row and left + columns <= last_column:
        return [], 0
    listed: list[RejectedCell] = []
    count = 0
    for down, line in enumerate(block):
        start = 0 if top + down >= last_row else max(0, last_column - left)
        for right, text in enumerate(line[start:], start):
            if text.strip():
                count += 1
                if count <= _MOST_OUTSIDE:
                    name = f"Fila {down + 1} de lo copiado"
                    listed.append(RejectedCell(name, f"columna {right + 1}", text.strip(), _OUTSIDE))
    return listed, count
