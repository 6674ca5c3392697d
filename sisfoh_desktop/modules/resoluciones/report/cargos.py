"""Cargos of notification, two to an A4 page with a line to cut along; each with its code as QR and in letters.

They are drawn at fixed places, since they are filled in by hand. Loads reportlab: import it inside functions.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sisfoh_desktop.basics.dates import long_date
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened, text_width
from sisfoh_desktop.documents.letterhead_flow import load_logo
from sisfoh_desktop.documents.text import clean, one_line
from sisfoh_desktop.modules.resoluciones.rules.delivery import Cargo
from sisfoh_desktop.modules.resoluciones.rules.genders import steady

if TYPE_CHECKING:
    from sisfoh_desktop.documents.letterhead import Letterhead

_WIDTH, _HEIGHT = A4
_HALF = _HEIGHT / 2
_LEFT, _RIGHT = 18 * mm, _WIDTH - 18 * mm
_TOP = 9 * mm  # free above each cargo
_QR = 29 * mm
_QUIET = 2  # modules of white around the QR, besides the paper's own
_LABELS = 27 * mm
_BOTTOM = 7 * mm  # of the note under the boxes, above the lower edge of each half
_FILLED, _SIGNING = 10.5 * mm, 25 * mm  # heights of the boxes
_RULE_SIZE = 7.5
_GREY = 0.35


def cargos_pdf(cargos: Sequence[Cargo], letterhead: "Letterhead", *, watermark: str = "") -> bytes:
    """All of them in one PDF, in the order given; the same cargos always give the same bytes."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, lang="es-PE", initialFontName=REGULAR)
    canvas.setTitle(clean(f"Cargos de notificación: {cargos[0].act}") if cargos else "Cargos de notificación")
    canvas.setAuthor(clean(letterhead.entity))
    canvas.setCreator("SISFOH Desktop")
    logo = None if letterhead.logo is None else ImageReader(load_logo(letterhead.logo))
    for place, cargo in enumerate(cargos):
        if place and place % 2 == 0:
            canvas.showPage()
        if place % 2 == 0:
            _draw_cut(canvas)
        canvas.saveState()
        canvas.translate(0, _HALF if place % 2 == 0 else 0)
        _draw_cargo(canvas, cargo, letterhead, logo, watermark)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_cut(canvas: Any) -> None:
    canvas.saveState()
    canvas.setDash(4, 3)
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(0.55)
    canvas.line(6 * mm, _HALF, _WIDTH - 6 * mm, _HALF)
    canvas.restoreState()


def _draw_cargo(canvas: Any, cargo: Cargo, letterhead: "Letterhead", logo: Any, watermark: str) -> None:
    """One cargo in the half page whose lower left corner is the origin."""
    _draw_watermark(canvas, watermark)
    y = _draw_head(canvas, cargo, letterhead, logo)
    qr_left = _RIGHT - _QR
    _draw_qr(canvas, cargo.code, qr_left, y - _QR)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawRightString(_RIGHT, y - _QR - 8, cargo.code)
    _draw_data(canvas, cargo, y - 2, qr_left - 7 * mm)
    _draw_boxes(canvas, cargo)


def _draw_head(canvas: Any, cargo: Cargo, letterhead: "Letterhead", logo: Any) -> float:
    top = _HALF - _TOP
    left = _LEFT
    if logo is not None:
        wide, high = logo.getSize()
        scale = min(13 * mm / wide, 12 * mm / high)
        canvas.drawImage(logo, left, top - high * scale, wide * scale, high * scale, mask="auto")
        left += wide * scale + 3 * mm
    title = "CARGO DE NOTIFICACIÓN"
    title_left = _RIGHT - text_width(title, BOLD, 12)
    room = title_left - left - 6 * mm
    canvas.setFont(BOLD, 10)
    canvas.drawString(left, top - 11, shortened(one_line(letterhead.entity), BOLD, 10, room))
    canvas.setFont(REGULAR, 8)
    canvas.drawString(left, top - 22, shortened(one_line(letterhead.office), REGULAR, 8, room))
    canvas.setFont(BOLD, 12)
    canvas.drawString(title_left, top - 11, title)
    canvas.setFont(REGULAR, 8)
    if cargo.attempt > 1:
        canvas.drawRightString(_RIGHT, top - 22, f"Intento N° {cargo.attempt}")
    rule = top - 13 * mm
    canvas.setLineWidth(0.75)
    canvas.line(_LEFT, rule, _RIGHT, rule)
    return rule - 5


