"""Serial numbers of printed forms: ranges of them, their algebra, and how people type and read them.

A number is printed with leading zeros (`004517`) and is text wherever it is shown or stored outside the base; in here
it is the integer behind it, and the width belongs to the type of form. Numbers of documents are another thing
(`document_numbers`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sisfoh_desktop.basics.errors import RuleError

MAX_WIDTH = 12
_MOST_RANGES = 20_000  # typed or read in one go
_TO = r"(?:\s*[-‐‑–—−]\s*|\s+(?:al|a|hasta)\s+)"
_BETWEEN = " -‐‑–—−./"  # what may stand within a printed prefix or after it
_EXCEPT = re.compile(r"\s+(?:menos|excepto|salvo|sin)\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,;\n]\s*|\s+(?:y|e)\s+", re.IGNORECASE)
_LABEL = r"(?:n[.°ºo]*\s*|n[úu]meros?\s+|fichas?\s+|del?\s+)*"


@dataclass(frozen=True, order=True)
class FormRange:
    """Consecutive numbers, both ends included; 1 <= first <= last."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last:
            raise ValueError(f"no range: {self.first}-{self.last}")

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class FormRanges:
    """A set of numbers as disjoint ranges in order, never two that touch; make it with `of`."""

    ranges: tuple[FormRange, ...] = ()

    @classmethod
    def of(cls, ranges: Iterable[FormRange]) -> "FormRanges":
        """The numbers of all of them, whatever their order and overlaps."""
        merged: list[FormRange] = []
        for one in sorted(ranges):
            if merged and one.first <= merged[-1].last + 1:
                if one.last > merged[-1].last:
                    merged[-1] = FormRange(merged[-1].first, one.last)
            else:
                merged.append(one)
        return cls(tuple(merged))

    @classmethod
    def single(cls, first: int, last: int | None = None) -> "FormRanges":
        return cls((FormRange(first, first if last is None else last),))

    @classmethod
    def of_numbers(cls, numbers: Iterable[int]) -> "FormRanges":
        return cls.of(FormRange(number, number) for number in numbers)

    @property
    def count(self) -> int:
        return sum(one.count for one in self.ranges)

    @property
    def first(self) -> int:
        """The lowest number; ValueError for an empty set."""
        if not self.ranges:
            raise ValueError("an empty set has no first number")
        return self.ranges[0].first

    @property
    def last(self) -> int:
        """The highest number; ValueError for an empty set."""
        if not self.ranges:
            raise ValueError("an empty set has no last number")
        return self.ranges[-1].last

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __iter__(self) -> Iterator[FormRange]:
        return iter(self.ranges)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and any(one.first <= number <= one.last for one in self.ranges)

    def __or__(self, other: "FormRanges") -> "FormRanges":
        return FormRanges.of((*self.ranges, *other.ranges))

    def __and__(self, other: "FormRanges") -> "FormRanges":
        found: list[FormRange] = []
        left, right = list(self.ranges), list(other.ranges)
        i = j = 0
        while i < len(left) and j < len(right):
            first, last = max(left[i].first, right[j].first), min(left[i].last, right[j].last)
            if first <= last:
                found.append(FormRange(first, last))
            if left[i].last < right[j].last:
                i += 1
            else:
                j += 1
        return FormRanges(tuple(found))

    def __sub__(self, other: "FormRanges") -> "FormRanges":
        left: list[FormRange] = []
        taken = list(other.ranges)
        j = 0
        for one in self.ranges:
            start = one.first
            while j < len(taken) and taken[j].last < start:
                j += 1
            k = j
            while k < len(taken) and taken[k].first <= one.last:
                if taken[k].first > start:
                    left.append(FormRange(start, taken[k].first - 1))
                start = max(start, taken[k].last + 1)
                k += 1
            if start <= one.last:
                left.append(FormRange(start, one.last))
        return FormRanges(tuple(left))

    def gaps(self) -> "FormRanges":
        """The numbers missing between the lowest and the highest."""
        return FormRanges.single(self.first, self.last) - self if self.ranges else self

    def numbers(self) -> Iterator[int]:
        for one in self.ranges:
            yield from range(one.first, one.last + 1)


def format_number(number: int, width: int, prefix: str = "") -> str:
    """`004517`: at least `width` digits, after the printed prefix if there is one."""
    return f"{prefix}{number:0{width}d}"


def format_ranges(ranges: FormRanges | Iterable[FormRange], width: int, prefix: str = "") -> str:
    """`004501-004516, 004518`: what `parse_ranges` reads back as the same set."""
    told = []
    for one in ranges:
        first = format_number(one.first, width, prefix)
        told.append(first if one.count == 1 else f"{first}-{format_number(one.last, width, prefix)}")
    return ", ".join(told)


