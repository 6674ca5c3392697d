"""An acta twice on one A4, with a line to cut along: one copy for each of the two who sign. Loads reportlab.

All stands at fixed places but the text and the table between the head and the signatures; where these do not fit,
nothing is drawn and the caller takes whole pages.
"""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened, text_width
from sisfoh_desktop.documents.letterhead_flow import load_logo
from sisfoh_desktop.documents.page import BuiltPaper
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.tables import Cell, Column, ruled_table
from sisfoh_desktop.documents.text import one_line, plain_paragraph
from sisfoh_desktop.modules.kardex.rules import acta_words as words
from sisfoh_desktop.modules.kardex.rules.acta_rows import format_count
from sisfoh_desktop.modules.kardex.rules.acta_words import ActaSheet, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from sisfoh_desktop.documents.letterhead import Letterhead

_WIDTH, _HEIGHT = A4
_HALF = _HEIGHT / 2
_LEFT, _RIGHT = 18 * mm, _WIDTH - 18 * mm
_ROOM = _RIGHT - _LEFT
_TOP = 8 * mm  # free above each copy
_FOOT = 5.5 * mm
_CAPTIONS = 32.0  # points: four lines under each box
_BOX_BOTTOM = _FOOT + 11 + _CAPTIONS
_BOX_HEIGHT = 17 * mm
_BOX_WIDTH = 76 * mm
_GAP = 2.0  # between two parts of the text
_GREY = 0.35
_SIZES = (9.5, 9.0, 8.5, 8.0)  # points, the largest that fits
_SMALLEST_NAME = 5.5  # points
_YEAR = 9.0  # the line of the year's name
_COLUMNS = (
    Column("Formulario"),
    Column("Del", width_mm=32, align="center"),
    Column("Al", width_mm=32, align="center"),
    Column("Cantidad", width_mm=24, align="right"),
    Column("Condición", width_mm=30, align="center"),
)


@dataclass(frozen=True)
class _Copy:
    """What a copy says at its foot, and whether its boxes become the fields of the paper."""

    words: str
    bears_fields: bool


def half_pages(sheet: ActaSheet, letterhead: "Letterhead", *, watermark: str = "") -> BuiltPaper | None:
    """Both copies on one page; None when half a page does not hold what the acta tells.

    The fields are the boxes of the upper copy. The same acta always gives the same bytes.
    """
    register_fonts()
    top = _story_top(letterhead)
    room = top - (_BOX_BOTTOM + _BOX_HEIGHT + 3 * mm)
    size = next((size for size in _SIZES if _height(_story(sheet, size)) <= room), None)
    if size is None or not _names_fit(sheet):
        return None
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1, lang="es-PE", initialFontName=REGULAR)
    canvas.setTitle(one_line(f"{sheet.short_title}: {sheet.campaign}"))
    canvas.setAuthor(one_line(letterhead.entity))
    canvas.setCreator("SISFOH Desktop")
    logo = None if letterhead.logo is None else ImageReader(load_logo(letterhead.logo))
    first, second = words.part_words(sheet.draft.kind)
    copies = (_Copy(f"Ejemplar de {first}", True), _Copy(f"Ejemplar de {second}", False))
    boxes: dict[str, FieldBox] = {}
    _draw_cut(canvas)
    for copy, bottom in zip(copies, (_HALF, 0.0), strict=True):
        canvas.saveState()
        canvas.translate(0, bottom)
        _draw_watermark(canvas, watermark)
        _draw_head(canvas, sheet, letterhead, logo)
        _draw_story(canvas, _story(sheet, size), top)
        placed = _draw_signers(canvas, sheet, bottom)
        _draw_foot(canvas, sheet, copy)
        canvas.restoreState()
        if copy.bears_fields:
            boxes = placed
    canvas.showPage()
    canvas.save()
    return BuiltPaper(pdf=out.getvalue(), pages=1, boxes=boxes)


def _story_top(letterhead: "Letterhead") -> float:
    return _HALF - _TOP - 15 * mm - 5 - (_YEAR if letterhead.year_name else 0)


def _story(sheet: ActaSheet, size: float) -> "list[Flowable]":
    plain = ParagraphStyle(
        "half", fontName=REGULAR, fontSize=size, leading=size * 1.25, alignment=TA_JUSTIFY, allowWidows=0
    )
    strong = ParagraphStyle("half_strong", parent=plain, fontName=BOLD, alignment=TA_LEFT)
    left = ParagraphStyle(
        "half_left", parent=plain, alignment=TA_LEFT, fontSize=size - 0.5, leading=(size - 0.5) * 1.23
    )
    rows = [
        (row.form, row.first or "Sin número", row.last, format_count(row.form_count), row.condition)
        for row in sheet.rows
    ]
    total = (
        Cell("Total", span=3, bold=True, align="right"),
        Cell(format_count(sheet.form_count), bold=True),
        "",
    )
    story: list[Flowable] = [
        plain_paragraph(words.opening(sheet), plain),
        ruled_table(_COLUMNS, rows, foot=[total], font_size=size - 0.5),
        plain_paragraph(words.total(sheet), strong),
        *(plain_paragraph(ground, left) for ground in sheet.grounds),
    ]
    if sheet.draft.note:
        story.append(plain_paragraph(f"Observaciones: {sheet.draft.note}", left))
    story.append(plain_paragraph(words.closing(sheet), plain))
    return story


