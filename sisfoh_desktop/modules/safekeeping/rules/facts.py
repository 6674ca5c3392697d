"""Facts about copies of the base and their rehearsed restores, as stores hand them out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Occasion(StrEnum):
    """Why a copy was made."""

    DEMAND = "demand"
    CLOSING = "closing"
    WEEKLY = "weekly"
    COMMAND = "command"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Occasion.DEMAND: "A pedido",
    Occasion.CLOSING: "Al cerrar",
    Occasion.WEEKLY: "Semanal",
    Occasion.COMMAND: "Línea de órdenes",
}


@dataclass(frozen=True)
class Backup:
    """A copy that was made, read back and found equal. `encrypted`: it needs a password; sizes in bytes."""

    id: int
    made_at: datetime
    made_by: str
    occasion: Occasion
    file_name: str
    place: str
    sha256: str
    byte_count: int
    row_count: int
    paper_count: int
    entry_count: int
    entry_hash: str
    encrypted: bool


@dataclass(frozen=True)
class Rehearsal:
    """A restore that was tried elsewhere and what it showed."""

    id: int
    tried_at: datetime
    tried_by: str
    file_name: str
    sha256: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class BackupLine:
    """A copy with its last rehearsal, for a list."""

    backup: Backup
    rehearsal: Rehearsal | None = None

    @property
    def id(self) -> int:
        return self.backup.id


@dataclass(frozen=True)
class BackupStanding:
    """How well the office is covered: the last copy, what changed since, the last good rehearsal.

    `changes` counts entries of the trail after the last copy that change data; `first_entry_at` is when the office
    began, None while it has no entry.
    """

    last: Backup | None
    changes: int
    first_entry_at: datetime | None
    first_backup_at: datetime | None = None
    rehearsed_at: datetime | None = None
