"""Rows of a table that hold the very same figures: what they come to is reckoned once for all of them.

A plan of thousands of activities repeats few rows of figures; what holds for one of them holds for the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sisfoh_desktop.modules.poi.rules.importing import FileRow
from sisfoh_desktop.modules.poi.rules.row_checks import (
    Equation,
    Habits,
    Layout,
    Values,
    failing,
    layout_of_row,
    unreadable_of,
    values_of,
)


@dataclass(frozen=True, eq=False, slots=True)
class Figures:
    """The figures of some rows; `row` is the first that has them."""

    row: FileRow
    values: Values
    unreadable: frozenset[int]


def figures_of(rows: Sequence[FileRow]) -> list[Figures]:
    """The figures of every row, the same object for rows whose cells are the same ones."""
    known: dict[tuple[int, ...], Figures] = {}
    found = []
    for row in rows:
        cells = tuple(map(id, row.numbers))
        same = known.get(cells)
        if same is None:
            same = known[cells] = Figures(row, values_of(row), unreadable_of(row))
        found.append(same)
    return found


class Sums:
    """The equations of rows, and which of them fail, under the habits of their table."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self._known: dict[tuple[Figures, str, str], tuple[Layout, tuple[Equation, ...]]] = {}

    def of(self, row: FileRow, figures: Figures) -> tuple[Layout, tuple[Equation, ...]]:
        """The layout of a row with these figures, and its equations that do not hold."""
        key = figures, row.text("goal_kind"), row.text("direction")
        found = self._known.get(key)
        if found is None:
            layout = layout_of_row(row, self._habits)
            found = self._known[key] = layout, failing(layout, figures.values)
        return found
