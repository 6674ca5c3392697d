"""What is found in a cuadre, gathered by movement and told in sentences: what, where in the ledger, what to do.

The words of each kind are in `telling_words`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.counting import Count
from sisfoh_desktop.modules.kardex.rules.differences import (
    Difference,
    DifferenceKind,
    fingerprint,
    short_ranges,
)
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Condition, FormType, Holder, HolderKind
from sisfoh_desktop.modules.kardex.rules.moving import movement_name
from sisfoh_desktop.modules.kardex.rules.standing import Past, PastLine, Standings, standings_of
from sisfoh_desktop.modules.kardex.rules.telling_words import QUANTITY_WORDS, WORDS


@dataclass(frozen=True)
class Office:
    """What every comparison needs to know. `out_of_force`: who is no longer, with the reason and its day.

    `closing`: also what only matters when a campaign is closed.
    """

    campaign: Campaign
    holders: Mapping[int, Holder]
    out_of_force: Mapping[int, tuple[str, date | None]]
    today: date
    closing: bool = False

    @cached_property
    def people(self) -> Collection[int]:
        return frozenset(one.id for one in self.holders.values() if one.kind.is_person)

    def kind(self, holder_id: int) -> HolderKind:
        return self.holders[holder_id].kind

    def name(self, holder_id: int | None) -> str:
        holder = self.holders.get(holder_id) if holder_id is not None else None
        return holder.name if holder is not None else "nadie en particular"


@dataclass(frozen=True)
class TypeFacts:
    """One type: its whole ledger and how forms stand after it, the counts that stand, the balances beside it."""

    form_type: FormType
    lines: Sequence[PastLine]
    counts: Sequence[Count] = ()
    balances: Mapping[tuple[int, Condition], int] = field(default_factory=dict)
    standings: Standings = field(default_factory=lambda: Standings(()))

    @classmethod
    def of(
        cls,
        form_type: FormType,
        lines: Sequence[PastLine],
        counts: Sequence[Count],
        balances: Mapping[tuple[int, Condition], int],
        people: Collection[int],
    ) -> "TypeFacts":
        """With the standings that the lines make."""
        return cls(form_type, lines, counts, balances, standings_of(lines, people))


@dataclass(frozen=True)
class Matter:
    """What is said of some numbers; equal matters are one row. `compared` is what the fingerprint covers besides."""

    kind: DifferenceKind
    holder_id: int
    other_id: int = 0
    past: Past | None = None
    day: date | None = None
    compared: tuple[object, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


class Matters:
    """Gathers what is found of one type."""

    def __init__(self, office: Office, form_type: FormType) -> None:
        self.office = office
        self.form_type = form_type
        self._ranges: dict[Matter, list[FormRange]] = {}
        self._counted: list[tuple[Matter, int]] = []

    def add(self, matter: Matter, forms: FormRange) -> None:
        """Say this of these numbers."""
        self._ranges.setdefault(matter, []).append(forms)

    def add_counted(self, matter: Matter, form_count: int) -> None:
        """Say this of forms without numbers."""
        self._counted.append((matter, form_count))

    def unbalanced(
        self, holder_id: int, condition: Condition, balance: int, summed: int, placed: int
    ) -> None:
        """Three ways to count the same place that disagree."""
        words = {
            "condition": condition.label.lower(),
            "balance": str(balance),
            "summed": str(summed),
            "placed": str(placed),
        }
        self.add_counted(
            Matter(
                DifferenceKind.LEDGER_UNBALANCED,
                holder_id,
                compared=(condition.value, balance, summed, placed),
                words=tuple(words.items()),
            ),
            abs(balance - summed) or abs(balance - placed),
        )

    def differences(self) -> list[Difference]:
        """A row for each matter."""
        rows = [self._row(matter, FormRanges.of(ranges), 0) for matter, ranges in self._ranges.items()]
        return rows + [self._row(matter, FormRanges(), count) for matter, count in self._counted]

    def _row(self, matter: Matter, ranges: FormRanges, counted: int) -> Difference:
        form_count = ranges.count or counted
        past = matter.past
        ledger = self._ledger_words(past, form_count)
        quantity = matter.kind in _COUNTED and not ranges
        found, advice = QUANTITY_WORDS if quantity else WORDS[matter.kind]
        many = form_count != 1
        words = {
            "n": "n" if many else "",
            "s": "s" if many else "",
            "o": "aron" if many else "ó",
            "io": "ieron" if many else "ió",
            "holder": self.office.name(matter.holder_id),
            "other": self.office.name(matter.other_id),
            "count": str(form_count),
            **dict(matter.words),
        }
        words["condition_s"] = _in_number(words.get("condition", ""), form_count)
        told = [f"{self._head(ranges, form_count)}: {found.format(**words)}"]
        if past is not None or matter.kind in _NEVER_HERE:
            told.append(ledger)
        return Difference(
            kind=matter.kind,
            type_id=self.form_type.id,
            type_code=self.form_type.code,
            ranges=ranges,
            ranges_text=self.form_type.ranges_text(ranges),
            number_text=self.form_type.number_text(ranges.first) if ranges else "",
            form_count=form_count,
            holder_id=matter.holder_id,
            holder_name=self.office.name(matter.holder_id) if matter.holder_id else "",
            other_id=matter.other_id,
            day=matter.day,
            finding=" ".join(told),
            advice=advice.format(**words),
            ledger=ledger if past is not None or matter.kind in _NEVER_HERE else "",
            fingerprint=fingerprint(
                matter.kind,
                self.form_type,
                ranges,
                matter.holder_id,
                (
                    matter.other_id,
                    *(
                        (past.holder_id, past.condition.value, past.movement_number, past.moved_on)
                        if past is not None
                        else ()
                    ),
                    *matter.compared,
                    counted,
                ),
            ),
        )

    def _head(self, ranges: FormRanges, form_count: int) -> str:
        if not ranges:
            return self.form_type.code
        counted = "" if form_count == 1 else f" ({form_count} en total)"
        return f"{self.form_type.code} {short_ranges(self.form_type, ranges)}{counted}"

    def _ledger_words(self, past: Past | None, form_count: int) -> str:
        """Where the numbers stand in the ledger, with the movement and its day."""
        if past is None or past.condition is Condition.OUTSIDE:
            told = "El libro no tiene este número." if form_count == 1 else "El libro no tiene estos números."
            if past is not None:
                told += f" Salieron con el {_movement(past)}."
            return told
        place = self.office.name(past.holder_id)
        condition = _in_number(past.condition.label.lower(), form_count)
        return f"En el libro: {condition}, {place}, por el {_movement(past)}."


_COUNTED = frozenset({DifferenceKind.COUNTED_MISSING, DifferenceKind.COUNTED_SURPLUS})
_NEVER_HERE = frozenset({DifferenceKind.DIGITISED_UNKNOWN, DifferenceKind.COUNTED_UNKNOWN})


def _movement(past: Past) -> str:
    return movement_name(past.movement_number, past.movement_kind, past.moved_on)


def _in_number(condition: str, form_count: int) -> str:
    """`usado`, `usados`; «en blanco» and «de baja» are the same of one and of many."""
    return condition if form_count == 1 or " " in condition else f"{condition}s"
