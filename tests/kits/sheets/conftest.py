"""Hostile and clumsy workbooks, built in the test that needs them."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Books:
    """Ways to make the bytes of a workbook and to change what is inside."""

    part = SHEET

    def book(
        self,
        rows: Sequence[Sequence[Any]] = (("DNI", "Nombre"), ("01234567", "PEÑA")),
        change: Callable[[Any, Any], object] | None = None,
    ) -> bytes:
        """A workbook with one sheet «Datos»; `change(book, sheet)` goes further."""
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.title = "Datos"
        for row in rows:
            sheet.append(list(row))
        if change is not None:
            change(book, sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def changed(self, data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
        """The same archive with its parts changed."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        return self.zipped(parts)

    def zipped(self, parts: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    def with_sheet(self, rows: bytes) -> bytes:
        """A workbook whose one sheet has this XML between <sheetData> and its end."""
        xml = f'<?xml version="1.0"?><worksheet xmlns="{_NAMESPACE}"><sheetData>'.encode()
        return self.changed(
            self.book(), lambda parts: parts.update({SHEET: xml + rows + b"</sheetData></worksheet>"})
        )

    def with_strings(self, head: bytes, strings: bytes) -> bytes:
        """A workbook whose shared strings are these."""

        def change(parts: dict[str, bytes]) -> None:
            parts["xl/sharedStrings.xml"] = (
                head + f'<sst xmlns="{_NAMESPACE}">'.encode() + strings + b"</sst>"
            )

        return self.changed(self.book(), change)

    def ods(self, table: str, settings: str = "") -> bytes:
        """An .ods with one table."""
        content = (
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
        )
        parts = {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest>{settings}</manifest>'.encode(),
        }
        return self.zipped(parts)

    def xls(self, rows: Sequence[Sequence[str | float]], *, hidden: bool = False) -> bytes:
        """A workbook of Excel 97: its records in the one stream of a compound file."""

        def record(kind: int, body: bytes) -> bytes:
            return struct.pack("<HH", kind, len(body)) + body

        def text(value: str) -> bytes:
            return struct.pack("<H", len(value)) + b"\1" + value.encode("utf-16-le")

        begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        end = record(0x000A, b"")
        name = b"Hoja1"
        sheet_at = len(begin) + 4 + 8 + len(name) + len(end)
        told = struct.pack("<IBBBB", sheet_at, hidden, 0, len(name), 0) + name
        stream = begin + record(0x0085, told) + end
        stream += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                place = struct.pack("<HHH", at, column, 0)
                if isinstance(value, str):
                    stream += record(0x0204, place + text(value))
                else:
                    stream += record(0x0203, place + struct.pack("<d", value))
        return self._compound(stream + end)

    def _compound(self, stream: bytes) -> bytes:
        """One stream «Workbook» as a compound file of sectors of 512 bytes: table, folder, then the stream."""
        sectors = max(8, -(-len(stream) // 512))
        stream = stream.ljust(sectors * 512, b"\0")
        chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
        table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

        def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
            letters = name.encode("utf-16-le") + b"\0\0" if name else b""
            links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
            head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1) + links
            return head + b"\0" * 36 + struct.pack("<IQ", start, size)

        folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
        folder += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
        head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
        return head + table + folder + stream


@pytest.fixture
def books() -> Books:
    return Books()
