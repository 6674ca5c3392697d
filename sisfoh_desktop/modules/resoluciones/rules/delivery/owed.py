"""What is owed after a signature, as lists tell it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DeliveryWhat(StrEnum):
    """The three things owed after a signature."""

    NOTIFICATION = "notification"
    REMISSION = "remission"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        return {
            "notification": "Notificar",
            "remission": "Remitir copia al ente rector",
            "publication": "Publicar",
        }[self.value]


@dataclass(frozen=True)
class DeliveryLine:
    """One thing owed of a signed act, for lists and the tray; `pending` counts what is left of it."""

    resolucion_id: int
    number_text: str
    what: DeliveryWhat
    due: date | None
    done_on: date | None
    pending: int