def _draw_data(canvas: Any, cargo: Cargo, top: float, right: float) -> None:
    """Label and value, line by line, in the room above the boxes."""
    width = right - _LEFT - _LABELS
    own = (cargo.person, "" if cargo.by_mail else cargo.address)
    rows = (
        ("Destinatario", cargo.recipient, BOLD, 10.0, 2),
        ("", "\n".join(line for line in own if line), REGULAR, 8.5, 2),
        ("Correo", cargo.address if cargo.by_mail else "", BOLD, 9.0, 1),
        ("Documento", f"{cargo.act}, del {long_date(cargo.dated)}", REGULAR, 9.0, 2),
        ("Asunto", cargo.subject, REGULAR, 9.0, 2),
        ("Canal", cargo.channel, REGULAR, 9.0, 1),
        ("Folios", str(cargo.folios), REGULAR, 9.0, 1),
    )
    y = top
    for label, value, font, size, most in rows:
        lines = _lines(value, font, size, width, most)
        if not lines:
            continue
        y -= size + 1
        canvas.setFont(REGULAR, 8)
        canvas.setFillGray(_GREY)
        canvas.drawString(_LEFT, y, label)
        canvas.setFillGray(0)
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            if number:
                y -= size + 1.5
            canvas.drawString(_LEFT + _LABELS, y, line)
        y -= 3.0


def _draw_boxes(canvas: Any, cargo: Cargo) -> None:
    """What is filled in by hand, always at the same place, and at the foot how the terms are counted."""
    note = f"{cargo.channel_rule} Procede de: {cargo.origin}."
    canvas.setFont(REGULAR, _RULE_SIZE)
    canvas.setFillGray(_GREY)
    for number, line in enumerate(_lines(note, REGULAR, _RULE_SIZE, _RIGHT - _LEFT, 2)):
        canvas.drawString(_LEFT, _BOTTOM + (1 - number) * (_RULE_SIZE + 1.5), line)
    canvas.setFillGray(0)
    y = _BOTTOM + 2 * _RULE_SIZE + 4
    if cargo.by_mail:
        _draw_mail_boxes(canvas, cargo, y)
    else:
        _draw_hand_boxes(canvas, cargo, y)


def _draw_hand_boxes(canvas: Any, cargo: Cargo, y: float) -> None:
    """Who notified, what happened, who received, when and as what."""
    width, left = _RIGHT - _LEFT, _LEFT + (_RIGHT - _LEFT) * 0.36
    _draw_notifier(canvas, y)
    y += _FILLED
    _box(canvas, _LEFT, y, width * 0.36, _SIGNING, "Firma o sello de quien recibe")
    _box(canvas, left, y, width * 0.64, _SIGNING, "")
    words = ("Entregado", "Rehusado: se negó a recibir o a firmar", "Devuelto, porque:")
    canvas.setFont(REGULAR, 9)
    for number, word in enumerate(words, start=1):
        at = y + _SIGNING - number * 14
        canvas.rect(left + 6, at, 9, 9)
        canvas.drawString(left + 21, at + 1, word)
    start = left + 25 + text_width(words[-1], REGULAR, 9)
    canvas.setLineWidth(0.3)
    canvas.line(start, y + _SIGNING - 43, _RIGHT - 5, y + _SIGNING - 43)
    canvas.setFont(REGULAR, _RULE_SIZE)
    canvas.drawString(
        left + 6, y + _SIGNING - 54, "Si se rehusó, testigo (con DNI) o características del domicilio:"
    )
    canvas.line(left + 6, y + 5, _RIGHT - 5, y + 5)
    y += _SIGNING
    _box(canvas, _LEFT, y, width * 0.5, _FILLED, "Vínculo o cargo")
    _box(canvas, _LEFT + width * 0.5, y, width * 0.28, _FILLED, "Fecha")
    _box(canvas, _LEFT + width * 0.78, y, width * 0.22, _FILLED, "Hora")
    y += _FILLED
    _box(canvas, _LEFT, y, width * 0.7, _FILLED, "Nombres y apellidos")
    _box(canvas, _LEFT + width * 0.7, y, width * 0.3, _FILLED, "DNI")
    y += _FILLED
    canvas.setFont(REGULAR, 9)
    canvas.drawString(_LEFT, y + 4, f"Recibí copia íntegra del documento, en {_folios(cargo)}:")


