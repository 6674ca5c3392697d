"""What the control sheets, the inventory, the closing and the constancia of the kardex print. Plain Python."""

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.differences import Difference
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

    def joined(self) -> tuple[tuple[Condition, FormRange], ...]:
        """The ranges by condition and number, neighbours in one whatever movement brought them."""
        conditions = dict.fromkeys(held.condition for held in self.ranges)
        return tuple(
            (condition, forms)
            for condition in conditions
            for forms in FormRanges.of(held.forms for held in self.ranges if held.condition is condition)
        )

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
    """The control sheet of one person on one day, with the movements that the kardex has of it.

    `held` is what they have now, or had when a past day began (`past`).
    """

    campaign: str
    day: date
    holder: Holder
    chief: str
    held: tuple[HeldOfType, ...]
    told: tuple[DayMovement, ...] = ()
    past: bool = False

    @property
    def ticked(self) -> tuple[tuple[FormType, list[int]], ...]:
        """The blank numbers that get boxes of their own; none when they are too many to tick one by one."""
        found = tuple(
            (one.form_type, one.numbers()) for one in self.held if one.form_type.serialised and one.numbers()
        )
        return found if sum(len(numbers) for _, numbers in found) <= MOST_TICKED else ()


@dataclass(frozen=True)
class CountedRow:
    """Forms of a holder beside what their arqueo found: `expected` by the kardex on that day, `found`, which differ.

    `forms` is None for a type without numbers, and where none were to be found.
    """

    form_type: FormType
    condition: Condition
    forms: FormRange | None
    expected: int
    found: int
    differing: FormRanges = dataclasses.field(default_factory=FormRanges)


@dataclass(frozen=True)
class CountedHolder:
    """What the last arqueos of a holder found; `sources` are their days and documents."""

    rows: tuple[CountedRow, ...]
    sources: tuple[tuple[date, str], ...]
    differences: "tuple[ExplainedDifference, ...]" = ()


@dataclass(frozen=True)
class InventoryHolder:
    """What the kardex says that a holder has, to be counted; `counted` what was counted already."""

    holder: Holder
    held: tuple[HeldOfType, ...]
    counted: CountedHolder | None = None

    @property
    def form_count(self) -> int:
        """By the kardex."""
        counted = sum(row.expected for row in self.counted.rows) if self.counted is not None else 0
        return counted + sum(one.form_count for one in self.held)


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
    """A difference of the cuadre and what was said about it; no explanation while there is none."""

    sentence: str
    explanation: str
    document: str = ""


def explained(difference: Difference) -> ExplainedDifference:
    """What was found and what was said of it; what to do about it is for the screen and no matter of an acta."""
    said = difference.explanation
    return ExplainedDifference(difference.finding, said.text if said else "", said.document if said else "")


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


def counted_rows(
    form_type: FormType,
    condition: Condition,
    expected: FormRanges,
    found: FormRanges,
) -> tuple[CountedRow, ...]:
    """Range by range what was to be found and what was; then, range by range, what was found and not expected."""
    rows = [
        CountedRow(form_type, condition, forms, forms.count, forms.count - missing.count, missing)
        for forms in expected
        for missing in (FormRanges((forms,)) - found,)
    ]
    rows += [
        CountedRow(form_type, condition, forms, 0, forms.count, FormRanges((forms,)))
        for forms in found - expected
    ]
    return tuple(rows) or (CountedRow(form_type, condition, None, 0, 0),)


def without(held: Iterable[HeldOfType], counted: Collection[tuple[int, Condition]]) -> tuple[HeldOfType, ...]:
    """What is still to be counted: all but these types and conditions."""
    left = []
    for one in held:
        counts = tuple(
            (condition, count)
            for condition, count in one.counts
            if (one.form_type.id, condition) not in counted
        )
        if counts:
            kept = {condition for condition, _ in counts}
            left.append(
                HeldOfType(
                    one.form_type, tuple(each for each in one.ranges if each.condition in kept), counts
                )
            )
    return tuple(left)


def range_words(form: FormType, forms: FormRange) -> str:
    """`004501-005000`, or `004517` alone."""
    first = form.number_text(forms.first)
    return first if forms.count == 1 else f"{first}-{form.number_text(forms.last)}"
