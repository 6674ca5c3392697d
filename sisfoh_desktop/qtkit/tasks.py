"""Background work: one worker thread for the database, two verbs (query and change), one signal of what changed.

The functions handed in run on the worker and touch no widget; the callbacks run on the GUI thread. A result
whose owner widget has died is dropped. Who draws the error messages is decided at the end of this file.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.qtkit.collector import Collector

log = logging.getLogger(__name__)


@dataclass
class _Job:
    fn: Callable[[], Any]
    on_done: Callable[[Any], object] | None
    on_error: Callable[[SisfohError], object] | None
    on_end: Callable[[], object] | None
    owner: QObject | None
    touches: frozenset[str]
    is_change: bool
    result: Any = None
    error: Exception | None = None

    def owner_died(self) -> bool:
        return self.owner is not None and not shiboken6.isValid(self.owner)


class Tasks(QObject):
    """One worker thread; jobs run in the order in which they were given."""

    changed = Signal(set)
    busy_changed = Signal(bool)
    paper_left = Signal(object)  # a basics.leaving.PaperOut that was printed or saved: the window notes it
    _finished = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The worker gets numbers, so that it never holds the last reference to a job: with it a dialog of the window
        # could be destroyed on the worker, which ends the process.
        self._jobs: dict[int, _Job] = {}
        self._order: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._numbers = count(1)
        self._next: list[int] = []
        self._open = 0
        self._closed = False
        self.elsewhere = False
        # Emitted on the worker, so Qt queues it: the slot runs on the thread that made this object.
        self._finished.connect(self._deliver)
        self._collector = Collector(self)
        self._thread = threading.Thread(target=self._work, name="base-de-datos", daemon=True)
        self._thread.start()

    # -- the two verbs ---------------------------------------------------------------------------------

    def run_query(
        self,
        fn: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[SisfohError], object] | None = None,
        owner: QObject | None = None,
        on_end: Callable[[], object] | None = None,
    ) -> None:
        """Run `fn` (reads only) on the worker and give its result to `on_done`.

        Without `on_error` an expected error (SisfohError) shows its sentence over `owner`, any other opens the
        crash dialog. With it, the caller gets every SisfohError; other errors still open the crash dialog.
        `on_end` runs last, however it went: the place to take a page's "busy" back.
        """
        self._add(_Job(fn, on_done, on_error, on_end, owner, frozenset(), is_change=False))

    def run_change(
        self,
        fn: Callable[[], Any],
        touches: Iterable[str],
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[SisfohError], object] | None = None,
        owner: QObject | None = None,
        on_end: Callable[[], object] | None = None,
    ) -> None:
        """Run `fn` (writes) on the worker, then `on_done`, then `changed` with the names in `touches`.

        `changed` is emitted even when the owner has died, since the base did change; a failed change whose
        owner died is still told, over the window in front.
        """
        self._add(_Job(fn, on_done, on_error, on_end, owner, frozenset(touches), is_change=True))

    def tell_changed_elsewhere(self, names: Iterable[str]) -> None:
        """Others changed these: `changed` as after a change of one's own, while `elsewhere` says that it is not."""
        self.elsewhere = True
        try:
            self.changed.emit(set(names))
        finally:
            self.elsewhere = False

    # -- life ------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a job waits, runs or has not been delivered yet."""
        return self._open > 0

    def wait_idle(self) -> None:
        """Turn the event loop until nothing is under way; for closing the window and for tests."""
        while self._open and not self._closed:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def close(self) -> None:
        """Let the jobs given so far end without telling their results, and stop the worker."""
        if self._closed:
            return
        self._hand_to_worker()
        self._closed = True
        self._order.put(None)
        self._thread.join(timeout=30)
        self._collector.stop()

    # -- inside ----------------------------------------------------------------------------------------

    def _add(self, job: _Job) -> None:
        if self._closed:
            return
        self._open += 1
        if self._open == 1:
            self.busy_changed.emit(True)
        # Handed over when the GUI thread has ended what it does now: a worker that starts at once fights it for
        # the interpreter, and a page that asks while it is being built takes three times as long to build.
        number = next(self._numbers)
        self._jobs[number] = job
        self._next.append(number)
        if len(self._next) == 1:
            QTimer.singleShot(0, self, self._hand_to_worker)

    def _hand_to_worker(self) -> None:
        waiting, self._next = self._next, []
        for number in waiting:
            self._order.put(number)

    def _work(self) -> None:
        while (number := self._order.get()) is not None:
            self._do(number)
            try:
                self._finished.emit(number)
            except RuntimeError:  # the program is closing and this object is gone
                return

    def _do(self, number: int) -> None:
        """On the worker; it keeps nothing of the job when this ends."""
        job = self._jobs[number]
        if job.owner_died() and not job.is_change:
            return
        try:
            job.result = job.fn()
        except Exception as error:  # the worker must outlive every job
            job.error = error

    def _deliver(self, number: int) -> None:
        job = self._jobs.pop(number)
        self._open -= 1
        try:
            if not self._closed:
                self._hand_over(job)
        finally:
            if job.on_end is not None and not self._closed and not job.owner_died():
                job.on_end()
            if self._open == 0:
                self.busy_changed.emit(False)

    def _hand_over(self, job: _Job) -> None:
        if job.error is not None:
            self._hand_over_error(job, job.error)
            return
        try:
            if job.on_done is not None and not job.owner_died():
                job.on_done(job.result)
        finally:
            if job.touches:
                self.changed.emit(set(job.touches))

    def _hand_over_error(self, job: _Job, error: Exception) -> None:
        gone = job.owner_died()
        if gone and not job.is_change:
            log.info("result dropped, its owner is gone: %s", type(error).__name__)
            return
        if isinstance(error, SisfohError) and job.on_error is not None and not gone:
            job.on_error(error)
            return
        owner = job.owner if isinstance(job.owner, QWidget) and not gone else None
        tell_error(error, owner)


def tell_error(error: Exception, parent: QWidget | None = None) -> None:
    """Show `error` as its family asks: its sentence in a message, or the crash dialog for our own bugs."""
    if isinstance(error, SisfohError):
        log.info("refused: %s", type(error).__name__)
        from sisfoh_desktop.qtkit.messages import show_error

        show_error(parent, error.sentence)
        return
    from sisfoh_desktop.qtkit.crash_dialog import report_crash

    report_crash(error, parent)
