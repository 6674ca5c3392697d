"""What «Buscar en todo» finds in a base: a record with the words by which it is found, and who finds them.

How it is matched and ranked is in `app.search_index`; which module finds what, in its `service.search`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST_WORDS = 4_000  # letters of a long text by which its record is found


@dataclass(frozen=True, slots=True)
class RecordHit:
    """One record: where it lives (`kind` as in `Page.open_record`), what the list says.

    `words` are further words by which it is found; they are not shown.
    """

    kind: str
    record_id: int
    title: str
    detail: str = ""
    words: str = ""


@dataclass(frozen=True)
class Finder:
    """How a module is searched; everything here runs on the worker.

    `list_findable(db, today)` gives every record; they are kept until one of `touches` changes. What is too much to
    list is asked each time with what was typed: `find_typed(db, today, typed)`. `find_dni(db, dni)` gives those whose
    DNI is exactly that.
    """

    list_findable: Callable[[Any, date], Sequence[RecordHit]]
    touches: frozenset[str]
    find_typed: Callable[[Any, date, str], Sequence[RecordHit]] | None = None
    find_dni: Callable[[Any, str], Sequence[RecordHit]] | None = None
