"""The scan of a print that was signed by hand: that it is a picture or a PDF that opens, and no larger than one is."""

import io
import warnings
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import FileFailed, RuleError

MOST_BYTES = 40 * 1024 * 1024
_MOST_PAGES = 500
_MOST_PIXELS = 120_000_000  # an A3 sheet at 600 dpi
_KEPT = "No se registró nada."


@dataclass(frozen=True)
class Scan:
    """What a scan is: `kind` pdf, jpg or png, and how many pages."""

    kind: str
    pages: int


def check_scan(data: bytes) -> Scan:
    """What the scan is, or RuleError: too large, empty, another kind of file, damaged."""
    if len(data) > MOST_BYTES:
        raise RuleError(
            "scan_large",
            f"El escaneo pesa {len(data) / 1_048_576:.0f} MB y el límite son {MOST_BYTES // 1_048_576}. {_KEPT} "
            "Escanéelo con menos resolución (200 ppp bastan).",
        )
    if data.startswith(b"%PDF-"):
        return _check_pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _check_picture(data, "jpg")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _check_picture(data, "png")
    raise RuleError(
        "scan_kind",
        f"El escaneo debe ser un PDF o una imagen JPG o PNG, y este archivo no lo es. {_KEPT} Elija otro.",
    )


def _check_pdf(data: bytes) -> Scan:
    from sisfoh_desktop.documents.rendering import page_count

    try:
        pages = page_count(data)
    except FileFailed:
        raise _damaged() from None
    if not 1 <= pages <= _MOST_PAGES:
        raise RuleError(
            "scan_pages",
            f"El escaneo tiene {pages} páginas y se aceptan de 1 a {_MOST_PAGES}. {_KEPT} "
            "Escanee solo el documento firmado.",
        )
    return Scan("pdf", pages)


def _check_picture(data: bytes, kind: str) -> Scan:
    from PIL import Image

    too_large = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                too_large = picture.width * picture.height > _MOST_PIXELS
                if not too_large:
                    picture.load()
    except Image.DecompressionBombError:
        too_large = True
    except Exception as error:  # Pillow raises many kinds on damaged pictures
        raise _damaged() from error
    if too_large:
        raise RuleError(
            "scan_pixels",
            f"La imagen tiene demasiados puntos. {_KEPT} Escanéela con menos resolución (200 ppp bastan).",
        )
    return Scan(kind, 1)


def _damaged() -> RuleError:
    return RuleError(
        "scan_damaged",
        f"El escaneo está dañado o protegido y no se puede abrir. {_KEPT} Escanéelo otra vez.",
    )
