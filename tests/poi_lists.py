"""What a list of the POI shows, as a test reads it."""

from typing import Any


def cells(table: Any) -> list[list[str]]:
    """The texts of a list as seen, with plain spaces between figures."""
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.as_seen()[1]]
