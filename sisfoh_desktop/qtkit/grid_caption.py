"""The line that tells in full the row of a grid that has the cursor: in narrow columns its texts are cut."""

from collections.abc import Callable

from sisfoh_desktop.qtkit.elided_label import ElidedLabel
from sisfoh_desktop.qtkit.grid_model import GridRow
from sisfoh_desktop.qtkit.grid_table import Grid


class GridCaption(ElidedLabel):
    """Stands between the cells of `grid` and its foot; `words` gives what is told of a row."""

    def __init__(self, grid: Grid, words: Callable[[GridRow], str]) -> None:
        super().__init__(grid)
        self._words = words
        self.setProperty("role", "caption")
        self.setAccessibleName("Fila elegida")
        grid.place_below(self)
        grid.current_changed.connect(self._on_current_changed)

    def _on_current_changed(self, row: GridRow | None) -> None:
        self.setText(self._words(row) if row is not None else "")
