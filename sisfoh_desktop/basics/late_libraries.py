"""Modules of the standard library that are loaded when something is first asked of them, not when they are imported.

SQLAlchemy imports `asyncio` for drivers that are not used here, with it TLS and sockets, and `importlib.metadata` for
plugins that nobody installs, with it mail and ZIP: 7 MiB and a third of the time that importing SQLAlchemy takes.
`hashlib` (and `secrets`, by `hmac`) brings OpenSSL, 3 MiB, and nothing is hashed before the first record is written;
the log imports `socket` for handlers of other kinds.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

_LATE: Mapping[str, Mapping[str, str]] = {
    "asyncio": {"iscoroutine": "coroutines"},  # asked for by SQLAlchemy while it is imported; needs no loop
    "hashlib": {},
    "importlib.metadata": {},
    "secrets": {},
    "socket": {},
    "tomllib": {},
}


def import_late() -> None:
    """Put these modules off; call it before SQLAlchemy is imported. One that is loaded already stays as it is."""
    for name, homes in _LATE.items():
        spec = find_spec(name) if name not in sys.modules else None
        if spec is None or spec.loader is None:
            continue
        made = module_from_spec(spec)
        made.__class__ = _Late
        # one lock for each: who loads one of them may wait for a part of it that waits for another of them
        vars(made)["_homes"], vars(made)["_lock"] = homes, RLock()
        sys.modules[name] = made
        parent, _, own = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], own, made)


class _Late(ModuleType):
    """A module with what the import system knows of it and nothing of its own yet."""

    def __getattr__(self, name: str) -> object:
        # names of this form are asked for by whoever goes over all modules; what a module has of them is set
        if name.startswith("__") and name != "__all__":
            raise _lacking(self, name)
        homes: Mapping[str, str] = vars(self).get("_homes", {})
        if name in homes:
            return getattr(import_module(f"{self.__name__}.{homes[name]}"), name)
        # Its own files ask for one another so, each under the import system's lock of its own: with ours held as well,
        # whoever imports a part and whoever loads the whole would wait for one another.
        if "__path__" in vars(self) and find_spec(f"{self.__name__}.{name}") is not None:
            return import_module(f"{self.__name__}.{name}")
        with vars(self)["_lock"]:
            _load(self)  # nothing to do while it is being loaded, and asks itself
        if name in vars(self):
            return vars(self)[name]
        raise _lacking(self, name)


def _load(made: ModuleType) -> None:
    homes = vars(made).pop("_homes", None)
    if homes is None:
        return
    assert made.__spec__ is not None
    assert made.__spec__.loader is not None
    try:
        made.__spec__.loader.exec_module(made)
    except BaseException:
        vars(made)["_homes"] = homes  # the next one who asks tries again, as with any import
        raise
    made.__class__ = ModuleType


def _lacking(made: ModuleType, name: str) -> AttributeError:
    return AttributeError(f"module {made.__name__!r} has no attribute {name!r}")
