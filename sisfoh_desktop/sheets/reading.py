"""The safe reading of spreadsheets (.xlsx, .xls, .ods, .csv, .tsv, .txt) into rows of cells; the door of every import.

Bounded time and memory, one sentence for every fault, never a guess that changes a figure. In this order: size, first
bytes, measure of the archive, parsing in a process of its own. Macros and links are never run or followed; formulas
give the value that was saved. What the columns mean is the caller's (`cells` reads figures, dates and numbers;
`heads` finds the head of a table).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PureWindowsPath

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.sheets.cells import Value, has_invisible, visible_text
from sisfoh_desktop.sheets.delimited import read_delimited
from sisfoh_desktop.sheets.preflight import LONGEST_CELL, BookKind, book_kind

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it: its number in the sheet (from 1) and its values from column 1 on."""

    number: int
    values: tuple[Value, ...]

    def value(self, column: int) -> Value:
        """The value in a column (from 1); None past the end."""
        return self.values[column - 1] if 1 <= column <= len(self.values) else None


@dataclass(frozen=True)
class MergedRange:
    """Merged cells, both ends included; the value belongs to the first of them."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """A sheet. A hidden one has no rows: it is named and never imported. Rows without any value are left out."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True)
class Workbook:
    """What was read of a file. `notes` are Spanish sentences for the person; `date1904` is for `cells.read_date`."""

    file_name: str
    kind: BookKind
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
    date1904: bool = False

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that may be imported: not hidden, and with something in them."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden and sheet.rows)


def read_workbook(data: bytes, file_name: str, *, progress: Progress = silent) -> Workbook:
    """The cells of a spreadsheet; the kind is told by its bytes, never by `file_name`.

    FileFailed with one sentence for every file that cannot be read whole and safely; nothing is read by halves. Runs
    up to a minute for a hostile file: never on the thread of the window. `progress` may raise Cancelled.
    """
    kind = book_kind(data)
    notes: list[str] = []
    if kind is BookKind.TEXT:
        table = read_delimited(data)
        notes += table.notes
        sheets = (Sheet("texto", _rows(table.rows, notes, "")),)
        _check_something(sheets)
        return Workbook(shown_file_name(file_name), kind, sheets, tuple(notes))
    from sisfoh_desktop.sheets.worker_process import parse_apart

    parsed = parse_apart(kind, data, progress=progress)
    notes += parsed.notes
    found: list[Sheet] = []
    for sheet in parsed.sheets:
        name = visible_text(sheet.name)
        if sheet.hidden:
            notes.append(f"La hoja «{name}» está oculta: no se importa.")
            found.append(Sheet(name, (), hidden=True))
            continue
        notes += sheet.notes
        rows = _rows(enumerate(sheet.rows, 1), notes, f"Hoja «{name}»: ")
        merged = tuple(MergedRange(*ends) for ends in sheet.merged)
        found.append(Sheet(name, rows, merged))
    _check_something(found)
    return Workbook(shown_file_name(file_name), parsed.kind, tuple(found), tuple(notes), parsed.date1904)


def shown_file_name(file_name: str) -> str:
    """The name of a file without its folders, as reports and the base keep it."""
    name = visible_text(PureWindowsPath(file_name.replace("/", "\\")).name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _rows(
    numbered: "enumerate[list[Value]] | Sequence[tuple[int, tuple[str, ...]]]",
    notes: list[str],
    where: str,
) -> tuple[Row, ...]:
    rows: list[Row] = []
    texts = _Texts()
    for number, raw in numbered:
        texts.row = number
        values = [texts[value] if isinstance(value, str) else value for value in raw]
        if texts.invisible:
            texts.cells += sum(value in texts.invisible for value in raw if isinstance(value, str))
        while values and values[-1] is None:
            values.pop()
        if values:
            rows.append(Row(number, tuple(values)))
    if texts.cells:
        notes.append(f"{where}{texts.cells} celdas traían signos invisibles: se quitaron.")
    return tuple(rows)


class _Texts(dict[str, str | None]):
    """The texts of a sheet as they are kept, each cleaned once: a long table says the same thousands of times."""

    def __init__(self) -> None:
        super().__init__()
        self.row = 0
        self.invisible: set[str] = set()
        self.cells = 0

    def __missing__(self, text: str) -> str | None:
        if len(text) > LONGEST_CELL:
            raise FileFailed(
                f"Una celda de la fila {self.row} tiene más de {LONGEST_CELL} letras; no se leyó nada. Acórtela."
            )
        if has_invisible(text):
            self.invisible.add(text)
        kept = self[text] = visible_text(text) or None
        return kept


def _check_something(sheets: Sequence[Sheet]) -> None:
    if not any(sheet.rows for sheet in sheets):
        hidden = any(sheet.hidden for sheet in sheets)
        raise FileFailed(
            "El libro no tiene ninguna hoja visible con datos; no se leyó nada. Muestre la hoja oculta que haga falta."
            if hidden
            else "El archivo no tiene datos; no se leyó nada. Revise qué archivo eligió."
        )
