"""What the library that reads cells does not tell of an .xlsx: errors, formulas without a value, hidden rows, extent.

It looks at the XML of the sheets by patterns, after `preflight` has measured them; values of cells are not read here.
A sheet is tens of megabytes: what begins with letters of its own is found many times sooner than what may begin
with any sign, and what stands nowhere in the sheet is not looked for.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.sheets.preflight import MOST_COLUMNS, MOST_ROWS, damaged

_P = rb"(?:[A-Za-z_][\w.-]*:)?"  # some programs write a prefix before every element
_ROW = re.compile(rb"<row\b([^<>]*)>")
_PREFIXED_ROW = re.compile(rb"<" + _P + rb"row\b([^<>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,9})["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_HIDDEN_COLUMN = re.compile(rb"<" + _P + rb"""col\b[^<>]*\bhidden\s*=\s*["'](?:1|true)["']""")
# Cells from column GA on; the sign that opens the attribute comes first, so that each kind is found fast.
_FAR_CELLS = tuple(
    re.compile(sign + rb"([A-Z]{2,3})(?<!" + sign + rb"""[A-F][A-Z])\d{1,7}["']""") for sign in (b'"', b"'")
)
_NAME = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_FORMULA = rb"<" + _P + rb"f\b(?:[^<>]*/>|[^<>]*>[^<>]*</" + _P + rb"f>)\s*"
_ERROR_CELL = re.compile(
    rb"<"
    + _P
    + rb"""c\b([^<>]*\bt\s*=\s*["']e["'][^<>]*)>\s*(?:"""
    + _FORMULA
    + rb")?<"
    + _P
    + rb"v>([^<>]*)<"
)
_NO_VALUE_CELL = re.compile(
    rb"<"
    + _P
    + rb"c\b([^<>]*)>\s*"
    + _FORMULA
    + rb"(<"
    + _P
    + rb"v\s*/>|<"
    + _P
    + rb"v>\s*</"
    + _P
    + rb"v>)?\s*"
    rb"</" + _P + rb"c>"
)
_TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_MOST_MARKED = 200_000


@dataclass
class SheetMarks:
    """What stands in the XML of one sheet beside its values. Rows and columns count from 1.

    `errors` and `lost` (formulas without a saved value) by (row, column). `far_apart`: reading all between the first
    and the last cell would take memory out of measure. `unplaced`: some marked cell does not say where it stands.
    """

    row_count: int = 0
    last_row: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    lost: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: int = 0
    far_apart: bool = False
    unplaced: bool = False


@dataclass(frozen=True)
class BookMarks:
    """The marks of each sheet by its name, and whether days are counted from 1904."""

    sheets: dict[str, SheetMarks]
    date1904: bool


def book_marks(data: bytes) -> BookMarks:
    """The marks of an .xlsx that passed `look_into`; FileFailed for a damaged one, or one with too many rows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            workbook = _tree(archive.read("xl/workbook.xml"))
            targets = _targets(archive)
            date1904 = any(
                str(element.get("date1904", "")).lower() in ("1", "true")
                for element in workbook.iter()
                if _local(element) == "workbookPr"
            )
            marks: dict[str, SheetMarks] = {}
            for element in workbook.iter():
                if _local(element) != "sheet":
                    continue
                name = str(element.get("name", ""))
                relation = next((str(value) for key, value in element.items() if _bare(str(key)) == "id"), "")
                part = targets.get(relation, "")
                if part in archive.NameToInfo:
                    marks[name] = sheet_marks(name, archive.read(part))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError) as error:
        raise damaged("El libro") from error
    return BookMarks(marks, date1904)


def sheet_marks(name: str, xml: bytes) -> SheetMarks:
    """The marks of one sheet; FileFailed when it has more rows than are read, even empty ones with format."""
    marks = SheetMarks()
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = xml.decode("utf-16").encode()
    number = 0
    hides = b"hidden" in xml
    for found in (_PREFIXED_ROW if b":row" in xml else _ROW).finditer(xml):
        marks.row_count += 1
        told = _ROW_NUMBER.search(found[1])
        number = int(told[1]) if told else number + 1
        marks.last_row = max(marks.last_row, number)
        if hides and _HIDDEN.search(found[1]):
            marks.hidden_rows.add(number)
        if marks.row_count > MOST_ROWS:
            raise FileFailed(
                f"La hoja «{name}» pasa de {MOST_ROWS} filas, con datos o con formato; no se leyó nada. "
                "Copie solo las filas con datos a un libro nuevo."
            )
    marks.hidden_columns = sum(1 for _ in _HIDDEN_COLUMN.finditer(xml)) if hides else 0
    widest = max((_column(found[1]) for far in _FAR_CELLS for found in far.finditer(xml)), default=0)
    marks.far_apart = marks.last_row > MOST_ROWS or widest > MOST_COLUMNS
    _mark_cells(xml, marks)
    return marks


def _mark_cells(xml: bytes, marks: SheetMarks) -> None:
    if b'"e"' in xml or b"'e'" in xml:
        for found in _ERROR_CELL.finditer(xml):
            place = _place(found[1])
            if place is None or len(marks.errors) >= _MOST_MARKED:
                marks.unplaced = True
            else:
                marks.errors[place] = found[2].decode("utf-8", "replace")[:20] or "#ERROR"
    if b"<f" in xml or b":f" in xml:
        for found in _NO_VALUE_CELL.finditer(xml):
            if found[2] and _TEXT_RESULT.search(found[1]):
                continue  # a formula whose saved result is an empty text
            place = _place(found[1])
            if place is None or len(marks.lost) >= _MOST_MARKED:
                marks.unplaced = True
            else:
                marks.lost.add(place)


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _NAME.search(attributes)
    return (int(found[2]), _column(found[1])) if found else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each relation of the workbook."""
    found: dict[str, str] = {}
    for element in _tree(archive.read("xl/_rels/workbook.xml.rels")).iter():
        target = str(element.get("Target", ""))
        if target:
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[str(element.get("Id", ""))] = part.replace("xl/../", "")
    return found


def _tree(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(xml, parser)


def _local(element: etree._Element) -> str:
    return _bare(str(element.tag))


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
