"""What the kardex answers: stock, custody, flows, the life of a number, the card and the register. Plain Python.

Facts for screens and papers; how they are reckoned is in `stock` (with ranges in hand), `flows` and `card`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.facts import (
    Condition,
    FormType,
    Holder,
    MovementKind,
)


@dataclass(frozen=True)
class BalanceLine:
    """How many forms of a type a holder has in a condition; never 0, never OUTSIDE."""

    form_type: FormType
    holder: Holder
    condition: Condition
    form_count: int


@dataclass(frozen=True)
class StockLine:
    """The balance of a type in its campaign.

    `in_stock` are the blank forms of the warehouses, `in_hand` the blank ones of anybody else; `sent_back` says how
    many of these went back to the governing body or the printer.
    """

    form_type: FormType
    in_stock: int = 0
    in_hand: int = 0
    used: int = 0
    annulled: int = 0
    lost: int = 0
    damaged: int = 0
    written_off: int = 0
    sent_back: int = 0

    @property
    def received(self) -> int:
        return (
            self.in_stock
            + self.in_hand
            + self.used
            + self.annulled
            + self.lost
            + self.damaged
            + self.written_off
        )

    @property
    def minimum(self) -> int:
        return self.form_type.minimum_stock

    @property
    def below_minimum(self) -> bool:
        """A type that never arrived is not short of anything."""
        return self.received > 0 and self.in_stock < self.minimum


@dataclass(frozen=True)
class HeldRange:
    """Consecutive forms of a holder in one condition, since the movement that brought them to it."""

    forms: FormRange
    condition: Condition
    since: date
    movement_id: int
    movement_number: int


@dataclass(frozen=True)
class CustodyLine:
    """What a person has of a type on a day.

    `in_hand` are blank forms, of which the first came on `oldest`, `days` before the day asked for (None and 0 without
    any); `used_in_hand` are used and not handed on, `spoiled_in_hand` annulled or damaged and not handed back.
    `not_in_force` is the reason why the person may be given nothing that day; empty while they may.
    """

    holder: Holder
    form_type: FormType
    in_hand: int
    used_in_hand: int = 0
    spoiled_in_hand: int = 0
    oldest: date | None = None
    days: int = 0
    most_days: int = 0
    chief: Holder | None = None
    not_in_force: str = ""

    @property
    def in_force(self) -> bool:
        return not self.not_in_force

    @property
    def over_days(self) -> bool:
        """Blank forms for longer than the campaign allows without notice."""
        return self.in_hand > 0 and self.days > self.most_days

    @property
    def form_count(self) -> int:
        """All that the person would have to hand back on leaving."""
        return self.in_hand + self.used_in_hand + self.spoiled_in_hand


@dataclass(frozen=True)
class HeldForms:
    """The forms of one type that a holder has to hand back; `more` when there are ranges beyond those listed.

    A type without numbers has no `ranges`: only `counts`.
    """

    form_type: FormType
    counts: tuple[tuple[Condition, int], ...]
    ranges: tuple[HeldRange, ...] = ()
    more: bool = False

    @property
    def form_count(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def text(self) -> str:
        """`FSU 004501-004516, 004518 y otros` or `CROQUIS: 40`."""
        if not self.ranges:
            return f"{self.form_type.code}: {self.form_count}"
        told = self.form_type.ranges_text(FormRanges.of(held.forms for held in self.ranges))
        return f"{self.form_type.code} {told}{' y otros' if self.more else ''}"


@dataclass(frozen=True)
class Custody:
    """All that a holder has to hand back, in every campaign; lost forms are no longer in anybody's hands."""

    holder: Holder
    lines: tuple[CustodyLine, ...] = ()
    held: tuple[HeldForms, ...] = ()

    @property
    def form_count(self) -> int:
        return sum(forms.form_count for forms in self.held)

    @property
    def holds_anything(self) -> bool:
        return self.form_count > 0

    @property
    def text(self) -> str:
        """`FSU 004501-004516; CROQUIS: 40`; empty when nothing is held."""
        return "; ".join(forms.text for forms in self.held)


@dataclass(frozen=True)
class FlowLine:
    """What became of the blank forms of a person between two days, by type.

    `opening` are those in hand before the first day (0 without one). It always holds that opening + delivered = used +
    returned + transferred + annulled + lost + damaged + adjusted + in_hand. A reversal counts negatively in the column
    of what it reverts. `adjusted` is what approved adjustments took away (negative: gave). The last three tell what
    happened later, with the same person, to forms counted as used: they are no part of the sum.
    """

    holder: Holder
    form_type: FormType
    opening: int = 0
    delivered: int = 0
    used: int = 0
    returned: int = 0
    transferred: int = 0
    annulled: int = 0
    lost: int = 0
    damaged: int = 0
    adjusted: int = 0
    in_hand: int = 0
    used_then_annulled: int = 0
    used_then_lost: int = 0
    used_then_damaged: int = 0

    @property
    def used_and_kept(self) -> int:
        """Used forms that are still good: what data entry should count."""
        return self.used - self.used_then_annulled - self.used_then_lost - self.used_then_damaged

    @property
    def accounted(self) -> int:
        return (
            self.used
            + self.returned
            + self.transferred
            + self.annulled
            + self.lost
            + self.damaged
            + self.adjusted
            + self.in_hand
        )

    @property
    def adds_up(self) -> bool:
        return self.opening + self.delivered == self.accounted


