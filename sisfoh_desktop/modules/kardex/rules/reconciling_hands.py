"""The ledger against the office's own bands: days in hand, people who left, annulled forms, gaps of a bundle.

Plain Python. What somebody who left still has is said once: not also as held too long.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.serials import FormRange
from sisfoh_desktop.modules.kardex.rules.counting import COUNTABLE
from sisfoh_desktop.modules.kardex.rules.differences import DifferenceKind
from sisfoh_desktop.modules.kardex.rules.facts import Condition, HolderKind
from sisfoh_desktop.modules.kardex.rules.standing import Past, Standings
from sisfoh_desktop.modules.kardex.rules.telling import Matter, Matters

FEWEST_ANNULLED = 3  # one spoiled form in a first week is no pattern
SMALLEST_BUNDLE = 3
_FIELD = frozenset({HolderKind.EMPADRONADOR, HolderKind.CREW_CHIEF})


@dataclass
class _Spent:
    """What went through one person's hands."""

    used: int = 0
    annulled: list[tuple[FormRange, date]] = field(default_factory=list)


def look_at_hands(matters: Matters, standings: Standings) -> None:
    """Add what is out of the bands of the campaign today; once it is closed nothing is in anybody's hands."""
    spent: defaultdict[int, _Spent] = defaultdict(_Spent)
    for one in standings.all:
        past = one.past
        if past.condition is Condition.USED and past.used_by is not None:
            spent[past.used_by].used += one.forms.count
        elif past.condition is Condition.ANNULLED and past.spoiled_by is not None:
            spent[past.spoiled_by].annulled.append((one.forms, past.moved_on))
        if past.condition in COUNTABLE and past.holder_id in matters.office.people:
            _look_at_hand(matters, one.forms, past)
    for holder_id, person in spent.items():
        _look_at_annulled(matters, holder_id, person)


def _look_at_hand(matters: Matters, forms: FormRange, past: Past) -> None:
    office = matters.office
    left = office.out_of_force.get(past.holder_id)
    most = office.campaign.most_days_in_hand
    oldest = office.today - timedelta(days=most)
    words: tuple[tuple[str, str], ...]
    day_of: date | None
    if left is not None:
        kind, day_of = DifferenceKind.HOLDER_OUT_OF_FORCE, left[1]
        words = (("reason", left[0]),)
    elif past.condition is Condition.BLANK and past.held_since < oldest:
        kind, day_of = DifferenceKind.HELD_TOO_LONG, past.held_since
        words = (("held_since", format_date(past.held_since)), ("most_days", str(most)))
    elif (
        past.condition is Condition.USED
        and past.used_on is not None
        and past.used_on < oldest
        and office.kind(past.holder_id) in _FIELD
    ):
        kind, day_of = DifferenceKind.USED_KEPT, past.used_on
        words = (("used_on", format_date(past.used_on)), ("most_days", str(most)))
    else:
        return
    matters.add(Matter(kind, past.holder_id, past=past, day=day_of, compared=(most,), words=words), forms)


def _look_at_annulled(matters: Matters, holder_id: int, person: _Spent) -> None:
    annulled = sum(forms.count for forms, _day in person.annulled)
    spent = annulled + person.used
    most = matters.office.campaign.most_annulled_percent
    if annulled < FEWEST_ANNULLED or annulled * 100 <= most * spent:
        return
    matter = Matter(
        DifferenceKind.ANNULLED_TOO_MANY,
        holder_id,
        day=max(day for _forms, day in person.annulled),
        compared=(most,),
        words=(("spent", str(spent)), ("percent", str(annulled * 100 // spent)), ("most", str(most))),
    )
    for forms, _day in person.annulled:
        matters.add(matter, forms)


def look_at_bundles(matters: Matters, standings: Standings) -> None:
    """Add the numbers of a bundle that never left the store while others before and after them were used."""
    size = matters.form_type.bundle_size
    if size < SMALLEST_BUNDLE:
        return
    used: dict[
        tuple[int, int], tuple[int, int]
    ] = {}  # first and last used, by start of the reception and bundle
    for one in standings.all:
        if one.past.condition is not Condition.USED:
            continue
        base = one.past.bundle_base
        for bundle in range((one.forms.first - base) // size, (one.forms.last - base) // size + 1):
            start = base + bundle * size
            first, last = max(one.forms.first, start), min(one.forms.last, start + size - 1)
            known = used.get((base, bundle), (first, last))
            used[base, bundle] = min(known[0], first), max(known[1], last)
    for (base, bundle), (first, last) in used.items():
        start = base + bundle * size
        ends = FormRange(start, start + size - 1)
        told = matters.form_type.number_text(ends.first), matters.form_type.number_text(ends.last)
        for forms, past in standings.parts_of(FormRange(first, last)):
            if past is None or not _untouched(matters, past):
                continue
            matter = Matter(
                DifferenceKind.GAP_IN_BUNDLE,
                0,
                past=past,
                compared=(start,),
                words=(("bundle", f"{told[0]}-{told[1]}"),),
            )
            matters.add(matter, forms)


def _untouched(matters: Matters, past: Past) -> bool:
    return (
        past.condition is Condition.BLANK
        and past.handed_to is None
        and matters.office.kind(past.holder_id) is HolderKind.WAREHOUSE
    )