def _height(story: "Sequence[Flowable]") -> float:
    return sum(one.wrap(_ROOM, 10_000)[1] + _GAP + 1 for one in story)


def _draw_story(canvas: Any, story: "Sequence[Flowable]", y: float) -> None:
    for one in story:
        y -= one.wrapOn(canvas, _ROOM, 10_000)[1]
        one.drawOn(canvas, _LEFT, y)
        y -= _GAP + 1


def _draw_cut(canvas: Any) -> None:
    canvas.saveState()
    canvas.setDash(4, 3)
    canvas.setLineWidth(0.5)
    canvas.setStrokeGray(0.55)
    canvas.line(6 * mm, _HALF, _WIDTH - 6 * mm, _HALF)
    canvas.restoreState()


def _draw_head(canvas: Any, sheet: ActaSheet, letterhead: "Letterhead", logo: Any) -> None:
    top = _HALF - _TOP
    left = _LEFT
    if logo is not None:
        wide, high = logo.getSize()
        scale = min(13 * mm / wide, 12 * mm / high)
        canvas.drawImage(logo, left, top - high * scale, wide * scale, high * scale, mask="auto")
        left += wide * scale + 3 * mm
    title = sheet.name.upper()
    size = fitted_size(title, BOLD, 11, _ROOM * 0.52, 8)
    title_left = _RIGHT - max(text_width(title, BOLD, size), text_width(_number(sheet), BOLD, 10))
    room = title_left - left - 6 * mm
    entity = one_line(letterhead.entity)
    large = fitted_size(entity, BOLD, 10, room, 7)
    canvas.setFont(BOLD, large)
    canvas.drawString(left, top - 11, shortened(entity, BOLD, large, room))
    canvas.setFont(REGULAR, 8)
    canvas.drawString(left, top - 22, shortened(one_line(letterhead.office), REGULAR, 8, room))
    canvas.setFont(BOLD, size)
    canvas.drawRightString(_RIGHT, top - 11, title)
    canvas.setFont(BOLD, 10)
    canvas.drawRightString(_RIGHT, top - 24, _number(sheet))
    rule = top - 13 * mm
    canvas.setLineWidth(0.75)
    canvas.line(_LEFT, rule, _RIGHT, rule)
    if letterhead.year_name:  # as the norm asks: whole, centred under the head
        year = one_line(letterhead.year_name)
        small = fitted_size(year, REGULAR, 7.5, _ROOM, 4.5)
        canvas.setFont(REGULAR, small)
        canvas.drawCentredString(_WIDTH / 2, rule - 9, shortened(year, REGULAR, small, _ROOM))


def _draw_signers(canvas: Any, sheet: ActaSheet, bottom: float) -> dict[str, FieldBox]:
    """The box of each, whoever gives at the left; where each fell on the page."""
    boxes: dict[str, FieldBox] = {}
    places = sorted(words.places(sheet.draft), key=lambda place: place.party != sheet.draft.gives)
    for left, place in zip((_LEFT + 4 * mm, _RIGHT - 4 * mm - _BOX_WIDTH), places, strict=False):
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(0)
        canvas.line(left, _BOX_BOTTOM, left + _BOX_WIDTH, _BOX_BOTTOM)
        for number, (text, font) in enumerate(_captions(place)):
            line = one_line(text)
            canvas.setFont(font, fitted_size(line, font, 7.5, _BOX_WIDTH, _SMALLEST_NAME))
            canvas.drawCentredString(left + _BOX_WIDTH / 2, _BOX_BOTTOM - 8.5 - number * 8.6, line)
        low = bottom + _BOX_BOTTOM + 1
        boxes[place.field] = FieldBox(0, left, low, left + _BOX_WIDTH, low + _BOX_HEIGHT)
    return boxes


def _names_fit(sheet: ActaSheet) -> bool:
    """Whether every line under the boxes stands there whole: who signs is never cut."""
    return all(
        text_width(one_line(text), font, _SMALLEST_NAME) <= _BOX_WIDTH
        for place in words.places(sheet.draft)
        for text, font in _captions(place)
    )


def _captions(place: Place) -> tuple[tuple[str, str], ...]:
    party = place.party
    return (
        (place.caption.upper(), BOLD),
        (party.name, BOLD),
        (party.position, REGULAR),
        (f"DNI N° {party.dni}", REGULAR),
    )


def _draw_foot(canvas: Any, sheet: ActaSheet, copy: _Copy) -> None:
    canvas.setFont(REGULAR, 7)
    canvas.setFillGray(_GREY)
    canvas.drawString(_LEFT, _FOOT - 2, one_line(sheet.short_title))
    canvas.drawRightString(_RIGHT, _FOOT - 2, copy.words)
    canvas.setFillGray(0)


def _draw_watermark(canvas: Any, watermark: str) -> None:
    lines = [one_line(line) for line in watermark.split("\n") if line.strip()]
    if not lines:
        return
    size = min(fitted_size(line, BOLD, 46, 165 * mm, 12) for line in lines)
    canvas.saveState()
    canvas.translate(_WIDTH / 2, _HALF / 2)
    canvas.rotate(30)
    canvas.setFillGray(0.92)
    canvas.setFont(BOLD, size)
    top = (len(lines) - 1) * size * 0.6
    for number, line in enumerate(lines):
        canvas.drawCentredString(0, top - number * size * 1.2, line)
    canvas.restoreState()


def _number(sheet: ActaSheet) -> str:
    return f"N° {sheet.number}"
