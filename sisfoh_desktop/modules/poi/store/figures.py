"""Stored whole numbers as figures, each reckoned once: a plan repeats few of them thousands of times."""

from decimal import Decimal
from typing import Any, cast

from sisfoh_desktop.db.types import Money, Quantity
from sisfoh_desktop.modules.poi.rules.facts import NO_MONTHS, Months

_NO_DIALECT = cast(Any, None)  # neither kind of figure asks which database it is


class FigureReader:
    """Reads columns of one kind. Activities that did the same share their twelve months."""

    def __init__(self, kind: Quantity | Money) -> None:
        self._kind = kind
        self._known: dict[int | None, Decimal | None] = {None: None}
        self._months: dict[tuple[int | None, ...], Months] = {(None,) * 12: NO_MONTHS}

    def figure(self, stored: int | None) -> Decimal | None:
        """One figure."""
        if stored not in self._known:
            self._known[stored] = self._kind.process_result_value(stored, _NO_DIALECT)
        return self._known[stored]

    def months(self, stored: tuple[int | None, ...]) -> Months:
        """Twelve of them."""
        found = self._months.get(stored)
        if found is None:
            found = self._months[stored] = tuple(map(self.figure, stored))
        return found
