"""What a signature field made by another program may be: in one place, over blank paper, without actions of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.documents.page_text import text_within
from sisfoh_desktop.documents.signature_zone import FieldBox

LONGEST_NAME = 200
_MM = 72 / 25.4
_CAPTIONS = 60.0  # points below the lowest prepared box: the names of the signers
_FOOT = 20 * _MM  # where the number of the paper and of the page stand
_ACTIONS = ("/A", "/AA")
_KEPT = "No se trajo nada y el documento sigue como estaba."


@dataclass(frozen=True)
class SignatureField:
    """A signature field: its value (None while empty), its dictionary, and the boxes in which it is shown."""

    name: str
    value: Any
    widget: Any
    boxes: tuple[FieldBox, ...]


def check_own_field(archived: bytes, others: Sequence[SignatureField], new: SignatureField) -> None:
    """RuleError when the field hides text or the place of another signer, or does more than hold a signature."""
    if len(new.name) > LONGEST_NAME or not new.name.isprintable():
        raise RuleError(
            "field_name",
            f"El campo en que se firmó tiene un nombre que no se puede registrar. {_KEPT} "
            "Firme en el recuadro preparado o con otro nombre de campo.",
        )
    if any(key in new.widget for key in _ACTIONS):
        raise RuleError(
            "field_acts",
            f"El campo en que se firmó trae órdenes para quien abre el documento. {_KEPT} "
            "Fírmelo otra vez, en el recuadro preparado o con otro programa.",
        )
    if len(new.boxes) > 1:
        raise RuleError(
            "field_repeated",
            f"La firma se muestra en {len(new.boxes)} páginas y va en una. {_KEPT} "
            "Firme en el recuadro preparado o en un espacio en blanco.",
        )
    for box in new.boxes:
        _check_blank(archived, [each for one in others for each in one.boxes], box)


def _check_blank(archived: bytes, taken: Sequence[FieldBox], box: FieldBox) -> None:
    places = [place for place in taken if place.page == box.page]
    # captions and empty room around the prepared boxes are the signers' own; the text above, what follows and the
    # foot of the page are not
    ceiling = max((place.y2 for place in places), default=0.0)
    floor = max(min((place.y1 for place in places), default=0.0) - _CAPTIONS, _FOOT)
    hidden = [
        text_within(archived, box.page, (box.x1, bottom, box.x2, top))
        for bottom, top in ((max(box.y1, ceiling), box.y2), (box.y1, min(box.y2, floor)))
        if bottom < top
    ]
    words = next((each for each in hidden if each), "")
    if words or any(_overlap(place, box) for place in places):
        what = f"el texto «{words[:60]}»" if words else "el recuadro de otra persona"
        raise RuleError(
            "covers_text",
            f"La firma tapa {what} de la página {box.page + 1}. {_KEPT} "
            "Firme en el recuadro preparado o en un espacio en blanco.",
        )


def _overlap(one: FieldBox, other: FieldBox) -> bool:
    return one.x1 < other.x2 and other.x1 < one.x2 and one.y1 < other.y2 and other.y1 < one.y2
