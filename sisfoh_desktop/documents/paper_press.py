"""The press: canvas, page frames and what is drawn around the story (loads reportlab; used by `page` alone).

Head, foot, legend and watermark are marked as artifacts, so that readers aloud and text searches skip them.
"""

import contextlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened
from sisfoh_desktop.documents.letterhead_flow import LetterheadFlow
from sisfoh_desktop.documents.line_breaking import filled
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat, Sheet
from sisfoh_desktop.documents.paper_flow import arranged
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.text import clean, one_line

_LEGEND_LEFT, _LEGEND_WIDTH = (
    8 * mm,
    12 * mm,
)  # printers leave about 5 mm blank; 5 mm stay free before the text
_LEGEND_END = 20 * mm  # blank above and below it
_HEAD_RULE = 3.5  # mm between the rule of a short head and the text
_FOOT_SIZE = 8.0
_WATERMARK_GREY = 0.92  # 8 % of black
_WATERMARK_SLANT = 52  # degrees, on an upright sheet
_SMALLEST = 4.5


class PaperCanvas(Canvas):
    """A canvas that writes the foot when the number of pages is known, and remembers the signature boxes."""

    paper: PaperFormat
    _code: list[str]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.signature_boxes: dict[str, FieldBox] = {}
        self._made: list[Any] = []

    @property
    def pages_made(self) -> int:
        return len(self._made)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        self._made.append(self._doc.Pages.pages[-1])

    def save(self) -> None:
        if len(self._code):
            self.showPage()
        total = len(self._made)
        for number, page in enumerate(self._made, 1):
            self._code = []
            _draw_foot(self, self.paper, f"Página {number} de {total}")
            # The page's own stream ends with balanced states, so the foot may simply follow it.
            page.stream += "\n".join(self._code) + "\n"
        self._code = []
        super().save()


def press_paper(story: Sequence[Flowable], paper_format: PaperFormat) -> BuiltPaper:
    """See `page.build_paper`."""
    register_fonts()
    head = LetterheadFlow(paper_format.letterhead)
    sheet = paper_format.sheet
    flow = [head, *arranged(story, sheet.body_width * mm, sheet.body_height * mm)]
    out = io.BytesIO()
    made: list[PaperCanvas] = []

    def make_canvas(*arguments: Any, **options: Any) -> PaperCanvas:
        canvas = PaperCanvas(*arguments, **options)
        canvas.paper = paper_format
        made.append(canvas)
        return canvas

    document = BaseDocTemplate(
        out,
        pagesize=(sheet.width * mm, sheet.height * mm),
        title=one_line(paper_format.title),
        author=one_line(paper_format.author),
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
        [_template("first", paper_format, first=True), _template("later", paper_format, first=False)]
    )
    try:
        document.build(flow, canvasmaker=make_canvas)
    except LayoutError as error:
        raise RuleError(
            "paper_does_not_fit",
            "No se pudo hacer el documento: una de sus partes (el membrete, el encabezado de una tabla o un firmante) "
            "no cabe en una página. No se cambió nada. Acorte ese texto e inténtelo otra vez.",
        ) from error
    canvas = made[-1]
    return BuiltPaper(pdf=out.getvalue(), pages=canvas.pages_made, boxes=dict(canvas.signature_boxes))


def _template(name: str, paper_format: PaperFormat, *, first: bool) -> PageTemplate:
    sheet = paper_format.sheet
    height = sheet.height - (sheet.first_top if first else sheet.top) - sheet.bottom
    frame = Frame(sheet.left * mm, sheet.bottom * mm, sheet.body_width * mm, height * mm, 0, 0, 0, 0, id=name)

    def surround(canvas: Any, document: Any) -> None:
        with _artifact(canvas):
            _draw_watermark(canvas, paper_format.watermark, sheet)
            _draw_legend(canvas, paper_format.legend, sheet)
            if not first:
                _draw_continuation_head(canvas, paper_format)

    return PageTemplate(id=name, frames=[frame], onPage=surround, autoNextPageTemplate="later")


@contextlib.contextmanager
def _artifact(canvas: Any) -> Iterator[None]:
    canvas.saveState()
    canvas._code.append("/Artifact BMC")
    yield
    canvas._code.append("EMC")
    canvas.restoreState()


