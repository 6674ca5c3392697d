"""Checks of the whole base («Comprobar»), as the command line runs them.

They reach into modules above this one, so the program says once which they are.
"""

from collections.abc import Callable
from datetime import datetime

from sisfoh_desktop.basics.progress import Progress, silent
from sisfoh_desktop.db.checks import Check
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.documents.archive import Archive

# (db, what gives the archive, now, progress) -> the lines of the report
CheckBase = Callable[[Database, Callable[[], Archive], datetime, Progress], list[Check]]

_whole: list[CheckBase] = []


def register_checks(check_base: CheckBase) -> None:
    """Say how the whole base is checked; the last one counts."""
    _whole[:] = [check_base]


def check_base(db: Database, archive: Archive, *, now: datetime, progress: Progress = silent) -> list[Check]:
    """Every check, in the order of the report; reads only. Cancelled by `progress` between two of them."""
    return _whole[0](db, lambda: archive, now, progress)
