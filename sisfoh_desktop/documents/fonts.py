"""The typeface of every paper: Liberation Sans from `resources/fonts`, registered once and always embedded.

What the letters look like in a window is not decided here.
"""

import functools

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource

REGULAR = "LiberationSans"
BOLD = "LiberationSans-Bold"
ITALIC = "LiberationSans-Italic"
BOLD_ITALIC = "LiberationSans-BoldItalic"

_FILES = {
    REGULAR: "LiberationSans-Regular.ttf",
    BOLD: "LiberationSans-Bold.ttf",
    ITALIC: "LiberationSans-Italic.ttf",
    BOLD_ITALIC: "LiberationSans-BoldItalic.ttf",
}


@functools.cache
def register_fonts() -> frozenset[int]:
    """Make the four faces known to reportlab and give the code points that all of them can print.

    Raises FileFailed when a face is missing or damaged; a failed try is not remembered, so that a repaired
    installation works without a restart.
    """
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    rl_config.useA85 = 0  # text armour around compressed data: a quarter larger and slower, needed by nobody
    printable: set[int] | None = None
    for name, file in _FILES.items():
        path = resource("fonts", file)
        try:
            font = TTFont(name, str(path), validate=1)  # by its checksum: a cut face fails now, not on paper
        except (TTFError, OSError, ValueError, IndexError, KeyError) as error:
            raise FileFailed(
                f"No se pudo hacer el documento: la letra «{file}» falta o está dañada en «{path.parent}». "
                "No se cambió nada. Vuelva a instalar el programa."
            ) from error
        pdfmetrics.registerFont(font)
        points = set(font.face.charToGlyph)
        printable = points if printable is None else printable & points
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    return frozenset(printable or ())


def text_width(text: str, font: str, size: float) -> float:
    """Width of one line in points."""
    from reportlab.pdfbase import pdfmetrics

    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def fitted_size(text: str, font: str, size: float, width: float, smallest: float) -> float:
    """The largest size from `size` down to `smallest` (points) at which `text` fits in `width` points."""
    natural = text_width(text, font, size)
    if natural <= width:
        return size
    return max(smallest, size * width / natural)


def shortened(text: str, font: str, size: float, width: float) -> str:
    """`text`, or its beginning and an ellipsis where even the whole does not fit in `width` points."""
    if text_width(text, font, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
