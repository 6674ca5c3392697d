"""What the cuadre answers: the identity of each person, what of it was digitised, and the differences. Plain Python."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sisfoh_desktop.basics.serials import FormRange, FormRanges
from sisfoh_desktop.modules.kardex.rules.counting import Count, CountKind
from sisfoh_desktop.modules.kardex.rules.differences import Difference
from sisfoh_desktop.modules.kardex.rules.facts import Campaign, Condition, FormType, Holder
from sisfoh_desktop.modules.kardex.rules.reading import FlowLine
from sisfoh_desktop.modules.kardex.rules.standing import Standings


@dataclass(frozen=True)
class CuadreLine:
    """A person and a type: the flows of the period; `digitised` of the forms used in it, None before any count came.

    `still_used` are those of the same forms that are good today: what `digitised` should reach.
    """

    flow: FlowLine
    digitised: int | None
    still_used: int
    unexplained: int
    explained: int

    @property
    def holder(self) -> Holder:
        return self.flow.holder

    @property
    def form_type(self) -> FormType:
        return self.flow.form_type

    @property
    def balanced(self) -> bool:
        """Whether the identity holds and nothing of this person is left to explain."""
        return self.flow.adds_up and self.unexplained == 0


@dataclass(frozen=True)
class DigitisedCut:
    """Up to which day a type was last said to be digitised, and by how many files."""

    form_type: FormType
    counted_on: date
    files: int
    form_count: int


@dataclass(frozen=True)
class Cuadre:
    """The whole answer; `differences` are those of the period and person asked for."""

    campaign: Campaign
    lines: tuple[CuadreLine, ...]
    differences: tuple[Difference, ...]
    cuts: tuple[DigitisedCut, ...] = ()

    @property
    def unexplained(self) -> int:
        return sum(not one.explained for one in self.differences)

    @property
    def balanced(self) -> bool:
        return all(line.flow.adds_up for line in self.lines) and self.unexplained == 0


@dataclass(frozen=True)
class HeldAtClosing:
    """Forms that a person has to hand back before a campaign can be closed; `ranges` empty without numbers."""

    holder: Holder
    form_type: FormType
    condition: Condition
    ranges: FormRanges
    form_count: int

    @property
    def text(self) -> str:
        """`EMPADRONADOR UNO: FSU 004501-004516`."""
        numbers = f" {self.form_type.ranges_text(self.ranges)}" if self.ranges else f": {self.form_count}"
        return f"{self.holder.name}: {self.form_type.code}{numbers}"


@dataclass(frozen=True)
class Closing:
    """What is in the way of closing a campaign."""

    campaign: Campaign
    held: tuple[HeldAtClosing, ...]
    unexplained: tuple[Difference, ...]

    @property
    def ready(self) -> bool:
        return not self.held and not self.unexplained


def digitised_of(
    standings: Standings, counts: Sequence[Count], since: date | None, until: date | None
) -> dict[int, tuple[int, int]]:
    """By person: how many forms used in these days are still used, and how many of them were digitised."""
    digitised = FormRanges.of(
        line.forms
        for count in counts
        if count.kind is CountKind.DIGITISED
        for line in count.lines
        if line.forms is not None
    )
    used: defaultdict[int, list[FormRange]] = defaultdict(list)
    for one in standings.all:
        past = one.past
        if past.condition is not Condition.USED or past.used_by is None or past.used_on is None:
            continue
        if (since is None or since <= past.used_on) and (until is None or past.used_on <= until):
            used[past.used_by].append(one.forms)
    answer: dict[int, tuple[int, int]] = {}
    for holder_id, parts in used.items():
        whole = FormRanges.of(parts)
        answer[holder_id] = whole.count, (whole & digitised).count
    return answer


def cuadre_lines(
    flows: Iterable[FlowLine],
    digitised: dict[int, dict[int, tuple[int, int]]],
    counted_types: frozenset[int],
    differences: Sequence[Difference],
) -> list[CuadreLine]:
    """One line for each person and type; `digitised` by type and person, for the types that have a count."""
    open_: defaultdict[tuple[int, int], int] = defaultdict(int)
    closed: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one in differences:
        (closed if one.explained else open_)[one.holder_id, one.type_id] += 1
    lines: list[CuadreLine] = []
    for flow in flows:
        key = (flow.holder.id, flow.form_type.id)
        still_used, counted = digitised.get(flow.form_type.id, {}).get(flow.holder.id, (0, 0))
        known = flow.form_type.id in counted_types
        lines.append(CuadreLine(flow, counted if known else None, still_used, open_[key], closed[key]))
    return lines
