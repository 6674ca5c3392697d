"""A paper from its story: its sheet, letterhead, side legend, foot with "Página n de N", watermark, bookmarks.

What a paper says is the caller's; how tables split is in `tables`, how it is signed in `signing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sisfoh_desktop.documents.letterhead import Letterhead
from sisfoh_desktop.documents.signature_zone import FieldBox

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper and the margins around what is written on it, in millimetres.

    `first_top` is the upper margin of the first page: it has its letterhead where the others have a short head.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    first_top: float

    @property
    def body_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def body_height(self) -> float:
        """Of the pages after the first."""
        return self.height - self.top - self.bottom


A4 = Sheet(210, 297, left=25, right=20, top=22, bottom=20, first_top=22)
A4_WIDE = Sheet(297, 210, left=25, right=15, top=20, bottom=19, first_top=15)
A3_WIDE = Sheet(420, 297, left=25, right=15, top=20, bottom=19, first_top=15)


@dataclass(frozen=True)
class PaperFormat:
    """All that surrounds the story, and the sheet it is set on.

    `foot_number` (left of the foot), `version_code` (its middle: code of the frozen version), `legend` (rotated in
    the 12 mm side margin of every page, RSGTD 002-2022), `watermark` (across every page; a line end makes two),
    `continuation_head` (act and number on the pages after the first; a line end makes two).
    """

    letterhead: Letterhead
    title: str
    author: str
    foot_number: str
    version_code: str = ""
    legend: str = ""
    watermark: str = ""
    language: str = "es-PE"
    continuation_head: str = ""
    sheet: Sheet = A4


@dataclass(frozen=True)
class BuiltPaper:
    """The bytes, the number of pages and where each signature box fell."""

    pdf: bytes
    pages: int
    boxes: Mapping[str, FieldBox] = field(default_factory=dict)


def build_paper(story: Sequence["Flowable"], paper_format: PaperFormat) -> BuiltPaper:
    """Set the story on the pages of its sheet; the same story and format always give the same bytes.

    A story is used once. Raises FileFailed when a typeface or the coat of arms cannot be read, RuleError
    ("paper_does_not_fit") when one indivisible part, such as a table's head, is taller than a page.
    """
    from sisfoh_desktop.documents.paper_press import press_paper

    return press_paper(story, paper_format)


def bookmark(title: str, key: str, level: int = 0) -> "Flowable":
    """An entry of the reader's outline that leads to the place of what follows it; `key` unique in the paper."""
    from sisfoh_desktop.documents.paper_flow import BookmarkFlow

    return BookmarkFlow(title, key, level)


def page_break() -> "Flowable":
    """What follows starts on a new page."""
    from reportlab.platypus import PageBreak

    return PageBreak()


def space(millimetres: float) -> "Flowable":
    """Empty height; swallowed at the top and at the foot of a page."""
    from reportlab.lib.units import mm

    from sisfoh_desktop.documents.paper_flow import GapFlow

    return GapFlow(millimetres * mm)
