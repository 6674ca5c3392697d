"""What was typed into a form and not saved, kept on this PC so that a crash or a power cut does not take it.

One small file for each form, by base and person; saving or leaving the form removes it. Passwords never come here
(a field says what may be kept), and nothing is kept of an encrypted base: its owner wants no readable copy.
"""

import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir

log = logging.getLogger(__name__)

FOLDER = "borradores"
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class DraftField:
    """A field in which something was typed: its `name` in the form, its label, what it said before and says now.

    `typed` is what the field takes again; `before` and `after` are for eyes.
    """

    name: str
    label: str
    before: str
    after: str
    typed: str | bool

    @property
    def is_blank(self) -> bool:
        """Whether it says as little as before: blanks or empty lines where there was nothing."""
        return isinstance(self.typed, str) and not (
            self.typed.strip() or self.after.strip() or self.before.strip()
        )


@dataclass(frozen=True)
class Draft:
    """What was typed into the form `key`, called `title`, up to `at`; only the fields that were changed."""

    key: str
    title: str
    at: datetime
    fields: tuple[DraftField, ...]


class DraftBox:
    """The drafts of one person on one base."""

    def __init__(self, base: str, user: str, folder: Path | None = None) -> None:
        self._whose = f"{base}\n{user}"
        self._all = folder or user_data_dir() / FOLDER

    @cached_property
    def folder(self) -> Path:
        """Where they lie; it may not exist."""
        return self._all / hashlib.sha256(self._whose.encode()).hexdigest()[:16]

    def keep(self, draft: Draft) -> None:
        """Write the draft, whole, unless it says nothing; that it cannot be written hinders nobody."""
        if all(field.is_blank for field in draft.fields):
            self.remove(draft.key)
            return
        told = {**asdict(draft), "at": draft.at.isoformat()}
        try:
            path = self._path(draft.key)
            atomic_write(path, json.dumps(told).encode())  # in ASCII: half a sign may have been pasted
            path.chmod(0o600)
        except (FileFailed, OSError) as error:
            log.info("draft not kept: %s", type(error).__name__)

    def remove(self, key: str) -> None:
        """The form was saved or left: nothing of it stays."""
        with suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def find(self, key: str) -> Draft | None:
        """What was kept of the form; a damaged file counts as none, and so does one with nothing but blanks."""
        return _read(self._path(key)) if self._is_any_kept() else None

    def list(self, now: datetime) -> list[Draft]:
        """The last first; those older than `KEPT_FOR` are removed."""
        found = []
        with suppress(OSError):
            for path in self.folder.glob("*.json") if self._is_any_kept() else ():
                draft = _read(path)
                if draft is None or now - draft.at > KEPT_FOR:
                    with suppress(OSError):  # one that cannot be removed hides no other
                        path.unlink(missing_ok=True)
                else:
                    found.append(draft)
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _is_any_kept(self) -> bool:
        """Whether anybody's drafts lie here: asked first, since the names are made by OpenSSL, which is 3 MiB."""
        with suppress(OSError):
            return next(self._all.glob("*/*.json"), None) is not None
        return True  # who reads it sees what is wrong

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"


def _read(path: Path) -> Draft | None:
    try:
        kept: Any = json.loads(path.read_bytes())
        fields = tuple(DraftField(**one) for one in kept["fields"])
        at = datetime.fromisoformat(kept["at"])
        if at.tzinfo is None or not all(_is_sound(one) for one in fields):
            return None
        if all(one.is_blank for one in fields):
            return None
        return Draft(str(kept["key"]), str(kept["title"]), at, fields)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _is_sound(field: DraftField) -> bool:
    words = (field.name, field.label, field.before, field.after)
    return isinstance(field.typed, str | bool) and all(isinstance(word, str) for word in words)
