"""What the norms say of the fields of forms: read from resources/help/fields.toml, told with the norms as cited.

How it is shown beside a field is in `qtkit.field_help`.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sisfoh_desktop.basics.help_topics import place_of_class, with_norms
from sisfoh_desktop.basics.paths import resource


@dataclass(frozen=True)
class FieldNote:
    """What is said of some fields of one form. `where` is its folder and class ("kardex.CountDialog"); `text` has its
    norms as `{norma:key}`."""

    where: str
    fields: tuple[str, ...]
    text: str


@cache
def field_notes() -> tuple[FieldNote, ...]:
    """Every note, in the order of the file; none where it cannot be read."""
    try:
        read = tomllib.loads(resource("help", "fields.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ()
    return tuple(
        FieldNote(str(row["where"]), tuple(map(str, row["fields"])), str(row["text"]))
        for row in read.get("field", ())
    )


def notes_of(kinds: Iterable[type]) -> dict[str, str]:
    """What is said of each field of a form, by the classes that hold it, the nearest first."""
    by_class = _by_class()
    found: dict[str, str] = {}
    for kind in kinds:
        for note in by_class.get(place_of_class(kind.__module__, kind.__name__), ()):
            for name in note.fields:
                found.setdefault(name, with_norms(note.text))
    return found


@cache
def _by_class() -> dict[str, list[FieldNote]]:
    known: dict[str, list[FieldNote]] = {}
    for note in field_notes():
        known.setdefault(note.where, []).append(note)
    return known
