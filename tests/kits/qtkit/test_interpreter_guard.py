"""The process outlives a Qt binding that loses references to None."""

import sys

from PySide6.QtCore import QElapsedTimer

from sisfoh_desktop.qtkit.interpreter_guard import keep_none_alive, loses_none


def test_none_outlives_more_calls_than_it_had_references():
    keep_none_alive()
    if not loses_none() or sys.version_info >= (3, 12):
        return
    timer = QElapsedTimer()
    for _ in range(100_000):
        timer.start()
    assert sys.getrefcount(None) > 1_000_000_000
