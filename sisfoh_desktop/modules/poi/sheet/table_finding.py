"""Where the table of the POI stands in a sheet: its heads by what they say, the titles above them, year and quarter.

What a head's words mean is in `rules.column_mapping`; the rows under it are read by `row_reading`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.modules.poi.rules.column_mapping import (
    figures_of,
    heads_of,
    map_columns,
    missing_meanings,
    same_heads,
)
from sisfoh_desktop.modules.poi.rules.facts import MONTH_CODES
from sisfoh_desktop.modules.poi.rules.head_words import quarter_in, read_heading, year_in
from sisfoh_desktop.modules.poi.rules.importing import IGNORED, ColumnMapping, Profile
from sisfoh_desktop.sheets.cells import Value, shown
from sisfoh_desktop.sheets.reading import Row, Sheet

_MOST_LINES = 3
_MOST_TITLES = 30
_ROWS_SEEN = 300
_FEWEST_FIGURES = 3
_MONTHS_ENOUGH = 3
_ENDS = 30
_MOST_WINDOWS = 1_000
_MOST_LOOKED_AT = 5_000
Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FoundHead:
    """A head: its rows (first and last number) and what its columns mean."""

    first_row: int
    row: int
    lines: Lines
    mapping: ColumnMapping


@dataclass(frozen=True)
class Titles:
    """What stands over a table: its texts, and the year and the quarter that they name (0: none)."""

    texts: tuple[str, ...]
    year: int = 0
    quarter: int = 0


def find_heads(sheet: Sheet, mapping: ColumnMapping | None = None, stage: str = "") -> list[FoundHead]:
    """Every head of the sheet in order; with a mapping, those whose titles are the mapping's.

    Where no head says what is needed but a row of titles stands over figures, that one, for a person to complete.
    """
    search = _Search(mapping, titles_over(sheet, _MOST_TITLES).quarter, stage)
    found: list[FoundHead] = []
    for stretch in _stretches(sheet, search):
        best: tuple[int, FoundHead] | None = None
        for window in _windows(stretch):
            head = search.head(window)
            if head is None:
                continue
            told = sum(meaning != IGNORED for meaning in head.mapping.meanings)
            if best is None or told > best[0]:
                best = told, head
        if best:
            found += _again(stretch, best[1])
            search.known.update(text for line in best[1].lines for text in line if text)
    if not found and mapping is None:
        guess = _over_figures(sheet)
        return [guess] if guess else []
    if found and mapping is None and found[0].mapping.stage:
        return [_with_filled(sheet, head, search.quarter, stage) for head in found]
    return found


def titles_over(sheet: Sheet, before_row: int) -> Titles:
    """The texts above a row, with the year and the quarter that they name first."""
    texts: list[str] = []
    quarter = 0
    for row in sheet.rows[:_MOST_TITLES]:
        if row.number >= before_row or has_figures(row):
            break
        told = [text for value in row.values if (text := shown(value))]
        quarters = {found for text in told if (found := quarter_in(text))}
        if not quarter and len(quarters) == 1:  # a head names several
            quarter = quarters.pop()
        texts += told
    return Titles(tuple(texts), next((year for text in texts if (year := year_in(text))), 0), quarter)


def has_figures(row: Row) -> bool:
    """Whether some cell of the row is a figure, as a number or as text."""
    for value in row.values:
        if value is None:
            continue
        if isinstance(value, str):
            if value[:1].isdigit() and value.replace(",", "").replace(".", "").replace(" ", "").isdigit():
                return True
        elif isinstance(value, int | float):
            return True
    return False


def head_text(value: Value) -> str:
    """A cell as the heading it may be: a date that stands for a month says its month."""
    if isinstance(value, date):
        return f"{MONTH_CODES[value.month - 1]} {value.year}"
    return " ".join(shown(value).split())


def _stretches(sheet: Sheet, search: "_Search") -> Iterator[list[Row]]:
    """Rows one under the other without figures, and with words of a head: there a head may stand."""
    stretch: list[Row] = []
    for row in sheet.rows:
        if has_figures(row) and not _numbered_months(row):
            if stretch:
                yield stretch
            stretch = []
        elif search.says_something(row):
            if stretch and row.number != stretch[-1].number + 1:
                yield stretch
                stretch = []
            stretch.append(row)
    if stretch:
        yield stretch


def _again(stretch: list[Row], head: FoundHead) -> list[FoundHead]:
    """The head wherever it stands in the stretch: a page may have no row under it."""
    if len(stretch) == head.row - head.first_row + 1:
        return [head]
    lines = [_line(row) for row in stretch]
    found: list[FoundHead] = []
    at, length = 0, len(head.lines)
    while at <= len(stretch) - length:
        if tuple(lines[at : at + length]) == head.lines:
            first, last = stretch[at].number, stretch[at + length - 1].number
            found.append(FoundHead(first, last, head.lines, head.mapping))
            at += length
        else:
            at += 1
    return found


def _line(row: Row) -> tuple[str, ...]:
    return tuple(head_text(value) for value in row.values)


def _numbered_months(row: Row) -> bool:
    """Whether its figures are months, 1 to 12: as a heading, never beside texts that are none."""
    expected = 1
    for value in row.values:
        if value is None or (isinstance(value, str) and not value.isdigit()):
            continue
        is_number = isinstance(value, int | float)
        if (is_number and value != expected) or head_text(value) not in (str(expected), f"{expected:02d}"):
            return False
        if expected == _MONTHS_ENOUGH:
            break
        expected += 1
    told = [head_text(value) for value in row.values if value is not None]
    return all(1 <= int(text) <= 12 if text.isdigit() else read_heading(text) is not None for text in told)


def _windows(stretch: list[Row]) -> Iterator[list[Row]]:
    """The shorter ones first, so that a title joins a head only where it adds to it.

    A head stands near where the figures begin or end: of a long stretch only its ends are looked at.
    """
    for length in range(1, _MOST_LINES + 1):
        for first in range(len(stretch) - length + 1):
            if first < _ENDS or first >= len(stretch) - _ENDS:
                yield stretch[first : first + length]


class _Search:
    """Looks at rows as the head that they may be; what was seen once, on every page of a long table, is kept."""

    def __init__(self, mapping: ColumnMapping | None, quarter: int, stage: str) -> None:
        self._mapping, self.quarter, self._stage = mapping, quarter, stage
        self._seen: dict[Lines, ColumnMapping | None] = {}
        self._looked_at = 0
        self.known: set[str] = set()

    def says_something(self, row: Row) -> bool:
        """Whether some cell is a known heading; any text under a mapping, whose words may be a person's own.

        After many rows of texts alone only what stood in a head before is looked for: a table has no more of them.
        """
        if self._mapping is not None:
            return True
        self._looked_at += 1
        if self._looked_at > _MOST_LOOKED_AT:
            return any(isinstance(value, str) and value in self.known for value in row.values)
        for value in row.values:
            if value is not None and (word := read_heading(head_text(value))) is not None and word.exact:
                self.known.add(head_text(value))
                return True
        return False

    def head(self, rows: list[Row]) -> FoundHead | None:
        lines = tuple(map(_line, rows))
        if lines not in self._seen:
            if len(self._seen) >= _MOST_WINDOWS:
                return None
            self._seen[lines] = self._meaning(lines)
        mapping = self._seen[lines]
        return FoundHead(rows[0].number, rows[-1].number, lines, mapping) if mapping else None

    def _meaning(self, lines: Lines) -> ColumnMapping | None:
        if self._mapping is not None:
            return self._mapping if same_heads(heads_of(lines), self._mapping.heads) else None
        found = map_columns(lines, quarter=self.quarter, stage=self._stage)
        return None if missing_meanings(found) else found


def _with_filled(sheet: Sheet, head: FoundHead, quarter: int, stage: str) -> FoundHead:
    """The same head, its block chosen among those that have figures under them."""
    filled: set[int] = set()
    seen = 0
    for row in sheet.rows:
        if row.number <= head.row:
            continue
        filled |= {column for column, value in enumerate(row.values, 1) if value not in (None, 0, "0", "")}
        seen += 1
        if seen >= _ROWS_SEEN:
            break
    return FoundHead(
        head.first_row,
        head.row,
        head.lines,
        map_columns(head.lines, quarter=quarter, stage=stage, filled=filled),
    )


def _over_figures(sheet: Sheet) -> FoundHead | None:
    """The last row of texts before the first row with some figures: a head in words that nobody knows."""
    before: Row | None = None
    for row in sheet.rows:
        if has_figures(row):
            figures = sum(has_figures(Row(row.number, (value,))) for value in row.values)
            if figures >= _FEWEST_FIGURES:
                break
        elif sum(value is not None for value in row.values) >= _FEWEST_FIGURES:
            before = row
    else:
        return None
    if before is None:
        return None
    lines = (_line(before),)
    found = map_columns(lines)
    guess = ColumnMapping(Profile.GENERIC, found.meanings, found.heads, found.stage)
    return FoundHead(before.number, before.number, lines, guess)


def same_table(one: ColumnMapping, other: ColumnMapping) -> bool:
    """Whether rows of both can stand in one table: the same figures in the same order, the same texts."""
    return figures_of(one) == figures_of(other) and _texts(one) == _texts(other)


def _texts(mapping: ColumnMapping) -> set[str]:
    figures: Sequence[str] = figures_of(mapping)
    return set(mapping.meanings) - set(figures) - {IGNORED}
