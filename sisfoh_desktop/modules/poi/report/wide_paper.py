"""A paper on its side: A4 or A3, with the letterhead, side legend, foot and watermark that every paper has.

The upright page is `documents.page`; a table of 29 columns does not fit on it. Loads reportlab: import it inside
functions.
"""

import contextlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened
from sisfoh_desktop.documents.letterhead_flow import LetterheadFlow
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat
from sisfoh_desktop.documents.paper_flow import arranged
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.text import clean
from sisfoh_desktop.modules.poi.report.lines import filled

_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, 15 * mm, 20 * mm, 19 * mm
_FIRST_TOP = 15 * mm  # no head of its own above the letterhead
_LEGEND_LEFT, _LEGEND_WIDTH = 8 * mm, 12 * mm
_LEGEND_SIZES = (6.5, 6.0, 5.5, 5.0, 4.5)
_LEADING = 1.25
_FOOT_SIZE, _SMALLEST = 8.0, 5.5
_GREY, _WATERMARK_GREY = 0.25, 0.92


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper on its side, in points; `width` and `height` of what is written on it."""

    name: str
    size: tuple[float, float]

    @property
    def width(self) -> float:
        return self.size[0] - _LEFT - _RIGHT

    @property
    def height(self) -> float:
        return self.size[1] - _TOP - _BOTTOM


A4_WIDE = Sheet("A4", landscape(A4))
A3_WIDE = Sheet("A3", landscape(A3))


def build_wide_paper(story: Sequence[Flowable], paper_format: PaperFormat, sheet: Sheet) -> BuiltPaper:
    """As `documents.page.build_paper`, on `sheet`; RuleError ("paper_does_not_fit")."""
    register_fonts()
    head = LetterheadFlow(paper_format.letterhead)
    flow = [head, *arranged(story, sheet.width, sheet.height)]
    out = io.BytesIO()
    made: list[_WideCanvas] = []

    def make_canvas(*arguments: Any, **options: Any) -> _WideCanvas:
        canvas = _WideCanvas(*arguments, **options)
        canvas.paper, canvas.sheet = paper_format, sheet
        made.append(canvas)
        return canvas

    document = BaseDocTemplate(
        out,
        pagesize=sheet.size,
        title=" ".join(clean(paper_format.title).split()),
        author=" ".join(clean(paper_format.author).split()),
        creator="SISFOH Desktop",
        producer="SISFOH Desktop",
        subject="",
        lang=paper_format.language,
        displayDocTitle=1,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
    )
    document.addPageTemplates(
        [_template("first", paper_format, sheet), _template("later", paper_format, sheet)]
    )
    try:
        document.build(flow, canvasmaker=make_canvas)
    except LayoutError as error:
        raise RuleError(
            "paper_does_not_fit",
            "No se pudo hacer el documento: una de sus partes no cabe en una página. No se cambió nada. Acorte el "
            "texto de esa actividad o de ese firmante e inténtelo otra vez.",
        ) from error
    canvas = made[-1]
    return BuiltPaper(pdf=out.getvalue(), pages=canvas.pages_made, boxes=dict(canvas.signature_boxes))


class _WideCanvas(Canvas):
    """A canvas that writes the feet when the number of pages is known, and remembers the signature boxes."""

    paper: PaperFormat
    sheet: Sheet
    _code: list[str]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.signature_boxes: dict[str, FieldBox] = {}
        self._pages: list[Any] = []

    @property
    def pages_made(self) -> int:
        return len(self._pages)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        self._pages.append(self._doc.Pages.pages[-1])

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        for number, page in enumerate(self._pages, 1):
            self._code = []
            _draw_foot(self, self.paper, self.sheet, f"Página {number} de {len(self._pages)}")
            page.stream += "\n".join(self._code) + "\n"
        self._code = []
        super().save()


def _template(name: str, paper_format: PaperFormat, sheet: Sheet) -> PageTemplate:
    height = sheet.height + (_TOP - _FIRST_TOP if name == "first" else 0)
    frame = Frame(_LEFT, _BOTTOM, sheet.width, height, 0, 0, 0, 0, id=name)

    def surround(canvas: Any, document: Any) -> None:
        with _artifact(canvas):
            _draw_watermark(canvas, paper_format.watermark, sheet)
            _draw_legend(canvas, paper_format.legend, sheet)
            if name != "first":
                _draw_continuation_head(canvas, paper_format, sheet)

    return PageTemplate(
        id=name, frames=[frame], onPage=surround, pagesize=sheet.size, autoNextPageTemplate="later"
    )


@contextlib.contextmanager
def _artifact(canvas: Any) -> Iterator[None]:
    """What readers aloud and text searches skip."""
    canvas.saveState()
    canvas._code.append("/Artifact BMC")
    yield
    canvas._code.append("EMC")
    canvas.restoreState()


def _draw_foot(canvas: Any, paper_format: PaperFormat, sheet: Sheet, page_words: str) -> None:
    y, third = 11 * mm, sheet.width / 3 - 6
    with _artifact(canvas):
        _rule(canvas, sheet, y + 10)
        number, size = _fitted(paper_format.foot_number, REGULAR, _FOOT_SIZE, third)
        canvas.setFont(REGULAR, size)
        canvas.drawString(_LEFT, y, number)
        code, size = _fitted(paper_format.version_code, REGULAR, _FOOT_SIZE, third)
        canvas.setFont(REGULAR, size)
        canvas.drawCentredString(_LEFT + sheet.width / 2, y, code)
        canvas.setFont(REGULAR, _FOOT_SIZE)
        canvas.drawRightString(_LEFT + sheet.width, y, page_words)


def _draw_continuation_head(canvas: Any, paper_format: PaperFormat, sheet: Sheet) -> None:
    lines = clean(paper_format.continuation_head).split("\n")[:2]
    entity = " ".join(clean(paper_format.letterhead.entity).split())
    y, half = sheet.size[1] - 16.5 * mm, sheet.width / 2 - 8
    _rule(canvas, sheet, y)
    text, size = _fitted(entity, BOLD, 8.5, half)
    canvas.setFont(BOLD, size)
    canvas.drawString(_LEFT, y + 4, text)
    for number, line in enumerate(reversed(lines)):
        text, size = _fitted(line, REGULAR, 8.5, half)
        canvas.setFont(REGULAR, size)
        canvas.drawRightString(_LEFT + sheet.width, y + 4 + 10.5 * number, text)


def _draw_legend(canvas: Any, legend: str, sheet: Sheet) -> None:
    words = clean(legend).split()
    if not words:
        return
    length = sheet.size[1] - 2 * _TOP
    for size in _LEGEND_SIZES:
        lines = filled(words, REGULAR, size, length)
        if len(lines) * size * _LEADING <= _LEGEND_WIDTH:
            break
    leading = size * _LEADING
    lines = lines[: int(_LEGEND_WIDTH / leading)]
    canvas.saveState()
    canvas.translate(_LEGEND_LEFT + (_LEGEND_WIDTH - leading * len(lines)) / 2, sheet.size[1] / 2)
    canvas.rotate(90)
    canvas.setFillGray(_GREY)
    canvas.setFont(REGULAR, size)
    for number, line in enumerate(lines, 1):
        canvas.drawCentredString(0, -number * leading + 0.25 * leading, line)
    canvas.restoreState()


def _draw_watermark(canvas: Any, watermark: str, sheet: Sheet) -> None:
    lines = [line.strip() for line in clean(watermark).split("\n") if line.strip()]
    if not lines:
        return
    reach = sheet.height * 1.3
    size = min(fitted_size(line, BOLD, 110, reach, 20) for line in lines)
    canvas.saveState()
    canvas.translate(_LEFT + sheet.width / 2, sheet.size[1] / 2)
    canvas.rotate(33)
    canvas.setFillGray(_WATERMARK_GREY)
    canvas.setFont(BOLD, size)
    top = (len(lines) - 1) * size * 0.6 - size * 0.35
    for number, line in enumerate(lines):
        canvas.drawCentredString(0, top - number * size * 1.2, shortened(line, BOLD, size, reach))
    canvas.restoreState()


def _rule(canvas: Any, sheet: Sheet, y: float) -> None:
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.4)
    canvas.line(_LEFT, y, _LEFT + sheet.width, y)
    canvas.setFillGray(_GREY)


def _fitted(text: str, font: str, size: float, width: float) -> tuple[str, float]:
    """One line that never leaves its place: smaller first, then cut with an ellipsis."""
    line = " ".join(clean(text).split())
    fitting = fitted_size(line, font, size, width, _SMALLEST)
    return shortened(line, font, fitting, width), fitting
