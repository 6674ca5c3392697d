"""Imports as Python does them, once the Qt binding has put its own way in their place.

PySide watches every import of the process, for `from __feature__ import ...`, which nothing here uses: it reads the
source of whatever is imported and Python keeps those lines for good. That is a quarter million lines, 23 MiB, and as
much time again as SQLAlchemy's import takes. The binding's own step below the watch (names of Qt that are made when
first asked for) stays.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - the watch comes with it


def import_plainly() -> None:
    """Take the watch away; call it before the rest is imported. A binding without one is left as it is."""
    below = getattr(builtins, "__orig_import__", None)
    if below is not None and getattr(builtins.__import__, "__name__", "") == "__feature_import__":
        builtins.__import__ = below
