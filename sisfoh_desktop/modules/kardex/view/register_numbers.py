"""How Del, Al and Cantidad of a row complete one another. Plain Python; ranges themselves are in `basics.serials`."""

import re
from dataclasses import dataclass

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules import FormType

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


@dataclass(frozen=True)
class Numbers:
    """The three cells as they stand, in text."""

    first: str = ""
    last: str = ""
    count: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.first.strip() or self.last.strip() or self.count.strip())


def read_count(text: str) -> int:
    """A typed quantity; 0 when nothing was typed. RuleError `count_unreadable`."""
    digits = text.translate(_SPACES)
    if not digits:
        return 0
    if not re.fullmatch(r"[0-9]{1,9}", digits) or int(digits) == 0:
        raise RuleError(
            "count_unreadable", f"«{text.strip()[:20]}» no es una cantidad; escriba un número entero."
        )
    return int(digits)


def completed(numbers: Numbers, edited: str, form_type: FormType) -> Numbers:
    """The cells after leaving the one called `edited` (`first`, `last` or `count`); RuleError as `parse_ranges`.

    An expression in Del says everything; with a single number there, Al gives Cantidad and Cantidad gives Al.
    """
    if not numbers.first.strip() or not form_type.serialised:
        return numbers
    ranges = parse_ranges(numbers.first, form_type.number_width, form_type.prefix)
    shown = form_type.number_text
    if len(ranges.ranges) > 1:
        return Numbers(form_type.ranges_text(ranges), shown(ranges.last), str(ranges.count))
    if ranges.count > 1 or "+" in numbers.first:
        return Numbers(shown(ranges.first), shown(ranges.last), str(ranges.count))
    first = ranges.first
    count = read_count(numbers.count)
    if numbers.last.strip() and (edited == "last" or not count):
        both = parse_ranges(
            f"{shown(first)} al {numbers.last.strip()}", form_type.number_width, form_type.prefix
        )
        return Numbers(shown(both.first), shown(both.last), str(both.count))
    if count:
        both = parse_ranges(f"{shown(first)}+{count}", form_type.number_width, form_type.prefix)
        return Numbers(shown(first), shown(both.last), str(count))
    return Numbers(shown(first), "", "")


def ranges_typed(numbers: Numbers, form_type: FormType) -> FormRanges:
    """The numbers of a row that is to be registered; one alone where only Del was typed. Empty without Del."""
    if not numbers.first.strip():
        return FormRanges()
    whole = completed(numbers, "last" if numbers.last.strip() else "count", form_type)
    ranges = parse_ranges(whole.first, form_type.number_width, form_type.prefix)
    if len(ranges.ranges) > 1 or not whole.last:
        return ranges
    return FormRanges.single(
        ranges.first, parse_ranges(whole.last, form_type.number_width, form_type.prefix).first
    )


def cells_of(ranges: FormRanges, form_type: FormType) -> Numbers:
    """How the three cells show a set of numbers."""
    if not ranges:
        return Numbers()
    if len(ranges.ranges) > 1:
        return Numbers(form_type.ranges_text(ranges), form_type.number_text(ranges.last), str(ranges.count))
    return Numbers(form_type.number_text(ranges.first), form_type.number_text(ranges.last), str(ranges.count))
