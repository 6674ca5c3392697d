"""Files that may be attached to a document: PDF, PNG or JPG, whole, and not too big."""

import zlib
from enum import StrEnum

from sisfoh_desktop.basics.errors import RuleError

MAX_ATTACHMENT = 30 * 1024 * 1024


class FileKind(StrEnum):
    """Files that may be attached."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


def check_attachment(name: str, data: bytes) -> FileKind:
    """The kind by its content, whatever its name says; RuleError when too big, empty, cut or of another kind."""
    shown = name if len(name) <= 80 else name[:79] + "…"
    if not data:
        raise RuleError("file_empty", f"«{shown}» está vacío; no se adjuntó. Vuelva a escanearlo.")
    if len(data) > MAX_ATTACHMENT:
        raise RuleError(
            "file_too_big",
            f"«{shown}» pesa {len(data) / 1_048_576:.0f} MB y el máximo es 30 MB; no se adjuntó. "
            "Escanéelo con menor resolución.",
        )
    if b"%PDF-" in data[:1024]:
        whole, kind = b"%%EOF" in data[-2048:], FileKind.PDF
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        whole, kind = _png_is_whole(data), FileKind.PNG
    elif data.startswith(b"\xff\xd8\xff"):
        whole, kind = b"\xff\xd9" in data[-64:], FileKind.JPEG
    else:
        raise RuleError(
            "file_kind",
            f"«{shown}» no es PDF, PNG ni JPG; no se adjuntó. Guárdelo como PDF y elíjalo otra vez.",
        )
    if not whole:
        raise damaged_file(shown)
    return kind


def damaged_file(name: str) -> RuleError:
    """The refusal of a file that cannot be read to its end."""
    return RuleError(
        "file_damaged",
        f"«{name}» está dañado o incompleto y no se puede abrir; no se adjuntó. Vuelva a escanearlo o copiarlo.",
    )


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
