"""Keeps the interpreter alive under a Qt binding that loses references to None.

Until Python 3.12 None is counted like any object. PySide6 6.12.0 takes one reference to it too many in most calls
that return nothing, and after some hundred thousand calls the process dies with "deallocating None". The fault is
measured, not guessed from versions, so that a corrected release is left alone.
"""

import sys

from PySide6.QtCore import QElapsedTimer

_CALLS = 64
_NEVER_RUNS_OUT = 1 << 60  # at a million lost references a second: some 36 000 years


def loses_none() -> bool:
    """Whether a call that returns nothing leaves fewer references to None than before."""
    timer = QElapsedTimer()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        timer.start()
    return before - sys.getrefcount(None) > _CALLS // 2


def keep_none_alive() -> None:
    """Give None so many references that losing them never matters; nothing where None cannot die."""
    if sys.version_info < (3, 12) and loses_none():
        import ctypes

        ctypes.c_ssize_t.from_address(id(None)).value = _NEVER_RUNS_OUT