def parse_ranges(text: str, width: int, prefix: str = "") -> FormRanges:
    """The numbers that somebody typed: `004501-005000`, `004501+500`, `004501-004550 menos 004517, 004520`.

    Parts are separated by commas, semicolons or line ends; what stands after `menos` (excepto, salvo, sin) is taken
    away from all before it. Leading zeros may be left out; the prefix too. RuleError: `serial_empty`,
    `serial_unreadable`, `serial_too_long` (more digits than the form bears), `serial_reversed`, `serial_zero`,
    `serial_repeated` (a number typed twice), `serial_not_there` (one taken away that was not among them),
    `serial_too_many`.
    """
    typed = text.strip()
    if not typed:
        raise RuleError("serial_empty", "Falta el número; escriba por ejemplo 004501-005000 o 004501+500.")
    wanted, *taken = _EXCEPT.split(typed)
    if len(taken) > 1:
        raise RuleError(
            "serial_unreadable",
            f"En «{_short(typed)}» hay más de un «menos»; escriba las excepciones juntas, separadas por comas.",
        )
    ranges = _set_of(wanted, width, prefix)
    if not taken:
        return ranges
    exceptions = _set_of(taken[0], width, prefix)
    strange = exceptions - ranges
    if strange:
        raise RuleError(
            "serial_not_there",
            f"{format_ranges(strange, width, prefix)} no está entre los números escritos antes de «menos»; revíselo.",
        )
    left = ranges - exceptions
    if not left:
        raise RuleError(
            "serial_empty", f"En «{_short(typed)}» no queda ningún número después de «menos»; revíselo."
        )
    return left


def _set_of(text: str, width: int, prefix: str) -> FormRanges:
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    if len(parts) > _MOST_RANGES:
        raise RuleError("serial_too_many", f"Son más de {_MOST_RANGES} rangos en un solo campo; repártalos.")
    if not parts:
        raise RuleError("serial_empty", "Falta el número; escriba por ejemplo 004501-005000 o 004501+500.")
    ranges = sorted(_range_of(part, width, prefix) for part in parts)
    for before, after in pairwise(ranges):
        if after.first <= before.last:
            raise RuleError(
                "serial_repeated",
                f"El N° {format_number(after.first, width, prefix)} está escrito dos veces; deje cada número una vez.",
            )
    return FormRanges.of(ranges)


def _range_of(part: str, width: int, prefix: str) -> FormRange:
    found = _grammar(prefix).fullmatch(part.strip())
    if found is None:
        raise _unreadable(part)
    first = _number(found["first"], width, prefix)
    if found["count"] is not None:
        last = first + _count(found["count"], part) - 1
        if len(str(last)) > width:
            raise _too_long(str(last), width)
        return FormRange(first, last)
    last = first if found["last"] is None else _number(found["last"], width, prefix)
    if last < first:
        raise RuleError(
            "serial_reversed",
            f"En «{_short(part)}» el último número es menor que el primero; escríbalos de menor a mayor.",
        )
    return FormRange(first, last)


@cache
def _grammar(prefix: str) -> re.Pattern[str]:
    """`first`, `first-last` or `first+count`; each number with the printed prefix or without it."""
    before = ""
    if prefix and not prefix.isdigit():
        signs = f"[{re.escape(_BETWEEN)}]"
        # a prefix of digits is one only with what stands after it: 24-004501 bears it, 240045 does not
        often = "+" if all(sign in _BETWEEN or sign.isdigit() for sign in prefix) else "*"
        words = (re.escape(word) for word in re.split(f"{signs}+", prefix) if word)
        before = f"(?:{signs}*{(signs + often).join(words)}{signs}{often})?"
    return re.compile(
        rf"{_LABEL}{before}(?P<first>[0-9]+)(?:{_TO}{before}(?P<last>[0-9]+)|\s*\+\s*(?P<count>[0-9 ]+))?",
        re.IGNORECASE,
    )


def _number(digits: str, width: int, prefix: str) -> int:
    if prefix.isdigit() and len(digits) > width and digits.startswith(prefix):
        digits = digits[len(prefix) :]
    if len(digits) > width:
        raise _too_long(digits, width)
    if int(digits) == 0:
        raise RuleError("serial_zero", "El número 0 no existe en un formulario; la numeración empieza en 1.")
    return int(digits)


def _count(text: str, part: str) -> int:
    digits = text.replace(" ", "")
    if not 0 < len(digits) <= 9 or int(digits) == 0:
        raise _unreadable(part)
    return int(digits)


def _too_long(digits: str, width: int) -> RuleError:
    return RuleError(
        "serial_too_long",
        f"El número {_short(digits)} tiene {len(digits)} cifras y este formulario lleva {width}; revise si sobra una.",
    )


def _unreadable(part: str) -> RuleError:
    return RuleError(
        "serial_unreadable",
        f"«{_short(part)}» no se entiende como número de formulario; escriba por ejemplo 004501-005000 o 004501+500.",
    )


def _short(text: str) -> str:
    """What a sentence repeats of what was typed; signs that cannot be seen or that reorder are left out."""
    seen = "".join(sign for sign in text[:200] if unicodedata.category(sign)[0] != "C")
    return seen if len(seen) <= 40 else f"{seen[:40]}…"
