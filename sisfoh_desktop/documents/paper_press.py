"""The press: canvas, page frames and what is drawn around the story (loads reportlab; used by `page` alone).

Head, foot, legend and watermark are marked as artifacts, so that readers aloud and text searches skip them.
"""

import contextlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.fonts import BOLD, REGULAR, fitted_size, register_fonts, shortened, text_width
from sisfoh_desktop.documents.letterhead_flow import LetterheadFlow
from sisfoh_desktop.documents.page import BuiltPaper, PaperFormat
from sisfoh_desktop.documents.paper_flow import arranged
from sisfoh_desktop.documents.signature_zone import FieldBox
from sisfoh_desktop.documents.text import clean

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 25 * mm, 20 * mm, 22 * mm, 20 * mm
_BODY_WIDTH = _WIDTH - _LEFT - _RIGHT
_BODY_HEIGHT = _HEIGHT - _TOP - _BOTTOM
_LEGEND_LEFT, _LEGEND_WIDTH = (
    8 * mm,
    12 * mm,
)  # printers leave about 5 mm blank; 5 mm stay free before the text
_FOOT_SIZE = 8.0
_WATERMARK_GREY = 0.92  # 8 % of black
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
    flow = [head, *arranged(story, _BODY_WIDTH, _BODY_HEIGHT)]
    out = io.BytesIO()
    made: list[PaperCanvas] = []

    def make_canvas(*arguments: Any, **options: Any) -> PaperCanvas:
        canvas = PaperCanvas(*arguments, **options)
        canvas.paper = paper_format
        made.append(canvas)
        return canvas

    document = BaseDocTemplate(
        out,
        pagesize=A4,
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
    frame = Frame(_LEFT, _BOTTOM, _BODY_WIDTH, _BODY_HEIGHT, 0, 0, 0, 0, id=name)

    def surround(canvas: Any, document: Any) -> None:
        with _artifact(canvas):
            _draw_watermark(canvas, paper_format.watermark)
            _draw_legend(canvas, paper_format.legend)
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
    y = 11 * mm
    third = _BODY_WIDTH / 3
    with _artifact(canvas):
        canvas.setLineWidth(0.25)
        canvas.setStrokeGray(0.4)
        canvas.line(_LEFT, y + 10, _LEFT + _BODY_WIDTH, y + 10)
        canvas.setFillGray(0.25)
        number, size = _fitted(paper_format.foot_number, REGULAR, _FOOT_SIZE, third - 6)
        canvas.setFont(REGULAR, size)
        canvas.drawString(_LEFT, y, number)
        code, size = _fitted(paper_format.version_code, REGULAR, _FOOT_SIZE, third - 6)
        canvas.setFont(REGULAR, size)
        canvas.drawCentredString(_LEFT + _BODY_WIDTH / 2, y, code)
        canvas.setFont(REGULAR, _FOOT_SIZE)
        canvas.drawRightString(_LEFT + _BODY_WIDTH, y, page_words)


def _draw_continuation_head(canvas: Any, paper_format: PaperFormat) -> None:
    lines = clean(paper_format.continuation_head).split("\n")[:2]
    entity = clean(paper_format.letterhead.entity).replace("\n", " ")
    if not any(lines) and not entity:
        return
    half = _BODY_WIDTH / 2 - 8
    rule = _HEIGHT - 18.5 * mm
    text, size = _fitted(entity, BOLD, 8.5, half)
    canvas.setFillGray(0.25)
    canvas.setFont(BOLD, size)
    canvas.drawString(_LEFT, rule + 4, text)
    for number, line in enumerate(reversed(lines)):
        text, size = _fitted(line, REGULAR, 8.5, half)
        canvas.setFont(REGULAR, size)
        canvas.drawRightString(_LEFT + _BODY_WIDTH, rule + 4 + 10.5 * number, text)
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.4)
    canvas.line(_LEFT, rule, _LEFT + _BODY_WIDTH, rule)


def _draw_legend(canvas: Any, legend: str) -> None:
    words = clean(legend).split()
    if not words:
        return
    length = _HEIGHT - 2 * 20 * mm
    size = 6.5
    lines = _filled(words, size, length)
    while size > _SMALLEST and len(lines) * size * 1.25 > _LEGEND_WIDTH:
        size -= 0.25
        lines = _filled(words, size, length)
    lines = lines[: int(_LEGEND_WIDTH / (size * 1.25))]
    leading = size * 1.25
    canvas.saveState()
    canvas.translate(_LEGEND_LEFT + (_LEGEND_WIDTH - leading * len(lines)) / 2, _HEIGHT / 2)
    canvas.rotate(90)
    canvas.setFillGray(0.25)
    canvas.setFont(REGULAR, size)
    for number, line in enumerate(lines, 1):
        canvas.drawCentredString(0, -number * leading + 0.25 * leading, line)
    canvas.restoreState()


def _draw_watermark(canvas: Any, watermark: str) -> None:
    lines = [line.strip() for line in clean(watermark).split("\n") if line.strip()]
    if not lines:
        return
    reach = 210 * mm  # of the page's diagonal of about 360 mm
    size = min(fitted_size(line, BOLD, 96, reach, 20) for line in lines)
    canvas.saveState()
    canvas.translate(_LEFT + _BODY_WIDTH / 2, _HEIGHT / 2)
    canvas.rotate(52)
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


def _filled(words: Sequence[str], size: float, length: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, REGULAR, size) > length:
            lines.append(line)
            line = word
        else:
            line = longer
    return [shortened(each, REGULAR, size, length) for each in [*lines, line]]
