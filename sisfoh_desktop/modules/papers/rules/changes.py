"""What a version of a paper says otherwise than the one before: passage by passage. Plain Python.

A passage ends at a full stop, colon or semicolon, not at the end of a printed line: so a text that only runs on
differently is no change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_END = re.compile(r"(?<=[.;:])\s+")
_LONG_DASH = str.maketrans({"\ufffe": "-", "\u00ad": "-"})


class ChangeKind(StrEnum):
    ADDED = "agregado"
    REMOVED = "quitado"
    CHANGED = "cambiado"


@dataclass(frozen=True)
class Change:
    """Passages that differ; `before` is empty for what was added and `after` for what was removed."""

    kind: ChangeKind
    before: str
    after: str


def passages(pages: Sequence[str]) -> list[str]:
    """The printed text of the pages, page and line ends forgotten, cut into passages."""
    whole = " ".join(" ".join(pages).translate(_LONG_DASH).split())
    return [part for part in _END.split(whole) if part]


def text_changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """The differences between two lists of passages, in the order of the new one."""
    changes = []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[old_from:old_to], after[new_from:new_to]
        if len(old) == len(new):
            changes += [Change(ChangeKind.CHANGED, one, other) for one, other in zip(old, new, strict=True)]
        else:
            kind = ChangeKind.CHANGED if old and new else ChangeKind.REMOVED if old else ChangeKind.ADDED
            changes.append(Change(kind, " ".join(old), " ".join(new)))
    return changes
