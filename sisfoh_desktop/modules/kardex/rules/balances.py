"""What the lines of the ledger add up to: how many forms of a type each holder has in each condition. Pure.

What is outside the office is not counted: a balance begins when forms are received.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.facts import Condition, LedgerLine


@dataclass(frozen=True)
class Place:
    """Where forms are counted: a type, a holder, a condition."""

    type_id: int
    holder_id: int
    condition: Condition


@dataclass(frozen=True)
class NewLine:
    """A ledger line about to be written; `forms` is None for articles without numbers."""

    forms: FormRange | None
    form_count: int
    before: Place
    after: Place
    previous_id: int | None = None


def balance_changes(lines: Iterable[NewLine]) -> dict[Place, int]:
    """By how much each balance goes up or down; those that stay as they were are left out."""
    changes: dict[Place, int] = defaultdict(int)
    for line in lines:
        _count(changes, line.before, -line.form_count)
        _count(changes, line.after, line.form_count)
    return {place: change for place, change in changes.items() if change}


def replay(lines: Iterable[LedgerLine]) -> dict[Place, int]:
    """The balances that a whole ledger gives, from the first line on; empty ones are left out."""
    return balance_changes(
        NewLine(
            line.forms,
            line.form_count,
            Place(line.type_id, line.from_holder_id, line.from_condition),
            Place(line.type_id, line.to_holder_id, line.to_condition),
            line.previous_id,
        )
        for line in lines
    )


class DayBalances:
    """How articles without numbers went up and down, day by day: on a day only what is left after it may be moved."""

    def __init__(self, changes: Mapping[Place, Mapping[date, int]]) -> None:
        self._days: dict[Place, dict[date, int]] = {place: dict(days) for place, days in changes.items()}

    def lowest_from(self, place: Place, day: date) -> int:
        """The least that was there at the end of `day` or of any later one."""
        days = self._days.get(place, {})
        balance = lowest = sum(days.values())
        for later in sorted((one for one in days if one > day), reverse=True):
            balance -= days[later]
            lowest = min(lowest, balance)
        return lowest

    def add(self, day: date, changes: Mapping[Place, int]) -> None:
        """What a movement of that day changes; with the signs turned, what undoes it."""
        for place, change in changes.items():
            days = self._days.setdefault(place, {})
            days[day] = days.get(day, 0) + change


def _count(changes: dict[Place, int], place: Place, change: int) -> None:
    if place.condition is not Condition.OUTSIDE:
        changes[place] += change
