"""The head of a paper: who issues it. Which entity, office, coat of arms and year name hold is told by the caller."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


@dataclass(frozen=True)
class Letterhead:
    """Entity and office as they are printed, the coat of arms as PNG or JPEG bytes, the official year name."""

    entity: str
    office: str = ""
    logo: bytes | None = None
    year_name: str = ""


def check_logo(data: bytes) -> None:
    """Raise FileFailed with its sentence unless `data` is a whole, reasonable picture (for the upload form)."""
    from sisfoh_desktop.documents.letterhead_flow import load_logo

    load_logo(data)


def letterhead_block(letterhead: Letterhead) -> "Flowable":
    """The head of the first page; raises FileFailed when the coat of arms cannot be read."""
    from sisfoh_desktop.documents.letterhead_flow import LetterheadFlow

    return LetterheadFlow(letterhead)
