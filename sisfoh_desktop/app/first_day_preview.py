"""The head of a paper as it will be printed, for the first day: a real paper is made and its top is shown."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database

_SHOWN = 0.29  # of the height of the page
_POINTS_WIDE = 595.28  # an A4


def letterhead_picture(
    db: "Database", *, entity: str, logo: bytes | None, on: date, width: int
) -> tuple[int, int, bytes]:
    """Width, height and RGB bytes of the top of a paper, `width` pixels wide; runs on the worker.

    FileFailed when the coat of arms or a typeface cannot be printed.
    """
    from sisfoh_desktop.documents.letterhead import Letterhead
    from sisfoh_desktop.documents.page import PaperFormat, build_paper
    from sisfoh_desktop.documents.rendering import render_page
    from sisfoh_desktop.documents.text import paragraph
    from sisfoh_desktop.modules.office import service as office

    head = Letterhead(entity, "", logo, office.year_name(db, on))
    paper = PaperFormat(head, "Membrete", entity, "", watermark="")
    story = [
        paragraph("Aquí empieza el texto de cada documento, con su tipo, su número, su lugar y su fecha.")
    ]
    pdf = build_paper(story, paper).pdf
    wide, high, rgb = render_page(pdf, 0, width / _POINTS_WIDE)
    shown = round(high * _SHOWN)
    return wide, shown, rgb[: wide * shown * 3]
