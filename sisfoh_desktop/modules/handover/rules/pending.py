"""The records that a handover asks somebody to open. Plain Python."""

from enum import StrEnum


class PendingKind(StrEnum):
    """The record that a line opens, as the window names it."""

    USER = "people.user"
