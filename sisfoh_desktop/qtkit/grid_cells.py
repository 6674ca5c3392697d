"""Rows and columns of a grid: what a row holds, how a column reads, shows and locks its cells."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.qtkit.grid_kinds import CellKind
from sisfoh_desktop.qtkit.theme import Tone

_COMPUTED = "Esta columna se calcula o viene del plan: no se escribe aquí."


class GridRow:
    """A row: `key` tells it apart from others, `fact` is what it shows, `values` the cells that may be typed.

    `saved` is how the values came; `saved_fact` likewise (None: the row is new).
    """

    __slots__ = ("fact", "key", "number", "saved", "saved_fact", "values")

    def __init__(self, key: Hashable, fact: Any, values: Sequence[Any] = (), *, new: bool = False) -> None:
        self.key = key
        self.fact = fact
        self.values = list(values)
        self.saved = tuple(values)
        self.saved_fact = None if new else fact
        self.number = -1  # its place as seen; -1 while the filter hides it

    @property
    def is_new(self) -> bool:
        return self.saved_fact is None

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what is saved."""
        return self.saved_fact is not self.fact or tuple(self.values) != self.saved


@dataclass(frozen=True)
class GridColumn:
    """One column of a grid.

    Read only: `text` gives what the cell of a row shows (it may reckon from `row.values`: it is asked at each paint).
    Editable: `slot` is the place in `row.values` and `kind` how it is parsed and shown; `locked` gives the sentence
    why the cell of a row cannot be changed now ("" if it can). `title` is the head, `name` what the column is called
    in words (heard by a screen reader, shown in the preview of a paste). `width` in pixels at 100 % text size;
    `stretch` columns take what room is left over and give way to `narrowest` where there is none; of the others,
    figures and coloured words are never cut: the column grows. `tone` colours the text and adds the tone's shape, or
    the sign that `mark` gives; `tip` is what a short text stands for. `names_row`: a row is called by it. `short` is
    what is seen where the text does not fit, such as the siglas of a unit; the text is still what is copied and found.
    """

    title: str
    text: Callable[[GridRow], str] | None = None
    slot: int = -1
    kind: CellKind | None = None
    name: str = ""
    align: str = ""
    width: int = 64
    narrowest: int = 64
    stretch: bool = False
    names_row: bool = False
    tone: Callable[[GridRow], Tone | None] | None = None
    mark: Callable[[GridRow], str] | None = None
    tip: Callable[[GridRow], str] | None = None
    short: Callable[[GridRow], str] | None = None
    locked: Callable[[GridRow], str] | None = None

    @property
    def words(self) -> str:
        return self.name or self.title

    @property
    def aligned(self) -> str:
        return self.align or (self.kind.align if self.kind is not None else "left")

    def shown(self, row: GridRow) -> str:
        """The text of a cell as it is seen."""
        if self.text is not None:
            return self.text(row)
        assert self.kind is not None, "a column has a text or a kind"
        value = row.values[self.slot]
        return "" if value is None else self.kind.shown(value)

    def plain(self, row: GridRow) -> str:
        """The text of a cell as it is edited and copied: numbers without thousands' spaces."""
        if self.kind is None:
            return self.shown(row).replace("\u00a0", " ")
        value = row.values[self.slot]
        return "" if value is None else self.kind.plain(value)

    def why_locked(self, row: GridRow) -> str:
        """Why the cell cannot be changed; "" if it can."""
        if self.kind is None:
            return _COMPUTED
        return self.locked(row) if self.locked is not None else ""
