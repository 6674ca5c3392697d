"""Text broken into lines of a fixed width, for what is drawn without the cost of a Paragraph.

Loads reportlab: import it inside functions.
"""

from collections.abc import Sequence
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from sisfoh_desktop.documents.text import clean


@lru_cache(maxsize=4096)
def wrapped(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of `text` in `width` points; a word longer than a line is cut. Plans repeat texts: it remembers."""
    return tuple(filled(clean(text).split(), font, size, width))


def filled(words: Sequence[str], font: str, size: float, width: float) -> list[str]:
    """Cleaned words set in lines; a word longer than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while stringWidth(word, font, size) > width and len(word) > 1:
            fits = _fitting(word, font, size, width)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def _fitting(word: str, font: str, size: float, width: float) -> int:
    """How many letters of a word stand in a line; one at least."""
    return max(
        1, next(count for count in range(len(word), -1, -1) if stringWidth(word[:count], font, size) <= width)
    )
