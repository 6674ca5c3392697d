"""What kind of file some bytes are, by their first signs and never by a name. Whether it is whole: who keeps it."""

from enum import StrEnum


class FileKind(StrEnum):
    """Scans and pictures that the program shows by itself."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


def file_kind(data: bytes) -> FileKind | None:
    """The kind, or None for any other; a PDF may have up to a kilobyte of something else before its head."""
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    return FileKind.JPEG if data.startswith(b"\xff\xd8\xff") else None
