"""Where the signers of a paper stand: one empty box each, with the name, position and unit that RSGTD 002-2022 asks.

The boxes become signature fields in `signing.prepare_fields`; who signs and in which order is the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


@dataclass(frozen=True)
class SignatureSlot:
    """One signer: field name (letters, digits, `_`, `-`), part in the paper, and who it is as printed."""

    field: str
    role: Literal["visto_bueno", "author"]
    name: str
    position: str
    unit: str = ""


@dataclass(frozen=True)
class FieldBox:
    """Where a field fell: page (0 is the first) and corners in points from the page's lower left corner."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


def signature_zone(slots: Sequence[SignatureSlot]) -> "Flowable":
    """The zone as one block: authors first, vistos buenos under them, three to a line.

    `page.build_paper` keeps it whole on a page together with at least two lines of the text above it.
    """
    from sisfoh_desktop.documents.zone_flow import ZoneFlow

    return ZoneFlow(slots)
