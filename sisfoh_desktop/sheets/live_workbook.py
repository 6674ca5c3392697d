"""Workbooks whose sums are live: each formula stands with the value it came to, for readers that reckon nothing.

Several head rows, merged titles, frozen panes, heads repeated in print. Plain lists are in `workbook.py`; which
formulas stand where is the caller's. Loads openpyxl: call it inside functions. openpyxl makes the workbook around the
rows; the rows are written here, for it writes formulas without their values, and takes ten times as long.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_576
PAPERS = {"A4": 9, "A3": 8}  # the format's own numbers
_LONGEST_TEXT = 32_767
_FORBIDDEN_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_TOLD_EACH = 250  # rows between two words to whoever waits

Kind = Literal["plain", "title", "head", "total", "note"]


@dataclass(frozen=True)
class Formula:
    """A formula without its «=», made of cell references alone, and what it comes to (an empty text: nothing)."""

    text: str
    value: int | float | Decimal | str


LiveValue = str | int | float | Decimal | Formula | None


@dataclass(frozen=True)
class LiveColumn:
    """A column: its width in characters and how its figures are shown (texts are always texts)."""

    width: float
    number_format: str = "General"


@dataclass(frozen=True)
class LiveRow:
    """A row of cells that look alike: a title, a head, plain data, totals or a note; None is an empty cell."""

    cells: Sequence[LiveValue]
    kind: Kind = "plain"


@dataclass(frozen=True)
class LiveSheet:
    """A sheet. `frozen` is the first cell that moves («F4»); `head_rows` («1:3») and `head_columns` («A:C») are printed
    on each page; `merges` are ranges; it prints sideways, as wide as the page.
    """

    title: str
    columns: Sequence[LiveColumn]
    rows: Iterable[LiveRow]
    frozen: str = "A2"
    head_rows: str = "1:1"
    head_columns: str = ""
    merges: Sequence[str] = ()
    paper: Literal["A4", "A3"] = "A4"


def live_workbook(
    title: str, sheets: Sequence[LiveSheet], progress: Progress = silent, *, mark: str = ""
) -> bytes:
    """The bytes of the workbook; the same sheets always give the same cells.

    Text is always a text cell, even where it looks like a formula. RuleError ("sheet_too_large") past Excel's rows.
    `progress` counts rows, and may raise Cancelled. `mark` is as in `table_workbook`, but for the row: which one says
    it is the caller's.
    """
    from openpyxl import Workbook

    from sisfoh_desktop.sheets.workbook import mark_sheet

    book = Workbook(write_only=True)
    book.properties.title = _text(title)
    book.properties.creator = "SISFOH Desktop"
    written: list[bytes] = []
    listed = [(one, _rows_of(one)) for one in sheets]
    whole, done = sum(len(rows) for _, rows in listed), 0
    for one, rows in listed:
        sheet = book.create_sheet(one.title)
        _set_up(sheet, one)
        if mark:
            mark_sheet(sheet, mark)
        press = _RowPress(sheet, one.columns)
        told: list[str] = []
        for number, row in enumerate(rows, 1):
            if done % _TOLD_EACH == 0:
                progress(done, whole)
            told.append(press.row(number, row))
            done += 1
        written.append("".join(told).encode())
    out = io.BytesIO()
    book.save(out)
    return _with_rows(out.getvalue(), written)


def column_letters(number: int) -> str:
    """The letters of a column, from 1: 28 -> AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows_of(sheet: LiveSheet) -> list[LiveRow]:
    rows = list(islice(sheet.rows, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise RuleError(
            "sheet_too_large",
            f"La hoja «{sheet.title}» pasa de las {MOST_ROWS} filas que admite una hoja de cálculo. "
            "No se guardó nada.",
        )
    return rows


class _RowPress:
    """Writes the rows of a sheet."""

    def __init__(self, sheet: "WriteOnlyWorksheet", columns: Sequence[LiveColumn]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._letters = [column_letters(number) for number in range(1, len(columns) + 1)]
        self._looks: dict[tuple[Kind, int | str, bool], int] = {}

    def row(self, number: int, row: LiveRow) -> str:
        kind = row.kind
        cells = [self._cell(value, kind, at, number) for at, value in enumerate(row.cells)]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _cell(self, value: LiveValue, kind: Kind, at: int, number: int) -> str:
        place = f"{self._letters[at]}{number}"
        if value is None:
            if kind in ("plain", "title", "note"):
                return ""
            return f'<c r="{place}" s="{self._look(kind, "text")}"/>'
        if isinstance(value, Formula):
            type_of, told = "", format(value.value)
            if isinstance(value.value, str):
                type_of, told = ' t="str"', _escaped(_text(value.value))
            look = self._look(kind, at)
            return f'<c r="{place}" s="{look}"{type_of}><f>{escape(value.text)}</f><v>{told}</v></c>'
        if not isinstance(value, str):
            return f'<c r="{place}" s="{self._look(kind, at)}"><v>{float(value):.16g}</v></c>'
        text = _text(value)
        look = self._look(kind, "text", prefixed=value.startswith(_LOOKS_LIKE_FORMULA))
        if not text:
            return f'<c r="{place}" s="{look}"/>'
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f'<c r="{place}" s="{look}" t="inlineStr"><is><t{space}>{_escaped(text)}</t></is></c>'

    def _look(self, kind: Kind, column: int | str, *, prefixed: bool = False) -> int:
        """The number of a look, which is set up once."""
        look = self._looks.get((kind, column, prefixed))
        if look is None:
            number_format = "@" if isinstance(column, str) else self._columns[column].number_format
            look = self._looks[kind, column, prefixed] = _look(self._sheet, kind, number_format, prefixed)
        return look


def _look(sheet: "WriteOnlyWorksheet", kind: Kind, number_format: str, prefixed: bool) -> int:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    is_text = number_format == "@"
    cell.alignment = Alignment(vertical="top", wrap_text=is_text and kind != "title")
    rule = Side(style="thin", color="5B6470")
    if kind == "title":
        cell.font = Font(bold=True, size=13)
    elif kind == "head":
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F4F5F7")
        cell.border = Border(bottom=rule, top=rule)
        cell.alignment = Alignment(vertical="center", horizontal="center", wrap_text=True)
    elif kind == "total":
        cell.font = Font(bold=True)
        cell.border = Border(bottom=rule, top=rule)
    elif kind == "note":
        cell.font = Font(italic=True, size=9)
        cell.alignment = Alignment(vertical="top")
    if prefixed:
        cell.quotePrefix = True  # else Excel computes it when someone edits the cell and leaves
    return int(cell.style_id)


def _set_up(sheet: "WriteOnlyWorksheet", wanted: LiveSheet) -> None:
    from openpyxl.worksheet.cell_range import CellRange

    sheet.freeze_panes = wanted.frozen
    for number, column in enumerate(wanted.columns, 1):
        sheet.column_dimensions[column_letters(number)].width = column.width
    for place in wanted.merges:
        sheet.merged_cells.ranges.add(CellRange(place))
    sheet.print_title_rows = wanted.head_rows
    if wanted.head_columns:
        sheet.print_title_cols = wanted.head_columns
    sheet.page_setup.paperSize = PAPERS[wanted.paper]
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.right.text = "Página &P de &N"


def _with_rows(data: bytes, written: Sequence[bytes]) -> bytes:
    """The workbook with the rows of each sheet in their place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            part = made.read(entry)
            number = _sheet_number(entry.filename)
            if number is not None:
                before, after = _NO_ROWS.split(part)
                part = b"".join((before, b"<sheetData>", written[number], b"</sheetData>", after))
            kept.writestr(entry, part)
    return out.getvalue()


def _sheet_number(name: str) -> int | None:
    found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
    return int(found[1]) - 1 if found else None


def _text(text: str) -> str:
    return _FORBIDDEN_SIGNS.sub("", text.replace("\r\n", "\n"))[:_LONGEST_TEXT]


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})
