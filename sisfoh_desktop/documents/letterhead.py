"""The head of a paper: who issues it. Which entity, office, coat of arms and year name hold is told by the caller."""

from dataclasses import dataclass


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
