"""Cuadre: the ledger compared with arqueos, with what was digitised and with the office's bands. Plain Python.

Pure set work on ranges; each side has its file (`reconciling_digitised`, `reconciling_counts`, `reconciling_hands`).
Numbers for which the same thing is to be said of the same movement are one row.
"""

from collections.abc import Sequence
from itertools import chain

from sisfoh_desktop.modules.kardex.rules.counting import CountKind, latest_counts
from sisfoh_desktop.modules.kardex.rules.differences import Difference, DifferenceKind, Severity
from sisfoh_desktop.modules.kardex.rules.facts import Condition
from sisfoh_desktop.modules.kardex.rules.reconciling_counts import compare_counts
from sisfoh_desktop.modules.kardex.rules.reconciling_digitised import compare_digitised
from sisfoh_desktop.modules.kardex.rules.reconciling_hands import look_at_bundles, look_at_hands
from sisfoh_desktop.modules.kardex.rules.standing import Standings, totals_of
from sisfoh_desktop.modules.kardex.rules.telling import Matters, Office, TypeFacts

_ORDER = {kind: number for number, kind in enumerate(DifferenceKind)}
_GRAVITY = {severity: number for number, severity in enumerate(Severity)}


def reconcile(office: Office, types: Sequence[TypeFacts]) -> list[Difference]:
    """Every difference of these types, by type, kind and day; the whole campaign, nothing filtered."""
    found = list(chain.from_iterable(_reconcile_type(office, one) for one in types))
    found.sort(
        key=lambda one: (
            _GRAVITY[one.severity],
            _ORDER[one.kind],
            one.type_code,
            one.holder_name,
            one.number,
        )
    )
    return found


def _reconcile_type(office: Office, facts: TypeFacts) -> list[Difference]:
    matters = Matters(office, facts.form_type)
    standings = facts.standings
    _look_at_balances(matters, facts, standings)
    compare_counts(matters, facts, standings, latest_counts(facts.counts))
    if facts.form_type.serialised:
        digitised = [count for count in facts.counts if count.kind is CountKind.DIGITISED]
        if digitised:
            compare_digitised(matters, standings, digitised)
        look_at_hands(matters, standings)
        if office.closing:
            look_at_bundles(matters, standings)
    return matters.differences()


def _look_at_balances(matters: Matters, facts: TypeFacts, standings: Standings) -> None:
    """The identity: balances, the ledger's sum and the forms themselves tell the same, place by place."""
    summed = totals_of(facts.lines)
    placed: dict[tuple[int, Condition], int] = {}
    if facts.form_type.serialised:
        for one in standings.all:
            place = (one.past.holder_id, one.past.condition)
            if place[1] is not Condition.OUTSIDE:
                placed[place] = placed.get(place, 0) + one.forms.count
    else:
        placed = summed
    kept = {
        place: count for place, count in facts.balances.items() if count and place[1] is not Condition.OUTSIDE
    }
    for place in sorted({*summed, *placed, *kept}):
        said = (kept.get(place, 0), summed.get(place, 0), placed.get(place, 0))
        if len(set(said)) > 1 or min(said) < 0:
            matters.unbalanced(place[0], place[1], *said)
