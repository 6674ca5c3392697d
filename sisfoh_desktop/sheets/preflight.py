"""What is looked at before a spreadsheet is parsed: size, first bytes, and the whole archive of a workbook measured.

Nothing here trusts what a file says of itself: sizes are measured while reading. `worker` calls it in its own process.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

from sisfoh_desktop.basics.errors import FileFailed

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_XML = 150 * 1024 * 1024  # all parts together, unpacked
LARGEST_STRINGS = 20 * 1024 * 1024
MOST_EXPANSION = 300  # times its packed size, once a part passes a few megabytes
MOST_PARTS = 5_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
MOST_BLANK_ROWS = 300  # of a workbook whose cells lie far apart, before reading stops
LONGEST_CELL = 4_000
_CHUNK = 1024 * 1024
_SMALL_PART = 5 * 1024 * 1024
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<\?xml|<table|<body|<meta|<style|<script)", re.IGNORECASE)
_FORBIDDEN = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_ENCODING = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")


class BookKind(StrEnum):
    """What a file is, by its first bytes."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


@dataclass
class ZippedBook:
    """What the archive of a workbook turned out to be, and what the person should know of it."""

    kind: BookKind
    notes: list[str] = field(default_factory=list)


def read_book(path: Path) -> bytes:
    """The bytes of a file that a person chose, one more than may be read where it is too large: it is refused later.

    FileFailed when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}»; no se cambió nada. Revise que el archivo siga ahí y que otro programa no "
            "lo tenga bloqueado."
        ) from error


def book_kind(data: bytes) -> BookKind:
    """The kind of a file, which is refused with its own advice where it cannot be read; ZIPs are told apart later.

    FileFailed: empty, over 30 MB, a PDF, a web page or XML called .xls, a workbook with a password, a picture.
    """
    if not data:
        raise FileFailed("El archivo está vacío; no se leyó nada. Revise qué archivo eligió.")
    if len(data) > LARGEST_FILE:
        raise FileFailed(
            f"El archivo pesa más de {LARGEST_FILE >> 20} MB; no se leyó nada. Copie solo las filas con datos a un "
            "libro nuevo, o divídalo."
        )
    if data.startswith(_OLE):
        return _old_book(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return BookKind.XLSX
    if b"%PDF-" in data[:1024]:
        raise FileFailed(
            "Es un PDF y no una hoja de cálculo; no se leyó nada. Pida el archivo de Excel del que salió."
        )
    bare = data[3:203] if data.startswith(b"\xef\xbb\xbf") else data[:200]
    if _MARKUP.match(bare) or _MARKUP.match(data[:400].replace(b"\0", b"").lstrip(b"\xff\xfe")):
        raise FileFailed(
            "Es una página web o XML con nombre de hoja de cálculo; no se leyó nada. Ábralo en Excel y guárdelo como "
            "libro (.xlsx)."
        )
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8")):
        raise FileFailed("El archivo no es una hoja de cálculo; no se leyó nada. Revise qué archivo eligió.")
    return BookKind.TEXT


def _old_book(data: bytes) -> BookKind:
    """A workbook of Excel 97-2003, unless the container holds an encrypted one or another document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise protected()
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise FileFailed(
            "Es un documento antiguo de Office que no es una hoja de cálculo, o está dañado; no se leyó nada. "
            "Revise qué archivo eligió."
        )
    return BookKind.XLS


