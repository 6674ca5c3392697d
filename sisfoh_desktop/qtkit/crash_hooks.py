"""Catches every bug of the process: on the GUI thread, on other threads, and crashes of the interpreter itself.

What the person sees is in `crash_dialog`, which is loaded only when there is something to show.
"""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QCoreApplication, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

FAULT_FILE = "cierre-inesperado.txt"


class _Bridge(QObject):
    """Carries a bug of another thread to the GUI thread."""

    crashed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.crashed.connect(self._tell)  # a method of this object: it runs on the thread that made it

    def _tell(self, error: BaseException) -> None:
        _report(error)


ReportSaver = Callable[["QWidget", str], object]

_bridge: _Bridge | None = None
_saver: ReportSaver | None = None
_fault_stream: TextIO | None = None


def install_hooks(folder: Path) -> str:
    """Catch every bug from now on; returns what the last run left if it ended in a crash, else "".

    `folder` keeps the interpreter's own crash report. A folder that cannot be written costs only that report.
    """
    global _bridge, _fault_stream
    _bridge = _Bridge()
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    path = folder / FAULT_FILE
    left = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            left = path.read_text(encoding="utf-8", errors="replace").strip()
        _fault_stream = path.open("w", encoding="utf-8")
        faulthandler.enable(_fault_stream)
    except OSError:
        log.warning("no file for the interpreter's crash report")
    return left


def offer_report(saver: ReportSaver | None) -> None:
    """What saves a report for the technician from now on: called with the box and its details (None: nobody)."""
    global _saver
    _saver = saver


def report_saver() -> ReportSaver | None:
    """What saves a report, if the program offers one."""
    return _saver


def remove_hooks() -> None:
    """Give the hooks back; an orderly end leaves no crash report."""
    global _bridge, _fault_stream
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    _bridge = None
    if _fault_stream is not None:
        faulthandler.disable()
        _fault_stream.close()
        _fault_stream = None


def _report(error: BaseException) -> None:
    from sisfoh_desktop.qtkit.crash_dialog import report_crash

    report_crash(error)


def _on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QCoreApplication.quit()
        return
    if threading.current_thread() is threading.main_thread():
        _report(error.with_traceback(trace))
    elif _bridge is not None:
        _bridge.crashed.emit(error.with_traceback(trace))


def _on_thread_exception(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None and _bridge is not None:
        _bridge.crashed.emit(hook.exc_value)
