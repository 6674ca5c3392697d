"""The parsing of a workbook, as it is done in a process of its own: `worker_process` starts and limits that process.

It gives plain lists, ready to cross between processes; `reading` makes a `Workbook` of them. It knows nothing of Qt
nor of the base, and starts with few imports.
"""

import io
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed, SisfohError
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.sheets.cells import CellError, Value
from sisfoh_desktop.sheets.preflight import (
    LONGEST_CELL,
    MOST_BLANK_ROWS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    BookKind,
    damaged,
    look_into,
    protected,
    too_many_cells,
    too_many_rows,
)
from sisfoh_desktop.sheets.sheet_xml import BookMarks, SheetMarks, book_marks

MEMORY_LIMIT = 1024 * 1024 * 1024


@dataclass
class ParsedSheet:
    """A sheet as it was parsed: `rows` begin at row 1, column 1; merged ranges as (row, column, row, column) from 1."""

    name: str
    hidden: bool
    rows: list[list[Value]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class ParsedBook:
    """A workbook as it was parsed; `notes` are Spanish sentences for the person."""

    kind: BookKind
    sheets: list[ParsedSheet]
    notes: list[str]
    date1904: bool = False


def serve(connection: Connection) -> None:
    """What the child process runs: one file comes in, one answer goes out, and it ends."""
    _hush()
    _limit_memory(MEMORY_LIMIT)
    answer: tuple[str, Any]
    try:
        kind, data = connection.recv()
        answer = ("parsed", parse(BookKind(kind), data))
    except SisfohError as error:
        answer = ("refused", error.sentence)
    except MemoryError:
        answer = ("memory", "")
    except Exception:
        answer = ("failed", "")
    try:
        connection.send(answer)
    except MemoryError:  # packing the cells takes as much again
        connection.send(("memory", ""))
    connection.close()


def parse(kind: BookKind, data: bytes) -> ParsedBook:
    """The sheets of a workbook (.xlsx, .ods or .xls); FileFailed with the sentence for the person."""
    notes: list[str] = []
    marks = BookMarks({}, date1904=False)
    if kind is not BookKind.XLS:
        zipped = look_into(data)
        kind = zipped.kind
        notes += zipped.notes
        if kind is BookKind.XLSX:
            marks = book_marks(data)
    book = ParsedBook(kind, _sheets(data, marks), notes, marks.date1904)
    if marks.date1904:
        notes.append("El libro cuenta los días desde 1904 (Mac): las fechas se convirtieron.")
    if kind is BookKind.XLS:
        notes.append(
            "Es un libro antiguo (.xls): sus celdas con error se leen como vacías; si duda, guárdelo como .xlsx."
        )
    return book


def _sheets(data: bytes, marks: BookMarks) -> list[ParsedSheet]:
    import python_calamine as calamine

    odd = {name for name, mark in marks.sheets.items() if mark.far_apart or mark.unplaced}
    sheets, cells = [], 0
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for told in book.sheets_metadata:
            if told.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = ParsedSheet(told.name, told.visible != calamine.SheetVisibleEnum.Visible)
            sheets.append(sheet)
            if sheet.hidden or told.name in odd:
                continue
            found = book.get_sheet_by_name(told.name)
            _check_extent(found, told.name)
            sheet.rows = [list(row) for row in found.to_python(skip_empty_area=False)]
            cells += sum(map(len, sheet.rows))
            if cells > MOST_CELLS:
                raise too_many_cells("El libro")
            sheet.merged = [
                (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
                for first, last in found.merged_cell_ranges or ()
            ]
            _finish(sheet, marks.sheets.get(told.name, SheetMarks()))
    except SisfohError:
        raise
    except calamine.PasswordError as error:
        raise protected() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise damaged("El libro") from error
    if any(sheet.name in odd and not sheet.hidden for sheet in sheets):
        _read_far_apart(data, [sheet for sheet in sheets if sheet.name in odd and not sheet.hidden], marks)
    return sheets


def _check_extent(sheet: Any, name: str) -> None:
    """How much would be read, before a cell becomes an object."""
    if sheet.end is None:
        return
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > MOST_ROWS:
        raise too_many_rows(f"La hoja «{name}»")
    if columns > MOST_COLUMNS:
        raise FileFailed(
            f"La hoja «{name}» llega a más de {MOST_COLUMNS} columnas; no se leyó nada. Copie solo las columnas con "
            "datos a un libro nuevo."
        )
    if rows * columns > MOST_CELLS:
        raise too_many_cells(f"La hoja «{name}»")


def _read_far_apart(data: bytes, sheets: list[ParsedSheet], marks: BookMarks) -> None:
    """Sheets whose cells lie far apart, row by row, until there are only blank rows."""
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in sheets:
            found = book[sheet.name]
            found.reset_dimensions()
            blank = 0
            for row in found.iter_rows(max_col=MOST_COLUMNS):
                values: list[Value] = [
                    CellError(str(cell.value)) if cell.data_type == "e" else cell.value for cell in row
                ]
                while values and values[-1] is None:
                    values.pop()
                blank = 0 if values else blank + 1
                if blank > MOST_BLANK_ROWS:
                    sheet.notes.append(
                        f"Hoja «{sheet.name}»: se dejó de leer tras {MOST_BLANK_ROWS} filas vacías; hay celdas más "
                        "abajo que no se leyeron."
                    )
                    break
                sheet.rows.append(values)
                if len(sheet.rows) > MOST_ROWS:
                    raise too_many_rows(f"La hoja «{sheet.name}»")
            _finish(sheet, marks.sheets[sheet.name])


def _finish(sheet: ParsedSheet, marks: SheetMarks) -> None:
    """Errors and formulas without a value into their places; what else must be told."""
    for (row, column), code in marks.errors.items():
        _put(sheet, row, column, CellError(code))
    for row, column in marks.lost:
        _put(sheet, row, column, CellError(""))
    for number, row_values in enumerate(sheet.rows, 1):
        for value in row_values:
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise FileFailed(
                    f"Una celda de la fila {number} de «{sheet.name}» pasa de {LONGEST_CELL} letras; no se leyó nada. "
                    "Acórtela."
                )
    while sheet.rows and not any(value not in (None, "") for value in sheet.rows[-1]):
        sheet.rows.pop()
    hidden = sum(row <= len(sheet.rows) for row in marks.hidden_rows)
    where = f"Hoja «{sheet.name}»"
    if marks.lost:
        first = min(marks.lost)[0]
        sheet.notes.append(
            f"{where}: {counted(len(marks.lost), 'fórmula', 'fórmulas')} sin valor guardado (la primera en la fila "
            f"{first}); ábralo en Excel y guárdelo."
        )
    if marks.errors:
        first = min(marks.errors)[0]
        sheet.notes.append(
            f"{where}: {counted(len(marks.errors), 'celda', 'celdas')} con error (la primera en la fila {first})."
        )
    if hidden:
        sheet.notes.append(
            f"{where}: {counted(hidden, 'fila oculta', 'filas ocultas')}; se leen como las demás."
        )
    if marks.hidden_columns:
        sheet.notes.append(f"{where}: hay columnas ocultas; se leen como las demás.")
    if sheet.merged:
        sheet.notes.append(f"{where}: hay celdas combinadas; su valor vale solo para la primera.")


def _put(sheet: ParsedSheet, row: int, column: int, value: Value) -> None:
    if row > MOST_ROWS or column > MOST_COLUMNS:
        return
    while len(sheet.rows) < row:
        sheet.rows.append([])
    values = sheet.rows[row - 1]
    values.extend([None] * (column - len(values)))
    values[column - 1] = value


def _hush() -> None:
    """What a library writes when it dies must not reach the terminal of a command."""
    import os

    with suppress(OSError):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
    with suppress(Exception):
        import faulthandler

        faulthandler.disable()


def _limit_memory(limit: int) -> None:
    """As far as the system allows it; where it does not, the limits on the file itself stand."""
    if sys.platform == "win32":
        from sisfoh_desktop.sheets.worker_windows import limit_memory

        limit_memory(limit)
        return
    import resource

    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
