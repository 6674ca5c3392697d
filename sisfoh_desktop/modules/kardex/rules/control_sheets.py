"""What the control sheets, the inventory, the closing and the constancia of the kardex print. Plain Python."""

from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.facts import Condition, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.reading import FlowLine, HeldRange, StockLine

MOST_TICKED = 400  # numbers that get boxes of their own on a daily sheet: two pages of them


@dataclass(frozen=True)
class HeldOfType:
    """What a holder has of a type in hand: ranges, or a count where there are no numbers."""

    form_type: FormType
    ranges: tuple[HeldRange, ...] = ()
    counts: tuple[tuple[Condition, int], ...] = ()

    @property
    def form_count(self) -> int:
        return sum(count for _, count in self.counts)

    def numbers(self, condition: Condition = Condition.BLANK) -> list[int]:
        """Every number of the ranges in that condition, in order."""
        return [
            number
            for held in self.ranges
            if held.condition is condition
            for number in range(held.forms.first, held.forms.last + 1)
        ]

    def count_of(self, condition: Condition) -> int:
        return sum(count for one, count in self.counts if one is condition)


@dataclass(frozen=True)
class DayMovement:
    """A movement of the day as a sheet lists it."""

    number: int
    label: str
    giver: str
    taker: str
    code: str
    form_count: int


@dataclass(frozen=True)
class DailySheet:
    """The control sheet of one person on one day, with the movements that the kardex has of it."""

    campaign: str
    day: date
    holder: Holder
    chief: str
    held: tuple[HeldOfType, ...]
    told: tuple[DayMovement, ...] = ()

    @property
    def ticked(self) -> tuple[tuple[FormType, list[int]], ...]:
        """The blank numbers that get boxes of their own; none when they are too many to tick one by one."""
        found = tuple(
            (one.form_type, one.numbers()) for one in self.held if one.form_type.serialised and one.numbers()
        )
        return found if sum(len(numbers) for _, numbers in found) <= MOST_TICKED else ()


@dataclass(frozen=True)
class InventoryHolder:
    """What the kardex says that a holder has, to be counted."""

    holder: Holder
    held: tuple[HeldOfType, ...]

    @property
    def form_count(self) -> int:
        return sum(one.form_count for one in self.held)


@dataclass(frozen=True)
class InventorySheet:
    """The sheet of an inventory: holder by holder what should be found."""

    campaign: str
    dated: date
    holders: tuple[InventoryHolder, ...]

    @property
    def form_count(self) -> int:
        return sum(one.form_count for one in self.holders)


@dataclass(frozen=True)
class ExplainedDifference:
    """A difference of the cuadre and what was said about it."""

    sentence: str
    explanation: str
    document: str = ""


@dataclass(frozen=True)
class ClosingBook:
    """What a closing acta tells: the balance of each type and the differences explained."""

    stock: tuple[StockLine, ...]
    differences: tuple[ExplainedDifference, ...] = ()


@dataclass(frozen=True)
class NoDebt:
    """What a constancia tells: the person and what became of the forms that they were given."""

    holder: Holder
    flows: tuple[FlowLine, ...]


def range_words(form: FormType, forms: FormRange) -> str:
    """`004501-005000`, or `004517` alone."""
    first = form.number_text(forms.first)
    return first if forms.count == 1 else f"{first}-{form.number_text(forms.last)}"
