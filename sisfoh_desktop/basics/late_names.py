"""Names that a package offers and that are imported from its files only when somebody asks for them.

A door that offers all that a module can do would load all of it for whoever needs one thing; the start of the program
needs one thing of each. Beside the call the names are imported `if TYPE_CHECKING`, for mypy and for whoever reads, and
stand in `__all__`; a test compares the three.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType


def late_names(package: str, files: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of `package`: `files` says which of its files gives which names, parted by spaces.

    No name may be that of a file or folder of the package: importing the file would take the name's place.
    """
    homes = {name: f"{package}.{file}" for file, names in files.items() for name in names.split()}

    def find(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(home), name)
        return found

    return find


def import_all(door: ModuleType) -> None:
    """Import what is behind a door now."""
    for name in door.__all__:
        getattr(door, name)


def open_doors(package: str) -> None:
    """Import what is behind every door that the files of `package` name.

    For a page, on the worker: else the window would wait for the import when a key asks for the first thing.
    """
    inside = [module for name, module in list(sys.modules.items()) if f"{name}.".startswith(f"{package}.")]
    doors = {
        id(value): value
        for module in inside
        for value in list(vars(module).values())
        if isinstance(value, ModuleType) and {"__getattr__", "__all__"} <= vars(value).keys()
    }
    for door in doors.values():
        import_all(door)
