"""Pictures of pages through PDFium: what preview and print show is the very PDF, signature blocks included.

No window here; the caller turns the RGB bytes into whatever it paints with.
"""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed

_one_at_a_time = threading.Lock()  # PDFium keeps global state and is not safe between threads


def page_count(pdf: bytes) -> int:
    """Number of pages; FileFailed when the bytes are no readable PDF."""
    with opened_pdf(pdf) as document:
        return len(document)


def render_page(pdf: bytes, index: int, scale: float) -> tuple[int, int, bytes]:
    """Page `index` (0 is the first) at `scale` pixels per point: width, height, RGB bytes row by row, no padding."""
    with opened_pdf(pdf) as document:
        if not 0 <= index < len(document):
            raise FileFailed(
                f"El documento no tiene la página {index + 1}: termina en la {len(document)}. "
                "No se cambió nada. Elija otra página."
            )
        page = document[index]
        try:
            bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True, maybe_alpha=False)
            try:
                return bitmap.width, bitmap.height, _packed(bitmap)
            finally:
                bitmap.close()
        finally:
            page.close()


def _packed(bitmap: Any) -> bytes:
    row = bitmap.width * bitmap.n_channels
    raw = memoryview(bytes(bitmap.buffer))
    packed = b"".join(raw[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    if bitmap.n_channels == 3:
        return packed
    colours = bytearray(bitmap.width * bitmap.height * 3)
    for channel in range(3):
        colours[channel::3] = packed[channel :: bitmap.n_channels]
    return bytes(colours)


@contextlib.contextmanager
def opened_pdf(pdf: bytes) -> Iterator[Any]:
    """PDFium's document of these bytes, the only one open meanwhile; FileFailed when they are no readable PDF."""
    import pypdfium2

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise FileFailed(
                "El archivo no es un PDF que se pueda mostrar: está dañado, protegido con contraseña o es otra clase "
                "de archivo. No se cambió nada. Consiga el documento original."
            ) from error
        try:
            document.init_forms()  # without it the signature blocks stay blank
            yield document
        finally:
            document.close()
