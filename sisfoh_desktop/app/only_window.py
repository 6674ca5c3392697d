"""One window for each base of a data folder: a second start brings the first to the front instead.

Two windows would offer each other's drafts as lost ones and write the settings of this PC over each other. A lock file
tells whose base it is (the system frees it if the process dies); a small file beside it asks the owner to come to
the front. Only QtCore is used: the window must be painted at once.
"""

import os
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject

from sisfoh_desktop.basics.paths import on_network_share

_ANSWER_SECONDS = 4.0
_TICK_SECONDS = 0.05


class OnlyWindow(QObject):
    """The claim of a window: on `base`, or on the usual start ("") with the base that it opens, `usual` ("" for none).

    `claim` once, before the window is made; `follow` whenever the window opens another base.
    """

    def __init__(self, folder: Path, base: str = "", usual: str = "") -> None:
        super().__init__()
        self._folder = folder
        marks = [mark_of(base)] if base else ["", *([mark_of(usual)] if usual else [])]
        self._places = [_Place(folder, mark) for mark in marks]
        self._taken_by_other = self._places[0]
        self._watcher: QFileSystemWatcher | None = None
        with suppress(OSError):  # a folder that cannot be made is told by the window
            folder.mkdir(parents=True, exist_ok=True)

    def claim(self) -> bool:
        """Whether this process may open the window; also where the folder cannot hold a lock at all."""
        for place in self._places:
            if not place.take():
                self._taken_by_other = place
                self._give_back()
                return False
        return True

    def follow(self, base: str) -> None:
        """The window works on another base now: who starts the program with that one is to find this window."""
        wanted = _Place(self._folder, mark_of(base))
        if any(place.mark == wanted.mark for place in self._places):
            return
        wanted.take()
        kept = [place for place in self._places if not place.mark]
        for place in self._places:
            if place not in kept:
                place.give_back()
        self._places = [*kept, wanted]

    def listen(self, come: Callable[[], object]) -> None:
        """Call `come` whenever another start asks for this window."""
        self._come = come
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._on_folder_changed)

    def call_owner(self) -> bool:
        """Ask the window that is already open to come to the front; whether it answered."""
        request = self._taken_by_other.request
        self._taken_by_other.let_come()
        try:
            request.write_bytes(b"")
        except OSError:
            return False
        deadline = time.monotonic() + _ANSWER_SECONDS
        while time.monotonic() < deadline:
            time.sleep(_TICK_SECONDS)
            if not request.exists():
                return True
        with suppress(OSError):
            request.unlink(missing_ok=True)
        return False

    def release(self) -> None:
        """The window is gone."""
        if self._watcher is not None:
            self._watcher.directoryChanged.disconnect(self._on_folder_changed)
            self._watcher = None
        self._give_back()

    def _give_back(self) -> None:
        for place in self._places:
            place.give_back()

    def _on_folder_changed(self, _folder: str) -> None:
        asked = [place for place in self._places if place.held and place.request.exists()]
        for place in asked:
            with suppress(OSError):
                place.request.unlink(missing_ok=True)
        if asked:
            self._come()


class _Place:
    """What one window at a time may have: its lock, and the file by which others ask for that window."""

    def __init__(self, folder: Path, mark: str) -> None:
        self.mark, self.held = mark, False
        self.request = folder / f"ventana{mark}.traer"
        self._lock = QLockFile(str(folder / f"ventana{mark}.lock"))
        self._lock.setStaleLockTime(0)  # however old: while its process lives it counts

    def take(self) -> bool:
        """Whether nobody else has it."""
        self.held = self._lock.tryLock(0)
        if self.held:
            with suppress(OSError):  # left by somebody who asked while the owner was dying
                self.request.unlink(missing_ok=True)
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def give_back(self) -> None:
        self._lock.unlock()
        self.held = False

    def let_come(self) -> None:
        """Windows lets a window come to the front only if the process in front allows it."""
        if sys.platform != "win32":
            return
        import ctypes

        info = self._lock.getLockInfo()
        if info:
            ctypes.windll.user32.AllowSetForegroundWindow(info[0])


def mark_of(base: str) -> str:
    """The same for every way of writing the path of a base; the address of a server counts as it is written."""
    place = base if "://" in base else os.path.normcase(_resolved(base))
    return f"-{zlib.crc32(os.fsencode(place)):08x}"


def _resolved(path: str) -> str:
    if sys.platform == "win32" and on_network_share(Path(path)):
        return os.path.abspath(path)  # noqa: PTH100 - a PC that does not answer would keep the window waiting
    return os.path.realpath(path)
