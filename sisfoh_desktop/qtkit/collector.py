"""Collects garbage on the window's thread alone, and never so much of it at once that the window stands still.

Python collects cycles on whichever thread allocates next. On the worker that would destroy Qt objects of the window
(a dialog that nobody holds any more) on the wrong thread, which ends the process. So while a worker lives, automatic
collection is off and a timer of the window's thread does it.

Going over what was imported, or over the facts of a plan of thousands of activities, takes a tenth of a second and
finds nothing: such heaps are set apart (`gc.freeze`). They are gone over once the person turns to another program.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY_MS = 1000
_MANY = 50_000  # objects, gone over in some 25 ms


def _count_young() -> int:
    """How many objects came since the last collection; the collector's own count takes those off that went.

    In one call of C from end to end: were the worker let in while they are held, the tuple that it is just filling
    would have a second holder, for which Python gives the tuple up with a SystemError.
    """
    return next(map(len, map(gc.get_objects, (0,))))


class Collector(QObject):
    """Takes automatic collection over from when it is made until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._survivors = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def collect(self) -> None:
        """Collect the generations that are due, by Python's own thresholds; many new objects are set apart instead."""
        counts = gc.get_count()
        young = _count_young()
        self._survivors += young
        if young > _MANY or (self._survivors > _MANY and counts[1] >= gc.get_threshold()[1]):
            self._survivors = 0
            gc.freeze()
            return
        for generation, (count, threshold) in enumerate(zip(counts, gc.get_threshold(), strict=True)):
            if count <= threshold:
                return
            gc.collect(generation)
            if generation:
                self._survivors = 0

    def collect_all(self) -> None:
        """Go over everything, what was set apart too: some tenths of a second."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._survivors = 0

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            QTimer.singleShot(0, self, self.collect_all)
