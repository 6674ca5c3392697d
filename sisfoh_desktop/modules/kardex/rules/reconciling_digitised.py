"""The ledger against what the other side says was digitised: numbers, days and persons. Plain Python.

Two days are given between the day that the digitised form declares and the one on which its use was registered: the
control sheet of a day is often handed in on the next.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.counting import Count, CountLine
from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind
from sisfoh_desktop.modules.kardex.rules.facts import Condition, HolderKind
from sisfoh_desktop.modules.kardex.rules.standing import Past, Standings
from sisfoh_desktop.modules.kardex.rules.telling import Matter, Matters

DAYS_OF_GRACE = 2

_BY_CONDITION = {
    Condition.ANNULLED: DifferenceKind.DIGITISED_ANNULLED,
    Condition.LOST: DifferenceKind.DIGITISED_LOST,
    Condition.DAMAGED: DifferenceKind.DIGITISED_DAMAGED,
    Condition.WRITTEN_OFF: DifferenceKind.DIGITISED_WRITTEN_OFF,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A digitised range as its file says it."""

    forms: FormRange
    line: CountLine
    count: Count
    order: tuple[int, int, int]


def compare_digitised(matters: Matters, standings: Standings, counts: Sequence[Count]) -> None:
    """Add what differs between the ledger and these counts, which stand together."""
    entries = [
        _Entry(line.forms, line, count, (count.counted_on.toordinal(), count.id, number))
        for count in counts
        for number, line in enumerate(count.lines)
        if line.forms is not None
    ]
    repeated = _add_twice(matters, entries)
    for entry in entries:
        again = repeated.get(id(entry))
        left = FormRanges((entry.forms,)) - FormRanges.of(again) if again else (entry.forms,)
        for forms in left:
            for part, past in standings.parts_of(forms):
                _add_entry(matters, entry, part, past)
    digitised = FormRanges.of(entry.forms for entry in entries)
    _add_not_digitised(matters, standings, digitised, max(count.counted_on for count in counts))


def _add_twice(matters: Matters, entries: Sequence[_Entry]) -> dict[int, list[FormRange]]:
    """Say which numbers come more than once; gives, by entry, the parts that an earlier one already had."""
    repeated: defaultdict[int, list[FormRange]] = defaultdict(list)
    open_: list[tuple[int, int, _Entry]] = []
    for number, entry in enumerate(sorted(entries, key=lambda one: (one.forms.first, one.order))):
        while open_ and open_[0][0] < entry.forms.first:
            heapq.heappop(open_)
        for _last, _number, other in open_:
            first, second = sorted((other, entry), key=lambda one: one.order)
            shared = FormRange(
                max(first.forms.first, second.forms.first), min(first.forms.last, second.forms.last)
            )
            repeated[id(second)].append(shared)
            matters.add(_twice(first, second), shared)
        heapq.heappush(open_, (entry.forms.last, number, entry))
    return repeated


def _twice(first: _Entry, second: _Entry) -> Matter:
    told = (_entry_words(first), _entry_words(second))
    return Matter(
        DifferenceKind.DIGITISED_TWICE,
        first.line.person_id or second.line.person_id or 0,
        day=second.line.day or second.count.counted_on,
        compared=(first.count.id, first.line.row, second.count.id, second.line.row),
        words=(("first", told[0]), ("second", told[1])),
    )


def _entry_words(entry: _Entry) -> str:
    row = f", fila {entry.line.row}" if entry.line.row else ""
    by = f" (por {entry.line.person})" if entry.line.person else ""
    return f"en «{entry.count.source}»{row}{by}"


