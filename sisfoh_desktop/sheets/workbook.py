"""A list as an .xlsx workbook, exactly as seen: styled head, widths, frozen head, text that stays text.

Which columns and rows is the caller's; reading spreadsheets does not live here.
"""

import io
import math
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.progress import Progress, silent

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float | Decimal | date | datetime | bool | None

_MOST_ROWS = 1_048_575  # of the format, less the head
_MOST_COLUMNS = 16_384
_A4 = 9  # the format's own number for it
_LONGEST_TEXT = 32_767
_LONGEST_FOOT = 200  # Excel takes 255 with its own codes
_MARK_COLOUR = "B3541E"
_CUT = " […]"
_NARROWEST, _WIDEST = 8.0, 60.0
_ROWS_MEASURED = 200
_ROWS_BETWEEN_WORDS = 100  # about progress
_FORBIDDEN_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

TEXT_FORMAT = "@"
DATE_FORMAT = "dd/mm/yyyy"
MOMENT_FORMAT = "dd/mm/yyyy hh:mm"
AMOUNT_FORMAT = "#,##0.00"


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in characters (measured from the content when None), a number format of Excel."""

    title: str
    width: float | None = None
    number_format: str | None = None


def table_workbook(
    title: str,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Value]],
    *,
    foot: str = "",
    mark: str = "",
    progress: Progress = silent,
) -> bytes:
    """The bytes of a workbook with one sheet; `foot` stands below its rows and at the foot of each printed page.

    `mark` says what the whole is worth ("PRÁCTICA, SIN VALOR"): on the tab, below the rows, on top of each page.

    Text is always a text cell (`=1+1`, `00123456` and `1-2` stay as they are); Decimal with two places, dates
    dd/mm/aaaa, aware moments in Lima time. Signs that the format forbids are left out; a text beyond Excel's 32 767
    signs ends in «[…]». Rows are read once; `progress` counts those of a
    sequence. RuleError ("sheet_too_large") past Excel's own limits, Cancelled; then no temporary file stays.
    """
    from openpyxl import Workbook

    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    if len(heads) > _MOST_COLUMNS:
        raise RuleError("sheet_too_large", _too_large(f"{len(heads)} columnas", f"{_MOST_COLUMNS}"))
    source = iter(rows)
    first = list(islice(source, _ROWS_MEASURED))
    book = Workbook(write_only=True)
    book.properties.title = _FORBIDDEN_SIGNS.sub("", title)
    book.properties.creator = "SISFOH Desktop"
    sheet = book.create_sheet(_sheet_title(title))
    _set_up(sheet, heads, first)
    if mark:
        mark_sheet(sheet, mark)
    sheet.append([_head_cell(sheet, column.title) for column in heads])
    press = _CellPress(sheet, heads)
    total = len(rows) if isinstance(rows, Sequence) else 0
    try:
        for number, row in enumerate(chain(first, source), 1):
            _check_rows(number)
            sheet.append(press.cells(row))
            if total and number % _ROWS_BETWEEN_WORDS == 0:
                progress(number, total)
    except BaseException:
        _discard(sheet)
        raise
    if mark or foot:
        sheet.append([])
    if mark:
        sheet.append(press.line(mark))
    if foot:
        sheet.append(press.line(foot))
        sheet.oddFooter.left.text = _text(foot).replace("&", "&&")[:_LONGEST_FOOT]
        sheet.oddFooter.left.size = 8
        sheet.oddFooter.right.text = "&P de &N"
        sheet.oddFooter.right.size = 8
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _check_rows(count: int) -> None:
    if count > _MOST_ROWS:
        raise RuleError("sheet_too_large", _too_large(f"más de {_MOST_ROWS} filas", f"{_MOST_ROWS}"))


def _discard(sheet: "WriteOnlyWorksheet") -> None:
    """Of a workbook that is not made after all, the sheet's temporary file is closed and taken away."""
    sheet.close()
    sheet._writer.cleanup()


def mark_sheet(sheet: "WriteOnlyWorksheet", mark: str) -> None:
    """What the sheet is worth, in large on top of each printed page, and a colour on its tab."""
    sheet.sheet_properties.tabColor = _MARK_COLOUR
    sheet.oddHeader.center.text = _text(mark).replace("&", "&&")[:_LONGEST_FOOT]
    sheet.oddHeader.center.size = 14


