"""What became of a person's blank forms, from sums of the ledger. Plain Python.

The identity of a `FlowLine` is not arranged: the columns are counted by kind, the forms in hand by what each line
really did to them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sisfoh_desktop.modules.kardex.rules.facts import (
    Condition,
    FormType,
    Holder,
    HolderKind,
    MovementKind,
)
from sisfoh_desktop.modules.kardex.rules.reading import FlowLine

_GIVEN_BACK_TO = frozenset(
    {HolderKind.WAREHOUSE, HolderKind.ARCHIVE, HolderKind.GOVERNING_BODY, HolderKind.PRINTER}
)
_BECAME = {
    Condition.USED: "used",
    Condition.ANNULLED: "annulled",
    Condition.LOST: "lost",
    Condition.DAMAGED: "damaged",
}
_AFTER_USE = {
    Condition.ANNULLED: "used_then_annulled",
    Condition.LOST: "used_then_lost",
    Condition.DAMAGED: "used_then_damaged",
}


@dataclass(frozen=True)
class FlowSum:
    """Forms that lines of one sort brought to (`comes`) or took from (`leaves`) a holder; both: changed in place.

    `kind` is that of the movement, or of the one that it reverts (`reverts`); `other_kind` is that of the other holder.
    `before` tells whether it happened before the first day asked for.
    """

    holder_id: int
    type_id: int
    kind: MovementKind
    reverts: bool
    comes: bool
    leaves: bool
    from_condition: Condition
    to_condition: Condition
    other_kind: HolderKind
    before: bool
    form_count: int


def flow_lines(
    sums: Iterable[FlowSum], holders: Mapping[int, Holder], form_types: Mapping[int, FormType]
) -> list[FlowLine]:
    """The flows of each person and type that had any, by name and then in the order of `form_types`."""
    columns: dict[tuple[int, int], Counter[str]] = {}
    for one in sums:
        of_person = columns.setdefault((one.holder_id, one.type_id), Counter())
        in_hand = one.form_count * (
            (one.comes and one.to_condition is Condition.BLANK)
            - (one.leaves and one.from_condition is Condition.BLANK)
        )
        of_person["in_hand"] += in_hand
        if one.before:
            of_person["opening"] += in_hand
            continue
        column, sign = flow_column(one, holders[one.holder_id].kind)
        if column:
            of_person[column] += sign * one.form_count
    lines = [
        FlowLine(holders[holder_id], form_types[type_id], **counted)
        for (holder_id, type_id), counted in columns.items()
        if any(counted.values())
    ]
    order = {type_id: place for place, type_id in enumerate(form_types)}
    return sorted(lines, key=lambda line: (line.holder.name, line.holder.id, order[line.form_type.id]))


def flow_column(one: FlowSum, own_kind: HolderKind) -> tuple[str, int]:
    """The column where a sum counts and its sign; an empty one where no blank or used form is concerned."""
    comes, leaves = one.comes, one.leaves
    before, after = one.from_condition, one.to_condition
    sign = 1
    if one.reverts:  # seen as what it reverts, and taken away
        comes, leaves, before, after, sign = leaves, comes, after, before, -1
    if comes and leaves:
        if before is Condition.BLANK:
            return _BECAME.get(after, "adjusted"), sign
        if after is Condition.BLANK:
            return "adjusted", -sign
        return _AFTER_USE.get(after, "") if before is Condition.USED else "", sign
    if comes:
        if after is not Condition.BLANK:
            return "", sign
        return ("adjusted", -sign) if one.kind is MovementKind.ADJUSTMENT else ("delivered", sign)
    if before is not Condition.BLANK:
        return "", sign
    if one.kind is MovementKind.ADJUSTMENT:
        return "adjusted", sign
    to_chief = one.other_kind is HolderKind.CREW_CHIEF and own_kind is not HolderKind.CREW_CHIEF
    given_back = one.kind is MovementKind.RETURN or one.other_kind in _GIVEN_BACK_TO or to_chief
    return "returned" if given_back else "transferred", sign
