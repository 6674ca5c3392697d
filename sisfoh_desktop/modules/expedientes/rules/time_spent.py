"""Where the time went: who had the file and for how long, counted so that the parts add up to the whole.

Time is counted from document to document: whoever receives one has the file until the date of the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.workdays import Calendar, workdays_between
from sisfoh_desktop.modules.expedientes.rules.chain import in_chain_order
from sisfoh_desktop.modules.expedientes.rules.facts import Document, Party


@dataclass(frozen=True)
class Stay:
    """A stretch of days with one holder; `document` brought it there. Working days as in `workdays_between`."""

    party: Party
    since: date
    until: date
    workdays: int
    document: Document
    sent_back: bool = False

    @property
    def calendar_days(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True)
class HolderTime:
    """All the time of one holder, over one stay or several."""

    party: Party
    stays: tuple[Stay, ...]

    @property
    def calendar_days(self) -> int:
        return sum(stay.calendar_days for stay in self.stays)

    @property
    def workdays(self) -> int:
        return sum(stay.workdays for stay in self.stays)


@dataclass(frozen=True)
class LoopBack:
    """A way back: `sent_by` returned the file to `sent_to`, who had it before; `until` None while it is there."""

    sent_by: Party
    sent_to: Party
    document: Document
    since: date
    until: date | None
    calendar_days: int
    workdays: int


@dataclass(frozen=True)
class TimeSpent:
    """Where the days between `since` and `until` went. `background` are the documents before the count starts."""

    first: Document
    background: tuple[Document, ...]
    since: date
    until: date
    workdays: int
    stays: tuple[Stay, ...]
    holders: tuple[HolderTime, ...]
    loops: tuple[LoopBack, ...]

    @property
    def calendar_days(self) -> int:
        return (self.until - self.since).days

    @property
    def start_reason(self) -> str:
        """Why the count starts where it does, as people read it."""
        told = f"Se cuenta desde {self.first.entry.kind.article} {self.first.title} del {format_date(self.since)}"
        if self.first.entry.sender.unit_id is None:
            return f"{told}, el primer documento del expediente: ninguno lo envía una unidad de la entidad."
        if not self.background:
            return f"{told}, el primer documento del expediente."
        many = len(self.background)
        before = "el anterior es antecedente" if many == 1 else f"los {many} anteriores son antecedentes"
        return f"{told}, el primero que envía una unidad de la entidad; {before}."


def where_time_went(documents: Sequence[Document], calendar: Calendar, until: date) -> TimeSpent | None:
    """The days that each holder had the file, up to `until`; None while there is nothing to count.

    The count starts with the first document that a unit of the office sends: what reached it from outside is
    background. Documents after `until` (the day of the resolución, or today) are left out.
    """
    chain = [document for document in in_chain_order(documents) if document.entry.on <= until]
    if not chain:
        return None
    own = (number for number, document in enumerate(chain) if document.entry.sender.unit_id is not None)
    start = next(own, 0)
    background, counted = chain[:start], chain[start:]
    stays = _stays(counted, calendar, until)
    holders: dict[object, list[Stay]] = {}
    for stay in stays:
        holders.setdefault(_key(stay.party), []).append(stay)
    since = counted[0].entry.on
    return TimeSpent(
        first=counted[0],
        background=tuple(background),
        since=since,
        until=until,
        workdays=workdays_between(since, until, calendar),
        stays=tuple(stays),
        holders=tuple(HolderTime(found[0].party, tuple(found)) for found in holders.values()),
        loops=tuple(_loops(stays, calendar)),
    )


def _stays(chain: Sequence[Document], calendar: Calendar, until: date) -> list[Stay]:
    """Stretches with one holder; documents that leave it where it is do not start another."""
    starts: list[Document] = []
    for document in chain:
        if not starts or _key(document.entry.receiver) != _key(starts[-1].entry.receiver):
            starts.append(document)
    ends = [document.entry.on for document in starts[1:]] + [until]
    back = _sent_back([_key(document.entry.receiver) for document in starts])
    return [
        Stay(
            document.entry.receiver,
            document.entry.on,
            end,
            workdays_between(document.entry.on, end, calendar),
            document,
            number in back,
        )
        for number, (document, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _sent_back(keys: Sequence[object]) -> dict[int, int | None]:
    """By stay that is a way back, the stay in which it is with its sender again, or moves on; None: not yet.

    To return to the one who sent it back is not another way back, nor are the steps in between.
    """
    found: dict[int, int | None] = {}
    seen: set[object] = set()
    open_at: int | None = None
    for number, key in enumerate(keys):
        if open_at is not None and (key not in seen or key == keys[open_at - 1]):
            found[open_at], open_at = number, None
        elif open_at is None and key in seen:
            open_at = number
            found[number] = None
        seen.add(key)
    return found


def _loops(stays: Sequence[Stay], calendar: Calendar) -> list[LoopBack]:
    loops = []
    for number, end in _sent_back([_key(stay.party) for stay in stays]).items():
        stay = stays[number]
        until = stays[end].since if end is not None else None
        reached = until if until is not None else stays[-1].until
        loops.append(
            LoopBack(
                sent_by=stays[number - 1].party,
                sent_to=stay.party,
                document=stay.document,
                since=stay.since,
                until=until,
                calendar_days=(reached - stay.since).days,
                workdays=workdays_between(stay.since, reached, calendar),
            )
        )
    return loops


def _key(party: Party) -> object:
    """What tells holders apart, as `Party.same_as` does."""
    return party.unit_id if party.unit_id is not None else party.label.casefold()
