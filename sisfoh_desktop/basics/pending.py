"""What a module asks of the office on a day, for Mi bandeja. Which records it may name, each module says itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Pending:
    """One thing to do: `due` is the day by which it should have been done, None where no day was set.

    `kind` and `record_id` say which record it opens, as the window names it.
    """

    kind: StrEnum
    record_id: int
    title: str
    detail: str
    due: date | None
