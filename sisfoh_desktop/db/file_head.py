"""The first bytes of a SQLite base, read without harming whoever works on it in this same process.

On Linux, closing any descriptor of a file drops every lock that the process holds on it, SQLite's own among them: two
programs could then write at once. While this process has the base open, its head is answered from memory.
"""

import threading
from pathlib import Path

HEAD_BYTES = 72  # up to and with PRAGMA application_id
_lock = threading.Lock()
_connections: dict[Path, int] = {}
_heads: dict[Path, bytes] = {}


def read_head(path: Path) -> bytes:
    """The head of the file (shorter when the file is). Raises OSError as the system says it."""
    with _lock:
        known = _heads.get(path) if _connections.get(path) else None
        if known is not None:
            path.stat()  # a file that is gone is told all the same
            return known
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        _heads[path] = head
        return head


def count_opened(path: Path) -> None:
    """A connection of this process to the base was opened."""
    with _lock:
        _connections[path] = _connections.get(path, 0) + 1


def count_closed(path: Path) -> None:
    """A connection was closed; after the last one the file is read again."""
    with _lock:
        left = _connections.get(path, 0) - 1
        if left > 0:
            _connections[path] = left
        else:
            _connections.pop(path, None)
            _heads.pop(path, None)
