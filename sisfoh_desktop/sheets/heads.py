"""Where the head of a table stands in a sheet, by what it says: titles above, order, accents and synonyms are free.

Which columns a table needs is the caller's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sisfoh_desktop.basics.texts import without_accents
from sisfoh_desktop.sheets.cells import Value
from sisfoh_desktop.sheets.reading import Row, Sheet

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_LONGEST_HEADING = 60
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Head:
    """A head: its rows (one, or two) and the column of each field that was recognised, with what it says there."""

    first_row: int
    row: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]


@lru_cache(maxsize=4_096)
def head_words(text: str) -> str:
    """A heading as it is compared: `N° DOC. (opcional)` -> `n doc`."""
    return _NO_WORD.sub(" ", without_accents(_IN_BRACKETS.sub(" ", text))).strip()


class HeadFinder:
    """Finds heads whose cells are among `synonyms` (field -> headings) and which have one of the `needed` sets."""

    def __init__(self, synonyms: Mapping[str, Sequence[str]], needed: Sequence[frozenset[str]]) -> None:
        self._field = {head_words(word): field for field, words in synonyms.items() for word in words}
        self._needed = needed

    def heads(self, sheet: Sheet) -> Iterator[Head]:
        """Every head of the sheet in order; a table may repeat it on each of its pages."""
        before: Row | None = None
        for row in sheet.rows:
            found = self._head(row.number, row.number, row.values)
            if found is None and before is not None and before.number == row.number - 1:
                found = self._head(before.number, row.number, _over(before.values, row.values))
            if found is not None:
                yield found
                before = None
            else:
                before = row

    def _head(self, first_row: int, row: int, values: Sequence[Value]) -> Head | None:
        columns: dict[str, int] = {}
        titles: dict[str, str] = {}
        for column, value in enumerate(values, 1):
            if not isinstance(value, str) or len(value) > _LONGEST_HEADING:
                continue
            field = self._field.get(head_words(value))
            if field is not None and field not in columns:
                columns[field], titles[field] = column, value
        if any(needed <= columns.keys() for needed in self._needed):
            return Head(first_row, row, columns, titles)
        return None


def _over(above: Sequence[Value], below: Sequence[Value]) -> list[Value]:
    """Two rows of a head as one: the lower cell names the column, or the upper one where there is no lower."""
    width = max(len(above), len(below))
    upper = [*above, *[None] * (width - len(above))]
    lower = [*below, *[None] * (width - len(below))]
    return [low if low is not None else high for high, low in zip(upper, lower, strict=True)]
