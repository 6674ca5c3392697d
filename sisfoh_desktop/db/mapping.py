"""When the tables of all modules are mapped: before the first writing, not before the first reading.

A store brings the classes that it reads. The foreign keys of what is written, and whoever goes over all the tables (a
copy, the check of the guards), need the rest: `app` says here how it is loaded. No SQLAlchemy here: `app` is imported
before the window is painted.
"""

from collections.abc import Callable

_loads: list[Callable[[], object]] = []


def map_later(load: Callable[[], object]) -> None:
    """Say how the tables of all modules are mapped; `load` may be called any number of times, on any thread."""
    _loads[:] = [load]


def map_all() -> None:
    """Map what is not mapped yet."""
    for load in _loads:
        load()
