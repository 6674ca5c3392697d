"""What the lists of this PC remember for each person: which columns stand where, and the views that were named.

A file beside the window's own. What a person looks for in a column of personal data is never written into it, for the
file is outside the base; unreadable or gone, it only costs the comfort.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed, RuleError
from sisfoh_desktop.basics.paths import atomic_write
from sisfoh_desktop.qtkit.row_filters import ColumnFilter

FILE_NAME = "listas.json"
LONGEST_NAME = 60
MOST_VIEWS = 20  # of one list
_LARGEST_FILE = 1_000_000  # bytes


@dataclass(frozen=True)
class Arrangement:
    """Columns by their titles: in which order they stand, and which of them are hidden."""

    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def placed(self, titles: Sequence[str]) -> list[int]:
        """The numbers of the columns that are seen, in their order; one that is new stands at its usual place.

        A list is never without a column: where all were hidden, all are seen.
        """
        known = [title for title in dict.fromkeys(self.order) if title in titles]
        for number, title in enumerate(titles):
            if title not in known:
                before = titles[number - 1] if number else ""
                known.insert(known.index(before) + 1 if before in known else 0, title)
        seen = [title for title in known if title not in self.hidden] or known
        return [list(titles).index(title) for title in seen]


@dataclass(frozen=True)
class SavedView:
    """A named way to look at a list: its columns, what they are filtered by, and the order of its rows."""

    arrangement: Arrangement = Arrangement()
    filters: Mapping[str, ColumnFilter] = field(default_factory=dict)
    sorted_by: str = ""
    descending: bool = False


class ListMemory:
    """The arrangements and views of one person; lists are told apart by their names.

    Until `start` names a file nothing is remembered.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._user = ""
        self._lists: dict[str, dict[str, Any]] | None = None

    def start(self, path: Path | None) -> None:
        """Remember in this file from now on (None: nowhere)."""
        self._path, self._lists = path, None

    def use(self, user: str) -> None:
        """Who looks at the lists from now on."""
        self._user, self._lists = user, None

    @property
    def remembers(self) -> bool:
        """Whether there is a file to remember in."""
        return self._path is not None

    def arrangement(self, name: str) -> Arrangement | None:
        """How the person left the columns of a list; None where they stand as given."""
        stored = self._of(name).get("columns")
        return _arrangement(stored) if isinstance(stored, dict) else None

    def keep_arrangement(self, name: str, arrangement: Arrangement | None) -> None:
        """Remember how the columns stand (None: as given); a file that cannot be written only forgets it."""
        told = self._of(name)
        if arrangement is None:
            told.pop("columns", None)
        else:
            told["columns"] = _stored_arrangement(arrangement)
        with contextlib.suppress(FileFailed):
            self._write(name, told)

    def views(self, name: str) -> dict[str, SavedView]:
        """The views of a list by their names, in the order in which they were saved."""
        stored = self._of(name).get("views")
        views = stored if isinstance(stored, dict) else {}
        return {title: _view(one) for title, one in views.items() if isinstance(one, dict)}

    def keep_view(self, name: str, title: str, view: SavedView) -> None:
        """Save a view, in the place of one of the same name. RuleError for a name or one too many, FileFailed."""
        told_as = " ".join(title.split())
        views = self.views(name)
        if not told_as or len(told_as) > LONGEST_NAME:
            raise RuleError(
                "view_name", f"Escriba un nombre de hasta {LONGEST_NAME} letras; la vista no se guardó."
            )
        if told_as not in views and len(views) >= MOST_VIEWS:
            raise RuleError(
                "views_full",
                f"Esta lista ya tiene {MOST_VIEWS} vistas y la nueva no se guardó. Borre antes una que no use.",
            )
        self._keep_views(name, {**views, told_as: view})

    def drop_view(self, name: str, title: str) -> None:
        """Forget a view. FileFailed."""
        self._keep_views(name, {known: view for known, view in self.views(name).items() if known != title})

    # -- the file --------------------------------------------------------------------------------------

    def _keep_views(self, name: str, views: Mapping[str, SavedView]) -> None:
        told = dict(self._of(name))
        told["views"] = {title: _stored_view(view) for title, view in views.items()}
        self._write(name, told)

    def _of(self, name: str) -> dict[str, Any]:
        if self._lists is None:
            stored = self._read().get(self._user)
            self._lists = stored if isinstance(stored, dict) else {}
        told = self._lists.get(name)
        return dict(told) if isinstance(told, dict) else {}

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            if self._path.stat().st_size > _LARGEST_FILE:
                return {}
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _write(self, name: str, told: dict[str, Any]) -> None:
        """Another window may have written meanwhile: only this list of this person is changed in the file."""
        if self._path is None:
            return
        everybody = self._read()
        mine = everybody.get(self._user)
        lists = {**(mine if isinstance(mine, dict) else {}), name: told}
        everybody[self._user] = lists
        text = json.dumps(everybody, ensure_ascii=False, indent=1)
        with contextlib.suppress(OSError):  # writing says what is wrong
            self._path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(self._path, text.encode("utf-8", errors="replace"))  # half a sign out of a damaged file
        self._lists = lists


_memory = ListMemory()


def list_memory() -> ListMemory:
    """What the lists of this process remember."""
    return _memory


def _texts(stored: object) -> tuple[str, ...]:
    return tuple(one for one in stored if isinstance(one, str)) if isinstance(stored, list) else ()


def _arrangement(stored: dict[str, Any]) -> Arrangement:
    return Arrangement(_texts(stored.get("order")), _texts(stored.get("hidden")))


def _stored_arrangement(arrangement: Arrangement) -> dict[str, list[str]]:
    return {"order": list(arrangement.order), "hidden": list(arrangement.hidden)}


def _view(stored: dict[str, Any]) -> SavedView:
    columns, filters = stored.get("columns"), stored.get("filters")
    read = {
        title: ColumnFilter.from_stored(one)
        for title, one in (filters if isinstance(filters, dict) else {}).items()
    }
    return SavedView(
        _arrangement(columns) if isinstance(columns, dict) else Arrangement(),
        {title: one for title, one in read.items() if one is not None},
        str(stored.get("sorted_by", "")),
        stored.get("descending") is True,
    )


def _stored_view(view: SavedView) -> dict[str, Any]:
    return {
        "columns": _stored_arrangement(view.arrangement),
        "filters": {title: one.as_stored() for title, one in view.filters.items()},
        "sorted_by": view.sorted_by,
        "descending": view.descending,
    }
