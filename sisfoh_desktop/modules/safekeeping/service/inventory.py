"""The inventory of personal data: the marks of the data file over the real schema, with the rows of now."""

import tomllib
from dataclasses import dataclass
from functools import cache

from sisfoh_desktop.basics.errors import FileFailed
from sisfoh_desktop.basics.paths import resource
from sisfoh_desktop.db.database import Database
from sisfoh_desktop.modules.safekeeping.rules import inventory as rules
from sisfoh_desktop.modules.safekeeping.rules.inventory import Catalogue, InventoryTable
from sisfoh_desktop.modules.safekeeping.store import inventory as store

_NAME = "name"  # the kind of personal_data.toml that holds names of people


@dataclass(frozen=True)
class Inventory:
    """The tables that hold personal data, with the file that says what their columns hold."""

    catalogue: Catalogue
    tables: tuple[InventoryTable, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of data once, in the order of the file."""
        used = {column.kind for table in self.tables for column in table.columns}
        return tuple(self.catalogue.kind_label(kind) for kind in self.catalogue.kinds if kind in used)

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose data they are, once each."""
        return tuple(dict.fromkeys(table.holders for table in self.tables))


@cache
def load_catalogue() -> Catalogue:
    """The marks as they are shipped. Raises FileFailed."""
    path = resource("data", "national", "personal_data.toml")
    try:
        return rules.read_catalogue(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise FileFailed(
            f"No se pudo leer «{path.name}», que dice qué columnas guardan datos personales; no se hizo nada. "
            "Vuelva a instalar el programa."
        ) from error


def names_in(db: Database) -> list[str]:
    """Every name of a person that stands in a column marked as one, however many; for a text that must tell none."""
    catalogue = load_catalogue()
    marked = [(column, catalogue.find(column)) for column in store.schema_columns()]
    with db.reading() as session:
        return [
            name
            for column, mark in marked
            if mark is not None and mark.kind == _NAME
            for name in store.texts_of(session, column.table, column.name)
        ]


def load_inventory(db: Database) -> Inventory:
    """What the base holds now."""
    catalogue, columns = load_catalogue(), store.schema_columns()
    with db.reading() as session:
        counts = store.count_rows(session, {column.table for column in columns})
    return Inventory(catalogue, tuple(rules.inventory_of(catalogue, columns, counts)))
