"""Which row a blank belongs to: the merged cells of one column, by the sheet's own ranges and by nothing else."""

from bisect import bisect_right
from collections.abc import Mapping

from sisfoh_desktop.sheets.cells import Value
from sisfoh_desktop.sheets.reading import MergedRange, Sheet


class MergedColumn:
    """The merged cells of one column that go down, to tell which row a blank belongs to."""

    def __init__(self, sheet: Sheet, column: int) -> None:
        self._ranges: list[MergedRange] = sorted(
            (one for one in sheet.merged if one.first_column == column and one.last_row > one.first_row),
            key=lambda one: one.first_row,
        )
        self._starts = [one.first_row for one in self._ranges]
        self._firsts: Mapping[int, Value] = {}
        if self._starts:
            wanted = set(self._starts)
            self._firsts = {row.number: row.value(column) for row in sheet.rows if row.number in wanted}

    @property
    def fills(self) -> bool:
        """Whether there is any merged cell."""
        return bool(self._starts)

    def value(self, number: int) -> Value:
        """The value of the merged cell that covers a row; None where none does."""
        if not self._starts:
            return None
        at = bisect_right(self._starts, number) - 1
        if at < 0 or number > self._ranges[at].last_row:
            return None
        return self._firsts.get(self._starts[at])
