"""The coat of arms: is the file a whole picture of a sensible size? Read from its header; nothing is drawn here."""

import struct
import zlib

from sisfoh_desktop.basics.errors import RuleError

MAX_LOGO_BYTES = 1_048_576
MAX_LOGO_SIDE, MIN_LOGO_SIDE = 4_000, 32


def check_logo(data: bytes) -> None:
    """RuleError `logo_too_large`, `logo_format` or `logo_size` unless `data` is a whole PNG or JPEG to print."""
    if len(data) > MAX_LOGO_BYTES:
        raise RuleError(
            "logo_too_large",
            "El escudo pesa más de 1 MB: guárdelo más pequeño (basta con 600 puntos de ancho).",
        )
    size = _png_size(data) or _jpeg_size(data)
    if size is None:
        raise RuleError(
            "logo_format", "El archivo del escudo no es una imagen PNG o JPEG completa: elija otro archivo."
        )
    if not all(MIN_LOGO_SIDE <= side <= MAX_LOGO_SIDE for side in size):
        raise RuleError(
            "logo_size",
            f"El escudo mide {size[0]} × {size[1]} puntos: use una imagen de {MIN_LOGO_SIDE} a {MAX_LOGO_SIDE}.",
        )


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG whose chunks are all there and whole, None otherwise."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    size: tuple[int, int] | None = None
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        crc = data[place + 8 + length : place + 12 + length]
        if crc != zlib.crc32(name + body).to_bytes(4, "big"):
            return None
        if name == b"IHDR" and length == 13:
            size = struct.unpack_from(">II", body)
        if name == b"IEND":
            return size
        place += 12 + length
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG that has its frame header and its end mark, None otherwise."""
    if not data.startswith(b"\xff\xd8") or not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        (length,) = struct.unpack_from(">H", data, place + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, place + 5)
            return (width, height)
        place += 2 + length
    return None
