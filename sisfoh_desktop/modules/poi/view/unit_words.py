"""The siglas of the units that a plan names in full, for columns in which their names do not fit."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sisfoh_desktop.basics.texts import without_accents

SIGLAS_WIDTH = 88
"""Pixels at 100 % in which the siglas of a unit are read whole."""

if TYPE_CHECKING:
    from sisfoh_desktop.db.database import Database


def siglas_of_units(db: "Database", year: int) -> dict[str, str]:
    """By the folded name of each unit that the office had in that year."""
    from sisfoh_desktop.modules.office import service as office

    return {_folded(one.name): one.siglas for one in office.list_units(db, date(year, 12, 31)) if one.siglas}


def short_unit(known: Mapping[str, str], name: str) -> str:
    """The siglas of a unit; "" for one that the office does not know by that name."""
    return known.get(_folded(name), "")


def _folded(name: str) -> str:
    return " ".join(without_accents(name).casefold().split())