def _add_entry(matters: Matters, entry: _Entry, forms: FormRange, past: Past | None) -> None:
    line = entry.line
    day = line.day or entry.count.counted_on
    compared: tuple[object, ...] = (line.day, line.person_id or line.person)
    declared = (("declared", _declared(line)),)

    def add(kind: DifferenceKind, holder_id: int, *words: tuple[str, str], other_id: int = 0) -> None:
        matters.add(Matter(kind, holder_id, other_id, past, day, compared, (*declared, *words)), forms)

    if past is None or past.condition is Condition.OUTSIDE:
        add(DifferenceKind.DIGITISED_UNKNOWN, line.person_id or 0)
    elif past.condition is Condition.BLANK:
        if matters.office.kind(past.holder_id) is HolderKind.WAREHOUSE:
            add(
                DifferenceKind.DIGITISED_IN_STORE,
                past.handed_to or line.person_id or 0,
                ("where", _store_words(matters, past)),
            )
        else:
            add(DifferenceKind.DIGITISED_NOT_USED, past.holder_id, other_id=line.person_id or 0)
    elif past.condition in _BY_CONDITION:
        add(_BY_CONDITION[past.condition], past.spoiled_by or past.handed_to or past.holder_id)
    else:
        _add_used(matters, entry, forms, past)


def _add_used(matters: Matters, entry: _Entry, forms: FormRange, past: Past) -> None:
    """A used form that is digitised: the person, then the day."""
    line = entry.line
    day = line.day or entry.count.counted_on
    used_by = past.used_by or 0
    stranger = bool(line.person) and line.person_id is None
    if stranger or (line.person_id and used_by and line.person_id != used_by):
        told = (
            f"«{line.person}», que no está en el registro"
            if stranger
            else matters.office.name(line.person_id)
        )
        kept = (
            None if stranger else past
        )  # one row for everything that a name nobody knows is said to have done
        matters.add(
            Matter(
                DifferenceKind.DIGITISED_BY_ANOTHER,
                used_by,
                line.person_id or 0,
                kept,
                None if stranger else day,
                (line.person_id or line.person,),
                (("applied_by", told),),
            ),
            forms,
        )
        return
    if line.day is None:
        return
    words = [("declared_on", format_date(line.day))]
    if past.handed_on is not None and line.day < past.handed_on:
        kind = DifferenceKind.DIGITISED_BEFORE_HANDED_OUT
        words.append(("handed_on", format_date(past.handed_on)))
    elif past.used_on is not None and abs((line.day - past.used_on).days) > DAYS_OF_GRACE:
        kind = DifferenceKind.DIGITISED_OTHER_DAY
        words.append(("used_on", format_date(past.used_on)))
    else:
        return
    compared = (line.day, past.handed_on, past.used_on)
    matters.add(Matter(kind, used_by, 0, past, day, compared, tuple(words)), forms)


def _add_not_digitised(matters: Matters, standings: Standings, digitised: FormRanges, cut: date) -> None:
    """What was used up to the day of the latest count must be in one of them."""
    for one in standings.all:
        past = one.past
        if past.condition is not Condition.USED or past.used_on is None or past.used_on > cut:
            continue
        inside = _meeting(digitised, one.forms)
        for forms in FormRanges((one.forms,)) - inside:
            words = (("used_on", format_date(past.used_on)), ("cut", format_date(cut)))
            matters.add(
                Matter(
                    DifferenceKind.USED_NOT_DIGITISED,
                    past.used_by or 0,
                    past=past,
                    day=past.used_on,
                    words=words,
                ),
                forms,
            )


def _meeting(ranges: FormRanges, forms: FormRange) -> FormRanges:
    """The ranges that touch this one, found without walking all of them."""
    at = bisect_left(ranges.ranges, forms.first, key=lambda one: one.last)
    end = at
    while end < len(ranges.ranges) and ranges.ranges[end].first <= forms.last:
        end += 1
    return FormRanges(ranges.ranges[at:end])


def _declared(line: CountLine) -> str:
    told = [line.person] if line.person else []
    if line.day:
        told.append(format_date(line.day))
    return f" (según el archivo: {', '.join(told)})" if told else ""


def _store_words(matters: Matters, past: Past) -> str:
    if past.handed_to is None:
        return "nadie registró su salida del almacén"
    return f"consta su devolución sin usar por {matters.office.name(past.handed_to)}"
