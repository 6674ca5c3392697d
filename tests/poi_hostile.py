"""Files that would harm, deceive or simply are something else, for the import of the POI; and sound tables to spoil.

Each of REFUSED has its name, what makes it, and words of the sentence that it ends with.
"""

import csv
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from poi_books import Grid, grid_of
from poi_office import small_year

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PAGE = "<html><table><tr><td>UNIDAD</td></tr></table></html>"
YEAR = 2024


def grid() -> Grid:
    """The small POI of the tests as a table of its first quarter."""
    return grid_of(small_year(YEAR), quarter=1, extra=("goal_kind", "direction", "nature", "code"))


def rows() -> list[list[Any]]:
    return [list(row) for row in grid().rows]


def workbook(
    cells: Sequence[Sequence[Any]] | None = None, change: Callable[[Any, Any], object] | None = None
) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows() if cells is None else cells:
        sheet.append(list(row))
    if change is not None:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    return zipped({**parts_of(workbook()), name: data})


def with_sheet(inside: bytes) -> bytes:
    head = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
    return with_part(SHEET, head + inside + b"</sheetData></worksheet>")


def text_file(cells: Sequence[Sequence[Any]], encoding: str = "utf-8", separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(cells)
    return out.getvalue().encode(encoding)


def ods(table: str, settings: str = "") -> bytes:
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f"{table}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest>{settings}</manifest>'.encode(),
        }
    )


# --- files of which nothing is imported ---


def _bomb() -> bytes:
    return with_sheet(b"<row><c t='inlineStr'><is><t>" + b" " * (60 << 20) + b"</t></is></c></row>")


def _empty_rows() -> bytes:
    return with_sheet(b"".join(b'<row r="%d" s="1" customFormat="1"/>' % one for one in range(1, 1_000_001)))


def _laughs() -> bytes:
    entities = '<!DOCTYPE l [<!ENTITY a "ja">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
    )
    return with_part("xl/sharedStrings.xml", f"<?xml version='1.0'?>{entities}]><sst/>".encode())


def _changed_byte() -> bytes:
    data = workbook()
    at = data.index(SHEET.encode()) + 120
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


def _twice() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.xml", b"<worksheet/>")
    return out.getvalue()


def _hidden_only() -> bytes:
    def change(book: Any, sheet: Any) -> None:
        book.create_sheet("Carátula")["A1"] = "Ver la otra hoja"
        sheet.sheet_state = "hidden"

    return workbook(change=change)


def _picture_only() -> bytes:
    empty = workbook([])
    return zipped(
        {**parts_of(empty), "xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(4_000)}
    )


def _wide_ods() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="100000" office:value-type="float" office:value="7"/>'
    return ods(f'<table:table table:name="POI"><table:table-row>{cell}</table:table-row></table:table>')


def _head_only() -> bytes:
    return text_file([row for row in rows() if "UNIDAD ORGÁNICA" in row or "ENE" in row])


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty file": ("poi.xlsx", lambda: b"", "está vacío"),
    "a zip bomb": ("poi.xlsx", _bomb, "se infla"),
    "a million empty rows": ("poi.xlsx", _empty_rows, "Copie solo las filas con datos"),
    "billion laughs": ("poi.xlsx", _laughs, "DOCTYPE o ENTITY"),
    "a file cut in two": ("poi.xlsx", lambda: workbook()[:3_000], "dañado o incompleto"),
    "a changed byte": ("poi.xlsx", _changed_byte, "dañado o incompleto"),
    "a part twice": ("poi.xlsx", _twice, "manipulado"),
    "an encrypted .xlsx": (
        "poi.xlsx",
        lambda: OLE + b"\0" * 2048 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
        "tiene contraseña",
    ),
    "an encrypted .ods": ("poi.ods", lambda: ods("<x/>", "<encryption-data/>"), "contraseña"),
    "a broken .xls": (
        "poi.xls",
        lambda: OLE + b"\0" * 4096 + "Workbook".encode("utf-16-le") + b"\0" * 512,
        "dañado o incompleto",
    ),
    "a Word document": ("poi.xls", lambda: OLE + b"\0" * 4096 + "WordDocument".encode("utf-16-le"), "no es una hoja"),
    "a web page named .xls": ("poi.xls", PAGE.encode, "página web"),
    "a web page in UTF-16": ("poi.xls", lambda: PAGE.encode("utf-16"), "página web"),
    "XML of 2003": ("poi.xls", lambda: b'<?xml version="1.0"?><Workbook/>', "página web o XML"),
    "a PDF named .xlsx": ("poi.xlsx", lambda: b"%PDF-1.7\n%...", "Es un PDF"),
    "a picture": ("poi.xlsx", lambda: b"\x89PNG\r\n\x1a\n0000", "no es una hoja de cálculo"),
    "an archive of photos": ("poi.xlsx", lambda: zipped({"foto.jpg": b"x"}), "no un libro de cálculo"),
    "a binary workbook": (
        "poi.xlsb",
        lambda: zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}),
        ".xlsb",
    ),
    "100 000 columns of text": ("poi.csv", lambda: text_file([["1"] * 100_000] * 3), "columnas"),
    "100 000 columns in .ods": ("poi.ods", _wide_ods, "columnas"),
    "a cell of 40 000 letters": ("poi.xlsx", lambda: workbook([*rows(), ["x" * 32_000]]), "fila"),
    "NUL bytes": ("poi.csv", lambda: text_file(rows()).replace(b";", b"\0;\0")[:-1] + b"\0" * 9_000, ""),
    "a quotation that never ends": ("poi.csv", lambda: b'"UNIDAD;ACTIVIDAD\r\n' * 1 + text_file(rows()), ""),
    "only hidden sheets": ("poi.xlsx", _hidden_only, "cabecera"),
    "a picture and no cells": ("poi.xlsx", _picture_only, ""),
    "another table": ("poi.csv", lambda: text_file([["DNI", "Nombre"], ["01234567", "PEÑA"]] * 5), "cabecera"),
    "a head and nothing below": ("poi.csv", _head_only, "ninguna fila"),
    "noise": ("poi.csv", lambda: random.Random(9).randbytes(20_000), ""),
}  # fmt: skip