def look_into(data: bytes) -> ZippedBook:
    """Measure every part of a zipped workbook by reading it once; its kind and what must be told.

    FileFailed: damaged or cut, encrypted, no workbook, .xlsb, parts twice, too many parts, expanding out of measure,
    too many texts, declarations of types or entities in its XML.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if any(info.flag_bits & 1 for info in infos):
                raise protected()
            if len(infos) > MOST_PARTS:
                raise FileFailed(
                    f"El libro tiene más de {MOST_PARTS} partes; no se leyó nada. Copie los datos a un libro nuevo."
                )
            folded = [name.casefold().lstrip("/").replace("\\", "/") for name in names]
            if len(folded) != len(set(folded)):
                raise FileFailed(
                    "El libro trae partes repetidas: dos programas leerían dos hojas distintas; no se leyó nada. "
                    "Puede estar manipulado: pida otra vez el original."
                )
            book = ZippedBook(_zipped_kind(archive, frozenset(names)))
            _measure(archive, infos)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise damaged("El libro") from error
    if any("vbaproject" in name for name in folded):
        book.notes.append("El libro trae macros: no se ejecutan.")
    if any(name.startswith("xl/externallinks/") for name in folded):
        book.notes.append("Hay vínculos a otros libros: no se siguen; valen los valores guardados.")
    return book


def _zipped_kind(archive: zipfile.ZipFile, names: frozenset[str]) -> BookKind:
    if "xl/workbook.bin" in names:
        raise FileFailed(
            "Es un libro binario (.xlsb); no se leyó nada. Ábralo en Excel y guárdelo como libro (.xlsx)."
        )
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return BookKind.XLSX
    if "content.xml" in names and "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(200).strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return BookKind.ODS
        raise FileFailed("Es un documento de LibreOffice que no es una hoja de cálculo; no se leyó nada.")
    raise FileFailed("Es un comprimido, pero no un libro de cálculo; no se leyó nada. Descomprímalo antes.")


def _measure(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    total = 0
    for info in infos:
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        size, tail = 0, b""
        strings = info.filename.lower().endswith("sharedstrings.xml")
        with archive.open(info) as stream:
            for block in _blocks(stream):
                if size == 0:
                    _check_encoding(block)
                size += len(block)
                total += len(block)
                seen = tail + block
                if any(word in seen for word in _FORBIDDEN):
                    raise FileFailed(
                        "El libro trae definiciones de XML que un libro de cálculo no lleva (DOCTYPE o ENTITY); no se "
                        "leyó nada. Puede estar manipulado: pida otra vez el original."
                    )
                tail = block[-20:]
                if strings and size > LARGEST_STRINGS:
                    raise FileFailed(
                        f"El libro trae más de {LARGEST_STRINGS >> 20} MB de textos; no se leyó nada. Divídalo."
                    )
                inflated = size > _SMALL_PART and size > MOST_EXPANSION * max(1, info.compress_size)
                if total > LARGEST_XML or inflated:
                    raise FileFailed(
                        "El libro se infla fuera de toda medida al abrirlo; no se leyó nada. Copie solo las filas con "
                        "datos a un libro nuevo."
                    )
        if (
            info.filename == "META-INF/manifest.xml"
            and size <= _CHUNK
            and b"encryption-data" in archive.read(info)
        ):
            raise protected()


def _check_encoding(head: bytes) -> None:
    told = _ENCODING.search(head[:400].replace(b"\0", b""))
    if told and told[1].lower() not in _ENCODINGS:
        raise damaged("El libro")


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_CHUNK):
        yield block


def protected() -> FileFailed:
    return FileFailed(
        "El libro tiene contraseña; no se leyó nada. Ábralo en su programa y guárdelo sin contraseña."
    )


def damaged(what: str) -> FileFailed:
    """`what` with its article: "El libro", "El archivo"."""
    return FileFailed(
        f"{what} está dañado o incompleto; no se leyó nada. Ábralo y guárdelo otra vez, o pida otra copia."
    )


def too_many_rows(what: str) -> FileFailed:
    return FileFailed(
        f"{what} pasa de {MOST_ROWS} filas; no se leyó nada. Copie solo las filas con datos a otro libro, o divídalo."
    )


def too_many_cells(what: str) -> FileFailed:
    return FileFailed(
        f"{what} pasa de {MOST_CELLS} celdas; no se leyó nada. Copie solo las columnas que hacen falta, o divídalo."
    )
