"""Files that may be attached to a document: PDF, PNG or JPG, whole, and not too big."""

import zlib

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.file_kinds import FileKind, file_kind
from sisfoh_desktop.basics.texts import shown_name

MAX_ATTACHMENT = 30 * 1024 * 1024
_BEFORE_PDF = b"\xef\xbb\xbf\0\t\r\n\f "  # what some scanners leave before it


def check_attachment(name: str, data: bytes) -> FileKind:
    """The kind by its content, whatever its name says; RuleError when too big, empty, cut or of another kind."""
    shown = shown_name(name)
    if not data:
        raise RuleError("file_empty", f"«{shown}» está vacío; no se adjuntó. Vuelva a escanearlo.")
    if len(data) > MAX_ATTACHMENT:
        raise RuleError(
            "file_too_big",
            f"«{shown}» pesa {len(data) / 1_048_576:.0f} MB y el máximo es {MAX_ATTACHMENT // 1_048_576} MB; "
            "no se adjuntó. Escanéelo con menor resolución.",
        )
    kind = file_kind(data)
    # a program or a web page that holds a PDF further on is no scan
    hidden = kind is FileKind.PDF and not data[:1024].lstrip(_BEFORE_PDF).startswith(b"%PDF-")
    if kind is None or hidden:
        raise RuleError(
            "file_kind",
            f"«{shown}» no es PDF, PNG ni JPG; no se adjuntó. Guárdelo como PDF y elíjalo otra vez.",
        )
    if not _is_whole(kind, data):
        raise damaged_file(shown)
    return kind


def damaged_file(name: str) -> RuleError:
    """The refusal of a file that cannot be read to its end."""
    return RuleError(
        "file_damaged",
        f"«{name}» está dañado o incompleto y no se puede abrir; no se adjuntó. Vuelva a escanearlo o copiarlo.",
    )


def _is_whole(kind: FileKind, data: bytes) -> bool:
    """Whether the end of the file is there; what is between is looked at when it is opened."""
    if kind is FileKind.PNG:
        return _png_is_whole(data)
    return b"%%EOF" in data[-2048:] if kind is FileKind.PDF else b"\xff\xd9" in data[-64:]


def _png_is_whole(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        if end > len(data):
            return False
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False
