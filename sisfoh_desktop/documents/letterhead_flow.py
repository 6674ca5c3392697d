"""How the head of the first page is drawn (loads reportlab: import it inside functions)."""

import io
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.documents.fonts import BOLD, ITALIC, REGULAR, register_fonts
from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.text import safe

_LOGO_HEIGHT = 19 * mm
_LOGO_WIDTH = 24 * mm
_GAP = 5 * mm
_MOST_PIXELS = 40_000_000
_PRINTED_PIXELS = 600  # 19 mm at 600 dots per inch need 450: more only makes each paper heavier

_UNREADABLE = (
    "No se pudo hacer el documento: el escudo guardado no es una imagen PNG o JPEG completa. No se cambió nada. "
    "Vuelva a elegir el escudo en los datos de la municipalidad, o quítelo."
)
_TOO_LARGE = (
    "No se pudo hacer el documento: el escudo es una imagen demasiado grande (más de 40 millones de puntos). "
    "No se cambió nada. Elija una más pequeña en los datos de la municipalidad."
)


def load_logo(data: bytes) -> Any:
    """The coat of arms as a Pillow picture, decoded whole so that a cut file shows now and not on paper."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            small_enough = opened.width * opened.height <= _MOST_PIXELS
            picture = opened.convert("RGBA" if _has_alpha(opened) else "RGB") if small_enough else None
    except Image.DecompressionBombError as error:
        raise FileFailed(_TOO_LARGE) from error
    except Exception as error:  # Pillow's readers raise nearly anything on a damaged file
        raise FileFailed(_UNREADABLE) from error
    if picture is None:
        raise FileFailed(_TOO_LARGE)
    picture.thumbnail((_PRINTED_PIXELS, _PRINTED_PIXELS))
    return picture


class LetterheadFlow(Flowable):
    """Coat of arms at the left, entity and office beside it, a rule below, the year name centred under it."""

    def __init__(self, letterhead: Letterhead) -> None:
        super().__init__()
        register_fonts()
        self._logo = None if letterhead.logo is None else ImageReader(load_logo(letterhead.logo))
        entity = ParagraphStyle("entity", fontName=BOLD, fontSize=13, leading=16)
        office = ParagraphStyle("office", fontName=REGULAR, fontSize=10, leading=13)
        year = ParagraphStyle("year", fontName=ITALIC, fontSize=9, leading=11.5, alignment=1)
        self._names = [Paragraph(safe(letterhead.entity), entity)] if letterhead.entity.strip() else []
        if letterhead.office.strip():
            self._names.append(Paragraph(safe(letterhead.office), office))
        self._year = Paragraph(safe(letterhead.year_name), year) if letterhead.year_name.strip() else None
        self._logo_size = (0.0, 0.0)
        if self._logo is not None:
            wide, high = self._logo.getSize()
            scale = min(_LOGO_WIDTH / wide, _LOGO_HEIGHT / high)
            self._logo_size = (wide * scale, high * scale)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        room = width - self._names_left()
        self._name_heights = [name.wrap(room, height)[1] for name in self._names]
        self._band = max(self._logo_size[1], sum(self._name_heights)) if (self._names or self._logo) else 0.0
        self._year_height = self._year.wrap(width, height)[1] + 5 if self._year else 0.0
        self.height = self._band + 6 + self._year_height + 8
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        top = self.height
        if self._logo is not None:
            wide, high = self._logo_size
            canvas.drawImage(self._logo, 0, top - (self._band + high) / 2, wide, high, mask="auto")
        y = top - (self._band - sum(self._name_heights)) / 2
        for name, height in zip(self._names, self._name_heights, strict=True):
            y -= height
            name.drawOn(canvas, self._names_left(), y)
        rule = top - self._band - 4
        canvas.setLineWidth(0.75)
        canvas.line(0, rule, self.width, rule)
        if self._year is not None:
            self._year.drawOn(canvas, 0, rule - self._year_height + 1)

    def _names_left(self) -> float:
        return self._logo_size[0] + _GAP if self._logo is not None else 0.0


def _has_alpha(picture: Any) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
