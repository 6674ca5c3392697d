"""What this PC has seen of each base's trail: how many entries, and the hash of the last.

Kept outside the base, in the person's own folder, so that a trail that was cut short or written anew shows even when
it fits in itself. How a base is asked is not known here.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import atomic_write, user_data_dir

FILE_NAME = "testigo.json"
_MOST_ENTRIES = 2**31 - 1  # what the column of a server can count


@dataclass(frozen=True)
class Sighting:
    """A trail as it was seen: `entries` and the `hash` of the last of them, `at` which moment (ISO), in which `place`
    (a path or an address without password)."""

    entries: int
    hash: str
    at: str
    place: str = ""


class Witness:
    """The sightings of this PC, one for each base; a base is known by the hash of its first entry.

    A file that is damaged or cannot be written is no reason not to work: what was seen is then forgotten.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_data_dir() / FILE_NAME

    def find(self, base_id: str) -> Sighting | None:
        """What was last remembered of a base."""
        return self._read().get(base_id)

    def find_at(self, place: str) -> Sighting | None:
        """What was last seen in a place, whichever base it was."""
        there = [one for one in self._read().values() if one.place == place]
        return max(there, key=lambda one: one.at, default=None)

    def remember(self, base_id: str, sighting: Sighting) -> None:
        """Keep the sighting instead of the earlier one; whatever else was seen in its place is forgotten."""
        kept = {name: one for name, one in self._read().items() if one.place != sighting.place}
        told = {name: asdict(one) for name, one in {**kept, base_id: sighting}.items()}
        with suppress(FileFailed):
            atomic_write(self._path, json.dumps(told, ensure_ascii=False, indent=1).encode())

    def _read(self) -> dict[str, Sighting]:
        try:
            kept: Any = json.loads(self._path.read_bytes())
            return {str(name): _sighting(one) for name, one in kept.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}


def _sighting(kept: dict[str, Any]) -> Sighting:
    entries = kept["entries"]
    if type(entries) is not int or not 0 <= entries <= _MOST_ENTRIES:
        raise ValueError("no count")
    return Sighting(entries, str(kept["hash"]), str(kept["at"]), str(kept["place"]))
