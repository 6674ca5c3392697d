"""A paragraph that is measured once per width (loads reportlab: make paragraphs through `text`).

reportlab breaks all the remaining lines again at each page and each question about height, which makes a text of
forty pages, or a table cell asked three times, needlessly slow.
"""

import copy
import functools
from typing import Any

from reportlab.platypus import Paragraph


class SteadyParagraph(Paragraph):
    """Keeps its broken lines, and hands those of the next page to its second part."""

    @classmethod
    def plain(cls, text: str, style: Any, label: str | None = None) -> "SteadyParagraph":
        """A paragraph of cleaned text in one style. Past the markup parser, which cuts a text in four at each "&"."""
        piece = _pattern(style).clone(text=text)
        return cls(None, style, bulletText=label, frags=[piece])

    _measured: tuple[float, Any, float] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._measured is not None and self._measured[0] == width:
            _, self.blPara, self.height = self._measured
            self.width = width
            return width, self.height
        found: tuple[float, float] = super().wrap(width, height)
        if hasattr(self, "blPara"):
            self._measured = (width, self.blPara, found[1])
        return found

    def split(self, width: float, height: float) -> list[Any]:
        self.wrap(width, height)
        lines = self.blPara
        parts: list[Any] = super().split(width, height)
        # Lines of one style (kind 0) stand by themselves; those of mixed styles count into the paragraph's words, and
        # a first line with its own indent is broken by another width: both are measured anew.
        if len(parts) == 2 and lines.kind == 0 and not self.style.firstLineIndent:
            rest = copy.copy(lines)
            rest.lines = lines.lines[len(parts[0].blPara.lines) :]
            parts[1]._measured = (width, rest, self.height * len(rest.lines) / len(lines.lines))
        return parts


@functools.lru_cache(maxsize=64)
def _pattern(style: Any) -> Any:
    """A piece of text as reportlab's parser makes it for a style; styles are compared by identity."""
    return Paragraph("x", style).frags[0]
