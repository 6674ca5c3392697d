"""A lost form that somebody tried to move or found in a count."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Sighting:
    """`seen_in` says in words where the number reappeared."""

    id: int
    type_id: int
    number: int
    seen_in: str
    seen_on: date
    registered_at: datetime
    registered_by: str
