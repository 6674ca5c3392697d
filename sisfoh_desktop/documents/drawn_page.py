"""A drawn page as content for pyHanko, from memory (its own class wants a file on disk). Loads pyHanko."""

import io

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader


class DrawnPage(PdfContent):
    """The first page of a PDF, taken over as a form of the paper being signed."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        writer = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)), page_ix=0)
        self.resources.xobject["/Bloque"] = form
        x1, y1, x2, y2 = (float(value) for value in form.get_object()["/BBox"])
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return b"/Bloque Do"
