"""The visible block of a signature, drawn by reportlab with the shipped typeface and carried over into the PDF.

pyHanko's own text stamps print fonts of 2048 units per em at double spacing; a drawn page has no such trouble.
"""

import io
from datetime import datetime
from typing import Any

from sisfoh_desktop.basics.clock import LIMA
from sisfoh_desktop.documents.fonts import REGULAR, register_fonts, shortened, text_width
from sisfoh_desktop.documents.text import one_line

_LARGEST, _SMALLEST, _STEP = 7.5, 3.5, 0.25
_LEADING = 1.2
_MARGIN = 3.0


def stamp_lines(stamp_name: str, position: str, reason: str, when: datetime) -> list[str]:
    """The lines that users know, in Lima time."""
    moment = when.astimezone(LIMA).strftime("%d.%m.%Y %H:%M:%S -05:00")
    lines = [f"Firmado digitalmente por {stamp_name}"]
    if position.strip():
        lines.append(f"Cargo: {position}")
    lines += [f"Motivo: {reason}", f"Fecha: {moment}"]
    return [one_line(line) for line in lines]


def draw_stamp(lines: list[str], width: float, height: float) -> bytes:
    """A one-page PDF of `width` by `height` points with the lines; long names wrap and shrink, never leave the box.

    No frame of its own: the paper's signature zone already draws one.
    """
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    size, rows = _fit(lines, width - 2 * _MARGIN, height - 2 * _MARGIN)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas.setFont(REGULAR, size)
    y = height / 2 + len(rows) * size * _LEADING / 2 - size * 0.92
    for row in rows:
        canvas.drawString(_MARGIN, y, row)
        y -= size * _LEADING
    canvas.save()
    return out.getvalue()


def _fit(lines: list[str], width: float, height: float) -> tuple[float, list[str]]:
    size = _LARGEST
    while True:
        rows = [row for line in lines for row in _wrapped(line, size, width)]
        fits = len(rows) * size * _LEADING <= height and all(
            text_width(row, REGULAR, size) <= width for row in rows
        )
        if fits:
            return size, rows
        if size <= _SMALLEST:
            # Beyond reading: each line whole or cut with an ellipsis; the full text is in the signature itself.
            return size, [shortened(line, REGULAR, size, width) for line in lines]
        size -= _STEP


def _wrapped(line: str, size: float, width: float) -> list[str]:
    rows: list[str] = []
    row = ""
    for word in line.split(" "):
        longer = f"{row} {word}" if row else word
        if row and text_width(longer, REGULAR, size) > width:
            rows.append(row)
            row = word
        else:
            row = longer
    return [*rows, row]


def stamp_style(drawn: bytes) -> Any:
    """pyHanko's style that shows the drawn page as it is, edge to edge."""
    from pyhanko.pdf_utils import layout
    from pyhanko.stamp import StaticStampStyle

    from sisfoh_desktop.documents.drawn_page import DrawnPage

    whole = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN,
        y_align=layout.AxisAlignment.ALIGN_MIN,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(
        background=DrawnPage(drawn), background_layout=whole, background_opacity=1, border_width=0
    )
