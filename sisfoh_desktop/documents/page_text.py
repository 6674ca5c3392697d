"""The words printed on each page, and which page of a file is not as it was. Through PDFium; draws nothing.

What a signature block shows is no part of it: only the page as it was made.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from sisfoh_desktop.documents.rendering import opened_pdf

_MM = 72 / 25.4
# the frame of the text on our papers (mm from left, bottom, right and top): legend, feet and letterheads stand outside
_FRAME = (20.0, 20.0, 15.0, 22.0)
_SMALL = 0.6  # pixels a point: enough to see that something was drawn or wiped out
_MOST_PAGES = 500


def page_texts(pdf: bytes, *, framed: bool = False) -> list[str]:
    """The words of each page; with `framed` only those within the margins that our papers keep.

    FileFailed when the bytes are no readable PDF.
    """
    return [text for text, _ in _pages(pdf, framed=framed, drawn=False)]


def text_within(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> str:
    """The words of a page (0 is the first) that stand within a box: left, bottom, right, top in points."""
    with opened_pdf(pdf) as document:
        if not 0 <= page < len(document):
            return ""
        words = document[page].get_textpage()
        return " ".join(words.get_text_bounded(*box).split())


def first_changed_page(before: bytes, after: bytes) -> int | None:
    """The first page (0 is the first) that says or shows something else; None when all are as they were.

    Signature blocks and other fields are left out of the picture.
    """
    old, new = _pages(before, framed=False, drawn=True), _pages(after, framed=False, drawn=True)
    for number, one in enumerate(old):
        if next(new, None) != one:
            return number
    return None if next(new, None) is None else number + 1


def _pages(pdf: bytes, *, framed: bool, drawn: bool) -> Iterator[tuple[str, bytes]]:
    found = []
    with opened_pdf(pdf) as document:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            try:
                found.append((_text(page, framed), _picture(page) if drawn else b""))
            finally:
                page.close()
    yield from found


def _text(page: Any, framed: bool) -> str:
    words = page.get_textpage()
    try:
        if not framed:
            return " ".join(words.get_text_range().split())
        width, height = page.get_size()
        left, bottom, right, top = (side * _MM for side in _FRAME)
        return " ".join(words.get_text_bounded(left, bottom, width - right, height - top).split())
    finally:
        words.close()


def _picture(page: Any) -> bytes:
    """A fingerprint of how the page looks."""
    bitmap = page.render(scale=_SMALL, may_draw_forms=False, draw_annots=False)
    try:
        return hashlib.sha256(bytes(bitmap.buffer)).digest()
    finally:
        bitmap.close()
