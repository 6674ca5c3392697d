"""Reads and writes of resoluciones: takes a session, gives back facts; one file a subject."""

from sisfoh_desktop.modules.resoluciones.store.act import (
    add_resolucion,
    find_by_number,
    find_other_frozen,
    list_resoluciones,
    load_resolucion,
    newest_of,
    record_frozen,
    record_reopened,
    record_resolucion,
    record_signed,
)

__all__ = [
    "add_resolucion",
    "find_by_number",
    "find_other_frozen",
    "list_resoluciones",
    "load_resolucion",
    "newest_of",
    "record_frozen",
    "record_reopened",
    "record_resolucion",
    "record_signed",
]
