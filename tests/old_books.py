"""A workbook of Excel 97 (.xls) for tests: its records in the one stream of a compound file.

One sheet of texts, figures and merged cells; formats and formulas are not written.
"""

import struct
from collections.abc import Sequence

_SECTOR = 512
_ENTRIES = _SECTOR // 4
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_IN_HEAD = 109
_MOST_MERGED = 1_000


def old_workbook(
    rows: Sequence[Sequence[str | float | int | None]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    *,
    name: str = "POI",
) -> bytes:
    """The bytes of the workbook; merged ranges as (first row, first column, last row, last column) from 1."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    end = _record(0x000A, b"")
    letters = name.encode("ascii")
    sheet_at = len(begin) + 4 + 8 + len(letters) + len(end)
    told = struct.pack("<IBBBB", sheet_at, 0, 0, len(letters), 0) + letters
    parts = [begin, _record(0x0085, told), end]
    parts.append(_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                continue
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = struct.pack("<H", len(value)) + b"\1" + value.encode("utf-16-le")
                parts.append(_record(0x0204, place + text))
            else:
                parts.append(_record(0x0203, place + struct.pack("<d", value)))
    for first in range(0, len(merged), _MOST_MERGED):
        some = merged[first : first + _MOST_MERGED]
        ends = b"".join(struct.pack("<HHHH", r1 - 1, r2 - 1, c1 - 1, c2 - 1) for r1, c1, r2, c2 in some)
        parts.append(_record(0x00E5, struct.pack("<H", len(some)) + ends))
    parts.append(end)
    return _compound(b"".join(parts))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """The stream «Workbook» alone in a compound file: tables of sectors, folder, stream."""
    sectors = max(8, -(-len(stream) // _SECTOR))
    stream = stream.ljust(sectors * _SECTOR, b"\0")
    tables = 1
    while tables * _ENTRIES < tables + 1 + sectors:
        tables += 1
    if tables > _IN_HEAD:
        raise ValueError("too long for a head without more tables")
    first = tables + 1
    chain = [_TABLE] * tables + [_END] + [*range(first + 1, first + sectors), _END]
    table = struct.pack(f"<{tables * _ENTRIES}I", *chain, *[_FREE] * (tables * _ENTRIES - len(chain)))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    folder += _entry("", 0, _FREE, 0, 0) * 2
    head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack(f"<{_IN_HEAD}I", *range(tables), *[_FREE] * (_IN_HEAD - tables))
    return head + table + folder + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0" if name else b""
    links = struct.pack("<III", _FREE, _FREE, child)
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1) + links
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