def _draw_mail_boxes(canvas: Any, cargo: Cargo, y: float) -> None:
    """When the message was sent and when its receipt came back; nobody signs for it."""
    width = _RIGHT - _LEFT
    _draw_notifier(canvas, y)
    y += _FILLED
    _box(canvas, _LEFT, y, width, _FILLED, "Si no hubo respuesta: qué se hizo")
    for left_label, middle in (
        ("Respuesta de recepción: quién respondió", "Fecha de la respuesta"),
        ("Correo desde el que se envió", "Fecha del envío"),
    ):
        y += _FILLED
        _box(canvas, _LEFT, y, width * 0.5, _FILLED, left_label)
        _box(canvas, _LEFT + width * 0.5, y, width * 0.28, _FILLED, middle)
        _box(canvas, _LEFT + width * 0.78, y, width * 0.22, _FILLED, "Hora")
    y += _FILLED
    canvas.setFont(REGULAR, 9)
    for number, line in enumerate(
        (
            f"Se envió copia íntegra del documento, en {_folios(cargo)}, al correo indicado.",
            "Responda a ese mensaje confirmando que lo recibió; la respuesta impresa se adjunta a este cargo.",
        )
    ):
        canvas.drawString(_LEFT, y + 16 - number * 12, line)


def _draw_notifier(canvas: Any, y: float) -> None:
    width = _RIGHT - _LEFT
    _box(canvas, _LEFT, y, width * 0.45, _FILLED, "Quien notifica: nombres y apellidos")
    _box(canvas, _LEFT + width * 0.45, y, width * 0.2, _FILLED, "DNI")
    _box(canvas, _LEFT + width * 0.65, y, width * 0.35, _FILLED, "Firma de quien notifica")


def _folios(cargo: Cargo) -> str:
    return "1 folio" if cargo.folios == 1 else f"{cargo.folios} folios"


def _box(canvas: Any, x: float, y: float, width: float, height: float, label: str) -> None:
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, width, height)
    canvas.setFont(REGULAR, 7)
    canvas.setFillGray(_GREY)
    canvas.drawString(x + 3, y + height - 8, label)
    canvas.setFillGray(0)


def _draw_qr(canvas: Any, payload: str, left: float, bottom: float) -> None:
    """The code as squares, a run of a row at a time, in one filled path: sharp at any size."""
    matrix = segno.make(payload, error="m", micro=False).matrix
    side = _QR / (len(matrix) + 2 * _QUIET)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(
                    left + (start + _QUIET) * side,
                    bottom + _QR - (row + 1 + _QUIET) * side,
                    (column - start) * side,
                    side,
                )
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_watermark(canvas: Any, watermark: str) -> None:
    text = one_line(watermark)
    if text:
        canvas.saveState()
        canvas.translate(_WIDTH / 2, _HALF / 2)
        canvas.rotate(30)
        canvas.setFillGray(0.92)
        canvas.setFont(BOLD, fitted_size(text, BOLD, 46, 165 * mm, 12))
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()


def _lines(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """At most so many lines of `text`, `N°` with its number; the last one ends in an ellipsis where more follows."""
    lines = [line for part in clean(steady(text)).split("\n") for line in _split(part, font, size, width)]
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shortened(line, font, size, width) for line in lines]


def _split(text: str, font: str, size: float, width: float) -> list[str]:
    """Broken at blanks, never at the one that keeps two words together."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        if lines and text_width(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
