"""What each role does, in the words of the office: the facts behind the guided tours and the printed guides.

They are data of the program (resources/help/tours.toml), read by `people.service.guides`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DEFAULT_NOTES = "ule_head"
"""Whose notes serve somebody without a role: the one user of a PC does the whole work of the office."""


@dataclass(frozen=True)
class TourStop:
    """One stop of a tour: a page by its key ("" for the frame alone), a tab by its words, the names of its control."""

    title: str
    text: str
    page: str = ""
    tab: str = ""
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleNotes:
    """The notes of one role or more. `keys` are pairs of key and use; `topics` are keys of help pages."""

    key: str
    roles: tuple[str, ...]
    title: str
    purpose: str
    daily: tuple[str, ...]
    weekly: tuple[str, ...]
    seldom: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    stops: tuple[TourStop, ...]


def notes_of(every: Sequence[RoleNotes], roles: Iterable[str]) -> tuple[RoleNotes, ...]:
    """The notes of a person's roles, in the order of the notes; those of the whole work for one without roles."""
    mine = frozenset(roles)
    found = tuple(one for one in every if mine.intersection(one.roles))
    return found or tuple(one for one in every if one.key == DEFAULT_NOTES)
