"""A plan as a draft of this PC (`qtkit.record_draft`): its lists that differ from the stored ones, and back.

The plan's own values are fields of the form in `data_tab`; here is how a whole list becomes a field and is read again.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from sisfoh_desktop.basics.dates import format_date
from sisfoh_desktop.basics.drafts import DraftField
from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.money import format_amount, format_number
from sisfoh_desktop.basics.texts import counted
from sisfoh_desktop.modules.plans import rules
from sisfoh_desktop.modules.plans.rules import CodeName, Phase, Plan, SectionKind
from sisfoh_desktop.modules.plans.view.parts import Part

DRAFT_TITLE = "Plan de trabajo"
_SHOWN = 20  # lines of a list that are told one by one
_SECTIONS = dict(rules.OUTLINE)


def draft_key(plan: Plan) -> str:
    """Under which name what is edited in it is kept."""
    return f"plan:{plan.id}"


def part_field(part: Part, stored: Plan, plan: Plan) -> DraftField | None:
    """The list as it was edited and not saved; None where it says what is stored."""
    was, now = _items(part, stored), _items(part, plan)
    if was == now:
        return None
    typed = json.dumps({"was": [_packed(item) for item in was], "now": [_packed(item) for item in now]})
    return DraftField(field_name(part), part.tab, _told(part, was, now), _told(part, now, was), typed)


def field_name(part: Part) -> str:
    """The list among the fields of a draft; no field of the form is called so."""
    return f"list:{part.name}"


def restored(part: Part, plan: Plan, typed: str | bool) -> tuple[Any, ...]:
    """The list of `plan` as it was edited. What somebody else stored meanwhile stays, with the lines edited here below.

    A list that is damaged, or that the rules refuse, changes nothing.
    """
    present = _items(part, plan)
    known = set(present)
    kind = type(part.blank(plan))
    try:
        kept = json.loads(str(typed))
        was = tuple(_unpacked(kind, one) for one in kept["was"])
        read = [_unpacked(kind, one) for one in kept["now"]]
        now = tuple(one if one in known else part.item_of(part.values_of(one)) for one in read)
        if was == present:
            return now
        gone, more = Counter(was) - Counter(now), Counter(now) - Counter(was) - Counter(present)
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError, RuleError):
        return present
    return (*_without(present, gone), *more.elements())


# -- as it is read -----------------------------------------------------------------------------------------------------


def _told(part: Part, items: Sequence[Any], others: Sequence[Any]) -> str:
    """How many lines there are, and those that the other list has not; where only the order differs, those moved."""
    known = set(others)
    numbered = list(enumerate(items, 1))
    lines = [(number, item) for number, item in numbered if item not in known]
    if not lines and Counter(items) == Counter(others):
        lines = [(number, item) for number, item in numbered if item != others[number - 1]]
    said = [f"N° {number}: {_line(item)}" for number, item in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        said.append(f"y {format_number(len(lines) - _SHOWN)} más")
    return ";\n".join([counted(len(items), *part.noun), *said])


def _line(item: Any) -> str:
    said = (_words(getattr(item, field.name)) for field in fields(item))
    return " · ".join(word for word in said if word)


def _words(value: Any) -> str:
    match value:
        case None | 0:
            return ""
        case SectionKind():
            return _SECTIONS.get(value, "Otra")
        case Phase():
            return value.label
        case CodeName():
            return f"{value.code} {value.name}".strip()
        case Decimal():
            return format_amount(value)
        case int():
            return format_number(value)
        case date():
            return format_date(value)
        case _:
            return str(value)


# -- as it is kept -----------------------------------------------------------------------------------------------------


def _items(part: Part, plan: Plan) -> tuple[Any, ...]:
    items = getattr(plan, part.name)
    assert isinstance(items, tuple)
    return items


def _packed(item: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}


def _plain(value: Any) -> Any:
    match value:
        case CodeName():
            return [value.code, value.name]
        case Decimal() | date():
            return str(value)
        case _:
            return value


def _unpacked(kind: type, packed: Any) -> Any:
    """The item as it was kept; what is not of its kind raises, as `restored` expects."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _READ[hints[field.name]](packed[field.name]) for field in fields(kind)})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _code_name(value: Any) -> CodeName:
    code, name = value
    return CodeName(_text(code), _text(name))


_READ: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    int: _number,
    Decimal: lambda value: Decimal(_text(value)),
    date | None: lambda value: None if value is None else date.fromisoformat(_text(value)),
    CodeName: _code_name,
    Phase: Phase,
    SectionKind: SectionKind,
}


def _without(items: Sequence[Any], gone: Counter[Any]) -> list[Any]:
    """`items` without as many of each as `gone` counts, the first ones."""
    left, found = Counter(gone), []
    for item in items:
        if left[item] > 0:
            left[item] -= 1
        else:
            found.append(item)
    return found
