"""Text files with a table (.csv, .tsv, .txt) into rows of text: encoding, separator, quotes, limits.

What the first bytes say a file is stands in `preflight`; what the rows mean is the caller's.
"""

import csv
import io
import re
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.sheets.preflight import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    damaged,
    too_many_cells,
    too_many_rows,
)

_SEPARATORS = ";,\t|"
_MOST_LINES_IN_A_CELL = 20
_SAMPLE = 20_000
_SEP_LINE = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)
_BROKEN = re.compile("Ã[\u0080-\u00bf\u0178-\u2122]|Â[°ºª]")


@dataclass(frozen=True)
class TextTable:
    """Rows of text with the line where each begins, and what the person should know of how they were read."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]


def read_delimited(data: bytes) -> TextTable:
    """The rows of a text table; FileFailed for anything that is no text, has a quote never closed or is too large."""
    text, notes = _decoded(data)
    first = _SEP_LINE.match(text)
    if first:
        notes.append(f"El archivo declara su separador: «{first[1]}».")
    start = first.end() if first else 0
    separator = first[1] if first else _separator(text[start : start + _SAMPLE])
    rows = _rows(text[start:], separator, 1 if first else 0)
    widths = {len(cells) for _, cells in rows if any(cells)}
    if len(widths) > 1:
        notes.append(f"Hay filas de distinto ancho (entre {min(widths)} y {max(widths)} columnas).")
    if any(_BROKEN.search(cell) for _, cells in rows for cell in cells if not cell.isascii()):
        notes.append(
            "Hay letras mal convertidas antes de llegar (como «Ã±» por «ñ»); no se corrigen solas: revise el origen."
        )
    return TextTable(rows, tuple(notes))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    notes: list[str] = []
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            notes.append("El texto viene en UTF-16.")
            text = data.decode("utf-16")
        elif data.startswith(b"\xef\xbb\xbf"):
            text = data.decode("utf-8-sig")
        elif b"\0" in data[:4096]:
            order = _utf16_order(data[:4096])
            if order is None:
                raise FileFailed(
                    "El archivo no es de texto ni una hoja de cálculo; no se leyó nada. Revise qué archivo eligió."
                )
            notes.append("El texto viene en UTF-16 sin marca.")
            text = data.decode(order)
        else:
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                text = _as_windows(data)
                notes.append("El texto viene en la codificación de Windows (cp1252).")
    except UnicodeDecodeError as error:
        raise damaged("El archivo") from error
    if "\0" in text:
        raise FileFailed(
            "El archivo tiene bytes nulos entre el texto: está dañado o no es una tabla; no se leyó nada. "
            "Expórtelo otra vez desde el programa de origen."
        )
    return text, notes


def _utf16_order(head: bytes) -> str | None:
    """Which half of each pair is empty in Latin text written as UTF-16; None where neither is."""
    pairs = len(head) // 2
    low, high = head[0 : 2 * pairs : 2], head[1 : 2 * pairs : 2]
    if pairs and high.count(0) * 10 >= pairs * 8 and low.count(0) * 10 <= pairs:
        return "utf-16-le"
    if pairs and low.count(0) * 10 >= pairs * 8 and high.count(0) * 10 <= pairs:
        return "utf-16-be"
    return None


def _as_windows(data: bytes) -> str:
    sample = data[:_SAMPLE]
    strange = sum(byte < 9 or 13 < byte < 32 or byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) for byte in sample)
    if strange * 100 > len(sample):
        raise FileFailed(
            "El archivo no es de texto ni una hoja de cálculo; no se leyó nada. Revise qué archivo eligió."
        )
    return data.decode("cp1252", "replace")


def _separator(sample: str) -> str:
    """The sign that stands in most of the first lines; a comma inside «7,040» does not win over a `;` in every line."""
    lines = [line for line in sample.splitlines()[:20] if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    return max(_SEPARATORS, key=weight) if lines else ","


def _rows(text: str, separator: str, line_offset: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    count, before = 0, 0
    try:
        for cells in reader:
            number = line_offset + before + 1
            before = reader.line_num
            if any(cell.count("\n") > _MOST_LINES_IN_A_CELL for cell in cells):
                raise _open_quote(number)
            if len(cells) > MOST_COLUMNS:
                raise FileFailed(
                    f"La fila {number} tiene más de {MOST_COLUMNS} columnas; no se leyó nada. Revise su separador."
                )
            count += len(cells)
            if len(rows) >= MOST_ROWS:
                raise too_many_rows("El archivo")
            if count > MOST_CELLS:
                raise too_many_cells("El archivo")
            rows.append((number, tuple(cells)))
    except csv.Error as error:
        number = line_offset + before + 1
        if "field larger" in str(error):
            raise FileFailed(
                f"Una celda cerca de la fila {number} es demasiado larga o no cierra sus comillas; no se leyó nada. "
                "Revise esa fila en el archivo."
            ) from error
        raise _open_quote(number) from error
    return tuple(rows)


def _open_quote(row: int) -> FileFailed:
    return FileFailed(
        f"Hay comillas sin cerrar o mal puestas cerca de la fila {row}; no se leyó nada. Corríjalas."
    )