def _draw_foot(canvas: Any, paper_format: PaperFormat, page_words: str) -> None:
    left, width = _sides(paper_format.sheet)
    y, third = 11 * mm, width / 3
    with _artifact(canvas):
        canvas.setLineWidth(0.25)
        canvas.setStrokeGray(0.4)
        canvas.line(left, y + 10, left + width, y + 10)
        canvas.setFillGray(0.25)
        number, size = _fitted(paper_format.foot_number, REGULAR, _FOOT_SIZE, third - 6)
        canvas.setFont(REGULAR, size)
        canvas.drawString(left, y, number)
        code, size = _fitted(paper_format.version_code, REGULAR, _FOOT_SIZE, third - 6)
        canvas.setFont(REGULAR, size)
        canvas.drawCentredString(left + width / 2, y, code)
        canvas.setFont(REGULAR, _FOOT_SIZE)
        canvas.drawRightString(left + width, y, page_words)


def _draw_continuation_head(canvas: Any, paper_format: PaperFormat) -> None:
    lines = clean(paper_format.continuation_head).split("\n")[:2]
    entity = clean(paper_format.letterhead.entity).replace("\n", " ")
    if not any(lines) and not entity:
        return
    sheet = paper_format.sheet
    left, width = _sides(sheet)
    half = width / 2 - 8
    rule = sheet.height * mm - (sheet.top - _HEAD_RULE) * mm
    text, size = _fitted(entity, BOLD, 8.5, half)
    canvas.setFillGray(0.25)
    canvas.setFont(BOLD, size)
    canvas.drawString(left, rule + 4, text)
    for number, line in enumerate(reversed(lines)):
        text, size = _fitted(line, REGULAR, 8.5, half)
        canvas.setFont(REGULAR, size)
        canvas.drawRightString(left + width, rule + 4 + 10.5 * number, text)
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.4)
    canvas.line(left, rule, left + width, rule)


def _sides(sheet: Sheet) -> tuple[float, float]:
    """Left edge and width of what is written, in points."""
    return sheet.left * mm, sheet.body_width * mm


def _draw_legend(canvas: Any, legend: str, sheet: Sheet) -> None:
    words = clean(legend).split()
    if not words:
        return
    height = sheet.height * mm
    length = height - 2 * _LEGEND_END
    size = 6.5
    lines = filled(words, REGULAR, size, length)
    while size > _SMALLEST and len(lines) * size * 1.25 > _LEGEND_WIDTH:
        size -= 0.25
        lines = filled(words, REGULAR, size, length)
    lines = lines[: int(_LEGEND_WIDTH / (size * 1.25))]
    leading = size * 1.25
    canvas.saveState()
    canvas.translate(_LEGEND_LEFT + (_LEGEND_WIDTH - leading * len(lines)) / 2, height / 2)
    canvas.rotate(90)
    canvas.setFillGray(0.25)
    canvas.setFont(REGULAR, size)
    for number, line in enumerate(lines, 1):
        canvas.drawCentredString(0, -number * leading + 0.25 * leading, line)
    canvas.restoreState()


def _draw_watermark(canvas: Any, watermark: str, sheet: Sheet) -> None:
    lines = [line.strip() for line in clean(watermark).split("\n") if line.strip()]
    if not lines:
        return
    reach = min(sheet.width, sheet.height) * mm  # of a diagonal of half as much again and more
    size = min(fitted_size(line, BOLD, 96, reach, 20) for line in lines)
    left, width = _sides(sheet)
    canvas.saveState()
    canvas.translate(left + width / 2, sheet.height * mm / 2)
    canvas.rotate(_WATERMARK_SLANT if sheet.height > sheet.width else 90 - _WATERMARK_SLANT)
    canvas.setFillGray(_WATERMARK_GREY)
    canvas.setFont(BOLD, size)
    top = (len(lines) - 1) * size * 0.6 - size * 0.35
    for number, line in enumerate(lines):
        canvas.drawCentredString(0, top - number * size * 1.2, shortened(line, BOLD, size, reach))
    canvas.restoreState()


def _fitted(text: str, font: str, size: float, width: float) -> tuple[str, float]:
    """One line that never leaves its place: smaller first, then cut with an ellipsis."""
    line = clean(text).replace("\n", " ")
    fitting = fitted_size(line, font, size, width, _SMALLEST + 1)
    return shortened(line, font, fitting, width), fitting
