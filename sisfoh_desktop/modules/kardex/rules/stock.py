"""The stock by type, ranges in hand and typed numbers, as they are shown and asked for. Plain Python."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sisfoh_desktop.basics.errors import RuleError
from sisfoh_desktop.basics.serials import FormRange, FormRanges, parse_ranges
from sisfoh_desktop.modules.kardex.rules.facts import OUTSIDERS, Condition, FormType, HolderKind
from sisfoh_desktop.modules.kardex.rules.reading import HeldRange, StockLine

MOST_RANGES_TOLD = 6  # in one cell of a list; the movement itself tells them all
_LAST_DIGITS = re.compile(r"(?<![0-9])([0-9]{1,12})\s*$")
_COLUMN_OF = {
    Condition.USED: "used",
    Condition.ANNULLED: "annulled",
    Condition.LOST: "lost",
    Condition.DAMAGED: "damaged",
    Condition.WRITTEN_OFF: "written_off",
}


class StockSum(NamedTuple):
    """How many forms of a type the holders of a kind have in a condition."""

    type_id: int
    holder_kind: HolderKind
    condition: Condition
    form_count: int


def stock_of(form_types: Sequence[FormType], sums: Iterable[StockSum]) -> list[StockLine]:
    """The stock by type, in the order of `form_types`; a type without movements has a line of zeros."""
    columns: dict[int, Counter[str]] = {form_type.id: Counter() for form_type in form_types}
    for one in sums:
        for column in _columns_of(one):
            columns[one.type_id][column] += one.form_count
    return [StockLine(form_type, **columns[form_type.id]) for form_type in form_types]


def _columns_of(one: StockSum) -> tuple[str, ...]:
    if one.condition is not Condition.BLANK:
        return (_COLUMN_OF[one.condition],)
    if one.holder_kind is HolderKind.WAREHOUSE:
        return ("in_stock",)
    return ("in_hand", "sent_back") if one.holder_kind in OUTSIDERS else ("in_hand",)


def join_held(pieces: Sequence[HeldRange]) -> list[HeldRange]:
    """Neighbours that the same movement brought to the same condition become one range; sorted by number."""
    joined: list[HeldRange] = []
    for piece in sorted(pieces, key=lambda held: held.forms):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.forms.last + 1 == piece.forms.first
            and (last.movement_id, last.condition) == (piece.movement_id, piece.condition)
        ):
            joined[-1] = dataclasses.replace(last, forms=FormRange(last.forms.first, piece.forms.last))
        else:
            joined.append(piece)
    return joined


def ranges_in_a_cell(form_type: FormType, ranges: FormRanges) -> str:
    """The first ranges, with an ellipsis when there are more."""
    told = form_type.ranges_text(FormRanges(ranges.ranges[:MOST_RANGES_TOLD]))
    return told if len(ranges.ranges) <= MOST_RANGES_TOLD else f"{told}…"


def typed_number(text: str, form_types: Iterable[FormType]) -> tuple[int, frozenset[int]]:
    """The one number that somebody typed and the types that can bear it.

    RuleError as `parse_ranges` when none can, with the sentence of the first; `serial_one` for more than one number
    or for none that is left.
    """
    number = 0
    may_be: set[int] = set()
    refused: RuleError | None = None
    for (width, prefix), type_ids in _by_numbering(form_types).items():
        try:
            ranges = parse_ranges(text, width, prefix)
        except RuleError as error:
            refused = refused or error
            continue
        if ranges.count != 1:
            raise RuleError(
                "serial_one", "Escriba un solo número; el rastreo cuenta la vida de un formulario."
            )
        number = ranges.first
        may_be |= type_ids
    if may_be:
        return number, frozenset(may_be)
    raise refused or RuleError(
        "serial_none", "La campaña no tiene formularios numerados; agréguelos en el catálogo."
    )


def likely_number(text: str) -> int | None:
    """The digits at the end of what was typed: nearly always the number, before any type is known."""
    digits = _LAST_DIGITS.search(text)
    return int(digits[1]) if digits else None


def _by_numbering(form_types: Iterable[FormType]) -> dict[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = {}
    for form_type in form_types:
        if form_type.serialised:
            found.setdefault((form_type.number_width, form_type.prefix), set()).add(form_type.id)
    return found
