"""Counts of forms: what somebody has in hand (arqueo) and what the other side says was digitised. Plain Python.

A count says, condition by condition, which forms were found; a condition left out was not counted, one with no forms
was counted and is empty. Comparing counts with the ledger is in `reconciling`.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules.facts import AT_HAND, Campaign, Condition, FormType, Holder

COUNTABLE = AT_HAND

MOST_COUNTED = 2_000_000  # of one condition

_NONE_WORDS = frozenset({"0", "ninguno", "ninguna", "nada", "no hay"})


class CountKind(StrEnum):
    """PHYSICAL: what lay with somebody was counted (arqueo); DIGITISED: what the other side says was typed in."""

    PHYSICAL = "arqueo"
    DIGITISED = "digitacion"

    @property
    def label(self) -> str:
        return "Arqueo" if self is CountKind.PHYSICAL else "Digitación"


@dataclass(frozen=True)
class Found:
    """What was found in one condition: numbers, or `count` of a type without numbers; empty: it was looked for."""

    condition: Condition
    ranges: FormRanges = dataclasses.field(default_factory=FormRanges)
    count: int = 0

    @property
    def form_count(self) -> int:
        return self.ranges.count if self.ranges else self.count


@dataclass(frozen=True)
class NewCount:
    """An arqueo as somebody asks to record it. `replaces_id` is the count that it corrects, which no longer holds."""

    type_id: int
    holder_id: int
    counted_on: date
    document: str
    found: tuple[Found, ...]
    replaces_id: int | None = None

    @property
    def form_count(self) -> int:
        return sum(one.form_count for one in self.found)


@dataclass(frozen=True)
class CountLine:
    """Consecutive numbers of a count (`forms` None: counted, not numbered; with no forms: looked for, none there).

    `day`, `person` and `row` are what a file of digitised forms says; `person_id` the same person in the register.
    """

    forms: FormRange | None
    form_count: int
    condition: Condition
    day: date | None = None
    person: str = ""
    person_id: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Count:
    """A count as recorded; it never changes. `holder_id` is whose forms were counted, None for what was digitised."""

    id: int
    kind: CountKind
    type_id: int
    holder_id: int | None
    counted_on: date
    source: str
    sha256: str
    replaces_id: int | None
    registered_at: datetime
    registered_by: str
    lines: tuple[CountLine, ...] = ()

    @property
    def conditions(self) -> frozenset[Condition]:
        """The conditions that were counted."""
        return frozenset(line.condition for line in self.lines)

    def ranges(self, condition: Condition | None = None) -> FormRanges:
        """The numbers found, in one condition or in all."""
        return FormRanges.of(
            line.forms
            for line in self.lines
            if line.forms is not None and condition in (None, line.condition)
        )

    def count_of(self, condition: Condition) -> int:
        return sum(line.form_count for line in self.lines if line.condition == condition)

    @property
    def form_count(self) -> int:
        return sum(line.form_count for line in self.lines)


@dataclass(frozen=True)
class CountListLine:
    """A count in a list: names ready to show. `stands` is False once a later one replaced it."""

    id: int
    kind: CountKind
    type_id: int
    type_code: str
    holder_id: int | None
    holder_name: str
    counted_on: date
    source: str
    form_count: int
    registered_at: datetime
    registered_by: str
    stands: bool


def read_found(text: str, condition: Condition, form_type: FormType) -> Found | None:
    """What somebody typed for a condition: numbers, `ninguno` (looked for, none there) or nothing (not counted).

    For a type without numbers, how many. RuleError of `parse_ranges`, or `count_unreadable`.
    """
    typed = " ".join(text.split())
    if not typed:
        return None
    if typed.casefold() in _NONE_WORDS:
        return Found(condition)
    if form_type.serialised:
        return Found(condition, parse_ranges(text, form_type.number_width, form_type.prefix))
    digits = typed.replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise RuleError(
            "count_unreadable", f"«{typed[:40]}» no es una cantidad; escriba cuántos hay o «ninguno»."
        )
    return Found(condition, count=int(digits))


def check_count(
    count: NewCount, form_type: FormType, holder: Holder, campaign: Campaign, *, today: date
) -> None:
    """Refuse a count that says nothing, twice, of another time, or of somebody outside the office.

    RuleError `count_empty`, `count_twice`, `count_condition`, `count_outside`, `count_future`, `count_too_early`,
    `count_number_too_long`, `count_not_numbered`, `count_too_many`, `campaign_closed`.
    """
    if campaign.closed_on is not None:
        raise RuleError(
            "campaign_closed",
            f"La campaña «{campaign.name}» se cerró el {format_date(campaign.closed_on)}; reábrala para registrar "
            "arqueos. No se guardó nada.",
        )
    if holder.kind.is_outside:
        raise RuleError(
            "count_outside", f"{holder.name} está fuera de la oficina; solo se cuenta lo que tiene la ULE."
        )
    check_count_day(count.counted_on, campaign, today=today)
    _check_found(count, form_type)


def check_count_day(day: date, campaign: Campaign, *, today: date) -> None:
    """RuleError `count_future` or `count_too_early`."""
    if day > today:
        raise RuleError(
            "count_future",
            f"El conteo lleva fecha {format_date(day)}, que todavía no llega; corrija el día.",
        )
    if day < campaign.starts_on:
        raise RuleError(
            "count_too_early",
            f"El conteo lleva fecha {format_date(day)} y la campaña empezó el {format_date(campaign.starts_on)}; "
            "corrija el día.",
        )


def _check_found(count: NewCount, form_type: FormType) -> None:
    if not count.found:
        raise RuleError(
            "count_empty",
            "No se dijo qué se encontró; escriba los números de al menos una condición, o «ninguno» si no había.",
        )
    seen = FormRanges()
    conditions: set[Condition] = set()
    for found in count.found:
        if found.condition not in COUNTABLE:
            raise RuleError(
                "count_condition", f"«{found.condition.label}» no se cuenta: solo lo que está a la vista."
            )
        if found.condition in conditions:
            raise RuleError(
                "count_twice", f"«{found.condition.label}» está dos veces en el arqueo; júntelo en una."
            )
        conditions.add(found.condition)
        _check_numbers(found, form_type)
        again = seen & found.ranges
        if again:
            raise RuleError(
                "count_twice",
                f"{form_type.ranges_text(again)} está en dos condiciones del mismo arqueo; deje cada número en una.",
            )
        seen |= found.ranges


def _check_numbers(found: Found, form_type: FormType) -> None:
    if found.form_count < 0:
        raise RuleError(
            "count_negative", f"«{found.condition.label}» no puede tener menos de cero; revise la cifra."
        )
    if found.form_count > MOST_COUNTED:
        raise RuleError(
            "count_too_many",
            f"«{found.condition.label}» tiene {found.form_count} formularios y un arqueo admite {MOST_COUNTED}; revise "
            "si sobra una cifra.",
        )
    if not form_type.serialised and found.ranges:
        raise RuleError(
            "count_not_numbered", f"{form_type.code} no lleva número; escriba cuántos hay, no cuáles."
        )
    if form_type.serialised and found.count and not found.ranges:
        raise RuleError("count_not_numbered", f"{form_type.code} lleva número; escriba cuáles hay.")
    if found.ranges and len(str(found.ranges.last)) > form_type.number_width:
        raise RuleError(
            "count_number_too_long",
            f"El número {found.ranges.last} no cabe en las {form_type.number_width} cifras de {form_type.code}.",
        )


def lines_of(count: NewCount) -> list[CountLine]:
    """What is recorded of an arqueo; a condition found empty is a line with no forms."""
    lines: list[CountLine] = []
    for found in count.found:
        if found.ranges:
            lines.extend(CountLine(forms, forms.count, found.condition) for forms in found.ranges)
        else:
            lines.append(CountLine(None, found.count, found.condition))
    return lines


def latest_counts(counts: Iterable[Count]) -> list[Count]:
    """The arqueos that are compared: of each holder the latest of each condition, and no more than that of it.

    An arqueo that a later one of the same holder has wholly covered says nothing about today.
    """
    latest: dict[tuple[int, int | None, Condition], int] = {}
    ordered = sorted(
        (count for count in counts if count.kind is CountKind.PHYSICAL),
        key=lambda count: (count.counted_on, count.id),
    )
    for count in ordered:
        for condition in count.conditions:
            latest[count.type_id, count.holder_id, condition] = count.id
    return [kept for count in ordered if (kept := _only_latest(count, latest)).lines]


def _only_latest(count: Count, latest: Mapping[tuple[int, int | None, Condition], int]) -> Count:
    lines = tuple(
        line for line in count.lines if latest[count.type_id, count.holder_id, line.condition] == count.id
    )
    return count if len(lines) == len(count.lines) else dataclasses.replace(count, lines=lines)
