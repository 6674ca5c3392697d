"""Workbooks for tests: .xlsx and .ods with texts, figures and merged cells, and nothing else.

Merged ranges are (first row, first column, last row, last column) from 1; the .ods merges rows of one column only.
"""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]
Merged = Sequence[tuple[int, int, int, int]]


def new_workbook(sheets: Sequence[tuple[str, Rows, Merged]]) -> bytes:
    """The bytes of an .xlsx with these sheets: name, rows, merged ranges."""
    import openpyxl
    from openpyxl.worksheet.cell_range import CellRange

    book = openpyxl.Workbook(write_only=True)
    for name, rows, merged in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for first_row, first, last_row, last in merged:
            sheet.merged_cells.ranges.add(
                CellRange(min_row=first_row, min_col=first, max_row=last_row, max_col=last)
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_workbook(sheets: Sequence[tuple[str, Rows, Merged]]) -> bytes:
    """The bytes of an .ods with these sheets."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_rows(rows, merged)}</table:table>'
        for name, rows, merged in sheets
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest></manifest>')
    return out.getvalue()


def _rows(rows: Rows, merged: Merged) -> str:
    spans = {(row, column): last - row + 1 for row, column, last, _ in merged}
    covered = {(row + at, column) for (row, column), span in spans.items() for at in range(1, span)}
    text = ""
    for number, row in enumerate(rows, 1):
        cells = [
            _cell(value, spans.get((number, column), 1), covered=(number, column) in covered)
            for column, value in enumerate(row, 1)
        ]
        text += f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>"
    return text


def _cell(value: Cell, span: int, *, covered: bool) -> str:
    if covered:
        return "<table:covered-table-cell/>"
    told = f' table:number-rows-spanned="{span}" table:number-columns-spanned="1"' if span > 1 else ""
    if value is None:
        return f"<table:table-cell{told}/>"
    if isinstance(value, str):
        text = f"<text:p>{escape(value)}</text:p>"
        return f'<table:table-cell{told} office:value-type="string">{text}</table:table-cell>'
    told += f' office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{told}><text:p>{value}</text:p></table:table-cell>"