class _CellPress:
    """Makes the cells of a row; one per sheet, so that nothing is looked up twice."""

    def __init__(self, sheet: "WriteOnlyWorksheet", columns: Sequence[Column]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        self._make = WriteOnlyCell
        self._sheet = sheet
        self._formats = [column.number_format for column in columns]
        self._top = Alignment(vertical="top")
        self._wrapped = Alignment(vertical="top", wrap_text=True)
        self._styles: dict[tuple[str, bool, bool], Any] = {}

    def cells(self, row: Sequence[Value]) -> list[Any]:
        return [
            self._cell(value, number_format) for value, number_format in zip(row, self._formats, strict=True)
        ]

    def line(self, text: str) -> list[Any]:
        """A row of one text that runs over the columns."""
        cell = self._cell(text, None)
        cell._style = copy(cell._style)
        cell.alignment = self._top
        return [cell]

    def _cell(self, value: Value, number_format: str | None) -> Any:
        if value is None:
            return None
        stored, usual = _stored(value)
        cell = self._make(self._sheet, value=stored)
        shown, quoted, wrapped = number_format or usual, False, False
        if isinstance(stored, str):
            cell.data_type = "s"  # openpyxl would make a formula of "=1+1" and an error of "#N/A"
            shown = TEXT_FORMAT
            # else Excel computes it when someone edits the cell and leaves
            quoted = stored.startswith(_LOOKS_LIKE_FORMULA)
            wrapped = "\n" in stored or len(stored) > _WIDEST
        self._dress(cell, shown, quoted=quoted, wrapped=wrapped)
        return cell

    def _dress(self, cell: Any, number_format: str, *, quoted: bool, wrapped: bool) -> None:
        """Cells that look alike share one style: openpyxl looks each part of a style up anew for every cell."""
        key = (number_format, quoted, wrapped)
        if key in self._styles:
            cell._style = self._styles[key]
            return
        cell.alignment = self._wrapped if wrapped else self._top
        cell.number_format = number_format
        if quoted:
            cell.quotePrefix = True
        self._styles[key] = cell._style


def _stored(value: str | int | float | Decimal | date | datetime | bool) -> tuple[Any, str]:
    """What goes into the cell, and its usual number format."""
    if isinstance(value, str):
        return _text(value), TEXT_FORMAT
    if isinstance(value, bool):
        return ("Sí" if value else "No"), TEXT_FORMAT
    if isinstance(value, datetime):
        # The format knows no zones: the hour of Lima is the one that the office means.
        return (value.astimezone(LIMA).replace(tzinfo=None) if value.tzinfo else value), MOMENT_FORMAT
    if isinstance(value, date):
        return value, DATE_FORMAT
    if isinstance(value, int):
        # Excel keeps 15 figures; a longer number would lose its end in silence.
        return (str(value), TEXT_FORMAT) if abs(value) >= 10**15 else (value, "General")
    if not math.isfinite(value):
        return str(value), TEXT_FORMAT
    if isinstance(value, Decimal):
        too_long = len(value.as_tuple().digits) > 15
        return (str(value), TEXT_FORMAT) if too_long else (value, AMOUNT_FORMAT)
    return value, "General"


def _text(text: str) -> str:
    kept = _FORBIDDEN_SIGNS.sub("", text.replace("\r\n", "\n"))
    return kept if len(kept) <= _LONGEST_TEXT else kept[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _sheet_title(title: str) -> str:
    """A sheet's name as Excel allows it: at most 31 signs, none of []:*?/\\, no apostrophe at the ends."""
    kept = _FORBIDDEN_SIGNS.sub("", _FORBIDDEN_IN_TITLE.sub(" ", title))
    kept = " ".join(kept.split()).strip("' ")[:31].strip("' ")
    return kept if kept and kept.casefold() != "history" else "Lista"


def _set_up(sheet: "WriteOnlyWorksheet", columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns):
        width = column.width if column.width is not None else _measured(column.title, index, rows)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if len(columns) > 6 else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0


def _measured(title: str, index: int, rows: Sequence[Sequence[Value]]) -> float:
    longest = max((_shown_length(row[index]) for row in rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2.0, len(title) + 3.0))


def _shown_length(value: Value) -> int:
    if value is None:
        return 0
    if isinstance(value, datetime):
        return len(MOMENT_FORMAT)
    if isinstance(value, date):
        return len(DATE_FORMAT)
    if isinstance(value, Decimal):
        return len(f"{value:,.2f}") if value.is_finite() else len(str(value))
    return max((len(line) for line in str(value).split("\n")), default=0)


def _head_cell(sheet: "WriteOnlyWorksheet", title: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = WriteOnlyCell(sheet, value=_text(title))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F4F5F7")
    cell.border = Border(bottom=Side(style="thin", color="5B6470"))
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _too_large(found: str, most: str) -> str:
    return (
        f"La lista tiene {found} y una hoja de cálculo admite {most}. No se guardó nada. "
        "Filtre la lista y expórtela por partes."
    )
