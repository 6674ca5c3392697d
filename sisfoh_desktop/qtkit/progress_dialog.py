"""A long change with its count and a way out: the bar moves, and Cancelar leaves everything as it was.

The work runs on the worker and calls `progress(done, total)`; after Cancelar that call raises `Cancelled` inside the
work, which undoes the whole of it.
"""

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from sisfoh_desktop.basics.errors import SisfohError
from sisfoh_desktop.basics.money import format_number
from sisfoh_desktop.basics.progress import Cancelled, Progress
from sisfoh_desktop.qtkit.messages import Toast
from sisfoh_desktop.qtkit.tasks import Tasks, tell_error

_QUIET = 0.05  # seconds between two words to the window
_STEPS = 1_000  # of the bar: counts may be larger than a bar can hold
_CANCELLING = "Cancelando: se deja todo como estaba…"
SHOWN_AFTER_MS = 400


class _Teller(QObject):
    """Carries the count from the worker to the window, and the wish to stop the other way."""

    told = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.stopped = threading.Event()
        self._last = 0.0

    def progress(self, done: int, total: int) -> None:
        """Called on the worker; raises Cancelled once the person asked to stop."""
        if self.stopped.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._last >= _QUIET:
            self._last = now
            self.told.emit(float(done), float(total))


class ProgressDialog(QDialog):
    """Title, count, bar and Cancelar over a change under way. Use `run_change`; it shows itself only if it lasts."""

    def __init__(
        self, title: str, noun: str, parent: QWidget | None = None, *, cancelling: str = _CANCELLING
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._noun, self._cancelling = noun, cancelling
        self._ended = False
        self._teller = _Teller()
        self._teller.told.connect(self._on_told)
        self.count = QLabel("Preparando…")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.cancel_button = QPushButton("&Cancelar")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.count)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(360)
        self._show_later = QTimer(self)
        self._show_later.setSingleShot(True)
        self._show_later.timeout.connect(self.open)

    @classmethod
    def run_change(
        cls,
        parent: QWidget,
        tasks: Tasks,
        title: str,
        fn: Callable[[Progress], Any],
        touches: Iterable[str],
        *,
        on_done: Callable[[Any], object] | None = None,
        on_error: Callable[[SisfohError], object] | None = None,
        on_end: Callable[[], object] | None = None,
        noun: str = "formularios",
        shown_after_ms: int = SHOWN_AFTER_MS,
        cancelling: str = _CANCELLING,
    ) -> "ProgressDialog":
        """`Tasks.run_change` with this dialog over `parent` while `fn(progress)` works.

        `cancelling` is said after Cancelar by work that keeps what is done so far and leaves the rest.
        A cancelled change comes to `on_error` as `Cancelled`, like any refusal; without it a word that goes by
        itself says so.
        """
        dialog = cls(title, noun, parent, cancelling=cancelling)
        dialog._show_later.start(shown_after_ms)

        def failed(error: SisfohError) -> None:
            dialog.leave()
            if on_error is not None:
                on_error(error)
            elif isinstance(error, Cancelled):
                Toast.show_over(parent, error.sentence)
            else:
                tell_error(error, parent)

        def ended() -> None:
            dialog.leave()
            if on_end is not None:
                on_end()

        def done(result: Any) -> None:
            dialog.leave()
            if on_done is not None:
                on_done(result)

        tasks.run_change(
            partial(fn, dialog._teller.progress),
            touches,
            on_done=done,
            on_error=failed,
            owner=parent,
            on_end=ended,
        )
        return dialog

    # -- for work that goes step by step on the window's side ----------------------------------------

    def tell(self, done: int, total: int) -> None:
        """What is done of the whole."""
        self._on_told(done, total)

    @property
    def stop_asked(self) -> bool:
        """Whether the person wants it to stop."""
        return self._teller.stopped.is_set()

    # -- the person ----------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Ask the work to stop; the dialog stays until it has."""
        self._teller.stopped.set()
        self.cancel_button.setEnabled(False)
        self.count.setText(self._cancelling)

    def reject(self) -> None:
        self.cancel()

    def leave(self) -> None:
        """The work has ended."""
        if self._ended:
            return
        self._ended = True
        self._show_later.stop()
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()

    def _on_told(self, done: float, total: float) -> None:
        if self._teller.stopped.is_set() or total <= 0:
            return
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(int(done * _STEPS / total))
        self.count.setText(f"{format_number(int(done))} de {format_number(int(total))} {self._noun}")