@dataclass(frozen=True)
class TraceStep:
    """One thing that happened to a form, as its movement tells it; `forms` are those that went along.

    `reverses_number` is the movement that this one reverts, `reverted_by_number` the one that reverts it; 0 if none.
    """

    line_id: int
    movement_id: int
    movement_number: int
    kind: MovementKind
    moved_on: date
    forms: FormRange
    from_holder: Holder
    from_condition: Condition
    to_holder: Holder
    to_condition: Condition
    document: str
    reason: str
    witness: str
    note: str
    archive_box: str
    archive_folder: str
    archive_folio: str
    registered_at: datetime
    registered_by: str
    reverses_number: int = 0
    reverted_by_number: int = 0


@dataclass(frozen=True)
class TraceSighting:
    """A lost form that somebody tried to move or found in a count."""

    seen_in: str
    seen_on: date
    registered_at: datetime
    registered_by: str


@dataclass(frozen=True)
class Trace:
    """The whole life of one form: who has it now and every step, the newest last."""

    form_type: FormType
    number: int
    holder: Holder
    condition: Condition
    steps: tuple[TraceStep, ...]
    sightings: tuple[TraceSighting, ...] = ()

    @property
    def number_text(self) -> str:
        return self.form_type.number_text(self.number)


@dataclass(frozen=True)
class CardEntry:
    """A line of the card: blank forms in or out and the balance after it.

    `counterpart` is who gave or took them, `detail` what the card prints beside the kind: a reversal names what it
    reverts, a movement that was reverted says by which.
    """

    movement_id: int
    movement_number: int
    moved_on: date
    kind: MovementKind
    counterpart: str
    forms: FormRanges
    received: int
    issued: int
    balance: int
    document: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Card:
    """The kardex card of a type for one holder, or for all warehouses together (`holder` None); blank forms alone.

    `opening` is the balance before `since`, `closing` the one after `until` (now, without it).
    """

    form_type: FormType
    holder: Holder | None
    since: date | None
    until: date | None
    opening: int
    entries: tuple[CardEntry, ...]

    @property
    def received(self) -> int:
        return sum(entry.received for entry in self.entries)

    @property
    def issued(self) -> int:
        return sum(entry.issued for entry in self.entries)

    @property
    def closing(self) -> int:
        return self.opening + self.received - self.issued


@dataclass(frozen=True)
class MovementLine:
    """A movement as the register lists it, with names ready to show.

    `ranges_text` tells the first ranges (`004501-004550, 004560…`), empty without numbers. `from_holder_id` and
    `to_holder_id` are those of the movement itself.
    """

    id: int
    number: int
    kind: MovementKind
    type_id: int
    type_code: str
    moved_on: date
    from_holder_id: int
    from_name: str
    to_holder_id: int
    to_name: str
    form_count: int
    ranges_text: str
    document: str = ""
    reason: str = ""
    witness: str = ""
    note: str = ""
    archive_box: str = ""
    archive_folder: str = ""
    archive_folio: str = ""
    reverses_number: int = 0
    reverted_by_number: int = 0
    registered_at: datetime | None = None
    registered_by: str = ""

    @property
    def is_reverted(self) -> bool:
        return self.reverted_by_number > 0

    @property
    def number_text(self) -> str:
        """`000031`."""
        return f"{self.number:06d}"


@dataclass(frozen=True)
class RegisterPage:
    """Some movements that fit the filter, the oldest first, as the register shows them.

    `earlier` and `later`: whether others may lie beyond. A filter by text looks through a bounded stretch of movements
    at a time, so a page may be short, or empty, and yet have more: ask again with `before_id=page.oldest_id`
    (`after_id=page.newest_id` in the other direction), not with the ids of the lines.
    """

    lines: tuple[MovementLine, ...] = ()
    earlier: bool = False
    later: bool = False
    oldest_id: int = 0
    newest_id: int = 0


@dataclass(frozen=True)
class RegisterFilter:
    """What the register shows; nothing set shows all. `number` is that of a form, `text` words that must all appear."""

    text: str = ""
    type_id: int = 0
    holder_id: int = 0
    kind: MovementKind | None = None
    number: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def shows_all(self) -> bool:
        return self == RegisterFilter()
